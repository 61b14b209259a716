"""Stems of examination items read as statements with blanks."""

from __future__ import annotations

import pytest

from answer.items import Item, ItemKind, filled, reading


def item(stem: str, kind: ItemKind = ItemKind.SINGLE) -> Item:
    return Item("示例", kind, stem, (("A", "甲"), ("B", "乙")) if kind in (ItemKind.SINGLE, ItemKind.MULTI) else ())


@pytest.mark.parametrize(
    ("stem", "read"),
    [
        ("党课每（ ）安排一次", "党课每_安排一次"),
        ("党课每____安排1次，每次不少于(　)分钟", "党课每_安排1次，每次不少于_分钟"),
        ("《示例县党课办法》规定，党课每（）安排一次", "党课每_安排一次"),
        ("根据《示例县党课办法（试行）》，党课每（）安排一次。（  ）", "党课每_安排一次。"),
        ("党章规定，党员大会（ ）", "党员大会_"),
    ],
)
def test_blanks_are_found_and_frames_left_out(stem: str, read: str) -> None:
    assert reading(item(stem)) == (read, False)


@pytest.mark.parametrize(
    ("stem", "read"),
    [
        ("下列不属于党员大会内容的是（ ）。", "下列党员大会内容的是_。"),
        ("问责方式不包括以下哪项？", "问责方式以下哪项？"),
        ("关于党课，说法错误的是（ ）", "关于党课，说法的是_"),
    ],
)
def test_an_item_may_ask_for_what_does_not_hold(stem: str, read: str) -> None:
    assert reading(item(stem)) == (read, True)


def test_a_statement_to_be_judged_has_no_blanks_and_is_not_inverted() -> None:
    assert reading(item("不属于本县管理。（ ）", ItemKind.JUDGE)) == ("不属于本县管理。", False)


def test_words_that_only_ask_whether_a_statement_holds_are_left_out() -> None:
    assert reading(item("党课每月一次。这一说法（）。", ItemKind.JUDGE)) == ("党课每月一次。", False)


def test_options_fill_one_blank_each_blank_or_stand_beside_others() -> None:
    assert list(filled("每_召开", "月", several=False)) == ["每月召开"]
    assert list(filled("每_召开_次", "月；一", several=False)) == ["每月召开一次"]
    assert list(filled("每_召开_次", "月", several=True)) == ["每月召开_次", "每_召开月次"]
    assert list(filled("包括_等", "通报", several=True)) == ["包括_通报_等"]


@pytest.mark.parametrize(
    ("stem", "option", "statement"),
    [
        ("至少安排（ ）次党课", "1次", "至少安排1次党课"),
        ("每（ ）安排一次", "每季度", "每季度安排一次"),
        ("至少安排几次党课？（ ）", "1次", "至少安排1次党课？"),
        ("多长时间安排一次党课？", "每季度", "每季度安排一次党课？"),
        ("不少于多少分钟？", "45分钟", "不少于45分钟？"),
    ],
)
def test_units_written_twice_and_words_that_ask_for_a_figure(stem: str, option: str, statement: str) -> None:
    asked = Item("示例", ItemKind.SINGLE, stem, (("A", option), ("B", "每半年")))
    assert next(filled(reading(asked)[0], option, several=False)) == statement


def test_an_option_at_the_end_may_also_come_first() -> None:
    assert list(filled("重要任务是_。", "反对腐败", several=False)) == ["重要任务是反对腐败。", "反对腐败_重要任务是。"]
    assert list(filled("重要任务是什么", "反对腐败", several=False))[1] == "反对腐败_重要任务是什么"
