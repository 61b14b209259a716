"""From a question to ranked provisions (检索): words and vectors find candidates, a learned ranker orders them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np

from corpus.errors import StoreError
from index.case import Case, merged, read_case
from index.chunks import Chunk
from index.dense import Dense, open_dense
from index.explain import Explanation, explain
from index.features import NAMED_TITLE, SIMILAR_TITLE, Evidence, evidence
from index.lexical import HEADINGS, TITLES, Floats, Postings, Rows, idf
from index.parts import Asked, Parts
from index.rerank import Ranker, ranker
from index.storage import Manifest, damage_reported, read_manifest
from index.table import ChunkTable
from index.tokens import ANALYSERS, Tokenizer, shared_tokenizer, word_key
from index.vectors import Mask

_LEXICAL, _DENSE = 200, 100  # the fewest candidates that each side gives
_CASE_DEPTH = 200  # hits looked at for each sentence of a case
_PER_HIT = 3  # candidates per hit wanted: several chunks of one article give one hit
_MASKS = 16  # sets of allowed editions whose rows are kept
_ENTRIES = 120_000  # read per analyser to choose candidates; the commonest terms of a large base are left out


class Stage(StrEnum):
    """What orders the hits: one stage alone, the plain sum of all, or the learned ranker."""

    WORDS = "words"
    BIGRAMS = "bigrams"
    CHARACTERS = "characters"
    DENSE = "dense"
    FUSED = "fused"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A chunk, its score (higher is better, comparable within one question only), and its row in the index."""

    chunk: Chunk
    score: float
    row: int


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
        self.manifest = manifest
        self._parts = Parts(table, postings, tokenizer, dense)
        self._table = table
        self._mask = lru_cache(maxsize=_MASKS)(self._rows_of)

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
            postings[HEADINGS] = Postings.load(generation, HEADINGS, len(table.headings))
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
        return self._parts.tokenizer.words(text)

    def weight(self, word: str) -> float:
        """Return how rare a word is here: its inverse document frequency in nats, highest where it is unknown."""
        return float(idf(self._parts.postings["words"].frequency(word_key(word)), len(self)))

    def search(
        self, question: str, k: int = 10, editions: Collection[str] | None = None, stage: Stage = Stage.FINAL
    ) -> list[Ranked]:
        """Return the k best provisions for a question, at most one chunk per article, best first.

        `editions` are the ids that may be hit, None for all; they are left out before ranking, so k hits come back
        while k allowed articles share a term with the question. A case description is asked sentence by sentence.
        """
        return self._search(question, k, self._allowed(editions), stage)[0]

    def find(
        self, question: str, k: int = 10, editions: Collection[str] | None = None
    ) -> tuple[list[Ranked], list[dict[str, float]]]:
        """Return what `search` does, and for each hit its features; none of these for a case."""
        ranked, found = self._search(question, k, self._allowed(editions), Stage.FINAL)
        if found is None:
            return ranked, [{} for _ in ranked]
        places = np.searchsorted(found.rows, np.array([one.row for one in ranked], np.int32))
        return ranked, [dict(zip(found.names, column, strict=True)) for column in found.values.T[places].tolist()]

    def evidence(self, question: str, k: int = 10, editions: Collection[str] | None = None) -> Evidence:
        """Return the candidates that `search` would rank to give k hits, and their features."""
        asked = self._parts.asked(question)
        return evidence(self._parts, asked, self._candidates(asked, k, self._allowed(editions)))

    def explain(self, question: str, k: int = 10, editions: Collection[str] | None = None) -> list[Explanation]:
        """Return for each hit of `search` what speaks for it and against it; nothing for a case, ranked by a sum."""
        if read_case(question):
            return []
        found = self.evidence(question, k, editions)
        if not len(found.rows):
            return []
        ranker = self._ranker(found)
        best = self._best(found.rows, ranker.scores(found), k)
        return [explain(ranker, found, int(np.searchsorted(found.rows, row))) for row, _ in best]

    def chunk(self, row: int) -> Chunk:
        """Return the chunk of a row."""
        return self._table[row]

    def _search(
        self, question: str, k: int, allowed: Mask | None, stage: Stage
    ) -> tuple[list[Ranked], Evidence | None]:
        case = read_case(question) if stage is Stage.FINAL else None
        ranked, found = (self._of_case(case, k, allowed), None) if case else self._ranked(question, k, allowed, stage)
        return [Ranked(self._table[row], score, row) for row, score in ranked], found

    def _of_case(self, case: Case, k: int, allowed: Mask | None) -> list[tuple[int, float]]:
        """Return the best rows for a case by the plain sum of stages: the ranker is learned from short questions."""
        depth = max(k, _CASE_DEPTH)
        rankings = [self._ranked(text, depth, allowed, Stage.FUSED)[0] for text, _ in case.queries]
        titles, title_of, article_of = self._table.titles, self._table.title_of, self._table.article_of
        best: dict[int, tuple[float, int]] = {}  # the row that fits its question best stands for its article
        for row, score in (hit for ranking in rankings for hit in ranking):
            article = int(article_of[row])
            best[article] = max(best.get(article, (0.0, row)), (score, row))
        raised = [[(int(article_of[row]), titles[title_of[row]], score) for row, score in hits] for hits in rankings]
        return [(best[article][1], score) for article, score in merged(case, raised)[:k]]

    def _ranked(
        self, question: str, k: int, allowed: Mask | None, stage: Stage
    ) -> tuple[list[tuple[int, float]], Evidence | None]:
        asked = self._parts.asked(question)
        wanted = max(k, 1)
        while True:
            rows, scores, found = self._scored(asked, wanted, allowed, stage)
            best = self._best(rows, scores, k)
            if len(best) >= k or len(rows) < wanted:
                return best, found
            wanted *= 2 * _PER_HIT

    def _scored(self, asked: Asked, k: int, allowed: Mask | None, stage: Stage) -> tuple[Rows, Floats, Evidence | None]:
        """Return candidates for k hits, their scores at a stage, and the features where these are what is scored."""
        if stage in ANALYSERS:
            scores = _allow(self._parts.postings[stage].scores(getattr(asked.terms, stage)), allowed)
            rows = _top(scores, _PER_HIT * k)
            return rows, scores[rows], None
        if stage is Stage.DENSE:
            return *self._nearest(asked, _PER_HIT * k, allowed), None
        rows = self._candidates(asked, k, allowed)
        if not len(rows):
            return rows, np.empty(0, np.float32), None
        found = evidence(self._parts, asked, rows)
        return rows, found.fused() if stage is Stage.FUSED else self._ranker(found).scores(found), found

    def _candidates(self, asked: Asked, k: int, allowed: Mask | None) -> Rows:
        """Return the rows, ascending, that the lexical and the dense stage find best for k hits."""
        totals = np.zeros(len(self._table), np.float32)
        for name, terms in zip(ANALYSERS, asked.terms, strict=True):
            self._parts.postings[name].add(totals, terms, budget=_ENTRIES)
        totals *= self._title_factors(asked)[self._table.title_of]
        lexical = _top(_allow(totals, allowed), max(_LEXICAL, _PER_HIT * k))
        dense, _ = self._nearest(asked, max(_DENSE, _PER_HIT * k), allowed)
        return np.union1d(lexical, dense).astype(np.int32)

    def _nearest(self, asked: Asked, k: int, allowed: Mask | None) -> tuple[Rows, Floats]:
        if self._parts.dense is None or asked.vector is None or not asked.vector.any():
            return np.empty(0, np.int32), np.empty(0, np.float32)
        rows, cosines = self._parts.dense.search(asked.vector, k, allowed)
        return rows[cosines > 0], cosines[cosines > 0]

    def _ranker(self, found: Evidence) -> Ranker:
        return ranker("cosine" in found.names)

    def _allowed(self, editions: Collection[str] | None) -> Mask | None:
        """Return which rows belong to the allowed editions."""
        return None if editions is None else self._mask(frozenset(editions))

    def _rows_of(self, editions: frozenset[str]) -> Mask:
        wanted: Mask = np.array([edition in editions for edition in self._table.editions], bool)
        return wanted[self._table.edition_of]

    def _title_factors(self, asked: Asked) -> Floats:
        """Return for each title by how much its chunks are raised."""
        factors = 1 + np.float32(SIMILAR_TITLE) * self._parts.postings[TITLES].sums(asked.terms.bigrams)
        factors[asked.named] += np.float32(NAMED_TITLE)
        return factors

    def _best(self, rows: Rows, scores: Floats, k: int) -> list[tuple[int, float]]:
        """Return the best row of each of the k best articles, with its score; of equal scores the earlier row."""
        order = np.lexsort((rows, -scores))
        _, firsts = np.unique(self._table.article_of[rows[order]], return_index=True)
        best = order[np.sort(firsts)[:k]]
        return list(zip(rows[best].tolist(), scores[best].tolist(), strict=True))


def _allow(scores: Floats, allowed: Mask | None) -> Floats:
    return scores if allowed is None else np.where(allowed, scores, np.float32(0))


def _top(scores: Floats, size: int) -> Rows:
    """Return the rows with the highest positive scores, best first, `size` at most."""
    if len(scores) > size:
        threshold = np.partition(scores, -size)[-size]
        rows = np.flatnonzero((scores >= threshold) & (scores > 0))
    else:
        rows = np.flatnonzero(scores > 0)
    return rows[np.argsort(-scores[rows], kind="stable")][:size].astype(np.int32)
