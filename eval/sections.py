"""Questions on a text without 条, such as a work report, judged by the section that answers (章节级评测).

A hit counts when every step of the gold path begins one of the headings it stands under: (三) 1. 二是.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import InputError
from corpus.hit import make_hit
from corpus.locate import Locator
from corpus.model import Edition
from eval.retrieval import Dataset, Question

_FILE = "questions.jsonl"


def is_sections(folder: Path) -> bool:
    """Tell whether a folder holds questions in this form."""
    try:
        with (folder / _FILE).open(encoding="utf-8") as file:
            return set(json.loads(file.readline())) >= {"q", "path"}
    except (OSError, ValueError, AttributeError):
        return False


def load_sections(folder: Path, editions: Iterable[Edition]) -> Dataset:
    """Read `questions.jsonl` (per line: q, path) to be asked of an index over `editions`.

    Raises InputError when the file is missing or a line is not of this form.
    """
    headings = {f"{edition.id}/{path}": trail for edition in editions for path, trail in _headings(edition)}
    questions = []
    try:
        lines = (folder / _FILE).read_text("utf-8").rstrip("\n").split("\n")
        for number, row in enumerate(map(json.loads, lines), 1):
            gold = frozenset(name for name, trail in headings.items() if _under(trail, row["path"]))
            questions.append(Question(str(number), row["q"], gold))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder / _FILE} 不是章节级评测的问题文件：每行应有 q、path") from error
    judged = tuple(question for question in questions if question.gold)
    skipped = len(questions) - len(judged)
    return Dataset("sections", judged, lambda chunk: f"{chunk.edition}/{chunk.path}", skipped, one_suffices=True)


def _headings(edition: Edition) -> Iterable[tuple[str, tuple[str, ...]]]:
    locator = Locator(edition)
    return ((node.path, make_hit(locator, node.path, "").headings) for node in edition.walk())


def _under(headings: tuple[str, ...], steps: Iterable[str]) -> bool:
    return all(any(heading.startswith(step) for heading in headings) for step in steps)
