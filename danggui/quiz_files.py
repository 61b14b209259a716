"""Quizzes as files (试题文件): JSON to be read again, a table for examination systems."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from answer.items import KIND_WORDS
from answer.quiz.model import DIFFICULTY_WORDS, LETTERS, QuizItem, read_item
from corpus.errors import InputError
from danggui import files, workbooks

COLUMNS = ("题型", "题干", *(f"选项{letter}" for letter in LETTERS), "答案", "解析", "出处", "难度", "章节")
_WIDTHS = (8, 44, *(15 for _ in LETTERS), 14, 48, 26, 6, 14)  # of the columns, in letters
_UNUSED = 7  # width of a column of options that no item has


def read_quiz(path: Path) -> list[QuizItem]:
    """Return the items of a saved quiz. Raises InputError for a file that is none."""
    try:
        value: Any = json.loads(files.read(path).decode("utf-8-sig"))
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
        source = item.clause.cited
        answer = (item.key, f"{item.correction}{item.basis}", source)
        level, chapter = DIFFICULTY_WORDS[item.difficulty], next(iter(item.clause.headings), "")
        cells = (item.stem, *(options.get(letter, "") for letter in LETTERS), *answer, level, chapter)
        yield KIND_WORDS[item.kind], *cells


def csv_of(items: Sequence[QuizItem]) -> bytes:
    """Return the table as CSV, with the mark by which Excel knows UTF-8."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([COLUMNS, *([workbooks.harmless(cell) for cell in row] for row in rows(items))])
    return written.getvalue().encode("utf-8-sig")


def xlsx_of(items: Sequence[QuizItem]) -> bytes:
    """Return the table as a workbook of one sheet."""
    table = list(rows(items))
    used = [any(column) for column in zip(*table, strict=True)] or [True] * len(COLUMNS)
    widths = [width if found else _UNUSED for width, found in zip(_WIDTHS, used, strict=True)]
    return workbooks.as_bytes(workbooks.table("试题", list(zip(COLUMNS, widths, strict=True)), table))
