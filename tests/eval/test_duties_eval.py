"""`danggui eval duties` over the sample base: rows of the works named, each deed in the sentence shown."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from danggui.cli import main


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["eval", "duties", *arguments, "--as-of", "2026-11-01", "--home", str(home)])


def test_rows_of_the_works_named_and_a_sample(sample_home: Path) -> None:
    told = json.loads(run(sample_home, "--works", "三会一课", "--sample", "5", "--json").stdout)
    assert told["not_exact"] == 0
    assert told["rows"] > 10
    assert len(told["sample"]) == 5
    assert {row["citation"]["title"] for row in told["sample"]} == {"示例县党支部“三会一课”实施细则"}
    assert {row["citation"]["edition"] for row in told["sample"]} == {"2023-05-12"}
    shown = run(sample_home, "--works", "三会一课", "--sample", "5").stdout.splitlines()
    assert shown[0] == f"共 {told['rows']} 项，与原句不符 0 项"
    for row, line in zip(told["sample"], shown[2::2], strict=True):
        assert " ".join(row["act"].split()) in line


def test_a_pattern_that_is_none_is_told(sample_home: Path) -> None:
    result = run(sample_home, "--works", "支部(")
    assert (result.exit_code, "支部( 不是正则表达式" in result.stderr) == (1, True)


def test_a_fresh_sample_leaves_out_what_other_seeds_drew(sample_home: Path) -> None:
    def drawn(*arguments: str) -> set[str]:
        told = json.loads(run(sample_home, "--works", "三会一课", "--sample", "8", *arguments, "--json").stdout)
        return {json.dumps(row, sort_keys=True) for row in told["sample"]}

    first, second = drawn("--seed", "1"), drawn("--seed", "2")
    assert first & second
    assert not first & drawn("--seed", "2", "--without", "1")
