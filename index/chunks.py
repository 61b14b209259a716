"""The units of search are provisions (检索单元): an article, or its 款 and 项 where the article is long.

A chunk quotes one provision, never more; what it is searched by is slices of the edition: its own words and,
for a 款 or 项 cut from a long article, the words it hangs on (导语).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from corpus.model import DIVISIONS, Edition, Kind, Provision

BUDGET = 200  # tokens; a longer article is cut into its 款 and 项

_UNSEARCHED = frozenset({Kind.TITLE, Kind.HEADER, Kind.CONTENTS, Kind.SIGNATURE})
_CONTAINERS = DIVISIONS | {Kind.HEADING, Kind.ANNEX, Kind.PREAMBLE}

Span = tuple[int, int]  # half-open, characters of the edition's clean text


@dataclass(frozen=True, slots=True)
class Chunk:
    """One unit of search: the provision `path` of an edition, whose words are [start, end) in the clean text.

    `article` is the path of the 条 around it, or `path` itself where there is none: hits are grouped by it.
    `headings` are the titles of 编, 章, 节 or outline headings from the top; `lead` is the span of the words it hangs
    on, (0, 0) when there are none.
    """

    edition: str
    path: str
    article: str
    title: str
    headings: tuple[str, ...]
    start: int = field(compare=False)
    end: int = field(compare=False)
    lead: Span = field(default=(0, 0), compare=False)

    def search_text(self, text: str) -> str:
        """Return the words the chunk is found by, from the edition's clean text: its lead and its own."""
        own = text[self.start : self.end]
        return f"{text[self.lead[0] : self.lead[1]]}\n{own}" if self.lead[1] else own


def chunks(edition: Edition, count: Callable[[str], int] = len, budget: int = BUDGET) -> tuple[Chunk, ...]:
    """Return the units of search of an edition, in reading order.

    `count` says how many tokens a text has (never more than its characters); an article above `budget` tokens is
    cut into its 款 and these into their 项. 标题, 题注, 目录 and 落款 are no chunks; bare headings and the lead of an
    article that was cut are found through what hangs on them.
    """
    return tuple(_Cutter(edition, count, budget).cut())


@dataclass(frozen=True, slots=True)
class _Cutter:
    edition: Edition
    count: Callable[[str], int]
    budget: int

    def cut(self) -> Iterator[Chunk]:
        for provision in self.edition.provisions:
            yield from self._below(provision, ())

    def _below(self, node: Provision, headings: tuple[str, ...]) -> Iterator[Chunk]:
        if node.kind in _UNSEARCHED:
            return
        if node.kind not in _CONTAINERS:
            article = node.path if node.kind is Kind.ARTICLE else ""
            yield from self._fitting(node, article, headings, (0, 0))
            return
        if not node.children or self._speaks(node):
            yield self._chunk(node, "", headings, (0, 0), node.lead_end)
        inner = (*headings, name) if (name := node.heading or node.label) else headings
        for child in node.children:
            yield from self._below(child, inner)

    def _fitting(self, node: Provision, article: str, headings: tuple[str, ...], lead: Span) -> Iterator[Chunk]:
        """Yield the node whole when it fits, else what is below it, carrying its lead."""
        if not node.children or self._fits(node):
            yield self._chunk(node, article, headings, lead, node.end)
            return
        own = (node.start, node.lead_end) if self._speaks(node) else lead
        for child in node.children:
            yield from self._fitting(child, article, headings, own)

    def _fits(self, node: Provision) -> bool:
        return node.end - node.start <= self.budget or self.count(self.edition.slice(node)) <= self.budget

    def _speaks(self, node: Provision) -> bool:
        """Tell whether a node says more before its first child than its label and heading."""
        words = self.edition.text[node.start : node.lead_end]
        return len("".join(words.split())) > len("".join((node.label + node.heading).split())) + 1

    def _chunk(self, node: Provision, article: str, headings: tuple[str, ...], lead: Span, end: int) -> Chunk:
        edition = self.edition
        return Chunk(edition.id, node.path, article or node.path, edition.title, headings, node.start, end, lead)
