"""Whether answers are refused when they must be and only then (拒答评测).

A question is asked twice, of the base as it is and with the regulation that answers it left out. Refusing the first
is a false refusal; not refusing the second is an answer without its basis, unless another regulation says the same.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError

Status = Callable[[str, str], str]  # question, title left out ("" for none) -> status of the answer
ANSWERED, NO_BASIS = "answered", "no_basis"


@dataclass(frozen=True, slots=True)
class Refusals:
    """How many of `questions` have each status, with their regulation in the base and with it left out."""

    questions: int
    present: Counter[str]
    missing: Counter[str]

    def to_json(self) -> dict[str, float]:
        """Return shares: false refusals, whole answers, and what is answered where the regulation is missing."""
        total = max(self.questions, 1)
        return {
            "questions": self.questions,
            "false_refusals": round(self.present[NO_BASIS] / total, 4),
            "answered": round(self.present[ANSWERED] / total, 4),
            "baseless_answered": round(self.missing[ANSWERED] / total, 4),
            "baseless_not_refused": round(1 - self.missing[NO_BASIS] / total, 4),
        }


def measure(questions: Sequence[tuple[str, str]], status: Status) -> Refusals:
    """Ask every (question, title) twice."""
    present = Counter(str(status(question, "")) for question, _ in questions)
    missing = Counter(str(status(question, title)) for question, title in questions)
    return Refusals(len(questions), present, missing)


def read_titled(file: Path, sample: int = 0, seed: int = 0) -> list[tuple[str, str]]:
    """Return the (question, title) pairs of a JSONL file with `query` and `title`, or a sample; raises InputError."""
    try:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        pairs = [(str(row["query"]), str(row["title"]).rstrip(".")) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} 每行应是有 query 和 title 的 JSON") from error
    return random.Random(seed).sample(pairs, min(sample, len(pairs))) if sample else pairs
