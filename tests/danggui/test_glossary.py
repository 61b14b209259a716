"""Terms with what clauses or the reviewed table say of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from danggui.cli import main


def terms(home: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    result = CliRunner().invoke(main, ["glossary", *arguments, "--as-of", "2026-11-01", "--json", "--home", str(home)])
    assert result.exit_code == 0, result.output
    return {one["term"]: one for one in json.loads(result.stdout)["terms"]}


def test_a_term_is_defined_by_its_clause(sample_home: Path) -> None:
    found = terms(sample_home)
    meetings = found["三会一课"]
    assert meetings["definition"] == "定期召开党支部党员大会、党支部委员会会议、党小组会，按时上党课"
    assert meetings["citation"]["label"] == "《示例县党支部“三会一课”实施细则》第二条"
    assert meetings["citation"]["edition"] == "2023-05-12"
    assert found["国内公务"]["kind"] == "definition"
    assert all(one["definition"] in one["citation"]["quote"] for one in found.values() if one["kind"] == "definition")


def test_a_number_abbreviation_comes_with_its_list_and_origin(sample_home: Path) -> None:
    found = terms(sample_home)["三重一大"]
    assert found["definition"] == "重大事项决策、重要干部任免、重要项目安排、大额资金使用"
    assert found["origin"].startswith("《关于进一步推进国有企业贯彻落实“三重一大”决策制度的意见》")
    assert "三重一大" in found["citation"]["quote"]


def test_one_that_nothing_explains_is_said_to_be_open(sample_home: Path) -> None:
    found = terms(sample_home)["四议两公开"]
    assert (found["kind"], found["definition"], found["origin"]) == ("formulation", "", "")


def test_short_names_come_when_they_are_asked_for(sample_home: Path) -> None:
    assert "中心组" not in terms(sample_home)
    assert terms(sample_home, "--short-names")["中心组"]["definition"] == "理论学习中心组"


def test_a_topic_without_terms_is_told(sample_home: Path) -> None:
    result = CliRunner().invoke(main, ["glossary", "《示例县党费收缴使用管理办法》第二条", "--home", str(sample_home)])
    assert (result.exit_code, "没有定义术语" in result.stderr) == (1, True)
