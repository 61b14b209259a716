"""Whether anything found supports an answer at all (有无依据).

A retrieval score alone cannot tell: baseless questions also find something. A small model weighs many signals
(`answer.signals`); it is learned from questions asked with and without the regulation that answers them, and two
thresholds part answered, partial and no_basis (`danggui eval answerable`, docs/evaluation.md). A year that the source
does not know decides by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

import numpy as np

from answer.question import Question
from answer.select import Evidence
from corpus.errors import StoreError
from index.rerank import Ranker


class Status(StrEnum):
    """What an answer is worth."""

    ANSWERED = "answered"  # 有依据
    PARTIAL = "partial"  # 部分有依据
    NO_BASIS = "no_basis"  # 没有找到依据


_FILE = "answerable.json"


@dataclass(frozen=True, slots=True)
class Judge:
    """Trees over the signals, and the likelihoods from which an answer is partial and answered."""

    model: Ranker
    partial: float
    answered: float

    def likelihood(self, signals: Mapping[str, float]) -> float:
        """Return how likely the best candidate's regulation answers the question, 0 to 1."""
        values = np.array([[signals[name]] for name in self.model.names], np.float32)
        return float(1 / (1 + np.exp(-np.float64(self.model.raw(values)[0]))))

    def status(self, question: Question, best: Evidence, signals: Mapping[str, float]) -> Status:
        """Return what an answer with these signals is worth."""
        likely = self.likelihood(signals)
        if likely < self.partial or not best.year:
            return Status.NO_BASIS
        lacks_value = question.wanted.exacting and best.value <= question.wanted.missing
        return Status.ANSWERED if likely >= self.answered and not lacks_value else Status.PARTIAL


@lru_cache(maxsize=1)
def shipped_judge() -> Judge:
    """Return the judge that is shipped. Raises StoreError when it is damaged."""
    file = resources.files("answer").joinpath(_FILE)
    try:
        data = json.loads(file.read_text("utf-8"))
        return Judge(Ranker.from_json(data["model"]), float(data["partial"]), float(data["answered"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"安装不完整：有无依据的判断模型 {file} 读不出来；请重新安装 danggui") from error
