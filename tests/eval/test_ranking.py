"""A ranker is learned from examples, the same each time, and is measured on what it has not seen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import InputError
from eval.ranking import Example, cross_validated, measured, train, write_ranker
from eval.training_pairs import FOLDS, fold_of
from index.features import Evidence
from index.rerank import Ranker

NAMES = ("good", "noise")


def example(seed: int, wanted: bool = True) -> Example:
    """Return 40 candidates of which the one with the highest `good` is wanted."""
    values = np.random.default_rng(seed).random((2, 40)).astype(np.float32)
    names = tuple(f"{seed}/{place}" for place in range(40))
    gold = frozenset({names[int(values[0].argmax())]} if wanted else {"elsewhere"})
    return Example(Evidence(np.arange(40, dtype=np.int32), NAMES, values), names, gold, seed % FOLDS)


TAUGHT = [example(seed) for seed in range(120)]


@pytest.mark.slow
def test_what_is_learned_holds_for_questions_that_were_not_seen() -> None:
    assert cross_validated(TAUGHT, NAMES)["recall@1"] > 0.7
    assert measured(TAUGHT, lambda found: found.column("noise"))["recall@1"] < 0.2


def test_the_same_examples_give_the_same_ranker_and_it_can_be_written(tmp_path: Path) -> None:
    first, second = train(TAUGHT, NAMES, 20), train(TAUGHT, NAMES, 20)
    assert first == second
    write_ranker(first, tmp_path / "ranker" / "own.json")
    assert Ranker.from_json(json.loads((tmp_path / "ranker" / "own.json").read_text("utf-8"))) == first


@pytest.mark.slow
def test_a_score_says_how_likely_a_candidate_is_wanted() -> None:
    scores = np.concatenate([train(TAUGHT, NAMES).scores(one.found) for one in TAUGHT])
    labels = np.concatenate([one.labels for one in TAUGHT])
    assert scores.sum() == pytest.approx(labels.sum(), rel=0.05)


def test_examples_without_a_wanted_candidate_cannot_teach() -> None:
    with pytest.raises(InputError, match="没有可供训练的问题"):
        train([example(1, wanted=False)], NAMES)


def test_folds_are_known_by_name_alone() -> None:
    assert [fold_of(name) for name in ("0", "2", "中华人民共和国刑法")] == [0, 1, 0]
    assert {fold_of(str(name)) for name in range(50)} == set(range(FOLDS))
