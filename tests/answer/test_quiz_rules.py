"""What items are made of: values read from clauses, words turned round, wrong values, questions of lists, spans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answer.items import ItemKind
from answer.quiz.lists import changed_items, foreign_items, listings
from answer.quiz.make import make
from answer.quiz.statements import statements
from answer.quiz.turns import turned, turns
from answer.quiz.values import ValueKind, members, values
from answer.topic import Clause, Topic, clauses_of
from corpus.locate import Locator
from eval.quiz import is_span
from tests.answer.conftest import edition

TEXT = (
    "示例县党员教育培训办法",
    "第一章　总则",
    "第一条　党员每年集中学习培训时间不少于32学时。培训时间确有困难的，可以延长一个月。",
    "第二条　发展对象的培训时间不少于三天，由县委组织部组织。",
    "第二章　职责",
    "第三条　党支部履行下列职责：",
    "（一）按期召开组织生活会，书面报告召开情况；",
    "（二）经常开展谈心谈话；",
    "（三）其他有关职责。",
    "第四条　党小组履行下列职责：",
    "（一）组织党员学习讨论；",
    "（二）收集党员意见建议；",
    "（三）完成党支部交办的任务。",
    "第五条　党员享有下列权利：",
    "（一）参加党的会议；",
    "（二）阅读党的文件；",
    "（三）对党的工作提出建议。",
    "第六条　有下列行为之一的，给予通报批评：",
    "（一）无故不参加学习的；",
    "（二）找人代替参加考试的；",
    "（三）其他违反本办法的。",
    "第七条　本办法所称流动党员，是指外出六个月以上的党员。",
    "第八条　对违反本办法的党员，给予警告处分；情节严重的，给予留党察看处分。",
)
"""Invented for these tests."""


@pytest.fixture(scope="module")
def clauses() -> dict[str, Clause]:
    locator = Locator(edition(TEXT))
    return {clause.provision.label: clause for clause in clauses_of(locator, "in_force")}


def found(text: str) -> list[tuple[str, ValueKind]]:
    return [(value.words, value.kind) for value in values(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("应当自收到之日起15个工作日内答复", [("15个工作日", ValueKind.PERIOD)]),
        ("党支部每季度召开党员大会", [("每季度", ValueKind.FREQUENCY)]),
        ("参训率达到90%，占总数的1%至2%", [("90%", ValueKind.RATIO)]),
        ("于每年3月31日前报送，每年年底检查", []),
        ("经应到会人数三分之二以上同意", [("三分之二以上", ValueKind.MAJORITY)]),
        ("2004年发布的规定和“两个一百年”目标", []),
        (
            "经党支部委员会审议后，由县委组织部审批",
            [("党支部委员会", ValueKind.ORGAN), ("县委组织部", ValueKind.ORGAN)],
        ),
        ("情节严重的，给予撤销党内职务或者留党察看处分。", [("撤销党内职务或者留党察看处分", ValueKind.SANCTION)]),
    ],
)
def test_values(text: str, expected: list[tuple[str, ValueKind]]) -> None:
    assert sorted(found(text)) == sorted(expected)


def test_nothing_is_as_near_to_zero_as_another_number() -> None:
    text = (
        "示例县会员卡清理办法",
        "第一条　全县党员干部应当在清退期限内做到会员卡零持有、零报告，清退率达到0%的单位应当说明原因。",
    )
    topic = Topic("清退", clauses_of(Locator(edition(text)), "in_force"))
    assert {item.kind for item in make(topic, 9, list(ItemKind), 0)} <= {ItemKind.FILL, ItemKind.JUDGE}


def test_members_of_a_row_that_do_not_tell_each_other() -> None:
    row = "坚持集体领导、民主集中、个别酝酿、会议决定的原则"
    assert [value.words for value in members(row)] == ["民主集中", "个别酝酿"]
    assert not list(members("小型客车、中型客车、大型客车"))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("党员不得参加宗教活动。", ["党员可以参加宗教活动。"]),
        ("审查结果以书面形式通知。", ["审查结果以口头形式通知。"]),
        ("由上级党委审批。", ["由本级党委审批。"]),
        ("成员享有权利、承担义务，在规定期限内报告。", []),
        ("应要求检举人不得泄密。", []),
        ("不在禁止的区域停车。", []),
    ],
)
def test_turns(text: str, wrong: list[str]) -> None:
    assert [turned(text, turn) for turn in turns(text)] == wrong


def test_a_sentence_that_hangs_on_another_comes_with_it(clauses: dict[str, Clause]) -> None:
    (statement,) = statements(clauses["第一条"])
    assert statement.words == "党员每年集中学习培训时间不少于32学时。培训时间确有困难的，可以延长一个月。"


def test_lists_are_asked_for_and_mixed_with_their_kin(clauses: dict[str, Clause]) -> None:
    lists = [one for clause in clauses.values() for one in listings(clause)]
    by_label = {one.clause.provision.label: one for one in lists}
    assert by_label["第三条"].question == "党支部履行哪些职责？"
    assert by_label["第六条"].question == "有哪些行为的，给予通报批评？"
    assert set(foreign_items(by_label["第三条"], lists)) == {"组织党员学习讨论", "收集党员意见建议"}
    assert list(changed_items(by_label["第三条"])) == [
        ("按期召开组织生活会，书面报告召开情况", "按期召开组织生活会，口头报告召开情况")
    ]
    assert not list(foreign_items(by_label["第五条"], lists))
    assert not list(foreign_items(by_label["第六条"], lists))


def test_a_defined_term_is_asked_for_and_its_meaning(clauses: dict[str, Clause]) -> None:
    topic = Topic("培训", (clauses["第七条"],))
    (item,) = make(topic, 5, [ItemKind.SHORT], 0)
    assert item.stem == "根据《示例县党员教育培训办法》，本办法所称流动党员是指什么？"
    assert (item.key, item.words) == ("外出六个月以上的党员", "外出六个月以上的党员")
    (blank,) = make(topic, 5, [ItemKind.FILL], 3)
    assert blank.key in ("流动党员", "六个月")


def test_a_span_is_told_from_its_neighbour(clauses: dict[str, Clause]) -> None:
    items = make(Topic("培训", tuple(clauses.values())), 30, list(ItemKind), 0)
    text = clauses["第一条"].edition.text
    assert {item.kind for item in items} == set(ItemKind)
    assert all(is_span(item, text) for item in items)
    assert not any(is_span(replace(item, span=(item.span[0] + 1, item.span[1] + 1)), text) for item in items)
    assert not any(is_span(item, f"　{text}") for item in items)
