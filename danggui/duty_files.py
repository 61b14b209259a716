"""The duty table as a workbook (职责清单)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from answer.lesson.duties import MODE_WORDS, Duty
from corpus.citation import edition_words

COLUMNS = ("序号", "主体", "性质", "行为", "频次、期限", "周期", "依据", "条款原文")
_WIDTHS = (7, 20, 8, 46, 18, 8, 30, 54)
_LINE = 14  # points of a line


def cells(number: int, one: Duty) -> tuple[str, ...]:
    """Return a row of the table, in the order of `COLUMNS`."""
    source = f"{one.source.label}{edition_words(one.source.edition)}"
    period = one.cadence.name if one.cadence else ""
    return (str(number), one.actor, MODE_WORDS[one.mode], one.deed, one.when, period, source, one.source.quote)


def write_xlsx(rows: Sequence[Duty], path: Path) -> None:
    """Write the table as a workbook of one sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "职责清单"
    sheet.append(list(COLUMNS))
    for number, one in enumerate(rows, 1):
        sheet.append(list(cells(number, one)))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, line in enumerate(sheet.iter_rows(), 1):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        # Not every programme measures wrapped rows by itself; a Chinese letter takes two units of width.
        taken = (2 * len(str(cell.value or "")) // (width - 3) + 1 for cell, width in zip(line, _WIDTHS, strict=True))
        sheet.row_dimensions[number].height = _LINE * max(taken)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.print_title_rows = "1:1"
    book.save(path)
