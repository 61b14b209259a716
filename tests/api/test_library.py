"""One base for all requests: newer states come in while questions are asked, and threads do not disturb each other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from api.library import Library
from corpus.errors import StoreError
from corpus.store import Store
from danggui.base import KnowledgeBase, Scope
from danggui.ingesting import Order, ingest
from danggui.removing import remove

SCOPE = Scope(date(2026, 11, 1))
TEXT = "示例县考勤办法\n（2020年1月1日印发）\n第一条　全体干部每日签到两次。\n"
QUESTIONS = [
    f"{subject}{asked}"
    for subject in ("党课", "党费", "接待", "党务公开")
    for asked in ("多久一次", "谁来管", "有什么要求")
]


def add(home: Path, folder: Path) -> None:
    file = folder / "考勤办法.txt"
    file.write_text(TEXT, "utf-8")
    ingest(home, Order((file,), workers=1))


@pytest.fixture
def loads() -> list[tuple[int, str]]:
    return []


@pytest.fixture
def library(own_home: Path, loads: list[tuple[int, str]]) -> Library:
    def loaded(base: KnowledgeBase, former: str) -> None:
        loads.append((len(base.lookup.infos), former))

    return Library(own_home, 1.0, loaded)


def test_a_newer_state_takes_over_while_the_former_is_read(
    library: Library, own_home: Path, tmp_path: Path, loads: list[tuple[int, str]]
) -> None:
    with pytest.raises(StoreError, match="知识库正在载入，请稍候再试"), library.borrow():
        pass
    library.catch_up()
    with library.borrow() as former:
        generation = former.index.manifest.generation
        add(own_home, tmp_path)
        library.catch_up()
        with library.borrow() as newer:
            assert newer is not former
            assert "示例县考勤办法" in newer.search("干部每日签到几次", 1, SCOPE)[0].title
        assert "示例县考勤办法" not in {hit.title for hit in former.search("干部每日签到几次", 10, SCOPE)}
        assert len(former.store.infos()) == 16
    assert loads == [(16, ""), (17, generation)]
    with pytest.raises(Exception, match="closed"):
        former.store.infos()


def test_a_removed_text_can_be_read_to_the_end_of_a_request(library: Library, own_home: Path) -> None:
    library.catch_up()
    with library.borrow() as base:
        edition = next(iter(base.lookup.infos))
        text = base.store.text(edition)
        remove(own_home, edition)
        assert base.lookup.edition(edition).text == text
    library.catch_up()
    with library.borrow() as base:
        assert edition not in base.lookup.infos


def test_nothing_is_loaded_again_without_a_change(library: Library, loads: list[tuple[int, str]]) -> None:
    for _ in range(4):
        library.catch_up()
    assert len(loads) == 1


def test_a_half_written_state_is_not_taken(library: Library, own_home: Path, loads: list[tuple[int, str]]) -> None:
    library.catch_up()
    with Store.open(own_home, write=True) as store:
        store.remove(next(info.id for info in store.infos()))
        library.catch_up()
    library.catch_up()
    assert [count for count, _ in loads] == [16]
    with library.borrow() as base:
        assert base.ask("党课多久一次", SCOPE).citations


def test_threads_share_one_base(sample_home: Path) -> None:
    with KnowledgeBase(sample_home) as base:
        alone = [base.ask(question, SCOPE) for question in QUESTIONS]
    with KnowledgeBase(sample_home).hold() as base, ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: base.ask(question, SCOPE), QUESTIONS * 4))
        days = [Scope(date(2000 + year % 26, 1, 1 + year % 28)) for year in range(300)]  # more scopes than are kept
        assert len(list(pool.map(lambda scope: base.search("党课", 3, scope), days))) == 300
    assert together == alone * 4
