"""What an opened index is made of (索引部件), and what is derived from it once for all questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus.titles import TitleIndex, work_key
from index.cues import SIGNS
from index.dense import Dense
from index.lexical import Floats, Postings, Rows
from index.table import ChunkTable
from index.tokens import Keys, Terms, Tokenizer
from index.words import sound


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the stages see it: its distinct terms in reading order, the titles it names, its vector."""

    text: str
    terms: Terms
    pairs: Keys  # all its bigrams in reading order
    named: Rows  # places in the table's titles
    vector: Floats | None


class Parts:
    """Chunks, postings, vectors and tokenizer of one generation; safe to share between threads."""

    def __init__(
        self, table: ChunkTable, postings: Mapping[str, Postings], tokenizer: Tokenizer, dense: Dense | None
    ) -> None:
        """Take the parts."""
        self.table = table
        self.postings = postings
        self.tokenizer = tokenizer
        self.dense = dense

    def asked(self, question: str) -> Asked:
        """Read a question: cut it, look for titles, embed it."""
        question = sound(question)  # a tokenizer takes no half characters
        terms = self.tokenizer.keys(question)
        distinct = Terms(*(_distinct(keys) for keys in terms))
        vector = self.dense.vector(question) if self.dense and question.strip() else None
        return Asked(question, distinct, terms.bigrams, self._named(question), vector)

    def _named(self, question: str) -> Rows:
        works = {work_key(title) for mention in self._names.find_in(question) for title in mention.titles}
        return np.array(sorted(place for work in works for place in self._places.get(work, ())), np.int32)

    @cached_property
    def _names(self) -> TitleIndex:
        return TitleIndex(self.table.titles)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where the titles of each work stand among the table's titles."""
        places: dict[str, list[int]] = {}
        for place, title in enumerate(self.table.titles):
            places.setdefault(work_key(title), []).append(place)
        return places

    @cached_property
    def signs(self) -> npt.NDArray[np.uint64]:
        """Which of `SIGNS` each chunk holds: bit i for sign i, shape (n_chunks,)."""
        held = np.zeros(len(self.table), np.uint64)
        for place, sign in enumerate(SIGNS):
            held[self.postings["bigrams"].holders(self._key(sign))] |= np.uint64(1 << place)
        return held

    def _key(self, pair: str) -> int:
        return int(self.tokenizer.keys(pair).bigrams[0])


def _distinct(keys: Keys) -> Keys:
    return np.array(list(dict.fromkeys(keys.tolist())), np.int64)
