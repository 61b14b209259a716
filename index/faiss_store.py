"""The one place that knows FAISS: every vector compared (Flat), one byte per component, allowed rows by bit mask."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Self

import numpy as np

from index.lexical import Floats, Rows
from index.vectors import Mask, Scales, no_rows

_FILE = "vectors.faiss"


class FaissStore:
    """A `VectorStore` in one file, mapped into memory; safe to share between threads once opened."""

    def __init__(self, index: Any, scales: Scales) -> None:
        """Take FAISS's index; use `create` or `open`."""
        self._index = index
        self._scales = scales

    @classmethod
    def create(cls, scales: Scales) -> Self:
        """Return an empty store, in memory until `save`."""
        import faiss

        kind = faiss.ScalarQuantizer.QT_8bit_direct_signed
        return cls(faiss.IndexScalarQuantizer(len(scales.steps), kind, faiss.METRIC_INNER_PRODUCT), scales)

    @classmethod
    def open(cls, folder: Path, scales: Scales) -> Self:
        """Map the store saved in a folder. Raises OSError when the file is missing or damaged."""
        import faiss

        faiss.omp_set_num_threads(1)  # questions side by side use the cores better than one question on all
        try:
            return cls(faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP_IFC), scales)
        except RuntimeError as error:
            raise OSError(f"{folder / _FILE}: {error}") from error

    def save(self, folder: Path) -> None:
        """Write the store into a folder."""
        import faiss

        faiss.write_index(self._index, str(folder / _FILE))

    def add(self, vectors: Floats) -> None:
        """See `VectorStore`."""
        self._index.add(self._scales.encode(vectors).astype(np.float32))

    def search(self, vector: Floats, k: int, allowed: Mask | None) -> tuple[Rows, Floats]:
        """See `VectorStore`."""
        count = self._index.ntotal if allowed is None else int(allowed.sum())
        if not min(count, k):
            return no_rows()
        question, step = self._scales.question(vector)  # FAISS multiplies bytes by bytes
        products, rows = self._index.search(
            question[None], min(count, k), params=allowed if allowed is None else _only(allowed)
        )
        return rows[0].astype(np.int32), products[0] * step


def _only(allowed: Mask) -> Any:
    """Return the search parameters that leave out what is not allowed."""
    faiss: Any = import_module("faiss")  # its type stubs do not know the Python constructors
    return faiss.SearchParameters(sel=faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little")))
