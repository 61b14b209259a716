"""The questions of Legal-DC (a public benchmark over 539 Chinese regulations), judged by article.

A hit counts when its regulation and the number of its article are among the gold ones; titles are compared without
书名号, white space and variants of brackets. Questions whose gold text stands outside any article (题注, 目录, texts
without 条) are left out and counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import InputError
from corpus.model import Edition, Kind
from corpus.titles import normalise
from eval.retrieval import Dataset, Question
from index.chunks import Chunk

_QUESTIONS = "questions.jsonl"


def is_legal_dc(folder: Path) -> bool:
    """Tell whether a folder holds questions in this form."""
    return (folder / _QUESTIONS).is_file()


def load_legal_dc(folder: Path, editions: Iterable[Edition]) -> Dataset:
    """Read `questions.jsonl` (per line: id, query, title, articles) to be asked of an index over `editions`.

    Raises InputError when the file is missing or a line is not of this form.
    """
    labels = {(edition.id, path): label for edition in editions for path, label in _articles(edition)}

    def name_of(chunk: Chunk) -> str:
        return _name(chunk.title, labels.get((chunk.edition, chunk.article), chunk.path))

    questions = tuple(_questions(folder / _QUESTIONS))
    judged = tuple(question for question in questions if question.gold)
    return Dataset("legal-dc", judged, name_of, len(questions) - len(judged))


def _articles(edition: Edition) -> Iterator[tuple[str, str]]:
    for provision in edition.walk():
        if provision.kind is Kind.ARTICLE:
            yield provision.path, provision.label


def _name(title: str, label: str) -> str:
    return f"{normalise(title).rstrip('.')} {normalise(label)}"


def _questions(file: Path) -> Iterator[Question]:
    try:
        for line in file.read_text("utf-8").rstrip("\n").split("\n"):  # not splitlines: texts may hold U+2028
            row = json.loads(line)
            gold = frozenset(_name(row["title"], label) for label in row["articles"])
            yield Question(row["id"], row["query"], gold)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} 不是 Legal-DC 形式的问题文件：每行应有 id、query、title、articles") from error
