"""Training the ranker (训练排序模型): LightGBM's lambdarank over the features of candidates, cross-validated.

Legal-DC's folds are made of regulations, so that a text is either trained on or asked about; those of STARD are made of
questions, each asked of an index whose embedding has not seen it (`danggui train-embedding --folds`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import InputError
from eval.retrieval import MEASURES, Dataset
from eval.training_pairs import FOLDS
from index.features import Evidence
from index.lexical import Floats
from index.rerank import LEAVES, Ranker, Tree
from index.search import Index

TREES = 250
_DEPTH = 100  # hits that the candidates are gathered for
_PARAMETERS: Mapping[str, object] = {
    "objective": "lambdarank",
    "num_leaves": LEAVES,
    "learning_rate": 0.05,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 3.0,
    "max_bin": 127,
    "lambdarank_truncation_level": 20,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
    "num_threads": 1,
    "seed": 0,
}
Labels = npt.NDArray[np.bool_]
Score = Callable[[Evidence], Floats]


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates with their features, the document each one is, and which are wanted.

    `fold` is the part of the data, 0 to FOLDS - 1, that the question belongs to.
    """

    found: Evidence
    names: tuple[str, ...]
    gold: frozenset[str]
    fold: int

    @property
    def labels(self) -> Labels:
        """Which candidates are wanted, shape (n_candidates,)."""
        return np.array([name in self.gold for name in self.names], bool)


def examples(index: Index, dataset: Dataset, fold: Callable[[str], int]) -> list[Example]:
    """Return an example per question with a candidate; `fold` takes a question's id."""
    made = []
    for question in dataset.questions:
        found = index.evidence(question.text, _DEPTH)
        names = tuple(dataset.name_of(index.chunk(int(row))) for row in found.rows)
        made.append(Example(found, names, question.gold, fold(question.id)))
    return made


def train(taught: Sequence[Example], names: Sequence[str], trees: int = TREES) -> Ranker:
    """Train a ranker on the features called `names`; raises InputError where no example has a wanted candidate."""
    try:
        import lightgbm
    except ImportError as error:
        raise InputError("训练排序模型要用 LightGBM：请先运行 pip install lightgbm") from error
    useful = [example for example in taught if example.labels.any()]
    if not useful:
        raise InputError("没有可供训练的问题：候选条文里没有一条是标准答案")
    values = np.concatenate([_values(example.found, names).T for example in useful])
    labels = np.concatenate([example.labels for example in useful]).astype(np.int32)
    sizes = [len(example.names) for example in useful]
    data = lightgbm.Dataset(values, labels, group=sizes, feature_name=[f"f{place}" for place in range(len(names))])
    booster = lightgbm.train(dict(_PARAMETERS), data, trees)
    bare = Ranker(tuple(names), tuple(flat_tree(one["tree_structure"]) for one in booster.dump_model()["tree_info"]))
    return _calibrated(bare, useful)


def cross_validated(
    taught: Sequence[Example], names: Sequence[str], always: Sequence[Example] = ()
) -> dict[str, float]:
    """Return the measures of `eval.retrieval` over all examples, each ranked by a ranker that has not seen its fold.

    `always` are examples of another data set that every ranker is trained on as well.
    """
    rankings: list[tuple[frozenset[str], list[str]]] = []
    for fold in range(FOLDS):
        asked = [example for example in taught if example.fold == fold]
        ranker = train([*always, *(example for example in taught if example.fold != fold)], names) if asked else None
        rankings += [(example.gold, _ranked(example, ranker.scores)) for example in asked if ranker]
    return _means(rankings)


def measured(asked: Iterable[Example], score: Score) -> dict[str, float]:
    """Return the measures over examples ranked by a score."""
    return _means([(example.gold, _ranked(example, score)) for example in asked])


def feature_names(taught: Sequence[Example]) -> tuple[str, ...]:
    """Return the names of the features that the examples have."""
    return taught[0].found.names


def write_ranker(ranker: Ranker, file: Path) -> None:
    """Write a ranker where `index.rerank` reads it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(ranker.to_json(), separators=(",", ":")) + "\n", "utf-8")


def _means(rankings: Sequence[tuple[frozenset[str], list[str]]]) -> dict[str, float]:
    return {
        name: round(fmean(measure(gold, ranked) for gold, ranked in rankings), 4) for name, measure in MEASURES.items()
    }


def _ranked(example: Example, score: Score) -> list[str]:
    if not example.names:
        return []
    order = np.argsort(-score(example.found), kind="stable")
    return list(dict.fromkeys(example.names[place] for place in order))


def _values(found: Evidence, names: Sequence[str]) -> Floats:
    values: Floats = found.values[[found.names.index(name) for name in names]]
    return values


def flat_tree(root: Mapping[str, Any]) -> Tree:
    """Turn LightGBM's nested tree into flat arrays, leaves numbered from left to right."""
    columns: tuple[list[Any], ...] = ([], [], [], [], [], [])
    features, thresholds, left, right, values, means = columns

    def visit(node: Mapping[str, Any]) -> int:
        if "leaf_value" in node:
            values.append(float(node["leaf_value"]))
            return ~(len(values) - 1)
        place = len(features)
        features.append(int(node["split_feature"]))
        thresholds.append(float(np.float32(node["threshold"])))
        means.append(float(node["internal_value"]))
        left.append(0)
        right.append(0)
        left[place] = visit(node["left_child"])
        right[place] = visit(node["right_child"])
        return place

    visit(root)
    return Tree(*(tuple(column) for column in columns))


def _calibrated(ranker: Ranker, taught: Sequence[Example], rounds: int = 30) -> Ranker:
    """Fit scale and offset so that a score is how often such a candidate is wanted (Platt 1999), by Newton's method."""
    raw = np.concatenate([ranker.raw(_values(example.found, ranker.names)) for example in taught]).astype(np.float64)
    labels = np.concatenate([example.labels for example in taught]).astype(np.float64)
    columns = np.stack([raw, np.ones_like(raw)])
    weights = np.array([1.0, -2.0])
    for _ in range(rounds):
        likely = 1 / (1 + np.exp(-np.clip(weights @ columns, -30, 30)))
        gradient = columns @ (likely - labels) + 1e-6 * weights
        curvature = (columns * (likely * (1 - likely))) @ columns.T + 1e-6 * np.eye(2)
        weights = weights - np.clip(np.linalg.solve(curvature, gradient), -1, 1)
    return Ranker(ranker.names, ranker.trees, round(float(weights[0]), 6), round(float(weights[1]), 6))
