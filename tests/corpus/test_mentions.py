"""Citations in running text and in questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.mentions import Relation, find_citations, parse_question
from corpus.model import Kind
from corpus.titles import TitleIndex, law_names

# text -> the words of each citation and its official form
TEXTS = [
    pytest.param("依照《甲条例》第七条规定", [("《甲条例》第七条", "《甲条例》第七条")], id="named"),
    pytest.param("根据《甲条例》，制定", [("《甲条例》", "《甲条例》")], id="work"),
    pytest.param(
        "《甲条例》第七条第一款、第二款第（三）项和第八条",
        [
            ("《甲条例》第七条第一款", "《甲条例》第七条第一款"),
            ("第二款第（三）项", "《甲条例》第七条第二款第（三）项"),
            ("第八条", "《甲条例》第八条"),
        ],
        id="list-inherits",
    ),
    pytest.param(
        "违反本规定第二、三条", [("本规定第二", "第二条"), ("三条", "第三条")], id="two-numbers-one-unit"
    ),
    pytest.param(
        "本规定第六条第一、二、五项",
        [("本规定第六条第一", "第六条第（一）项"), ("二", "第六条第（二）项"), ("五项", "第六条第（五）项")],
        id="items",
    ),
    pytest.param("第（一）、（二）项", [("第（一）", "第（一）项"), ("（二）项", "第（二）项")], id="bracketed-items"),
    pytest.param(
        "第五条第一款第（一）至（三）项",
        [("第五条第一款第（一）", "第五条第一款第（一）项"), ("（三）项", "第五条第一款第（三）项")],
        id="range-of-items",
    ),
    pytest.param("第三十一条至第四十条", [("第三十一条", "第三十一条"), ("第四十条", "第四十条")], id="range"),
    pytest.param("第一款和第三款", [("第一款", "第一款"), ("第三款", "第三款")], id="paragraphs"),
    pytest.param("第七条，第八条", [("第七条", "第七条"), ("第八条", "第八条")], id="comma"),
    pytest.param("第二条之二、第二条之三", [("第二条之二", "第二条之二"), ("第二条之三", "第二条之三")], id="branches"),
    pytest.param("第三章、第五条", [("第三章", "第三章"), ("第五条", "第五条")], id="chapter-then-article"),
    pytest.param("第一编第二章、第三章", [("第一编第二章", "第一编第二章"), ("第三章", "第一编第三章")], id="chapters-of-a-part"),
    pytest.param("第 7 条第 3 款", [("第 7 条第 3 款", "第七条第三款")], id="spaces"),
    pytest.param("第三条的第二款", [("第三条的第二款", "第三条第二款")], id="de-between"),
    pytest.param("《甲条例》第七条（一）、（二）项", [("《甲条例》第七条（一）", "《甲条例》第七条第（一）项"), ("（二）项", "《甲条例》第七条第（二）项")], id="bare-brackets"),
    pytest.param("第十条前两款规定", [("第十条前两款", "第十条第一款"), ("前两款", "第十条第二款")], id="first-two-paragraphs"),
    pytest.param("《甲条例》（以下简称《条例》）第三条", [("《甲条例》（以下简称《条例》）第三条", "《甲条例》第三条")], id="definition-between"),
    pytest.param("《甲条例》（2018年8月18日）第三条", [("《甲条例》（2018年8月18日）第三条", "《甲条例》（2018年8月18日）第三条")], id="edition"),
    pytest.param("《甲条例》实施细则第三条", [("《甲条例》实施细则第三条", "《〈甲条例〉实施细则》第三条")], id="rules"),
    pytest.param("《关于刑法第三条的解释》", [("《关于刑法第三条的解释》", "《关于刑法第三条的解释》")], id="article-inside-a-title"),
    pytest.param("依照监察法第六十条第一款", [("监察法第六十条第一款", "《监察法》第六十条第一款")], id="law-without-marks"),
    pytest.param("民法典和公司法第三条", [("公司法第三条", "《公司法》第三条")], id="name-behind-and"),
    pytest.param("适用修改后的专利法实施细则第九条", [("专利法实施细则第九条", "《专利法实施细则》第九条")], id="rules-without-marks"),
    pytest.param("依照该条例第五条", [("该条例第五条", "《该条例》第五条")], id="points-elsewhere"),
    pytest.param("见附件1第三条", [("附件1第三条", "附件1第三条")], id="annex"),
    pytest.param("违反规定第三条", [("第三条", "第三条")], id="generic-name-is-none"),
    pytest.param("《甲条例》第一百二条", [("《甲条例》", "《甲条例》")], id="numeral-that-is-none"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_find_citations(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_citations(text)
    assert [(one.words, str(one.citation)) for one in found] == expected
    assert all(text[one.start : one.end] == one.words for one in found)


HEADS = [
    pytest.param("本条例第七条", Relation.SELF, None, 1, "art_7", id="self"),
    pytest.param("本实施办法第七条", Relation.SELF, None, 1, "art_7", id="self-implementing"),
    pytest.param("本《办法》第七条", Relation.SELF, None, 1, "art_7", id="self-in-marks"),
    pytest.param("本条例规定的第七条", Relation.SELF, None, 1, "art_7", id="self-with-filler"),
    pytest.param("本章程第三条", Relation.SELF, None, 1, "art_3", id="章程-is-no-章"),
    pytest.param("前款规定", Relation.PRECEDING, Kind.PARAGRAPH, 1, "", id="前款"),
    pytest.param("构成前款规定的犯罪", Relation.PRECEDING, Kind.PARAGRAPH, 1, "", id="构成前款"),
    pytest.param("前款第三项", Relation.PRECEDING, Kind.PARAGRAPH, 1, "item_3", id="前款第三项"),
    pytest.param("前两款", Relation.PRECEDING, Kind.PARAGRAPH, 2, "", id="前两款"),
    pytest.param("前三条", Relation.PRECEDING, Kind.ARTICLE, 3, "", id="前三条"),
    pytest.param("前条第二款", Relation.PRECEDING, Kind.ARTICLE, 1, "para_2", id="前条第二款"),
    pytest.param("上一款", Relation.PRECEDING, Kind.PARAGRAPH, 1, "", id="上一款"),
    pytest.param("本条前款", Relation.PRECEDING, Kind.PARAGRAPH, 1, "", id="本条前款"),
    pytest.param("本条第二款", Relation.HERE, Kind.ARTICLE, 1, "para_2", id="本条第二款"),
    pytest.param("本款", Relation.HERE, Kind.PARAGRAPH, 1, "", id="本款"),
    pytest.param("本章", Relation.HERE, Kind.CHAPTER, 1, "", id="本章"),
    pytest.param("第二款", Relation.BARE, None, 1, "para_2", id="bare"),
]


@pytest.mark.parametrize(("text", "relation", "kind", "count", "path"), HEADS)
def test_heads(text: str, relation: Relation, kind: Kind | None, count: int, path: str) -> None:
    (found,) = find_citations(text)
    assert (found.relation, found.kind, found.count, found.citation.path) == (relation, kind, count, path)


def test_a_head_reaches_no_further_than_its_own_article() -> None:
    first, second = find_citations("前款第二项和第十四条第三项")
    assert first.relation is Relation.PRECEDING
    assert (second.relation, second.kind, second.citation.path) == (Relation.BARE, None, "art_14/item_3")


def test_the_far_end_of_a_range_is_marked() -> None:
    assert [one.through for one in find_citations("第三条至第五条、第八条")] == [False, True, False]


@pytest.mark.parametrize(
    "text",
    ["目前条件成熟", "成本款项", "支前款物", "网上项目", "第三条例外情形", "本办法自印发之日起施行", "根本法", "本节约型机关",
     "第一项目部", "第二节课", "第一百二条", "第一，坚持", "下列情形之一"],
)  # fmt: skip
def test_what_is_no_citation(text: str) -> None:
    assert find_citations(text) == []


def test_a_known_name_is_taken_whole() -> None:
    (found,) = find_citations("监察人员有公职人员政务处分法第三十九条所列情形", law_names())
    assert found.words == "公职人员政务处分法第三十九条"


@pytest.fixture(scope="module")
def titles() -> TitleIndex:
    return TitleIndex(
        [
            "中国共产党问责条例",
            "中国共产党纪律处分条例",
            "国有企业管理人员处分条例",
            "中国共产党章程",
            "中华人民共和国监察法",
            "示例县公务接待办法",
        ]
    )


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        pytest.param("问责条例第六条说了什么", ["《中国共产党问责条例》第六条"], id="short-name"),
        pytest.param(
            "请问中国共产党问责条例里面的第六条第三项", ["《中国共产党问责条例》第六条第（三）项"], id="filler"
        ),
        pytest.param("《问责条例》第七条的规定是什么", ["《中国共产党问责条例》第七条"], id="book-marks"),
        pytest.param("党章第三条和第四条", ["《中国共产党章程》第三条", "《中国共产党章程》第四条"], id="two"),
        pytest.param(
            "纪律处分条例第7条到第9条",
            [
                "《中国共产党纪律处分条例》第七条",
                "《中国共产党纪律处分条例》第八条",
                "《中国共产党纪律处分条例》第九条",
            ],
            id="range-is-filled",
        ),
        pytest.param("第六条是什么？我问的是问责条例", ["《中国共产党问责条例》第六条"], id="title-behind"),
        pytest.param("2018年的纪律处分条例第三条", ["《中国共产党纪律处分条例》（2018年）第三条"], id="year-before"),
        pytest.param("处分条例第三条", ["《处分条例》第三条"], id="ambiguous-stays-as-written"),
        pytest.param("《准则》第三条", ["《准则》第三条"], id="unknown-stays-as-written"),
        pytest.param("问责条例和监察法的区别，第三条呢", ["第三条"], id="two-titles-are-not-guessed"),
        pytest.param("公务接待办法第五条", ["《示例县公务接待办法》第五条"], id="at-home-without-the-place"),
        pytest.param("某某县公务接待办法第五条", ["《某某县公务接待办法》第五条"], id="another-county's"),
        pytest.param("党章规定党员有哪些义务", [], id="no-clause"),
        pytest.param("前款是什么意思", [], id="relative-without-a-text"),
    ],
)
def test_parse_question(titles: TitleIndex, question: str, cited: list[str]) -> None:
    assert [str(citation) for citation in parse_question(question, titles)] == cited


@given(st.text("《》（）第一二三、至和条款项前本例法之附件1 的\n", max_size=60))
def test_spans_are_exact_and_in_order(text: str) -> None:
    found = find_citations(text)
    assert all(text[one.start : one.end] == one.words for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


ANY_NUMBER = re.compile(r"第[〇零一二两三四五六七八九十百千]+[条款]|前[一二两三]?款(?!物)")


def test_no_number_of_a_real_text_is_missed(shared: Callable[[str], Path]) -> None:
    missed = []
    for file in sorted(shared("corpus/regs").glob("*.txt")):
        text = file.read_text("utf-8")
        covered = bytearray(len(text))
        for one in find_citations(text):
            covered[one.start : one.end] = b"\1" * (one.end - one.start)
        missed += [(file.name, m[0]) for m in ANY_NUMBER.finditer(text) if not all(covered[m.start() : m.end()])]
    assert missed == []
