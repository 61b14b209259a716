"""Everyday words and what regulations say instead (同义词): 入党 is 发展党员 there, 红包 is 礼金."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType


@lru_cache(maxsize=1)
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """Return the reviewed table (index/synonyms.tsv): a word, and the terms that stand for it."""
    lines = resources.files("index").joinpath("synonyms.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return MappingProxyType({word: tuple(terms) for word, *terms in rows})


def formal_terms(question: str) -> tuple[str, ...]:
    """Return the formal terms for the everyday words of a question, those that it says itself left out.

    The longest word at each place counts: 申请入党 is not looked up as 入党 as well.
    """
    found = (term for match in _words().finditer(question) for term in synonyms()[match[0]])
    return tuple(dict.fromkeys(term for term in found if term not in question))


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, synonyms()), key=len, reverse=True)))
