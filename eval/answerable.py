"""Learning to tell what can be answered (有无依据的训练): questions asked with and without the regulation that answers.

A question whose regulation is in the base can be answered, the same one with it left out cannot, unless another
regulation says the same; lists of questions without any basis come beside. The folds are made of regulations, so none
is both learned from and asked about.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpus.errors import InputError
from eval.ranking import flat_tree
from index.rerank import LEAVES, Ranker

FOLDS = 5
FALSE_REFUSALS = 0.05  # share of answerable questions that may be refused
BASELESS_ANSWERED = 0.30  # share of baseless questions that may be answered outright, not in part
_TREES = 300
_PARAMETERS: Mapping[str, object] = {
    "objective": "binary",
    "num_leaves": LEAVES,
    "learning_rate": 0.03,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 8.0,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
    "num_threads": 1,
    "seed": 0,
}
Signals = Mapping[str, float]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its signals, none where nothing was found; `group` is its regulation."""

    question: str
    group: str
    answerable: bool
    signals: Signals

    @property
    def fold(self) -> int:
        """The fold, 0 to FOLDS - 1."""
        return crc32(self.group.encode()) % FOLDS


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the curve: shares of answerable questions refused and of baseless ones answered, from a likelihood."""

    threshold: float
    false_refusals: float
    baseless_answered: float


def examples(rows: Iterable[tuple[str, str]], consider: Callable[[str, str], Signals]) -> Iterator[Example]:
    """Yield two examples per (question, title): with the title's work in the base, and with it left out."""
    for question, title in rows:
        yield Example(question, title, True, consider(question, ""))
        yield Example(question, title, False, consider(question, title))


def train(taught: Sequence[Example], names: Sequence[str]) -> Ranker:
    """Train the trees on the signals called `names`; examples where nothing was found are left out."""
    try:
        import lightgbm
    except ImportError as error:
        raise InputError("训练要用 LightGBM：请先运行 pip install lightgbm") from error
    useful = [example for example in taught if example.signals]
    labels = np.array([example.answerable for example in useful], np.int32)
    data = lightgbm.Dataset(_matrix(useful, names), labels, feature_name=[f"f{place}" for place in range(len(names))])
    booster = lightgbm.train(dict(_PARAMETERS), data, _TREES)
    return Ranker(tuple(names), tuple(flat_tree(one["tree_structure"]) for one in booster.dump_model()["tree_info"]))


def cross_validated(taught: Sequence[Example], names: Sequence[str]) -> Floats:
    """Return for each example the likelihood given by trees that have not seen its fold; 0 where nothing was found."""
    likely = np.zeros(len(taught))
    for fold in range(FOLDS):
        model = train([example for example in taught if example.fold != fold], names)
        asked = [place for place, example in enumerate(taught) if example.fold == fold]
        likely[asked] = likelihoods(model, [taught[place] for place in asked])
    return likely


def likelihoods(model: Ranker, asked: Sequence[Example]) -> Floats:
    """Return each example's likelihood of being answerable, 0 where nothing was found."""
    likely = np.zeros(len(asked))
    known = [place for place, example in enumerate(asked) if example.signals]
    if known:
        raw = model.raw(_matrix([asked[place] for place in known], model.names).T).astype(np.float64)
        likely[known] = 1 / (1 + np.exp(-raw))
    return likely


def curve(asked: Sequence[Example], likely: Floats) -> list[Point]:
    """Return the points of the curve, one per distinct likelihood, from answering everything on."""
    can = np.array([example.answerable for example in asked])
    thresholds = [0.0, *np.unique(likely[likely > 0]).tolist()]
    return [
        Point(at, float((likely[can] < at).mean()), float(((likely[~can] >= at) & (likely[~can] > 0)).mean()))
        for at in thresholds
    ]


def at_false_refusals(points: Sequence[Point], most: float) -> Point:
    """Return the point that refuses most among those with at most that share of false refusals."""
    return max((point for point in points if point.false_refusals <= most), key=lambda point: point.threshold)


def at_baseless(points: Sequence[Point], most: float) -> Point:
    """Return the point that answers most among those with at most that share of baseless questions answered."""
    return min((point for point in points if point.baseless_answered <= most), key=lambda point: point.threshold)


def summary(points: Sequence[Point]) -> dict[str, object]:
    """Return the curve at some shares of false refusals, and the two thresholds that it gives."""
    shares = (0.01, 0.03, FALSE_REFUSALS, 0.08, 0.10)
    return {
        "baseless_not_refused_at": {
            f"{share:.2f}": round(at_false_refusals(points, share).baseless_answered, 4) for share in shares
        },
        "partial_from": round(at_false_refusals(points, FALSE_REFUSALS).threshold, 4),
        "answered_from": round(at_baseless(points, BASELESS_ANSWERED).threshold, 4),
        "answerable_not_answered": round(at_baseless(points, BASELESS_ANSWERED).false_refusals, 4),
    }


def write_judge(model: Ranker, partial: float, answered: float, file: Path) -> None:
    """Write the judge where `answer.support` reads it."""
    data: dict[str, Any] = {"partial": round(partial, 4), "answered": round(answered, 4), "model": model.to_json()}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, separators=(",", ":")) + "\n", "utf-8")


def _matrix(asked: Sequence[Example], names: Sequence[str]) -> npt.NDArray[np.float32]:
    return np.array([[example.signals[name] for name in names] for example in asked], np.float32)
