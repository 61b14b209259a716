"""Finding the provision a citation means, and saying what is there when it is not."""

from __future__ import annotations

import pytest

from corpus.citation import Citation
from corpus.errors import InputError, NotFoundError
from corpus.locate import cite, locate
from corpus.model import Edition, Kind, Provision


def items(path: str, count: int) -> tuple[Provision, ...]:
    return tuple(Provision(Kind.ITEM, f"{path}/item_{n}", n) for n in range(1, count + 1))


def paragraph(article: int, number: int, *children: Provision) -> Provision:
    return Provision(Kind.PARAGRAPH, f"art_{article}/para_{number}", children=children)


def article(number: int, *children: Provision, branch: int = 0) -> Provision:
    path = f"art_{number}-{branch}" if branch else f"art_{number}"
    return Provision(Kind.ARTICLE, path, number, branch, children=children)


def heading(path: str, label: str, *children: Provision, words: str = "") -> Provision:
    return Provision(Kind.HEADING, path, label=label, heading=words, children=children)


SUBITEM = Provision(Kind.SUBITEM, "art_6/item_3/sub_2", 2)
RULES = Edition(
    "示例条例",
    "2016-07-08",
    "",
    (
        Provision(Kind.TITLE, "title"),
        Provision(
            Kind.CHAPTER,
            "chap_1",
            1,
            label="第一章",
            children=(
                article(1),
                article(6, *items("art_6", 2), Provision(Kind.ITEM, "art_6/item_3", 3, children=(SUBITEM,))),
                article(
                    7,
                    paragraph(7, 1, *items("art_7/para_1", 2)),
                    paragraph(7, 2, *items("art_7/para_2", 3)),
                    paragraph(7, 3),
                ),
                article(7, branch=1),
            ),
        ),
        Provision(Kind.CHAPTER, "chap_2", 2, label="第二章", children=(article(8),)),
        Provision(
            Kind.ANNEX, "annex_1", 1, label="附件1", children=(Provision(Kind.ARTICLE, "annex_1/art_1", 1),)
        ),
    ),
)  # fmt: skip
REPORT = Edition(
    "示例意见",
    "2019",
    "",
    (
        Provision(Kind.PREAMBLE, "preamble", children=(Provision(Kind.PARAGRAPH, "preamble/para_1"),)),
        heading("h_1", "一、", heading("h_1/h_1", "（一）"), heading("h_1/h_2", "（二）")),
        heading(
            "h_2",
            "二、",
            Provision(Kind.PARAGRAPH, "h_2/para_1"),
            heading("h_2/h_3", "（三）", heading("h_2/h_3/h_1", "1."), heading("h_2/h_3/h_1~2", "1.")),
        ),
        heading("h_x1", "", Provision(Kind.PARAGRAPH, "h_x1/para_1"), words="工作“要求”"),
        heading("h_x4", "", Provision(Kind.PARAGRAPH, "h_x4/para_3"), words="总　纲"),
        heading("h_x2", "", words="附注"),
        heading("h_x3", "", words="附注"),
    ),
)


@pytest.mark.parametrize(
    ("citation", "path"),
    [
        pytest.param("第六条", "art_6", id="article"),
        pytest.param("第七条之一", "art_7-1", id="branch"),
        pytest.param("第一章第六条", "art_6", id="article-with-its-chapter"),
        pytest.param("第六条第（三）项", "art_6/item_3", id="item"),
        pytest.param("第六条第一款第（三）项", "art_6/item_3", id="only-paragraph-named"),
        pytest.param("第六条第一款", "art_6", id="only-paragraph-is-the-article"),
        pytest.param("第六条第（三）项第2目", "art_6/item_3/sub_2", id="subitem"),
        pytest.param("第六条第一款第（三）项第2目", "art_6/item_3/sub_2", id="subitem-with-the-only-paragraph"),
        pytest.param("第七条第二款第（一）项", "art_7/para_2/item_1", id="item-of-a-paragraph"),
        pytest.param("第七条第三项", "art_7/para_2/item_3", id="the-only-paragraph-with-that-item"),
        pytest.param("第二章", "chap_2", id="chapter"),
        pytest.param("附件1", "annex_1", id="annex"),
        pytest.param("附件1第一条", "annex_1/art_1", id="article-of-an-annex"),
        pytest.param("标题", "title", id="title"),
    ],
)
def test_locate_in_a_text_with_articles(citation: str, path: str) -> None:
    assert locate(RULES, Citation.parse(citation)).path == path


@pytest.mark.parametrize(
    ("citation", "path"),
    [
        pytest.param("二、", "h_2", id="heading"),
        pytest.param("第二部分", "h_2", id="part-means-heading"),
        pytest.param("《示例意见》第二部分（三）", "h_2/h_3", id="part-and-heading"),
        pytest.param("（三）", "h_2/h_3", id="running-number-below"),
        pytest.param("二、第（三）项", "h_2/h_3", id="item-means-heading"),
        pytest.param("二、（三）1.", "h_2/h_3/h_1", id="three-levels"),
        pytest.param("二、（三）1.〔2〕", "h_2/h_3/h_1~2", id="second-of-a-number"),
        pytest.param("《示例意见》二、第一段", "h_2/para_1", id="paragraph"),
        pytest.param("《示例意见》“工作要求”第一段", "h_x1/para_1", id="words-of-a-heading"),
        pytest.param("第二条", "h_2", id="article-means-heading-where-there-is-no-条"),
        pytest.param("序言第一段", "preamble/para_1", id="preamble"),
        pytest.param("《示例意见》总纲第三段", "h_x4/para_3", id="general-programme"),
    ],
)
def test_locate_in_a_text_with_headings(citation: str, path: str) -> None:
    assert locate(REPORT, Citation.parse(citation)).path == path


@pytest.mark.parametrize(
    ("edition", "citation", "message"),
    [
        pytest.param(RULES, "第十四条", "《示例条例》（2016年7月8日）共5条，没有第十四条", id="article"),
        pytest.param(RULES, "第六条第二款", "《示例条例》（2016年7月8日）第六条共1款，没有第二款", id="paragraph"),
        pytest.param(
            RULES, "第七条第四款", "《示例条例》（2016年7月8日）第七条共3款，没有第四款", id="paragraph-of-several"
        ),
        pytest.param(
            RULES, "第六条第十二项", "《示例条例》（2016年7月8日）第六条共1款、3项，没有第（十二）项", id="item"
        ),
        pytest.param(RULES, "第一条第一项", "《示例条例》（2016年7月8日）第一条共1款，没有第（一）项", id="no-items"),
        pytest.param(
            RULES,
            "第七条第一项",
            "《示例条例》（2016年7月8日）第七条有多处第（一）项，请写明是哪一处：第七条第一款第（一）项、第七条第二款第（一）项",
            id="several-paragraphs-have-that-item",
        ),
        pytest.param(RULES, "第三章", "《示例条例》（2016年7月8日）共2章，没有第三章", id="chapter"),
        pytest.param(RULES, "附件2", "《示例条例》（2016年7月8日）共1个附件，没有附件2", id="annex"),
        pytest.param(
            RULES, "附件1第二条", "《示例条例》（2016年7月8日）附件1共1条，没有第二条", id="article-of-an-annex"
        ),
        pytest.param(RULES, "一、", "《示例条例》（2016年7月8日）没有标题", id="headings-of-a-text-with-articles"),
        pytest.param(REPORT, "第九条", "《示例意见》（2019年）不分条", id="text-without-articles"),
        pytest.param(REPORT, "六、", "《示例意见》（2019年）共6个标题，没有六、", id="heading"),
    ],
)
def test_what_is_not_there_is_said(edition: Edition, citation: str, message: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        locate(edition, Citation.parse(citation))
    assert str(caught.value) == message


def test_a_whole_work_is_no_provision() -> None:
    with pytest.raises(InputError, match="引文没有指明条款：《示例条例》"):
        locate(RULES, Citation("示例条例"))


@pytest.mark.parametrize("edition", [RULES, REPORT], ids=["articles", "headings"])
def test_every_citation_leads_back(edition: Edition) -> None:
    for provision in edition.walk():
        official = str(cite(edition, provision.path))
        assert locate(edition, Citation.parse(official)) is provision, official


def test_headings_are_cited_by_their_labels_or_words() -> None:
    assert str(cite(REPORT, "h_2/h_3/h_1")) == "《示例意见》二、（三）1."
    assert str(cite(REPORT, "h_x1/para_1")) == "《示例意见》“工作‘要求’”第一段"
    assert str(cite(REPORT, "h_x2")) == "《示例意见》无号标题2"  # two headings have the same words


def test_unknown_path() -> None:
    with pytest.raises(NotFoundError, match="没有条款 art_99"):
        cite(RULES, "art_99")
