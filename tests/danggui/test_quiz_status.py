"""A saved quiz after the base has moved on: what is stale, why, and where the words stand now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from danggui.cli import main

LESSONS = "示例县党支部“三会一课”实施细则"


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)])


@pytest.fixture
def saved(sample_home: Path, tmp_path: Path) -> Path:
    """Return a quiz on the edition of 2019, made while it was in force."""
    file = tmp_path / "quiz.json"
    command = ("quiz", LESSONS, "-n", "200", "--kinds", "fill", "--as-of", "2022-11-01", "--out", str(file))
    result = run(sample_home, *command)
    assert result.exit_code == 0, result.output
    return file


def status(home: Path, file: Path, day: str) -> tuple[int, dict[str, Any]]:
    result = run(home, "quiz-status", str(file), "--as-of", day, "--json")
    return result.exit_code, json.loads(result.stdout)


def changed(file: Path, **fields: object) -> Path:
    """Return a file in which fields of the first item are others."""
    quiz = json.loads(file.read_text("utf-8"))
    quiz["items"][0].update(fields)
    file.write_text(json.dumps(quiz), "utf-8")
    return file


def test_a_quiz_is_current_while_its_edition_is(sample_home: Path, saved: Path) -> None:
    code, report = status(sample_home, saved, "2022-11-01")
    assert (code, report["stale"]) == (0, 0)
    assert {item["state"] for item in report["items"]} == {"current"}


def test_a_later_edition_makes_it_stale_and_tells_what_it_still_says(sample_home: Path, saved: Path) -> None:
    code, report = status(sample_home, saved, "2026-11-01")
    assert (code, report["stale"]) == (1, len(report["items"]))
    told = {item["stem"].replace("________", item["key"]): item for item in report["items"]}
    same = next(one for words, one in told.items() if "召开党支部党员大会进行选举、表决的" in words)
    assert same["successor"]["label"] == f"《{LESSONS}》第六条第二款"
    assert (same["state"], same["kept"]) == ("superseded", "sentence")
    assert same["message"].endswith("有关文字未变，题目仍可用，改注新条款即可")
    record = next(one for words, one in told.items() if "记录本保存期限" in words)
    assert (record["key"], record["kept"]) == ("3年", "nothing")
    lines = run(sample_home, "quiz-status", str(saved), "--as-of", "2026-11-01").stdout
    count = len(report["items"])
    assert lines.endswith(f"共 {count} 题，过时 {count} 题\n")


def test_other_words_at_the_span_and_an_edition_that_is_gone(sample_home: Path, saved: Path) -> None:
    code, report = status(sample_home, changed(saved, words="三分之二"), "2022-11-01")
    assert (code, report["stale"], report["items"][0]["state"]) == (1, 1, "changed")
    clause = json.loads(saved.read_text("utf-8"))["items"][0]["clause"]
    gone = {**clause, "edition": "2016-01-01", "id": clause["id"].replace("2019-06-18", "2016-01-01")}
    code, report = status(sample_home, changed(saved, clause=gone), "2026-11-01")
    assert report["items"][0]["state"] == "missing"
    assert report["items"][0]["message"].endswith(f"库中现有《{LESSONS}》（2023年5月12日），请据以重新出题")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("题型,题干", "不是 JSON 文件；请给出 danggui quiz --out 存下的试题"),
        ("{}", "里没有试题（items）；请给出 danggui quiz --out 存下的试题"),
        ('{"items": [{"stem": "一"}]}', "第 1 题不是 danggui quiz"),
    ],
)
def test_a_file_that_is_no_quiz(sample_home: Path, tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    result = run(sample_home, "quiz-status", str(file))
    assert (result.exit_code, message in result.stderr) == (1, True)
