"""The one place that knows Chroma: the embedded client alone, with our vectors, its telemetry off.

Only one process may write a Chroma folder; the lock on the knowledge base sees to that, and a generation's folder is
written once. The server is never started: it had an unauthenticated remote-code-execution advisory (CVE-2026-45829).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

import numpy as np

from index.lexical import Floats, Rows
from index.vectors import Mask, no_rows

_FOLDER = "chroma"
_NAME = "provisions"
# Close to exact at some hundred thousand vectors; Chroma's own values lose a fifth of the nearest ones.
_GRAPH = {"space": "ip", "ef_construction": 200, "ef_search": 400, "max_neighbors": 32}
_BATCH = 5000  # rows per call; Chroma takes 5461 at most


class ChromaStore:
    """A `VectorStore` in Chroma's own folder; a graph, so the nearest are found but for a few in a hundred."""

    def __init__(self, client: Any, collection: Any) -> None:
        """Take Chroma's client and collection; use `create` or `open`."""
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty store in a folder."""
        client = _client(folder)
        return cls(client, client.create_collection(_NAME, configuration={"hnsw": _GRAPH}, embedding_function=None))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the store in a folder. Raises OSError when it is missing or damaged."""
        if not (folder / _FOLDER).is_dir():
            raise OSError(f"{folder / _FOLDER}: no such folder")
        try:
            client = _client(folder)
            return cls(client, client.get_collection(_NAME, embedding_function=None))
        except Exception as error:  # Chroma raises errors of many kinds, some of its Rust core
            raise OSError(f"{folder / _FOLDER}: {error}") from error

    def close(self) -> None:
        """Write what is pending and let go of the files."""
        self._client.close()

    def add(self, vectors: Floats) -> None:
        """See `VectorStore`."""
        first = self._collection.count()
        for at in range(0, len(vectors), _BATCH):
            block = vectors[at : at + _BATCH]
            self._collection.add(ids=[str(first + at + place) for place in range(len(block))], embeddings=block)

    def search(self, vector: Floats, k: int, allowed: Mask | None) -> tuple[Rows, Floats]:
        """See `VectorStore`."""
        names = None if allowed is None else [str(row) for row in np.flatnonzero(allowed)]
        count = self._collection.count() if names is None else len(names)
        if not min(count, k):
            return no_rows()
        found = self._collection.query(
            query_embeddings=vector[None], n_results=min(count, k), ids=names, include=["distances"]
        )
        rows = np.array([int(name) for name in found["ids"][0]], np.int32)
        return rows, 1 - np.array(found["distances"][0], np.float32)


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder / _FOLDER), Settings(anonymized_telemetry=False))
