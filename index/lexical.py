"""BM25 over three fields, kept as ready-made weights (词面检索).

A text, its title and its headings are one bag of terms with weighted counts (BM25F: Robertson, Zaragoza and Taylor,
"Simple BM25 extension to multiple weighted fields", CIKM 2004), so what a term adds to a document's score is known
when the index is built, but for the term's rarity, and a query only sums columns. Lengths are measured against a
fixed pivot, not the average of the corpus: a document's weights depend on nothing but itself, so what is added to an
index leaves the rest of it as it is. With title and headings at 0 and the average as pivot it is Lucene's BM25.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Self

import numpy as np
import numpy.typing as npt

from index.tokens import Bag, Keys

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]  # documents by their place in the index

TITLES = "titles"  # the name of the postings over the titles of works
HEADINGS = "headings"  # and of those over distinct headings
ARRAYS = ("keys", "starts", "rows", "weights")
# Terms in a customary provision per analyser: the means over 539 regulations, rounded.
PIVOTS: Mapping[str, float] = MappingProxyType({"words": 50.0, "bigrams": 85.0, "characters": 95.0})


@dataclass(frozen=True, slots=True)
class Parameters:
    """BM25's numbers, the same for every analyser: saturation, length correction, weights of a term in other fields."""

    k1: float = 0.3
    b: float = 0.5
    title: float = 2.0
    headings: float = 0.3


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around documents: a bag of distinct titles or headings, and which one each document has."""

    bag: Bag
    of: npt.NDArray[np.int64]  # shape (n_documents,)

    def spread(self) -> Bag:
        """Return the terms around each document, owned by the documents."""
        sizes = np.bincount(self.bag.owners, minlength=int(self.of.max(initial=-1)) + 1)
        ends = np.cumsum(sizes)
        counts = sizes[self.of]
        before = np.repeat(np.cumsum(counts) - counts, counts)
        places = np.arange(counts.sum()) - before + np.repeat((ends - sizes)[self.of], counts)
        return Bag(self.bag.keys[places], np.repeat(np.arange(len(self.of), dtype=np.int32), counts))


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms and what each weighs in each document, sorted by term, then document.

    Term `keys[i]` has the entries `starts[i]` to `starts[i + 1]` of `rows` and `weights`; `size` documents in all.
    A weight is the term's count saturated, between 0 and 1; its rarity comes in when a question is scored.
    """

    keys: Keys
    starts: npt.NDArray[np.int64]
    rows: Rows
    weights: Floats
    size: int

    @classmethod
    def counted(cls, text: Bag, title: Around, headings: Around, parameters: Parameters, pivot: float) -> Self:
        """Weigh the terms of documents: x / (x + k1), x the weighted count, that in the text corrected for its length.

        `pivot` is the length of text, in terms, that needs no correction.
        """
        size = len(title.of)
        fields = (text, title.spread(), headings.spread())
        keys = np.concatenate([bag.keys for bag in fields])
        rows = np.concatenate([bag.owners for bag in fields])
        correction = 1 - parameters.b + parameters.b * np.bincount(text.owners, minlength=size) / (pivot or 1.0)
        inside = 1 / np.maximum(correction, np.finfo(np.float32).tiny)[text.owners]
        around = (parameters.title, parameters.headings)
        outside = [np.full(len(bag.keys), weight) for bag, weight in zip(fields[1:], around, strict=True)]
        order = _by_term(keys, rows, size)
        keys, rows = keys[order], rows[order]
        firsts = np.flatnonzero(_changes(keys) | _changes(rows))
        x = np.add.reduceat(np.concatenate([inside, *outside])[order], firsts) if len(firsts) else np.empty(0)
        distinct, starts = groups(keys[firsts])
        return cls(distinct, starts, rows[firsts], (x / (x + parameters.k1)).astype(np.float32), size)

    @classmethod
    def shares(cls, documents: Sequence[Keys]) -> Self:
        """Weigh each term of a document by its share in the idf of all its terms: `sums` say what part is named."""
        distinct = [np.unique(keys) for keys in documents]
        rows = np.repeat(np.arange(len(distinct), dtype=np.int32), [len(keys) for keys in distinct])
        terms = np.concatenate([*distinct, np.empty(0, np.int64)])
        order = np.argsort(terms, kind="stable")
        keys, starts = groups(terms[order])
        weights = np.repeat(idf(np.diff(starts), len(distinct)), np.diff(starts))
        totals = np.bincount(rows[order], weights, len(distinct))
        return cls(keys, starts, rows[order], (weights / totals[rows[order]]).astype(np.float32), len(distinct))

    def scores(self, terms: Keys) -> Floats:
        """Return every document's BM25 score for the distinct terms of a question, shape (size,)."""
        total = np.zeros(self.size, dtype=np.float32)
        self.add(total, np.unique(terms))
        return total

    def add(self, total: Floats, terms: Keys, factor: float = 1.0, budget: float = np.inf) -> None:
        """Add `factor` times the BM25 score for distinct terms to every document's total, shape (size,), in place.

        Terms are added from the rarest on while no more than `budget` entries are read; the rarest always is. What
        is left out are the common terms, which add least: such totals choose candidates, `weights_of` weighs these.
        """
        rarity = self.rarity(terms) * np.float32(factor)
        spans = self._spans(terms)
        read = 0
        for term in np.argsort(-rarity, kind="stable"):
            start, end = spans[term]
            if read and read + end - start > budget:
                return
            read += end - start
            total[self.rows[start:end]] += rarity[term] * self.weights[start:end]

    def sums(self, terms: Keys) -> Floats:
        """Return the sum of the weights of a question's distinct terms in every document, shape (size,)."""
        total = np.zeros(self.size, dtype=np.float32)
        for start, end in self._spans(np.unique(terms)):
            total[self.rows[start:end]] += self.weights[start:end]
        return total

    def weights_of(self, terms: Keys, rows: npt.NDArray[np.integer]) -> Floats:
        """Return what each term weighs in each of some documents, shape (n_terms, n_rows), 0 where it is not."""
        found = np.zeros((len(terms), len(rows)), np.float32)
        for term, (start, end) in enumerate(self._spans(terms)):
            if end > start and len(rows):
                held = self.rows[start:end]
                places = np.minimum(np.searchsorted(held, rows), end - start - 1)
                np.copyto(found[term], self.weights[start:end][places], where=held[places] == rows)
        return found

    def rarity(self, terms: Keys) -> Floats:
        """Return the inverse document frequency of each term, shape (n_terms,)."""
        frequencies = np.array([end - start for start, end in self._spans(terms)], np.int64)
        return idf(frequencies, self.size).astype(np.float32)

    def holders(self, term: int) -> Rows:
        """Return the documents that hold a term, ascending."""
        ((start, end),) = self._spans(np.array([term], np.int64))
        return self.rows[start:end]

    def frequency(self, term: int) -> int:
        """Return how many documents hold a term."""
        ((start, end),) = self._spans(np.array([term], np.int64))
        return end - start

    def _spans(self, terms: Keys) -> list[tuple[int, int]]:
        """Return where the entries of each term begin and end; (0, 0) for one that no document holds."""
        if not len(self.keys):
            return [(0, 0)] * len(terms)
        places = np.minimum(np.searchsorted(self.keys, terms), len(self.keys) - 1)
        known = self.keys[places] == terms
        starts, ends = np.where(known, self.starts[places], 0), np.where(known, self.starts[places + 1], 0)
        return list(zip(starts.tolist(), ends.tolist(), strict=True))

    def save(self, folder: Path, name: str) -> None:
        """Write the arrays as `name`.keys.npy and so on."""
        for array in ARRAYS:
            np.save(folder / f"{name}.{array}.npy", getattr(self, array))

    @classmethod
    def load(cls, folder: Path, name: str, size: int) -> Self:
        """Map the arrays into memory; raises OSError or ValueError when a file is missing or damaged."""
        mapped = (np.load(folder / f"{name}.{array}.npy", mmap_mode="r") for array in ARRAYS)
        keys, starts, rows, weights = map(np.asarray, mapped)  # to slice a memmap proper takes microseconds
        return cls(keys, starts, rows, weights, size)


def idf(frequencies: npt.NDArray[np.int64] | int, size: int) -> npt.NDArray[np.float64]:
    """Return the inverse document frequency as Lucene computes it, never negative."""
    return np.log1p((size - np.asarray(frequencies) + 0.5) / (frequencies + 0.5))


def _by_term(keys: Keys, rows: Rows, size: int) -> npt.NDArray[np.int64]:
    """Return the order of entries by term, then document; keys have 48 bits, so with few documents one sort does."""
    if size <= 1 << 15:
        return np.argsort((keys << 15) | rows, kind="quicksort")
    return np.lexsort((rows, keys))


def groups(ordered: Keys) -> tuple[Keys, npt.NDArray[np.int64]]:
    """Return the distinct values of a sorted array and where each begins, with the end behind."""
    firsts = np.flatnonzero(_changes(ordered))
    return ordered[firsts], np.append(firsts, len(ordered))


def _changes(values: npt.NDArray[np.int64] | Rows) -> npt.NDArray[np.bool_]:
    """Tell for each value whether it differs from the one before it."""
    return np.append(np.ones(min(len(values), 1), dtype=bool), values[1:] != values[:-1])
