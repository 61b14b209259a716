"""The data sets that the gate measures (评测数据集): what each reads, and how it becomes an index and questions.

A new one is a line in SUITES. Paths are below the data folder, which holds `corpus/` and `eval/`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from corpus.errors import InputError
from corpus.model import Edition
from eval.beir import load_beir_corpus, load_beir_questions
from eval.legal_dc import load_legal_dc
from eval.party_quiz import load_party_quiz
from eval.retrieval import Dataset
from eval.sections import load_sections
from index.build import build
from index.search import Index
from ingest.discovery import discover
from ingest.matching import own_rows
from ingest.pipeline import Job, parse_files

_LAY_QUESTIONS = 300  # asked of STARD's whole corpus; all 1 235 take minutes
_PARTY_QUIZ = ("corpus/regs", "eval/party-quiz/questions.jsonl")
_BLOCK = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Trial:
    """A data set ready to be asked: the index, the questions, and the editions that the index was built from."""

    index: Index
    dataset: Dataset
    editions: Sequence[Edition]


Load = Callable[[Path, Path], Trial]  # data folder, empty folder for the index


@dataclass(frozen=True, slots=True)
class Suite:
    """A data set: the files and folders it is made of, and what gives its index and questions."""

    name: str
    sources: tuple[str, ...]
    load: Load
    measures: tuple[str, ...] = ("recall@1", "recall@5", "recall@10", "recall@100", "mrr@10")

    def missing(self, data: Path) -> list[str]:
        """Return the sources that the data folder lacks."""
        return [source for source in self.sources if not (data / source).exists()]

    def digest(self, data: Path) -> str:
        """Return the SHA-256 of names and bytes of all files, questions and corpus."""
        total = sha256()
        for file in sorted(file for source in self.sources for file in _files(data / source)):
            total.update(f"{file.relative_to(data).as_posix()}\0{file.stat().st_size}\0".encode())
            with file.open("rb") as handle:
                while block := handle.read(_BLOCK):
                    total.update(block)
        return total.hexdigest()


def chosen(names: Iterable[str]) -> tuple[Suite, ...]:
    """Return the suites of these names, all when none is given; raises InputError for an unknown one."""
    known = {suite.name: suite for suite in SUITES}
    wanted = list(names)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise InputError(f"没有名为 {'、'.join(unknown)} 的数据集；可选：{'、'.join(known)}")
    return tuple(known[name] for name in wanted) or SUITES


def read_editions(folder: Path) -> list[Edition]:
    """Parse every document of a folder, with the facts of its own manifest; raises InputError for a refused one."""
    found = discover([folder])
    rows = own_rows(found).rows
    parsed = list(parse_files([Job(file.path, file.name, rows.get(file.path)) for file in found.files]))
    refused = [f"{one.report.file}：{one.report.refused}" for one in parsed if one.edition is None]
    if refused:
        raise InputError(f"{folder} 里有 {len(refused)} 个文件不能解析，如 {refused[0]}")
    return [one.edition for one in parsed if one.edition is not None]


def trial(editions: Sequence[Edition], dataset: Dataset, folder: Path) -> Trial:
    """Build an index of editions in a folder, open it, and put the questions beside it."""
    build(editions, folder, "")
    return Trial(Index.open(folder), dataset, editions)


def sampled(dataset: Dataset, size: int, seed: int = 0) -> Dataset:
    """Return a data set with at most `size` of its questions, the same ones each time, in their order."""
    chosen = random.Random(seed).sample(range(len(dataset.questions)), min(size, len(dataset.questions)))
    return replace(dataset, questions=tuple(dataset.questions[place] for place in sorted(chosen)))


def _legal_dc(data: Path, folder: Path) -> Trial:
    editions = read_editions(data / "corpus/legal-dc")
    return trial(editions, load_legal_dc(data / "eval/legal-dc", editions), folder)


def _stard(data: Path, folder: Path) -> Trial:
    source = data / "eval/stard"
    questions = sampled(load_beir_questions(source), _LAY_QUESTIONS)
    return trial(load_beir_corpus(source), questions, folder)


def _party_quiz(place: int, data: Path, folder: Path) -> Trial:
    """Return the short questions (place 0) or the cases (place 1), asked of the party regulations."""
    editions = read_editions(data / "corpus/regs")
    return trial(editions, load_party_quiz(data / "eval/party-quiz", editions)[place], folder)


def _county(data: Path, folder: Path) -> Trial:
    editions = read_editions(data / "corpus/seed")
    return trial(editions, load_sections(data / "eval/seed", editions), folder)


def _files(path: Path) -> Iterable[Path]:
    return [path] if path.is_file() else (file for file in path.rglob("*") if file.is_file())


SUITES: tuple[Suite, ...] = (
    Suite("legal-dc", ("corpus/legal-dc", "eval/legal-dc/questions.jsonl"), _legal_dc),
    Suite("stard", ("eval/stard",), _stard),
    Suite("party-quiz-short", _PARTY_QUIZ, partial(_party_quiz, 0)),
    Suite("party-quiz-case", _PARTY_QUIZ, partial(_party_quiz, 1)),
    Suite(
        "county", ("corpus/seed", "eval/seed/questions.jsonl"), _county, ("recall@1", "recall@3", "recall@10", "mrr@10")
    ),
)
