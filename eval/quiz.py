"""Quizzes over many regulations (试题评测): are there as many as wished, and is every key a span of its edition?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from answer.items import FALSE, TRUE, ItemKind
from answer.quiz.make import make
from answer.quiz.model import QuizItem
from answer.topic import Clause, Topic
from corpus.folding import fold

FEWEST_CLAUSES = 10  # of a regulation that is drawn


@dataclass(frozen=True, slots=True)
class QuizReport:
    """Items made over a draw of regulations.

    `chapters` are those asked about and those there are; `short` the regulations with fewer items than their share;
    `faults` the items whose key is no span of their edition.
    """

    items: tuple[QuizItem, ...]
    regulations: int
    chapters: tuple[int, int]
    short: tuple[str, ...]
    faults: tuple[str, ...]

    def sample(self, count: int, seed: int) -> list[QuizItem]:
        """Return at most `count` items drawn by chance; the same for the same seed."""
        return Random(seed).sample(self.items, min(count, len(self.items)))

    def to_json(self) -> dict[str, object]:
        """Return the figures."""
        return {
            "regulations": self.regulations,
            "items": len(self.items),
            "kinds": dict(Counter(item.kind.value for item in self.items)),
            "difficulties": dict(Counter(item.difficulty.value for item in self.items)),
            "statements": dict(Counter(item.key for item in self.items if item.kind is ItemKind.JUDGE)),
            "chapters": list(self.chapters),
            "short": list(self.short),
            "not_spans": len(self.faults),
            "faults": list(self.faults),
        }


def measure(topics: Sequence[Topic], count: int, seed: int) -> QuizReport:
    """Make `count` items in equal shares over topics that are regulations, and check the span of every key."""
    shares = [count // len(topics) + (place < count % len(topics)) for place in range(len(topics))]
    made = [(topic, make(topic, share, tuple(ItemKind), seed)) for topic, share in zip(topics, shares, strict=True)]
    items = tuple(item for _, some in made for item in some)
    every = {place for topic in topics for place in map(_chapter, topic.clauses)}
    asked = {(item.clause.edition_id, *item.clause.headings[:1]) for item in items}
    short = tuple(topic.title for (topic, some), share in zip(made, shares, strict=True) if len(some) < share)
    return QuizReport(items, len(topics), (len(asked & every), len(every)), short, tuple(_faults(made)))


def draw(topics: Sequence[Topic], count: int, seed: int) -> list[Topic]:
    """Return at most `count` topics with clauses enough, drawn by chance; the same for the same seed."""
    fitting = [topic for topic in topics if len(topic.clauses) >= FEWEST_CLAUSES]
    return Random(seed).sample(fitting, min(count, len(fitting)))


def is_span(item: QuizItem, text: str) -> bool:
    """Tell whether an item's key is exactly what stands at its span of the edition's text.

    The right options of several stand inside it, letter by letter. A true statement is the span, and in a false one
    the span's words do not stand where they do in the text.
    """
    words = text[slice(*item.span)]
    if not words or words != item.words:
        return False
    if item.kind is ItemKind.JUDGE:
        whole = fold(words) in fold(item.stem)
        return (
            whole if item.key == TRUE else item.key == FALSE and fold(item.stem.partition("》，")[2]) not in fold(text)
        )
    right = [option for letter, option in item.options if letter in item.key] or [item.key]
    return all(one in words for one in right) if item.kind is ItemKind.MULTI else right == [words]


def _chapter(clause: Clause) -> tuple[str, ...]:
    hit = clause.hit()
    return (hit.edition_id, *hit.headings[:1])


def _faults(made: Sequence[tuple[Topic, Sequence[QuizItem]]]) -> Iterator[str]:
    for topic, items in made:
        text = topic.edition.text if topic.edition else ""
        yield from (f"{item.clause.label}：{item.stem}" for item in items if not is_span(item, text))
