"""The command line as a user meets it: output, JSON contract, exit status, messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from danggui.cli import main

HIT_KEYS = [
    "id", "title", "edition", "status", "label", "article", "headings", "text", "quote", "start", "end", "score",
]  # fmt: skip
COMMANDS = [
    "ingest",
    "check",
    "list",
    "show",
    "search",
    "ask",
    "catalogue",
    "dates",
    "diff",
    "relations",
    "graph",
    "radar",
    "watch",
    "remove",
    "reindex",
    "backup",
    "restore",
    "lesson",
    "duties",
    "glossary",
    "quiz",
    "quiz-status",
    "quiz-check",
    "serve",
    "keys",
    "train-embedding",
    "verify",
    "verify-citation",
    "eval",
]


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)])


def loaded(result: Result) -> Any:  # noqa: ANN401 (JSON)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_list_names_every_edition_with_its_status(sample_home: Path) -> None:
    rows = loaded(run(sample_home, "list", "--json", "--as-of", "2026-11-01"))
    assert len(rows) == 16
    assert list(rows[0]) == [
        "title", "edition", "status", "level", "issuer", "effective", "articles", "provisions", "file",
    ]  # fmt: skip
    lessons = {row["edition"]: row["status"] for row in rows if "三会一课" in row["title"]}
    assert lessons == {"2019-06-18": "superseded", "2023-05-12": "in_force"}
    assert "《示例县党务公开实施细则》（2022年3月18日）" in run(sample_home, "list").stdout


def test_show_quotes_the_clause_in_any_spelling(sample_home: Path) -> None:
    spellings = [
        "《示例县党务公开实施细则》第五条第一款",
        "示例县党务公开实施细则第5条第1款",
        "党务公开实施细则 第五条 第一款",
    ]
    hits = [loaded(run(sample_home, "show", words, "--json")) for words in spellings]
    assert hits[0] == hits[1] == hits[2]
    assert list(hits[0]) == HIT_KEYS
    assert hits[0]["id"] == "示例县党务公开实施细则@2022-03-18/art_5/para_1"
    assert hits[0]["label"] == "《示例县党务公开实施细则》第五条第一款"
    assert hits[0]["article"] == "第五条"
    assert hits[0]["headings"] == ["第一章 总则"]
    assert hits[0]["quote"] == "县委统一领导全县党务公开工作，每年至少听取1次党务公开情况汇报。"


def test_show_picks_the_edition_of_the_day(sample_home: Path) -> None:
    words = "《示例县党支部“三会一课”实施细则》第九条"
    assert loaded(run(sample_home, "show", words, "--as-of", "2022-01-01", "--json"))["edition"] == "2019-06-18"
    assert loaded(run(sample_home, "show", words, "--as-of", "2024-01-01", "--json"))["edition"] == "2023-05-12"
    assert (
        loaded(run(sample_home, "show", words.replace("》第", "》（2019年）第"), "--json"))["edition"] == "2019-06-18"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param("《示例县党务公开实施细则》第九十九条", "共25条，没有第九十九条", id="no such article"),
        pytest.param(
            "《示例县党务公开条例》第一条",
            "本库没有《示例县党务公开条例》；名称相近的有《示例县党务公开实施细则》",
            id="nearest title",
        ),
        pytest.param("你好", "看不懂的引文：你好", id="no citation"),
        pytest.param("第五条", "请写明是哪部法规的第五条", id="no title"),
    ],
)
def test_show_says_what_is_wrong(sample_home: Path, words: str, message: str) -> None:
    result = run(sample_home, "show", words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr


def test_search_gives_slices_of_stored_text(sample_home: Path) -> None:
    hits = loaded(run(sample_home, "search", "党支部多久安排一次党课", "-k", "3", "--json", "--as-of", "2026-11-01"))
    assert [list(hit) for hit in hits] == [HIT_KEYS] * 3
    assert hits[0]["label"] == "《示例县党支部“三会一课”实施细则》第十一条"
    assert all(hit["quote"] in hit["text"] for hit in hits)
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_batches_keep_the_order(sample_home: Path, tmp_path: Path) -> None:
    rows = [{"id": "乙", "text": "党费交多少"}, {"id": 7, "text": "党课多久一次"}]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    searched = run(sample_home, "search", "--queries", str(file), "-k", "2").stdout.splitlines()
    assert [(json.loads(line)["id"], len(json.loads(line)["hits"])) for line in searched] == [("乙", 2), (7, 2)]
    asked = [json.loads(line) for line in run(sample_home, "ask", "--questions", str(file)).stdout.splitlines()]
    assert [row["id"] for row in asked] == ["乙", 7]
    assert list(asked[1]) == ["id", "question", "as_of", "status", "answer", "citations", "notes"]


BATCH = '{"id": 1, "text": "党课多久一次"}\n{"id": 2, "text": "党费由谁收缴，怎样使用和管理"}\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_batches_are_read_in_any_encoding(sample_home: Path, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes(BATCH.encode(encoding))
    answers = [json.loads(line) for line in run(sample_home, "ask", "--questions", str(file)).stdout.splitlines()]
    assert [row["question"] for row in answers] == ["党课多久一次", "党费由谁收缴，怎样使用和管理"]


@pytest.mark.parametrize("line", ['{"id": 1, "text": null}', '["一"]', "党课", '{"text": "党课"}', "[" * 9000])
def test_a_batch_line_of_another_form_is_named(sample_home: Path, tmp_path: Path, line: str) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(BATCH + line, encoding="utf-8")
    result = run(sample_home, "search", "--queries", str(file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'q.jsonl 第 3 行应是 {"id": …, "text": "…"} 形式的 JSON' in result.stderr


def test_a_batch_that_is_no_text_is_named(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes(bytes(range(256)) * 9)
    result = run(sample_home, "search", "--queries", str(file))
    assert (result.exit_code, "q.jsonl" in result.stderr) == (1, True)
    assert isinstance(result.exception, SystemExit)


def test_a_bad_batch_line_is_named(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": 1, "text": "党课"}\n{"id": 2}\n', encoding="utf-8")
    result = run(sample_home, "search", "--queries", str(file))
    assert result.exit_code == 1
    assert "q.jsonl 第 2 行" in result.stderr


def test_ask_answers_with_the_clause(sample_home: Path) -> None:
    answer = loaded(run(sample_home, "ask", "支部的党课多长时间要上一次？", "--json", "--as-of", "2026-11-01"))
    assert (answer["status"], answer["as_of"]) == ("answered", "2026-11-01")
    assert answer["citations"][0]["id"] == "示例县党支部“三会一课”实施细则@2023-05-12/art_11"
    assert "党支部每季度至少安排1次党课" in answer["citations"][0]["quote"]
    older = loaded(run(sample_home, "ask", "支部的党课多长时间要上一次？", "--json", "--as-of", "2022-01-01"))
    assert older["citations"][0]["id"] == "示例县党支部“三会一课”实施细则@2019-06-18/art_9"
    assert "每半年安排1次党课" in older["citations"][0]["quote"]


def test_ask_says_when_there_is_no_basis(sample_home: Path) -> None:
    result = run(sample_home, "ask", "企业所得税的税率是多少？")
    assert result.exit_code == 0
    assert result.stdout.startswith("没有找到依据")


def test_ask_looks_a_named_clause_up(sample_home: Path) -> None:
    answer = loaded(run(sample_home, "ask", "《示例县党务公开实施细则》第五条说了什么？", "--json"))
    assert [hit["label"] for hit in answer["citations"]] == ["《示例县党务公开实施细则》第五条"]
    absent = loaded(run(sample_home, "ask", "党务公开实施细则第99条规定了什么", "--json"))
    assert (absent["status"], absent["citations"]) == ("no_basis", [])
    assert "共25条，没有第九十九条" in absent["answer"] + "".join(absent["notes"])


def test_verify(sample_home: Path) -> None:
    assert loaded(run(sample_home, "verify", "--json")) == {"editions": 16, "faults": []}


def test_a_base_that_is_not_there(tmp_path: Path) -> None:
    result = run(tmp_path / "none", "list")
    assert result.exit_code == 1
    assert "还没有建立；请先运行 danggui ingest" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["search"], "请给出一个问题，或用选项给出一个问题文件", id="no question"),
        pytest.param(["show"], "缺少参数 CITATION", id="no argument"),
        pytest.param(["list", "--as-of", "昨天"], "昨天 不是日期，请写成 2017-05-01 这样", id="no day"),
        pytest.param(["ingest"], "缺少参数 PATHS", id="no path"),
        pytest.param(["search", "党课", "-k", "0"], "选项 -k 不对：0 不在范围 1<=x<=1000 内", id="out of range"),
        pytest.param(["search", "党课", "-k", "十"], "选项 -k 不对：十 不是整数", id="no number"),
        pytest.param(["search", "党课", "--titl", "x"], "没有选项 --titl；是不是 --title", id="no such option"),
        pytest.param(["show", "甲", "乙"], "多出了参数：乙", id="too many"),
        pytest.param(["search", "--queries", "没有.jsonl"], "没有.jsonl 不存在", id="no such file"),
        pytest.param(["serch"], "没有命令 serch", id="no such command"),
    ],
)
def test_wrong_usage_is_2_and_told_in_chinese(tmp_path: Path, arguments: list[str], message: str) -> None:
    result = run(tmp_path, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    usage, _, told = result.stderr.partition("错误：")
    assert usage.startswith("用法：")
    assert message in told


def test_no_command_shows_the_help() -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 2
    assert "党规知识库" in result.stderr


def test_remove_asks_first(tmp_path: Path) -> None:
    home, file = tmp_path / "base", tmp_path / "示例县考勤办法.txt"
    file.write_text("示例县考勤办法\n（2020年1月1日印发）\n第一条　甲。\n", encoding="utf-8")
    run(home, "ingest", str(file))
    command = ["remove", "示例县考勤办法@2020-01-01", "--home", str(home)]
    for answer in ("n\n", ""):
        refused = CliRunner().invoke(main, command, input=answer)
        assert (refused.exit_code, "没有移除：未经确认" in refused.stderr) == (1, True)
    assert len(loaded(run(home, "list", "--json"))) == 1
    removed = CliRunner().invoke(main, command, input="y\n")
    assert removed.stdout == "已移除《示例县考勤办法》（2020-01-01，1 条，文件 示例县考勤办法.txt）\n"
    assert loaded(run(home, "list", "--json")) == []


def test_remove_in_a_script(tmp_path: Path) -> None:
    home, file = tmp_path / "base", tmp_path / "示例县考勤办法.txt"
    file.write_text("示例县考勤办法\n第一条　甲。\n", encoding="utf-8")
    run(home, "ingest", str(file))
    removed = loaded(run(home, "remove", "示例县考勤办法@不详", "--yes", "--json"))
    assert (removed["id"], removed["file"], removed["citing"]) == ("示例县考勤办法@不详", "示例县考勤办法.txt", 0)
    again = run(home, "remove", "示例县考勤办法@不详", "--yes")
    assert (again.exit_code, "知识库里没有版本“示例县考勤办法@不详”" in again.stderr) == (1, True)
    assert run(tmp_path / "none", "remove", "甲@不详", "--yes").exit_code == 1
    assert not (tmp_path / "none").exists()


def test_ingest_reports_as_json(tmp_path: Path) -> None:
    file = tmp_path / "示例县考勤办法.txt"
    file.write_text("示例县考勤办法\n第一条　甲。\n第二条　乙。\n第四条　丁。\n", encoding="utf-8")
    report = loaded(run(tmp_path / "base", "ingest", str(file), "--json"))
    assert (report["files"][0]["articles"], report["files"][0]["gaps"]) == (3, ["第三条"])
    assert (report["totals"]["files"], report["totals"]["added"], report["totals"]["gaps"]) == (1, 1, 1)


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
    assert sorted(main.commands) == sorted(COMMANDS)
    for name, command in main.commands.items():
        assert command.help
        assert f"danggui {name}" in readme
