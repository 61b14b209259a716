"""How well an index finds the wanted provisions (检索评测): a data set, an index, a report per stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean
from time import perf_counter
from types import MappingProxyType

from eval.metrics import ndcg_at, percentile, recall_at, reciprocal_rank_at
from index.chunks import Chunk
from index.search import Index, Stage

DEPTH = 100  # documents fetched per question
STAGES: Mapping[str, Stage] = MappingProxyType({stage.value: stage for stage in Stage})
MEASURES: Mapping[str, Callable[[frozenset[str], Sequence[str]], float]] = MappingProxyType(
    {
        **{f"recall@{k}": partial(recall_at, k) for k in (1, 3, 5, 10, 20, 100)},
        "ndcg@10": partial(ndcg_at, 10),
        "mrr@10": partial(reciprocal_rank_at, 10),
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the names of the documents that answer it.

    `meant` are those of them in the edition that the question was written from, none where that is not known.
    """

    id: str
    text: str
    gold: frozenset[str]
    meant: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions with their gold documents; `name_of` says which document a hit is.

    `skipped` counts questions that name no gold document and are left out. With `one_suffices` the gold documents of
    a question are one that has several names.
    """

    name: str
    questions: tuple[Question, ...]
    name_of: Callable[[Chunk], str]
    skipped: int = 0
    one_suffices: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Means over all questions per stage: keys as in MEASURES, and p50_ms, p95_ms, p99_ms (milliseconds a question).

    Where questions were written from a known edition also, over these `right_of` questions, right@5 and right@10: the
    recall when only that edition counts; and right_1st: how often it stands before the others, of the questions with
    any edition among the first 10.
    """

    dataset: str
    questions: int
    skipped: int
    stages: Mapping[str, Mapping[str, float]]

    def to_json(self) -> dict[str, object]:
        """Return the report as the command line prints it."""
        stages = {name: dict(figures) for name, figures in self.stages.items()}
        return {"dataset": self.dataset, "queries": self.questions, "skipped": self.skipped, "stages": stages}

    def table(self) -> str:
        """Return the report as lines of text."""
        columns = list(next(iter(self.stages.values())))
        lines = [f"{self.dataset}：{self.questions} 个问题（另有 {self.skipped} 个没有标准条文，不计）"]
        lines.append(" " * 10 + "".join(f"{column:>11}" for column in columns))
        for name, figures in self.stages.items():
            lines.append(f"{name:10}" + "".join(f"{figures[column]:11.4g}" for column in columns))
        return "\n".join(lines)


def evaluate(index: Index, dataset: Dataset, stages: Mapping[str, Stage] = STAGES) -> Report:
    """Ask every question at every stage, one at a time, and return the means."""
    figures = {name: _figures(index, dataset, stage) for name, stage in stages.items()}
    return Report(dataset.name, len(dataset.questions), dataset.skipped, figures)


def _figures(index: Index, dataset: Dataset, stage: Stage) -> dict[str, float]:
    found, milliseconds = [], []
    for question in dataset.questions:
        began = perf_counter()
        hits = index.search(question.text, DEPTH, stage=stage)
        milliseconds.append((perf_counter() - began) * 1000)
        found.append((question, list(dict.fromkeys(dataset.name_of(hit.chunk) for hit in hits))))
    rankings = [_judged(dataset, question.gold, names) for question, names in found]
    means = {name: _mean(measure(gold, ranked) for gold, ranked in rankings) for name, measure in MEASURES.items()}
    times = {f"p{percent}_ms": round(percentile(percent / 100, milliseconds), 2) for percent in (50, 95, 99)}
    return {**means, **times, **_right_editions(dataset, found)}


def _right_editions(dataset: Dataset, found: Sequence[tuple[Question, list[str]]]) -> dict[str, float]:
    """Return how well the edition that is meant was found, nothing where it is not known for any question."""
    known = [(question, names) for question, names in found if question.meant]
    if not known:
        return {}
    rankings = [_judged(dataset, question.meant, names) for question, names in known]
    firsts = [(question, next(filter(question.gold.__contains__, names[:10]), None)) for question, names in known]
    right = [first in question.meant for question, first in firsts if first]
    recalls = {f"right@{k}": _mean(recall_at(k, meant, ranked) for meant, ranked in rankings) for k in (5, 10)}
    return {**recalls, "right_1st": _mean(right) if right else 0.0, "right_of": len(known)}


def _mean(values: Iterable[float]) -> float:
    return round(fmean(values), 4)


def _judged(dataset: Dataset, wanted: frozenset[str], names: Sequence[str]) -> tuple[frozenset[str], list[str]]:
    """Return the wanted documents and the ranked ones, under one name where one suffices."""
    if not dataset.one_suffices:
        return wanted, list(names)
    gold = min(wanted)
    return frozenset({gold}), list(dict.fromkeys(gold if name in wanted else name for name in names))
