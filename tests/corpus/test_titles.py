"""Titles: the work behind an edition, short names, names in free text, 以下简称."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.titles import (
    Succession,
    TitleIndex,
    abbreviations,
    is_draft,
    is_generic,
    is_revision,
    law_names,
    normalise,
    plain_title,
    reviewed_short_names,
    short_forms,
    succession,
    work_key,
)

TITLES = (
    "中国共产党章程（十九大）",
    "中国共产党章程（二十大）",
    "中国共产党问责条例",
    "中国共产党纪律处分条例（试行）",
    "中国共产党纪律处分条例",
    "中国共产党巡视工作条例",
    "中国共产党廉洁自律准则",
    "中国共产党党内监督条例",
    "关于新形势下党内政治生活的若干准则",
    "关于党内政治生活的若干准则",
    "国有企业管理人员处分条例",
    "党委（党组）落实全面从严治党主体责任规定",
    "中华人民共和国监察法",
    "中华人民共和国监察法实施条例",
    "《中国共产党党员领导干部廉洁从政若干准则》实施办法",
)


@pytest.fixture(scope="module")
def titles() -> TitleIndex:
    return TitleIndex(TITLES)


@pytest.mark.parametrize(
    ("title", "folded"),
    [
        pytest.param("《中国共产党 问责条例》", "中国共产党问责条例", id="brackets-and-space"),
        pytest.param("党委(党组)规定", "党委(党组)规定", id="ascii-brackets"),
        pytest.param("党委（党组）规定", "党委(党组)规定", id="full-width-brackets"),
        pytest.param("关于坚持“三会一课”的规定", "关于坚持三会一课的规定", id="quotes"),
        pytest.param("规划纲要（2023－2027年）", "规划纲要(2023-2027年)", id="dash"),
        pytest.param("〈Ａ条例〉", "A条例", id="full-width-letter"),
    ],
)
def test_normalise(title: str, folded: str) -> None:
    assert normalise(title) == folded


@pytest.mark.parametrize(
    ("title", "key"),
    [
        pytest.param("中国共产党章程（二十大）", "中国共产党章程", id="congress"),
        pytest.param("中国共产党章程（十三大部分条文修改）", "中国共产党章程", id="congress-partial"),
        pytest.param("中国共产党纪律处分条例（试行）", "中国共产党纪律处分条例", id="trial"),
        pytest.param("中国共产党纪律处分条例(2018修订)", "中国共产党纪律处分条例", id="year-revised"),
        pytest.param("中国共产党纪律处分条例（2023年修订）", "中国共产党纪律处分条例", id="year-nian-revised"),
        pytest.param("中国共产党纪律处分条例（试行）（1997）", "中国共产党纪律处分条例", id="two-brackets"),
        pytest.param("某某管理办法（征求意见稿）", "某某管理办法", id="draft"),
        pytest.param("某某管理办法（修订草案）", "某某管理办法", id="draft-revision"),
        pytest.param("某某管理办法（草案二次审议稿）（2024）", "某某管理办法", id="second-draft"),
        pytest.param("公职人员政务处分暂行规定", "公职人员政务处分暂行规定", id="zanxing-inside-stays"),
        pytest.param(
            "中央党内法规制定工作规划纲要（2023—2027年）", "中央党内法规制定工作规划纲要(2023-2027年)", id="span-stays"
        ),
        pytest.param("中华人民共和国刑法修正案（十二）", "中华人民共和国刑法修正案(十二)", id="amendment-number-stays"),
        pytest.param(
            "党委（党组）网络安全工作责任制实施办法", "党委(党组)网络安全工作责任制实施办法", id="inner-bracket-stays"
        ),
    ],
)
def test_work_key(title: str, key: str) -> None:
    assert work_key(title) == key


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("中国共产党章程（二十大）", "中国共产党章程"),
        ("某办法(试行)（2018年修订）", "某办法"),
        ("党委（党组）工作规则", "党委（党组）工作规则"),
        ("党委工作规划（2023—2027年）", "党委工作规划（2023—2027年）"),
        ("《甲条例》实施办法（试行）", "《甲条例》实施办法"),
        ("（试行）", "（试行）"),
    ],
)
def test_plain_title(title: str, plain: str) -> None:
    assert plain_title(title) == plain


@pytest.mark.parametrize(
    ("title", "draft"),
    [
        ("示例县会议办法（征求意见稿）", True),
        ("示例县会议办法（公开征求意见稿）（2024）", True),
        ("示例县会议办法(修订草案)", True),
        ("示例县会议办法（讨论稿）", True),
        ("示例县会议办法征求意见稿", True),
        ("《示例县会议办法（送审稿）》", True),
        ("示例县会议办法（试行）", False),
        ("示例县会议办法（修订稿）", False),
        ("关于《示例县会议办法（草案）》的说明", False),
    ],
)
def test_drafts(title: str, draft: bool) -> None:
    assert is_draft(title) is draft


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中国共产党问责条例（试行）", Succession.EDITION),
        ("中华人民共和国监察法", Succession.EDITION),
        ("示例县三会一课制度", Succession.UNCERTAIN),
        ("关于适用民法典的解释（一）", Succession.UNCERTAIN),
        ("关于开展纪律教育的通知", Succession.PAPER),
        ("示例县工作报告（2023年）", Succession.PAPER),
        ("党员教育培训工作规划（2023—2027年）", Succession.PAPER),
        ("中华人民共和国宪法修正案（2018年）", Succession.PAPER),
    ],
)
def test_what_a_later_text_of_the_title_is(title: str, kind: Succession) -> None:
    assert succession(title) is kind


def test_a_revision_says_so_behind_its_name() -> None:
    assert is_revision("关于规范会议的意见（2023年修订）")
    assert not is_revision("关于修订会议制度的意见")


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("中国共产党问责条例", "问责条例"),
        ("中华人民共和国监察法", "监察法"),
        ("中华人民共和国宪法", "宪法"),
        ("中国共产党巡视工作条例", "巡视条例"),
        ("关于党员领导干部报告个人有关事项的规定", "党员领导干部报告个人有关事项规定"),
        ("关于新形势下党内政治生活的若干准则", "新形势下党内政治生活若干准则"),
        ("党委（党组）落实全面从严治党主体责任规定", "党委落实全面从严治党主体责任规定"),
        ("重大行政决策程序暂行条例", "重大行政决策程序条例"),
        ("示例县公务接待办法", "公务接待办法"),
        ("中共示例县委党务公开实施细则", "党务公开实施细则"),
    ],
)
def test_short_forms_hold_the_customary_name(title: str, form: str) -> None:
    assert form in short_forms(title)


def test_short_forms_drop_what_is_too_general() -> None:
    assert "章程" not in short_forms("中国共产党章程")
    assert "组织法" not in short_forms("中华人民共和国国务院组织法")
    assert "域自治法" not in short_forms("中华人民共和国民族区域自治法")
    assert short_forms("实施办法") == frozenset()


@pytest.mark.parametrize("name", ["条例", "《准则》", "实施办法", "工作条例", "暂行规定", "若干规定", "法"])
def test_generic_names(name: str) -> None:
    assert is_generic(name)


@pytest.mark.parametrize("name", ["党章", "宪法", "刑法", "问责条例", "八项规定", "中国共产党章程", "基本法"])
def test_names_that_are_not_generic(name: str) -> None:
    assert not is_generic(name)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        pytest.param("《问责条例》", ("中国共产党问责条例",), id="prefix-dropped"),
        pytest.param("党章", ("中国共产党章程",), id="reviewed-table"),
        pytest.param("中国共产党章程", ("中国共产党章程",), id="work-of-editions"),
        pytest.param("纪律处分条例", ("中国共产党纪律处分条例",), id="plain-title-of-linked-works"),
        pytest.param("中国共产党纪律处分条例（试行）", ("中国共产党纪律处分条例（试行）",), id="edition's-own-title"),
        pytest.param("纪律处分条例(试行)", ("中国共产党纪律处分条例（试行）",), id="edition-of-a-short-name"),
        pytest.param("问责条例（试行）", ("中国共产党问责条例",), id="edition-not-in-the-collection"),
        pytest.param("中国共产党纪律处分条例（2018年修订）", ("中国共产党纪律处分条例",), id="edition-bracket"),
        pytest.param("巡视条例", ("中国共产党巡视工作条例",), id="without-gongzuo"),
        pytest.param("监督条例", ("中国共产党党内监督条例",), id="custom"),
        pytest.param("处分条例", ("国有企业管理人员处分条例", "中国共产党纪律处分条例"), id="ambiguous"),
        pytest.param(
            "党内政治生活准则",
            ("关于党内政治生活的若干准则", "关于新形势下党内政治生活的若干准则"),
            id="ambiguous-by-custom",
        ),
        pytest.param("《准则》", (), id="too-general"),
        pytest.param("实施条例", (), id="too-general-although-in-use"),
        pytest.param("刑法", (), id="not-in-the-collection"),
        pytest.param(
            "党委(党组)落实全面从严治党主体责任规定", ("党委（党组）落实全面从严治党主体责任规定",), id="ascii-brackets"
        ),
        pytest.param(
            "〈中国共产党党员领导干部廉洁从政若干准则〉实施办法",
            ("《中国共产党党员领导干部廉洁从政若干准则》实施办法",),
            id="nested-marks",
        ),
    ],
)
def test_resolve(titles: TitleIndex, name: str, full: tuple[str, ...]) -> None:
    assert sorted(titles.resolve(name)) == sorted(full)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("问责条例第六条说了什么", {"问责条例": "中国共产党问责条例"}, id="short-name"),
        pytest.param("党章规定党员有哪些义务", {"党章": "中国共产党章程"}, id="党章"),
        pytest.param(
            "纪律处分条例和党内监督条例有何不同",
            {"纪律处分条例": "中国共产党纪律处分条例", "党内监督条例": "中国共产党党内监督条例"},
            id="two",
        ),
        pytest.param("监察法实施条例怎么说", {"监察法实施条例": "中华人民共和国监察法实施条例"}, id="longest"),
        pytest.param("《中国共产党 问责条例》", {"中国共产党 问责条例": "中国共产党问责条例"}, id="space-inside"),
        pytest.param("某某县问责条例第三条", {}, id="another-body's-work"),
        pytest.param("我县问责条例第三条", {"问责条例": "中国共产党问责条例"}, id="our-county"),
        pytest.param("干部提名推荐优先推荐哪些干部", {}, id="none"),
        pytest.param("按照《准则》第三条", {}, id="too-general"),
    ],
)
def test_find_in(titles: TitleIndex, question: str, names: dict[str, str]) -> None:
    found = titles.find_in(question)
    assert {question[m.start : m.end]: m.titles[0] for m in found} == names


def test_find_in_reports_an_ambiguous_name_as_such(titles: TitleIndex) -> None:
    (mention,) = titles.find_in("处分条例有几条")
    assert len(mention.titles) == 2


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        pytest.param(
            "根据《中国共产党问责条例》（以下简称《条例》），", {"条例": "中国共产党问责条例"}, id="book-marks"
        ),
        pytest.param("《中国共产党问责条例》（以下简称“本条例”）", {"本条例": "中国共产党问责条例"}, id="quotes"),
        pytest.param("《中华人民共和国监察法》(以下简称监察法)", {"监察法": "中华人民共和国监察法"}, id="plain-ascii"),
        pytest.param("《A办法》（国发〔2016〕5号，以下简称《办法》）", {"办法": "A办法"}, id="document-number"),
        pytest.param("《A办法》（试行）（以下称《办法》）", {"办法": "A办法"}, id="two-brackets"),
        pytest.param("《实施〈甲法〉办法》（以下简称《办法》）", {"办法": "实施〈甲法〉办法"}, id="nested"),
        pytest.param("《甲法》《乙法》（以下统称“两法”）", {"两法": "乙法"}, id="adjacent-titles-keep-the-last"),
        pytest.param("《甲法》、《乙法》（以下统称“两法”）", {}, id="several-titles"),
        pytest.param("理论学习中心组（以下简称中心组）", {}, id="no-title"),
    ],
)
def test_abbreviations(text: str, defined: dict[str, str]) -> None:
    assert abbreviations(text) == defined


def test_reviewed_table_holds_no_general_name_and_no_organ() -> None:
    names = reviewed_short_names()
    assert names["党章"] == ("中国共产党章程",)
    assert not [name for name in names if name in {"准则", "条例", "实施条例", "中共中央"}]
    assert all(titles and "\t" not in "".join(titles) for titles in names.values())


def test_law_names_are_those_of_state_laws() -> None:
    assert {"刑法", "监察法", "公职人员政务处分法"} <= law_names()
    assert "监督条例" not in law_names()


@given(st.text("《》〈〉（）()试行修订2018年条例办法 \n以下简称", max_size=40))
def test_any_text_gives_a_key_and_definitions(text: str) -> None:
    assert work_key(work_key(text)) == work_key(text)
    assert all(short in text and full in text for short, full in abbreviations(text).items())
