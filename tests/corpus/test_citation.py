"""Citations: every spelling in, the official form and the path out, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import Citation
from corpus.errors import InputError
from corpus.model import Kind
from corpus.units import Unit, canonical_label

SPELLINGS = [
    pytest.param("第七条", "第七条", "art_7", id="chinese"),
    pytest.param("第7条", "第七条", "art_7", id="ascii"),
    pytest.param("第７条", "第七条", "art_7", id="full-width"),
    pytest.param("第 七 条", "第七条", "art_7", id="spaces-inside"),
    pytest.param("第一百二十条之一", "第一百二十条之一", "art_120-1", id="branch"),
    pytest.param("第一百二十条之一第二款", "第一百二十条之一第二款", "art_120-1/para_2", id="branch-and-paragraph"),
    pytest.param("第七条第(三)项", "第七条第（三）项", "art_7/item_3", id="ascii-brackets"),
    pytest.param("第七条第三项", "第七条第（三）项", "art_7/item_3", id="no-brackets"),
    pytest.param("第七条第3项", "第七条第（三）项", "art_7/item_3", id="ascii-item"),
    pytest.param("第七条（三）", "第七条第（三）项", "art_7/item_3", id="bare-brackets"),
    pytest.param(
        "第七条第一款第（三）项第1目", "第七条第一款第（三）项第1目", "art_7/para_1/item_3/sub_1", id="all-levels"
    ),
    pytest.param("第七条第（三）项1.", "第七条第（三）项第1目", "art_7/item_3/sub_1", id="dotted-subitem"),
    pytest.param("第七条的第一款", "第七条第一款", "art_7/para_1", id="de-between"),
    pytest.param("第三款第一项", "第三款第（一）项", "para_3/item_1", id="relative"),
    pytest.param("第（三）项", "第（三）项", "item_3", id="item-alone"),
    pytest.param("第一目", "第1目", "sub_1", id="subitem-alone"),
    pytest.param("本条例第七条", "第七条", "art_7", id="own-text"),
    pytest.param("《问责条例》第六条", "《问责条例》第六条", "art_6", id="book-marks"),
    pytest.param("问责条例第六条", "《问责条例》第六条", "art_6", id="no-marks"),
    pytest.param("党章第三条", "《党章》第三条", "art_3", id="党章"),
    pytest.param("「问责条例」第六条", "《问责条例》第六条", "art_6", id="corner-brackets"),
    pytest.param("《 问责条例 》 第六条", "《问责条例》第六条", "art_6", id="spaces-around"),
    pytest.param("《甲条例》实施细则第八条", "《〈甲条例〉实施细则》第八条", "art_8", id="rules-for-a-title"),
    pytest.param("《实施〈甲法〉办法》第八条", "《实施〈甲法〉办法》第八条", "art_8", id="nested-title"),
    pytest.param("《甲条例》（2016年7月8日）第六条", "《甲条例》（2016年7月8日）第六条", "art_6", id="edition-day"),
    pytest.param("《甲条例》（2018年修订）第六条", "《甲条例》（2018年）第六条", "art_6", id="edition-year"),
    pytest.param("《甲条例（2018修订）》第六条", "《甲条例》（2018年）第六条", "art_6", id="edition-inside"),
    pytest.param("甲条例（试行）第六条", "《甲条例（试行）》第六条", "art_6", id="trial"),
    pytest.param(
        "《甲法》第一编第二分编第三章第四节",
        "《甲法》第一编第二分编第三章第四节",
        "part_1/subpart_2/chap_3/sec_4",
        id="divisions",
    ),
    pytest.param("《甲法》第二章第十条", "《甲法》第二章第十条", "art_10", id="article-in-a-chapter"),
    pytest.param("《甲办法》附件1第三条", "《甲办法》附件1第三条", "annex_1/art_3", id="annex"),
    pytest.param("《甲办法》附件1二、", "《甲办法》附件1的二、", "annex_1/h_2", id="annex-heading"),
    pytest.param("《甲意见》二、（三）1.", "《甲意见》二、（三）1.", "h_2/h_3/h_1", id="headings"),
    pytest.param("《甲报告》二(三)1", "《甲报告》二、（三）1.", "h_2/h_3/h_1", id="bare-headings"),
    pytest.param(
        "《甲意见》二、（三）1.（1）①一是",
        "《甲意见》二、（三）1.（1）①一是",
        "h_2/h_3/h_1/h_1/h_1/h_1",
        id="six-levels",
    ),
    pytest.param("《甲意见》二、第二段", "《甲意见》二、第二段", "h_2/para_2", id="paragraph-of-a-heading"),
    pytest.param("《甲意见》二、第2自然段", "《甲意见》二、第二段", "h_2/para_2", id="natural-paragraph"),
    pytest.param("《甲意见》第二部分（三）", "《甲意见》第二部分（三）", "part_2/h_3", id="part-of-a-report"),
    pytest.param("《甲意见》“工作要求”第一段", "《甲意见》“工作要求”第一段", "h_x/para_1", id="unnumbered-heading"),
    pytest.param("《甲条例》序言第一段", "《甲条例》序言第一段", "preamble/para_1", id="preamble"),
    pytest.param("党章总纲", "《党章》“总纲”", "h_x", id="general-programme"),
    pytest.param("《中国共产党章程》总纲第三段", "《中国共产党章程》“总纲”第三段", "h_x/para_3", id="its-paragraph"),
    pytest.param("2018年《甲条例》第八条", "《甲条例》（2018年）第八条", "art_8", id="year-before"),
    pytest.param("2018年修订的《甲条例》第八条", "《甲条例》（2018年）第八条", "art_8", id="revision-year-before"),
    pytest.param("2018年版甲条例第八条", "《甲条例》（2018年）第八条", "art_8", id="year-before-no-marks"),
    pytest.param("《甲条例》第七条〔2〕", "《甲条例》第七条〔2〕", "art_7~2", id="second-of-a-number"),
    pytest.param("《甲条例》", "《甲条例》", "", id="whole-work"),
]


@pytest.mark.parametrize(("text", "official", "path"), SPELLINGS)
def test_parse(text: str, official: str, path: str) -> None:
    citation = Citation.parse(text)
    assert str(citation) == official
    assert citation.path == path
    assert Citation.parse(official) == citation


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("随便说说", id="no-citation"),
        pytest.param("第六条规定了什么", id="words-behind"),
        pytest.param("《问责条例》第一百二条", id="numeral-that-is-none"),
        pytest.param("《问责条例》第条", id="no-number"),
        pytest.param("《问责条例第六条", id="mark-left-open"),
        pytest.param("问责第六条", id="name-without-a-type"),
    ],
)
def test_what_is_no_citation_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputError, match=r"看不懂的引文.*写法示例：《中国共产党问责条例》"):
        Citation.parse(text)


@pytest.mark.parametrize(
    ("text", "example"),
    [
        pytest.param("《问责条例》第六条至第八条", "，例如 《问责条例》第六条", id="range"),
        pytest.param("问责条例第六条和第七条", "，例如 《问责条例》第六条", id="two"),
        pytest.param("《问责条例》第六条第一款、第二款", "，例如 《问责条例》第六条第一款", id="two-paragraphs"),
        pytest.param("《问责条例》第六、七条", "", id="shared-word"),
    ],
)
def test_a_range_or_list_asks_for_one_place(text: str, example: str) -> None:
    with pytest.raises(InputError) as caught:
        Citation.parse(text)
    assert str(caught.value) == f"一次只能指明一处条款：{text}。请写明其中一处{example}"


def test_numbers_of_a_citation() -> None:
    citation = Citation.parse("《问责条例》第一百二十条之一第二款第（三）项第4目")
    assert citation.title == "问责条例"
    assert (citation.article, citation.branch) == (120, 1)
    assert (citation.paragraph, citation.item, citation.subitem) == (2, 3, 4)
    assert citation.headings == ()
    assert Citation.parse("《意见》第六条").branch == 0
    assert Citation.parse("《意见》二、（三）").headings == ("二、", "（三）")
    assert Citation.parse("《甲条例》（2018年9月1日）").edition == "2018-09-01"


@pytest.mark.parametrize(
    ("path", "labels", "official"),
    [
        pytest.param("art_7/para_1/item_3", (), "《甲》第七条第一款第（三）项", id="article"),
        pytest.param("art_120-1", (), "《甲》第一百二十条之一", id="branch"),
        pytest.param("h_2/h_3/h_1/para_2", (), "《甲》二、（三）1.第二段", id="customary-labels"),
        pytest.param("h_2/h_3", ("二", "(三)"), "《甲》二、（三）", id="labels-as-written"),
        pytest.param("h_3/h_1", ("（三）", "1．"), "《甲》（三）1.", id="top-level-in-brackets"),
        pytest.param("h_2/h_1", ("二、", "一是"), "《甲》二、一是", id="一是"),
        pytest.param("h_x1/para_1", ("落实“三会一课”",), "《甲》“落实‘三会一课’”第一段", id="unnumbered"),
        pytest.param("h_x1", (), "《甲》无号标题1", id="unnumbered-without-words"),
        pytest.param("part_2/h_1", ("第二部分", "一、"), "《甲》第二部分一、", id="part-called-部分"),
        pytest.param("part_2/chap_1", (), "《甲》第二编第一章", id="part"),
        pytest.param("annex_1/art_3~2", (), "《甲》附件1第三条〔2〕", id="annex"),
        pytest.param("preamble/para_1", (), "《甲》序言第一段", id="preamble"),
        pytest.param("art_3/table_1", (), "《甲》第三条表1", id="table"),
        pytest.param("chap_2/para_1", (), "《甲》第二章第一段", id="paragraph-under-a-chapter"),
        pytest.param("signature", (), "《甲》落款", id="signature"),
    ],
)
def test_label_of_a_path(path: str, labels: tuple[str, ...], official: str) -> None:
    citation = Citation.of("甲", path, labels)
    assert str(citation) == official
    assert Citation.parse(official) == citation


@pytest.mark.parametrize("path", ["art", "art_x1_2", "clause_3", "Art_3", "art_7//", "h"])
def test_malformed_path(path: str) -> None:
    if path == "art_7//":  # empty segments are no fault
        assert str(Citation.of("甲", path)) == "《甲》第七条"
        return
    with pytest.raises(InputError, match="条款路径不对"):
        Citation.of("甲", path)


@pytest.mark.parametrize(
    ("label", "canonical"),
    [("二", "二、"), ("（三）", "（三）"), ("(三)", "（三）"), ("1．", "1."), ("１、", "1."), ("（1）", "（1）"), ("一是", "一是"),
     ("①", "①"), ("第二部分", ""), ("总体要求", ""), ("", "")],
)  # fmt: skip
def test_canonical_label(label: str, canonical: str) -> None:
    assert canonical_label(label) == canonical


NUMBERS = st.integers(1, 3000)
INSIDE = st.tuples(
    st.builds(Unit, st.just(Kind.ARTICLE), NUMBERS, st.integers(0, 12), repeat=st.integers(1, 3)),
    st.builds(Unit, st.just(Kind.PARAGRAPH), NUMBERS),
    st.builds(Unit, st.just(Kind.ITEM), NUMBERS),
    st.builds(Unit, st.just(Kind.SUBITEM), NUMBERS),
)
PATHS = st.lists(NUMBERS, min_size=1, max_size=6).map(lambda ns: "/".join(f"h_{n}" for n in ns))


@given(
    INSIDE,
    st.integers(1, 4),
    st.sampled_from(["", "问责条例", "《甲条例》实施细则"]),
    st.sampled_from(["", "2018", "2018-09-01"]),
)
def test_parse_and_str_are_inverse(units: tuple[Unit, ...], depth: int, title: str, edition: str) -> None:
    citation = Citation(title, units[:depth], edition if title else "")
    assert Citation.parse(str(citation)) == citation


@given(PATHS, st.booleans())
def test_heading_paths_come_back(path: str, paragraph: bool) -> None:
    path = f"{path}/para_2" if paragraph else path
    citation = Citation.of("甲意见", path)
    assert citation.path == path
    assert Citation.parse(str(citation)) == citation


@given(st.text("《》（）第一二十7条款项目之附件章编的、.“”〔〕甲法办", max_size=24))
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        citation = Citation.parse(text)
    except InputError:
        return
    assert Citation.parse(str(citation)) == citation
