"""Yes or no, said only where the clause decides."""

from __future__ import annotations

import pytest

from answer.kinds import wanted_by
from answer.question import Question, Term
from answer.verdict import Verdict, stated, verdict


def question(text: str, *terms: str) -> Question:
    return Question(text, wanted_by(text), tuple(Term(term, 1.0) for term in terms), frozenset())


CASES = [
    pytest.param("预备党员可以担任培养联系人吗？", "预备党员不得担任培养联系人。", Verdict.MAY_NOT, id="forbidden"),
    pytest.param("预备党员能否担任培养联系人？", "预备党员可以担任培养联系人。", Verdict.MAY, id="allowed"),
    pytest.param("预备党员必须有培养联系人吗？", "预备党员应当有培养联系人。", Verdict.MUST, id="obliged"),
    pytest.param("预备党员必须有培养联系人吗？", "预备党员可以有培养联系人。", Verdict.NEED_NOT, id="left-free"),
    pytest.param("预备党员可以担任培养联系人吗？", "预备党员每半年考察一次，培养联系人由支部指定。", Verdict.NONE, id="silent"),
    pytest.param(
        "预备党员可以担任培养联系人吗？",
        "预备党员可以参加党课；积极分子不得担任培养联系人。",
        Verdict.NONE,
        id="said-of-another-subject",
    ),
    pytest.param("预备党员不担任培养联系人可以吗？", "预备党员不得担任培养联系人。", Verdict.NONE, id="negated"),
    pytest.param("谁可以担任培养联系人？", "预备党员不得担任培养联系人。", Verdict.NONE, id="not-a-yes-no-question"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "said"), CASES)
def test_verdict(text: str, words: str, said: Verdict) -> None:
    assert verdict(question(text, "预备党员", "培养联系人"), words) is said


def test_a_statement_to_be_confirmed() -> None:
    assert stated("预备期为两年，对吗？") == "预备期为两年"
    assert stated("党课每季度一次，这种说法正确吗") == "党课每季度一次"
    assert stated("党课多久一次？") == ""
