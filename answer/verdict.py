"""Yes or no (是否): what a clause's 不得, 可以, 应当 say to a question that asks whether one may or must.

Only a clause that holds the question's words decides, and only where the question is not negated itself; everything
else is answered by the clause alone.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise

from answer.kinds import Asked
from answer.question import Question
from answer.select import coverage
from answer.sentences import clauses
from corpus.titles import normalise

_HELD = 0.6  # share of the question's content words that the deciding words must hold


class Verdict(StrEnum):
    """What is said before the clause."""

    NO = "否"
    MAY = "可以"
    MAY_NOT = "不可以"
    MUST = "应当"
    NEED_NOT = "不是必须"
    NONE = ""


_MAY = re.compile(r"能否|可否|能不能|可不可以|可以|允许|准许|(?<![不可])能(?!力|源|够?力)|行不行")
_MUST = re.compile(r"应不应该|要不要|需不需要|(?:是否|是不是)?(?:应当|应该|必须|需要|须)|是否应")
_NEGATED = re.compile(r"(?<![是能要该应对])不(?!是|能|要|可以|应|需)|没有(?!规定)|未(?!来)|无需|不必")
_FORBIDS = re.compile(r"不得|不准|不能|不可以|禁止|严禁|不允许|不予|无权|不应当?")
_ALLOWS = re.compile(r"(?<!不)可以|有权|允许|准许|(?<!不)可(?=[由以向在按])")
_OBLIGES = re.compile(r"(?<!不)应当|必须|(?<!必)须(?!知)|(?<!不)应(?=[在由向按及])|需要|不得不")
_STATED = re.compile(
    r"[，,]?(?:这(?:个|种)?(?:说法)?)?(?:是)?(?:对吗|对不对|正确吗|对还是错|是真的吗|是不是这样|是这样吗|没错吧|对吧)[？?]*$"
)


def verdict(question: Question, words: str) -> Verdict:
    """Return what a clause says to a yes–no question, NONE for any other question and where it does not decide."""
    if question.wanted.asked is not Asked.YES_NO or _NEGATED.search(question.text) or stated(question.text):
        return Verdict.NONE
    best = max(_stretches(words), key=lambda part: _held(question, part), default="")
    if _held(question, best) < _HELD:
        return Verdict.NONE
    if _MUST.search(question.text):
        return _on_duty(best)
    return _on_permission(best) if _MAY.search(question.text) else Verdict.NONE


def stated(text: str) -> str:
    """Return the statement that a question asks to be confirmed (…，对吗？), "" for any other question."""
    match = _STATED.search(text.strip())
    return text.strip()[: match.start()] if match else ""


def _on_permission(words: str) -> Verdict:
    if _FORBIDS.search(words):
        return Verdict.MAY_NOT
    return Verdict.MAY if _ALLOWS.search(words) else Verdict.NONE


def _on_duty(words: str) -> Verdict:
    if _FORBIDS.search(words):
        return Verdict.NO
    if _OBLIGES.search(words):
        return Verdict.MUST
    return Verdict.NEED_NOT if _ALLOWS.search(words) else Verdict.NONE


def _stretches(words: str) -> list[str]:
    """Return the sentences of a clause, and their parts between commas two by two: a modal word beside its matter."""
    sentences = [one for one in re.split(r"[。；;\n]", words) if one.strip()]
    parts = [clauses(one) for one in sentences]
    return sentences + [f"{first}，{second}" for each in parts for first, second in pairwise(each)]


def _held(question: Question, words: str) -> float:
    """Return the share of the content words found, shorter stretches before longer ones."""
    folded = normalise(words)
    total = sum(term.weight for term in question.terms)
    found = sum(term.weight * coverage(term, folded) for term in question.terms)
    return (found / total if total else 0.0) - len(words) * 1e-6
