"""Quizzes and question banks over HTTP: the JSON of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.test_answers import DAY, on_command_line

LESSONS = "示例县党支部“三会一课”实施细则"
ASKED = "党支部（ ）至少安排1次党课，每次不少于45分钟。"
BANK = f"题目,甲,乙,答案\n{ASKED},每月,每季度,A\n{ASKED},每月,每季度,B\n".encode("gb18030")


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
        ({"topic": LESSONS, "kinds": ["essay"]}, 422, "kinds：只能是 single、multi、judge、fill、short"),
        ({"topic": "量子力学"}, 404, "没有找到与“量子力学”有关的条款"),
        ({"topic": LESSONS, "count": 501}, 422, "count"),
    ],
)
def test_what_cannot_be_made_is_told(api: TestClient, body: dict[str, object], status: int, detail: str) -> None:
    answer = api.post("/api/v1/quizzes", json=body)
    assert (answer.status_code, detail in answer.json()["detail"]) == (status, True)


def test_an_uploaded_bank_is_checked(api: TestClient) -> None:
    params = {"as_of": "2026-11-01", "column": ["选项A=甲", "选项B=C"]}
    reply = api.post("/api/v1/quiz-checks", files={"file": ("示例.csv", BANK)}, params=params)
    assert reply.status_code == 200
    report = reply.json()
    assert report["columns"] == ["题干＝A列“题目”；选项A＝B列“甲”；选项B＝C列“乙”；答案＝D列“答案”"]
    assert [(one["key"], one["says"], one["state"]) for one in report["findings"]] == [
        ("A", "B", "wrong"),
        ("B", "B", "ok"),
    ]
    assert report["findings"][0]["clause"]["label"] == "《示例县党支部“三会一课”实施细则》第十一条"
    assert (report["items"], report["counts"]["wrong"], report["findings"][0]["now"]) == (2, 1, None)


def test_what_is_no_bank_and_too_long_a_bank_are_refused_in_chinese(api: TestClient) -> None:
    reply = api.post("/api/v1/quiz-checks", files={"file": ("散文.txt", "本县党员认真学习。".encode())})
    assert reply.status_code == 400
    assert "散文.txt 中没有读出试题" in reply.text
    long = BANK + BANK.partition(b"\n")[2] * 100
    reply = api.post("/api/v1/quiz-checks", files={"file": ("长.csv", long)})
    assert "长.csv 有 202 题，一次至多 200 题" in reply.text


def test_a_bank_may_be_as_large_as_any_upload(api: TestClient) -> None:
    large = BANK + (("本行不是题" * 40 + ",,,\n") * 1_000).encode("gb18030")
    reply = api.post("/api/v1/quiz-checks", files={"file": ("大.csv", large)}, params={"as_of": "2026-11-01"})
    assert (len(large) > 256 << 10, reply.status_code) == (True, 200)
