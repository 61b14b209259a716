"""Postings merged range by range are the postings of all documents at once, whatever is added or taken away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.lexical import Around, Parameters, Postings
from index.merge import Part, merge
from index.tokens import Bag

NOTHING = Bag(np.empty(0, np.int64), np.empty(0, np.int32))
Documents = list[list[int]]


def postings(documents: Documents) -> Postings:
    owners = np.repeat(np.arange(len(documents), dtype=np.int32), [len(terms) for terms in documents])
    text = Bag(np.array([term for terms in documents for term in terms], np.int64), owners)
    around = Around(NOTHING, np.zeros(len(documents), np.int64))
    return Postings.counted(text, around, around, Parameters(), 3.0)


def same(left: Postings, right: Postings) -> bool:
    names = ("keys", "starts", "rows", "weights")
    return all(np.array_equal(getattr(left, name), getattr(right, name)) for name in names)


DOCUMENTS = st.lists(st.lists(st.integers(0, 30), max_size=12), max_size=9)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(DOCUMENTS, min_size=1, max_size=4), st.integers(1, 1 << 17))
def test_parts_merge_to_the_whole(tmp_path: Path, batches: list[Documents], most: int) -> None:
    parts, at = [], 0
    for number, batch in enumerate(batches):
        folder = tmp_path / str(number)
        folder.mkdir(exist_ok=True)
        postings(batch).save(folder, "words")
        parts.append(Part(folder, np.arange(at, at + len(batch), dtype=np.int32)))
        at += len(batch)
    merge(parts, "words", tmp_path, most)
    whole = postings([document for batch in batches for document in batch])
    assert same(Postings.load(tmp_path, "words", at), whole)


def test_documents_that_go_leave_no_trace_but_their_terms(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    postings([[1, 2], [2, 3], [3, 3]]).save(folder, "words")
    merge([Part(folder, np.array([0, -1, 1], np.int32))], "words", tmp_path)
    merged, fresh = Postings.load(tmp_path, "words", 2), postings([[1, 2], [3, 3]])
    assert same(merged, fresh)


def test_many_ranges_give_what_one_gives(tmp_path: Path) -> None:
    terms = np.random.default_rng(1).integers(0, 5000, (2000, 60))
    folder = tmp_path / "part"
    folder.mkdir()
    postings(terms.tolist()).save(folder, "words")
    for most in (1 << 16, 1 << 30):
        into = tmp_path / str(most)
        into.mkdir()
        merge([Part(folder, np.arange(2000, dtype=np.int32))], "words", into, most)
        assert same(Postings.load(into, "words", 2000), postings(terms.tolist()))
