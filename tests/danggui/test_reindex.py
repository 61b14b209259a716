"""`danggui reindex`: what is set stays set, what cannot be met changes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from danggui.cli import main
from index.embedding import BUNDLED


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "base"))


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--home", str(home)])


def first(home: Path, question: str) -> str:
    return str(json.loads(run(home, "search", question, "-k", "1", "--json").stdout)[0]["id"])


def store_of(home: Path) -> str:
    return str(json.loads((home / "index" / "manifest.json").read_text("utf-8"))["settings"]["store"])


@pytest.mark.slow
def test_another_store_is_kept_and_finds_the_same(home: Path) -> None:
    question = "支部的党课多长时间要上一次"
    before = first(home, question)
    for store in ("chroma", "none", "faiss"):
        result = run(home, "reindex", "--store", store)
        assert (result.exit_code, result.stdout) == (0, f"索引已重建（自带模型，{store}）\n")
        assert store_of(home) == store
        assert first(home, question) == before


def test_a_model_of_ones_own_is_used_and_set_aside_again(home: Path, tmp_path: Path) -> None:
    model = Path(shutil.copytree(BUNDLED, tmp_path / "own"))
    assert run(home, "reindex", "--model", str(model)).stdout == f"索引已重建（{model}，faiss）\n"
    assert first(home, "党费") == first(home, "党费")
    shutil.rmtree(model)
    gone = run(home, "search", "党费")
    assert gone.exit_code == 1
    assert "own" in gone.stderr
    assert run(home, "reindex", "--bundled").exit_code == 0
    assert run(home, "search", "党费").exit_code == 0


def test_a_model_that_is_none_leaves_index_and_settings(home: Path, tmp_path: Path) -> None:
    before = first(home, "党费")
    result = run(home, "reindex", "--model", str(tmp_path / "none"))
    assert result.exit_code == 1
    assert str(tmp_path / "none") in result.stderr
    assert not (home / "danggui.toml").exists()
    assert first(home, "党费") == before


def test_bundled_and_a_model_exclude_each_other(home: Path) -> None:
    result = run(home, "reindex", "--bundled", "--model", "x")
    assert (result.exit_code, "--bundled 不能与 --model" in result.stderr) == (1, True)


def test_a_store_that_is_none_is_a_wrong_usage(home: Path) -> None:
    result = run(home, "reindex", "--store", "milvus")
    assert result.exit_code == 2
    assert "milvus 不在可选项 'faiss', 'chroma', 'none' 之中" in result.stderr
