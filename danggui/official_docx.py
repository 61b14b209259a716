"""A Word document set as official ones are (公文格式, GB/T 9704—2012): A4, its margins, 仿宋 body, 黑体 headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from danggui.docx_parts import (
    FANGSONG,
    HEI,
    KAI,
    SONG,
    centre,
    clean,
    element,
    field_end,
    field_start,
    keep_whole,
    new_document,
    new_table,
    remove_borders,
    set_font,
    set_widths,
)

if TYPE_CHECKING:
    from docx.document import Document

CITED, FIRST_CONTENTS, CELL = "依据", "TOC 1", "表格文字"
_LINE = 28  # points from line to line
_MARGINS = (3.7, 3.5, 2.8, 2.6)  # centimetres: top, bottom, left, right
_WIDTH = 15.6  # centimetres between the margins


def official(title: str) -> Document:
    """Return an empty document with styles, page, header and page numbers; the header says `title`."""
    from docx.shared import Cm, Pt

    document = new_document(title, _MARGINS)
    _styles(document)
    section = document.sections[0]
    section.header_distance, section.footer_distance = Cm(2), Cm(2.5)
    section.footer.paragraphs[0].paragraph_format.space_before = Pt(0)
    head = section.header.paragraphs[0]
    centre(head)
    set_font(head.add_run(clean(title)), KAI, 10.5)
    return document


def _styles(document: Document) -> None:
    """Set the built-in styles, so that a reader's own tools know headings from text, and two more."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    styles = document.styles
    for name in (CITED, FIRST_CONTENTS, CELL):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name, font, size, bold in (
        ("Normal", FANGSONG, 16, False),
        ("Title", SONG, 22, True),
        ("Subtitle", KAI, 16, False),
        ("Heading 1", HEI, 16, False),
        ("Heading 2", KAI, 16, True),
        (CITED, KAI, 12, False),
        (FIRST_CONTENTS, FANGSONG, 16, False),
        (CELL, FANGSONG, 10.5, False),
    ):
        style: Any = styles[name]
        set_font(style, font, size, bold=bold)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(15 if name == CELL else 20 if name == CITED else 34 if name == "Title" else _LINE)
        if name in ("Normal", "Heading 1", "Heading 2"):
            form.first_line_indent = Pt(2 * size)
    for name in ("Title", "Subtitle"):
        centre(styles[name])
        styles[name].paragraph_format.space_after = Pt(14)
        remove_borders(styles[name])
    styles[FIRST_CONTENTS].paragraph_format.first_line_indent = Pt(0)
    styles[CELL].paragraph_format.first_line_indent = Pt(0)
    styles[CITED].paragraph_format.first_line_indent = Pt(32)
    styles[CITED].paragraph_format.space_after = Pt(4)
    styles["Heading 1"].paragraph_format.space_before = Pt(10)


def contents(document: Document, headings: Sequence[str]) -> None:
    """Write the contents: a field that Word brings up to date, filled with links to the headings to come.

    They have no page numbers, which only a programme that lays the pages out can know.
    """
    last = len(headings) - 1
    for number, words in enumerate(headings):
        paragraph = document.add_paragraph(style=FIRST_CONTENTS)
        if not number:
            for part in field_start(' TOC \\o "1-1" \\n \\h \\z \\u '):
                paragraph.add_run()._r.append(part)
        link = element("w:hyperlink", **{"w:anchor": _mark(number), "w:history": "1"})
        link.append(paragraph.add_run(words)._r)
        paragraph._p.append(link)
        if number == last:
            paragraph.add_run()._r.append(field_end())


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

    widths = [_WIDTH * share / sum(shares) for share in shares]
    made = new_table(document, widths)
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for number, words in enumerate((head, *rows)):
        row = made.add_row() if number else made.rows[0]
        keep_whole(row)
        for cell, text in zip(row.cells, words, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = CELL
            run = paragraph.add_run(text)
            if not number:
                set_font(run, HEI, 10.5)
    set_widths(made, widths)


def strong(run: Any) -> None:
    """Set a run in the font of headings."""
    set_font(run, HEI, 16)
