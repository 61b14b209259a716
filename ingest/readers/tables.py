"""Telling a table of data from a grid that only places text on the page (版面表格)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numerals import to_int

_NUMBER = "〇零一二三四五六七八九十百千两\\d"
_ARTICLE = re.compile(rf"(?:^|\n)\s*第[{_NUMBER}]+[章节条]", re.MULTILINE)
_ARTICLES_OF_A_LAYOUT = 3
_LABEL = re.compile(  # 第三条, 第 三 条（目的）
    rf"\s{{0,9}}第\s{{0,3}}(?P<number>[{_NUMBER}\s]{{1,12}})(?P<unit>编|分编|章|节|条)(?P<branch>之[一二三四五六七八九十]{{1,3}})?"
    r"\s{0,9}(?:[（(【][^（）()【】]{1,20}[)）】])?\s{0,9}"
)
_LABELLED_ARTICLES = 2
_SENTENCE = re.compile(r"[。；：]")

Rows = Sequence[Sequence[str]]


def is_layout(rows: Rows) -> bool:
    """Tell whether a table only lays out text: no row has two cells with words, or one cell holds a run of articles."""
    if all(sum(1 for cell in row if cell.strip()) <= 1 for row in rows):
        return True
    return any(len(_ARTICLE.findall(cell)) >= _ARTICLES_OF_A_LAYOUT for row in rows for cell in row)


def has_label_column(rows: Rows) -> bool:
    """Tell whether a table sets out articles with their numbers in a column of their own: 第一条 | 为了…

    Every row must then be a number beside its text, or one cell alone (a title, a heading, a further paragraph); the
    articles must count on one by one and mostly be sentences. A head (条款 | 内容) is let pass above 第一条 only; a
    table with other heads or more columns compares or lists, and is data.
    """
    filled = [cells for row in rows if len(cells := [cell for cell in row if cell.strip()]) > 1]
    has_head = bool(filled) and not any(map(_LABEL.fullmatch, filled[0]))
    numbers: list[int] = []
    sentences = 0
    for number, text, *more in filled[has_head:]:
        label = _LABEL.fullmatch(number)
        if more or label is None or _LABEL.fullmatch(text):
            return False
        if label["unit"] == "条" and not label["branch"]:
            numbers.append(_value(label["number"]))
            sentences += _SENTENCE.search(text) is not None
    counting = bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    needed = _ARTICLES_OF_A_LAYOUT if has_head else _LABELLED_ARTICLES
    begins = not has_head or numbers[:1] == [1]
    return counting and begins and len(numbers) >= needed and 2 * sentences >= len(numbers)


def labelled(row: Sequence[str]) -> tuple[int, int] | None:
    """Return the places of a number and of its text in a row of a table with a label column, None for other rows."""
    filled = [at for at, cell in enumerate(row) if cell.strip()]
    return (filled[0], filled[1]) if len(filled) == 2 else None


def _value(numeral: str) -> int:
    """Return a numeral's value, -1 where it is none."""
    try:
        return to_int("".join(numeral.split()))
    except ValueError:
        return -1
