"""`danggui diff`: terminal, JSON, HTML and Word, on the two editions of a bundled sample and on made-up texts."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from docx import Document

from danggui.cli import main
from danggui.ingesting import Order, ingest

LESSONS = "示例县党支部“三会一课”实施细则"
DAY = ("--as-of", "2026-11-01")
OLD = """示例县请假办法
（2020年1月1日印发）
第一条 干部请假应当提前三日书面申请。
第二条 请假一日以内的由股室负责人批准，三日以内的由分管领导批准。
超过三日的，报主要负责人批准后交办公室备案。
第三条 假期届满应当及时销假。
第四条 公休假期由各单位自行安排。
"""
NEW = """示例县请假办法
（2023年1月1日印发）
第一条 干部请假应当提前五日书面申请。
第二条 请假一日以内的由股室负责人批准，三日以内的由分管领导批准。
第三条 超过三日的，报主要负责人批准后交办公室备案。
第四条 假期届满应当及时销假。
第五条 外出期间应当保持通讯畅通。
"""


def run(home: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["diff", *arguments, "--home", str(home)])
    assert result.exit_code == 0, result.output
    return result


def made(tmp_path: Path) -> Path:
    for name, text in (("旧.txt", OLD), ("新.txt", NEW)):
        (tmp_path / name).write_text(text, "utf-8")
    ingest(tmp_path / "base", Order((tmp_path / "旧.txt", tmp_path / "新.txt"), workers=1))
    return tmp_path / "base"


def test_json_gives_rows_with_kinds(tmp_path: Path) -> None:
    found = json.loads(run(made(tmp_path), "请假办法", *DAY, "--json").stdout)
    assert (found["old"]["edition"], found["new"]["edition"]) == ("2020-01-01", "2023-01-01")
    rows = [
        (row["kind"], row["state"], row["old"] and row["old"]["article"], row["new"] and row["new"]["article"])
        for row in found["articles"]
    ]
    assert rows == [
        ("changed", "changed", "第一条", "第一条"),
        ("split", "changed", "第二条", "第二条"),
        ("same", "same", "第三条", "第四条"),
        ("dropped", "removed", "第四条", None),
        ("new", "added", None, "第五条"),
    ]
    assert [hit["article"] for hit in found["articles"][1]["more"]["new"]] == ["第三条"]
    assert {op["op"] for op in found["articles"][1]["changes"]} == {"equal"}
    assert {key: count for key, count in found["kinds"].items() if count} == {
        "same": 1, "changed": 1, "split": 1, "new": 1, "dropped": 1,
    }  # fmt: skip


def test_the_terminal_shows_both_sides_with_what_changed(tmp_path: Path) -> None:
    shown = run(made(tmp_path), "请假办法", *DAY).stdout
    assert shown.startswith("《示例县请假办法》新旧对照表\n未变1处，修改1处，拆分1处，新增1处，删去1处\n")
    assert "修改前（2020年1月1日）" in shown
    assert "干部请假应当提前[-三-]日" in shown
    assert "干部请假应当提前{+五+}日" in shown
    assert "假期届满" not in shown
    assert "假期届满" in run(tmp_path / "base", "请假办法", "--all", *DAY).stdout


def test_html_marks_changes_and_escapes_words(tmp_path: Path) -> None:
    run(made(tmp_path), "请假办法", "2020", "2023", "--html", str(tmp_path / "对照.html"))
    page = (tmp_path / "对照.html").read_text("utf-8")
    assert "提前<del>三</del>日" in page
    assert "提前<ins>五</ins>日" in page
    assert '<tr class="dropped"><td class="kind">删去</td><td><div><del>第四条</del>' in page


def test_the_word_table_repeats_its_head_and_marks_changes(sample_home: Path, tmp_path: Path) -> None:
    run(sample_home, LESSONS, *DAY, "--docx", str(tmp_path / "对照.docx"))
    document = Document(str(tmp_path / "对照.docx"))
    assert document.paragraphs[0].text == f"《{LESSONS}》新旧对照表"
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["情形", "修改前（2019年6月18日）", "修改后（2023年5月12日）"]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    runs = [run for row in table.rows[1:] for cell in row.cells for p in cell.paragraphs for run in p.runs]
    struck = {run.text for run in runs if run.font.strike}
    put_in = {run.text for run in runs if run.font.underline and run.font.bold}
    assert struck
    assert put_in
    articles = [cell.text for row in table.rows[1:] for cell in row.cells[1:]]
    assert any(text.startswith("第十一条　党支部每季度至少安排1次党课，每次不少于45分钟") for text in articles)
