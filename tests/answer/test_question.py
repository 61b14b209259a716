"""What a question asks for, and which of its words must be found."""

from __future__ import annotations

import re

import pytest

from answer.kinds import Asked, wanted_by
from answer.question import Question, read_question

KINDS = [
    pytest.param("党员大会多久召开一次？", Asked.FREQUENCY, id="frequency"),
    pytest.param("每年要开几次民主生活会", Asked.FREQUENCY, id="how-many-times"),
    pytest.param("《示例条例》何时施行？", Asked.ENTRY, id="entry-into-force"),
    pytest.param("什么时候提交述职报告", Asked.DATE, id="date"),
    pytest.param("预备期有多长", Asked.DURATION, id="duration"),
    pytest.param("有效期是几年", Asked.DURATION, id="years"),
    pytest.param("党组织组建率是多少", Asked.RATIO, id="rate"),
    pytest.param("占应到会人数的多少", Asked.RATIO, id="share"),
    pytest.param("培训基地的占地面积是多少平方米", Asked.AMOUNT, id="area-is-no-share"),
    pytest.param("选派了多少名干部", Asked.AMOUNT, id="amount"),
    pytest.param("党务公开依据什么文件", Asked.BASIS, id="basis"),
    pytest.param("哪些人可以参加", Asked.LIST, id="which"),
    pytest.param("组织生活六项制度是哪六项", Asked.LIST, id="which-six"),
    pytest.param("需要什么条件", Asked.LIST, id="conditions"),
    pytest.param("不参加组织生活会受到什么处分", Asked.CONSEQUENCE, id="sanction"),
    pytest.param("违反规定的怎么处理", Asked.CONSEQUENCE, id="how-dealt-with"),
    pytest.param("由哪个部门负责", Asked.WHO, id="department"),
    pytest.param("谁召集党员大会", Asked.WHO, id="who"),
    pytest.param("制定本条例的目的是什么", Asked.PURPOSE, id="purpose"),
    pytest.param("本办法的适用范围", Asked.SCOPE, id="scope"),
    pytest.param("什么是三会一课", Asked.DEFINITION, id="what-is"),
    pytest.param("如何申请入党", Asked.STEPS, id="how"),
    pytest.param("预备党员有没有表决权", Asked.YES_NO, id="whether"),
    pytest.param("可以委托他人投票吗？", Asked.YES_NO, id="question-particle"),
    pytest.param("党的民主集中制", Asked.TOPIC, id="topic"),
]


@pytest.mark.parametrize(("question", "asked"), KINDS)
def test_kind(question: str, asked: Asked) -> None:
    assert wanted_by(question).asked is asked


VALUES = [
    pytest.param("多久召开一次", "每季度召开一次", "召开党员大会", id="frequency"),
    pytest.param("选派多少名干部", "选派45名干部", "选派45个工作组", id="unit-asked-for"),
    pytest.param("有多少人受到处分", "处分十二名党员", "处分十二次", id="unit-that-stands-for-it"),
    pytest.param("伙食费是多少", "每天一百二十元", "每天三次", id="money-word-asks-for-yuan"),
    pytest.param("有效期是多久", "有效期为三年", "在有效期内", id="duration"),
    pytest.param("组建率是多少", "达到72.6%", "达到72家", id="percent"),
    pytest.param("组建率是多少", "不得少于百分之八十", "不得少于八十人", id="percent-in-words"),
    pytest.param("什么是校车", "校车是指接送学生的车辆", "校车服务提供者，是指", id="definition"),
    pytest.param("何时施行", "本条例自2021年3月1日起施行", "2021年3月1日通过", id="entry-into-force"),
]


@pytest.mark.parametrize(("question", "with_value", "without"), VALUES)
def test_value(question: str, with_value: str, without: str) -> None:
    value = wanted_by(question).value
    assert value is not None
    assert value.search(with_value)
    assert not value.search(without)


def read(text: str, titles: tuple[str, ...] = ()) -> Question:
    """Read a question with the words of a small list, each with an idf of 4."""
    known = re.compile("党员大会|召开|村党组织书记|提名|推荐|规定|负责|机构|巡察")
    return read_question(text, known.findall, lambda _word: 4.0, lambda name: [one for one in titles if one in name])


TERMS = [
    pytest.param("党员大会多久召开一次？", ["党员大会", "召开"], id="frame-left-out"),
    pytest.param("巡察由哪个机构负责", ["巡察"], id="words-of-the-kind-left-out"),
    pytest.param("村党组织书记可以休几天年假", ["村党组织书记", "年假"], id="unknown-word-kept"),
    pytest.param("提名推荐有什么规定", ["提名", "推荐"], id="rules-are-frame"),
    pytest.param("推荐5天以后最多能提名几次", ["推荐", "提名"], id="everyday-words-and-counts-left-out"),
]


@pytest.mark.parametrize(("question", "terms"), TERMS)
def test_terms(question: str, terms: list[str]) -> None:
    assert [term.text for term in read(question).terms] == terms


EXACT = [
    pytest.param("“三查三治”重点整治什么", ["三查三治"], id="quoted"),
    pytest.param("“1+N”联审", ["1+N"], id="quoted-figure"),
    pytest.param("12380举报电话", ["12380"], id="figure"),
    pytest.param("《示例县出差办法》的规定", ["示例县出差办法"], id="unknown-title"),
    pytest.param("第3名", [], id="single-digit"),
]


@pytest.mark.parametrize(("question", "names"), EXACT)
def test_names_are_exact(question: str, names: list[str]) -> None:
    assert [term.text for term in read(question).terms if term.exact] == names


def test_weights_are_roots_and_a_quoted_name_counts_twice() -> None:
    assert [(term.text, term.weight) for term in read("“党员大会”何时召开").terms] == [("党员大会", 4.0), ("召开", 2.0)]


def test_known_title_is_no_term() -> None:
    question = read("《示例县考核办法》何时施行", ("示例县考核办法",))
    assert (question.titles, question.terms) == (("示例县考核办法",), ())


def test_years_are_read() -> None:
    assert read("2019年至2021年选派了多少人，共2000名").years == ("2019", "2021")


def test_pairs_show_order() -> None:
    assert read("党员大会多久召开").pairs == {"党员", "员大", "大会", "召开"}
