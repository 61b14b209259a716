"""Answers to a quiz marked (评分): what was chosen or written beside the key and its clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answer.items import KIND_WORDS, ItemKind
from answer.quiz.model import QuizItem
from corpus.errors import DangguiError
from corpus.folding import fold
from corpus.numerals import to_int

_NUMBER = re.compile(r"[〇零一二两三四五六七八九十百千万]+")
_SIGNS = re.compile(r"[，。；、：,.;:]+")


@dataclass(frozen=True, slots=True)
class Graded:
    """An item with the answers given; `right` is None for one that its reader marks: a short answer."""

    number: int
    item: QuizItem
    given: tuple[str, ...]
    right: bool | None

    @property
    def kind(self) -> str:
        """The kind of the item in words."""
        return KIND_WORDS[self.item.kind]

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """Where the key's words stand in the clause that is quoted, none where that is not all of them."""
        start, end = (place - self.item.clause.start for place in self.item.span)
        return ((start, end),) if 0 <= start < end <= len(self.item.clause.quote) else ()


def grade(items: Sequence[QuizItem], answers: Mapping[int, Sequence[str]]) -> list[Graded]:
    """Return the items, numbered from 1, with their answers marked."""
    given = [tuple(filter(str.strip, answers.get(number, ()))) for number in range(1, len(items) + 1)]
    return [
        Graded(number, item, said, is_right(item, said))
        for number, (item, said) in enumerate(zip(items, given, strict=True), 1)
    ]


def is_right(item: QuizItem, given: Sequence[str]) -> bool | None:
    """Tell whether an item is answered right: all the right letters and no other, or the words of the clause."""
    if item.kind is ItemKind.SHORT:
        return None
    if item.kind is ItemKind.FILL:
        return len(given) == 1 and _plain(given[0]) == _plain(item.key)
    return sorted(given) == sorted(item.key) if item.options else list(given) == [item.key]


def _plain(words: str) -> str:
    """Return words without signs, every number in figures: 三个月 and 3个月 are the same answer."""
    return _NUMBER.sub(_figures, _SIGNS.sub("", fold(words)))


def _figures(match: re.Match[str]) -> str:
    try:
        return str(to_int(match[0]))
    except (DangguiError, ValueError):
        return match[0]
