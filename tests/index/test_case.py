"""Case descriptions are told apart from questions, stripped of who and when, and asked fact by fact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Edition
from index.build import build
from index.case import facts, merged
from index.search import Index

CASE = (
    "【案情】张某，某县某局办公室主任。2019年3月，张某所在单位接待上级检查组，张某安排工作人员到当地一家酒店用餐。"
    "席间上了高档酒水，共花费5600余元，张某让酒店开具会议费发票后在单位报销。"
    "同年5月，张某收受下属企业负责人李某所送礼金2万元。"
    "对张某的行为应当如何处理？"
)


def test_facts_are_sentences_without_names_days_and_amounts() -> None:
    assert facts(CASE) == (
        "，某县某局办公室主任。",
        "，所在单位接待上级检查组，安排工作人员到当地一家酒店用餐。",
        "席间上了高档酒水，共花费，让酒店开具会议费发票后在单位报销。",
        "，收受下属企业负责人所送礼金。",
        "对的行为应当如何处理？",
    )


QUESTIONS = [
    pytest.param("党员大会多久开一次？", id="question"),
    pytest.param("什么是三会一课？谁来召集？多久一次？讲什么？", id="several short questions"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions_are_no_cases(text: str) -> None:
    assert facts(text) == ()


def test_what_several_rankings_hold_comes_before_what_one_does() -> None:
    assert [row for row, _ in merged([1, 2, 3], [[4, 2], [2, 5]])] == [2, 1, 3, 4, 5]
    assert merged([7], [[7], [7]])[0][1] == pytest.approx(1.0)
    assert merged([], []) == []


def test_each_behaviour_of_a_case_finds_its_clause(make_edition: Callable[..., Edition], tmp_path: Path) -> None:
    rules = make_edition(
        "示例党员干部纪律规定",
        "第一条　收受可能影响公正执行公务的礼品、礼金的，给予警告处分。",
        "第二条　超标准、超范围接待或者借机大吃大喝，使用高档酒水的，给予警告处分。",
        "第三条　用虚开的发票报销接待费用的，责令退赔，并给予处分。",
        "第四条　党员应当按月交纳党费。",
        "第五条　党支部应当定期召开党员大会。",
    )
    build([rules], tmp_path, "")
    found = [hit.chunk.path for hit in Index.open(tmp_path).search(CASE, 3)]
    assert sorted(found) == ["art_1", "art_2", "art_3"]
