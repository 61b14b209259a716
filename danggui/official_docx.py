"""A Word document set as official ones are (公文格式, GB/T 9704—2012): A4, its margins, 仿宋 body, 黑体 headings.

Fonts are those that every Chinese Windows has (宋体, 黑体, 仿宋, 楷体); other systems put their own in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

CITED, FIRST_CONTENTS, CELL = "依据", "TOC 1", "表格文字"
_BODY, _HEADING, _KAI, _TITLE, _LATIN = "仿宋", "黑体", "楷体", "宋体", "Times New Roman"
_LINE = 28  # points from line to line
_MARGINS = (3.7, 3.5, 2.8, 2.6)  # centimetres: top, bottom, left, right
_WIDTH = 15.6  # centimetres between the margins


def official(title: str) -> Document:
    """Return an empty document with styles, page, header and page numbers; the header says `title`."""
    import docx

    document = docx.Document()
    _page(document, title)
    _styles(document)
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    return document


def _page(document: Document, title: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Cm, _MARGINS)
    section.header_distance, section.footer_distance = Cm(2), Cm(2.5)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(head.add_run(title), _KAI, 10.5)
    for kind in ("— ", "PAGE", " —"):
        run = foot.add_run("" if kind == "PAGE" else kind)
        _font(run, _TITLE, 14)
        if kind == "PAGE":
            field(run, "PAGE", "1")
    foot.paragraph_format.space_before = Pt(0)


def _styles(document: Document) -> None:
    """Set the built-in styles, so that a reader's own tools know headings from text, and two more."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    styles = document.styles
    for name in (CITED, FIRST_CONTENTS, CELL):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name, font, size, bold in (
        ("Normal", _BODY, 16, False),
        ("Title", _TITLE, 22, True),
        ("Subtitle", _KAI, 16, False),
        ("Heading 1", _HEADING, 16, False),
        ("Heading 2", _KAI, 16, True),
        (CITED, _KAI, 12, False),
        (FIRST_CONTENTS, _BODY, 16, False),
        (CELL, _BODY, 10.5, False),
    ):
        style: Any = styles[name]
        _font(style, font, size, bold=bold)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(15 if name == CELL else 20 if name == CITED else 34 if name == "Title" else _LINE)
        if name in ("Normal", "Heading 1", "Heading 2"):
            form.first_line_indent = Pt(2 * size)
    for name in ("Title", "Subtitle"):
        form = styles[name].paragraph_format
        form.alignment, form.first_line_indent, form.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(0), Pt(14)
        for border in styles[name].element.xpath("./w:pPr/w:pBdr"):
            border.getparent().remove(border)
    styles[FIRST_CONTENTS].paragraph_format.first_line_indent = Pt(0)
    styles[CELL].paragraph_format.first_line_indent = Pt(0)
    styles[CITED].paragraph_format.first_line_indent = Pt(32)
    styles[CITED].paragraph_format.space_after = Pt(4)
    styles["Heading 1"].paragraph_format.space_before = Pt(10)


def _font(target: Any, font: str, size: float, *, bold: bool = False) -> None:  # noqa: ANN401 (python-docx is untyped)
    """Set the font of a run or style, and take away the theme's, which would win over it."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    target.font.size, target.font.bold, target.font.italic, target.font.name = Pt(size), bold, False, _LATIN
    target.font.color.rgb = RGBColor(0, 0, 0)
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)
    for spacing in target.element.xpath("./w:rPr/w:spacing|./w:rPr/w:kern"):
        spacing.getparent().remove(spacing)


def field(run: Any, code: str, shown: str) -> None:  # noqa: ANN401 (python-docx is untyped)
    """Make a run a field that shows something until it is updated."""
    for part in (
        element("w:fldChar", **{"w:fldCharType": "begin"}),
        element("w:instrText", code, **{"xml:space": "preserve"}),
        element("w:fldChar", **{"w:fldCharType": "separate"}),
        element("w:t", shown),
        element("w:fldChar", **{"w:fldCharType": "end"}),
    ):
        run._r.append(part)


def contents(document: Document, headings: Sequence[str]) -> None:
    """Write the contents: a field that Word brings up to date, filled with links to the headings to come.

    They have no page numbers, which only a programme that lays the pages out can know.
    """
    last = len(headings) - 1
    for number, words in enumerate(headings):
        paragraph = document.add_paragraph(style=FIRST_CONTENTS)
        if not number:
            for part in (
                element("w:fldChar", **{"w:fldCharType": "begin"}),
                element("w:instrText", ' TOC \\o "1-1" \\n \\h \\z \\u ', **{"xml:space": "preserve"}),
                element("w:fldChar", **{"w:fldCharType": "separate"}),
            ):
                paragraph.add_run()._r.append(part)
        link = element("w:hyperlink", **{"w:anchor": _mark(number), "w:history": "1"})
        link.append(paragraph.add_run(words)._r)
        paragraph._p.append(link)
        if number == last:
            paragraph.add_run()._r.append(element("w:fldChar", **{"w:fldCharType": "end"}))


def heading(document: Document, words: str, number: int) -> None:
    """Write a heading of the first level to which the contents lead; the first one begins a page."""
    paragraph = document.add_heading(words, 1)
    paragraph.paragraph_format.page_break_before = number == 0
    start = element("w:bookmarkStart", **{"w:id": str(number), "w:name": _mark(number)})
    paragraph._p.insert(1, start)
    paragraph._p.append(element("w:bookmarkEnd", **{"w:id": str(number)}))


def _mark(number: int) -> str:
    return f"_Toc{900001 + number}"


def table(document: Document, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> None:
    """Write a table over the whole width; its head is repeated on every page, no row is cut by one."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.oxml.ns import qn
    from docx.shared import Cm

    made = document.add_table(rows=1 + len(rows), cols=len(head))
    made.style, made.autofit, made.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    made._tbl.tblPr.find(qn("w:tblLook")).addprevious(_cell_margins())
    widths = [Cm(_WIDTH * share / sum(shares)) for share in shares]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for number, (row, words) in enumerate(zip(made.rows, (head, *rows), strict=True)):
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.style = CELL
            run = paragraph.add_run(text)
            if not number:
                _font(run, _HEADING, 10.5)
    made.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))


def _cell_margins() -> Any:  # noqa: ANN401 (python-docx is untyped)
    margins = element("w:tblCellMar")
    for side, width in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
        margins.append(element(f"w:{side}", **{"w:w": str(width), "w:type": "dxa"}))
    return margins


def strong(run: Any) -> None:  # noqa: ANN401 (python-docx is untyped)
    """Set a run in the font of headings."""
    _font(run, _HEADING, 16)


def element(tag: str, text: str = "", **attributes: str) -> Any:  # noqa: ANN401 (python-docx is untyped)
    """Return an element of the document's own language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    if text:
        made.text = text
    for name, value in attributes.items():
        made.set("{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else qn(name), value)
    return made
