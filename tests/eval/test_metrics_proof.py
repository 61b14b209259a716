"""Our measures against trec_eval's, by way of ir-measures (MacAvaney et al. 2022), on random rankings.

Where the two differ by convention, and how that is met here:
- trec_eval orders a run by score, equal scores by name; ours takes the order as it came. Scores here are distinct.
- trec_eval's recip_rank has no cut; ir-measures cuts the run for RR@k, as we do.
- trec_eval takes graded gains; ours are binary, so every judgement here is 1 (a 0 is a document that is no gold one).
- trec_eval leaves out a question without gold documents; ours must not be asked about one.
- A question that got no documents at all counts 0 in both.
"""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, R, nDCG

from eval.metrics import ndcg_at, recall_at, reciprocal_rank_at

DOCUMENTS = [f"d{number}" for number in range(40)]
OURS = {
    **{R @ k: (recall_at, k) for k in (1, 5, 10, 20, 100)},
    nDCG @ 10: (ndcg_at, 10),
    RR @ 10: (reciprocal_rank_at, 10),
}


@settings(deadline=None)  # the first example loads trec_eval
@given(
    gold=st.sets(st.sampled_from([*DOCUMENTS, "never found", "nor this"]), min_size=1, max_size=15),
    ranked=st.lists(st.sampled_from(DOCUMENTS), unique=True),
)
def test_measures_equal_trec_eval(gold: set[str], ranked: list[str]) -> None:
    theirs = trec_eval(gold, ranked)
    for measure, (ours, k) in OURS.items():
        assert ours(k, frozenset(gold), ranked) == pytest.approx(theirs[str(measure)], abs=1e-9)


def trec_eval(gold: set[str], ranked: Sequence[str]) -> dict[str, float]:
    judged = {document: int(document in gold) for document in {*gold, *ranked}}
    run = {document: float(-rank) for rank, document in enumerate(ranked)}
    figures = ir_measures.calc_aggregate(list(OURS), {"q": judged}, {"q": run})
    return {str(measure): figure for measure, figure in figures.items()}
