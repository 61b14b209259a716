"""The trees, against a walk node by node and against LightGBM; what each feature adds makes up the score."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.features import Evidence
from index.rerank import Ranker, Tree

#       f0 ≤ 0.5
#      /        \
#   f1 ≤ 1     leaf 2
#   /    \
# leaf 0  leaf 1
TREE = Tree((0, 1), (0.5, 1.0), (1, ~0), (~2, ~1), (1.0, 2.0, 4.0), (2.5, 1.5))
LEAF = Tree((), (), (), (), (0.25,), ())
TWO = Ranker(("near", "long"), (TREE, LEAF))


@pytest.mark.parametrize(("near", "long", "leaf"), [(0.5, 1.0, 1.0), (0.5, 1.1, 2.0), (0.6, 0.0, 4.0), (0.6, 9.0, 4.0)])
def test_a_candidate_ends_in_the_leaf_its_tests_lead_to(near: float, long: float, leaf: float) -> None:
    assert TWO.raw(np.array([[near], [long]], np.float32)).tolist() == [leaf + 0.25]


@st.composite
def trees(draw: st.DrawFn, features: int = 3) -> Tree:
    """Draw a tree by splitting leaves at random, then number its leaves from left to right."""
    columns: tuple[list[int], list[float], list[int], list[int], list[float]] = ([], [], [], [], [])
    of, thresholds, left, right, values = columns

    def grow(leaves: int) -> int:
        if leaves == 1:
            values.append(draw(st.integers(-8, 8)) / 4)
            return ~(len(values) - 1)
        place = len(of)
        of.append(draw(st.integers(0, features - 1)))
        thresholds.append(draw(st.integers(-4, 4)) / 2)
        left.append(0)
        right.append(0)
        first = draw(st.integers(1, leaves - 1))
        left[place], right[place] = grow(first), grow(leaves - first)
        return place

    grow(draw(st.integers(1, 8)))
    return Tree(tuple(of), tuple(thresholds), tuple(left), tuple(right), tuple(values), (0.5,) * len(of))


def walked(tree: Tree, values: list[float]) -> float:
    node = 0 if tree.features else ~0
    while node >= 0:
        node = tree.left[node] if values[tree.features[node]] <= tree.thresholds[node] else tree.right[node]
    return tree.values[~node]


@given(
    st.lists(trees(), min_size=1, max_size=5),
    st.lists(st.lists(st.integers(-5, 5).map(lambda value: value / 2), min_size=3, max_size=3), min_size=1, max_size=6),
)
def test_all_at_once_is_what_walking_each_tree_gives(forest: list[Tree], candidates: list[list[float]]) -> None:
    own = Ranker(("a", "b", "c"), tuple(forest))
    expected = [sum(walked(tree, values) for tree in forest) for values in candidates]
    assert own.raw(np.array(candidates, np.float32).T).tolist() == pytest.approx(expected)


@given(st.lists(trees(), min_size=1, max_size=5), st.lists(st.integers(-5, 5), min_size=3, max_size=3))
def test_what_the_features_add_makes_up_the_sum(forest: list[Tree], values: list[int]) -> None:
    own = Ranker(("a", "b", "c"), tuple(forest))
    start = sum(tree.means[0] if tree.means else tree.values[0] for tree in forest)
    total = float(own.raw(np.array([values], np.float32).T)[0])
    assert start + sum(own.contributions([float(value) for value in values]).values()) == pytest.approx(total)


def test_features_are_found_by_name_and_scores_are_shares() -> None:
    own = Ranker(TWO.names, TWO.trees, scale=2.0, offset=-2.5)
    found = Evidence(
        np.arange(2, dtype=np.int32), ("long", "other", "near"), np.array([[0, 0], [7, 7], [0, 1]], np.float32)
    )
    assert own.scores(found).tolist() == pytest.approx([0.5, 1 / (1 + np.exp(-6.0))])


def test_a_ranker_survives_being_written() -> None:
    assert Ranker.from_json(TWO.to_json()) == TWO
