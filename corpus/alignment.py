"""Which articles of a later edition took the place of which of an earlier one (条文对应): by words, not by number.

Articles are paired so that no pairs cross and the sum of their likenesses is highest (Needleman & Wunsch 1970). What
crosses that order has moved; what is left is looked for, paragraph by paragraph, in other articles (split, merged).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

import numpy as np

from corpus.likeness import Likeness, Matrix, Words
from corpus.locate import Locator
from corpus.model import Kind, Provision

_ALIKE = 0.35  # likeness from which two articles may be the same one
_NEARBY = 0.12  # likeness that is enough where both stand alone between the same neighbours
_TRACE = 0.05  # likeness below which no paragraph is looked for
_RIVAL = 0.7  # share of the best likeness of either article from which order may decide
_UNITS = (Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING)  # what is aligned in texts without articles

Link = tuple[int, int]


class Fate(StrEnum):
    """What became of an article."""

    SAME = "same"  # 未变; a new number alone is no change
    CHANGED = "changed"  # 修改
    MOVED = "moved"  # 移位: out of the order of the others, changed or not
    SPLIT = "split"  # 拆分
    MERGED = "merged"  # 合并
    NEW = "new"  # 新增
    DROPPED = "dropped"  # 删去


@dataclass(frozen=True, slots=True)
class Place:
    """Articles of the old edition and those of the new that took their place, in order; one side may be empty.

    `likeness` is that of the two that are most alike, from 0 to 1.
    """

    fate: Fate
    old: tuple[Provision, ...]
    new: tuple[Provision, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """All articles of two editions, in the order of the new one.

    `taken` are paragraphs that went elsewhere: an old article and the new one, of another origin, that has them now.
    """

    places: tuple[Place, ...]
    taken: tuple[tuple[Provision, Provision], ...] = ()

    def place(self, article: Provision) -> Place | None:
        """Return where an article of either edition stands, None for what is no article of them."""
        return next((one for one in self.places if any(node is article for node in (*one.old, *one.new))), None)

    def successors(self, old: Provision) -> tuple[Provision, ...]:
        """Return the articles that have an article's words now, none where it was dropped."""
        place = self.place(old)
        return (*(place.new if place else ()), *(new for one, new in self.taken if one is old))

    def fate(self, article: Provision) -> Fate | None:
        """Return what became of an article; one of which a paragraph went elsewhere was split."""
        place = self.place(article)
        return Fate.SPLIT if any(old is article for old, _ in self.taken) else place.fate if place else None


def units(locator: Locator) -> list[Provision]:
    """Return the articles of an edition and the paragraphs of its 总纲 or 序言; else its smallest units."""
    nodes = list(locator.nodes.values())
    if any(node.kind is Kind.ARTICLE for node in nodes):
        return [node for node in nodes if node.kind is Kind.ARTICLE or _is_opening(locator, node)]
    return [node for node in nodes if node.kind in _UNITS and not node.children]


def _is_opening(locator: Locator, node: Provision) -> bool:
    if node.kind is not Kind.PARAGRAPH:
        return False
    above = {other.kind for other in locator.ancestors(node)}
    return bool(above & {Kind.PREAMBLE, Kind.HEADING}) and not above & {Kind.ARTICLE, Kind.ANNEX}


@lru_cache(maxsize=64)
def align(old: Locator, new: Locator) -> Alignment:
    """Return how the articles of two editions correspond, or the smallest units of texts without articles."""
    ours, theirs = units(old), units(new)
    likeness = Likeness([_words(old, node) for node in ours], [_words(new, node) for node in theirs])
    links = _Links(likeness)
    taken = tuple((ours[i], theirs[j]) for i, j in links.in_part)
    return Alignment(tuple(_places(links, ours, theirs)), taken)


def _words(locator: Locator, node: Provision) -> Words:
    return Words.of(locator.edition.slice(node).removeprefix(node.label))


class _Links:
    """Which old and new articles belong together, by their numbers in either list.

    `pairs` are one old and one new article, `further` an article without partner and the one it is in with another
    partner, `in_part` articles with other partners of which a paragraph went over.
    """

    def __init__(self, likeness: Likeness) -> None:
        self.likeness = likeness
        likely = _likely(likeness.matrix)
        kept = list(_in_order(likely))
        self.pairs = [*kept]
        self.pairs += self._crossing(likely)
        self.pairs += self._between(kept)
        self.pairs += self._sharing()
        ordered = np.zeros_like(likely)
        for pair in self.pairs:
            ordered[pair] = max(likeness.matrix[pair], 1e-6)
        self.moved = set(self.pairs) - set(_in_order(ordered))
        self.new_of, self.old_of = dict(self.pairs), {j: i for i, j in self.pairs}
        self.further = [*self._merged(), *self._split()]
        self.in_part = list(self._in_part())

    def _free(self) -> tuple[list[int], list[int]]:
        """Return the old and the new articles that are in no pair."""
        ours, theirs = {i for i, _ in self.pairs}, {j for _, j in self.pairs}
        rows, columns = self.likeness.matrix.shape
        return [i for i in range(rows) if i not in ours], [j for j in range(columns) if j not in theirs]

    def _crossing(self, likely: Matrix) -> list[Link]:
        """Return pairs that cross the others, the most alike first."""
        rows, columns = self._free()
        found: dict[int, int] = {}
        for _, i, j in sorted(((likely[i, j], i, j) for i in rows for j in columns if likely[i, j]), reverse=True):
            if i not in found and j not in found.values():
                found[i] = j
        return list(found.items())

    def _between(self, kept: Sequence[Link]) -> list[Link]:
        """Return pairs that are less alike and stand between the same neighbours."""
        rows, columns = self._free()
        found: list[Link] = []
        for (i1, j1), (i2, j2) in pairwise([(-1, -1), *kept, self.likeness.matrix.shape]):
            ours, theirs = [i for i in rows if i1 < i < i2], [j for j in columns if j1 < j < j2]
            near = self.likeness.matrix[np.ix_(ours, theirs)]
            found += [(ours[i], theirs[j]) for i, j in _in_order(np.where(near >= _NEARBY, near, 0.0))]
        return found

    def _sharing(self) -> list[Link]:
        """Return pairs of which one has a paragraph of the other, wherever they stand."""
        (rows, columns), old, new = self._free(), self.likeness.old, self.likeness.new
        found: dict[int, int] = {}
        for i in rows:
            shares = {
                j: max(self.likeness.taken(old[i], new[j]), self.likeness.taken(new[j], old[i]))
                for j in columns
                if j not in found.values() and self._near(i, j)
            }
            found.update((i, j) for j in _best(shares))
        return list(found.items())

    def _merged(self) -> Iterator[Link]:
        """Yield old articles without partner and the new ones they went into."""
        old, new = self.likeness.old, self.likeness.new
        for i in self._free()[0]:
            near = ((j, k) for j, k in self.old_of.items() if self._near(i, j))
            shares = {j: self.likeness.taken(old[i], new[j], old[k].pairs) for j, k in near}
            yield from ((i, j) for j in _best(shares))

    def _split(self) -> Iterator[Link]:
        """Yield new articles without partner and the old ones they come from."""
        old, new = self.likeness.old, self.likeness.new
        for j in self._free()[1]:
            near = ((i, k) for i, k in self.new_of.items() if self._near(i, j))
            shares = {i: self.likeness.taken(old[i], new[j], new[k].pairs) for i, k in near}
            yield from ((i, j) for i in _best(shares))

    def _in_part(self) -> Iterator[Link]:
        """Yield old articles and the new ones, with partners both, that took a paragraph over."""
        old, new = self.likeness.old, self.likeness.new
        for i, k in self.pairs:
            if self.likeness.matrix[i, k] < 1:
                near = ((j, before) for j, before in self.old_of.items() if j != k and self._near(i, j))
                known = {j: new[k].pairs | old[before].pairs for j, before in near}
                shares = {j: self.likeness.taken(old[i], new[j], pairs) for j, pairs in known.items()}
                yield from ((i, j) for j in _best(shares))

    def _near(self, i: int, j: int) -> bool:
        return bool(self.likeness.matrix[i, j] >= _TRACE)


def _best(shares: Mapping[int, float]) -> list[int]:
    """Return the number with the highest share, none where all are 0."""
    best = max(shares, key=lambda number: shares[number], default=None)
    return [best] if best is not None and shares[best] else []


def _likely(likeness: Matrix) -> Matrix:
    """Return the likenesses, 0 where they are low or either article has a much better partner."""
    if not likeness.size:
        return likeness
    best = np.maximum(likeness.max(1)[:, None], likeness.max(0)[None, :])
    return np.where((likeness >= _ALIKE) & (likeness >= _RIVAL * best), likeness, 0.0)


def _in_order(weights: Matrix) -> Iterator[Link]:
    """Yield the pairs, none crossing another, whose sum of weights is highest; what weighs 0 is no pair."""
    rows, columns = weights.shape
    best = np.zeros((rows + 1, columns + 1))
    for i in reversed(range(rows)):
        here = np.maximum(best[i + 1, :-1], best[i + 1, 1:] + weights[i])
        best[i, :-1] = np.maximum.accumulate(here[::-1])[::-1]
    i = j = 0
    while i < rows and j < columns:
        if best[i, j] == best[i, j + 1]:
            j += 1
        elif best[i, j] == best[i + 1, j]:
            i += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _places(links: _Links, ours: Sequence[Provision], theirs: Sequence[Provision]) -> Iterator[Place]:
    """Yield the places in the order of the new edition, what was dropped behind what stood before it."""
    before = [-1] * (len(ours) + 1)
    for i in range(len(ours)):
        stays = (i, links.new_of.get(i, -1)) in set(links.pairs) - links.moved
        before[i + 1] = links.new_of[i] if stays else before[i]
    groups: list[tuple[tuple[float, int], list[int], list[int]]] = []
    for pair in links.pairs:
        olds = sorted({pair[0]} | {i for i, j in links.further if j == pair[1]})
        news = sorted({pair[1]} | {j for i, j in links.further if i == pair[0]})
        groups.append(((pair[1], 0), olds, news))
    told = [{i for _, olds, _ in groups for i in olds}, {j for _, _, news in groups for j in news}]
    groups += [((before[i] + 0.5, i), [i], []) for i in range(len(ours)) if i not in told[0]]
    groups += [((j, 0), [], [j]) for j in range(len(theirs)) if j not in told[1]]
    for _, olds, news in sorted(groups):
        likeness = max((float(links.likeness.matrix[i, j]) for i in olds for j in news), default=0.0)
        yield Place(_fate(links, olds, news), tuple(ours[i] for i in olds), tuple(theirs[j] for j in news), likeness)


def _fate(links: _Links, olds: Sequence[int], news: Sequence[int]) -> Fate:
    if not (olds and news):
        return Fate.NEW if news else Fate.DROPPED
    if len(olds) > 1 or len(news) > 1:
        return Fate.MERGED if len(olds) > 1 else Fate.SPLIT
    if (olds[0], news[0]) in links.moved:
        return Fate.MOVED
    return Fate.SAME if links.likeness.old[olds[0]].text == links.likeness.new[news[0]].text else Fate.CHANGED
