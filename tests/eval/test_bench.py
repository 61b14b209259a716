"""The benchmark on a small archive: texts from a seed, limits that hold, results with what they were taken under."""

from __future__ import annotations

import io
import json
import os
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InputError
from eval.bench import Plan, Row, _hopeless, run, table, whole_numbers
from eval.bench_beir import write_beir
from eval.bench_peers import make
from eval.bench_process import watch
from eval.bench_texts import Query, Text, as_editions, read_queries, read_texts, write_workload
from eval.plots import FIGURES, draw, points

SUBJECTS = ["森林防火", "河道采砂", "物业管理", "养犬", "旅游", "档案", "供水", "节约用电"]
DUTIES = [
    "县级人民政府应当把{subject}工作纳入国民经济和社会发展规划。从事有关活动的单位应当接受监督检查。",
    "违反{subject}规定的，由主管部门责令限期改正；逾期不改正的，处一千元以上五千元以下罚款。",
    "{subject}经费列入本级财政预算，专款专用，任何单位和个人不得截留或者挪用。",
]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tar of small regulations, three articles each."""
    file = tmp_path_factory.mktemp("laws") / "laws.tar.xz"
    with tarfile.open(file, "w:xz") as held:
        for place, subject in zip(["甘肃省", "河南省"] * 4, SUBJECTS, strict=True):
            lines = [
                f"第{number}条 {duty.format(subject=subject)}" for number, duty in zip("一二三", DUTIES, strict=True)
            ]
            title = f"{place}{subject}条例"
            data = "\n\n".join([f"# {title}", "2016年5月1日 施行", "<!-- INFO END -->", *lines]).encode()
            entry = tarfile.TarInfo(f"laws/{title}.md")
            entry.size = len(data)
            held.addfile(entry, io.BytesIO(data))
    return file


def workload(archive: Path, folder: Path, size: int, seed: int = 0) -> list[Text]:
    folder.mkdir()
    assert write_workload(archive, size, 10, folder, 20, seed) == 24
    return list(read_texts(folder, size))


def test_texts_are_real_ones_first_then_new_ones(archive: Path, tmp_path: Path) -> None:
    texts = workload(archive, tmp_path / "a", 60)
    assert [text.id for text in texts] == list(range(60))
    real, made = texts[:24], texts[24:]
    assert {text.title for text in real} == {
        f"{p}{s}条例" for p, s in zip(["甘肃省", "河南省"] * 4, SUBJECTS, strict=True)
    }
    assert all("合成" in text.title for text in made)
    assert {text.level for text in texts} == {"地方性法规"}
    assert len({text.text for text in made} - {text.text for text in real}) > 24
    assert texts == workload(archive, tmp_path / "b", 60)
    assert texts != workload(archive, tmp_path / "c", 60, seed=1)


def test_queries_know_every_article_that_holds_their_sentence(archive: Path, tmp_path: Path) -> None:
    texts = workload(archive, tmp_path / "a", 60)
    queries = read_queries(tmp_path / "a", 60)
    assert len(queries) == 10
    for query in queries:
        assert query.gold
        letters = set(query.text)
        assert all(letters <= set(texts[place].text) for place in query.gold)
    assert any(len(query.gold) > 1 for query in queries)
    assert all(place < 24 for query in read_queries(tmp_path / "a", 24) for place in query.gold)


def test_editions_give_the_texts_back(archive: Path, tmp_path: Path) -> None:
    texts = workload(archive, tmp_path / "a", 60)
    editions = list(as_editions(texts))
    assert len({edition.id for edition in editions}) == len(editions) == 9
    slices = {int(node.path): edition.slice(node) for edition in editions for node in edition.walk()}
    assert slices == {text.id: f"{text.text}\n" for text in texts}


@pytest.mark.slow
def test_own_index_measured_end_to_end(archive: Path) -> None:
    said: list[str] = []
    results = run(Plan(archive, [24, 60], ["danggui"], queries=10), said.append)
    assert results["real_texts"] == 24
    rows = results["rows"]
    assert isinstance(rows, list)
    assert [(row["system"], row["size"]) for row in rows] == [("danggui", 24), ("danggui", 60)]
    for row in rows:
        assert (row["query"]["queries"], row["query"]["answered"]) == (10, 10)
        assert row["query"]["found@10"] == 1.0
        assert row["index"]["texts_per_second"] > 0
        assert row["index"]["peak_mb"] > 20
        assert row["filter"]["editions"] < row["filter"]["of"]
    assert table(results).splitlines()[2].startswith("| 24 | danggui | ")
    assert table(results).count("danggui，限日期和位阶") == 2
    assert list(points(rows, FIGURES[0])) == ["danggui"]


def test_questions_of_a_data_set_keep_their_gold(tmp_path: Path) -> None:
    source, folder = tmp_path / "small", tmp_path / "out"
    (source / "qrels").mkdir(parents=True)
    folder.mkdir()
    texts = [
        ("7", "党费办法", "党员应当按月交纳党费。"),
        ("8", "会议办法", "党员大会每季度召开一次。"),
        ("9", "党费办法", "党费专人收缴。"),
    ]
    rows = [{"_id": name, "title": title, "text": text} for name, title, text in texts]
    (source / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (source / "queries.jsonl").write_text(json.dumps({"_id": "q", "text": "多久开一次党员大会"}), "utf-8")
    (source / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\t8\t1\nq\tgone\t1\n", "utf-8")
    assert write_beir(source, 5, folder) == 3
    assert [(text.title, text.text) for text in read_texts(folder, 3)] == [texts[0][1:], texts[2][1:], texts[1][1:]]
    assert read_queries(folder, 3) == [Query("多久开一次党员大会", (2,))]


PYTHON = [sys.executable, "-c"]
ENDINGS = [
    pytest.param("pass", 60, 1000, "", id="by itself"),
    pytest.param("while True: pass", 0.5, 1000, "did not finish in 0 s", id="time"),
    pytest.param(
        "held = bytes(range(256)) * 1_000_000\nwhile True: pass", 60, 100, "took more than 100 MB", id="memory"
    ),
    pytest.param("raise SystemExit('no such thing')", 60, 1000, "ended with status 1: no such thing", id="error"),
]


@pytest.mark.parametrize(("code", "seconds", "megabytes", "trouble"), ENDINGS)
def test_a_child_is_limited(tmp_path: Path, code: str, seconds: float, megabytes: float, trouble: str) -> None:
    ended = watch([*PYTHON, code], dict(os.environ), tmp_path / "log", seconds, megabytes)
    assert ended.trouble == trouble


def test_memory_of_grandchildren_counts(tmp_path: Path) -> None:
    inner = "held = bytes(range(256)) * 800_000\nwhile True: pass"
    outer = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {inner!r}])"
    ended = watch([*PYTHON, outer], dict(os.environ), tmp_path / "log", 60, 150)
    assert ended.trouble == "took more than 150 MB"


def test_hopeless_sizes_are_not_tried() -> None:
    plan = Plan(Path("laws"), [10, 100], ["txtai"], seconds=60, megabytes=1000)
    quick = Row("txtai", 10, {"seconds": 5.0, "peak_mb": 100})
    assert _hopeless(plan, 100, None) == ""
    assert _hopeless(plan, 100, quick) == ""
    assert _hopeless(plan, 1000, quick) == "not tried: 5 s to index at 10, limit 60"
    assert _hopeless(replace(plan, megabytes=400), 100, quick) == "not tried: 100 MB at 10, limit 400"
    slow = Row("txtai", 10, quick.index, {"open_s": 20.0})
    assert _hopeless(plan, 100, slow) == "not tried: 20 s to open at 10, limit 90"
    failed = Row("txtai", 10, {"failed": "did not finish in 60 s"})
    skipped = Row("txtai", 100, {"failed": "not tried: at 10 it did not finish in 60 s"})
    assert _hopeless(plan, 100, failed) == _hopeless(plan, 1000, skipped) == skipped.trouble


def test_what_cannot_be_measured_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="没有名为 nothing 的系统"):
        make("nothing")
    monkeypatch.setitem(sys.modules, "txtai", None)
    with pytest.raises(InputError, match=r"没有安装 txtai.*--group bench"):
        make("txtai")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match="--no-plots"):
        draw({"rows": []}, tmp_path)
    with pytest.raises(InputError, match="正整数"):
        whole_numbers("10,none")
    assert whole_numbers("10,200") == [10, 200]
