"""Answers over the bundled samples, as a cadre gets them: claims, cases, what changed, days that a question names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from answer.ask import Answer
from answer.support import Status
from danggui.base import KnowledgeBase, Scope
from danggui.ingesting import Order, ingest

DAY = date(2026, 11, 1)
CASE = (
    "【案情】张某，中共党员，示例县某镇党委委员。2022年10月，张某在组织对其诫勉谈话以后，没有按要求提交书面检查。"
    "2022年11月，张某所在支部半年没有安排党课。2023年3月，李某明知上述情况，没有向组织报告，并在民主评议中作了虚假说明。"
)


@pytest.fixture(scope="module")
def base(sample_home: Path) -> KnowledgeBase:
    return KnowledgeBase(sample_home)


def ask(base: KnowledgeBase, question: str) -> Answer:
    return base.ask(question, Scope(DAY, free=True))


def test_a_wrong_figure_is_denied_with_the_clause(base: KnowledgeBase) -> None:
    answer = ask(base, "预备党员的预备期为两年，对吗？")
    assert answer.status is Status.ANSWERED
    assert answer.answer.split("\n") == [
        "否。所说的“2年”与条款不符，条款规定：",
        "预备党员的预备期为一年，自党支部党员大会通过之日算起。",
        "依据：《示例县发展党员工作流程规定》（2026年版）第十九条",
    ]


def test_a_right_figure_is_confirmed(base: KnowledgeBase) -> None:
    answer = ask(base, "预备党员的预备期为一年，对吗？")
    assert (answer.status, answer.answer.split("\n")[0]) == (Status.ANSWERED, "是。条款原文如此：")


def test_a_claim_about_the_wrong_regulation_is_denied(base: KnowledgeBase) -> None:
    answer = ask(base, "《示例县党费收缴使用管理办法》规定预备党员的预备期为一年，对吗？")
    assert answer.answer.split("\n")[0] == (
        "否。本库的《示例县党费收缴使用管理办法》中未见此规定；最相近的规定在《示例县发展党员工作流程规定》。"
    )
    assert [hit.label for hit in answer.citations] == ["《示例县发展党员工作流程规定》第十九条"]


def test_a_case_gets_clauses_of_its_day_and_of_today_and_no_verdict(base: KnowledgeBase) -> None:
    answer = ask(base, CASE)
    lines = answer.answer.split("\n")
    assert answer.status is Status.PARTIAL
    assert lines[0] == "以下条款可能与所述事实有关，供研判时查对；本系统不判断是否构成违纪违法，也不提出处理意见。"
    assert any("《示例县党员领导干部诫勉谈话实施细则》（2021年版）第十三条：" in line for line in lines)
    then = [line for line in lines if "事实发生时适用：《示例县党支部“三会一课”实施细则》（2019年版）" in line]
    now = [line for line in lines if line.startswith("   现行：《示例县党支部“三会一课”实施细则》（2023年版）")]
    assert len(then) == len(now) > 0
    assert answer.notes == (
        "所述事实截至2023年3月28日，当时适用的条款与现行条款不同的，两者都已列出，请按从旧兼从轻的原则研判",
    )


def test_a_clause_that_counts_no_more_names_the_one_in_its_place(base: KnowledgeBase) -> None:
    answer = base.ask("支部的党课多长时间要上一次？", Scope(DAY, edition="2019", free=False))
    first = answer.citations[0]
    assert (first.edition, answer.states[0]) == ("2019-06-18", "superseded")
    assert any("已由2023年5月12日版" in note for note in answer.notes)


def test_the_day_that_a_question_names_counts(base: KnowledgeBase) -> None:
    answer = ask(base, "2022年适用的规定里，支部的党课多长时间要上一次？")
    assert answer.as_of == "2022-12-31"
    assert {hit.edition for hit in answer.citations} == {"2019-06-18"}


def test_a_question_that_follows_on_another(base: KnowledgeBase) -> None:
    former = "党支部每季度至少上几次党课？"
    assert base.follow_up("那党总支呢？", former) == "党总支每季度至少上几次党课？"


def test_a_regulation_that_nobody_knows_is_said_to_be_missing(base: KnowledgeBase) -> None:
    answer = ask(base, "《示例县党员体检管理办法》规定党员每年体检，对吗？")
    assert (answer.status, answer.answer) == (
        Status.NO_BASIS,
        "没有找到依据：本库没有《示例县党员体检管理办法》。",
    )


def test_a_regulation_of_which_only_the_former_text_is_held_answers_in_part(tmp_path: Path) -> None:
    old, new = tmp_path / "旧.txt", tmp_path / "新.txt"
    old.write_text(
        "示例县会议费管理办法\n（2010年5月1日示例县人民政府发布）\n第一条　会议费实行总额控制。\n"
        "第二条　会议伙食费每人每天不得超过一百二十元。\n第三条　本办法自2010年6月1日起施行。",
        "utf-8",
    )
    new.write_text(
        "示例县机关经费管理规定\n（2020年5月1日示例县人民政府发布）\n第一条　机关经费统一核算。\n"
        "第二条　本规定自2020年6月1日起施行，2010年5月1日发布的《示例县会议费管理办法》同时废止。",
        "utf-8",
    )
    ingest(tmp_path / "base", Order((old, new), workers=1))
    with KnowledgeBase(tmp_path / "base") as held:
        answer = held.ask("《示例县会议费管理办法》规定会议伙食费每人每天多少元？", Scope(DAY, free=True))
    assert (answer.status, answer.states) == (Status.PARTIAL, ("repealed",))
    assert answer.citations[0].label == "《示例县会议费管理办法》第二条"
    assert answer.notes[0] == "库中只有《示例县会议费管理办法》以往的版本，所问日期已不适用，以下据以往版本"
