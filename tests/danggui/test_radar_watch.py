"""What time has overtaken and what newly came in: relations, radar and watch on a small made-up base."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from danggui.cli import main
from danggui.ingesting import Order, ingest

UPPER_OLD = """示例省值班工作条例
（2020年1月1日印发）
第一条 为规范值班工作，制定本条例。
第二条 值班人员应当在突发事件发生后三十分钟内电话报告上级值班室，并在两小时内书面报告。
第三条 值班电话应当保持畅通，不得设置呼叫转移。
第四条 值班日志应当保存三年。
第五条 本条例自印发之日起施行。
"""
UPPER_NEW = """示例省值班工作条例
（2024年6月1日印发）
第一条 为规范值班工作，制定本条例。
第二条 各单位应当明确值班工作机构和责任人，保障值班经费。
第三条 值班人员应当在突发事件发生后二十分钟内电话报告上级值班室，并在一小时内书面报告。
第四条 值班电话应当保持畅通，不得设置呼叫转移。
第五条 值班日志应当保存三年。
第六条 本条例自印发之日起施行。
"""
LOWER = """示例县值班工作办法
（2021年3月1日印发）
第一条 根据《示例省值班工作条例》，结合我县实际，制定本办法。
第二条 值班人员应当在突发事件发生后三十分钟内电话报告上级值班室，并在两小时内书面报告。
第三条 值班电话的设置，依照《示例省值班工作条例》第三条执行。
第四条 值班室的设备由县委办公室统一配备和维护。
第五条 本办法自印发之日起施行。
"""
OWN = """示例县某局值班规定
第一条 根据《示例省值班工作条例》第二条和《示例县值班工作办法》，制定本规定。
第二条 局机关实行二十四小时值班。
"""


def run(home: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments, "--home", str(home)])
    assert result.exit_code == 0, result.output
    return result


def loaded(home: Path, *arguments: str) -> Any:  # noqa: ANN401 (JSON)
    return json.loads(run(home, *arguments, "--json").stdout)


def take_in(home: Path, name: str, text: str) -> None:
    file = home.parent / name
    file.write_text(text, "utf-8")
    ingest(home, Order((file,), workers=1))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name, text in (("旧.txt", UPPER_OLD), ("办法.txt", LOWER)):
        take_in(tmp_path / "base", name, text)
    return tmp_path / "base"


def test_relations_tell_who_stands_above_and_below(home: Path) -> None:
    found = loaded(home, "relations", "示例省值班工作条例")
    assert found["upstream"] == []
    assert [(one["kind"], one["title"], [p["label"] for p in one["places"]]) for one in found["downstream"]] == [
        ("based_on", "示例县值班工作办法", ["《示例县值班工作办法》第一条"]),
        ("cites", "示例县值班工作办法", ["《示例县值班工作办法》第三条"]),
    ]
    above = loaded(home, "relations", "示例县值班工作办法")["upstream"]
    assert [(one["kind"], one["edition"], one["in_base"]) for one in above] == [
        ("based_on", "2020-01-01", True),
        ("cites", "2020-01-01", True),
    ]


def test_who_cites_a_clause_is_found_across_editions(home: Path) -> None:
    take_in(home, "新.txt", UPPER_NEW)
    below = loaded(home, "relations", "《示例省值班工作条例》第四条", "--as-of", "2026-01-01")
    assert below["edition"] == "2024-06-01"
    assert [place["label"] for one in below["downstream"] for place in one["places"]] == [
        "《示例县值班工作办法》第三条"
    ]
    other = loaded(home, "relations", "《示例省值班工作条例》第三条", "--as-of", "2026-01-01")
    assert other["downstream"] == []


def test_radar_names_the_clauses_that_time_has_overtaken(home: Path) -> None:
    assert loaded(home, "radar", "--as-of", "2026-01-01") == []
    take_in(home, "新.txt", UPPER_NEW)
    (found,) = loaded(home, "radar", "--as-of", "2026-01-01")
    assert (found["id"], found["upper"], found["change"], found["since"]) == (
        "示例县值班工作办法@2021-03-01", "示例省值班工作条例", "amended", "2024-06-01",
    )  # fmt: skip
    clauses = [(one["path"], one["restates"], one["then"][-5:], one["now"], one["kind"]) for one in found["clauses"]]
    assert clauses == [
        ("art_1", False, "01-01", [], None),
        ("art_3", False, "art_3", ["示例省值班工作条例@2024-06-01/art_4"], "same"),
        ("art_2", True, "art_2", ["示例省值班工作条例@2024-06-01/art_3"], "changed"),
    ]
    shown = run(home, "radar", "--as-of", "2026-01-01").stdout
    assert "第二条：沿用原第二条的文字，该条修改，现为第三条" in shown
    assert loaded(home, "radar", "--as-of", "2023-01-01") == []


def test_watch_lists_what_newly_came_in_once(home: Path) -> None:
    own = home.parent / "值班规定.txt"
    own.write_text(OWN, "utf-8")
    run(home, "watch", "add", "值班工作办法")
    run(home, "watch", "add", str(own))
    assert [row["file"] for row in loaded(home, "watch", "list")] == [False, True]
    assert loaded(home, "watch", "--keep") == {"new": [], "alerts": []}
    take_in(home, "新.txt", UPPER_NEW.replace("2024年6月1日", "2099年1月1日"))
    found = loaded(home, "watch", "--keep", "--as-of", "2099-06-01")
    assert found["new"] == ["示例省值班工作条例@2099-01-01"]
    alerts = [(Path(one["followed"]).name, one["kind"], [c["path"] for c in one["clauses"]]) for one in found["alerts"]]
    assert alerts == [
        ("示例县值班工作办法", "upper", ["art_1", "art_3", "art_2"]),
        ("值班规定.txt", "upper", ["art_1"]),
    ]
    assert "已修改" in run(home, "watch", "--as-of", "2099-06-01").stdout
    assert loaded(home, "watch", "--as-of", "2099-06-01") == {"new": [], "alerts": []}


def test_what_is_not_followed_cannot_be_removed(home: Path) -> None:
    run(home, "watch", "add", "值班工作办法")
    assert CliRunner().invoke(main, ["watch", "add", "值班工作办法", "--home", str(home)]).exit_code == 1
    run(home, "watch", "remove", "值班工作办法")
    again = CliRunner().invoke(main, ["watch", "remove", "值班工作办法", "--home", str(home)])
    assert (again.exit_code, loaded(home, "watch", "list")) == (1, [])


def test_a_graph_has_a_node_for_each_work_and_an_edge_for_each_tie(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "图.json"
    run(home, "graph", "--out", str(file))
    found = json.loads(file.read_text("utf-8"))
    assert [(node["title"], node["level"], node["in_base"]) for node in found["nodes"]] == [
        ("示例省值班工作条例", "行政法规", True),
        ("示例县值班工作办法", "规范性文件", True),
    ]
    assert [(edge["kind"], edge["places"]) for edge in found["edges"]] == [("based_on", 1), ("cites", 1)]


@pytest.mark.parametrize(("name", "start"), [("图.png", b"\x89PNG"), ("图.svg", b"<?xml")])
def test_a_graph_is_drawn(home: Path, tmp_path: Path, name: str, start: bytes) -> None:
    pytest.importorskip("matplotlib")
    result = CliRunner().invoke(main, ["graph", "--out", str(tmp_path / name), "--home", str(home)])
    if "没有中文字体" in result.output:
        pytest.skip("no Chinese font at hand")
    assert result.exit_code == 0, result.output
    assert (tmp_path / name).read_bytes().startswith(start)
