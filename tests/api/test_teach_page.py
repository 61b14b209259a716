"""The page 讲: a quiz answered on the page, scored with its clauses, and taken away as files."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import quote

import pytest
from docx import Document
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from answer.items import ItemKind
from answer.quiz.make import make
from answer.quiz.model import QuizItem
from api.page.access import read_day
from api.page.grading import is_right
from api.service import Service
from danggui.topics import topic_of

WORK = "示例县党支部“三会一课”实施细则"
ASKED = {"topic": WORK, "count": "12", "seed": "7", "as_of": "2026-11-01"}
BROWSER = {"accept": "text/html"}


@pytest.fixture(scope="module")
def items(api: TestClient) -> tuple[QuizItem, ...]:
    """Return the items of the quiz that is asked for, with their keys."""
    service: Service = api.app.state.service  # type: ignore[attr-defined]
    with service.library.borrow() as base:
        return make(topic_of(base, WORK, read_day("2026-11-01")), 12, tuple(ItemKind), 7)


def generation(api: TestClient) -> str:
    found = re.search(r'name="generation" value="([^"]+)"', api.get("/teach/quiz", params=ASKED).text)
    assert found
    return found[1]


def right(items: tuple[QuizItem, ...]) -> dict[str, list[str]]:
    """Return the form of one who knows everything."""
    return {f"a{number}": list(item.key) if item.options else [item.key] for number, item in enumerate(items, 1)}


def test_a_quiz_asks_and_does_not_tell(api: TestClient, items: tuple[QuizItem, ...]) -> None:
    text = api.get("/teach/quiz", params=ASKED).text
    assert len(re.findall(r'class="question"', text)) == len(items) == 12
    assert "正确答案" not in text
    assert "<blockquote>" not in text
    assert text == api.get("/teach/quiz", params=ASKED).text


def test_right_answers_score_and_every_clause_is_shown(api: TestClient, items: tuple[QuizItem, ...]) -> None:
    form = {"generation": generation(api), **right(items)}
    text = api.post("/teach/quiz", params=ASKED, data=form).text
    scored = sum(item.kind is not ItemKind.SHORT for item in items)
    assert f"答对 {scored} / {scored} 题" in text
    assert text.count("<blockquote>") == len(items)
    assert f'href="/read/{quote(items[0].clause.edition_id, safe="@")}#' in text


def test_a_wrong_and_a_missing_answer_are_told_apart(api: TestClient, items: tuple[QuizItem, ...]) -> None:
    single = next(number for number, item in enumerate(items, 1) if item.kind is ItemKind.SINGLE)
    other = next(letter for letter, _ in items[single - 1].options if letter != items[single - 1].key)
    text = api.post("/teach/quiz", params=ASKED, data={"generation": generation(api), f"a{single}": other}).text
    assert text.count('<span class="badge failed">答错') == 1
    assert text.count("（您选的）") == 1
    assert "答对 0 /" in text


def test_a_number_counts_in_either_writing(items: tuple[QuizItem, ...]) -> None:
    fill = next(item for item in items if item.kind is ItemKind.FILL)
    assert is_right(fill, [f" {fill.key}。"])
    assert not is_right(fill, [fill.key + "以上"])
    assert not is_right(fill, [])


def test_an_answer_to_a_base_that_has_changed_is_not_scored(api: TestClient) -> None:
    answer = api.post("/teach/quiz", params=ASKED, data={"generation": "former"}, headers=BROWSER)
    assert answer.status_code == 409
    assert "请重新出题" in answer.text


def test_a_quiz_is_taken_away(api: TestClient, items: tuple[QuizItem, ...]) -> None:
    paper = api.get("/teach/quiz.docx", params=ASKED)
    assert f"{quote(f'《{WORK}》测试题.docx', safe='')}" in paper.headers["content-disposition"]
    words = "\n".join(one.text for one in Document(BytesIO(paper.content)).paragraphs)
    assert items[0].stem in words
    sheet = load_workbook(BytesIO(api.get("/teach/quiz.xlsx", params=ASKED).content)).active
    assert sheet is not None
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [item.stem for item in items]
    assert api.get("/teach/quiz.exe", params=ASKED).status_code == 422


def test_what_no_quiz_can_be_made_of_is_told(api: TestClient) -> None:
    answer = api.get("/teach/quiz", params={"topic": "示例县党务公开实施细则第二十五条"}, headers=BROWSER)
    assert answer.status_code == 404
    assert "没有能出成题的条款" in answer.text
    assert api.get("/teach/quiz", params={**ASKED, "count": "1000"}).status_code == 422


def test_a_quiz_on_a_chapter_is_called_by_its_citation(api: TestClient) -> None:
    text = api.get("/teach/quiz", params={**ASKED, "topic": f"《{WORK}》第二章", "count": "5"}).text
    assert f"<title>测验：《{WORK}》第二章 · 党规知识库</title>" in text
