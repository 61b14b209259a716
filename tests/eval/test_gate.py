"""The gate on small data: a drop, changed data, floors that only rise; and on the real data where they are at hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.errors import InputError
from danggui.cli import main
from eval.beir import load_beir_corpus, load_beir_questions
from eval.gate import Record, check, judge, raised, read_floors, table, write_floors
from eval.suites import SUITES, Suite, Trial, chosen, sampled, trial

TEXTS = ["党员应当按月交纳党费。", "党员大会每季度召开一次。", "公务接待严禁讲排场。"]
QUESTIONS = ["党费怎样交纳", "党员大会多久召开一次", "公务接待可以讲排场吗"]


def load_small(data: Path, folder: Path) -> Trial:
    return trial(load_beir_corpus(data / "small"), load_beir_questions(data / "small"), folder)


SMALL = Suite("small", ("small",), load_small, ("recall@1", "mrr@10"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "small"
    (folder / "qrels").mkdir(parents=True)
    for name, texts in (("corpus", TEXTS), ("queries", QUESTIONS)):
        rows = [json.dumps({"_id": str(place), "text": text}) for place, text in enumerate(texts)]
        (folder / f"{name}.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    relevant = "".join(f"{place}\t{place}\t1\n" for place in range(len(QUESTIONS)))
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + relevant, "utf-8")
    return folder.parent


@pytest.fixture
def floors(data: Path, tmp_path: Path) -> Path:
    """Return a file with the floors of the small data."""
    file = tmp_path / "floors.json"
    check([SMALL], data, file, update=True)
    return file


def test_update_writes_floors_a_little_below_the_figures(data: Path, floors: Path) -> None:
    (row,) = json.loads(floors.read_text("utf-8"))
    assert row == {
        "name": "small",
        "digest": SMALL.digest(data),
        "queries": 3,
        "floors": {"final": {"recall@1": 0.998, "mrr@10": 0.998}},
    }
    verdicts = check([SMALL], data, floors)
    assert [(one.what, one.figure, one.floor, one.passed) for one in verdicts] == [
        ("final recall@1", 1.0, 0.998, True),
        ("final mrr@10", 1.0, 0.998, True),
    ]


def test_a_drop_fails(data: Path, floors: Path) -> None:
    """Every question is asked of an index that lacks the first text."""

    def load_without(data: Path, folder: Path) -> Trial:
        (edition,) = load_beir_corpus(data / "small")
        rest = replace(edition, provisions=edition.provisions[1:])
        return trial([rest], load_beir_questions(data / "small"), folder)

    verdicts = check([replace(SMALL, load=load_without)], data, floors)
    assert [one.passed for one in verdicts] == [False, False]
    assert [one.figure for one in verdicts] == [0.6667, 0.6667]
    assert table(verdicts).count("低于下限") == 2


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_changed_data_void_the_floors(data: Path, floors: Path, name: str) -> None:
    file = data / "small" / name
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    changed = Record("small", SMALL.digest(data), 3, {"final": {"recall@1": 1.0, "mrr@10": 1.0}})
    (verdict,) = judge(changed, read_floors(floors))
    assert not verdict.passed
    assert verdict.trouble.startswith("数据已变")
    assert "--update" in verdict.trouble


def test_floors_rise_and_are_not_lowered_unasked() -> None:
    held = Record("small", "a", 3, {"final": {"recall@1": 0.8, "mrr@10": 0.5}})
    better = Record("small", "a", 3, {"final": {"recall@1": 0.9, "mrr@10": 0.501}})
    assert raised(better, held).floors == {"final": {"recall@1": 0.898, "mrr@10": 0.5}}
    worse = replace(better, floors={"final": {"recall@1": 0.9, "mrr@10": 0.4}})
    with pytest.raises(InputError, match=r"small final mrr@10 0\.4000 < 0\.500"):
        raised(worse, held)
    assert raised(worse, held, allow_regression=True).floors == {"final": {"recall@1": 0.898, "mrr@10": 0.398}}


def test_a_refused_update_leaves_the_file(data: Path, floors: Path) -> None:
    held = read_floors(floors)["small"]
    write_floors({"small": replace(held, floors={"final": {"recall@1": 1.5}})}, floors)
    before = floors.read_bytes()
    with pytest.raises(InputError, match="--allow-regression"):
        check([SMALL], data, floors, update=True)
    assert floors.read_bytes() == before


def test_a_set_without_floor_or_data_does_not_pass(data: Path, tmp_path: Path) -> None:
    absent = replace(SMALL, name="other", sources=("small", "nowhere"))
    unmeasured, missing = check([SMALL, absent], data, tmp_path / "none.json")
    assert (unmeasured.passed, unmeasured.missing) == (False, False)
    assert "--update" in unmeasured.trouble
    assert (missing.passed, missing.missing) == (False, True)
    assert "没有 nowhere；" in missing.trouble


def test_a_measure_that_is_gone_fails() -> None:
    held = Record("small", "a", 3, {"final": {"recall@1": 0.1}, "other": {"recall@1": 0.1}})
    measured = Record("small", "a", 3, {"final": {"recall@1": 0.2}})
    assert [one.passed for one in judge(measured, {"small": held})] == [True, False]


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    file.write_text('[{"name": "small"}]', "utf-8")
    with pytest.raises(InputError, match=r"floors\.json"):
        read_floors(file)


def test_samples_are_the_same_each_time(data: Path) -> None:
    dataset = load_beir_questions(data / "small")
    few = sampled(dataset, 2)
    assert few == sampled(dataset, 2)
    assert len(few.questions) == 2
    assert set(few.questions) < set(dataset.questions)
    assert sampled(dataset, 9).questions == dataset.questions


def test_unknown_suites_are_refused() -> None:
    assert chosen([]) == SUITES
    with pytest.raises(InputError, match="没有名为 nothing 的数据集"):
        chosen(["nothing"])


def test_command_without_data(tmp_path: Path) -> None:
    runner = CliRunner()
    failed = runner.invoke(main, ["eval", "gate", "--data", str(tmp_path)])
    assert failed.exit_code == 1
    assert failed.output.count("缺少数据") == len(SUITES)
    assert runner.invoke(main, ["eval", "gate", "--data", str(tmp_path), "--missing-ok"]).exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_real_data_stay_above_their_floors(shared: Callable[[str], Path], suite: Suite) -> None:
    data = shared("eval").parent
    assert [one for one in check([suite], data) if not one.passed] == []
