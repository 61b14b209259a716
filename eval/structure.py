"""How well and how fast structure is found (结构评测): counts against a list, round trip, gaps, speed."""

from __future__ import annotations

import csv
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from corpus.errors import DangguiError, InputError
from corpus.model import Edition
from ingest.discovery import discover
from ingest.document import Document
from ingest.readers import read
from ingest.structure import parse


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file: counted and listed articles (None: not listed), gaps and the like, and what went wrong."""

    file: str
    articles: int = 0
    listed: int | None = None
    characters: int = 0
    seconds: float = 0.0  # processor time for structure alone
    gaps: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    whole: bool = True  # the spans concatenate to the clean text
    error: str = ""

    @property
    def differs(self) -> bool:
        """Whether the count is not the listed one."""
        return self.listed is not None and self.articles != self.listed


@dataclass(frozen=True, slots=True)
class Summary:
    """All files of one run."""

    outcomes: tuple[Outcome, ...]

    @property
    def speed(self) -> float:
        """Characters per second of processor time on one core, structure alone."""
        return sum(o.characters for o in self.outcomes) / max(sum(o.seconds for o in self.outcomes), 1e-9)

    def to_json(self) -> dict[str, object]:
        """Return the totals and the files that have something to say."""
        return {
            "files": len(self.outcomes),
            "failed": [f"{o.file}: {o.error}" for o in self.outcomes if o.error],
            "articles": sum(o.articles for o in self.outcomes),
            "characters": sum(o.characters for o in self.outcomes),
            "listed": sum(o.listed is not None for o in self.outcomes),
            "count_differs": [f"{o.file}: {o.articles} != {o.listed}" for o in self.outcomes if o.differs],
            "not_whole": [o.file for o in self.outcomes if not o.whole],
            "gaps": {o.file: list(o.gaps) for o in self.outcomes if o.gaps},
            "duplicates": {o.file: list(o.duplicates) for o in self.outcomes if o.duplicates},
            "out_of_order": {o.file: list(o.out_of_order) for o in self.outcomes if o.out_of_order},
            "characters_per_second": round(self.speed),
        }


def evaluate(path: Path, counts: Mapping[str, int], workers: int = 2) -> Summary:
    """Read and parse every file below a folder, or in a tar archive; `counts` lists articles by file name.

    Raises InputError when the path does not exist.
    """
    if not path.exists():
        raise InputError(f"没有这个文件或文件夹：{path}")
    with ProcessPoolExecutor(workers) as pool:
        outcomes = pool.map(_measure, *zip(*_jobs(path, counts), strict=True), chunksize=16)
        return Summary(tuple(outcomes))


def read_counts(path: Path) -> dict[str, int]:
    """Read a TSV with the columns file and articles; rows whose count is no number are left out."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if rows and not {"file", "articles"} <= rows[0].keys():
        raise InputError(f"{path} 应有 file 和 articles 两列")
    return {row["file"]: int(row["articles"]) for row in rows if row["articles"].isdigit()}


def _jobs(path: Path, counts: Mapping[str, int]) -> Iterator[tuple[str, bytes, int | None]]:
    for name, data in _archived(path) if path.is_file() else _files(path):
        yield name, data, counts.get(Path(name).name)


def _files(path: Path) -> Iterable[tuple[str, bytes]]:
    return ((file.name, file.path.read_bytes()) for file in discover([path]).files)


def _archived(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for member in archive:
            held = archive.extractfile(member) if member.isfile() else None
            if held is not None:
                yield member.name, held.read()


def _measure(name: str, data: bytes, listed: int | None) -> Outcome:
    try:
        document = read(data, Path(name).name)
    except DangguiError as error:
        return Outcome(name, listed=listed, error=str(error))
    return _parsed(name, document, listed)


def _parsed(name: str, document: Document, listed: int | None) -> Outcome:
    began = process_time()
    structure = parse(document.blocks, Path(name).name)
    seconds = process_time() - began
    edition = Edition(structure.title, "", structure.text, structure.provisions)
    whole = "".join(edition.text[start:end] for start, end in edition.leaf_spans()) == edition.text
    found = structure.findings
    return Outcome(
        name,
        found.articles,
        listed,
        len(edition.text),
        seconds,
        found.gaps,
        found.duplicates,
        found.out_of_order,
        whole,
    )
