"""FAISS and Chroma behind one protocol: the same neighbours, the same filters, the same edges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import InputError
from index.chroma_store import ChromaStore
from index.dense import read_codes, write_codes
from index.faiss_store import FaissStore
from index.lexical import Floats
from index.vectors import Scales, VectorStore

Open = Callable[[Path, Floats], VectorStore]


def unit(rows: int, dimension: int = 16, seed: int = 0) -> Floats:
    vectors = np.random.default_rng(seed).standard_normal((rows, dimension)).astype(np.float32)
    unit_vectors: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit_vectors


@pytest.fixture(params=["faiss", "chroma"])
def stored(request: pytest.FixtureRequest) -> Open:
    """Return a function that writes vectors into a folder by the store's name and opens them."""

    def write(folder: Path, vectors: Floats) -> VectorStore:
        scales = Scales.fitting(vectors)
        write_codes(folder, scales.encode(vectors), scales, request.param)
        return FaissStore.open(folder, scales) if request.param == "faiss" else ChromaStore.open(folder)

    return write


def test_a_vector_is_nearest_to_itself_and_products_fall(stored: Open, tmp_path: Path) -> None:
    vectors = unit(300)
    store = stored(tmp_path, vectors)
    for row in (0, 17, 299):
        rows, products = store.search(vectors[row], 5, None)
        exact = vectors @ vectors[row]
        assert rows[0] == row
        assert exact[rows].min() >= np.sort(exact)[-5] - 0.02
        assert products == pytest.approx(exact[rows], abs=0.02)
        assert (np.diff(products) <= 0).all()


def test_what_is_not_allowed_makes_room_for_what_is(stored: Open, tmp_path: Path) -> None:
    vectors = unit(300)
    store = stored(tmp_path, vectors)
    allowed = np.zeros(300, bool)
    allowed[[5, 90, 250]] = True
    rows, _ = store.search(vectors[17], 10, allowed)
    assert sorted(rows.tolist()) == [5, 90, 250]
    assert rows[0] == max((5, 90, 250), key=lambda row: float(vectors[row] @ vectors[17]))


def test_nothing_allowed_none_wanted_and_more_wanted_than_there_are(stored: Open, tmp_path: Path) -> None:
    vectors = unit(4)
    store = stored(tmp_path, vectors)
    assert len(store.search(vectors[0], 3, np.zeros(4, bool))[0]) == 0
    assert len(store.search(vectors[0], 0, None)[0]) == 0
    assert sorted(store.search(vectors[0], 10, None)[0].tolist()) == [0, 1, 2, 3]


def test_an_empty_store_finds_nothing(stored: Open, tmp_path: Path) -> None:
    rows, products = stored(tmp_path, np.empty((0, 16), np.float32)).search(unit(1)[0], 5, None)
    assert (len(rows), len(products)) == (0, 0)


def test_codes_come_back_within_a_step() -> None:
    vectors = unit(50, 256)
    scales = Scales.fitting(vectors)
    assert np.abs(scales.decode(scales.encode(vectors)) - vectors).max() <= scales.steps.max() / 2 + 1e-6
    assert scales.similarities(vectors[3], scales.encode(vectors)) == pytest.approx(vectors @ vectors[3], abs=0.01)


def test_codes_are_written_and_read(tmp_path: Path) -> None:
    vectors = unit(5)
    scales = Scales.fitting(vectors)
    write_codes(tmp_path, scales.encode(vectors), scales, "faiss")
    codes, read = read_codes(tmp_path)
    assert codes.tolist() == scales.encode(vectors).tolist()
    assert read.steps.tolist() == scales.steps.tolist()


def test_a_damaged_or_missing_store_is_an_error_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"vectors\.faiss"):
        FaissStore.open(tmp_path, Scales.fitting(unit(3)))
    (tmp_path / "vectors.faiss").write_bytes(b"no index")
    with pytest.raises(OSError, match=r"vectors\.faiss"):
        FaissStore.open(tmp_path, Scales.fitting(unit(3)))
    with pytest.raises(OSError, match="chroma"):
        ChromaStore.open(tmp_path)


def test_an_unknown_store_is_refused_with_those_there_are(tmp_path: Path) -> None:
    scales = Scales.fitting(unit(1))
    with pytest.raises(InputError, match="没有名为 milvus 的向量库；可用 faiss、chroma"):
        write_codes(tmp_path, scales.encode(unit(1)), scales, "milvus")
