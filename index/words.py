"""The one place that knows jieba (切词): a tokenizer of our own, with the party's terms and a cache of our own."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from contextlib import closing
from importlib import resources
from pathlib import Path


def own_terms() -> tuple[str, ...]:
    """Return the party's terms that jieba does not know (index/terms.txt, grown with `python -m eval.terms`)."""
    lines = resources.files("index").joinpath("terms.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


class WordCutter:
    """Cuts Chinese text into words; safe to share between threads once built."""

    def __init__(self, cache: Path, terms: Iterable[str] = ()) -> None:
        """Load jieba's dictionary and add `terms`.

        Takes half a second with the cache file in the folder `cache`, which is written when it is not there, and
        twice that without; never uses the shared temporary folder.
        """
        with warnings.catch_warnings():  # jieba imports pkg_resources, and its regexes warn while they are compiled
            warnings.simplefilter("ignore")
            import jieba
        jieba.setLogLevel(logging.CRITICAL)
        cache.mkdir(parents=True, exist_ok=True)
        self._jieba = jieba.Tokenizer()
        self._jieba.tmp_dir = str(cache)
        self._jieba.initialize()
        for term in terms:
            self._jieba.add_word(term)

    def cut(self, text: str) -> list[str]:
        """Return the words of a text, known ones only; joined they give the text back."""
        words: list[str] = self._jieba.lcut(text, HMM=False)
        return words

    def cut_finely(self, text: str) -> list[str]:
        """Return the words of a text, unknown ones guessed, each behind the shorter words inside it."""
        words: list[str] = self._jieba.lcut_for_search(text)
        return words

    def word_classes(self) -> dict[str, str]:
        """Return the class of each word in jieba's dictionary, in its own letters (n noun, v verb, p preposition)."""
        with closing(self._jieba.get_dict_file()) as file:
            lines = (line.decode("utf-8").split() for line in file)
            return {word: tag for word, _, tag in lines}
