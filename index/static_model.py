"""A static embedding (静态向量): a text's vector is the mean of its tokens' vectors, read from one table.

The folder is a sentence-transformers model (one StaticEmbedding module: tokenizer.json, model.safetensors) and is read
here with tokenizers, safetensors and numpy alone: importing torch would take seconds. The words of a question cost
one look-up each, so encoding takes a fraction of a millisecond (Tulkens and van Dongen, model2vec, 2024).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from corpus.errors import InputError
from index.embedding import Vectors, unit_rows

if TYPE_CHECKING:
    from tokenizers import Tokenizer

TOKENIZER, WEIGHTS, MODULES = "tokenizer.json", "model.safetensors", "modules.json"
TABLE, DIGEST = "embedding.weight", "digest"
_BATCH = 1024  # texts
_STATIC = "StaticEmbedding"


class StaticModel:
    """A static embedding in a folder; loaded on first use, safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()

    @staticmethod
    def is_model(folder: Path) -> bool:
        """Tell whether a folder holds one static embedding and nothing besides it."""
        try:
            modules = json.loads((folder / MODULES).read_text("utf-8"))
            kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return kinds in ([_STATIC], [_STATIC, "Normalize"])

    @cached_property
    def identity(self) -> str:
        """A digest of tokenizer and weights: the one that training writes among the weights, else counted here."""
        return f"static-{(self._header[1].get(DIGEST) or self._counted_digest())[:16]}"

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._header[0]

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, shape (n_texts, dimension)."""
        return self._encode(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (n_texts, dimension); a text of any length counts whole."""
        return self._encode(texts)

    def parts(self) -> tuple[Tokenizer, npt.NDArray[np.float32]]:
        """Return tokenizer and table, of shape (n_tokens, dimension), to train further."""
        return self._tokenizer, self._table

    def _encode(self, texts: Sequence[str]) -> Vectors:
        parts = [self._means(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)]
        return unit_rows(np.concatenate(parts)) if parts else np.zeros((0, self.dimension), np.float32)

    def _means(self, texts: Sequence[str]) -> Vectors:
        """Return the sum of each text's token vectors: its mean but for a length that is divided out."""
        tokenizer = self._tokenizer
        with self._lock:  # a tokenizer is not safe across threads
            encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
            ids = [encoding.ids for encoding in encodings]
        sums = np.zeros((len(ids), self.dimension), np.float32)
        for row, tokens in enumerate(ids):
            if tokens:
                np.add.reduce(self._table[tokens], axis=0, out=sums[row])
        return sums

    @cached_property
    def _header(self) -> tuple[int, dict[str, str]]:
        """The dimension and the notes among the weights; the weights themselves are not read."""
        with self._weights() as weights:
            return int(weights.get_slice(TABLE).get_shape()[1]), dict(weights.metadata() or {})

    @cached_property
    def _table(self) -> npt.NDArray[np.float32]:
        with self._weights() as weights:
            return np.ascontiguousarray(weights.get_tensor(TABLE), dtype=np.float32)

    @contextmanager
    def _weights(self) -> Iterator[Any]:
        from safetensors import SafetensorError, safe_open

        path = self.folder / WEIGHTS
        try:
            with safe_open(path, "numpy") as weights:
                yield weights
        except OSError as error:
            raise self._unreadable(WEIGHTS, error) from error
        except SafetensorError as error:
            raise InputError(f"{path} 不是向量模型的权重文件（应有 {TABLE}）；请重新取得该模型") from error

    def _counted_digest(self) -> str:
        digest = hashlib.sha256()
        for name in (TOKENIZER, WEIGHTS):
            digest.update(self._read(name))
        return digest.hexdigest()

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        text = self._read(TOKENIZER).decode("utf-8", "replace")
        try:
            tokenizer = Tokenizer.from_str(text)
        except Exception as error:  # the library raises nothing narrower
            raise InputError(f"{self.folder / TOKENIZER} 不是分词器文件；请重新取得该模型") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    def _read(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise self._unreadable(name, error) from error

    def _unreadable(self, name: str, error: OSError) -> InputError:
        return InputError(f"读不到向量模型的文件 {self.folder / name}（{error.strerror or error}）；请重新取得该模型")
