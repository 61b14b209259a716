"""Any sentence-transformers model, from a folder or by name (其他向量模型): prompts, windows for long passages.

Importing the library takes seconds, so it is loaded with the first text. Only a name that is no folder can reach for
the network, and not when HF_HUB_OFFLINE is set.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import InputError
from index.embedding import EmbeddingSettings, Vectors, unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32  # texts
_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?(@[\w./-]+)?", re.ASCII)  # organisation/model@revision, as hubs have them
_SENTENCE = re.compile(r"[^。；;！？\n]*[。；;！？\n]?")
_PASSAGE_PROMPTS = ("document", "passage", "corpus")  # the names that the library itself looks for


class SentenceModel:
    """A sentence-transformers model; loaded on first use, one text batch at a time."""

    def __init__(self, settings: EmbeddingSettings) -> None:
        """Remember which model; raises InputError where it is neither a folder with a model nor a hub's name."""
        self._settings = settings
        self._folder = _folder_of(settings.model)
        self._lock = Lock()

    @cached_property
    def identity(self) -> str:
        """The name, or for a folder its files' names, sizes and times, with the prompts."""
        parts = [self._settings.model, self._settings.query_prompt, self._settings.passage_prompt]
        if self._folder is not None:
            parts += _stamps(self._folder)
        return f"sentence-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:16]}"

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions; one over the model's length is averaged over windows like a passage."""
        return self._encode(texts, self._query_prompt)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages: one longer than the model reads is the mean of its windows' vectors."""
        return self._encode(texts, self._passage_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        with self._lock:  # a tokenizer is not safe across threads
            if not texts:
                return np.zeros((0, self.dimension), np.float32)
            limit = self._limit(prompt)
            windows = [tuple(_windows(text, limit, self._count)) for text in texts]
            parts = [part for group in windows for part in group]
            vectors = self._model.encode(
                parts, prompt=prompt or None, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True
            )
        starts = np.cumsum([0, *(len(group) for group in windows)])[:-1]
        means = unit_rows(np.add.reduceat(unit_rows(np.asarray(vectors)), starts, axis=0))
        means[[not text.strip() for text in texts]] = 0
        return means

    def _limit(self, prompt: str) -> float:
        """Return how many of a text's own tokens the model reads behind the prompt."""
        longest = self._model.max_seq_length
        if longest is None or math.isinf(longest):
            return math.inf
        return max(int(longest) - len(self._tokens(prompt, special=True)), 1)

    def _count(self, text: str) -> int:
        return len(self._tokens(text, special=False))

    def _tokens(self, text: str, *, special: bool) -> list[int]:
        tokens: list[int] = self._model.tokenizer(
            text, add_special_tokens=special, truncation=False, padding=False, verbose=False
        )["input_ids"]
        return tokens

    @cached_property
    def _query_prompt(self) -> str:
        return self._settings.query_prompt or str(self._model.prompts.get("query") or "")

    @cached_property
    def _passage_prompt(self) -> str:
        own = (self._model.prompts.get(name) for name in _PASSAGE_PROMPTS)
        return self._settings.passage_prompt or next((str(prompt) for prompt in own if prompt), "")

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        name, _, revision = self._settings.model.partition("@") if self._folder is None else (str(self._folder), "", "")
        options: dict[str, Any] = {"local_files_only": True} if self._folder else {"revision": revision or None}
        try:
            return SentenceTransformer(name, **options)
        except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
            cure = "文件不全或不是这种模型" if self._folder else "未能下载，或处于离线状态而本机没有缓存"
            raise InputError(
                f"向量模型 {self._settings.model} 打不开：{cure}；请检查名称，或改用已下载的文件夹"
                f"（{type(error).__name__}：{str(error).splitlines()[0] if str(error) else ''}）"
            ) from error


def _folder_of(model: str) -> Path | None:
    """Return the model's folder, or None for a hub's name."""
    folder = Path(model)
    if folder.is_dir():
        if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
            raise InputError(f"{folder} 里没有向量模型（应有 modules.json 或 config.json）；请指定模型所在的文件夹")
        return folder
    if not _NAME.fullmatch(model):
        raise InputError(f"没有这个向量模型文件夹：{model}；请检查路径")
    return None


def _stamps(folder: Path) -> list[str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stats = [(path, path.stat()) for path in files]
    return [f"{path.relative_to(folder)} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats]


def _windows(text: str, limit: float, count: Callable[[str], int]) -> Iterator[str]:
    """Yield the parts of a text, whole sentences where they fit, none above `limit` tokens."""
    if len(text) <= 1 or math.isinf(limit) or count(text) <= limit:
        yield text
        return
    packed = ""
    for sentence in filter(None, _SENTENCE.findall(text)):
        if packed and count(packed + sentence) > limit:
            yield from _halves(packed, limit, count)
            packed = ""
        packed += sentence
    yield from _halves(packed, limit, count)


def _halves(text: str, limit: float, count: Callable[[str], int]) -> Iterator[str]:
    if len(text) <= 1 or count(text) <= limit:
        yield text
        return
    middle = len(text) // 2
    yield from _halves(text[:middle], limit, count)
    yield from _halves(text[middle:], limit, count)
