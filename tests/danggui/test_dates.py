"""Dates with their sources, settled by a human, and clauses that a later text ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from answer.verify import State
from corpus.store import Store
from danggui.base import KnowledgeBase, Scope
from danggui.cli import main
from danggui.ingesting import Order, ingest

OLD = "示例县公文办理办法@2020-01-10"
TEXTS = {
    "公文.txt": "示例县公文办理办法\n（2020年1月10日中共示例县委印发）\n第一条　公文由办公室统一登记。\n"
    "第二条　急件应当在一日内办结，办结情况登记备查。\n第三条　公文印制数量由承办科室核定。\n第四条　本办法自2020年2月1日起施行。\n",
    "印制.txt": "示例县公文印制规定\n（2022年3月1日中共示例县委印发）\n第一条　公文印制数量由办公室核定。\n"
    "第二条　本规定自2022年4月1日起施行，《示例县公文办理办法》第三条同时废止。\n"
    "第三条　《示例县公文办理办法》第二条自2022年5月1日起暂停执行。\n",
    "档案.txt": "示例县档案移交办法\n（2019年5月印发）\n第一条　档案每年移交一次。\n第二条　移交由档案员负责。\n",
    "旧档案.txt": "示例县档案接收办法\n（2018年印发）\n第一条　档案接收应当清点。\n",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    manifest = "file\ttitle\tissued\teffective\tstatus\n旧档案.txt\t示例县档案接收办法\t2018-03-05\t\tsuperseded by 示例县档案移交办法（2019）\n"
    (folder / "manifest.tsv").write_text(manifest, "utf-8")
    report = ingest(tmp_path / "base", Order((folder,), folder / "manifest.tsv", workers=1))
    assert report.failed == ()
    return tmp_path / "base"


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)])


def facts(home: Path, title: str, *options: str) -> Any:  # noqa: ANN401 (JSON)
    result = run(home, "dates", title, "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def said(edition: dict[str, Any], field: str) -> list[tuple[str, str, str, bool]]:
    return [
        (one["value"], one["source"], one["words"], one["counts"]) for one in edition["dates"] if one["field"] == field
    ]


def test_every_date_names_its_source_and_unknown_ones_are_unknown(home: Path) -> None:
    (office,) = facts(home, "公文办理办法")
    assert said(office, "issued") == [("2020-01-10", "text", "2020年1月10日中共示例县委印发", True)]
    assert said(office, "effective") == [("2020-02-01", "text", "自2020年2月1日起施行", True)]
    assert said(office, "adopted") == said(office, "repealed") == [("", "", "", True)]
    (handing,) = facts(home, "档案移交办法")
    assert said(handing, "issued") == [("2019-05", "text", "2019年5月印发", True)]
    assert said(handing, "effective") == [("", "", "", True)]  # printed is not in force
    assert "施行  不详" in run(home, "dates", "档案移交办法").stdout
    (taking,) = facts(home, "档案接收办法")
    assert said(taking, "issued") == [("2018-03-05", "manifest", "2018-03-05", True)]
    assert [one[:2] for one in said(taking, "superseded")] == [("2019-05-01/2019-05-31", "later_text")]
    assert taking["successor"] == "示例县档案移交办法@2019-05"


def test_a_date_settled_by_a_human_wins_at_once_and_is_logged(home: Path) -> None:
    handing = "示例县档案移交办法@2019-05"

    def status(day: str) -> str:
        rows = json.loads(run(home, "list", "--json", "--as-of", day).stdout)
        return next(str(row["status"]) for row in rows if row["title"] == "示例县档案移交办法")

    assert [status(day) for day in ("2019-04-30", "2019-06-30", "2019-07-01")] == [
        "not_yet_in_force",
        "unknown",
        "unknown",
    ]
    done = run(home, "dates", "set", handing, "effective", "2019-07-01", "--by", "档案科", "--note", "印发通知第2页")
    assert (done.exit_code, done.stdout) == (0, f"已确认 {handing} 的施行日期：2019-07-01\n")
    assert [status(day) for day in ("2019-06-30", "2019-07-01")] == ["not_yet_in_force", "in_force"]
    with KnowledgeBase(home) as base:
        hit = base.show("《示例县档案移交办法》第一条", date(2019, 7, 1))
        assert (hit.status, hit.quote) == ("in_force", "第一条　档案每年移交一次。")
        found = base.search("档案多久移交一次", 3, Scope(date(2019, 6, 30)))
        assert "示例县档案移交办法" not in {one.title for one in found}
        change = base.store.changes()[-1]
        assert (change.action, change.edition_id) == ("dated", handing)
        assert change.detail == "施行日期 不详 → 2019-07-01（档案科：印发通知第2页）"
    (row,) = facts(home, "档案移交办法")
    ((value, source, words, counts),) = said(row, "effective")
    assert (value, source, counts) == ("2019-07-01", "human", True)
    assert words.startswith("档案科：印发通知第2页（20")
    assert run(home, "dates", "unset", handing, "effective", "--by", "档案科").exit_code == 0
    assert status("2019-07-01") == "unknown"
    assert said(facts(home, "档案移交办法")[0], "effective") == [("", "", "", True)]


def test_a_human_may_correct_what_a_text_says_even_to_an_earlier_day(home: Path) -> None:
    run(home, "dates", "set", OLD, "effective", "2019-12-01", "--by", "法规科")
    (row,) = facts(home, "公文办理办法", "--as-of", "2019-12-01")
    assert row["status"] == "in_force"
    assert [one[:2] + one[3:] for one in said(row, "effective")] == [
        ("2019-12-01", "human", True),
        ("2020-02-01", "text", False),
    ]


def test_repeal_can_be_set_and_denied(home: Path) -> None:
    def status(day: str) -> str:
        return str(facts(home, "档案接收办法", "--as-of", day)[0]["status"])

    taking = "示例县档案接收办法@2018-03-05"
    assert [status(day) for day in ("2018-04-01", "2019-06-01")] == ["unknown", "superseded"]
    run(home, "dates", "set", taking, "superseded", "无", "--by", "法规科")
    run(home, "dates", "set", taking, "effective", "2018-04-01", "--by", "法规科")
    assert [status(day) for day in ("2018-04-01", "2026-01-01")] == ["in_force", "in_force"]
    run(home, "dates", "set", taking, "repealed", "2021-01-01", "--by", "法规科")
    assert [status(day) for day in ("2020-12-31", "2021-01-01")] == ["in_force", "repealed"]


WRONG = [
    ((OLD, "effective", "去年"), "“去年”不是施行日期；请写成 2016-07-08、2016-07 或 2016，没有的写“不详”"),
    ((OLD, "repealed", "不详"), "“不详”不是废止日期；请写成 2016-07-08、2016-07 或 2016，没有的写“无”"),
    ((OLD, "printed", "2020-01-01"), "没有“printed”这一项日期；可以确认的有：adopted（通过）"),
    (("示例县没有的办法@2020", "effective", "2020-01-01"), "知识库里没有这个版本：示例县没有的办法@2020"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_what_cannot_be_settled_is_refused(home: Path, arguments: tuple[str, ...], message: str) -> None:
    result = run(home, "dates", "set", *arguments, "--by", "法规科")
    assert result.exit_code == 1
    assert message in result.stderr


def test_settled_dates_must_fit_each_other_and_bear_a_name(home: Path) -> None:
    run(home, "dates", "set", OLD, "adopted", "2020-01-08", "--by", "法规科")
    result = run(home, "dates", "set", OLD, "effective", "2019-01-01", "--by", "法规科")
    assert (result.exit_code, "施行日期 2019-01-01 早于已确认的通过日期 2020-01-08" in result.stderr) == (1, True)
    assert run(home, "dates", "set", OLD, "effective", "2020-01-01").exit_code == 2
    assert "由谁确认" in run(home, "dates", "set", OLD, "effective", "2020-01-01", "--by", " ").stderr
    assert "没有人工确认过" in run(home, "dates", "unset", OLD, "issued", "--by", "法规科").stderr


def test_settled_dates_outlive_a_file_that_is_read_again(home: Path, tmp_path: Path) -> None:
    run(home, "dates", "set", "示例县档案接收办法@2018-03-05", "effective", "2018-04-01", "--by", "法规科")
    folder = tmp_path / "texts"
    again = ingest(home, Order((folder,), folder / "manifest.tsv", workers=1))
    assert again.totals()["unchanged"] == len(TEXTS)
    manifest = (folder / "manifest.tsv").read_text("utf-8").replace("2018-03-05", "2018-03-06")
    (folder / "manifest.tsv").write_text(manifest, "utf-8")
    ingest(home, Order((folder,), folder / "manifest.tsv", workers=1))
    with Store.open(home) as store:
        assert store.info("示例县档案接收办法@2018-03-06").metadata.effective == "2018-04-01"
        assert store.stated("示例县档案接收办法@2018-03-06").metadata.effective == ""
        assert store.verify() == []


@pytest.fixture
def base(home: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(home) as opened:
        yield opened


def test_a_clause_that_a_later_text_repeals_counts_no_more(base: KnowledgeBase, home: Path) -> None:
    def state(words: str, day: date) -> State:
        return base.verify_citation(words, "", day).state

    third = "《示例县公文办理办法》第三条"
    assert [state(third, day) for day in (date(2022, 3, 31), date(2022, 4, 1))] == [State.OK, State.REPEALED]
    assert state("《示例县公文办理办法》第一条", date(2022, 4, 1)) is State.OK
    assert state("《示例县公文办理办法》第二条", date(2022, 6, 1)) is State.NOT_CHECKED
    told = base.verify_citation(third, "", date(2022, 4, 1)).message
    assert "已废止；示例县公文印制规定@2022-03-01规定“" in told
    assert "《示例县公文办理办法》第三条同时废止”" in told
    assert base.show(third, date(2022, 4, 1)).status == "repealed"
    found = base.search("公文印制数量由谁核定", 3, Scope(date(2022, 6, 1)))
    assert [hit.id for hit in found if hit.quote.startswith(("第三条　公文印制", "第一条　公文印制"))] == [
        "示例县公文印制规定@2022-03-01/art_1"
    ]
    before, after = (base.search("公文印制数量由承办科室核定", 1, Scope(date(2022, month, 1))) for month in (3, 6))
    assert [hit.id for hit in before] == ["示例县公文办理办法@2020-01-10/art_3"]
    assert [hit.id for hit in after] == ["示例县公文印制规定@2022-03-01/art_1"]
    (row,) = facts(home, "公文办理办法")
    assert [(one["path"], one["state"], one["value"], one["by"]) for one in row["clauses"]] == [
        ("art_3", "repealed", "2022-04-01", "示例县公文印制规定@2022-03-01"),
        ("art_2", "suspended", "2022-05-01", "示例县公文印制规定@2022-03-01"),
    ]
