"""Statements aligned with clauses letter by letter, and what differs between the two."""

from __future__ import annotations

import pytest

from answer.align import align, letters
from answer.gaps import differences, doubts

CLAUSE = letters(
    "第七条　党支部委员会会议一般每月召开1次，由党支部书记召集并主持；除紧急情况外，有半数以上委员到会方可进行。"
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("不低于２０%", "不低于百分之二十", id="percent"),
        pytest.param("2/3以上", "三分之二以上", id="fraction"),
        pytest.param("7人、两名、半年", "七人二名六个月", id="numbers"),
        pytest.param("（一）警告；", "警告", id="an item's number"),
        pytest.param("“三会一课”（以下同）", "三会一课以下同", id="punctuation"),
    ],
)
def test_what_is_written_differently_is_compared_alike(text: str, read: str) -> None:
    assert letters(text).text == read


def test_letters_know_where_they_stand() -> None:
    text = "每月 20%，召开"
    found = letters(text)
    assert [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == [
        "每", "月", "20%", "20%", "20%", "20%", "20%", "召", "开",
    ]  # fmt: skip
    assert (found.parted(6, 7), found.parted(7, 8)) == (True, False)


def test_a_verbatim_statement_has_every_letter_in_place() -> None:
    said = "由党支部书记召集并主持"
    found = align(said, CLAUSE.text)
    assert "".join(CLAUSE.text[place] for place in found.places) == said
    assert found.score == len(said)


def test_a_blank_stands_for_any_stretch_at_next_to_no_cost() -> None:
    found = align("党支部委员会会议一般_召集并主持", CLAUSE.text)
    assert found.places[10] == -1
    assert found.score == pytest.approx(15, abs=0.2)


def test_order_counts() -> None:
    assert align("主持并召集", CLAUSE.text).score < align("召集并主持", CLAUSE.text).score == 5


def test_nothing_in_common_is_no_alignment() -> None:
    assert align("甲乙", CLAUSE.text).places == (-1, -1)
    assert (align("", CLAUSE.text).score, align("甲", "").score) == (0, 0)


def doubted(statement: str) -> list[tuple[str, str]]:
    said = letters(statement)
    found = differences(said, CLAUSE, align(said.text, CLAUSE.text).places)
    return [(gap.said, gap.written) for gap in doubts(found)]


@pytest.mark.parametrize(
    "statement",
    [
        "党支部委员会会议一般每月召开一次，由党支部书记召集并主持。",
        "党支部委员会会议由党支部书记召集并主持。",
        "一般每月召开1次，由党支部书记召集和主持",
    ],
)
def test_nothing_speaks_against_what_the_clause_says(statement: str) -> None:
    assert doubted(statement) == []


@pytest.mark.parametrize(
    ("statement", "against"),
    [
        pytest.param("党支部委员会会议一般每季度召开1次", ("季度", "月"), id="replaced"),
        pytest.param("党支部委员会会议一般每月召开11次", ("十", ""), id="another number"),
        pytest.param("党支部委员会会议一般不每月召开1次，由党支部书记召集", ("不", ""), id="negated"),
        pytest.param("党支部委员会会议一般每月召开1次，由党支部书记召集并表决", ("表决", "主持"), id="another end"),
        pytest.param("上级书记召集并主持；除紧急情况外，有半数以上委员", ("上级", "支部"), id="another beginning"),
        pytest.param(
            "由党支部书记召集并主持，有半数以上委员到会方可进行", ("", "除紧急情况外"), id="the exception left out"
        ),
    ],
)
def test_what_speaks_against_a_statement_is_named(statement: str, against: tuple[str, str]) -> None:
    assert doubted(statement) == [against]
