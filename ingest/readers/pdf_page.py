"""One pdf page as lines and tables: characters that can be seen, put together by their places (版面)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING, Any

from ingest.readers.lines import join
from ingest.readers.pdf_columns import ACROSS, LEFT, MIN_GUTTER, RIGHT, gutter_of, in_reading_order, is_two_columns
from ingest.readers.tables import is_layout

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table as RuledTable

Char = Mapping[str, Any]  # a pdfplumber object: text, x0, x1, top, bottom, size, upright, non_stroking_color

_TINY = 2.0  # points
_MAX_RISE = 0.1  # of the way along: a line that climbs more is a watermark
_WHITE = 0.94  # every channel from here on is white to the eye
_WORD_GAP = 0.5  # of the type size: a gap this wide is a space
_WIDE_GAP = 0.8  # and this wide, an ideographic one
_SAME_PLACE = 0.25  # of the type size: the same character printed twice for boldness
_SAME_LINE = 0.5  # of the type size, between the middles of two characters


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; coordinates are points from the page's top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    column: int = ACROSS


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table of at least two rows and two columns."""

    rows: tuple[tuple[str, ...], ...]
    top: float
    page: int
    column: int = ACROSS


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page shows, and what it hides; `sideways` is text that does not run left to right (watermarks).

    `gutter` is the middle of the white band between two columns of text, 0 on a page that is not set in columns.
    """

    number: int
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    hidden: tuple[str, ...] = ()
    sideways: tuple[str, ...] = ()
    has_picture: bool = False
    gutter: float = 0.0


def read_page(page: Page, gutter: float = 0.0) -> PageContent:
    """Return the content of a pdfplumber page; `gutter` is that of the page before."""
    upright = [char for char in page.chars if _is_level(char)]
    sideways = "".join(char["text"] for char in page.chars if not _is_level(char))
    fills = _dark_fills(page)
    hidden = [char for char in upright if _is_hidden(char, page, fills)]
    seen = [char for char in upright if not _is_hidden(char, page, fills)] if hidden else upright
    tables: list[tuple[Table, RuledTable]] = []
    for found in _ruled_tables(page):
        inside = [char for char in seen if _is_inside(char, found.bbox)]
        rows = tuple(tuple(_cell_text(cell, inside) for cell in row.cells) for row in found.rows)
        if len(rows) > 1 and max(map(len, rows)) > 1 and not is_layout(rows):
            tables.append((Table(rows, found.bbox[1], page.page_number), found))
            taken = set(map(id, inside))
            seen = [char for char in seen if id(char) not in taken]
    gutter, lines = _lines(seen, page.page_number, gutter)
    return PageContent(
        page.page_number,
        float(page.height),
        tuple(lines),
        tuple(replace(table, column=_column(found.bbox[0], found.bbox[2], gutter)) for table, found in tables),
        tuple("".join(char["text"] for char in row) for row in _rows(hidden)),
        (sideways,) if sideways.strip() else (),
        bool(page.images),
        gutter,
    )


def _ruled_tables(page: Page) -> list[RuledTable]:
    """Return the tables whose cells are ruled; a page with hardly a line on it has none."""
    if len(page.lines) + len(page.rects) + len(page.curves) < 3:
        return []
    return list(page.find_tables())


def _lines(chars: Sequence[Char], page: int, before: float) -> tuple[float, list[Line]]:
    """Return the gutter, 0 without columns, and the lines in reading order."""
    rows = [row for row in _rows(chars) if _is_printed(row)]
    if not rows:
        return 0.0, []
    size = sorted(float(char["size"]) for row in rows for char in row)[sum(map(len, rows)) // 2]
    gutter = gutter_of([_spans(row) for row in rows], size, before)
    if gutter:
        lines = list(in_reading_order(_lines_in_columns(chars, gutter, page)))
        left, right = ([line.text for line in lines if line.column == side] for side in (LEFT, RIGHT))
        if is_two_columns(left, right, len(lines) - len(left) - len(right), expected=gutter == before):
            return gutter, lines
    return 0.0, [_line(row, page) for row in rows]


def _spans(row: Sequence[Char]) -> list[tuple[float, float]]:
    return [(char["x0"], char["x1"]) for char in row if not char["text"].isspace()]


def _lines_in_columns(chars: Sequence[Char], gutter: float, page: int) -> Iterator[Line]:
    """Yield the lines that run across the page and those of either column, whose lines need not be level."""
    columns: dict[int, list[Char]] = {ACROSS: [], LEFT: [], RIGHT: []}
    for row in _rows(chars):
        across = _runs_across(row, gutter)
        for char in row:
            columns[ACROSS if across else LEFT if _centre(char) < gutter else RIGHT].append(char)
    for column, inside in columns.items():
        yield from (_line(row, page, column) for row in _rows(inside) if _is_printed(row))


def _runs_across(row: Sequence[Char], gutter: float) -> bool:
    """Tell whether a line is printed across the gutter, with no more white there than between words."""
    spans = _spans(row)
    left = max((x1 for x0, x1 in spans if x0 + x1 < 2 * gutter), default=-inf)
    right = min((x0 for x0, x1 in spans if x0 + x1 >= 2 * gutter), default=inf)
    return left > gutter or right < gutter or right - left < MIN_GUTTER * row[0]["size"]


def _column(x0: float, x1: float, gutter: float) -> int:
    if not gutter or x0 < gutter < x1:
        return ACROSS
    return LEFT if x1 <= gutter else RIGHT


def _centre(char: Char) -> float:
    return float(char["x0"] + char["x1"]) / 2


def _is_printed(row: Sequence[Char]) -> bool:
    return any(not char["text"].isspace() for char in row)


def _rows(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Yield the characters line by line from the top, each line from left to right, without printed doubles."""
    row: list[Char] = []
    for char in sorted(chars, key=_middle):
        if row and _middle(char) - _middle(row[0]) > _SAME_LINE * max(char["size"], row[0]["size"]):
            yield _without_doubles(row)
            row = []
        row.append(char)
    if row:
        yield _without_doubles(row)


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _without_doubles(row: list[Char]) -> list[Char]:
    out: list[Char] = []
    for char in sorted(row, key=lambda char: float(char["x0"])):
        double = out and char["text"] == out[-1]["text"] and char["x0"] - out[-1]["x0"] < _SAME_PLACE * char["size"]
        if not double:
            out.append(char)
    return out


def _line(row: Sequence[Char], page: int, column: int = ACROSS) -> Line:
    printed = [char for char in row if not char["text"].isspace()]
    sizes = sorted(float(char["size"]) for char in printed)
    return Line(
        _text(row),
        float(printed[0]["x0"]),
        float(max(char["x1"] for char in printed)),
        float(min(char["top"] for char in printed)),
        float(max(char["bottom"] for char in printed)),
        sizes[len(sizes) // 2],
        page,
        column,
    )


def _text(row: Sequence[Char]) -> str:
    """Return the words of a line; a gap between characters is a space."""
    out: list[str] = []
    last: Char | None = None
    for char in row:
        text = char["text"]
        if last is not None and not text.isspace() and not last["text"].isspace():
            gap = (char["x0"] - last["x1"]) / max(char["size"], 1.0)
            latin = text.isascii() and last["text"].isascii()
            out.append(
                "" if gap < _WORD_GAP / (2 if latin else 1) else "\u3000" if gap >= _WIDE_GAP and not latin else " "
            )
        out.append(text)
        last = char
    return "".join(out)


def _cell_text(box: tuple[float, float, float, float] | None, chars: Sequence[Char]) -> str:
    """Return the words in a table cell, its lines joined; "" for a cell swallowed by a merged one."""
    if box is None:
        return ""
    text = ""
    for row in _rows([char for char in chars if _is_inside(char, box)]):
        text = join(text, _text(row).strip())
    return text


def _is_level(char: Char) -> bool:
    """Tell whether a character is printed along a level line; a slant of the letters themselves does not count."""
    along, rise = char["matrix"][:2]
    return bool(char["upright"] and abs(rise) <= _MAX_RISE * abs(along))


def _is_inside(char: Char, box: tuple[float, float, float, float]) -> bool:
    x, y = _centre(char), _middle(char)
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _is_hidden(char: Char, page: Page, fills: Sequence[tuple[float, float, float, float]]) -> bool:
    """Tell whether a reader of the page does not see a character: white on white, tiny, or off the page."""
    if char["size"] <= _TINY or not _is_inside(char, (0.0, 0.0, page.width, page.height)):
        return not char["text"].isspace()
    if not _is_white(char["non_stroking_color"]) or char["text"].isspace():
        return False
    return not any(_is_inside(char, box) for box in fills)


def _dark_fills(page: Page) -> list[tuple[float, float, float, float]]:
    """Return the places where white type can be read: filled shapes and pictures."""
    shapes = [*page.rects, *page.curves]
    filled = [shape for shape in shapes if shape.get("fill") and not _is_white(shape.get("non_stroking_color"))]
    return [(shape["x0"], shape["top"], shape["x1"], shape["bottom"]) for shape in [*filled, *page.images]]


def _is_white(colour: object) -> bool:
    """Tell whether a colour of one (grey), three (rgb) or four (cmyk) channels is white; patterns are not."""
    channels = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not channels or not all(isinstance(channel, (int, float)) for channel in channels):
        return False
    if len(channels) == 4:
        return all(channel <= 1 - _WHITE for channel in channels)
    return all(channel >= _WHITE for channel in channels)
