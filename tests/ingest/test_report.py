"""The report says in Chinese what became of every file, and in JSON all of it."""

from __future__ import annotations

from ingest.report import FileReport, Outcome, Report

GOOD = FileReport(
    "办法.docx",
    Outcome.ADDED,
    "0" * 64,
    "docx",
    "示例县办法",
    "2023-05-12",
    "articles",
    articles=3,
    headings=1,
    provisions=9,
    gaps=tuple(f"第{n}条" for n in "二三四五六七"),
    references=2,
    unresolved=("《甲办法》：未入库：《甲办法》", "第九条：本文共3条，没有第九条"),
    warnings=("文件含修订痕迹，已按接受修订处理",),
)
BAD = FileReport("扫描.pdf", refused="扫描.pdf：没有文字")


def test_text() -> None:
    assert Report((GOOD, BAD)).to_text().splitlines() == [
        "入库  办法.docx  《示例县办法》（2023年5月12日）3 条",
        "    缺号：第二条、第三条、第四条、第五条、第六条 等 6 处",
        "    提示：文件含修订痕迹，已按接受修订处理",
        "    引用 2 处，其中 1 处所引的法规未入库",
        "    引用对不上：第九条：本文共3条，没有第九条",
        "拒收  扫描.pdf",
        "    扫描.pdf：没有文字",
        "",
        "共 2 个文件：新入库 1，已在库中 0，冲突 0，拒收 1",
        "条文 3 条，标题 1 个，可引用单元 9 个；引用 2 处（未对应 2 处）",
        "缺号 6 处，重号 0 处，错序 0 处，隐藏文字 0 处，提示 1 条",
    ]


def test_json() -> None:
    report = Report((GOOD, BAD)).to_json()
    files = report["files"]
    assert isinstance(files, list)
    assert {key: files[0][key] for key in ("file", "kind", "articles", "gaps", "warnings", "refused")} == {
        "file": "办法.docx",
        "kind": "docx",
        "articles": 3,
        "gaps": [f"第{n}条" for n in "二三四五六七"],
        "warnings": ["文件含修订痕迹，已按接受修订处理"],
        "refused": "",
    }
    assert files[1]["refused"] == "扫描.pdf：没有文字"
    assert report["totals"] == {
        "files": 2, "added": 1, "unchanged": 0, "conflict": 0, "refused": 1, "articles": 3, "headings": 1,
        "provisions": 9, "references": 2, "gaps": 6, "duplicates": 0, "out_of_order": 0, "unresolved": 2, "hidden": 0,
        "warnings": 1,
    }  # fmt: skip


def test_failed_files() -> None:
    assert [file.file for file in Report((GOOD, BAD)).failed] == ["扫描.pdf"]
