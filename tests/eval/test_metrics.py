"""Measures worked out by hand."""

from __future__ import annotations

from math import log2

import pytest

from eval.metrics import ndcg_at, percentile, recall_at, reciprocal_rank_at

RANKED = ["a", "b", "c", "d"]
CASES = [
    pytest.param(2, {"a"}, 1.0, 1.0, 1.0, id="first"),
    pytest.param(2, {"b"}, 1.0, 1 / 2, 1 / log2(3), id="second"),
    pytest.param(2, {"c"}, 0.0, 0.0, 0.0, id="behind the cut"),
    pytest.param(3, {"c"}, 1.0, 1 / 3, 1 / 2, id="third"),
    pytest.param(3, {"a", "c"}, 1.0, 1.0, (1 + 1 / 2) / (1 + 1 / log2(3)), id="two, both found"),
    pytest.param(3, {"b", "z"}, 1 / 2, 1 / 2, (1 / log2(3)) / (1 + 1 / log2(3)), id="two, one found"),
    pytest.param(1, {"a", "b"}, 1 / 2, 1.0, 1.0, id="more gold than places"),
    pytest.param(10, {"z"}, 0.0, 0.0, 0.0, id="not there"),
]


@pytest.mark.parametrize(("k", "gold", "recall", "rank", "ndcg"), CASES)
def test_measures(k: int, gold: set[str], recall: float, rank: float, ndcg: float) -> None:
    wanted = frozenset(gold)
    assert recall_at(k, wanted, RANKED) == pytest.approx(recall)
    assert reciprocal_rank_at(k, wanted, RANKED) == pytest.approx(rank)
    assert ndcg_at(k, wanted, RANKED) == pytest.approx(ndcg)


PERCENTILES = [
    pytest.param(0.5, [4.0, 1.0, 3.0, 2.0], 2.0, id="median"),
    pytest.param(0.95, [float(number) for number in range(1, 101)], 95.0, id="95 of 100"),
    pytest.param(0.95, [1.0, 2.0], 2.0, id="few"),
    pytest.param(0.0, [3.0, 2.0], 2.0, id="least"),
]


@pytest.mark.parametrize(("share", "values", "expected"), PERCENTILES)
def test_percentile(share: float, values: list[float], expected: float) -> None:
    assert percentile(share, values) == expected
