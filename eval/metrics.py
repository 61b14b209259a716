"""Measures of a ranking (评测指标): pure functions of the wanted documents and the ranked ones.

`gold` is the set of documents that answer (never empty), `ranked` what came back, best first, without repetition.
Gain is binary. A question with several gold documents counts by the share of them that was found (recall) and by the
first one found (MRR).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log2


def recall_at(k: int, gold: frozenset[str], ranked: Sequence[str]) -> float:
    """Return the share of the gold documents among the first k."""
    return len(gold.intersection(ranked[:k])) / len(gold)


def reciprocal_rank_at(k: int, gold: frozenset[str], ranked: Sequence[str]) -> float:
    """Return 1 / rank of the first gold document among the first k, 0 when there is none (MRR is its mean)."""
    return next((1 / rank for rank, document in enumerate(ranked[:k], 1) if document in gold), 0.0)


def ndcg_at(k: int, gold: frozenset[str], ranked: Sequence[str]) -> float:
    """Return the discounted gain of the first k over the best that is possible (Järvelin and Kekäläinen 2002)."""
    gain = sum(1 / log2(rank + 1) for rank, document in enumerate(ranked[:k], 1) if document in gold)
    return gain / sum(1 / log2(rank + 1) for rank in range(1, min(k, len(gold)) + 1))


def percentile(share: float, values: Sequence[float]) -> float:
    """Return the smallest value that at least `share` (0–1) of the values do not exceed: nearest rank."""
    ordered = sorted(values)
    return ordered[max(ceil(share * len(ordered)), 1) - 1]
