"""What surrounds the provisions: title, 题注, 目录 and 落款, found before the tree is grown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.furniture import DATE_LINE, is_header, note_lines, squeeze
from ingest.labels import DIVISION_STYLES
from ingest.names import is_organ
from ingest.segments import Segment
from ingest.signature import find_signatures
from ingest.title import find_title, stem_of

__all__ = ["find_contents", "find_header", "find_signatures", "find_title", "squeeze", "stem_of"]

_ISSUERS = 4
_CONTENTS_WITHIN = 60  # segments from the start
_ENTRY_LENGTH = 80  # white space aside
_PAGE = re.compile(r"[ \u3000.…·．]+[(（\-—]?\d{1,4}[)）\-—]?$")


def find_header(items: Sequence[Segment], start: int) -> int:
    """Return the index behind the 题注 lines that begin at `start`."""
    end = start
    while end < len(items) and not items[end].article:
        lines = note_lines(items, end) or int(is_header(items[end])) or _issuer_lines(items, end)
        if not lines:
            break
        end += lines
    return end


def _issuer_lines(items: Sequence[Segment], start: int) -> int:
    """Return how many lines name the issuers and end in a date alone, 0 where no such lines begin at `start`."""
    for count, item in enumerate(items[start : start + _ISSUERS + 1]):
        text = squeeze(item.text)
        if count and DATE_LINE.match(text):
            return count + 1
        if (
            item.label
            or item.annex
            or item.block.kind is not BlockKind.TEXT
            or len(text) > 60
            or not is_organ(item.text)
        ):
            return 0
    return 0


def find_contents(items: Sequence[Segment]) -> tuple[int, int]:
    """Return the half-open range of the 目录, (0, 0) where there is none.

    A 目录 ends where its first entry comes again, or at a line that is no entry: a sentence, an article that does not
    come again. Without the word 目录, two or more divisions in a row that all come again later are one too.
    """
    for index, item in enumerate(items[:_CONTENTS_WITHIN]):
        if item.article:
            return 0, 0
        if squeeze(item.text[:12]).startswith("目录") and (len(item.text) <= 8 or "第一" in item.text[:20]):
            return index, _contents_end(items, index + 1)
        if item.label and item.label.style in DIVISION_STYLES:
            return _unnamed_contents(items, index)
    return 0, 0


def _contents_end(items: Sequence[Segment], start: int) -> int:
    again = _next_of_same_number(items)
    for index in range(start, len(items)):
        if index > start and _same_entry(items[index], items[start]):
            return index
        if not _is_entry(items, index, again):
            return index
    return start


def _next_of_same_number(items: Sequence[Segment]) -> dict[int, int]:
    """Return for each article, by its index, the index of the next one of its number."""
    later: dict[tuple[int, int], int] = {}
    again: dict[int, int] = {}
    for index in range(len(items) - 1, -1, -1):
        label = items[index].label
        if items[index].article and label:
            key = (label.number, label.branch)
            if key in later:
                again[index] = later[key]
            later[key] = index
    return again


def _is_entry(items: Sequence[Segment], index: int, again: dict[int, int]) -> bool:
    item = items[index]
    if item.block.kind is not BlockKind.TEXT or len(item.text) > 4 * _ENTRY_LENGTH or item.text[-1:] == "。":
        return False
    if len(squeeze(item.text)) > _ENTRY_LENGTH:
        return False
    if not item.article or item.label is None:
        return True
    if index not in again or item.label.end >= len(item.text):
        return False
    return _PAGE.search(item.text) is not None or squeeze(items[again[index]].text).startswith(squeeze(item.text))


def _same_entry(item: Segment, first: Segment) -> bool:
    if item.label and first.label:
        return (item.label.style, item.label.number) == (first.label.style, first.label.number)
    return squeeze(item.text) == squeeze(_PAGE.sub("", first.text))


def _unnamed_contents(items: Sequence[Segment], start: int) -> tuple[int, int]:
    keys: dict[str, None] = {}
    for item in items[start:]:
        if not item.label or item.label.style not in DIVISION_STYLES:
            break
        key = squeeze(item.text)
        if key in keys:
            break
        keys[key] = None
    end = start + len(keys)
    later = {squeeze(item.text) for item in items[end:] if item.label and item.label.style in DIVISION_STYLES}
    return (start, end) if len(keys) >= 2 and later.issuperset(keys) else (0, 0)
