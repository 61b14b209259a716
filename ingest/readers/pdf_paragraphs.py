"""Putting printed lines together to paragraphs, by margins, indents and numbers (接行成段)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.lines import is_numbered, join
from ingest.readers.pdf_columns import ACROSS
from ingest.readers.pdf_page import Line

_SENTENCE_END = frozenset("。；：！？”）")
_CONTENTS_ENTRY = re.compile(r"[.…·．]{3}\s*\d{1,4}\s*$")
_LATIN_WORD = re.compile(r"[\x21-\x7e]+")
_FIRST_INDENT = 1.2  # of the type size: a line that begins further in opens a paragraph
_BLOCK_INDENT = 4.5  # and further in than this, it is centred or set to the right
_SAME_INDENT = 0.5  # of the type size
_SLACK = 1.2  # of the type size, by which a full line may fall short
_SAME_SIZE = 0.1  # relative difference of sizes
_TITLE_SIZE = 1.15  # of the body's: larger type is a title's
_WIDE_PITCH = 1.6  # of the usual distance of lines
_PARAGRAPH_PITCH = 1.25  # the same where no indent shows the paragraphs
_MIN_SIDE = 40  # lines on even and on odd pages from which they are looked at apart
_MIN_INDENTED = 0.1  # share of indented lines that shows that paragraphs are indented


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the page it begins on."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document is set (版式), in points."""

    left: float
    right: float
    size: float  # of the body's type
    pitch: float  # from line to line inside a paragraph
    indent: float  # of a paragraph's first line, in type sizes; 0 where paragraphs are not indented

    def indent_of(self, line: Line) -> float:
        """Return how far in a line begins, in type sizes."""
        return (line.x0 - self.left) / line.size

    def widest_pitch(self, line: Line) -> float:
        """Return the distance to the next line above which it begins a new paragraph."""
        return (_WIDE_PITCH if self.indent else _PARAGRAPH_PITCH) * max(self.pitch, line.size)


Layouts = Mapping[tuple[int, int], Layout]  # of even and of odd pages, and of their columns


def paragraphs(lines: Sequence[Line], layouts: Layouts) -> Iterator[Paragraph]:
    """Yield the paragraphs of a run of lines in a document that is set as `layouts_of` found."""
    if not lines:
        return
    text, page, hang = lines[0].text, lines[0].page, None
    for before, line in pairwise(lines):
        layout, next_layout = layouts[_place(before)], layouts[_place(line)]
        if _runs_on(before, line, layout, next_layout, hang):
            text = join(text.rstrip(), line.text.lstrip())
            hang = next_layout.indent_of(line)
        else:
            yield Paragraph(text, page)
            text, page, hang = line.text, line.page, None
    yield Paragraph(text, page)


def _runs_on(before: Line, line: Line, layout: Layout, next_layout: Layout, hang: float | None) -> bool:
    """Tell whether `line` runs on from `before`; `hang` is the indent of the paragraph's lines from the second on."""
    if abs(before.size - line.size) > _SAME_SIZE * layout.size or (before.column == ACROSS) != (line.column == ACROSS):
        return False
    if (before.page, before.column) == (line.page, line.column):
        if line.top - before.top > layout.widest_pitch(before):
            return False
        if _is_title(before, layout) and _is_title(line, layout):
            return True
    if not _is_full(before, line, layout) or _CONTENTS_ENTRY.search(before.text):
        return False
    indent = next_layout.indent_of(line)
    ended = before.text.rstrip()[-1:] in _SENTENCE_END
    if indent > _BLOCK_INDENT or (ended and is_numbered(line.text)):
        return False
    if hang is not None:
        same = abs(indent - hang) < _SAME_INDENT
        return same and (layout.indent > 0 or not is_numbered(line.text))
    if layout.indent and layout.indent_of(before) < _SAME_INDENT < indent:
        return not ended  # the second line of a hanging paragraph
    if not layout.indent:
        return not is_numbered(line.text)
    return abs(indent - layout.indent) >= _SAME_INDENT


def _is_full(before: Line, line: Line, layout: Layout) -> bool:
    """Tell whether a line was broken because the next word had no room on it."""
    if layout.indent_of(before) > _BLOCK_INDENT:
        return False
    word = _LATIN_WORD.match(line.text)
    width = len(word[0]) * 0.55 * line.size if word else line.size
    return before.x1 + width > layout.right - _SLACK * before.size


def _is_title(line: Line, layout: Layout) -> bool:
    """Tell whether a line is part of a centred title in larger type."""
    centred = abs((line.x0 - layout.left) - (layout.right - line.x1)) < 2 * line.size
    return centred and line.size > _TITLE_SIZE * layout.size


def layouts_of(lines: Sequence[Line]) -> Layouts:
    """Return how even and odd pages are set, whose margins may mirror each other where there is enough to tell."""
    if not lines:
        return {}
    sizes: Counter[float] = Counter()
    places: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
        places[_place(line)].append(line)
    size = sizes.most_common(1)[0][0]
    return {(side, column): _layout(_enough(places, side, column), size) for side, column in places}


def _place(line: Line) -> tuple[int, int]:
    return line.page % 2, line.column


def _enough(places: Mapping[tuple[int, int], list[Line]], side: int, column: int) -> list[Line]:
    """Return the lines of even or odd pages, in a column, or those of all pages where either are few."""
    sides = [places.get((0, column), []), places.get((1, column), [])]
    return sides[side] if min(map(len, sides)) >= _MIN_SIDE else sides[0] + sides[1]


def _layout(lines: Sequence[Line], size: float) -> Layout:
    body = [line for line in lines if abs(line.size - size) <= _SAME_SIZE * size] or lines
    left = _frequent([line.x0 for line in body])
    right = max(line.x1 for line in body)
    pitches = sorted(b.top - a.top for a, b in pairwise(body) if a.page == b.page and b.top - a.top > 0.5 * size)
    pitch = pitches[len(pitches) // 10] if pitches else 1.5 * size
    return Layout(left, right, size, pitch, _indent(body, left))


def _indent(lines: Sequence[Line], left: float) -> float:
    """Return the indent that first lines share, in type sizes, 0 where hardly a line is indented."""
    indents = Counter(round((line.x0 - left) / line.size, 1) for line in lines)
    first = [(count, indent) for indent, count in indents.items() if _FIRST_INDENT <= indent <= _BLOCK_INDENT]
    if sum(count for count, _ in first) < _MIN_INDENTED * len(lines):
        return 0.0
    return max(first)[1]


def _frequent(values: Sequence[float]) -> float:
    """Return the least value that is not a stray: several lines share it."""
    counts = Counter(round(value) for value in values)
    needed = max(2, len(values) // 50)
    return float(min((value for value, count in counts.items() if count >= needed), default=min(values)))
