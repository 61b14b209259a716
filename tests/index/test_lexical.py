"""BM25 and its fields, against numbers worked out by hand and against bm25s."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import log
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import Around, Parameters, Postings
from index.tokens import Bag, Keys

NONE = np.empty(0, np.int64)
PLAIN = Parameters(k1=1.2, b=0.75, title=0, headings=0)


def keys(*terms: int) -> Keys:
    return np.array(terms, dtype=np.int64)


Documents = Sequence[tuple[Keys, Keys, Keys]]


def bag(texts: Sequence[Keys]) -> Bag:
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in texts])
    return Bag(np.array(list(chain(*texts)), np.int64), owners)


def postings(documents: Documents, parameters: Parameters, pivot: float = 3.0) -> Postings:
    """Count documents given as (text, title, headings), each with a title and headings of its own."""
    text, title, headings = (bag([document[place] for document in documents]) for place in range(3))
    own = np.arange(len(documents))
    return Postings.counted(text, Around(title, own), Around(headings, own), parameters, pivot)


def scores(documents: Documents, parameters: Parameters, *terms: int, pivot: float = 3.0) -> list[float]:
    found: list[float] = postings(documents, parameters, pivot).scores(keys(*terms)).tolist()
    return found


def test_score_of_one_term_by_hand() -> None:
    # two of three texts hold term 7; lengths 2, 4, 3, average 3
    documents = [(keys(7, 8), NONE, NONE), (keys(7, 7, 8, 9), NONE, NONE), (keys(5, 5, 5), NONE, NONE)]
    rarity = log(1 + 1.5 / 2.5)
    first = rarity * 1 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3))
    second = rarity * 2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3))
    assert scores(documents, PLAIN, 7) == pytest.approx([first, second, 0.0])


def test_a_term_asked_twice_counts_once_and_an_unknown_one_nothing() -> None:
    documents = [(keys(7, 8), NONE, NONE), (keys(9), NONE, NONE)]
    assert scores(documents, PLAIN, 7, 7, 99) == scores(documents, PLAIN, 7)


def test_title_and_headings_count_with_their_weights() -> None:
    parameters = Parameters(k1=1.0, b=0.0, title=2.0, headings=0.5)
    documents = [(keys(1), keys(7), NONE), (keys(1), NONE, keys(7)), (keys(7), NONE, NONE), (keys(1), NONE, NONE)]
    rarity = log(1 + 1.5 / 3.5)
    expected = [rarity * 2 / 3, rarity * 0.5 / 1.5, rarity * 1 / 2, 0.0]
    assert scores(documents, parameters, 7) == pytest.approx(expected)


@given(
    st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=9), min_size=1, max_size=8),
    st.lists(st.integers(1, 14), min_size=1, max_size=5, unique=True),
)
def test_text_alone_scores_as_bm25s_does(texts: list[list[int]], asked: list[int]) -> None:
    reference = bm25s.BM25(method="lucene", k1=PLAIN.k1, b=PLAIN.b)
    reference.index([[str(term) for term in text] for text in texts], show_progress=False)
    known = [str(term) for term in asked if any(term in text for text in texts)]
    expected = reference.get_scores(known) if known else np.zeros(len(texts))
    average = sum(map(len, texts)) / len(texts)
    found = scores([(keys(*text), NONE, NONE) for text in texts], PLAIN, *asked, pivot=average)
    assert found == pytest.approx(expected.tolist(), rel=1e-4, abs=1e-5)


def test_documents_that_share_a_title_are_each_found_by_it() -> None:
    title = Around(bag([keys(5), keys(7, 8)]), np.array([1, 0, 1]))
    text, nothing = bag([keys(1), keys(1), keys(2)]), Around(bag([NONE]), np.zeros(3, np.int64))
    found = Postings.counted(text, title, nothing, Parameters(title=2.0), 1.0)
    assert (found.scores(keys(7)) > 0).tolist() == [True, False, True]
    assert (found.scores(keys(5)) > 0).tolist() == [False, True, False]


def test_many_documents_are_counted_as_few_are() -> None:
    terms = np.random.default_rng(0).integers(0, 99, 40_000)
    many = postings([(keys(int(term)), NONE, NONE) for term in terms], PLAIN)
    assert [many.frequency(term) for term in (0, 50, 98)] == [int((terms == term).sum()) for term in (0, 50, 98)]
    assert all((np.diff(many.rows[a:b]) > 0).all() for a, b in zip(many.starts[:-1], many.starts[1:], strict=True))


def test_shares_say_what_part_of_a_title_is_named() -> None:
    titles = Postings.shares([keys(1, 2), keys(2, 3), NONE])
    rare, common = log(1 + 2.5 / 1.5), log(1 + 1.5 / 2.5)
    assert titles.sums(keys(1, 2)).tolist() == pytest.approx([1.0, common / (rare + common), 0.0])


def test_saved_postings_come_back(tmp_path: Path) -> None:
    parameters = Parameters()
    saved = postings([(keys(7, 8), NONE, NONE), (keys(7), NONE, NONE)], parameters)
    saved.save(tmp_path, "words")
    loaded = Postings.load(tmp_path, "words", 2)
    assert loaded.scores(keys(7, 8)).tolist() == saved.scores(keys(7, 8)).tolist()
    assert [loaded.frequency(term) for term in (7, 8, 9)] == [2, 1, 0]


def test_an_empty_corpus_has_postings_too(tmp_path: Path) -> None:
    parameters = Parameters()
    postings([], parameters).save(tmp_path, "words")
    assert Postings.load(tmp_path, "words", 0).scores(keys(7)).tolist() == []
