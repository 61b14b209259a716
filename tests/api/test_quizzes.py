"""Quizzes over HTTP: the JSON of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.test_answers import DAY, on_command_line

LESSONS = "示例县党支部“三会一课”实施细则"


def test_a_quiz_is_that_of_the_command_line(api: TestClient, sample_home: Path) -> None:
    body = {"topic": LESSONS, "count": 8, "kinds": ["single", "judge"], "seed": 3, "as_of": DAY}
    quiz = api.post("/api/v1/quizzes", json=body).json()
    command = ("quiz", LESSONS, "-n", "8", "--kinds", "single,judge", "--seed", "3")
    assert quiz == on_command_line(sample_home, *command)
    assert [item["kind"] for item in quiz["items"]] == ["single"] * 4 + ["judge"] * 4


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({"topic": ""}, 422, "topic"),
        ({"topic": LESSONS, "kinds": ["essay"]}, 422, "kinds"),
        ({"topic": LESSONS, "count": 501}, 422, "count"),
    ],
)
def test_what_cannot_be_made_is_told(api: TestClient, body: dict[str, object], status: int, detail: str) -> None:
    answer = api.post("/api/v1/quizzes", json=body)
    assert (answer.status_code, detail in answer.json()["detail"]) == (status, True)
