"""A quiz as one value (试卷): what the command line and HTTP give, and `danggui quiz-status` reads again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from answer.items import ItemKind
from answer.quiz.make import make
from answer.quiz.model import QuizItem
from danggui.base import KnowledgeBase
from danggui.topics import topic_of


@dataclass(frozen=True, slots=True)
class Quiz:
    """The items made on a topic on a day; `title` is the topic as a heading, a regulation's in 《》."""

    topic: str
    title: str
    on: date
    seed: int
    items: tuple[QuizItem, ...]

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        items = [item.to_json() for item in self.items]
        return {"topic": self.topic, "as_of": self.on.isoformat(), "seed": self.seed, "items": items}


def make_quiz(base: KnowledgeBase, topic: str, count: int, kinds: Collection[ItemKind], seed: int, on: date) -> Quiz:
    """Return at most `count` items on a regulation, a part of one or a theme. Raises NotFoundError for none found."""
    found = topic_of(base, topic, on)
    return Quiz(found.title, found.heading, on, seed, make(found, count, kinds, seed))
