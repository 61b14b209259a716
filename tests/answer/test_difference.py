"""Quotations compared with the clause by character."""

from __future__ import annotations

import pytest

from answer.difference import difference, in_words

CLAUSE = "第六条　党支部每季度召开一次党员大会，每月召开一次支部委员会会议。党员大会由书记主持。"


@pytest.mark.parametrize(
    ("quote", "changes", "words"),
    [
        (
            "每季度召开两次党员大会",
            [("equal", "每季度召开", "每季度召开"), ("replace", "一", "两"), ("equal", "次党员大会", "次党员大会")],
            "原文“一”，引作“两”",
        ),
        (
            "每季度召开党员大会，每月召开一次",
            [("equal", "每季度召开", "每季度召开"), ("delete", "一次", ""), ("equal", "党员大会，每月召开一次", "党员大会，每月召开一次")],
            "引文少了“一次”",
        ),
        (
            "由党支部书记主持",
            [("equal", "由", "由"), ("insert", "", "党支部"), ("equal", "书记主持", "书记主持")],
            "引文多了“党支部”",
        ),
        ("企业所得税税率为百分之二十五", [("insert", "", "企业所得税税率为百分之二十五")], "引文多了“企业所得税税率为百分之二十五”"),
    ],
)  # fmt: skip
def test_changes_are_told_by_character(quote: str, changes: list[tuple[str, str, str]], words: str) -> None:
    found = difference(CLAUSE, quote)
    assert list(found) == changes
    assert in_words(found) == words


def test_a_phrase_that_stands_twice_is_compared_where_the_rest_fits() -> None:
    clause = "甲级单位应当按照规定的权限和程序报批。其他情形下的企事业单位未依照相关规定的权限和程序报批的，追究责任。"
    quote = "企事业单位未依照想关规定的权限和程序报批"
    assert [change for change in difference(clause, quote) if change[0] != "equal"] == [("replace", "相", "想")]
