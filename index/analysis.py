"""Editions to chunks, terms and passages (分析): what worker processes do when an index is built."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.model import Edition
from index.chunks import Chunk, chunks
from index.lexical import PIVOTS, Around, Parameters, Postings
from index.table import ChunkTable
from index.tokens import ANALYSERS, shared_tokenizer

_PASSAGES = "passages.json"


@dataclass(frozen=True, slots=True)
class Batch:
    """Editions with the digests of their text and tree."""

    editions: tuple[Edition, ...]
    digests: tuple[str, ...]


def analyse(batch: Batch, folder: Path, parameters: Parameters) -> None:
    """Write the chunks, postings and passages of a batch into a new folder."""
    tokenizer = shared_tokenizer()
    found: list[Chunk] = []
    texts: list[str] = []
    for edition in batch.editions:
        for chunk in chunks(edition, tokenizer.count):
            found.append(chunk)
            texts.append(chunk.search_text(edition.text))
    folder.mkdir(parents=True)
    digests = {edition.id: digest for edition, digest in zip(batch.editions, batch.digests, strict=True)}
    ChunkTable.of(found, digests).save(folder)
    _count(found, texts, folder, parameters)
    passages = [passage(chunk, text) for chunk, text in zip(found, texts, strict=True)]
    (folder / _PASSAGES).write_text(json.dumps(passages, ensure_ascii=False), "utf-8", "surrogatepass")


def read_passages(folder: Path) -> list[str]:
    """Return the passages that `analyse` wrote, one per chunk."""
    passages: list[str] = json.loads((folder / _PASSAGES).read_text("utf-8", "surrogatepass"))
    return passages


def passage(chunk: Chunk, text: str) -> str:
    """Return what is embedded for a chunk: its title, headings and words."""
    return "\n".join((chunk.title, *chunk.headings, text))


def _count(found: Sequence[Chunk], texts: Sequence[str], folder: Path, parameters: Parameters) -> None:
    """Write the postings of each analyser."""
    titles, title_of = _distinct([chunk.title for chunk in found])
    headings, heading_of = _distinct([" ".join(chunk.headings) for chunk in found])
    own, above, around = (shared_tokenizer().bags(lines) for lines in (texts, titles, headings))
    for name in ANALYSERS:
        text, title, heading = (getattr(bags, name) for bags in (own, above, around))
        fields = Around(title, title_of), Around(heading, heading_of)
        Postings.counted(text, *fields, parameters, PIVOTS[name]).save(folder, name)


def _distinct(lines: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """Return the distinct lines and which of them each line is."""
    places: dict[str, int] = {}
    of = np.array([places.setdefault(line, len(places)) for line in lines], np.int64)
    return list(places), of
