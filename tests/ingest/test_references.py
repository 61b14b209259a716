"""What a text cites: resolved in its own tree, or unresolved with the reason, or left for the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Edition, Reference
from corpus.titles import TitleIndex, work_key
from ingest.document import Block
from ingest.references import PENDING, find_references, resolve_external
from ingest.structure import parse


def edition(text: str, title: str = "示例条例", date: str = "2016-07-08") -> Edition:
    structure = parse([Block(line) for line in f"{title}\n{text}".split("\n")], f"{title}.txt")
    return Edition(title, date, structure.text, structure.provisions)


def found(text: str, title: str = "示例条例") -> dict[str, str]:
    """Return the words of each reference with its target's path, its citation or the reason why it has neither."""
    return {
        one.words: one.target.rpartition("@2016-07-08/")[2] or one.citation or one.reason
        for one in find_references(edition(text, title))
    }


BODY = """第一章 总则
第一条 为了示例，制定本条例。
第二条 本条例适用于示例县。
镇参照执行。
第二章 职责
第三条 有下列情形之一的：
（一）甲；
（二）乙。
有前款情形的，从重。
"""

INTERNAL = [
    pytest.param("依照本条例第二条办理。", {"本条例第二条": "art_2"}, id="own-article"),
    pytest.param("依照第三条第一款第二项办理。", {"第三条第一款第二项": "art_3/para_1/item_2"}, id="bare-article"),
    pytest.param(
        "依照第三条第二项办理。", {"第三条第二项": "art_3/para_1/item_2"}, id="item-of-the-only-paragraph-with-it"
    ),
    pytest.param("第一条至第三条除外。", {"第一条": "art_1", "第三条": "art_3"}, id="both-ends-of-a-range"),
    pytest.param("本条例第二条、第三条除外。", {"本条例第二条": "art_2", "第三条": "art_3"}, id="list"),
    pytest.param("前条规定除外。", {"前条": "art_3"}, id="preceding-article"),
    pytest.param("本条例第二章除外。", {"本条例第二章": "chap_2"}, id="chapter"),
    pytest.param("本章规定除外。", {"本章": "chap_2"}, id="own-chapter"),
    pytest.param("本条规定除外。", {"本条": "art_4"}, id="own-article-by-本条"),
    pytest.param("甲。\n乙。\n前两款除外。", {"前两款": "art_4/para_2"}, id="last-of-two-preceding"),
    pytest.param("甲。\n第一款除外。", {"第一款": "art_4/para_1"}, id="paragraph-of-the-own-article"),
    pytest.param("甲：\n（一）乙；\n（二）前项除外。", {"前项": "art_4/item_1"}, id="preceding-item"),
    pytest.param("甲。\n乙：\n（一）前款除外。", {"前款": "art_4/para_1"}, id="前款-inside-a-list-is-the-款-before"),
    pytest.param("甲。\n本条第一款除外。", {"本条第一款": "art_4/para_1"}, id="own-article-and-paragraph"),
]


@pytest.mark.parametrize(("words", "targets"), INTERNAL)
def test_references_inside_the_text(words: str, targets: dict[str, str]) -> None:
    assert found(f"{BODY}第四条 {words}") == {"前款": "art_3/para_1"} | targets


@pytest.mark.parametrize(
    ("words", "cited", "path"),
    [
        pytest.param(
            "违反本条例第三条规定的，按照下列规定处罚：\n（一）违反第二项规定的，从重；\n（二）乙。",
            "第二项",
            "art_3/para_1/item_2",
            id="item-of-the-article-the-lead-cites",
        ),
        pytest.param(
            "违反本条例第三条第一款第一项规定的，从轻；违反第二项规定的，从重。",
            "第二项",
            "art_3/para_1/item_2",
            id="item-beside-the-one-just-cited",
        ),
        pytest.param(
            "违反本条例第三条规定的，从重。\n乙：\n（一）甲；\n（二）第一项除外。",
            "第一项",
            "art_4/para_2/item_1",
            id="a-new-款-starts-afresh",
        ),
        pytest.param(
            "甲。\n违反本条例第三条的，依照第一款处理。",
            "第一款",
            "art_4/para_1",
            id="paragraph-of-the-own-article-first",
        ),
        pytest.param(
            "违反本条例第三条第一款的，从轻；违反第二款的，从重。",
            "第二款",
            "art_3/para_2",
            id="paragraph-of-the-article-cited",
        ),
    ],
)
def test_number_without_article_behind_another_article(words: str, cited: str, path: str) -> None:
    assert found(f"{BODY}第四条 {words}")[cited] == path


UNRESOLVED = [
    pytest.param("依照本条例第九十九条办理。", "本条例第九十九条", "本文共4条，没有第九十九条", id="no-such-article"),
    pytest.param("依照第三条第五项办理。", "第三条第五项", "本文第三条共2款、2项，没有第（五）项", id="no-such-item"),
    pytest.param("前款除外。", "前款", "本条只有一款，“前款”无所指", id="only-paragraph"),
    pytest.param("前款除外。\n乙。", "前款", "本款是第一款，“前款”无所指", id="first-paragraph"),
    pytest.param("甲。\n前两款除外。", "前两款", "前面只有1款，“前两款”无所指", id="too-few-before"),
    pytest.param("依照该条例第三条。", "该条例第三条", "“该条例”所指的文件须看上文", id="points-elsewhere"),
    pytest.param("依照《办法》第三条。", "《办法》第三条", "简称《办法》在本文中没有定义", id="undefined-short-name"),
    pytest.param("本节除外。", "本节", "此处不在任何节之内", id="not-in-a-section"),
]


@pytest.mark.parametrize(("words", "cited", "reason"), UNRESOLVED)
def test_what_cannot_be_resolved_has_a_reason(words: str, cited: str, reason: str) -> None:
    body = BODY.replace("有前款情形的，从重。", "从重。")
    (one,) = find_references(edition(f"{body}第四条 {words}"))
    assert (one.words, one.target, one.citation, one.reason) == (cited, "", "", reason)


EXTERNAL = [
    pytest.param("根据《中国共产党章程》，制定。", "《中国共产党章程》", id="work"),
    pytest.param("依照刑法第三百八十四条办理。", "《刑法》第三百八十四条", id="law-without-marks"),
    pytest.param("根据《甲条例》（以下简称《条例》）。\n《条例》第五条。", "《甲条例》第五条", id="defined-short-name"),
    pytest.param("根据《甲条例》（以下简称甲例）。\n甲例第五条。", "《甲条例》", id="definition-alone"),
    pytest.param(
        "根据《甲条例》（以下简称“本条例”）。\n本条例第五条。", "《甲条例》第五条", id="本条例-defined-as-another"
    ),
]


@pytest.mark.parametrize(("words", "citation"), EXTERNAL)
def test_references_to_other_texts_wait_for_the_library(words: str, citation: str) -> None:
    references = find_references(edition(f"第一条 {words}"))
    assert citation in {one.citation for one in references}
    assert {(one.target, one.reason) for one in references if one.citation} == {("", PENDING)}


def test_rules_for_a_regulation_call_it_by_its_kind() -> None:
    assert found("第一条 依照《条例》第五条。", "示例工作条例实施细则") == {"《条例》第五条": "《示例工作条例》第五条"}


def test_articles_of_an_annex_are_its_own() -> None:
    text = f"{BODY}附件1\n示例细则\n第一条 甲。\n第二条 依照第一条办理，见附件1。"
    assert found(text)["第一条"] == "annex_1/art_1"
    assert found(text)["附件1"] == "annex_1"


def test_numbers_of_an_amendment_are_those_of_the_amended_text() -> None:
    reasons = {one.reason for one in find_references(edition("一、将第一条修改为：甲。", "关于修改示例条例的决定"))}
    assert reasons == {"修改决定中的条文序号指被修改的文件"}


def test_forms_and_books_are_no_regulations() -> None:
    assert found("第一条 填写《入党志愿书》，学习《读本》。") == {}


def test_labels_are_no_references() -> None:
    assert found("第一章 总则\n第一条 甲。\n第二条 乙。\n（一）丙。") == {}


def test_places_are_exact() -> None:
    whole = edition(f"{BODY}第四条　依照本条例第二条、第三条办理。")
    paths = {provision.path: provision for provision in whole.walk()}
    for one in find_references(whole):
        assert whole.text[one.start : one.end] == one.words
        assert paths[one.path].start <= one.start < one.end <= paths[one.path].end


class Shelf:
    """A library of editions in a list."""

    def __init__(self, *editions: Edition) -> None:
        self._editions = editions
        self._titles = TitleIndex(edition.title for edition in editions)

    def resolve(self, name: str) -> tuple[str, ...]:
        return self._titles.resolve(name)

    def edition(self, title: str, on: str) -> Edition | None:
        dated = [one for one in self._editions if work_key(one.title) == work_key(title) and (not on or one.date <= on)]
        return max(dated, key=lambda one: one.date, default=None)


SHELF = Shelf(
    edition("第一条 甲。\n第二条 乙：\n（一）丙。", "中国共产党问责条例", "2016-07-08"),
    edition("第一条 甲。", "中国共产党问责条例", "2019-09-04"),
    edition("第一条 甲。", "中国共产党纪律处分条例"),
    edition("第一条 甲。", "行政机关公务员处分条例"),
)


def test_of_a_work_younger_than_the_citing_text_no_article_is_linked() -> None:
    class Young(Shelf):
        def edition(self, title: str, on: str) -> Edition | None:
            return super().edition(title, "2018")

    shelf = Young(edition("第一条 甲。", "中国共产党问责条例", "2016-07-08"))

    def resolved(citation: str, on: str) -> tuple[str, str]:
        one = resolve_external(Reference("art_1", 0, 1, "甲", reason=PENDING, citation=citation), shelf, on)
        return one.target, one.reason

    assert resolved("《问责条例》第一条", "2010-01-01") == ("", "当时有效的版本未入库（库中最早为2016-07-08）")
    assert resolved("《问责条例》", "2010-01-01") == ("中国共产党问责条例@2016-07-08", "")
    assert resolved("《问责条例》（2016年）第一条", "2010-01-01") == ("中国共产党问责条例@2016-07-08/art_1", "")
    assert resolved("《问责条例》第一条", "2016") == ("中国共产党问责条例@2016-07-08/art_1", "")
    assert resolved("《问责条例》第一条", "不详") == ("中国共产党问责条例@2016-07-08/art_1", "")


@pytest.mark.parametrize(
    ("citation", "on", "target", "reason"),
    [
        pytest.param("《问责条例》第二条第（一）项", "2017-01-01", "中国共产党问责条例@2016-07-08/art_2/item_1", "", id="on-a-date"),
        pytest.param("《问责条例》", "", "中国共产党问责条例@2019-09-04", "", id="newest"),
        pytest.param("《问责条例》（2016年7月8日）第二条", "", "中国共产党问责条例@2016-07-08/art_2", "", id="named-edition"),
        pytest.param("《问责条例》第二条", "", "", "《中国共产党问责条例》（2019年9月4日）共1条，没有第二条", id="article-gone"),
        pytest.param("《问责条例》第二条", "2010", "", "未入库：《中国共产党问责条例》（2010年）", id="no-edition-yet"),
        pytest.param("《中华人民共和国刑法》第三条", "", "", "未入库：《中华人民共和国刑法》", id="not-stored"),
        pytest.param(
            "《处分条例》第三条",
            "",
            "",
            "标题不唯一：《处分条例》可指《中国共产党纪律处分条例》、《行政机关公务员处分条例》",
            id="ambiguous",
        ),
    ],
)  # fmt: skip
def test_resolve_external(citation: str, on: str, target: str, reason: str) -> None:
    reference = Reference("art_1", 0, 1, "甲", reason=PENDING, citation=citation)
    resolved = resolve_external(reference, SHELF, on)
    assert (resolved.target, resolved.reason) == (target, reason)


def test_a_reference_inside_its_text_is_left_alone() -> None:
    reference = Reference("art_1", 0, 1, "甲", target="示例条例@2016-07-08/art_2")
    assert resolve_external(reference, SHELF) is reference


@given(st.text("第一二三条款项本前例《》甲法、和章附件1（）\n 。", max_size=80))
def test_any_text_gives_references_with_target_or_reason(text: str) -> None:
    whole = edition(text)
    for one in find_references(whole):
        assert whole.text[one.start : one.end] == one.words
        assert bool(one.target) != bool(one.reason)


def test_own_references_of_real_regulations_are_nearly_all_resolved(shared: Callable[[str], Path]) -> None:
    inside = unresolved = 0
    for file in sorted(shared("corpus/regs").glob("*.txt")):
        blocks = [Block(line) for line in file.read_text("utf-8").split("\n")]
        structure = parse(blocks, file.name)
        for one in find_references(Edition(structure.title, "", structure.text, structure.provisions)):
            inside += not one.citation
            unresolved += not one.citation and not one.target
    assert inside >= 480
    assert unresolved <= 20
