"""The open-book exam: files read, accuracies, contradicted keys, predictions; floors on the data beside the project."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from answer.bank.items import Keyed
from answer.exam import Choice
from answer.items import Item, ItemKind, reading
from corpus.errors import InputError
from danggui.base import KnowledgeBase, Scope
from danggui.cli import main
from danggui.ingesting import Order, ingest
from eval.answers import inexact
from eval.exam import Report, measure, read_exam

MONTHLY = {
    "id": "示例1", "type": "single", "stem": "党支部委员会会议一般（ ）召开1次。",
    "options": {"A": "每周", "B": "每月"}, "edition_hint": "2019版",
}  # fmt: skip
TEACHERS = {
    "id": "示例2", "type": "multi", "stem": "党课可以由（ ）讲授。",
    "options": {"A": "党员领导干部", "B": "党校教师", "C": "流动党员"}, "edition_hint": "2019版",
}  # fmt: skip
LENGTH = {"id": "示例3", "type": "judge", "stem": "党课每次不少于四十分钟。", "edition_hint": "2019版"}
ABSENCE = {
    "id": "示例4",
    "type": "fill",
    "stem": "无正当理由连续（ ）次不参加的",
    "answer": "三|3次",
    "edition_hint": "2019版",
}
OUTLINE = {"id": "示例6", "type": "judge", "stem": "讲授提纲应当在课前报党支部委员会审核。", "edition_hint": "2019版"}
CASE = {"id": "示例5", "type": "short", "stem": "【案情】……", "answer": "……"}


def write(file: Path, *rows: Mapping[str, object]) -> Path:
    file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return file


def exam(file: Path, home: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["eval", "exam", str(file), "--home", str(home), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_accuracies_and_predictions_with_the_clause(tmp_path: Path, sample_home: Path) -> None:
    keyed = ({**MONTHLY, "answer": "B"}, {**TEACHERS, "answer": "AB"}, {**LENGTH, "answer": "正确"}, ABSENCE, CASE)
    out = tmp_path / "out.jsonl"
    report = json.loads(exam(write(tmp_path / "exam.jsonl", *keyed), sample_home, "--json", "--predictions", str(out)))
    assert (report["items"], report["skipped"], report["cited"], report["contradicted"]) == (4, 1, 4, [])
    assert {kind: figures["accuracy"] for kind, figures in report["kinds"].items()} == {
        "single": 1.0, "multi": 1.0, "judge": 1.0, "fill": 1.0,
    }  # fmt: skip
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(line["id"], line["choice"]) for line in lines] == [
        ("示例1", "B"), ("示例2", "AB"), ("示例3", "正确"), ("示例4", "3"),
    ]  # fmt: skip
    assert all(set(line) == {"id", "choice", "citation"} for line in lines)
    assert lines[0]["citation"]["label"] == "《示例县党支部“三会一课”实施细则》第七条第一款"
    assert lines[0]["citation"]["quote"].startswith("党支部委员会会议一般每月召开1次，")


def test_keys_are_read_in_any_customary_form(tmp_path: Path) -> None:
    file = tmp_path / "exam.jsonl"
    write(
        file,
        {**MONTHLY, "answer": "b"},
        {**TEACHERS, "answer": "B、A"},
        {**LENGTH, "answer": "√"},
        {**LENGTH, "answer": "错"},
    )
    assert [one.key for one in read_exam(file)[0]] == ["B", "AB", "正确", "错误"]


def test_without_keys_there_is_a_choice_and_no_accuracy(tmp_path: Path, sample_home: Path) -> None:
    file = write(tmp_path / "exam.jsonl", MONTHLY, LENGTH)
    assert json.loads(exam(file, sample_home, "--json"))["kinds"] == {
        "single": {"items": 1, "cited": 1},
        "judge": {"items": 1, "cited": 1},
    }


def test_a_key_that_the_clause_contradicts_is_listed_with_the_clause(tmp_path: Path, sample_home: Path) -> None:
    file = write(tmp_path / "exam.jsonl", {**MONTHLY, "answer": "A"}, {**OUTLINE, "answer": "错误"})
    shown = exam(file, sample_home)
    assert "答案与条文不符，请核对（2 题）" in shown
    assert "示例1 答案 A，条文 B" in shown
    assert "第七条第一款（2019-06-18）：党支部委员会会议一般每月召开1次" in shown
    contradicted = json.loads(exam(file, sample_home, "--json"))["contradicted"]
    assert [(one["id"], one["key"], one["choice"]) for one in contradicted] == [
        ("示例1", "A", "B"), ("示例6", "错误", "正确"),
    ]  # fmt: skip


def test_a_wrong_choice_without_a_clause_contradicts_nothing() -> None:
    keyed = Keyed(Item("示例", ItemKind.SINGLE, "党课（ ）", (("A", "甲"), ("B", "乙"))), "A")
    report = measure([keyed], lambda item: Choice("B", None, 1.0, {"A": 0.0, "B": 1.0}))
    assert (report.to_json()["contradicted"], report.outcomes[0].to_json()["citation"]) == ([], None)


def test_the_threshold_for_several_options_is_held_out_by_folds() -> None:
    options = (("A", "甲"), ("B", "乙"))
    low, high = {"A": 0.62, "B": 0.1}, {"A": 0.9, "B": 0.72}
    kind = ItemKind.MULTI
    keyed = [Keyed(Item(str(number), kind, "（ ）", options), "A") for number in range(10)]
    gains = {"0": low, **{str(number): high for number in range(1, 10)}}
    report = measure(keyed, lambda item: Choice("A", None, 0.0, gains[item.id]))
    figures = report.to_json()["kinds"]
    assert figures == {"multi": {"items": 10, "cited": 0, "keyed": 10, "right": 10, "accuracy": 1.0, "held_out": 0.9}}


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"id": "甲"}',
        '{"id": "甲", "type": "judge", "stem": 1}',
        '{"id": "甲", "type": "single", "stem": "乙", "options": 3}',
    ],
)
def test_a_line_of_another_form_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "exam.jsonl"
    file.write_text(f'{{"id": "甲", "type": "judge", "stem": "乙"}}\n{line}\n', "utf-8")
    with pytest.raises(InputError, match=r"exam\.jsonl 第 2 行不是试题"):
        read_exam(file)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "exam.jsonl"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_exam(file)


@pytest.mark.slow
def test_floors_on_party_quiz(shared: Callable[[str], Path], tmp_path: Path) -> None:
    """The required figures; and statements made of single items, which no rule was written for."""
    regs = shared("corpus/regs")
    ingest(tmp_path / "base", Order((regs,), manifest=regs / "manifest.tsv"))
    items, skipped = read_exam(shared("eval/party-quiz/questions.jsonl"))
    with KnowledgeBase(tmp_path / "base") as base:
        scope = Scope(date(2026, 6, 1), all_editions=True)
        report = measure(items, lambda item: base.choose(item, scope), skipped)
        statements = measure(_statements(items), lambda item: base.choose(item, scope))
        hits = [one.choice.hit for one in (*report.outcomes, *statements.outcomes) if one.choice.hit]
        assert inexact(hits, base.lookup.edition) == 0
    assert len(hits) == len(report.outcomes) + len(statements.outcomes)
    right = {kind: figures["accuracy"] for kind, figures in _kinds(report).items()}
    assert right["single"] >= 0.83
    assert right["multi"] >= 0.82
    assert right["judge"] >= 0.80
    assert _kinds(report)["multi"]["held_out"] >= 0.80
    assert {"pq01443", "pq01525"} <= {one.keyed.item.id for one in report.outcomes if one.contradicts}
    assert _kinds(statements)["judge"]["accuracy"] >= 0.73


def _kinds(report: Report) -> dict[str, dict[str, float]]:
    kinds = report.to_json()["kinds"]
    assert isinstance(kinds, dict)
    return kinds


def _statements(items: tuple[Keyed, ...]) -> list[Keyed]:
    """Return two statements for each single item: its stem filled with the key, and with the first other option."""
    found = []
    for keyed in items:
        stem, inverted = reading(keyed.item)
        if keyed.item.kind is ItemKind.SINGLE and stem.count("_") == 1 and not inverted:
            options = dict(keyed.item.options)
            wrong = next(words for letter, words in keyed.item.options if letter != keyed.key)
            for words, key in ((options[keyed.key], "正确"), (wrong, "错误")):
                filled = replace(keyed.item, kind=ItemKind.JUDGE, stem=stem.replace("_", words), options=())
                found.append(Keyed(filled, key))
    return found
