"""Telling running heads, feet and page numbers from the text of a pdf (页眉、页脚、页码)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.pdf_page import Line, PageContent

_ZONE = 0.12  # of the page's height, at the top and at the bottom
_SAME_HEIGHT = 6.0  # points
_MIN_SHARE = 0.35  # of the pages: heads may alternate between left and right
_DIGITS = re.compile(r"[\d０-９]+")
_PAGE_NUMBER = re.compile(
    r"[\s—–\-－·~～|/]*(?:第\s*)?[\d０-９ivxIVX]{1,5}(?:\s*页)?(?:[\s,，/]*(?:of|共)?\s*[\d０-９]{1,5}\s*页?)?[\s—–\-－·~～|]*"
)


def without_margins(pages: Sequence[PageContent]) -> tuple[list[PageContent], list[str]]:
    """Return the pages without running heads, feet and page numbers, and those lines' texts, once each.

    A line near the upper or lower edge is one of them when it stands at the same height on several pages, digits
    aside, or is nothing but a page number.
    """
    places: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            if _in_zone(line, page):
                places[_place(line)].add(page.number)
    needed = max(2, _MIN_SHARE * len(pages))
    running = {place for place, numbers in places.items() if len(numbers) >= needed}
    bodies: list[PageContent] = []
    margins: list[str] = []
    for page in pages:
        dropped = [line for line in page.lines if _is_margin(line, page, running)]
        margins += [line.text for line in dropped if not _PAGE_NUMBER.fullmatch(line.text)]
        bodies.append(replace(page, lines=tuple(line for line in page.lines if line not in dropped)))
    return bodies, list(dict.fromkeys(margins))


def _is_margin(line: Line, page: PageContent, running: set[tuple[str, int]]) -> bool:
    return _in_zone(line, page) and (_place(line) in running or _PAGE_NUMBER.fullmatch(line.text) is not None)


def _in_zone(line: Line, page: PageContent) -> bool:
    return line.bottom < _ZONE * page.height or line.top > (1 - _ZONE) * page.height


def _place(line: Line) -> tuple[str, int]:
    """Return what makes two lines on two pages the same running line."""
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.top / _SAME_HEIGHT)
