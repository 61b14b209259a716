"""How alike articles are (文字相似度): pairs of neighbouring letters in common, rare pairs counting more.

Clauses of one work share their set phrases (给予警告或者严重警告处分); a pair that stands in few articles tells more.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.folding import fold

COVERED = 0.55  # share of a paragraph that stands in another article when it was taken there
GAINED = 0.25  # share of it that stands in no article which already accounts for it
_SHORTEST = 12  # characters of a paragraph that says by itself where it went
_LETTERS = re.compile(r"[^\W_]+")
_NOTHING: frozenset[str] = frozenset()

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article as they are compared: folded, as pairs of letters, and so for each paragraph."""

    text: str
    pairs: frozenset[str]
    lines: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """Read the words of an article, its number left out."""
        lines = tuple(_pairs(line) for line in text.split("\n") if len(line) >= _SHORTEST)
        return cls(fold(text), _pairs(text), lines)


class Likeness:
    """Compares articles of an old and a new edition; `matrix` is how alike all are, shape (n_old, n_new).

    That is the weighted share of pairs in common (Dice 1945), 1 for the same words, from 0 to 1.
    """

    def __init__(self, old: Sequence[Words], new: Sequence[Words]) -> None:
        self.old, self.new = old, new
        counts = Counter(pair for words in (*old, *new) for pair in words.pairs)
        every = len(old) + len(new) + 1
        self._weights = {pair: math.log(every / count) for pair, count in counts.items()}
        self.matrix = self._matrix()

    def _matrix(self) -> Matrix:
        common = np.zeros((len(self.old), len(self.new)))
        ours, theirs = _postings(words.pairs for words in self.old), _postings(words.pairs for words in self.new)
        for pair in ours.keys() & theirs.keys():
            common[np.ix_(ours[pair], theirs[pair])] += self._weights[pair]
        sizes = [np.array([self._weight(words.pairs) for words in side]) for side in (self.old, self.new)]
        found: Matrix = 2 * common / np.maximum(sizes[0][:, None] + sizes[1][None, :], 1e-9)
        ours, theirs = _postings([words.text] for words in self.old), _postings([words.text] for words in self.new)
        for text in ours.keys() & theirs.keys():
            found[np.ix_(ours[text], theirs[text])] = 1.0
        return found

    def _weight(self, pairs: Iterable[str]) -> float:
        return sum(self._weights[pair] for pair in pairs)

    def taken(
        self,
        words: Words,
        other: Words,
        known: Set[str] = _NOTHING,
        covered: float = COVERED,
        gained: float = GAINED,
    ) -> float:
        """Return the share of the paragraph of an article that stands most in another one, 0 if it is none of its own.

        The share must reach `covered`; `known` are the pairs of articles that already account for the paragraph, and
        a share `gained` of it must stand in the other article alone.
        """
        found = 0.0
        for line in words.lines:
            whole, common = self._weight(line), line & other.pairs
            share, new = self._weight(common), self._weight(common - known)
            if whole and share >= covered * whole and new >= gained * whole:
                found = max(found, share / whole)
        return found


def _pairs(text: str) -> frozenset[str]:
    runs = _LETTERS.findall(fold(text))
    return frozenset(run[place : place + 2] for run in runs for place in range(max(1, len(run) - 1)))


def _postings(articles: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, names in enumerate(articles):
        for name in names:
            found[name].append(number)
    return found
