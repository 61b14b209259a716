"""Which of the items that can be made a quiz takes (选题): kinds in turn, chapters, clauses and difficulties spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answer.items import ItemKind
from answer.quiz.model import QuizItem

_TERM = 4  # characters of words that an item may ask for as a term


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item and the span of its edition that its stem and key show."""

    item: QuizItem
    shown: tuple[int, int]

    @property
    def variety(self) -> tuple[str, str]:
        """What items of a kind should differ in: the key of a statement to be judged, else the difficulty."""
        item = self.item
        return item.kind.value, item.key if item.kind is ItemKind.JUDGE else item.difficulty.value

    def overlaps(self, other: Candidate) -> bool:
        """Tell whether one of two items could give away the other: both show the same words, or one the other's key."""
        if self.item.clause.edition_id != other.item.clause.edition_id:
            return False
        shared = self.shown[0] < other.shown[1] and other.shown[0] < self.shown[1]
        return shared or self._tells(other) or other._tells(self)

    def _tells(self, other: Candidate) -> bool:
        """Tell whether the stem or key has the key of an item that asks for a term."""
        asked = other.item
        term = asked.kind in (ItemKind.SINGLE, ItemKind.FILL) and len(asked.answer) >= _TERM
        return term and (asked.answer in self.item.stem or asked.answer in self.item.key)


class _Taken:
    """What has been taken, and how often each chapter, clause and variety."""

    def __init__(self) -> None:
        self.items: list[Candidate] = []
        self._counts: Counter[tuple[str, ...]] = Counter()

    def cost(self, one: Candidate) -> tuple[int, ...]:
        """Return what makes a candidate less wanted, the weightiest first."""
        return tuple(self._counts[group] for group in _groups(one))

    def take(self, one: Candidate) -> None:
        """Take a candidate."""
        self.items.append(one)
        self._counts.update(_groups(one))


def _groups(one: Candidate) -> tuple[tuple[str, ...], ...]:
    clause = one.item.clause
    chapter = ("chapter", clause.edition_id, *clause.headings[:1])
    return (
        one.variety,
        ("difficulty", one.item.difficulty.value),
        chapter,
        ("clause", clause.edition_id, clause.article or clause.id),
    )


def chosen(candidates: Mapping[ItemKind, Sequence[Candidate]], count: int) -> tuple[QuizItem, ...]:
    """Return at most `count` items, the kinds in turn; no two show the same words.

    Of those of a kind comes first what has the rarest variety so far, then the rarest difficulty, then the chapter and
    the clause asked about least, then the order given.
    """
    taken = _Taken()
    left = {kind: list(ones) for kind, ones in candidates.items()}
    while len(taken.items) < count and any(left.values()):
        for kind in candidates:
            ones = left[kind]
            if not ones or len(taken.items) == count:
                continue
            best = min(ones, key=taken.cost)
            taken.take(best)
            left = {name: [one for one in rest if not one.overlaps(best)] for name, rest in left.items()}
    return tuple(sorted((one.item for one in taken.items), key=lambda item: list(ItemKind).index(item.kind)))
