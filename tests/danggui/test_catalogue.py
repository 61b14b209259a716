"""Regulations that are known without their text: citations, questions, the list of what a base lacks."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from danggui.base import KnowledgeBase, Scope
from danggui.cli import main

DAY = date(2026, 11, 1)
STATES = [
    ("《中国共产党中央委员会工作条例》第三条", "not_checked", "正文未入库，条文未能核对；目录载：", "2020年9月30日公布，施行日期不详，现行有效"),
    ("《国家安全法》第一百条", "not_found", "《中华人民共和国国家安全法》共84条，没有第一百条", "自2015年7月1日起施行"),
    ("《中国共产党问责条例》（2016年）第一条", "superseded", "已被修订或取代", "后来的文本是中国共产党问责条例（2019）"),
    ("《信访条例（1995）》第一条", "repealed", "正文未入库", "后来的文本是信访条例（2005）"),
    ("《关于新形势下党内政治生活的若干准则》第三条", "not_found", "不分条，没有第三条", "2016年10月27日通过"),
    ("《示例县没有的办法》第一条", "not_found", "本库没有《示例县没有的办法》", ""),
]  # fmt: skip


@pytest.mark.parametrize(("words", "state", "why", "known"), STATES)
def test_a_citation_of_an_unread_text_is_never_ok(
    sample_home: Path, words: str, state: str, why: str, known: str
) -> None:
    with KnowledgeBase(sample_home) as base:
        found = base.verify_citation(words, "", DAY)
    assert found.state.value == state, found.message
    assert why in found.message
    assert known in found.message
    assert found.hit is None


def test_before_its_entry_into_force_a_known_text_is_not_yet_in_force(sample_home: Path) -> None:
    with KnowledgeBase(sample_home) as base:
        found = base.verify_citation("《中国共产党纪律处分条例》（2018年）第一条", "", date(2018, 9, 30))
    assert found.state.value == "not_yet_in_force"


def test_a_question_about_an_unread_text_says_so(sample_home: Path) -> None:
    with KnowledgeBase(sample_home) as base:
        answer = base.ask("《国家安全法》规定每年的全民国家安全教育日是哪一天？", Scope(DAY))
    assert (answer.status.value, answer.citations) == ("no_basis", ())
    assert answer.answer == "没有找到依据：《中华人民共和国国家安全法》正文未入库，不能引用它的条文。"
    assert any("自2015年7月1日起施行，现行有效" in note and "正文未入库" in note for note in answer.notes)


def test_the_command_searches_and_tells_what_is_missing(sample_home: Path, tmp_path: Path) -> None:
    def rows(*arguments: str) -> list[dict[str, object]]:
        result = CliRunner().invoke(main, ["catalogue", *arguments, "--json", "--as-of", "2026-11-01"])
        assert result.exit_code == 0, result.output
        found: list[dict[str, object]] = json.loads(result.stdout)
        return found

    (row,) = rows("问责条例", "--missing", "--home", str(sample_home))
    assert (row["title"], row["stored"]) == ("中国共产党问责条例", False)
    editions = row["editions"]
    assert isinstance(editions, list)
    assert [(one["edition"], one["status"], one["stored"]) for one in editions] == [
        ("2016-07-08", "superseded", False),
        ("2019-08-25", "in_force", False),
    ]
    assert len(rows("--home", str(tmp_path))) == 346  # a folder without a base lacks them all


def test_the_command_checks_a_file(tmp_path: Path) -> None:
    file = tmp_path / "目录.tsv"
    file.write_text("title\tlevel\tstatus\tsource\tconfidence\n示例县甲办法\t办法\tin_force\t档案\tread\n", "utf-8")
    good = CliRunner().invoke(main, ["catalogue", "--check", str(file)])
    assert good.stdout == f"{file}：1 个版本，没有不可能的行\n"
    file.write_text("title\tlevel\tstatus\tsource\tconfidence\n示例县甲办法\t甲\tin_force\t档案\tread\n", "utf-8")
    bad = CliRunner().invoke(main, ["catalogue", "--check", str(file)])
    assert bad.exit_code == 1
    assert "第 2 行《示例县甲办法》的 level 列：不认识“甲”" in bad.stderr
