"""Tables as workbooks (Excel 表格): dressed to be read on a screen and printed, no cell taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FORMULA = ("=", "+", "-", "@", "\t")
_LONGEST = 32_000  # characters that Excel lets a cell have, and room for a mark
_LINE, _TALLEST = 15, 409  # points: of a line, and what Excel lets a row have
_HEAD, _BORDER = "D9E1F2", "BFBFBF"  # colours


def table(title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | int]]) -> Workbook:
    """Return a workbook whose sheet holds rows below a head; `columns` are headings and widths in letters.

    It prints across on A4 with its head on every page, and every row is as high as its words are long.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = active(book)
    sheet.title = title
    for row in ([heading for heading, _ in columns], *rows):
        sheet.append([harmless(cell) for cell in row])
    _dress(sheet, [width for _, width in columns])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.3  # inches
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return book


def active(book: Workbook) -> Worksheet:
    """Return the sheet that a new workbook has."""
    from openpyxl.worksheet.worksheet import Worksheet

    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def as_bytes(book: Workbook) -> bytes:
    """Return the workbook as a file."""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def harmless(cell: str | int) -> str | int:
    """Return a cell that no table programme takes for a formula, without what a workbook cannot hold."""
    if isinstance(cell, int):
        return cell
    kept = "".join(char for char in cell if char >= " " or char in "\n\t")[:_LONGEST]
    return f"'{kept}" if kept.startswith(_FORMULA) else kept


def _dress(sheet: Worksheet, widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    line, wrapped = Side(style="thin", color=_BORDER), Alignment(wrap_text=True, vertical="top")
    border = Border(line, line, line, line)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(sheet.iter_rows(), 1):
        # No programme fits the heights of rows by itself when it opens a file.
        lines = max(_lines(str(cell.value or ""), width) for cell, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = min(_LINE * lines + 2, _TALLEST)
        for cell in row:
            cell.alignment, cell.border = wrapped, border
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD)


def _lines(words: str, width: int) -> int:
    """Return how many lines words take; a Chinese character is as wide as two letters."""
    return sum(max(1, -(-2 * len(line) // (width - 2))) for line in words.split("\n"))
