"""Two editions of a work side by side (新旧对照): articles aligned in order, changes to the character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

import numpy as np

from corpus.errors import InputError
from corpus.hit import Hit
from corpus.locate import Locator
from corpus.model import Kind, Provision
from corpus.validity import EditionInfo
from danggui.base import KnowledgeBase

_ALIKE = 0.4  # two articles with less in common are one removed and one added
_UNITS = (Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING)  # what is compared in texts without articles


class Change(StrEnum):
    """What became of an article."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Pair:
    """An article of the old edition and the one of the new that took its place; one side is None where there is none.

    `similarity` is the share of character pairs in common (Dice), from 0 to 1.
    """

    old: Hit | None
    new: Hit | None
    similarity: float

    @property
    def state(self) -> Change:
        """What became of the article; a new number alone is no change."""
        if self.old is None or self.new is None:
            return Change.ADDED if self.old is None else Change.REMOVED
        return Change.SAME if _words(self.old) == _words(self.new) else Change.CHANGED

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """Yield the stretches (equal, delete, insert or replace; old words; new words) of a changed article."""
        if self.old and self.new and self.state is Change.CHANGED:
            old, new = _words(self.old), _words(self.new)
            for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
                yield op, old[a:b], new[c:d]

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the interface."""
        return {
            "state": self.state.value,
            "similarity": round(self.similarity, 4),
            "old": self.old.to_json() if self.old else None,
            "new": self.new.to_json() if self.new else None,
            "changes": [{"op": op, "old": old, "new": new} for op, old, new in self.changes()],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions of a work and their articles, in the order of the new edition."""

    old: EditionInfo
    new: EditionInfo
    pairs: tuple[Pair, ...]

    def totals(self) -> dict[str, int]:
        """Return how many articles each kind of change befell."""
        counts = Counter(pair.state for pair in self.pairs)
        return {change.value: counts[change] for change in Change}


def compare(base: KnowledgeBase, title: str, old: str, new: str, on: date) -> Comparison:
    """Compare the editions of a work whose dates begin with `old` and `new`.

    Without `new` that is the edition that counts on a day, without `old` the one before `new`. Raises NotFoundError
    for a title or edition that is not there, InputError for one edition compared with itself.
    """
    lookup = base.lookup
    full = lookup.title(title)
    later = lookup.choose(full, on, new)
    editions = sorted(lookup.editions_of(later.work), key=lambda info: info.date)
    before = [info for info in editions if info.date < later.date]
    if not (old or before):
        raise InputError(f"本库只有《{full}》的一个版本（{later.date}），没有更早的版本可比；请先导入旧版本")
    earlier = lookup.choose(full, on, old) if old else before[-1]
    if earlier.id == later.id:
        raise InputError(f"《{full}》的两个版本是同一个（{later.date}）；请用 old 和 new 指明不同的日期")
    sides = [_hits(base, info, on) for info in (earlier, later)]
    return Comparison(earlier, later, tuple(_aligned(*sides)))


def _hits(base: KnowledgeBase, info: EditionInfo, on: date) -> list[Hit]:
    locator = base.lookup.locator(info.id)
    return [base.hit(info.id, node.path, on) for node in _units(locator)]


def _units(locator: Locator) -> list[Provision]:
    """Return the articles of an edition, or the smallest units of a text without articles."""
    nodes = list(locator.nodes.values())
    articles = [node for node in nodes if node.kind is Kind.ARTICLE]
    return articles or [node for node in nodes if node.kind in _UNITS and not node.children]


def _words(hit: Hit) -> str:
    """Return an article's words without its number."""
    text = hit.text.removeprefix(hit.article or "")
    return text.strip()


def _aligned(old: Sequence[Hit], new: Sequence[Hit]) -> Iterator[Pair]:
    """Pair articles in order: those of the same words first, what lies between them by likeness."""
    texts = [_words(hit) for hit in old], [_words(hit) for hit in new]
    for op, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if op == "equal":
            yield from (Pair(*hits, 1.0) for hits in zip(old[a:b], new[c:d], strict=True))
        else:
            yield from _by_likeness(old[a:b], new[c:d])


def _by_likeness(old: Sequence[Hit], new: Sequence[Hit]) -> Iterator[Pair]:
    """Pair articles so that the sum of likenesses is highest, none crossing another (Needleman and Wunsch, 1970)."""
    likeness = _likeness(old, new)
    best = np.zeros((len(old) + 1, len(new) + 1))
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i, j] = max(best[i + 1, j], best[i, j + 1], best[i + 1, j + 1] + likeness[i, j])
    i = j = 0
    while i < len(old) or j < len(new):
        inside = i < len(old) and j < len(new)
        if inside and likeness[i, j] > 0 and best[i, j] == best[i + 1, j + 1] + likeness[i, j]:
            yield Pair(old[i], new[j], float(likeness[i, j]))
            i, j = i + 1, j + 1
        elif j == len(new) or (inside and best[i, j] == best[i + 1, j]):
            yield Pair(old[i], None, 0.0)
            i += 1
        else:
            yield Pair(None, new[j], 0.0)
            j += 1


def _likeness(old: Sequence[Hit], new: Sequence[Hit]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the share of character pairs in common (Dice, 1945), 0 where it is low; shape (n_old, n_new)."""
    ours, theirs = [_pairs(hit) for hit in old], [_pairs(hit) for hit in new]
    found = np.zeros((len(old), len(new)))
    for i, mine in enumerate(ours):
        for j, other in enumerate(theirs):
            found[i, j] = 2 * len(mine & other) / max(1, len(mine) + len(other))
    found[found < _ALIKE] = 0
    return found


def _pairs(hit: Hit) -> set[str]:
    words = _words(hit)
    return {words[at : at + 2] for at in range(len(words) - 1)}
