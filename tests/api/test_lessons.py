"""Lessons, duties and terms over HTTP: the command line's JSON, by way of the service."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient
from icalendar import Calendar

from api.lesson_models import DutiesOut, GlossaryOut, LessonOut
from tests.api.test_answers import DAY, on_command_line

TOPIC = "示例县党支部“三会一课”实施细则"


def test_a_lesson_is_that_of_the_command_line(api: TestClient, sample_home: Path) -> None:
    told = api.get("/api/v1/lessons", params={"topic": TOPIC, "minutes": 30, "as_of": DAY}).json()
    assert told == on_command_line(sample_home, "lesson", TOPIC, "--minutes", "30")
    assert LessonOut.model_validate(told).sections[0].heading == "为什么学"


def test_duties_are_those_of_the_command_line(api: TestClient, sample_home: Path) -> None:
    told = api.get("/api/v1/duties", params={"organ": "党支部", "periodic": "true", "as_of": DAY}).json()
    assert told == on_command_line(sample_home, "duties", "--organ", "党支部", "--calendar")
    assert DutiesOut.model_validate(told).duties[0].period == "每月"


def test_a_calendar_to_subscribe_to(api: TestClient) -> None:
    answer = api.get("/api/v1/duties.ics", params={"organ": "党支部", "as_of": DAY})
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    book = Calendar.from_ical(answer.content)
    assert str(book["x-wr-calname"]) == "党支部履职日历"
    assert len(book.walk("VEVENT")) == 16


def test_a_glossary_is_that_of_the_command_line(api: TestClient, sample_home: Path) -> None:
    told = api.get("/api/v1/glossary", params={"topic": TOPIC, "as_of": DAY}).json()
    assert told == on_command_line(sample_home, "glossary", TOPIC)
    assert GlossaryOut.model_validate(told).terms[0].term == "三会一课"


def test_what_is_wrong_is_told(api: TestClient) -> None:
    asked: list[tuple[str, dict[str, str], int, str]] = [
        ("/api/v1/duties", {}, 400, "请写明主题"),
        ("/api/v1/duties", {"organ": "船长"}, 404, "没有找到船长的职责"),
        ("/api/v1/lessons", {"topic": TOPIC, "minutes": "45"}, 422, "minutes：只能是 30、60、90"),
        ("/api/v1/glossary", {"topic": "《示例县党费收缴使用管理办法》第二条"}, 404, "没有定义术语"),
    ]
    for path, params, status, words in asked:
        answer = api.get(path, params=params)
        assert (answer.status_code, words in answer.json()["detail"]) == (status, True)
