"""Which texts are cases, what is asked of each sentence, and how the answers are put together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.model import Edition
from index.build import build
from index.case import merged, read_case
from index.search import Index

STORY = (
    "【案情】赵某，中共党员，A县示例局局长。2016年3月，赵某在示例酒店安排超标准接待，餐费共计5000元，由下属企业支付。"
    "2018年10月，赵某收受管理服务对象钱某所送礼金2万元（已退还），未向组织报告。"
    "组织对其谈话时，赵某隐瞒不报，并与钱某串供，订立攻守同盟。\n【问题】对赵某的行为应当如何定性处理？"
)


def test_each_sentence_is_a_question_without_names_dates_and_amounts() -> None:
    case = read_case(STORY)
    assert case is not None
    whole, *sentences = case.queries
    assert whole[1] == 1.0
    assert [sentence.replace(" ", "") for sentence, _ in sentences][1:] == [
        "，收受管理服务对象所送礼金，未向组织报告",
        "组织对其谈话时，隐瞒不报，并与串供，订立攻守同盟",
        "对的行为应当如何定性处理",
    ]
    assert {weight for _, weight in sentences} == {0.5}


def test_the_last_day_of_the_facts_is_read() -> None:
    case = read_case(STORY)
    assert case is not None
    assert (case.party, case.facts) == (True, date(2018, 10, 28))


NO_CASES = [
    pytest.param("收受礼金怎么处分？", id="short"),
    pytest.param("党员受到警告处分的，一年内不得在党内提升职务。" * 8, id="about nobody"),
    pytest.param("赵某" + "收受管理服务对象所送礼金，未向组织报告，" * 8, id="one sentence"),
]


@pytest.mark.parametrize("text", NO_CASES)
def test_other_texts_are_no_cases(text: str) -> None:
    assert read_case(text) is None


def test_regulations_on_the_sanctions_asked_for_come_forward() -> None:
    party, official = read_case(STORY), read_case(STORY.replace("中共党员", "公务员"))
    assert party is not None
    assert official is not None
    titles = ("中国共产党纪律处分条例（试行）", "行政机关公务员处分条例", "中国共产党处分违纪党员批准权限和程序规定")
    assert [party.prior(title) for title in titles] == [2.0, 1.0, 1.0]
    assert [official.prior(title) for title in titles] == [1.0, 2.0, 1.0]


def test_one_sentence_that_fits_well_outweighs_many_that_fit_a_little() -> None:
    case = read_case(STORY)
    assert case is not None
    rankings: list[list[tuple[str, str, float]]] = [[("often", "甲办法", 5.0), ("top", "乙办法", 10.0)]]
    rankings += [[("often", "甲办法", 5.0), (f"other {place}", "丙办法", 10.0)] for place in case.queries[1:]]
    ranked = dict(merged(case, rankings))
    assert ranked["top"] == 1.0
    assert ranked["often"] == 0.0625 * (1 + 0.5 * (len(case.queries) - 1))


def test_a_query_that_finds_nothing_adds_nothing() -> None:
    case = read_case(STORY)
    assert case is not None
    assert merged(case, [[] for _ in case.queries]) == []


CASE = (
    "【案情】张某，某县某局办公室主任。2019年3月，张某所在单位接待上级检查组，张某安排工作人员到当地一家酒店用餐。"
    "席间上了高档酒水，共花费5600余元，张某让酒店开具会议费发票后在单位报销。"
    "同年5月，张某收受下属企业负责人李某所送礼金2万元。"
    "对张某的行为应当如何处理？"
)


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
