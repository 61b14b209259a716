"""Retrieval evaluated on small data sets in both forms, and on the real one where it is at hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.model import Edition
from eval.folders import evaluate_folder
from index.build import build
from index.search import Index
from ingest.document import Block
from ingest.structure import parse

RULES = (
    "示例县公务接待管理办法",
    "第一条　公务接待应当厉行节约，严禁讲排场。",
    "第二条　接待对象应当按照规定标准自行用餐。",
    "第二条之一　工作餐不得提供香烟和高档酒水。",
)


def write_lines(file: Path, rows: Iterable[object]) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def no_base() -> tuple[Index, Iterable[Edition]]:
    raise AssertionError("BEIR data brings its own corpus")


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    (folder / "qrels").mkdir(parents=True)
    write_lines(
        folder / "corpus.jsonl",
        [
            {"_id": "10", "title": "示例党费办法", "text": "党员应当按月交纳党费。\u2028逾期的应当补交。"},
            {"_id": "11", "title": "示例党费办法", "text": "党费由党支部指定专人收缴。"},
            {"_id": "12", "title": "", "text": "党员大会每季度召开一次。"},
        ],
    )
    write_lines(
        folder / "queries.jsonl",
        [
            {"_id": "q1", "text": "党员大会多久召开一次"},
            {"_id": "q2", "text": "谁来收缴党费"},
            {"_id": "q3", "text": "没有标准答案的问题"},
        ],
    )
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\t12\t1\nq2\t11\t1\nq2\t10\t0\nq3\t10\t0\n", "utf-8"
    )
    return folder


def test_beir_form_end_to_end(beir: Path) -> None:
    (only,) = evaluate_folder(beir, no_base)
    report = only.to_json()
    stages = report.pop("stages")
    assert report == {"dataset": "small", "queries": 2, "skipped": 1}
    assert isinstance(stages, dict)
    assert list(stages) == ["words", "bigrams", "characters", "dense", "fused", "final"]
    assert {name: stages["final"][name] for name in ("recall@1", "recall@100", "ndcg@10", "mrr@10")} == {
        "recall@1": 1.0,
        "recall@100": 1.0,
        "ndcg@10": 1.0,
        "mrr@10": 1.0,
    }
    assert stages["final"]["p95_ms"] >= stages["final"]["p50_ms"] > 0


def test_legal_dc_form_compares_folded_titles_and_article_labels(tmp_path: Path) -> None:
    structure = parse([Block(line) for line in RULES], "")
    edition = Edition(structure.title, "2020", structure.text, structure.provisions)
    write_lines(
        tmp_path / "questions.jsonl",
        [
            {
                "id": "a",
                "query": "工作餐可以提供香烟吗",
                "title": "《示例县公务接待 管理办法》.",
                "articles": ["第二条之一"],
            },
            {
                "id": "b",
                "query": "公务接待应当怎样节约",
                "title": "示例县公务接待管理办法",
                "articles": ["第一条", "第九条"],
            },
            {"id": "c", "query": "何时印发", "title": "示例县公务接待管理办法", "articles": []},
        ],
    )
    home = tmp_path / "index"
    build([edition], home, "")
    (report,) = evaluate_folder(tmp_path, lambda: (Index.open(home), [edition]))
    assert (report.questions, report.skipped) == (2, 1)
    assert report.stages["final"]["recall@1"] == 0.75
    assert report.stages["final"]["mrr@10"] == 1.0
    assert report.table().splitlines()[0] == "legal-dc：2 个问题（另有 1 个没有标准条文，不计）"


BROKEN = [
    pytest.param("questions.jsonl", '{"id": "a"}\n', "不是 Legal-DC 形式", id="missing field"),
    pytest.param("questions.jsonl", "[1]\n", "不是 Legal-DC 形式", id="not an object"),
    pytest.param("other.txt", "", "没有可用的评测数据", id="neither form"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_wrong_folders_are_refused_in_words(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    build([], tmp_path / "index", "")
    with pytest.raises(InputError, match=message):
        evaluate_folder(tmp_path, lambda: (Index.open(tmp_path / "index"), []))


def test_broken_beir_lines_are_refused(beir: Path) -> None:
    (beir / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1 12 1\n", "utf-8")
    with pytest.raises(InputError, match="不是 BEIR 形式"):
        evaluate_folder(beir, no_base)
