"""Misses found, classed and shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.model import Edition
from eval.misses import (
    ELSEWHERE,
    NOT_FETCHED,
    OTHER_EDITION,
    SAME_REGULATION,
    SAME_TEXT,
    counts,
    find_misses,
    lines,
    sample,
)
from eval.retrieval import Dataset, Question
from index.build import build
from index.search import Index
from ingest.document import Block
from ingest.structure import parse

FEES = ["党费收缴办法", "第一条　党员应当按月交纳党费。", "第二条　党费应当专人收缴。"]
FEES_BEFORE = ["党费收缴办法（试行）", "第一条　党员应当按月足额主动交纳党费，党费不得拖欠。", "第二条　设专人。"]
SCHOOL = ["党校工作条例", "第一条　党校学员不交党费，党费由单位代收。", "第二条　学员应当按时报到。"]


def edition(lines: list[str], date: str) -> Edition:
    structure = parse([Block(line) for line in lines], "")
    return Edition(structure.title, date, structure.text, structure.provisions)


STUDY = ["党费学习材料", "第一条　党员应当按月交纳党费。学习时应当讨论。", "第二条　学习材料由党支部分发。"]
EDITIONS = [
    edition(lines, date) for lines, date in ((FEES, "2020"), (FEES_BEFORE, "2010"), (SCHOOL, "2015"), (STUDY, "2021"))
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    build(EDITIONS, folder, "")
    return Index.open(folder)


def asked(text: str, gold: str) -> Dataset:
    question = Question("q", text, frozenset({gold}))
    return Dataset("small", (question,), lambda chunk: f"{chunk.edition}/{chunk.article}")


def test_a_found_question_is_no_miss(index: Index) -> None:
    dataset = asked("党员应当按月交纳党费", "党费收缴办法@2020/art_1")
    assert find_misses(index, dataset, EDITIONS, k=1) == []


QUESTION = "党员应当按月交纳党费"
KINDS = [
    pytest.param("党费收缴办法@2020/art_2", SAME_REGULATION, id="same regulation"),
    pytest.param("党费收缴办法（试行）@2010/art_1", OTHER_EDITION, id="other edition"),
    pytest.param("党校工作条例@2015/art_1", ELSEWHERE, id="another regulation"),
    pytest.param("党费学习材料@2021/art_1", SAME_TEXT, id="nearly the same words"),
    pytest.param("党费收缴办法@2020/art_9", NOT_FETCHED, id="not in the base"),
]


@pytest.mark.parametrize(("gold", "kind"), KINDS)
def test_kinds(index: Index, gold: str, kind: str) -> None:
    (miss,) = find_misses(index, asked(QUESTION, gold), EDITIONS, k=1)
    assert miss.kind == kind
    assert (miss.rank is None) == (kind == NOT_FETCHED)
    assert (miss.hits[0].edition, miss.hits[0].path) == ("党费收缴办法@2020", "art_1")
    assert counts([miss]) == {kind: 1}


def test_shown_as_text_and_json(index: Index) -> None:
    (miss,) = find_misses(index, asked(QUESTION, "党费收缴办法@2020/art_2"), EDITIONS, k=1)
    first, wanted, *hits = lines([miss])
    assert first == f"1. [{SAME_REGULATION}] {QUESTION}（q）"
    assert wanted == f"   应为（第 {miss.rank} 位）：党费收缴办法@2020 art_2：第二条 党费应当专人收缴。"
    assert hits[0] == "   第 1 位：党费收缴办法@2020 art_1：第一条 党员应当按月交纳党费。"
    assert len(hits) == 3
    assert miss.to_json()["gold"] == {
        "edition": "党费收缴办法@2020",
        "path": "art_2",
        "text": "第二条 党费应当专人收缴。",
    }


def test_samples_are_the_same_each_time(index: Index) -> None:
    (miss,) = find_misses(index, asked(QUESTION, "党费收缴办法@2020/art_2"), EDITIONS, k=1)
    many = [replace(miss, id=str(number)) for number in range(50)]
    drawn = sample(many, 30)
    assert len(drawn) == 30
    assert drawn == sample(many, 30)
    assert [int(one.id) for one in drawn] == sorted(int(one.id) for one in drawn)
    assert sample(many[:3], 30) == many[:3]
