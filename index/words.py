"""The one place that cuts words (切词): jieba's dictionary and algorithm, run by rjieba, with the party's own terms.

rjieba is jieba in Rust: the same words for the same text at some fifteen times the speed, and no cache file
(tests/index/test_words.py holds that they agree). jieba itself gives the classes of words.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from contextlib import closing
from importlib import resources


def own_terms() -> tuple[str, ...]:
    """Return the party's terms that jieba does not know (index/terms.txt, grown with `python -m eval.terms`)."""
    lines = resources.files("index").joinpath("terms.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def word_classes() -> dict[str, str]:
    """Return the class of each word in jieba's dictionary, in its own letters (n noun, v verb, p preposition)."""
    with warnings.catch_warnings():  # jieba imports pkg_resources, and its regexes warn while they are compiled
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    with closing(jieba.get_dict_file()) as file:
        lines = (line.decode("utf-8").split() for line in file)
        return {word: tag for word, _, tag in lines}


class WordCutter:
    """Cuts Chinese text into words; safe to share between threads once built (0.1 s)."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        """Load jieba's dictionary and add `terms`."""
        import rjieba

        self._jieba = rjieba.Jieba()
        for term in terms:
            self._jieba.add_word(term, None, None)

    def cut(self, text: str) -> list[str]:
        """Return the words of a text, known ones only; joined they give the text back."""
        words: list[str] = self._jieba.cut(sound(text), False)
        return words

    def tag(self, text: str) -> list[tuple[str, str]]:
        """Return the words of a text, unknown ones guessed, with the class of each in jieba's letters."""
        words: list[tuple[str, str]] = self._jieba.tag(sound(text), True)
        return words

    def cut_finely(self, text: str) -> list[str]:
        """Return the words of a text, unknown ones guessed, each behind the shorter words inside it."""
        words: list[str] = self._jieba.cut_for_search(sound(text), True)
        return words


def sound(text: str) -> str:
    """Return a text that can be encoded: half a character, from a command line in another encoding, becomes ?."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
