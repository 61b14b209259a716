"""Data sets in BEIR form (Thakur et al. 2021): corpus.jsonl, queries.jsonl and qrels/*.tsv in one folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.errors import InputError
from corpus.model import Edition, Kind, Provision
from eval.retrieval import Dataset, Question

_CORPUS, _QUERIES, _QRELS = "corpus.jsonl", "queries.jsonl", "qrels"
_FORM = "{file} 不是 BEIR 形式：corpus.jsonl 和 queries.jsonl 每行应有 _id 和 text，qrels/*.tsv 每行应为三列"


def is_beir(folder: Path) -> bool:
    """Tell whether a folder holds a data set in this form."""
    return (folder / _CORPUS).is_file() and (folder / _QUERIES).is_file() and (folder / _QRELS).is_dir()


def load_beir_corpus(folder: Path) -> tuple[Edition, ...]:
    """Read the documents, those of one title as the articles of one edition; an article's path is its `_id`.

    Raises InputError when the file is missing or a line is not of this form.
    """
    by_title: dict[str, list[tuple[str, str]]] = {}
    for row in _rows(folder / _CORPUS):
        by_title.setdefault(row.get("title", ""), []).append((row["_id"], row["text"]))
    return tuple(_edition(title, documents) for title, documents in by_title.items())


def load_beir_questions(folder: Path) -> Dataset:
    """Read the queries and the relevant documents of every split (score above 0); raises InputError."""
    relevant: dict[str, set[str]] = {}
    for query, document in _relevant(sorted((folder / _QRELS).glob("*.tsv"))):
        relevant.setdefault(query, set()).add(document)
    rows = list(_rows(folder / _QUERIES))
    questions = tuple(
        Question(row["_id"], row["text"], frozenset(relevant[row["_id"]])) for row in rows if row["_id"] in relevant
    )
    return Dataset(folder.resolve().name, questions, lambda chunk: chunk.path, len(rows) - len(questions))


def _edition(title: str, documents: Iterable[tuple[str, str]]) -> Edition:
    texts, provisions, start = [], [], 0
    for identifier, text in documents:
        end = start + len(text) + 1
        provisions.append(Provision(Kind.ARTICLE, identifier, start=start, end=end))
        texts.append(f"{text}\n")
        start = end
    return Edition(title, "", "".join(texts), tuple(provisions))


def _rows(file: Path) -> Iterator[dict[str, str]]:
    try:
        for line in file.read_text("utf-8").rstrip("\n").split("\n"):  # not splitlines: texts may hold U+2028
            row = json.loads(line)
            yield {**row, "_id": str(row["_id"]), "text": str(row["text"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(_FORM.format(file=file)) from error


def _relevant(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for file in files:
        for line in file.read_text("utf-8").splitlines()[1:]:  # the first line names the columns
            try:
                query, document, score = line.split("\t")
                if float(score) > 0:
                    yield query, document
            except ValueError as error:
                raise InputError(_FORM.format(file=file)) from error
