"""The real regulations as a base: editions grouped, clauses in their day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.titles import work_key
from danggui.base import KnowledgeBase
from danggui.ingesting import Order, ingest

TODAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def base(shared: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """Yield the base of the 99 regulations with their manifest."""
    folder, home = shared("corpus/regs"), tmp_path_factory.mktemp("regs") / "base"
    report = ingest(home, Order((folder,), folder / "manifest.tsv"))
    assert report.failed == ()
    with KnowledgeBase(home) as opened:
        yield opened


def test_all_files_are_in(base: KnowledgeBase) -> None:
    rows = base.editions(TODAY)
    assert (len(rows), sum(row.info.articles for row in rows)) == (99, 4206)
    assert base.verify() == []


@pytest.mark.parametrize(
    ("title", "dates"),
    [
        ("中国共产党章程", ["2007-10-21", "2017-10-24", "2022-10-22"]),
        ("中国共产党纪律处分条例", ["1997-02-27", "2015-10-18", "2018-08-18", "2023-12-19"]),
        ("中国共产党巡视工作条例", ["2015-08-03", "2017-07-01"]),
        ("中国共产党发展党员工作细则", ["2014-05-28", "2026-05-11"]),
    ],
)
def test_editions_of_one_work(base: KnowledgeBase, title: str, dates: list[str]) -> None:
    rows = [row.info for row in base.editions(TODAY) if work_key(row.info.title) == title]
    assert sorted(info.date for info in rows) == dates


STATUSES = [
    ("中国共产党纪律处分条例@2018-08-18", date(2018, 9, 1), "not_yet_in_force"),
    ("中国共产党纪律处分条例@2018-08-18", date(2019, 1, 1), "in_force"),
    ("中国共产党纪律处分条例@2018-08-18", date(2023, 12, 25), "in_force"),
    ("中国共产党纪律处分条例@2018-08-18", date(2024, 1, 1), "superseded"),
    ("中国共产党纪律处分条例@2023-12-19", date(2023, 12, 25), "not_yet_in_force"),
    ("中国共产党问责条例@2016-07-08", date(2017, 5, 1), "in_force"),
    ("中国共产党问责条例@2016-07-08", date(2019, 6, 1), "unknown"),
    ("中国共产党问责条例@2016-07-08", TODAY, "superseded"),
    ("信访条例@2005-01-10", TODAY, "superseded"),
]


@pytest.mark.parametrize(("edition", "day", "status"), STATUSES)
def test_status_on_a_day(base: KnowledgeBase, edition: str, day: date, status: str) -> None:
    assert base.lookup.status(edition, day).value == status


def test_short_titles_lead_to_the_edition_of_the_day(base: KnowledgeBase) -> None:
    hit = base.show("《问责条例》第六条第（三）项", date(2017, 5, 1))
    assert hit.id == "中国共产党问责条例@2016-07-08/art_6/item_3"
    assert hit.label == "《中国共产党问责条例》第六条第（三）项"
    assert hit.quote.startswith("（三）全面从严治党不力，主体责任、监督责任落实不到位")
    assert base.show("党章第三条", TODAY).edition == "2022-10-22"
    assert base.show("党章第三条", date(2018, 1, 1)).edition == "2017-10-24"


def test_references_point_into_the_base(base: KnowledgeBase) -> None:
    references = base.store.references_from("中国共产党纪律检查机关监督执纪工作规则@2018-12-28")
    constitution = next(one for one in references if one.words.startswith("《中国共产党章程》"))
    assert constitution.target.startswith("中国共产党章程@2017-10-24")


def changes_in(manifest: Path) -> list[tuple[str, str, str, date]]:
    """Return work, earlier and later edition id and the day of each change that a manifest dates to the day."""
    rows = [line.split("\t") for line in manifest.read_text("utf-8").splitlines()]
    works: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows[1:]:
        cells = dict(zip(rows[0], row, strict=False))
        works[work_key(cells["title"])].append(cells)
    found = []
    for work, editions in works.items():
        for earlier, later in pairwise(sorted(editions, key=lambda cells: cells["issued"])):
            day = re.search(r"\d{4}-\d{2}-\d{2}\)?$", later["effective"])
            if day:
                first, second = (f"{cells['title']}@{cells['issued']}" for cells in (earlier, later))
                found.append((work, first, second, date.fromisoformat(day[0].strip(")"))))
    return found


@pytest.mark.slow
def test_every_change_counts_from_its_day(base: KnowledgeBase, shared: Callable[[str], Path]) -> None:
    changes = changes_in(shared("corpus/regs") / "manifest.tsv")
    assert (len(changes), len({work for work, *_ in changes})) == (9, 6)
    gaps = {("中国共产党章程", "2017"), ("中国共产党纪律处分条例", "2016")}  # an edition between is not in the base
    for work, earlier, later, day in changes:
        before, cited = day - timedelta(days=1), f"《{work}》第一条"
        shown = [base.show(cited, on) for on in (before, day)]
        assert [hit.edition_id for hit in shown] == [earlier, later]
        past = "superseded" if (work, str(day.year)) in gaps else "in_force"
        assert [hit.status for hit in shown] == [past, "in_force"]
        assert base.lookup.status(later, before).value == "not_yet_in_force"
        assert base.lookup.status(earlier, day).value == "superseded"


@pytest.mark.slow
def test_a_change_whose_day_is_not_stated_is_unknown(base: KnowledgeBase) -> None:
    law = "中华人民共和国村民委员会组织法"
    hits = [base.show(f"《{law}》第一条", day) for day in (date(2025, 10, 27), date(2025, 10, 28))]
    assert [(hit.edition, hit.status) for hit in hits] == [("2018-12-29", "in_force"), ("2025-10-28", "unknown")]
