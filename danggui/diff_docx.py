"""A comparison as a Word document (新旧对照表): two columns like the official tables, made with python-docx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from danggui.comparing import Comparison, Run
from danggui.diff_view import KIND_WORDS, cells, heading, side, summary

if TYPE_CHECKING:
    from docx.document import Document

_BODY, _HEAD = "宋体", "黑体"
_WIDTHS = (1.6, 11.9, 11.9)  # centimetres: kind, before, after; A4 across less its margins
_SHORT = 6  # paragraphs of a row that are kept on one page
_HINT = "左栏删除线为删去的文字，右栏粗体加下划线为新增的文字。"


def write_docx(comparison: Comparison, file: Path) -> None:
    """Write the comparison to a file: title, days, and a table whose first row is repeated on every page."""
    from docx import Document

    document = Document()
    _page(document)
    _line(document, heading(comparison), 18, _HEAD, bold=True)
    _line(document, f"{summary(comparison)}。{_HINT}", 10.5, _BODY)
    _table(document, comparison)
    document.core_properties.title = heading(comparison)
    document.core_properties.author = ""
    document.save(str(file))


def _page(document: Document) -> None:
    """Lay an A4 page across, page numbers at its foot."""
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = foot.add_run()._r
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        field.append(_element("w:fldChar", **{"w:fldCharType": kind}) if kind else _element("w:instrText", text))


def _line(document: Document, words: str, size: float, font: str, *, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(6)
    _run(paragraph, words, size, font, bold=bold)


def _table(document: Document, comparison: Comparison) -> None:
    from docx.oxml.ns import qn

    table = document.add_table(rows=1, cols=len(_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    # Word refuses elements out of the schema's order: margins stand before the look.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(_margins())
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    titles = ("情形", side(comparison, "修改前"), side(comparison, "修改后"))
    for cell, title in zip(head.cells, titles, strict=True):
        _fill(cell, [[("head", title)]], centred=True)
        cell._tc.get_or_add_tcPr().append(_element("w:shd", **{"w:val": "clear", "w:fill": "EDEDED"}))
    notes = comparison.notes()
    for pair in comparison.pairs:
        row, (left, right) = table.add_row(), cells(pair, notes)
        for cell, lines in zip(row.cells, ([[("equal", KIND_WORDS[pair.kind])]], left, right), strict=True):
            _fill(cell, lines, centred=lines is not left and lines is not right)
        if max(len(left), len(right)) <= _SHORT:
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    _set_widths(table)


def _margins() -> Any:  # noqa: ANN401 (python-docx is untyped)
    """Return what keeps the words of a cell off its border, in twentieths of a point."""
    margins = _element("w:tblCellMar")
    for side_, width in (("top", 50), ("left", 100), ("bottom", 50), ("right", 100)):
        margins.append(_element(f"w:{side_}", **{"w:w": str(width), "w:type": "dxa"}))
    return margins


def _set_widths(table: Any) -> None:  # noqa: ANN401 (python-docx is untyped)
    """Set the widths of columns and cells: Word reads the ones, LibreOffice the others."""
    from docx.shared import Cm

    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, _WIDTHS, strict=True):
            cell.width = Cm(width)


def _fill(cell: Any, lines: list[list[Run]], *, centred: bool = False) -> None:  # noqa: ANN401
    """Write paragraphs into a cell, the changed words marked."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for op, words in line:
            _run(paragraph, words, 10.5, _HEAD if op == "head" else _BODY, op=op, bold=op == "insert")


def _run(paragraph: Any, words: str, size: float, font: str, *, op: str = "", bold: bool = False) -> None:  # noqa: ANN401
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(words)
    run.font.size, run.font.name, run.font.bold = Pt(size), "Times New Roman", bold or None
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    run.font.strike = True if op == "delete" else None
    run.font.underline = True if op == "insert" else None
    if op == "note":
        run.font.color.rgb = RGBColor(0x60, 0x60, 0x60)


def _element(tag: str, text: str = "", **attributes: str) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    element.text = text or None
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
