"""`danggui check` on drafts of our own against the bundled samples: every fault found at its place, nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from danggui.cli import main

DAY = "2026-11-01"
FLOW, LESSONS, FEES = (
    "示例县发展党员工作流程规定",
    "示例县党支部“三会一课”实施细则",
    "示例县党费收缴使用管理办法",
)


def checked(home: Path, folder: Path, *lines: str) -> Any:  # noqa: ANN401 (JSON)
    file = folder / "通知.txt"
    file.write_text("\n".join(("示例县关于规范组织生活的通知", *lines)), "utf-8")
    result = CliRunner().invoke(main, ["check", str(file), "--home", str(home), "--json", "--as-of", DAY])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


FAULTS = [
    pytest.param(f"依照《{FLOW}》第九十条办理。", "citation", "not_found", f"《{FLOW}》第九十条", id="no-such-article"),
    pytest.param("依照《示例县党员体检管理办法》第三条办理。", "citation", "not_checked", "《示例县党员体检管理办法》第三条", id="work-unknown"),
    pytest.param(
        f"《{FLOW}》第十九条规定：“预备党员的预备期为两年，自党支部党员大会通过之日算起。”",
        "quotation",
        "text_mismatch",
        "预备党员的预备期为两年，自党支部党员大会通过之日算起。",
        id="one-character-changed",
    ),
    pytest.param(
        f"依照《{LESSONS}》（2019年版）第九条办理。",
        "citation",
        "superseded",
        f"《{LESSONS}》（2019年版）第九条",
        id="superseded",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind", "state", "words"), FAULTS)
def test_a_fault_is_found_at_its_place(
    sample_home: Path, tmp_path: Path, line: str, kind: str, state: str, words: str
) -> None:
    found = checked(sample_home, tmp_path, line)
    finding = next(one for one in found["findings"] if one["kind"] == kind)
    assert (finding["state"], finding["words"], finding["paragraph"]) == (state, words, 1)
    assert line[finding["start"] : finding["end"]] == words


def test_form_and_wording_are_looked_at(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "办法.txt"
    lines = (
        "示例县党员学习管理办法",
        "第一条　为了加强党员学习，制定本办法。",
        "第三条　党员应当增强四个意识（政治意识、大局意识、核心意识）。",
    )
    file.write_text("\n".join(lines), "utf-8")
    result = CliRunner().invoke(main, ["check", str(file), "--home", str(sample_home), "--json", "--as-of", DAY])
    found = {(one["kind"], one["state"], one["words"]) for one in json.loads(result.stdout)["findings"]}
    assert ("structure", "gap", "第三条") in found
    assert ("wording", "incomplete", "政治意识、大局意识、核心意识") in found


def test_what_is_right_is_not_faulted(sample_home: Path, tmp_path: Path) -> None:
    found = checked(
        sample_home,
        tmp_path,
        f"《{FLOW}》第十九条规定：“预备党员的预备期为一年，自党支部党员大会通过之日算起。”",
        f"党费依照《{FEES}》第七条按时交纳。",
    )
    assert [one for one in found["findings"] if one["kind"] in ("citation", "quotation", "parameter")] == []
    assert [(one["words"], one["state"]) for one in found["citations"]] == [
        (f"《{FLOW}》第十九条", "ok"),
        (f"《{FEES}》第七条", "ok"),
    ]


def test_reports_are_written(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "草案.txt"
    file.write_text(f"示例县通知\n依照《{FLOW}》第九十条办理。", "utf-8")
    page, word = tmp_path / "r.html", tmp_path / "r.docx"
    asked = ["check", str(file), "--home", str(sample_home), "--html", str(page), "--docx", str(word)]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    assert f"《{FLOW}》第九十条</mark>" in page.read_text("utf-8")
    assert word.read_bytes()[:2] == b"PK"


def test_a_folder_is_totalled(sample_home: Path, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / f"{name}.txt").write_text(f"示例县通知{name}\n依照《{FLOW}》第九十条办理。", "utf-8")
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--home", str(sample_home), "--json"])
    totals = json.loads(result.stdout)["totals"]
    assert (totals["documents"], totals["citation"]) == (2, 2)


@pytest.mark.parametrize(("title", "found"), [("示例镇党课实施办法", 1), ("学习材料", 1), ("外省邻县党课实施办法", 0)])
def test_a_document_without_a_place_is_of_the_place_of_the_base(
    sample_home: Path, tmp_path: Path, title: str, found: int
) -> None:
    file = tmp_path / "材料.txt"
    file.write_text(f"{title}\n\n党支部每半年至少安排1次党课，每次不少于45分钟。\n", "utf-8")
    command = ["check", str(file), "--home", str(sample_home), "--json", "--as-of", DAY]
    findings = json.loads(CliRunner().invoke(main, command).stdout)["findings"]
    assert [one["words"] for one in findings if one["kind"] == "parameter"] == ["每半年至少安排1次"] * found
