"""Planted citations: made from real clauses, each with what must come out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from answer.verify import State, Verification
from danggui.base import KnowledgeBase
from danggui.cli import main
from eval.planted import Case, Planted, measure

TODAY = date(2026, 11, 1)


def test_every_kind_gets_its_state_on_the_samples(sample_home: Path) -> None:
    options = ["--home", str(sample_home), "--as-of", "2026-11-01", "--size", "20", "--json"]
    result = CliRunner().invoke(main, ["eval", "citations", *options])
    figures = json.loads(result.stdout)
    assert (result.exit_code, figures["missed"]) == (0, [])
    assert {kind: counts["planted"] for kind, counts in figures["kinds"].items()} == dict.fromkeys(
        map(str, Planted), 20
    )
    assert figures["right"] == figures["planted"] == 140


def test_a_wrong_state_is_counted(sample_home: Path) -> None:
    case = Case(Planted.RIGHT, "《示例县党务公开实施细则》第九十九条", TODAY, frozenset({State.OK}))
    with KnowledgeBase(sample_home) as base:
        report = measure([case], base.verify_citation)
    assert (report.to_json()["planted"], report.to_json()["right"]) == (1, 0)
    assert next(report.lines()) == "right: 0/1"


def test_a_state_without_the_right_reason_does_not_hold() -> None:
    case = Case(Planted.ARTICLE, "《办法》第九条", TODAY, frozenset({State.NOT_FOUND}), range="第一条至第六条")
    assert case.holds(Verification("", State.NOT_FOUND, "", range="第一条至第六条"))
    assert not case.holds(Verification("", State.NOT_FOUND, "", range="第一条至第五条"))
    changed = Case(Planted.CHARACTER, "", TODAY, frozenset({State.TEXT_MISMATCH}), changed=("三", "五"))
    assert changed.holds(
        Verification("", State.TEXT_MISMATCH, "", diff=(("equal", "十", "十"), ("replace", "三", "五")))
    )
    assert not changed.holds(Verification("", State.TEXT_MISMATCH, "", diff=(("insert", "", "五"),)))


def test_true_statements_are_kept_and_turned_ones_dropped(sample_home: Path) -> None:
    options = ["--home", str(sample_home), "--as-of", "2026-11-01", "--size", "200", "--json"]
    counts = json.loads(CliRunner().invoke(main, ["eval", "statements", *options]).stdout)
    assert counts.pop("true") == {"planted": 200, "kept": 200}
    assert counts["figure"]["planted"] > 0
    assert counts["other_article"]["planted"] > 100
    kept = sum(count["kept"] for count in counts.values())
    assert kept <= 0.03 * sum(count["planted"] for count in counts.values())
