"""Whether anything found supports an answer at all (有无依据).

A retrieval score alone cannot tell: baseless questions also find something. Three things are weighed, each between
0 and 1, in one table, and a year that the source does not know decides by itself. The thresholds stand between the
answerable and the baseless questions of the development sets (docs/evaluation.md).
"""

from __future__ import annotations

from enum import StrEnum

from answer.question import Question
from answer.select import Evidence


class Status(StrEnum):
    """What an answer is worth."""

    ANSWERED = "answered"  # 有依据
    PARTIAL = "partial"  # 部分有依据
    NO_BASIS = "no_basis"  # 没有找到依据


# How much each signal counts: content words found in the sentence with its provision and headings, neighbouring
# characters of the question found in the sentence, the kind of value asked for.
SIGNALS = {"context": 1.0, "pairs": 0.5, "value": 0.5}
ANSWERED_FROM = 1.4
PARTIAL_FROM = 1.3
_NO_WORDS = 1.0  # what a question of frame words alone has by naming its regulation: 《…》何时施行


def support(question: Question, evidence: Evidence) -> float:
    """Return how well a sentence supports an answer, from 0 to 2."""
    if not question.terms:
        return _NO_WORDS + evidence.value if question.titles else 0.0
    return sum(weight * float(getattr(evidence, name)) for name, weight in SIGNALS.items())


def judge(question: Question, evidence: Evidence) -> Status:
    """Return what an answer with this evidence is worth."""
    strength = support(question, evidence)
    if strength < PARTIAL_FROM or not evidence.year:
        return Status.NO_BASIS
    if question.wanted.exacting and evidence.value <= question.wanted.missing:  # the matter is there, the value is not
        return Status.PARTIAL if strength >= ANSWERED_FROM else Status.NO_BASIS
    return Status.ANSWERED if strength >= ANSWERED_FROM else Status.PARTIAL
