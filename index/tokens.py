"""Text to terms (分词): jieba words with the field's own vocabulary, character bigrams, single characters.

A term is a 64-bit key, not a string, so that an index is plain arrays: a word's key is a hash of it, a bigram's and a
character's are their code points. Text is folded for terms only (NFKC, lower case); 第X条 is no search word, clauses
are looked up by structure.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.words import WordCutter, own_terms

Keys = npt.NDArray[np.int64]  # shape (n_terms,), in reading order, repeated as often as the term occurs


class Terms(NamedTuple):
    """The terms of a text, one array of keys per analyser."""

    words: Keys
    bigrams: Keys
    characters: Keys


ANALYSERS = Terms._fields

_CLAUSE_NUMBER = re.compile(r"第[〇零一二三四五六七八九十百千万两\d]{1,12}(?:条(?:之[一二三四五六七八九十]+)?|款|项)")
_STOP_CHARACTERS = frozenset("的了着在是和与及或等以于之其该为由也而且并对将被从到有")
_STOP_WORDS = _STOP_CHARACTERS | {"或者", "以及", "应当", "可以", "对于"}
_HAN = ((0x3400, 0x9FFF), (0x20000, 0x3FFFF), (0x3007, 0x3007))  # unified ideographs and 〇
_SHIFT = 21  # bits of a code point


def fold(text: str) -> str:
    """Return the text as terms are made from it: full-width forms and case folded, clause numbers blanked."""
    return _CLAUSE_NUMBER.sub(" ", unicodedata.normalize("NFKC", text).lower())


class Tokenizer:
    """Cuts texts into terms; safe to share between threads once built."""

    def __init__(self, cache: Path) -> None:
        """Load the dictionary; jieba's cache file lies in the folder `cache`."""
        self._cutter = WordCutter(cache, own_terms())

    def words(self, text: str) -> list[str]:
        """Return the words of a text and the shorter words inside them; numbers and Latin words whole."""
        return self._words(fold(text))

    def keys(self, text: str) -> Terms:
        """Return the keys of a text's words, bigrams and characters."""
        folded = fold(text)
        words = np.array([word_key(word) for word in self._words(folded)], dtype=np.int64)
        return Terms(words, *_character_keys(folded))

    def count(self, text: str) -> int:
        """Return how many words jieba cuts a text into, punctuation included: the unit of a chunk's budget."""
        return len(self._cutter.cut(text))

    def _words(self, folded: str) -> list[str]:
        return [word for word in self._cutter.cut_finely(folded) if word[0].isalnum() and word not in _STOP_WORDS]


@lru_cache(maxsize=4)
def tokenizer_for(cache: Path) -> Tokenizer:
    """Return this process's tokenizer with the cache folder `cache`."""
    return Tokenizer(cache)


@lru_cache(maxsize=1 << 18)
def word_key(word: str) -> int:
    """Return the key of a word: a hash that is the same in every process."""
    digest = blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _character_keys(folded: str) -> tuple[Keys, Keys]:
    """Return the bigrams and the single characters of a folded text; only Han characters count."""
    points = np.frombuffer(folded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    han = np.zeros(len(points), dtype=bool)
    for first, last in _HAN:
        han |= (points >= first) & (points <= last)
    pairs = han[:-1] & han[1:]
    return ((points[:-1] << _SHIFT) | points[1:])[pairs], points[han]
