"""What an index takes over, what it makes anew, and that the result is the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import StoreError
from corpus.model import Edition
from index.build import Wanted, build, update
from index.search import Index
from index.settings import IndexSettings
from index.storage import read_manifest

MakeEdition = Callable[..., Edition]
WORDS_ONLY = IndexSettings(store="none")


@pytest.fixture(scope="module")
def editions(make_edition: MakeEdition) -> list[Edition]:
    return [
        make_edition(f"示例{name}办法", f"第一条　{name}工作适用本办法。", f"第二条　{name}费每季度公布一次。")
        for name in ("党务", "接待", "培训", "档案")
    ]


def wanted(editions: Sequence[Edition], read: list[str]) -> list[Wanted]:
    """Return the editions as a store offers them; `read` takes the names of those that are really read."""

    def note(edition: Edition) -> Edition:
        read.append(edition.title)
        return edition

    return [Wanted(edition.id, f"digest of {edition.text}", partial(note, edition)) for edition in editions]


def arrays(folder: Path) -> dict[str, list[object]]:
    generation = folder / read_manifest(folder).generation
    return {file.name: np.load(file).tolist() for file in sorted(generation.glob("*.npy"))}


def test_only_what_is_new_is_read(editions: list[Edition], tmp_path: Path) -> None:
    read: list[str] = []
    update(wanted(editions[:3], read), tmp_path, "a", settings=WORDS_ONLY)
    assert read == ["示例党务办法", "示例接待办法", "示例培训办法"]
    read.clear()
    update(wanted(editions, read), tmp_path, "b", settings=WORDS_ONLY)
    assert read == ["示例档案办法"]


@pytest.mark.parametrize("settings", [IndexSettings(), WORDS_ONLY], ids=["with vectors", "words alone"])
def test_an_index_brought_up_to_date_is_the_index_built_at_once(
    editions: list[Edition], tmp_path: Path, settings: IndexSettings
) -> None:
    first, second, third, fourth = editions
    build([first, second, third], tmp_path / "grown", "a", settings=settings)
    build([third, first, fourth], tmp_path / "grown", "b", settings=settings)
    build([first, third, fourth], tmp_path / "fresh", "b", settings=settings)
    grown, fresh = arrays(tmp_path / "grown"), arrays(tmp_path / "fresh")
    same = [name for name in fresh if name.partition(".")[0] in ("words", "bigrams", "characters", "titles")]
    assert len(same) == 16
    assert {name: grown[name] for name in same} == {name: fresh[name] for name in same}
    for question in ("接待费多久公布", "档案工作", "培训"):
        hits = [Index.open(tmp_path / name).search(question, 9) for name in ("grown", "fresh")]
        assert {hit.chunk for hit in hits[0]} == {hit.chunk for hit in hits[1]}
        assert hits[0][0].chunk == hits[1][0].chunk


def test_a_changed_text_replaces_the_former_one(
    editions: list[Edition], make_edition: MakeEdition, tmp_path: Path
) -> None:
    build(editions, tmp_path, "a", settings=WORDS_ONLY)
    changed = make_edition("示例接待办法", "第一条　接待从简。", "第二条　不得饮酒。", "第三条　自行用餐。")
    build([editions[0], changed, *editions[2:]], tmp_path, "b", settings=WORDS_ONLY)
    index = Index.open(tmp_path)
    assert index.search("饮酒", 1)[0].chunk.path == "art_2"
    assert [hit.chunk.title for hit in index.search("接待费每季度公布", 9) if hit.chunk.title == changed.title] != []
    assert len(index) == 2 * 3 + 3


def test_an_edition_without_a_chunk_is_not_read_again(tmp_path: Path) -> None:
    read: list[str] = []
    empty = Edition("示例空白", "2020", "", ())
    update(wanted([empty], read), tmp_path, "a", settings=WORDS_ONLY)
    update(wanted([empty, replace(empty, title="示例空白二")], read), tmp_path, "b", settings=WORDS_ONLY)
    assert read.count("示例空白二") == 1


def test_another_recipe_builds_everything_anew(editions: list[Edition], tmp_path: Path) -> None:
    read: list[str] = []
    update(wanted(editions, read), tmp_path, "a", settings=WORDS_ONLY)
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    manifest["recipe"]["k1"] = 9.9
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    update(wanted(editions, read), tmp_path, "a", settings=WORDS_ONLY)
    assert len(read) == 2 * len(editions)


def test_a_generation_holds_nothing_of_its_making(editions: list[Edition], tmp_path: Path) -> None:
    build(editions, tmp_path, "a", workers=2)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(
        [read_manifest(tmp_path).generation, "manifest.json"]
    )
    assert not (tmp_path / read_manifest(tmp_path).generation / "parts").exists()


def test_no_key_is_written_down(editions: list[Edition], tmp_path: Path) -> None:
    settings = replace(WORDS_ONLY, embedding=replace(WORDS_ONLY.embedding, key="secret-key"))
    build(editions, tmp_path, "a", settings=settings)
    assert "secret-key" not in (tmp_path / "manifest.json").read_text("utf-8")
    assert read_manifest(tmp_path).index_settings("secret-key") == settings


def test_a_model_that_has_changed_is_named_with_the_cure(editions: list[Edition], tmp_path: Path) -> None:
    build(editions, tmp_path, "a")
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    manifest["recipe"]["model"] = "another"
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with pytest.raises(StoreError, match="向量模型已经改变；请运行 danggui reindex"):
        Index.open(tmp_path)
