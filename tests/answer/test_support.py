"""From signals to what an answer is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answer.kinds import wanted_by
from answer.question import Question, Term
from answer.select import Evidence
from answer.support import Judge, Status, shipped_judge
from index.rerank import Ranker, Tree

FULL = Evidence(words=1.0, pairs=1.0, context=1.0, value=1.0, year=True, rank=1.0)
ONE_TEST = Tree((0,), (0.5,), (-1,), (-2,), (-3.0, 3.0), (0.0,))  # context ≤ .5: -3, else 3
JUDGE = Judge(Ranker(("context",), (ONE_TEST,)), partial=0.2, answered=0.9)


def question(text: str) -> Question:
    return Question(text, wanted_by(text), (Term("党员", 1.0),), frozenset())


def test_likelihood_is_the_logistic_of_the_trees() -> None:
    assert JUDGE.likelihood({"context": 0.4}) == pytest.approx(0.0474, abs=1e-4)
    assert JUDGE.likelihood({"context": 0.6}) == pytest.approx(0.9526, abs=1e-4)


CASES = [
    pytest.param("党员怎样参加会议", FULL, 0.9, 0.6, Status.ANSWERED, id="likely"),
    pytest.param("党员怎样参加会议", FULL, 0.96, 0.6, Status.PARTIAL, id="between-the-thresholds"),
    pytest.param("党员怎样参加会议", FULL, 0.9, 0.4, Status.NO_BASIS, id="unlikely"),
    pytest.param("党员怎样参加会议", replace(FULL, year=False), 0.9, 0.6, Status.NO_BASIS, id="other-year"),
    pytest.param("多少名党员参加", replace(FULL, value=0.0), 0.9, 0.6, Status.PARTIAL, id="amount-missing"),
    pytest.param("什么是党员", replace(FULL, value=0.5), 0.9, 0.6, Status.PARTIAL, id="no-definition"),
]


@pytest.mark.parametrize(("text", "evidence", "answered", "context", "status"), CASES)
def test_status(text: str, evidence: Evidence, answered: float, context: float, status: Status) -> None:
    judge = replace(JUDGE, answered=answered)
    assert judge.status(question(text), evidence, {"context": context}) is status


def test_what_is_shipped_parts_three_answers() -> None:
    judge = shipped_judge()
    assert 0 < judge.partial < judge.answered < 1
    assert len(judge.model.names) == len(set(judge.model.names)) > 40
