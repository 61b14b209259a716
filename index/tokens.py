"""Text to terms (分词): jieba words with the field's own vocabulary, character bigrams, single characters.

A term is a number of 48 bits, not a string, so that an index is plain arrays: a word's key is a hash of it, a
bigram's and a character's are their code points. Text is folded for terms only (NFKC, lower case); 第X条 is no search
word, clauses are looked up by structure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
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


class Bag(NamedTuple):
    """The terms of many texts: each key beside the place of its text, in reading order. Shapes (n_terms,)."""

    keys: Keys
    owners: npt.NDArray[np.int32]


class Bags(NamedTuple):
    """The terms of many texts, one bag per analyser."""

    words: Bag
    bigrams: Bag
    characters: Bag


ANALYSERS = Terms._fields
NO_WORD = -1

_CLAUSE_NUMBER = re.compile(r"第[〇零一二三四五六七八九十百千万两\d]{1,12}(?:条(?:之[一二三四五六七八九十]+)?|款|项)")
# What needs no folding; the marks among it are no terms in any form.
_PLAIN = re.compile(r"[\u4e00-\u9fff\n -~，。、；：？！（）“”《》\u3000]*")
_STOP_CHARACTERS = frozenset("的了着在是和与及或等以于之其该为由也而且并对将被从到有")
_STOP_WORDS = _STOP_CHARACTERS | {"或者", "以及", "应当", "可以", "对于"}
_HAN = ((0x3400, 0x9FFF), (0x20000, 0x3FFFF), (0x3007, 0x3007))  # unified ideographs and 〇
_SHIFT = 21  # bits of a code point


def fold(text: str) -> str:
    """Return the text as terms are made from it: full-width forms and case folded, clause numbers blanked."""
    folded = text if _PLAIN.fullmatch(text) else unicodedata.normalize("NFKC", text)
    return _CLAUSE_NUMBER.sub(" ", folded.lower())


class Tokenizer:
    """Cuts texts into terms; safe to share between threads once built."""

    def __init__(self) -> None:
        """Load the dictionary."""
        self._cutter = WordCutter(own_terms())

    def words(self, text: str) -> list[str]:
        """Return the words of a text and the shorter words inside them; numbers and Latin words whole."""
        return self._words(fold(text))

    def keys(self, text: str) -> Terms:
        """Return the keys of a text's words, bigrams and characters."""
        folded = fold(text)
        keys = np.array([word_key(word) for word in self._cutter.cut_finely(folded)], dtype=np.int64)
        return Terms(keys[keys != NO_WORD], *_character_keys(folded))

    def bags(self, texts: Sequence[str]) -> Bags:
        """Return the terms of many texts at once, one `Bag` per analyser: what `keys` gives text by text."""
        folded = [fold(text) for text in texts]
        cut = [self._cutter.cut_finely(text) for text in folded]
        owners = np.repeat(np.arange(len(cut), dtype=np.int32), [len(words) for words in cut])
        keys = np.fromiter(map(word_key, chain.from_iterable(cut)), np.int64, len(owners))
        known = keys != NO_WORD
        return Bags(Bag(keys[known], owners[known]), *_character_bags(folded))

    def count(self, text: str) -> int:
        """Return how many words jieba cuts a text into, punctuation included: the unit of a chunk's budget."""
        return len(self._cutter.cut(text))

    def _words(self, folded: str) -> list[str]:
        return [word for word in self._cutter.cut_finely(folded) if word_key(word) != NO_WORD]


@lru_cache(maxsize=1)
def shared_tokenizer() -> Tokenizer:
    """Return this process's tokenizer."""
    return Tokenizer()


@lru_cache(maxsize=1 << 18)
def word_key(word: str) -> int:
    """Return the key of a word, a hash of 48 bits that is the same in every process; NO_WORD for marks, stop words."""
    if not word[:1].isalnum() or word in _STOP_WORDS:
        return NO_WORD
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=6).digest(), "little")


def _character_keys(folded: str) -> tuple[Keys, Keys]:
    """Return the bigrams and the single characters of a folded text; only Han characters count."""
    points, han = _code_points(folded)
    pairs = han[:-1] & han[1:]
    return ((points[:-1] << _SHIFT) | points[1:])[pairs], points[han]


def _character_bags(folded: Sequence[str]) -> tuple[Bag, Bag]:
    """Return bigrams and characters of many folded texts; the line feed between two texts parts their bigrams."""
    points, han = _code_points("\n".join(folded))
    ends = np.cumsum([len(text) + 1 for text in folded])
    owners = np.searchsorted(ends, np.arange(len(points)), side="right").astype(np.int32)
    pairs = han[:-1] & han[1:]
    bigrams = ((points[:-1] << _SHIFT) | points[1:])[pairs]
    return Bag(bigrams, owners[:-1][pairs]), Bag(points[han], owners[han])


def _code_points(text: str) -> tuple[Keys, npt.NDArray[np.bool_]]:
    """Return a text's code points and which of them are Han characters."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    han = np.zeros(len(points), dtype=bool)
    for first, last in _HAN:
        han |= (points >= first) & (points <= last)
    return points, han
