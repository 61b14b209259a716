"""The page 讲: lessons and duties read on the page, every line with its clause, and taken away as files."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import quote

import pytest
from docx import Document
from fastapi.testclient import TestClient
from icalendar import Calendar
from openpyxl import load_workbook
from pptx import Presentation

WORK = "示例县党支部“三会一课”实施细则"
LESSON = {"topic": WORK, "minutes": "30", "as_of": "2026-11-01"}
DUTIES = {"organ": "党支部", "as_of": "2026-11-01"}
BROWSER = {"accept": "text/html"}


def test_every_line_of_a_lesson_leads_to_its_clause(api: TestClient) -> None:
    text = api.get("/teach/lesson", params=LESSON).text
    place = f'href="/read/{quote(f"{WORK}@2023-05-12", safe="@")}#'
    lines = re.findall(r"<li>(.*?)</li>", text, re.DOTALL)
    assert len(lines) > 5
    assert all('<a class="source" href="/read/' in line for line in lines)
    rows = re.findall(r"<tr><td>(.*?)</tr>", text, re.DOTALL)
    assert len(rows) == 8
    assert all(place in row for row in rows)


def test_a_lesson_is_taken_away_with_its_calendar(api: TestClient) -> None:
    text = api.get("/teach/lesson", params=LESSON).text
    assert "/teach/duties.ics?" in text
    plain = api.get("/teach/lesson.md", params=LESSON)
    assert plain.text.startswith(f"# 《{WORK}》学习提纲")
    assert f"{quote(f'《{WORK}》学习提纲.md', safe='')}" in plain.headers["content-disposition"]
    word = Document(BytesIO(api.get("/teach/lesson.docx", params=LESSON).content))
    assert word.paragraphs[0].text == f"《{WORK}》\n学习提纲"
    slides = Presentation(BytesIO(api.get("/teach/lesson.pptx", params=LESSON).content)).slides
    assert WORK in "".join(shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame)
    calendar = api.get("/teach/duties.ics", params={"topic": WORK, "as_of": "2026-11-01"})
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert str(Calendar.from_ical(calendar.content)["x-wr-calname"]) == f"{WORK}履职日历"


def test_the_duties_of_an_organ_are_listed_and_taken_away(api: TestClient) -> None:
    text = api.get("/teach/duties", params=DUTIES).text
    found = re.search(r"共 (\d+) 项", text)
    assert found
    sheet = load_workbook(BytesIO(api.get("/teach/duties.xlsx", params=DUTIES).content)).active
    assert sheet is not None
    assert sheet.max_row == int(found[1]) + 1
    assert len(re.findall(r"<tr><td>", text)) == int(found[1])


@pytest.mark.parametrize(("asked", "status"), [({"topic": "", "organ": ""}, 400), ({"organ": "火星站"}, 404)])
def test_what_has_no_duties_is_told(api: TestClient, asked: dict[str, str], status: int) -> None:
    answer = api.get("/teach/duties", params=asked, headers=BROWSER)
    assert answer.status_code == status
    assert "主体" in answer.text


def test_a_lesson_has_a_length_that_can_be_planned(api: TestClient) -> None:
    assert api.get("/teach/lesson", params={**LESSON, "minutes": "45"}).status_code == 422


def test_the_calendar_is_that_of_the_interface(api: TestClient) -> None:
    page = api.get("/teach/duties.ics", params=DUTIES)
    assert page.content == api.get("/api/v1/duties.ics", params=DUTIES).content
    assert quote("党支部履职日历.ics", safe="") in page.headers["content-disposition"]


def test_a_topic_that_the_base_lacks_leads_back_to_teaching(api: TestClient) -> None:
    answer = api.get("/teach/lesson", params={"topic": "量子力学"}, headers=BROWSER)
    assert answer.status_code == 404
    assert "没有找到与“量子力学”有关的条款" in answer.text
    assert '<a class="button" href="/teach">回到教学</a>' in answer.text
