"""The terms of a topic or of a whole base, with their definitions and sources (术语表)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answer.lesson.terms import Term, TermKind, terms
from answer.review.wording import load_table
from corpus.errors import NotFoundError
from danggui.base import KnowledgeBase
from danggui.topics import regulations_of, topic_of


def glossary_of(base: KnowledgeBase, topic: str, on: date, *, short_names: bool = False) -> list[Term]:
    """Return the terms that the clauses of a topic, or of all texts that count on a day, define or use.

    Definitions come in the order of the texts, number-abbreviations behind them; short names (以下简称) only where they
    are asked for. Raises NotFoundError where there is none.
    """
    topics = [topic_of(base, topic, on)] if topic else regulations_of(base, on)
    found = terms((clause for one in topics for clause in one.clauses), load_table(base.home).formulations)
    kept = [one for one in found if short_names or one.kind is not TermKind.SHORT_NAME]
    if not kept:
        raise NotFoundError(f"“{topic}”没有定义术语，也没有用到数字简称" if topic else "库中没有术语定义；请先导入法规")
    return kept


def to_json(topic: str, on: date, found: Sequence[Term]) -> dict[str, object]:
    """Return the JSON object of the contract."""
    return {"topic": topic, "as_of": on.isoformat(), "terms": [one.to_json() for one in found]}
