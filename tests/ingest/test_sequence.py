"""Chains of 第X条: the count decides, form only weighs."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sequence import INLINE, REFERENCE, STRONG, WEAK, Candidate, choose_articles, form_weight


def chain(*candidates: tuple[int, float] | tuple[int, float, int] | tuple[int, float, int, bool]) -> list[int]:
    """Return which of (number, weight, branch, boundary) are taken for articles."""
    made = []
    for start, (number, weight, *rest) in enumerate(candidates):
        branch, boundary = [*rest, 0, False][0], len(rest) > 1 and bool(rest[1])
        made.append(Candidate(start, number, int(branch), weight, boundary))
    return choose_articles(made)


CHAINS = [
    pytest.param([(1, STRONG), (2, STRONG), (3, STRONG)], [0, 1, 2], id="plain"),
    pytest.param([(1, STRONG), (7, STRONG), (2, STRONG), (3, STRONG)], [0, 2, 3], id="far number in between"),
    pytest.param([(1, STRONG), (2, STRONG), (2, REFERENCE), (3, REFERENCE), (3, STRONG)], [0, 1, 4], id="references"),
    pytest.param([(1, STRONG), (2, STRONG), (4, STRONG), (5, STRONG)], [0, 1, 2, 3], id="real gap"),
    pytest.param([(1, STRONG), (2, STRONG), (90, STRONG)], [0, 1], id="last far number"),
    pytest.param([(1, STRONG), (1, STRONG, 1), (1, STRONG, 2), (2, STRONG)], [0, 1, 2, 3], id="branches"),
    pytest.param([(1, WEAK), (2, WEAK), (1, REFERENCE), (3, WEAK)], [0, 1, 3], id="no space anywhere"),
    pytest.param([(1, INLINE), (2, INLINE), (3, INLINE)], [0, 1, 2], id="all in one paragraph"),
    pytest.param([(1, STRONG), (2, STRONG), (1, STRONG, 0, True), (2, STRONG)], [0, 1, 2, 3], id="annex counts anew"),
    pytest.param([(10, STRONG)], [], id="one quoted article is none"),
    pytest.param([(10, STRONG), (25, STRONG), (30, STRONG)], [], id="quoted articles are none"),
    pytest.param([(989, STRONG), (990, STRONG), (991, STRONG)], [0, 1, 2], id="a part of a code"),
    pytest.param([(5, STRONG), (2, INLINE), (9, REFERENCE)], [], id="nothing that counts"),
    pytest.param([], [], id="empty"),
]


@pytest.mark.parametrize(("candidates", "taken"), CHAINS)
def test_chain(candidates: list[tuple[int, float]], taken: list[int]) -> None:
    assert chain(*candidates) == taken


FORMS = [
    pytest.param("为了规范工作", True, STRONG, id="spaced"),
    pytest.param("为了规范工作", False, WEAK, id="not spaced"),
    pytest.param("", False, STRONG, id="alone on its line"),
    pytest.param("规定的情形", False, REFERENCE, id="speaks of"),
    pytest.param("、第八条", False, REFERENCE, id="list"),
    pytest.param("第二款所称", True, WEAK, id="paragraph behind a space"),
    pytest.param("规定组织的职责", True, STRONG, id="a sentence that begins with 规定"),
]


@pytest.mark.parametrize(("rest", "spaced", "weight"), FORMS)
def test_form(rest: str, spaced: bool, weight: float) -> None:
    assert form_weight(rest, spaced) == weight


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from([STRONG, WEAK, INLINE, REFERENCE]), st.integers(0, 2))))
def test_chosen_numbers_never_go_back_but_to_one(candidates: list[tuple[int, float, int]]) -> None:
    taken = [candidates[index] for index in chain(*candidates)]
    keys = [(number, branch) for number, _, branch in taken]
    assert all(later > earlier or later == (1, 0) for earlier, later in itertools.pairwise(keys))
