"""Examination items on the bundled samples: what is chosen, and the clause that is cited for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from answer.exam import several
from answer.items import Item, ItemKind
from answer.passages import meant
from danggui.base import KnowledgeBase, Scope

LESSON = "《示例县党支部“三会一课”实施细则》"
ALL = Scope(date(2026, 6, 1), all_editions=True)


@pytest.fixture(scope="module")
def base(sample_home: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(sample_home) as opened:
        yield opened


def asked(kind: str, stem: str, *options: str, hint: str = "2019版") -> Item:
    return Item("示例", ItemKind(kind), stem, tuple(zip("ABCDE", options, strict=False)), hint)


CHOSEN = [
    pytest.param("single", "党支部委员会会议一般（ ）召开1次。", ("每周", "每季度", "每月"), "C", "第七条第一款", id="single"),
    pytest.param(
        "single", "记录本保存期限不少于____年。", ("1", "2", "3", "5"), "C", "第十五条", id="a number at the end of a clause"
    ),
    pytest.param(
        "single", "党支部一般每（ ）安排1次党课，党支部书记每年至少讲（ ）次党课。", ("季度；1", "半年；1", "半年；2"),
        "B", "第九条第一款", id="two blanks",
    ),
    pytest.param(
        "single", "下列不属于党支部党员大会主要内容的是（ ）。",
        ("选举党支部委员会委员", "讨论决定对党员的表彰表扬、组织处置和纪律处分", "审定党课讲授提纲"),
        "C", "第六条", id="inverted",
    ),
    pytest.param(
        "multi", "党课可以由（ ）讲授。", ("党员领导干部", "流动党员", "先进模范人物", "党校教师"), "ACD", "第十条", id="multi"
    ),
    pytest.param(
        "multi", "对（ ）、（ ）的党员，可以采取送学上门等方式。", ("外出务工", "年老体弱", "行动不便"),
        "BC", "第十四条第二款", id="multi, several blanks",
    ),
    pytest.param("judge", "党课每次不少于40分钟。（ ）", (), "正确", "第十条", id="true"),
    pytest.param("judge", "讲授提纲应当在课后报党支部委员会审核。", (), "错误", "第十条", id="replaced"),
    pytest.param("judge", "农村党支部一般不安排在每月5日。", (), "错误", "第十一条", id="negated"),
    pytest.param("fill", "无正当理由连续（ ）次不参加的，由党支部书记进行（ ）。", (), "3；批评教育", "第十三条", id="fill"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "stem", "options", "choice", "place"), CHOSEN)
def test_the_clause_decides(
    base: KnowledgeBase, kind: str, stem: str, options: tuple[str, ...], choice: str, place: str
) -> None:
    found = base.choose(asked(kind, stem, *options), ALL)
    assert found.hit is not None
    assert (found.choice, found.hit.label) == (choice, f"{LESSON}{place}")
    edition = base.lookup.edition(f"{found.hit.title}@{found.hit.edition}")
    assert found.hit.quote == edition.text[found.hit.start : found.hit.end]
    assert found.hit.edition == "2019-06-18"


@pytest.mark.parametrize(
    ("hint", "choice", "edition"),
    [
        pytest.param("2019版", "正确", "2019-06-18", id="a year"),
        pytest.param("2023版", "错误", "2023-05-12", id="another year"),
        pytest.param("2019年建库：三会一课=2023版；党章=2017", "错误", "2023-05-12", id="a year for the title"),
        pytest.param("2024年", "错误", "2023-05-12", id="the last one before"),
    ],
)
def test_the_edition_of_the_hint_decides(base: KnowledgeBase, hint: str, choice: str, edition: str) -> None:
    found = base.choose(asked("judge", "党课每次不少于40分钟。", hint=hint), ALL)
    assert found.hit is not None
    assert (found.choice, found.hit.edition) == (choice, edition)


def test_of_two_editions_that_say_the_same_the_one_in_force_is_cited(base: KnowledgeBase) -> None:
    statement = "本细则所称“三会一课”，是指定期召开党支部党员大会、党支部委员会会议、党小组会，按时上党课。"
    found = base.choose(asked("judge", statement, hint=""), ALL)
    assert found.hit is not None
    assert (found.choice, found.hit.edition, found.hit.status) == ("正确", "2023-05-12", "in_force")


def test_scores_say_how_much_of_each_option_stands_in_its_place(base: KnowledgeBase) -> None:
    found = base.choose(asked("single", "党支部委员会会议一般（ ）召开1次。", "每周", "每月"), ALL)
    assert found.scores["B"] == 1.0
    assert found.scores["A"] < 0.7
    assert found.confidence == 1.0


def test_what_the_base_does_not_hold_is_chosen_without_confidence(base: KnowledgeBase) -> None:
    found = base.choose(asked("single", "蒸汽机由（ ）改良。", "瓦特", "法拉第", "焦耳", hint=""), ALL)
    assert found.confidence < 0.5


def test_an_empty_base_gives_no_citation(base: KnowledgeBase) -> None:
    nothing = Scope(date(2026, 6, 1), level="宪法")
    choices = [
        base.choose(asked("single", "党课每（ ）一次", "月", "年"), nothing),
        base.choose(asked("multi", "党课每（ ）一次", "月", "年"), nothing),
        base.choose(asked("judge", "党课每月一次"), nothing),
        base.choose(asked("fill", "党课每（ ）一次"), nothing),
    ]
    assert [(one.choice, one.hit) for one in choices] == [("A", None), ("AB", None), ("错误", None), ("", None)]


@pytest.mark.parametrize(
    "item",
    [
        asked("single", "党课每（ ）一次"),
        asked("multi", "", "", "_"),
        asked("judge", "（ ）"),
        asked("fill", "。"),
        asked("single", "党课（ ）" * 2000, "每_月", ""),
    ],
)
def test_odd_items_raise_nothing(base: KnowledgeBase, item: Item) -> None:
    assert 0 <= base.choose(item, ALL).confidence <= 1


def test_several_options_hold_or_all_where_none_is_told_apart() -> None:
    gains = {"A": 1.0, "B": 0.4, "C": 0.9}
    assert several(gains, 0.7, inverted=False) == "AC"
    assert several(gains, 0.7, inverted=True) == "B"
    assert several({"A": 0.1, "B": 0.2}, 0.7, inverted=False) == "AB"


def test_a_year_means_its_edition_or_those_on_both_sides() -> None:
    editions = {"2007-10-21", "2017-10-24", "2022-10-22"}
    assert meant(editions, ["2017"]) == {"2017-10-24"}
    assert meant(editions, ["2012"]) == {"2007-10-21", "2017-10-24"}
    assert meant(editions, ["2024"]) == {"2022-10-22"}
