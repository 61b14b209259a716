"""`danggui eval quiz` over the sample base: as many items as wished, every key a span, the same draw for a seed."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from answer.quiz.model import read_item
from danggui.cli import main


def test_quizzes_over_drawn_regulations(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "items.json"
    command = ["eval", "quiz", "-n", "50", "--regulations", "5", "--as-of", "2026-11-01", "--home", str(sample_home)]
    result = CliRunner().invoke(main, [*command, "--out", str(file), "--json"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout)
    assert (figures["regulations"], figures["items"], figures["not_spans"]) == (5, 50, 0)
    assert sum(figures["difficulties"].values()) == 50
    asked, there = figures["chapters"]
    assert there * 0.7 <= asked <= there
    items = [read_item(item) for item in json.loads(file.read_text("utf-8"))["items"]]
    assert len({item.clause.title for item in items}) == 5
    sample = CliRunner().invoke(main, [*command, "--sample", "3"]).stdout
    assert sample.endswith("共 3 题\n")
    assert sum(item.stem in sample for item in items) == 3
