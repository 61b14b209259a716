"""From a question to ranked provisions (检索): the lexical stages summed, works that the question names put forward."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from corpus.errors import StoreError
from corpus.titles import TitleIndex, work_key
from index.chunks import Chunk
from index.dense import Dense, open_dense
from index.lexical import TITLES, Floats, Postings, idf
from index.storage import Manifest, damage_reported, read_manifest
from index.table import ChunkTable
from index.tokens import ANALYSERS, Terms, Tokenizer, shared_tokenizer, word_key

_OVERSAMPLE = 4  # rows looked at per hit wanted: several chunks of one article give one hit


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each stage counts in a score; tuned on Legal-DC's questions, cross-validated by regulation.

    `similar_title` and `named_title` raise a chunk's score by that share of it: the first times the part of its
    title's words that stand in the question, the second when the question names the work.
    """

    words: float = 1.0
    bigrams: float = 1.0
    characters: float = 0.8
    similar_title: float = 0.2
    named_title: float = 0.5


@dataclass(frozen=True, slots=True)
class Ranked:
    """A chunk and its score; higher is better, comparable within one question only."""

    chunk: Chunk
    score: float


class Index:
    """An index opened for reading; safe to share between threads."""

    def __init__(
        self,
        manifest: Manifest,
        table: ChunkTable,
        postings: dict[str, Postings],
        tokenizer: Tokenizer,
        dense: Dense | None,
    ) -> None:
        """Take the parts; use `Index.open`."""
        self._dense = dense
        self.manifest = manifest
        self._table = table
        self._postings = postings
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, folder: Path, key: str = "") -> Self:
        """Open the current generation in `folder`; `key` opens the endpoint that embeds questions, if there is one.

        Raises StoreError when there is none, when it is damaged or its model is gone.
        """
        manifest = read_manifest(folder)
        try:
            return cls._load(folder, manifest, key)
        except StoreError:  # a new generation may have taken its place meanwhile
            newer = read_manifest(folder)
            if newer.generation == manifest.generation:
                raise
            return cls._load(folder, newer, key)

    @classmethod
    def _load(cls, folder: Path, manifest: Manifest, key: str) -> Self:
        generation = folder / manifest.generation
        with damage_reported(folder):
            table = ChunkTable.load(generation)
            postings = {name: Postings.load(generation, name, len(table)) for name in ANALYSERS}
            postings[TITLES] = Postings.load(generation, TITLES, len(table.titles))
            dense = open_dense(generation, manifest, key, len(table))
        return cls(manifest, table, postings, shared_tokenizer(), dense)

    @property
    def digest(self) -> str:
        """The state of the corpus that the index was built from."""
        return self.manifest.digest

    def __len__(self) -> int:
        return len(self._table)

    def words(self, text: str) -> list[str]:
        """Return the words of a text as the index knows them, and the shorter words inside them."""
        return self._tokenizer.words(text)

    def weight(self, word: str) -> float:
        """Return how rare a word is here: its inverse document frequency in nats, highest where it is unknown."""
        return float(idf(self._postings["words"].frequency(word_key(word)), len(self)))

    def search(
        self,
        question: str,
        k: int = 10,
        editions: Collection[str] | None = None,
        weights: Weights = Weights(),
    ) -> list[Ranked]:
        """Return the k best provisions for a question, at most one chunk per article, best first.

        `editions` are the ids that may be hit, None for all; they are left out before ranking, so k hits come back
        while k allowed articles share a term with the question.
        """
        return self._search(question, k, self._allowed(editions), weights)

    def search_many(
        self,
        questions: Iterable[str],
        k: int = 10,
        editions: Collection[str] | None = None,
        weights: Weights = Weights(),
    ) -> list[list[Ranked]]:
        """Answer several questions under one filter, in order."""
        allowed = self._allowed(editions)
        return [self._search(question, k, allowed, weights) for question in questions]

    def _search(self, question: str, k: int, allowed: npt.NDArray[np.bool_] | None, weights: Weights) -> list[Ranked]:
        scores = self._scores(question, weights)
        if allowed is not None:
            scores *= allowed
        return [Ranked(self._table[row], float(scores[row])) for row in self._best(scores, k)]

    def _allowed(self, editions: Collection[str] | None) -> npt.NDArray[np.bool_] | None:
        """Return which rows belong to the allowed editions."""
        if editions is None:
            return None
        wanted = frozenset(editions)
        return np.array([edition in wanted for edition in self._table.editions], bool)[self._table.edition_of]

    def _scores(self, question: str, weights: Weights) -> Floats:
        terms = self._tokenizer.keys(question)
        total = np.zeros(len(self._table), np.float32)
        for name, keys in zip(ANALYSERS, terms, strict=True):
            if weight := getattr(weights, name):
                total += np.float32(weight) * self._postings[name].scores(keys)
        return total * self._title_factors(question, terms, weights)[self._table.title_of]

    def _title_factors(self, question: str, terms: Terms, weights: Weights) -> Floats:
        """Return for each title by how much its chunks are raised."""
        factors = 1 + np.float32(weights.similar_title) * self._postings[TITLES].sums(terms.bigrams)
        if weights.named_title:
            named = {work_key(title) for mention in self._names.find_in(question) for title in mention.titles}
            for place, title in enumerate(self._table.titles):
                if work_key(title) in named:
                    factors[place] += weights.named_title
        return factors

    @cached_property
    def _names(self) -> TitleIndex:
        return TitleIndex(self._table.titles)

    def _best(self, scores: Floats, k: int) -> Sequence[int]:
        """Return the best row of each of the k best articles; of equal scores the earlier row is better."""
        size = k * _OVERSAMPLE
        while True:
            rows = _top(scores, size)
            _, firsts = np.unique(self._table.article_of[rows], return_index=True)
            if len(firsts) >= k or len(rows) < size:
                best: list[int] = rows[np.sort(firsts)[:k]].tolist()
                return best
            size *= _OVERSAMPLE


def _top(scores: Floats, size: int) -> npt.NDArray[np.int64]:
    """Return the rows with the highest positive scores, best first, `size` at most."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) > size:
        threshold = np.partition(scores[rows], -size)[-size]
        rows = rows[scores[rows] >= threshold]
    return rows[np.argsort(-scores[rows], kind="stable")][:size]
