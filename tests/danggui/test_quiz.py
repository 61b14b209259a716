"""A quiz as a trainer gets it: exact keys, wrong options that are nowhere in the clause, files that open."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from answer.quiz.model import read_item
from corpus.folding import fold
from corpus.store import Store
from danggui.cli import main

DUES, LESSONS = "示例县党费收缴使用管理办法", "示例县党支部“三会一课”实施细则"


def quiz(home: Path, *arguments: str) -> list[dict[str, Any]]:
    command = ["quiz", *arguments, "--as-of", "2026-11-01", "--json", "--home", str(home)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    items: list[dict[str, Any]] = json.loads(result.stdout)["items"]
    return items


def article(item: dict[str, Any], store: Store) -> str:
    edition, _, path = item["clause"]["id"].partition("/")
    return store.slice(f"{edition}/{path.split('/')[0]}")


@pytest.mark.parametrize("title", [DUES, LESSONS])
def test_every_key_is_a_span_of_its_clause(sample_home: Path, title: str) -> None:
    items = quiz(sample_home, title, "-n", "40")
    assert {item["kind"] for item in items} >= {"single", "multi", "judge", "fill"}
    assert len({item["stem"] for item in items}) == len(items)
    with Store.open(sample_home) as store:
        for item in items:
            clause, (start, end) = item["clause"], item["span"]
            words = store.text(f"{clause['title']}@{clause['edition']}")[start:end]
            assert item["words"] == words
            assert clause["start"] <= start < end <= clause["end"]
            right = [item["options"][letter] for letter in item["key"]] if item["options"] else [item["key"]]
            if item["kind"] == "multi":
                assert all(one in words for one in right)
            elif item["kind"] != "judge":
                assert right == [words]
                assert fold(words) not in fold(item["stem"])
            wrong = [one for letter, one in item["options"].items() if letter not in item["key"]]
            assert all(fold(one) not in fold(article(item, store)) for one in wrong)


def test_the_edition_in_force_gives_the_key(sample_home: Path) -> None:
    items = quiz(sample_home, f"《{LESSONS}》第十一条", "--kinds", "fill")
    said = "党支部每季度至少安排1次党课，每次不少于45分钟，其中集中讲授时间不少于30分钟。"
    filled = [item["stem"].replace("________", item["key"]) for item in items]
    assert f"根据《{LESSONS}》，{said}" in filled
    cited = {(item["clause"]["label"], item["clause"]["edition"]) for item in items}
    assert cited == {(f"《{LESSONS}》第十一条", "2023-05-12")}


def test_a_seed_gives_the_same_items(sample_home: Path) -> None:
    first = quiz(sample_home, DUES, "-n", "10", "--seed", "7")
    assert first == quiz(sample_home, DUES, "-n", "10", "--seed", "7")
    assert first != quiz(sample_home, DUES, "-n", "10", "--seed", "8")
    assert [read_item(item).to_json() for item in first] == first


def test_a_theme_and_a_chapter(sample_home: Path) -> None:
    titles = {item["clause"]["title"] for item in quiz(sample_home, "党课多久一次", "--kinds", "single")}
    assert LESSONS in titles
    chapter = quiz(sample_home, f"《{DUES}》第三章", "-n", "40")
    assert {item["clause"]["headings"][0] for item in chapter} == {"第三章 党费使用"}


def test_files(sample_home: Path, tmp_path: Path) -> None:
    docx, xlsx, table = tmp_path / "q.docx", tmp_path / "q.xlsx", tmp_path / "q.csv"
    items = quiz(sample_home, DUES, "-n", "10", "--docx", str(docx), "--xlsx", str(xlsx), "--csv", str(table))
    headings = [one.text for one in Document(str(docx)).paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[-1] == "参考答案与依据"
    assert headings[0].startswith("一、单选题")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["题型", "题干", "选项A"]
    assert [row[8] for row in rows[1:]] == [item["key"] for item in items]
    sheet = load_workbook(xlsx)["试题"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [item["stem"] for item in items]


def test_wrong_kinds_and_unknown_topics_are_told(sample_home: Path) -> None:
    result = CliRunner().invoke(main, ["quiz", DUES, "--kinds", "essay", "--home", str(sample_home)])
    assert (result.exit_code, "没有这种题型：essay" in result.stderr) == (1, True)
