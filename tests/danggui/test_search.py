"""What `danggui search` makes of a question: clauses it names, days, editions, levels, the county's own rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from danggui.base import KnowledgeBase, Scope

TODAY = Scope(date(2026, 1, 1), free=True)
LESSONS = "示例县党支部“三会一课”实施细则"


@pytest.fixture(scope="module")
def base(sample_home: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(sample_home) as opened:
        yield opened


def first(base: KnowledgeBase, question: str, scope: Scope = TODAY) -> str:
    return base.search(question, 3, scope)[0].id


NAMED = [
    pytest.param(
        "《示例县党务公开实施细则》第五条第二款", "示例县党务公开实施细则@2022-03-18/art_5/para_2", id="whole"
    ),
    pytest.param(
        "党务公开实施细则第5条第1款说了什么", "示例县党务公开实施细则@2022-03-18/art_5/para_1", id="short title"
    ),
    pytest.param("党支部三会一课实施细则第十一条怎么规定党课", f"{LESSONS}@2023-05-12/art_11", id="with a question"),
]


@pytest.mark.parametrize(("question", "provision"), NAMED)
def test_a_clause_that_is_named_comes_first(base: KnowledgeBase, question: str, provision: str) -> None:
    hits = base.search(question, 3, TODAY)
    assert (hits[0].id, hits[0].score) == (provision, 1.0)
    assert len({(hit.title, hit.edition, hit.article or hit.id) for hit in hits}) == 3


def test_a_clause_that_does_not_exist_is_searched_for(base: KnowledgeBase) -> None:
    assert first(base, "《示例县党务公开实施细则》第九十九条 党务公开情况汇报").startswith("示例县党务公开实施细则@")


def test_a_named_clause_outside_the_scope_is_no_hit(base: KnowledgeBase) -> None:
    scope = Scope(date(2026, 1, 1), level="办法")
    hits = base.search("《示例县党务公开实施细则》第五条", 5, scope)
    assert {hit.title for hit in hits}.isdisjoint({"示例县党务公开实施细则"})


def test_a_day_or_edition_in_the_question_picks_the_text(base: KnowledgeBase) -> None:
    assert first(base, "三会一课实施细则党课多久一次").startswith(f"{LESSONS}@2023")
    assert first(base, "2020年时适用的三会一课实施细则党课多久一次").startswith(f"{LESSONS}@2019")
    assert first(base, "2019年版三会一课实施细则党课多久一次").startswith(f"{LESSONS}@2019")
    assert first(base, "修订前的三会一课实施细则党课多久一次").startswith(f"{LESSONS}@2019")


def test_the_day_that_the_user_chose_wins(base: KnowledgeBase) -> None:
    chosen = Scope(date(2024, 1, 1))
    assert first(base, "2020年时适用的三会一课实施细则党课多久一次", chosen).startswith(f"{LESSONS}@2023")


def test_works_with_one_edition_stay_when_an_earlier_one_is_asked_for(base: KnowledgeBase) -> None:
    assert first(base, "修订前党务公开情况汇报怎么规定").startswith("示例县党务公开实施细则@2022")


def test_only_the_form_asked_for(base: KnowledgeBase) -> None:
    titles = {hit.title for hit in base.search("只看办法，经费怎么管理", 9, TODAY)}
    assert len(titles) > 2
    assert {title[-2:] for title in titles} == {"办法"}


def test_everyday_words_find_the_formal_clause(base: KnowledgeBase) -> None:
    assert "礼金" in base.search("收红包的", 1, TODAY)[0].text


def test_a_case_is_asked_of_the_texts_of_its_day_and_of_today(base: KnowledgeBase) -> None:
    case = (
        "赵某，中共党员，示例县某村党支部书记。2020年3月至11月，该支部没有按规定召开党员大会，也没有安排党课。"
        "赵某让支部委员钱某补写了全年的党课记录和党员大会记录，编造了集中讲授时间。2020年12月，上级检查时发现上述问题。对赵某应当如何处理？"
    )
    editions = {(hit.title, hit.edition[:4]) for hit in base.search(case, 20, TODAY)}
    assert {(LESSONS, "2019"), (LESSONS, "2023")} <= editions
    assert all(
        hit.edition[:4] != "2019" for hit in base.search(case, 20, Scope(date(2026, 1, 1))) if hit.title == LESSONS
    )
