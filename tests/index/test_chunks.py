"""What is searched: whole articles, the 款 and 项 of long ones, every paragraph of a text without articles."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from corpus.model import Edition, Kind
from index.chunks import Chunk, chunks

MakeEdition = Callable[..., Edition]

RULES = (
    "示例县党员教育管理办法",
    "（2020年1月1日中共示例县委印发）",
    "目　录",
    "第一章　总　则",
    "第二章　教　育",
    "为加强党员教育管理，制定本办法。",
    "第一章　总　则",
    "第一条　党员教育管理坚持从严要求。",
    "第二章　教　育",
    "第二条　党支部应当开展下列活动：",
    "（一）每月开展一次主题党日；",
    "（二）每季度召开一次党员大会。",
    "第三条　党员应当按时交纳党费。",
    "流动党员可以向流入地党组织交纳党费。",
    "中共示例县委",
    "2020年1月1日",
)
REPORT = (
    "2020年党建工作报告",
    "现将有关情况报告如下。",
    "一、主要做法",
    "（一）加强组织建设",
    "一是建强支部。全年新建党支部12个。",
    "二是用好阵地。改造活动场所30处。",
    "（二）加强作风建设",
    "全年开展专项检查4次。",
)


@pytest.fixture
def rules(make_edition: MakeEdition) -> Edition:
    return make_edition(*RULES)


def quotes(edition: Edition, found: tuple[Chunk, ...]) -> dict[str, str]:
    return {chunk.path: edition.text[chunk.start : chunk.end].strip() for chunk in found}


def test_an_article_is_one_chunk_and_front_and_back_are_none(rules: Edition) -> None:
    assert quotes(rules, chunks(rules)) == {
        "preamble/para_1": "为加强党员教育管理，制定本办法。",
        "art_1": "第一条　党员教育管理坚持从严要求。",
        "art_2": "第二条　党支部应当开展下列活动：\n（一）每月开展一次主题党日；\n（二）每季度召开一次党员大会。",
        "art_3": "第三条　党员应当按时交纳党费。\n流动党员可以向流入地党组织交纳党费。",
    }


def test_a_chunk_knows_where_it_stands(rules: Edition) -> None:
    article = chunks(rules)[2]
    assert article == Chunk("示例县党员教育管理办法@2020-01-01", "art_2", "art_2", rules.title, ("教育",), 0, 0)


def test_a_long_article_is_cut_into_its_items(rules: Edition) -> None:
    cut = {chunk.path: chunk for chunk in chunks(rules, budget=20)}
    item = cut["art_2/item_2"]
    assert "art_2" not in cut
    assert item.article == "art_2"
    assert rules.text[item.start : item.end].strip() == "（二）每季度召开一次党员大会。"
    assert item.search_text(rules.text).split("\n") == [
        "第二条　党支部应当开展下列活动：",
        "",
        "（二）每季度召开一次党员大会。",
        "",
    ]


def test_a_long_article_is_cut_into_its_paragraphs_which_carry_no_bare_label(rules: Edition) -> None:
    cut = {chunk.path: chunk for chunk in chunks(rules, budget=20)}
    second = cut["art_3/para_2"]
    assert second.search_text(rules.text).strip() == "流动党员可以向流入地党组织交纳党费。"


def test_the_budget_counts_tokens_not_characters(rules: Edition) -> None:
    assert "art_2" in quotes(rules, chunks(rules, count=lambda text: len(text) // 3, budget=20))


def test_outline_paragraphs_and_sentences_are_found_one_by_one(make_edition: MakeEdition) -> None:
    report = make_edition(*REPORT)
    found = chunks(report)
    assert quotes(report, found) == {
        "preamble/para_1": "现将有关情况报告如下。",
        "h_1/h_1/h_1": "一是建强支部。全年新建党支部12个。",
        "h_1/h_1/h_2": "二是用好阵地。改造活动场所30处。",
        "h_1/h_2/para_1": "全年开展专项检查4次。",
    }
    assert found[1].headings == ("主要做法", "加强组织建设")
    assert found[1].article == "h_1/h_1/h_1"


def test_a_heading_that_says_more_than_its_title_is_found_too(make_edition: MakeEdition) -> None:
    text = make_edition("关于加强作风建设的意见", "一、工作要求。各支部要在六月底前完成自查。", "1.自查", "2.整改")
    assert quotes(text, chunks(text)) == {
        "h_1": "一、工作要求。各支部要在六月底前完成自查。",
        "h_1/h_1": "1.自查",
        "h_1/h_2": "2.整改",
    }


def test_annexes_are_searched_under_their_own_articles(make_edition: MakeEdition) -> None:
    text = make_edition("示例办法", "第一条　附件与本办法同时施行。", "附件1", "考核细则", "第一条　考核每年一次。")
    annexed = chunks(text)[-1]
    assert (annexed.path, annexed.article) == ("annex_1/art_1", "annex_1/art_1")
    assert annexed.headings == ("考核细则",)


def test_chunks_never_overlap_and_leave_out_only_heads_and_leads(rules: Edition) -> None:
    found = chunks(rules, budget=20)
    spans = sorted((chunk.start, chunk.end) for chunk in found)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    leads = {place for chunk in found for place in range(*chunk.lead)}
    headings = {
        place
        for node in rules.walk()
        if node.kind in (Kind.TITLE, Kind.HEADER, Kind.CONTENTS, Kind.SIGNATURE, Kind.CHAPTER, Kind.ARTICLE)
        for place in range(node.start, node.lead_end)
    }
    assert covered | leads | headings == set(range(len(rules.text)))
