"""Parts that Word documents share (Word 文档的部件): page, fonts, fields, elements of the document's own language.

Fonts are those that every Chinese Windows has; other systems put their own in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

SONG, HEI, FANGSONG, KAI, LATIN = "宋体", "黑体", "仿宋", "楷体", "Times New Roman"
_A4 = (21, 29.7)  # centimetres
_LONGEST_TITLE = 255  # characters that python-docx lets a property have
_CONTROL = {code: None for code in range(32) if code not in (9, 10)}


def new_document(title: str, margins: Sequence[float], *, across: bool = False) -> Document:
    """Return an empty document of numbered A4 pages, `margins` in centimetres: top, bottom, left, right."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    document = docx.Document()
    section = document.sections[0]
    width, height = reversed(_A4) if across else _A4
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Cm, margins)
    _number_pages(section.footer.paragraphs[0])
    document.core_properties.title = clean(title)[:_LONGEST_TITLE]
    document.core_properties.author = document.core_properties.comments = ""
    return document


def as_bytes(document: Document) -> bytes:
    """Return the document as a file."""
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def clean(text: str) -> str:
    """Return words without control characters, which no Word document may hold."""
    return text.translate(_CONTROL)


def _number_pages(foot: Any) -> None:
    centre(foot)
    for words in ("— ", "", " —"):
        run = foot.add_run(words)
        set_font(run, SONG, 14)
        if not words:
            run._r.extend(field("PAGE", "1"))


def centre(paragraph: Any) -> None:
    """Set a paragraph or a style in the middle of the line."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.alignment, form.first_line_indent = WD_ALIGN_PARAGRAPH.CENTER, Pt(0)


def set_font(target: Any, font: str, size: float, *, bold: bool = False) -> None:
    """Set the font of a run or style, and take away the theme's, which would win over it; `size` in points."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    target.font.size, target.font.bold, target.font.italic, target.font.name = Pt(size), bold, False, LATIN
    target.font.color.rgb = RGBColor(0, 0, 0)
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), font)
    for spacing in target.element.xpath("./w:rPr/w:spacing|./w:rPr/w:kern"):
        spacing.getparent().remove(spacing)


def remove_borders(style: Any) -> None:
    """Take away the line that the built-in style of titles draws."""
    for border in style.element.xpath("./w:pPr/w:pBdr"):
        border.getparent().remove(border)


def new_table(document: Document, widths: Sequence[float]) -> Any:
    """Add a table of one row, its head, which is repeated on every page; `widths` in centimetres."""
    from docx.oxml.ns import qn

    table = document.add_table(rows=1, cols=len(widths), style="Table Grid")
    table.autofit = False
    # Word refuses elements out of the schema's order: margins stand before the look.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(_cell_margins())
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    return table


def _cell_margins() -> Any:
    """Return what keeps the words of a cell off its border, in twentieths of a point."""
    margins = element("w:tblCellMar")
    for side, width in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
        margins.append(element(f"w:{side}", **{"w:w": str(width), "w:type": "dxa"}))
    return margins


def keep_whole(row: Any) -> None:
    """Let no page cut a row of a table."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def set_widths(table: Any, widths: Sequence[float]) -> None:
    """Set the widths of columns and cells in centimetres: Word reads the ones, LibreOffice the others."""
    from docx.shared import Cm

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, widths, strict=True):
            cell.width = Cm(width)


def field(code: str, shown: str) -> list[Any]:
    """Return the elements of a field that shows something until it is updated."""
    return [*field_start(code), element("w:t", shown), field_end()]


def field_start(code: str) -> list[Any]:
    """Return the elements before what a field shows."""
    return [
        element("w:fldChar", **{"w:fldCharType": "begin"}),
        element("w:instrText", code, **{"xml:space": "preserve"}),
        element("w:fldChar", **{"w:fldCharType": "separate"}),
    ]


def field_end() -> Any:
    """Return the element behind what a field shows."""
    return element("w:fldChar", **{"w:fldCharType": "end"})


def element(tag: str, text: str = "", **attributes: str) -> Any:
    """Return an element of the document's own language."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    if text:
        made.text = text
    for name, value in attributes.items():
        made.set("{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else qn(name), value)
    return made
