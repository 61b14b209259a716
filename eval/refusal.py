"""Whether answers are refused when they must be and only then (拒答评测).

A question is asked twice, of the base as it is and with the regulation that answers it left out. Refusing the first
is a false refusal; not refusing the second is an answer without its basis, unless another regulation says the same.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError

Status = Callable[[str, str], str]  # question, title left out ("" for none) -> status of the answer
NO_BASIS = "no_basis"


@dataclass(frozen=True, slots=True)
class Refusals:
    """Counts over `questions`: refused with the regulation in the base, and with it left out."""

    questions: int
    refused_with: int
    refused_without: int

    def to_json(self) -> dict[str, float]:
        """Return the counts and shares: false refusals, and answers where the regulation is missing."""
        total = max(self.questions, 1)
        return {
            "questions": self.questions,
            "false_refusals": round(self.refused_with / total, 4),
            "answered_without_basis": round(1 - self.refused_without / total, 4),
        }


def measure(questions: Sequence[tuple[str, str]], status: Status) -> Refusals:
    """Ask every (question, title) twice."""
    refused_with = sum(status(question, "") == NO_BASIS for question, _ in questions)
    refused_without = sum(status(question, title) == NO_BASIS for question, title in questions)
    return Refusals(len(questions), refused_with, refused_without)


def read_titled(file: Path, sample: int, seed: int = 0) -> list[tuple[str, str]]:
    """Return up to `sample` (question, title) pairs of a JSONL file with `query` and `title`; raises InputError."""
    try:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        pairs = [(str(row["query"]), str(row["title"])) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} 每行应是有 query 和 title 的 JSON") from error
    return random.Random(seed).sample(pairs, min(sample, len(pairs)))
