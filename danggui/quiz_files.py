"""Quizzes as files (试题文件): JSON to be read again, a table for examination systems."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answer.quiz.model import DIFFICULTY_WORDS, KIND_WORDS, LETTERS, QuizItem, read_item
from corpus.citation import edition_words
from corpus.errors import InputError

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = ("题型", "题干", *(f"选项{letter}" for letter in LETTERS), "答案", "解析", "出处", "难度", "章节")
_WIDTHS = (8, 44, *(15 for _ in LETTERS), 14, 48, 26, 6, 14)  # of the columns, in letters
_UNUSED = 7  # width of a column of options that no item has
_LINE = 14.5  # points
_HIGHEST = 400  # points that Excel lets a row have
_FORMULA = ("=", "+", "-", "@", "\t")


def read_quiz(path: Path) -> list[QuizItem]:
    """Return the items of a saved quiz. Raises InputError for a file that is none."""
    try:
        value: Any = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"读不了 {path}：{error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{path} 不是 JSON 文件；请给出 danggui quiz --out 存下的试题") from error
    rows = value.get("items") if isinstance(value, dict) else None
    if not isinstance(rows, list):
        raise InputError(f"{path} 里没有试题（items）；请给出 danggui quiz --out 存下的试题")
    return [_item(path, number, row) for number, row in enumerate(rows, 1)]


def _item(path: Path, number: int, row: Any) -> QuizItem:  # noqa: ANN401 (JSON)
    try:
        return read_item(row)
    except InputError as error:
        raise InputError(f"{path} 第 {number} 题{error}") from error


def rows(items: Sequence[QuizItem]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, in the order of `COLUMNS`."""
    for item in items:
        options = dict(item.options)
        source = f"{item.clause.label}{edition_words(item.clause.edition)}"
        answer = (item.key, f"{item.correction}{item.basis}", source)
        level, chapter = DIFFICULTY_WORDS[item.difficulty], next(iter(item.clause.headings), "")
        cells = (item.stem, *(options.get(letter, "") for letter in LETTERS), *answer, level, chapter)
        yield KIND_WORDS[item.kind], *map(_harmless, cells)


def _harmless(cell: str) -> str:
    """Return a cell that no table programme takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_csv(items: Sequence[QuizItem], path: Path) -> None:
    """Write the table as CSV, with the mark by which Excel knows UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows(items)])


def write_xlsx(items: Sequence[QuizItem], path: Path) -> None:
    """Write the table as a workbook of one sheet, which prints across with its head on every page."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "试题"
    for row in (COLUMNS, *rows(items)):
        sheet.append(list(row))
    _lay_out(sheet)
    book.save(path)


def _lines(cell: Cell, width: int) -> int:
    """Return how many lines a cell takes; a Chinese character is as wide as two letters."""
    return sum(1 + 2 * len(line) // (width - 2) for line in str(cell.value or "").split("\n"))


def _lay_out(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    used = [sum(bool(cell.value) for cell in column) > 1 for column in sheet.iter_cols()]
    widths = [width if found else _UNUSED for width, found in zip(_WIDTHS, used, strict=True)]
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, line in enumerate(sheet.iter_rows(), 1):
        sheet.row_dimensions[number].height = min(_HIGHEST, _LINE * max(map(_lines, line, widths)))
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EDEDED")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
