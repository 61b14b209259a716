"""Tables as rows of words, from Excel workbooks and CSV files (表格)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from corpus.errors import InputError
from ingest.readers.xml import Archive, DamagedError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

_DELIMITERS = ",\t;|，"
_SNIFFED = 50  # records looked at for the delimiter
_MOST_ROWS, _MOST_COLUMNS = 50_000, 60
_LONGEST = 32_767  # characters that Excel lets a cell hold


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of words; `name` says where they stand (工作表“党章”), "" for the only table; `first` numbers the first row.

    Columns of a table have letters, those of objects have names alone, which make the first row.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    first: int = 1
    lettered: bool = True

    def place(self, row: int) -> str:
        """Return where a row stands, as a user finds it."""
        return f"{self.name}第 {row + self.first} 行"


def read_workbook(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of an xlsx file that hold anything; raises InputError for what is none."""
    from openpyxl import load_workbook

    _measure(data, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = tuple(Sheet(f"工作表“{sheet.title}”", tuple(_rows(sheet.iter_rows()))) for sheet in book.worksheets)
    except InputError:
        raise
    except Exception as error:  # a damaged archive makes openpyxl raise anything
        raise InputError(
            f"{name} 不是能读的 Excel 工作簿，可能已损坏或设有密码；请用 Excel 或 WPS 打开后另存为 xlsx"
        ) from error
    return tuple(sheet for sheet in sheets if any(map(any, sheet.rows)))


def _measure(data: bytes, name: str) -> None:
    """Raise InputError for a workbook that unpacks to more than memory should take; a damaged one is told later."""
    try:
        archive = Archive(data)
    except DamagedError:
        return
    try:
        archive.measure()
    except DamagedError as error:
        raise InputError(f"{name}：{error}") from error


def _rows(rows: Iterable[Sequence[Cell]]) -> Iterator[tuple[str, ...]]:
    filled = 0
    for row in rows:
        words = tuple(_words(cell) for cell in row[:_MOST_COLUMNS])
        filled += any(words)  # a format set for whole columns makes a million rows without words
        if filled > _MOST_ROWS:
            raise InputError(f"工作表超过 {_MOST_ROWS} 行；请拆分后再核对")
        yield words if any(words) else ()


def _words(cell: Cell) -> str:
    """Return a cell as it is shown: 3 and not 3.0, 20% and not 0.2, 正确 for a truth value."""
    value = cell.value
    if isinstance(value, bool):
        return "正确" if value else "错误"
    if isinstance(value, float | int) and "%" in str(cell.number_format):
        return f"{round(value * 100, 4):g}%"
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1e6 else str(int(value) if value.is_integer() else value)
    return "" if value is None else str(value)[:_LONGEST].strip()


def read_csv(text: str, name: str) -> tuple[Sheet, ...]:
    """Return the table of a CSV text, its delimiter found as the one by which most records have one width.

    Raises InputError for one whose quotation marks do not pair, so that a cell never ends.
    """
    delimiter = max(_DELIMITERS, key=lambda one: _evenness(_sniffed(text, one)))
    try:
        rows = tuple(islice(_records(text, delimiter), _MOST_ROWS + 1))
    except csv.Error as error:
        raise InputError(
            f"{name} 有一格过长，可能是英文引号没有成对；请改正，或用 Excel、WPS 打开后另存为 xlsx"
        ) from error
    if len(rows) > _MOST_ROWS:
        raise InputError(f"{name} 超过 {_MOST_ROWS} 行；请拆分后再核对")
    return (Sheet("", rows),) if any(map(any, rows)) else ()


def _sniffed(text: str, delimiter: str) -> list[tuple[str, ...]]:
    """Return the first records as a delimiter parts them, none where it cannot."""
    try:
        return list(islice(_records(text, delimiter), _SNIFFED))
    except csv.Error:
        return []


def _records(text: str, delimiter: str) -> Iterator[tuple[str, ...]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield tuple(cell.strip().removeprefix("'") for cell in row[:_MOST_COLUMNS])


def _evenness(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Return which share of the records has the commonest width, and that width; a width of one counts for nothing."""
    widths = Counter(len(row) for row in rows if any(row))
    width, count = max(widths.items(), key=lambda one: (one[0] > 1, one[1]), default=(1, 0))
    return (count / sum(widths.values()), width) if width > 1 else (0.0, 1)
