"""Pages set in two columns: finding the gutter, and reading one column after the other (双栏)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Protocol, TypeVar

from ingest.readers.lines import is_numbered

ACROSS, LEFT, RIGHT = 0, 1, 2  # where a line stands: across the page, or in a column
MIN_GUTTER = 0.8  # of the type size
_CENTRE = (0.4, 0.6)  # of the width of the text: where the middle of a gutter may lie
_MIN_LINES = 3  # lines in each column
_MIN_LENGTH = 10  # characters of a column's longest line
_MIN_PROSE = 0.4  # share of a column's lines that have punctuation or begin with a number
_MAX_ACROSS = 0.5  # share of lines that run across the page
_PUNCTUATION = re.compile("[，。；：、]")
_GAP = re.compile(r"[^\s]{6}\u3000[ \u3000]*[^\s]{6}")
_MAX_GAPS = 0.4  # share of lines with a wide gap
_ARTICLE_BEHIND_GAP = re.compile(r"\S\u3000[ \u3000]*第[一二三四五六七八九十百零\d]{1,6}条[ \u3000]")
_MIN_INTERLEAVED = 2  # lines


class _Placed(Protocol):
    @property
    def top(self) -> float: ...
    @property
    def column(self) -> int: ...


_T = TypeVar("_T", bound=_Placed)
Span = tuple[float, float]  # left and right edges of a character, points


def gutter_of(rows: Sequence[Sequence[Span]], size: float, before: float) -> float:
    """Return the middle of the white band down the page that the fewest characters cross, 0 where it is too narrow.

    `rows` are the characters of each line from left to right, `size` is the usual type size, `before` the gutter of the
    page before, which is kept where it lies in the band. Whether the page is really set in two columns is for
    `is_two_columns` to say.
    """
    edge, end = min(row[0][0] for row in rows), max(row[-1][1] for row in rows)
    spans = [span for row in rows if not _is_centred(row, edge, end, size) for span in row]
    covered = _coverage(spans, edge, end)
    first, last = (int(share * len(covered)) for share in _CENTRE)
    least = min(covered[first : last + 1])
    bands = [band for band in _bands(covered, least) if first <= sum(band) / 2 <= last]
    left, right = max(bands, key=lambda band: band[1] - band[0], default=(0, 0))
    if right - left < MIN_GUTTER * size:
        return 0.0
    return before if left <= before - edge <= right else edge + (left + right) / 2


def is_two_columns(left: Sequence[str], right: Sequence[str], across: int, *, expected: bool) -> bool:
    """Tell whether lines to the left and to the right of a gutter are columns of prose, and no table.

    `across` counts the lines that cross the gutter; `expected`: the page before was set in columns at the same place.
    """
    if expected:
        return bool(left and right)
    enough = min(len(left), len(right)) >= _MIN_LINES and across <= _MAX_ACROSS * (len(left) + len(right) + across)
    return enough and _is_prose(left) and _is_prose(right)


def in_reading_order(items: Iterable[_T]) -> Iterator[_T]:
    """Yield a page's items from the top; between two that run across the page, the left column before the right."""
    band: list[_T] = []
    for item in sorted(items, key=lambda item: item.top):
        if item.column == ACROSS:
            yield from sorted(band, key=lambda item: item.column)
            band = []
            yield item
        else:
            band.append(item)
    yield from sorted(band, key=lambda item: item.column)


def look_interleaved(lines: Sequence[str]) -> bool:
    """Tell whether lines look like columns read across: long parts, or articles, behind a wide gap (串栏)."""
    gaps = sum(1 for line in lines if _GAP.search(line) and _PUNCTUATION.search(line))
    articles = sum(1 for line in lines if _ARTICLE_BEHIND_GAP.search(line))
    return articles >= _MIN_INTERLEAVED or gaps >= max(_MIN_LINES, _MAX_GAPS * len(lines))


def _is_centred(row: Sequence[Span], left: float, right: float, size: float) -> bool:
    """Tell whether a line is a title or a page number, in the middle of the page and short of both edges."""
    before, behind = row[0][0] - left, right - row[-1][1]
    return min(before, behind) > 2 * size and abs(before - behind) < 4 * size


def _coverage(spans: Sequence[Span], left: float, right: float) -> list[int]:
    """Return how many characters cover each point from `left` to `right`."""
    steps = [0] * (int(right - left) + 2)
    for x0, x1 in spans:
        steps[int(x0 - left)] += 1
        steps[int(x1 - left) + 1] -= 1
    return list(accumulate(steps))[:-1]


def _bands(covered: Sequence[int], least: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each stretch of points that not more than `least` characters cover."""
    for white, run in groupby(enumerate(covered), key=lambda point: point[1] <= least):
        points = list(run)
        if white:
            yield points[0][0], points[-1][0] + 1


def _is_prose(lines: Sequence[str]) -> bool:
    """Tell whether lines are set in a column of its own width and hold sentences; a column of labels does not."""
    lengths = [len(line.strip()) for line in lines]
    prose = sum(
        1
        for line, length in zip(lines, lengths, strict=True)
        if _PUNCTUATION.search(line) or (length >= _MIN_LENGTH and is_numbered(line))
    )
    return max(lengths) >= _MIN_LENGTH and prose >= _MIN_PROSE * len(lines)
