"""Duties as a trainer gets them: exact rows, every word the clause's, a calendar that opens."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from openpyxl import load_workbook

from answer.lesson.cadence import cadences, deadlines
from corpus.store import Store
from danggui.cli import main
from danggui.duty_calendar import first_due, rule

LESSONS, DUES = "示例县党支部“三会一课”实施细则", "示例县党费收缴使用管理办法"
POSTED = "示例县驻村帮扶工作队管理办法"


def duties(home: Path, *arguments: str) -> list[dict[str, Any]]:
    command = ["duties", *arguments, "--as-of", "2026-11-01", "--json", "--home", str(home)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    rows: list[dict[str, Any]] = json.loads(result.stdout)["duties"]
    return rows


def row(rows: list[dict[str, Any]], act: str) -> tuple[str, str, str, str, str, str]:
    found = next(one for one in rows if one["act"].startswith(act))
    label = found["citation"]["label"].rpartition("》")[2]
    return found["subject"], found["mode"], found["modal"], found["when"], found["period"], label


def test_rows_say_who_must_do_what_and_how_often(sample_home: Path) -> None:
    rows = duties(sample_home, LESSONS)
    assert row(rows, "每季度至少安排1次党课") == (
        "党支部", "应当", "", "每季度至少安排1次，不少于45分钟，不少于30分钟", "每季度", "第十一条",
    )  # fmt: skip
    assert row(rows, "每月召集1次全体党员会议") == ("党支部书记", "应当", "由", "每月召集1次", "每月", "第八条第二款")
    assert row(rows, "于每年1月20日前") == ("党支部", "应当", "应当", "每年1月20日前", "每年", "第十四条")
    assert row(rows, "凭流动党员活动证")[:3] == ("流动党员", "可以", "可以")
    assert row(rows, "采取线上方式")[:3] == ("选举、表决、讨论发展党员和处分党员的会议", "不得", "不得")
    assert row(rows, "提前1日向党支部书记书面请假") == (
        "党员",
        "应当",
        "应当",
        "提前1日，会后10日内",
        "",
        "第十六条第一款",
    )


def test_an_actor_left_out_is_the_one_before_it_or_said_to_be_open(sample_home: Path) -> None:
    rows = duties(sample_home, LESSONS)
    assert row(rows, "每季度至少联系1次")[0] == "党支部"  # 党支部应当明确专人联系，每季度至少联系1次
    assert row(rows, "每半年至少走访1次")[0] == "党支部"
    assert row(rows, "采取视频会议等线上方式")[0] == "未写明"
    assert row(rows, "党课内容应当经党支部委员会会议")[0] == "未写明"  # a matter, nobody who acts


def test_a_list_of_tasks_belongs_to_whom_the_words_above_it_name(sample_home: Path) -> None:
    rows = duties(sample_home, POSTED)
    assert row(rows, "推进乡村治理") == ("驻村干部", "应当", "主要职责是", "", "", "第七条第（四）项")
    assert not any(one["act"].startswith("身体健康") for one in rows)  # a condition for being chosen


def test_what_happens_in_a_case_is_done_by_nobody_that_the_case_names(sample_home: Path) -> None:
    rows = duties(sample_home, "示例县党员领导干部诫勉谈话实施细则")
    found = next(one for one in rows if one["act"] == "进行诫勉谈话")
    assert (found["subject"], found["condition"]) == (
        "未写明", "党员领导干部有下列情形之一，经核实尚不需要追究党纪政务责任的",
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The duties of a text made for what is easily read wrong."""
    home = tmp_path_factory.mktemp("made")
    lines = "\n\n".join(f"第{'一二三四五六七八九十'[place]}条 {words}" for place, words in enumerate(MADE))
    (file := home / "text.md").write_text(f"# 示例县基层工作办法\n\n{lines}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["ingest", str(file), "--home", str(home / "base")])
    assert result.exit_code == 0, result.output
    return duties(home / "base", "示例县基层工作办法")


MADE = (
    "党支部应当每月召开会议。对违反规定的党员，应当给予批评教育。",
    "各派出单位应当严格执行有关规定。不得擅自更改行程。必要时，可以派人检查。",
    "对于严重违犯党纪、本身又不能纠正的党组织，上一级党的委员会应当予以改组。",
    "退役军官的处分，应当分别由省级纪委、设区的市级纪委负责办理。",
    "党委发现问题的，由纪委决定或者经上级纪委决定并报党委批准。停止党籍的决定由基层党委作出。",
    "党支部应当教育引导党员遵守纪律，不得传播违法信息。",
    "单位应当在三日内告知本人有权委托代理人，并记录在案。",
    "巡视组应当严格执行回避制度，工作人员有亲属关系的，应当申请回避。",
    "凡属重大事项，应当按照集体领导的原则，由领导班子集体决定。",
    "材料的主要内容应当包括：姓名、年龄。可以任命下列人员：（一）秘书长；（二）主任。",
)


@pytest.mark.parametrize(
    ("act", "subject", "modal", "article"),
    [
        ("给予批评教育", "未写明", "应当", "第一条"),  # not the branch that the sentence before speaks of
        ("擅自更改行程", "各派出单位", "不得", "第二条"),
        ("派人检查", "各派出单位", "可以", "第二条"),
        ("予以改组", "上一级党的委员会", "应当", "第三条"),
        ("分别由省级纪委", "省级纪委、设区的市级纪委", "应当", "第四条"),
        ("作出", "基层党委", "由", "第五条"),
        ("传播违法信息", "未写明", "不得", "第六条"),  # the branch or the members: the words leave it open
        ("在三日内告知本人有权委托代理人，并记录在案", "单位", "应当", "第七条"),
        ("申请回避", "工作人员", "应当", "第八条"),
        ("按照集体领导的原则，由领导班子集体决定", "领导班子", "应当", "第九条"),
    ],
)
def test_who_acts_is_whom_the_sentence_names(
    made: list[dict[str, Any]], act: str, subject: str, modal: str, article: str
) -> None:
    found = row(made, act)
    assert (found[0], found[2], found[5]) == (subject, modal, article)


def test_what_is_no_duty_makes_no_row(made: list[dict[str, Any]]) -> None:
    acts = [one["act"] for one in made]
    assert len(made) == 15
    assert not any(words in act for act in acts for words in ("纠正的党组织", "或者经", "包括", "秘书长"))


@pytest.mark.parametrize("title", [LESSONS, DUES, POSTED])
def test_every_word_of_a_row_is_in_its_article(sample_home: Path, title: str) -> None:
    rows = duties(sample_home, title)
    with Store.open(sample_home) as store:
        for one in rows:
            edition, _, path = one["citation"]["id"].partition("/")
            article = store.slice(f"{edition}/{path.split('/')[0]}")
            assert one["citation"]["quote"] in article
            words = [one["modal"], one["condition"], one["act"], *one["when"].split("，")]
            assert all(word in article for word in words)
            assert one["subject"] == "未写明" or one["subject"] in article


def test_the_calendar_of_an_organ(sample_home: Path) -> None:
    rows = duties(sample_home, "--organ", "党支部", "--calendar")
    assert [one["period"] for one in rows] == sorted(
        (one["period"] for one in rows), key=["每月", "每季度", "每半年", "每年"].index
    )
    told = {(one["subject"], one["period"], one["citation"]["label"].rpartition("》")[2]) for one in rows}
    assert ("党支部", "每季度", "第十一条") in told
    assert ("各级党组织", "每年", "第十二条第二款") in told  # every party organisation's duty is the branch's too
    assert all("委" not in one["subject"] or "支部" in one["subject"] for one in rows)


def test_the_calendar_opens_and_recurs(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "duties.ics"
    rows = duties(sample_home, "--organ", "党支部", "--ics", str(file))
    events: dict[str, Any] = {str(one["summary"]): one for one in Calendar.from_ical(file.read_bytes()).walk("VEVENT")}
    lesson = events["党支部：每季度至少安排1次党课，每次不少于45分钟，其中集中讲授时间不少于30分钟"]
    assert lesson["rrule"] == {
        "FREQ": ["YEARLY"], "INTERVAL": [1], "BYMONTH": [3, 6, 9, 12], "BYMONTHDAY": [-1],
    }  # fmt: skip
    assert lesson["dtstart"].dt == date(2026, 12, 31)
    assert "党支部每季度至少安排1次党课" in lesson["description"]
    assert f"《{LESSONS}》第十一条" in lesson["description"]
    day = events["党支部：每月10日开展主题党日，遇节假日顺延"]
    assert (day["rrule"]["BYMONTHDAY"], day["dtstart"].dt) == ([10], date(2026, 11, 10))
    plan = events["党支部：于每年1月20日前制定“三会一课”年度计划，报上级党组织备案"]
    assert (plan["rrule"]["BYMONTH"], plan["dtstart"].dt) == ([1], date(2027, 1, 20))
    assert len({str(one["uid"]) for one in events.values()}) == len(events)
    first = file.read_bytes()
    assert rows == duties(sample_home, "--organ", "党支部", "--ics", str(file))
    assert file.read_bytes() == first


@pytest.mark.parametrize(
    ("words", "name", "months", "day"),
    [
        ("每季度末月20日前报送", "每季度", (), 20),
        ("每季度首月15日前汇总", "每季度", (1, 4, 7, 10), 15),
        ("每年第一季度修订1次", "每年", (3,), -1),
        ("每年1月底和7月底报告", "每年", (1, 7), -1),
        ("每两年开展1次", "每2年", (), 0),
        ("一年两次", "每年", (), 0),
        ("每届任期五年", "每届", (), 0),
        ("每两周召开一次", "每2周", (), 0),
    ],
)
def test_frequencies(words: str, name: str, months: tuple[int, ...], day: int) -> None:
    found = next(cadences(words))
    assert (found.name, found.months, found.day) == (name, months, day)


@pytest.mark.parametrize(
    "words", ["建立定期考察制度", "每人每年补助500元", "每名入党积极分子", "每月3000元以下的", "年度计划"]
)
def test_what_is_no_frequency(words: str) -> None:
    assert list(cadences(words)) == []


def test_deadlines() -> None:
    words = "自收到申诉之日起1个月内作出决定，会后3日内录入，每次会议应当提前3日通知，不得超过六个月"
    assert [words[a:b] for a, b in deadlines(words)] == [
        "自收到申诉之日起1个月内", "会后3日内", "提前3日", "不得超过六个月",
    ]  # fmt: skip


def test_the_end_of_a_quarter_is_due_in_its_last_month() -> None:
    due = next(cadences("每季度末月20日前"))
    assert rule(due)["BYMONTH"] == [3, 6, 9, 12]
    assert first_due(due, date(2026, 11, 1)) == date(2026, 12, 20)
    assert first_due(due, date(2026, 12, 21)) == date(2027, 3, 20)


def test_a_workbook(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "duties.xlsx"
    rows = duties(sample_home, LESSONS, "--xlsx", str(file))
    sheet = load_workbook(file)["职责清单"]
    assert [cell.value for cell in sheet[1]] == [
        "序号",
        "主体",
        "性质",
        "行为",
        "频次、期限",
        "周期",
        "依据",
        "条款原文",
    ]
    assert [line[1].value for line in sheet.iter_rows(min_row=2)] == [one["subject"] for one in rows]


def test_neither_topic_nor_organ_and_nothing_found_are_told(sample_home: Path) -> None:
    for arguments, words in (([], "请写明主题"), (["--organ", "船长"], "没有找到船长的职责")):
        result = CliRunner().invoke(main, ["duties", *arguments, "--home", str(sample_home)])
        assert (result.exit_code, words in result.stderr) == (1, True)
