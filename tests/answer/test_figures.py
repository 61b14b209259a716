"""Figures and bounds that a statement must share with its clause."""

from __future__ import annotations

import pytest

from answer.figures import figures, same_bounds, strange_figures

CLAUSE = "第十一条　党支部每季度至少安排1次党课，每次不少于四十五分钟，到会人数应达到百分之八十，保存3年。"


@pytest.mark.parametrize(
    "text",
    [
        "党支部每季度至少上一次党课",
        "每个季度一次，每次不少于45分钟",
        "到会人数应达80%",
        "保存三年",
        "党课统一安排，一般由书记主讲",
        "第十一条规定每季度1次",
    ],
)
def test_figures_of_the_clause_in_any_spelling(text: str) -> None:
    assert strange_figures(text, CLAUSE) == frozenset()


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("每月安排1次党课", {("每", "月")}),
        ("每季度2次", {("2", "次")}),
        ("保存3个月", {("3", "月")}),
        ("到会人数应达到八成", {("8", "成")}),
        ("保存四十五年", {("45", "年")}),
        ("半年一次", {("半", "年")}),
        ("第十二条", {("12", "条")}),
        ("2023", {("2023", "")}),
        ("三分之二以上", {("2/3", "")}),
    ],
)
def test_other_figures_are_strange(text: str, strange: set[tuple[str, str]]) -> None:
    assert strange_figures(text, CLAUSE) == strange


def test_words_that_hold_a_numeral_are_no_figures() -> None:
    assert figures("统一领导、一律公开、三会一课") == frozenset()


@pytest.mark.parametrize(
    ("text", "source", "same"),
    [
        ("不得公款宴请", "严禁公款宴请", True),
        ("可以公款宴请", "不得公款宴请", False),
        ("公款宴请由办公室安排", "不得公款宴请", False),
        ("不得委托他人", "可以委托他人", False),
        ("可以委托他人", "可以委托他人", True),
        ("至少三年", "不少于三年", True),
        ("至少三年", "不超过三年", False),
        ("不超过三年", "三年以内", True),
        ("每季度一次", "每季度至少一次", True),
        ("党组应当请假", "党组可以请假，会议应当记录", False),
        ("党组可以请假，会议应当记录", "党组可以请假，会议应当记录", True),
        ("不得参加会议，可以回避", "不得参加会议，应当回避，也可以说明", False),
        ("应当回避", "须说明；应当回避的，可以回避", True),
        ("有权说明理由", "可以说明理由", True),
    ],
)
def test_bounds_are_not_turned_round(text: str, source: str, same: bool) -> None:
    assert same_bounds(text, source) is same
