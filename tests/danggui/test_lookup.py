"""From names to editions: a title that is an edition's own, drafts, papers of one title, names too general."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import NotFoundError, StoreError
from corpus.store_lock import WriterLock
from danggui.base import KnowledgeBase, Scope
from danggui.ingesting import Order, ingest

TODAY = date(2026, 11, 1)
RULES = """{title}
（{dated}中共示例县委印发）
第一条　会议{words}。
第二条　本办法自印发之日起施行。
"""
FILES = {
    "试行": RULES.format(title="示例县会议办法（试行）", dated="2018年1月2日", words="从简"),
    "正式": RULES.format(title="示例县会议办法", dated="2020年1月2日", words="精简"),
    "征求意见": RULES.format(title="示例县会议办法（征求意见稿）", dated="2024年5月6日", words="可以从繁"),
    "旅费草案": RULES.format(title="示例县旅费办法（草案）", dated="2024年5月6日", words="旅费从简"),
    "接待": RULES.format(title="示例县接待办法", dated="2021年1月2日", words="不得借接待召开"),
    "早": "示例县督办规则\n（2017年1月10日中共示例县委印发）\n第一条　按照《示例县会议办法》第一条和《示例县接待办法》办理。\n"
    "第二条　依照《示例县会议办法（试行）》第一条办理。\n第三条　本规则自印发之日起施行。\n",
    "晚": "示例县督查规则\n（2025年1月10日中共示例县委印发）\n第一条　按照《示例县会议办法》第一条、"
    "《示例县会议办法（试行）》第一条办理。\n第二条　本规则自印发之日起施行。\n",
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Yield a base of rules in trial, final and draft form."""
    folder = tmp_path_factory.mktemp("in")
    for name, text in FILES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    home = tmp_path_factory.mktemp("lookup") / "base"
    ingest(home, Order((folder,), workers=1))
    with KnowledgeBase(home) as opened:
        yield opened


def test_a_draft_never_pushes_the_real_text_aside(base: KnowledgeBase) -> None:
    listed = {row.info.id: row.status.value for row in base.editions(TODAY) if row.info.work == "示例县会议办法"}
    assert listed == {
        "示例县会议办法（试行）@2018-01-02": "superseded",
        "示例县会议办法@2020-01-02": "in_force",
        "示例县会议办法（征求意见稿）@2024-05-06": "unknown",
    }
    assert base.show("示例县会议办法第一条", TODAY).edition == "2020-01-02"
    assert base.show("示例县会议办法第一条", date(2019, 1, 1)).edition == "2018-01-02"
    assert base.show("示例县旅费办法第一条", TODAY).title == "示例县旅费办法（草案）"


@pytest.mark.parametrize(
    ("words", "edition"),
    [
        pytest.param("《示例县会议办法（试行）》第一条", "示例县会议办法（试行）@2018-01-02", id="trial"),
        pytest.param("会议办法（试行）第一条", "示例县会议办法（试行）@2018-01-02", id="trial, short"),
        pytest.param("《示例县会议办法（征求意见稿）》第一条", "示例县会议办法（征求意见稿）@2024-05-06", id="draft"),
        pytest.param("2018年《会议办法》第一条", "示例县会议办法（试行）@2018-01-02", id="year"),
    ],
)
def test_a_name_that_picks_an_edition_shows_it(base: KnowledgeBase, words: str, edition: str) -> None:
    assert base.show(words, TODAY).id == f"{edition}/art_1"


@pytest.mark.parametrize(
    ("title", "dates"),
    [
        pytest.param("会议办法", {"2020-01-02"}, id="the one that counts, not the draft"),
        pytest.param("会议办法（试行）", {"2018-01-02"}, id="trial"),
        pytest.param("《示例县会议办法（征求意见稿）》", {"2024-05-06"}, id="draft"),
        pytest.param("示例县会议办法（2018年）", {"2018-01-02"}, id="year"),
        pytest.param("旅费办法", {"2024-05-06"}, id="a draft for want of others"),
    ],
)
def test_search_in_a_title(base: KnowledgeBase, title: str, dates: set[str]) -> None:
    assert {hit.edition for hit in base.search("会议从简", 9, Scope(TODAY, title=title))} == dates


def test_search_in_all_editions_of_a_title_takes_the_name_at_its_word(base: KnowledgeBase) -> None:
    def found(title: str) -> set[str]:
        return {hit.edition for hit in base.search("会议从简", 9, Scope(TODAY, all_editions=True, title=title))}

    assert found("会议办法") == {"2018-01-02", "2020-01-02", "2024-05-06"}
    assert found("会议办法（试行）") == {"2018-01-02"}


def test_a_search_prefers_the_real_text_to_its_draft(base: KnowledgeBase) -> None:
    assert "2024-05-06" not in {
        hit.edition for hit in base.search("会议可以从繁", 9, Scope(TODAY)) if hit.title.startswith("示例县会议办法")
    }


def test_an_article_is_linked_in_the_edition_of_the_citing_day(base: KnowledgeBase) -> None:
    early, late = (
        [(one.words, one.target, one.reason) for one in base.store.references_from(edition) if one.citation]
        for edition in ("示例县督办规则@2017-01-10", "示例县督查规则@2025-01-10")
    )
    assert early == [
        ("《示例县会议办法》第一条", "", "当时有效的版本未入库（库中最早为2018-01-02）"),
        ("《示例县接待办法》", "示例县接待办法@2021-01-02", ""),
        ("《示例县会议办法（试行）》第一条", "", "当时有效的版本未入库（库中最早为2018-01-02）"),
    ]
    assert late == [
        ("《示例县会议办法》第一条", "示例县会议办法@2020-01-02/art_1", ""),
        ("《示例县会议办法（试行）》第一条", "示例县会议办法（试行）@2018-01-02/art_1", ""),
    ]


def test_a_name_too_general_lists_what_it_may_mean(base: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError) as caught:
        base.show("《办法》第一条", TODAY)
    assert str(caught.value) == ("“办法”可能指《示例县会议办法》、《示例县接待办法》、《示例县旅费办法》，请写明全称")
    with pytest.raises(NotFoundError, match="本库没有《准则》"):
        base.show("《准则》第八条", TODAY)


def test_a_year_without_an_edition_names_those_there_are(base: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match="本库没有《示例县接待办法》2010的版本；现有版本：2021-01-02"):
        base.search("接待", 1, Scope(TODAY, title="接待办法（2010年）"))


def test_a_search_during_the_first_ingest_asks_for_patience(tmp_path: Path) -> None:
    home = tmp_path / "base"
    (tmp_path / "甲.txt").write_text(FILES["正式"], encoding="utf-8")
    ingest(home, Order((tmp_path / "甲.txt",), workers=1))
    for file in sorted((home / "index").rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    lock = WriterLock(home)
    try:
        with KnowledgeBase(home) as base, pytest.raises(StoreError, match="正在首次建立知识库，请稍候再试"):
            base.search("会议", 1, Scope(TODAY))
    finally:
        lock.release()


def test_a_user_may_ask_by_the_end_of_a_title_a_citation_may_not(sample_home: Path) -> None:
    with KnowledgeBase(sample_home) as opened:
        assert opened.lookup.meant("三会一课实施细则") == "示例县党支部“三会一课”实施细则"
        hits = opened.search("党课", 3, Scope(TODAY, title="三会一课实施细则"))
        assert {hit.title for hit in hits} == {"示例县党支部“三会一课”实施细则"}
        assert opened.verify_citation("《三会一课实施细则》第十一条").state == "not_found"
        for name in ("三会一课", "信访工作条例", "中国共产党党务公开条例"):  # no title, and works the base lacks
            with pytest.raises(NotFoundError, match="本库没有"):
                opened.lookup.meant(name)
