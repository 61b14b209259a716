"""Provisions by meaning (语义检索): the embedder's vectors, a store that finds the nearest, codes to compare by.

gen-…/codes.npy     one row per chunk, shape (n_chunks, dimension)
gen-…/scales.npy    the step of each dimension
gen-…/vectors.faiss or gen-…/chroma/    the same vectors in the store
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Self

import numpy as np

from corpus.errors import InputError, StoreError
from index.chroma_store import ChromaStore
from index.embedding import Embedder, embedder_for
from index.faiss_store import FaissStore
from index.lexical import Floats, Rows
from index.settings import STORES
from index.storage import Manifest
from index.vectors import Codes, Mask, Scales, VectorStore

_CODES, _SCALES = "codes.npy", "scales.npy"
_BLOCK = 20_000  # vectors decoded at a time


class Dense:
    """The vectors of a generation, opened for reading; safe to share between threads."""

    def __init__(self, embedder: Embedder, codes: Codes, scales: Scales, store: VectorStore) -> None:
        """Take the parts; use `Dense.open`."""
        self._embedder = embedder
        self._codes = codes
        self._scales = scales
        self._store = store

    @classmethod
    def open(cls, generation: Path, embedder: Embedder, store: str, size: int) -> Self:
        """Map the vectors of a generation; raises OSError or ValueError when a file is missing or damaged."""
        codes, scales = read_codes(generation)
        if codes.shape != (size, embedder.dimension):
            raise ValueError(f"{generation / _CODES}: shape {codes.shape}")
        opened = FaissStore.open(generation, scales) if store == "faiss" else ChromaStore.open(generation)
        return cls(embedder, codes, scales, opened)

    def vector(self, question: str) -> Floats:
        """Return a question's vector, shape (dimension,), unit length or zero."""
        vector: Floats = self._embedder.queries([question])[0]
        return vector

    def search(self, vector: Floats, k: int, allowed: Mask | None) -> tuple[Rows, Floats]:
        """Return the k allowed rows nearest to a vector, best first, and their cosines."""
        return self._store.search(vector, k, allowed)

    def similarities(self, vector: Floats, rows: Rows) -> Floats:
        """Return the cosines of given rows with a vector."""
        return self._scales.similarities(vector, self._codes[rows])


def open_dense(generation: Path, manifest: Manifest, key: str, size: int) -> Dense | None:
    """Open the vectors of a generation with the model they were made by, None where it has none.

    Raises StoreError when that model is gone or has changed, OSError or ValueError when a file is damaged.
    """
    settings = manifest.index_settings(key)
    if settings.store == "none":
        return None
    try:
        embedder = embedder_for(settings.embedding)
        found = embedder.identity
    except InputError as error:
        raise StoreError(
            f"检索索引要用的向量模型打不开：{error}；或运行 danggui reindex --bundled 改用自带模型"
        ) from error
    if found != manifest.recipe["model"]:
        raise StoreError("检索索引要用的向量模型已经改变；请运行 danggui reindex 重建索引")
    return Dense.open(generation, embedder, settings.store, size)


def read_codes(generation: Path) -> tuple[Codes, Scales]:
    """Map the codes of a generation; raises OSError or ValueError when a file is missing or damaged."""
    return np.load(generation / _CODES, mmap_mode="r"), Scales(np.load(generation / _SCALES))


def write_codes(generation: Path, codes: Codes, scales: Scales, store: str) -> None:
    """Write codes and fill the store called `store`. Raises InputError for a store that is not known."""
    np.save(generation / _CODES, codes)
    np.save(generation / _SCALES, scales.steps)
    if store == "faiss":
        faiss_store = FaissStore.create(scales)
        _fill(faiss_store, codes, scales)
        faiss_store.save(generation)
    elif store == "chroma":
        chroma_store = ChromaStore.create(generation)
        _fill(chroma_store, codes, scales)
        chroma_store.close()
    else:
        raise InputError(f"没有名为 {store} 的向量库；可用 {'、'.join(STORES)}")


def _fill(store: VectorStore, codes: Codes, scales: Scales) -> None:
    for at in _blocks(len(codes)):
        store.add(scales.decode(codes[at : at + _BLOCK]))


def _blocks(size: int) -> Iterable[int]:
    return range(0, size, _BLOCK)
