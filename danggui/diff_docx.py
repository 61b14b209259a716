"""A comparison as a Word document (新旧对照表): two columns like the official tables, made with python-docx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from danggui.comparing import Comparison, Run
from danggui.diff_view import KIND_WORDS, cells, heading, side, summary
from danggui.docx_parts import (
    HEI,
    SONG,
    as_bytes,
    centre,
    element,
    keep_whole,
    new_document,
    new_table,
    set_font,
    set_widths,
)

if TYPE_CHECKING:
    from docx.document import Document

_MARGINS = (2, 2, 2, 2)  # centimetres
_WIDTHS = (1.6, 11.9, 11.9)  # centimetres: kind, before, after; A4 across less its margins
_SHORT = 6  # paragraphs of a row that are kept on one page
_HINT = "左栏删除线为删去的文字，右栏粗体加下划线为新增的文字。"


def docx_of(comparison: Comparison) -> bytes:
    """Return the comparison as a Word file: title, days, and a table whose first row is repeated on every page."""
    document = new_document(heading(comparison), _MARGINS, across=True)
    _line(document, heading(comparison), 18, HEI, bold=True)
    _line(document, f"{summary(comparison)}。{_HINT}", 10.5, SONG)
    _table(document, comparison)
    return as_bytes(document)


def _line(document: Document, words: str, size: float, font: str, *, bold: bool = False) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    centre(paragraph)
    paragraph.paragraph_format.space_after = Pt(6)
    _run(paragraph, words, size, font, bold=bold)


def _table(document: Document, comparison: Comparison) -> None:
    table = new_table(document, _WIDTHS)
    titles = ("情形", side(comparison, "修改前"), side(comparison, "修改后"))
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        _fill(cell, [[("head", title)]], centred=True)
        cell._tc.get_or_add_tcPr().append(element("w:shd", **{"w:val": "clear", "w:fill": "EDEDED"}))
    notes = comparison.notes()
    for pair in comparison.pairs:
        row, (left, right) = table.add_row(), cells(pair, notes)
        for cell, lines in zip(row.cells, ([[("equal", KIND_WORDS[pair.kind])]], left, right), strict=True):
            _fill(cell, lines, centred=lines is not left and lines is not right)
        if max(len(left), len(right)) <= _SHORT:
            keep_whole(row)
    set_widths(table, _WIDTHS)


def _fill(cell: Any, lines: list[list[Run]], *, centred: bool = False) -> None:
    """Write paragraphs into a cell, the changed words marked."""
    from docx.shared import Pt

    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        if centred:
            centre(paragraph)
        for op, words in line:
            _run(paragraph, words, 10.5, HEI if op == "head" else SONG, op=op, bold=op == "insert")


def _run(paragraph: Any, words: str, size: float, font: str, *, op: str = "", bold: bool = False) -> None:
    from docx.shared import RGBColor

    run = paragraph.add_run(words)
    set_font(run, font, size, bold=bold)
    run.font.strike = True if op == "delete" else None
    run.font.underline = True if op == "insert" else None
    if op == "note":
        run.font.color.rgb = RGBColor(0x60, 0x60, 0x60)
