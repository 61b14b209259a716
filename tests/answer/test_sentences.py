"""Sentences with their places, and the lists they belong to."""

from __future__ import annotations

import pytest

from answer.sentences import clauses, ends_open, lead_of_list, sentences, trail_to, words_of

from .conftest import MEETINGS, REPORT, edition

RULES = edition(MEETINGS)
ARTICLES = {node.path: node for node in RULES.walk()}


def words(path: str) -> list[tuple[str, str]]:
    return [(one.path, RULES.text[one.start : one.end]) for one in sentences(RULES, ARTICLES[path])]


def test_sentences_stand_in_their_paragraph() -> None:
    assert words("art_3") == [
        ("art_3/para_1", "党支部每季度召开一次党员大会，每月召开一次支部委员会会议。"),
        ("art_3/para_2", "党员大会由支部书记召集并主持。"),
        ("art_3/para_2", "书记因故不能参加的，可以委托副书记召集并主持。"),
    ]


def test_items_know_their_lead() -> None:
    found = list(sentences(RULES, ARTICLES["art_4"]))
    leads = [RULES.text[slice(*one.lead)] for one in found]
    lead = "党员有下列情形之一的，经本人申请、支部同意，可以不参加党员大会："
    assert [RULES.text[one.start : one.end] for one in found] == [
        lead,
        "年老体弱、行动不便的；",
        "患重病住院治疗的；",
        "经组织批准外出学习的。",
        "前款规定以外的，应当事先书面请假。",
    ]
    assert leads == ["", lead, lead, lead, ""]


def test_heading_lines_are_marked() -> None:
    report = edition(REPORT)
    lines = [one for node in report.provisions for one in sentences(report, node)]
    assert [report.text[one.start : one.end] for one in lines if one.title] == [
        "抓实组织建设",
        "建强队伍",
        "建好阵地",
        "存在的不足",
    ]


def test_title_is_no_sentence() -> None:
    assert list(sentences(RULES, RULES.provisions[0])) == []


def test_words_leave_the_number_out() -> None:
    assert RULES.text[slice(*words_of(RULES.text, ARTICLES["art_1"]))].startswith("为了严格党的组织生活")


def test_lead_is_empty_without_items() -> None:
    assert lead_of_list(RULES, ARTICLES["art_3"]) == (0, 0)


def test_trail_leads_to_the_path() -> None:
    item = ARTICLES["art_4/para_1/item_2"]
    assert [node.path for node in trail_to(RULES, item.path, item.start)] == [
        "art_4",
        "art_4/para_1",
        "art_4/para_1/item_2",
    ]


def test_trail_to_nowhere() -> None:
    with pytest.raises(KeyError):
        trail_to(RULES, "art_99", 0)


def test_clauses() -> None:
    assert clauses("会议每月一次，可以增加；特殊情况除外。") == ["会议每月一次", "可以增加", "特殊情况除外"]


@pytest.mark.parametrize(("text", "opens"), [("如下：", True), ("如下: \n", True), ("如下。", False), ("", False)])
def test_ends_open(text: str, opens: bool) -> None:
    assert ends_open(text, len(text)) is opens
