"""BM25 over three fields, kept as ready-made impacts (词面检索).

A text, its title and its headings are one bag of terms with weighted counts (BM25F: Robertson, Zaragoza and Taylor,
"Simple BM25 extension to multiple weighted fields", CIKM 2004), so what a term adds to a document's score is known
when the index is built, and a query only sums columns. With title and headings at 0 the numbers are Lucene's BM25.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from index.tokens import Keys

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]  # documents by their place in the index

TITLES = "titles"  # the name of the postings over the titles of works
_ARRAYS = ("keys", "starts", "rows", "impacts")


@dataclass(frozen=True, slots=True)
class Parameters:
    """BM25's numbers, the same for every analyser: saturation, length correction, weights of a term in other fields."""

    k1: float = 0.3
    b: float = 0.5
    title: float = 2.0
    headings: float = 0.3


@dataclass(frozen=True, slots=True)
class Counts:
    """How often terms stand in documents: one entry per (term, document), and every text's length in terms.

    `text` counts a term in the text, `around` in title and headings, already weighted. Documents count from 0.
    """

    keys: Keys
    rows: Rows
    text: Floats
    around: Floats
    lengths: Floats  # shape (n_documents,)

    @classmethod
    def of(cls, documents: Sequence[tuple[Keys, Keys, Keys]], parameters: Parameters) -> Self:
        """Count the terms of documents given as (text, title, headings)."""
        sizes = np.array([[len(keys) for keys in document] for document in documents], dtype=np.int64).reshape(-1, 3)
        keys = np.concatenate([keys for document in documents for keys in document] or [np.empty(0, np.int64)])
        rows = np.repeat(np.arange(len(documents), dtype=np.int32), sizes.sum(axis=1))
        per_field = np.array([[1, 0], [0, parameters.title], [0, parameters.headings]], np.float32)
        weights = np.repeat(np.tile(per_field, (len(sizes), 1)), sizes.ravel(), axis=0)
        order = np.lexsort((rows, keys))
        keys, rows = keys[order], rows[order]
        first = _changes(keys) | _changes(rows)
        starts = np.flatnonzero(first)
        sums = np.add.reduceat(weights[order], starts, axis=0) if len(starts) else weights
        return cls(keys[first], rows[first], sums[:, 0], sums[:, 1], sizes[:, 0].astype(np.float32))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Join counts of following documents into one, the documents counted on."""
        offsets = np.cumsum([0, *(len(part.lengths) for part in parts)])
        rows = [part.rows + np.int32(offset) for part, offset in zip(parts, offsets, strict=False)]
        return cls(
            np.concatenate([part.keys for part in parts]),
            np.concatenate(rows),
            np.concatenate([part.text for part in parts]),
            np.concatenate([part.around for part in parts]),
            np.concatenate([part.lengths for part in parts]),
        )


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms and what each adds to the score of each document, sorted by term, then document.

    Term `keys[i]` has the entries `starts[i]` to `starts[i + 1]` of `rows` and `impacts`; `size` documents in all.
    """

    keys: Keys
    starts: npt.NDArray[np.int64]
    rows: Rows
    impacts: Floats
    size: int

    @classmethod
    def bm25(cls, counts: Counts, parameters: Parameters) -> Self:
        """Weigh counts: idf · x / (x + k1), x the weighted count, that in the text corrected for its length."""
        order = np.argsort(counts.keys, kind="stable")  # rows stay ascending within a term
        size, rows = len(counts.lengths), counts.rows[order]
        keys, starts = _groups(counts.keys[order])
        average = float(counts.lengths.sum()) / max(size, 1) or 1.0
        correction = 1 - parameters.b + parameters.b * counts.lengths / average
        x = counts.text[order] / correction[rows] + counts.around[order]
        impacts = np.repeat(idf(np.diff(starts), size), np.diff(starts)) * x / (x + parameters.k1)
        return cls(keys, starts, rows, impacts.astype(np.float32), size)

    @classmethod
    def shares(cls, documents: Sequence[Keys]) -> Self:
        """Weigh each term of a document by its share in the idf of all its terms: a score is what part is named."""
        distinct = [np.unique(keys) for keys in documents]
        rows = np.repeat(np.arange(len(distinct), dtype=np.int32), [len(keys) for keys in distinct])
        terms = np.concatenate([*distinct, np.empty(0, np.int64)])
        order = np.argsort(terms, kind="stable")
        keys, starts = _groups(terms[order])
        weights = np.repeat(idf(np.diff(starts), len(distinct)), np.diff(starts))
        totals = np.bincount(rows[order], weights, len(distinct))
        return cls(keys, starts, rows[order], (weights / totals[rows[order]]).astype(np.float32), len(distinct))

    def scores(self, terms: Keys) -> Floats:
        """Return every document's score for the distinct terms of a question, shape (size,)."""
        total = np.zeros(self.size, dtype=np.float32)
        wanted = np.unique(terms)
        places = np.searchsorted(self.keys, wanted)
        for place, term in zip(places, wanted, strict=True):
            if place < len(self.keys) and self.keys[place] == term:
                entries = slice(self.starts[place], self.starts[place + 1])
                total[self.rows[entries]] += self.impacts[entries]
        return total

    def frequency(self, term: int) -> int:
        """Return how many documents hold a term."""
        place = int(np.searchsorted(self.keys, term))
        known = place < len(self.keys) and self.keys[place] == term
        return int(self.starts[place + 1] - self.starts[place]) if known else 0

    def save(self, folder: Path, name: str) -> None:
        """Write the arrays as `name`.keys.npy and so on."""
        for array in _ARRAYS:
            np.save(folder / f"{name}.{array}.npy", getattr(self, array))

    @classmethod
    def load(cls, folder: Path, name: str, size: int) -> Self:
        """Map the arrays into memory; raises OSError or ValueError when a file is missing or damaged."""
        keys, starts, rows, impacts = (np.load(folder / f"{name}.{array}.npy", mmap_mode="r") for array in _ARRAYS)
        return cls(keys, starts, rows, impacts, size)


def idf(frequencies: npt.NDArray[np.int64] | int, size: int) -> npt.NDArray[np.float64]:
    """Return the inverse document frequency as Lucene computes it, never negative."""
    return np.log1p((size - np.asarray(frequencies) + 0.5) / (frequencies + 0.5))


def _groups(ordered: Keys) -> tuple[Keys, npt.NDArray[np.int64]]:
    """Return the distinct values of a sorted array and where each begins, with the end behind."""
    firsts = np.flatnonzero(_changes(ordered))
    return ordered[firsts], np.append(firsts, len(ordered))


def _changes(values: npt.NDArray[np.int64] | Rows) -> npt.NDArray[np.bool_]:
    """Tell for each value whether it differs from the one before it."""
    return np.append(np.ones(min(len(values), 1), dtype=bool), values[1:] != values[:-1])
