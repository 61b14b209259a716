"""Vectors computed for an index that is not finished yet (未完成的向量): an interrupted rebuild goes on from here.

    index/pending-…/00001.npz    the hashes of a block of passages, shape (n, 2), and their vectors

The folder is named by the model, so that vectors of two models never meet, and goes when the index is in place.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from hashlib import blake2b, sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from index.embedding import Embedder, Vectors
from index.static_model import StaticModel

_BLOCK = 512  # passages encoded, and written, at a time
_PREFIX = "pending-"


class PendingVectors:
    """Encodes passages, each once, and keeps what it has encoded in a folder."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Read what an earlier run left in the index folder for this model."""
        self._embedder = embedder
        self._keeps = not isinstance(embedder, StaticModel)  # its vectors come sooner than they could be read back
        self._folder = folder / f"{_PREFIX}{sha256(embedder.identity.encode()).hexdigest()[:12]}"
        self._vectors = dict(_read(self._folder))
        self._written = len(list(self._folder.glob("*.npz")))

    def encode(self, passages: Sequence[str]) -> Vectors:
        """Return the vectors of passages, computing those that are new."""
        if not self._keeps:
            return self._embedder.passages(passages)
        hashes = [_hash(passage) for passage in passages]
        new = {name: passage for name, passage in zip(hashes, passages, strict=True) if name not in self._vectors}
        names = list(new)
        for at in range(0, len(names), _BLOCK):
            block = names[at : at + _BLOCK]
            vectors = self._embedder.passages([new[name] for name in block])
            self._write(block, vectors)
            self._vectors.update(zip(block, vectors, strict=True))
        rows = [self._vectors[name] for name in hashes]
        return np.array(rows, np.float32).reshape(len(rows), self._embedder.dimension)

    def drop(self) -> None:
        """Remove the folder: the index that the vectors were for is in place."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _write(self, names: Sequence[bytes], vectors: Vectors) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._written += 1
        draft = self._folder / "draft"
        with draft.open("wb") as file:
            np.savez(file, names=np.frombuffer(b"".join(names), np.uint64).reshape(-1, 2), vectors=vectors)
        draft.replace(self._folder / f"{self._written:05}.npz")


def _read(folder: Path) -> Iterator[tuple[bytes, Vectors]]:
    for file in sorted(folder.glob("*.npz")):
        try:
            with file.open("rb") as handle, np.load(handle) as block:
                yield from zip((name.tobytes() for name in block["names"]), block["vectors"], strict=True)
        except (OSError, ValueError, KeyError, BadZipFile):  # cut short by a fault of the disk: computed anew
            continue


def _hash(passage: str) -> bytes:
    return blake2b(passage.encode("utf-8", "replace"), digest_size=16).digest()
