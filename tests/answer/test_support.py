"""From evidence to what an answer is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answer.kinds import wanted_by
from answer.question import Question, Term
from answer.select import Evidence
from answer.support import ANSWERED_FROM, PARTIAL_FROM, Status, judge, support

FULL = Evidence(words=1.0, pairs=1.0, context=1.0, value=1.0, year=True, rank=1.0)
NOTHING = Evidence(words=0.0, pairs=0.0, context=0.0, value=0.0, year=True, rank=1.0)


def question(text: str, *titles: str, terms: bool = True) -> Question:
    return Question(text, wanted_by(text), (Term("党员", 1.0),) if terms else (), frozenset(), (), titles)


def test_support_is_a_sum() -> None:
    asked = question("党员大会有什么要求")
    assert support(asked, FULL) == 2.0
    assert support(asked, replace(FULL, pairs=0.0)) == 1.5
    assert support(asked, NOTHING) == 0.0


CASES = [
    pytest.param("党员怎样参加会议", FULL, Status.ANSWERED, id="all-there"),
    pytest.param("党员怎样参加会议", NOTHING, Status.NO_BASIS, id="nothing-there"),
    pytest.param("党员怎样参加会议", replace(FULL, context=0.3, pairs=0.0), Status.NO_BASIS, id="too-little"),
    pytest.param("党员怎样参加会议", replace(FULL, context=0.8, pairs=0.0), Status.PARTIAL, id="a-part"),
    pytest.param("党员怎样参加会议", replace(FULL, year=False), Status.NO_BASIS, id="other-year"),
    pytest.param("多少名党员参加", replace(FULL, value=0.0), Status.PARTIAL, id="amount-missing"),
    pytest.param("多少名党员参加", replace(FULL, value=0.0, pairs=0.6), Status.NO_BASIS, id="amount-missing-and-more"),
    pytest.param("什么是党员", replace(FULL, value=0.5), Status.PARTIAL, id="no-definition"),
]


@pytest.mark.parametrize(("text", "evidence", "status"), CASES)
def test_judge(text: str, evidence: Evidence, status: Status) -> None:
    assert judge(question(text), evidence) is status


def test_named_regulation_and_value_are_enough() -> None:
    evidence = replace(NOTHING, value=1.0)
    assert judge(question("何时施行", "示例条例", terms=False), evidence) is Status.ANSWERED
    assert judge(question("何时施行", terms=False), evidence) is Status.NO_BASIS


def test_thresholds_are_in_order() -> None:
    assert 0 < PARTIAL_FROM < ANSWERED_FROM < support(question("党员"), FULL)
