"""What is compared with what."""

from __future__ import annotations

import pytest

from answer.comparison import compared

from .conftest import Shelf


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("警告和严重警告的区别是什么？", ("警告", "严重警告")),
        ("党员大会与支委会有什么不同？", ("党员大会", "支委会")),
        ("请比较一下诫勉谈话和函询", ("诫勉谈话", "函询")),
        ("党员和群众都可以参加吗？", None),
    ],
)
def test_compared(text: str, pair: tuple[str, str] | None) -> None:
    assert compared(text) == pair


def test_both_sides_are_answered(shelf: Shelf) -> None:
    from answer.ask import ask
    from answer.support import Status

    answer = ask("“四会一课”和“三定两评”有什么区别？", shelf, "2026-01-01")
    lines = answer.answer.split("\n")
    assert answer.status is Status.ANSWERED
    assert lines[0].startswith("四会一课：本细则所称“四会一课”，是指支部党员大会、")
    assert any(line.startswith("三定两评：") for line in lines)
    assert {hit.title for hit in answer.citations} == {"示例县党支部组织生活实施细则", "示例县基层党建工作报告"}


def test_a_side_without_basis_is_named(shelf: Shelf) -> None:
    from answer.ask import ask
    from answer.support import Status

    answer = ask("“四会一课”和“五星评定”有什么区别？", shelf, "2026-01-01")
    assert answer.status is Status.PARTIAL
    assert answer.notes[0] == "没有找到关于“五星评定”的依据"
