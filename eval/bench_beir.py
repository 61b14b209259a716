"""A data set in BEIR form as texts and queries for the benchmark: what the systems find, beside how fast they are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from corpus.model import Edition
from eval.beir import load_beir_corpus, load_beir_questions
from eval.bench_texts import UNDATED, Query, Text, write_queries, write_texts


def write_beir(source: Path, queries: int, folder: Path, seed: int = 0) -> int:
    """Write all texts and at most `queries` drawn questions into a folder, and return how many texts there are.

    Raises InputError when the source is not of this form.
    """
    texts, places = _texts(load_beir_corpus(source))
    questions = load_beir_questions(source).questions
    drawn = random.Random(seed).sample(questions, min(queries, len(questions)))
    write_texts(folder, texts)
    write_queries(
        folder,
        [Query(one.text, tuple(sorted(places[name] for name in one.gold if name in places))) for one in drawn],
    )
    return len(texts)


def _texts(editions: Sequence[Edition]) -> tuple[list[Text], dict[str, int]]:
    """Return the articles as texts, and the place of each by its name in the data set."""
    texts: list[Text] = []
    places: dict[str, int] = {}
    for number, edition in enumerate(editions):
        for provision in edition.provisions:
            places[provision.path] = len(texts)
            texts.append(Text(len(texts), number, edition.title, "", UNDATED, edition.slice(provision).strip()))
    return texts, places
