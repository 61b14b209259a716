"""Where the words of a statement stand in a text, in order, letter by letter (逐字对齐).

Local alignment with affine gaps (Smith & Waterman 1981, Gotoh 1982), a row of the table at a time. A blank in the
statement may stand for any stretch of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.numerals import to_chinese
from corpus.titles import normalise

BLANK = "_"
_MATCH, _MISMATCH = 1.0, -0.6
_OPEN, _EXTEND = 1.0, 0.04  # cost of leaving letters out, on either side: for the first of them, for each
_BLANK_EXTEND = 0.01  # cost of a letter that a blank stands for
_TOKEN = re.compile(
    r"""
      (?P<blank> _ ) | (?P<number> \d{1,9} ) (?: (?: \.\d+ )? (?P<percent> [%％] ) | / (?P<whole> \d{1,9} ) )?
    | (?P<label> [（(] [一二三四五六七八九十]{1,3} [）)] ) | (?P<half> 半年 ) | [^\W_]
    """,
    re.VERBOSE,
)
_SAME = str.maketrans("两○〇", "二零零")
_START, _DIAGONAL, _DOWN, _ACROSS = range(4)


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text, punctuation left out, numbers in Chinese; letter i stands at [starts[i], ends[i])."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def parted(self, one: int, other: int) -> bool:
        """Tell whether punctuation stands between two letters."""
        return any(self.ends[place] < self.starts[place + 1] for place in range(one, other))


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a statement stands in a text: `places` gives for each letter its place in the text's letters, or -1.

    `score` is 1 for each letter in place less what is left out or differs.
    """

    score: float
    places: tuple[int, ...]


def letters(text: str) -> Letters:
    """Return the letters of a text; a low line is a blank."""
    found = [(char, match.start(), match.end()) for match in _TOKEN.finditer(text) for char in _spelt(match)]
    chars, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Letters("".join(chars), starts, ends)


def _spelt(match: re.Match[str]) -> str:
    """Return a token as it is compared: 20% as 百分之二十, 2/3 as 三分之二, 半年 as 六个月, nothing for （一）."""
    if match["number"]:
        number = _numeral(match["number"])
        return (
            f"{_numeral(match['whole'])}分之{number}" if match["whole"] else "百分之" * bool(match["percent"]) + number
        )
    if match["label"]:
        return ""
    return "六个月" if match["half"] else normalise(match[0]).translate(_SAME)


def _numeral(digits: str) -> str:
    return to_chinese(int(digits)).translate(_SAME)


def align(statement: str, text: str) -> Alignment:
    """Return the best local alignment of two strings of letters."""
    table = _Table(_codes(text))
    for char in statement:
        if char == BLANK:
            table.blank_row()
        else:
            table.row(ord(char))
    return Alignment(table.score, table.places())


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)


class _Table:
    """The scores of all pairs of beginnings, and from where each was reached."""

    def __init__(self, codes: NDArray[np.uint32]) -> None:
        self._codes = codes
        self._columns = np.arange(len(codes) + 1, dtype=np.int32)
        self._scores = [np.zeros(len(codes) + 1)]
        self._moves = [np.zeros(len(codes) + 1, dtype=np.int8)]
        self._jumps = [self._columns]
        self._hits = [np.zeros(len(codes), dtype=bool)]
        self._down = np.full(len(codes) + 1, -np.inf)
        self._down_from = np.zeros(len(codes) + 1, dtype=np.int32)

    @property
    def score(self) -> float:
        return float(max(row.max() for row in self._scores))

    def row(self, code: int) -> None:
        """Add a letter of the statement."""
        above, hits = self._scores[-1], self._codes == code
        opened = above - _OPEN
        fresh = opened > self._down
        self._down = np.where(fresh, opened, self._down) - _EXTEND
        self._down_from = np.where(fresh, len(self._scores) - 1, self._down_from).astype(np.int32)
        diagonal = np.concatenate(([0.0], above[:-1] + np.where(hits, _MATCH, _MISMATCH)))
        scores = np.maximum(np.maximum(diagonal, self._down), 0.0)
        moves = np.where(scores <= 0, _START, np.where(diagonal >= self._down, _DIAGONAL, _DOWN)).astype(np.int8)
        self._add(scores, moves, hits, _OPEN, _EXTEND, self._down_from)

    def blank_row(self) -> None:
        """Add a blank."""
        above = self._scores[-1]
        moves = np.where(above > 0, _DOWN, _START).astype(np.int8)
        start = np.full(len(above), len(self._scores) - 1, dtype=np.int32)
        self._down = np.full(len(above), -np.inf)
        self._add(above, moves, np.zeros(len(self._codes), dtype=bool), 0.0, _BLANK_EXTEND, start)

    def _add(
        self,
        scores: NDArray[np.float64],
        moves: NDArray[np.int8],
        hits: NDArray[np.bool_],
        opening: float,
        extending: float,
        down_from: NDArray[np.int32],
    ) -> None:
        """Add a row, letting letters of the text be left out behind each cell."""
        raised = scores + extending * self._columns
        best = np.maximum.accumulate(raised)
        source = np.maximum.accumulate(np.where(raised >= best, self._columns, 0))
        across = best - opening - extending * self._columns
        better = (across > scores) & (source < self._columns)
        self._scores.append(np.where(better, across, scores))
        self._moves.append(np.where(better, _ACROSS, moves).astype(np.int8))
        self._jumps.append(np.where(better, source, down_from).astype(np.int32))
        self._hits.append(hits)

    def places(self) -> tuple[int, ...]:
        """Return where each letter of the statement stands, -1 for those that are not there."""
        places = [-1] * (len(self._scores) - 1)
        for row, column in self._path():
            if self._hits[row][column - 1]:
                places[row - 1] = column - 1
        return tuple(places)

    def _path(self) -> Iterator[tuple[int, int]]:
        """Yield the cells reached diagonally on the best path, last first."""
        row = max(range(len(self._scores)), key=lambda one: self._scores[one].max())
        column = int(self._scores[row].argmax())
        while row and (move := self._moves[row][column]) != _START:
            if move == _DIAGONAL:
                yield row, column
                row, column = row - 1, column - 1
            elif move == _DOWN:
                row = int(self._jumps[row][column])
            else:
                column = int(self._jumps[row][column])
