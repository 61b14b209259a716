"""Building an index from editions (建索引): only what is new is cut, counted and embedded; the rest is carried over.

A generation is written whole beside the former one and then named current, so readers are never disturbed.
"""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from itertools import chain, islice
from pathlib import Path

import numpy as np

from corpus.errors import StoreError
from corpus.integrity import digest as content_digest
from corpus.integrity import tree_rows
from corpus.model import Edition
from corpus.workers import WorkerPool
from index.analysis import Batch, analyse, read_passages
from index.carry import Carried, Former, carry, former_index
from index.dense import write_codes
from index.embedding import Embedder, embedder_for
from index.lexical import HEADINGS, TITLES, Parameters, Postings
from index.merge import Part, merge
from index.pending import PendingVectors
from index.settings import IndexSettings
from index.storage import Manifest, drop_old, new_generation, recipe, written_files
from index.table import ChunkTable
from index.tokens import ANALYSERS, shared_tokenizer
from index.vectors import Codes, Scales, joined

_BATCH = 200_000  # characters per task
_MAX_WORKERS = 8
_PARTS = "parts"

Progress = Callable[[int], None]
"""Called with the number of editions done since the last call."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An edition that the index shall hold: its id, the digest of text and tree, and how to read it."""

    id: str
    digest: str
    read: Callable[[], Edition]


def build(
    editions: Iterable[Edition],
    folder: Path,
    digest: str,
    progress: Progress | None = None,
    workers: int | None = None,
    settings: IndexSettings = IndexSettings(),
) -> None:
    """Build the index of editions at hand; see `update`."""
    wanted = (_wanted(edition) for edition in editions)
    update(wanted, folder, digest, progress, workers, settings)


def _wanted(edition: Edition) -> Wanted:
    return Wanted(edition.id, content_digest(edition.text, tree_rows(edition.provisions)), lambda: edition)


def update(
    wanted: Iterable[Wanted],
    folder: Path,
    digest: str,
    progress: Progress | None = None,
    workers: int | None = None,
    settings: IndexSettings = IndexSettings(),
    *,
    anew: bool = False,
) -> None:
    """Make the index in `folder` hold just the editions wanted, carrying over those it holds already.

    `digest` names the state of the corpus; `workers` processes at most are used (default: one per core), none besides
    this one for little text; built `anew`, it takes nothing over. Readers of the former index are not disturbed, and
    when building fails it stays. Raises InputError for settings that cannot be met.
    """
    embedder = None if settings.store == "none" else embedder_for(settings.embedding)
    made = recipe(embedder.identity if embedder else "", settings.store)
    with new_generation(folder) as generation:
        drawn = _Drawn(None if anew else former_index(folder, made), generation / _PARTS, embedder, folder)
        drawn.take(wanted, workers or _cores(), progress)
        table = drawn.write(generation, settings.store)
        shutil.rmtree(generation / _PARTS, ignore_errors=True)
    files = written_files(generation)
    kept = asdict(replace(settings, embedding=replace(settings.embedding, key="")))
    Manifest(digest, generation.name, len(table), len(table.editions), made, kept, files).write(folder)
    drop_old(folder, generation.name)
    drawn.finish()


class _Drawn:
    """A generation in the making: what stays of the former one, and the parts that are new."""

    def __init__(self, former: Former | None, folder: Path, embedder: Embedder | None, index: Path) -> None:
        self._former = former
        self._folder = folder
        self._kept: set[str] = set()
        self._parts: list[Path] = []
        self._vectors = (
            _Vectors(PendingVectors(index, embedder), former.scales if former else None) if embedder else None
        )

    def take(self, wanted: Iterable[Wanted], workers: int, progress: Progress | None) -> None:
        """Note what stays, analyse and embed what is new."""
        self._folder.mkdir()
        for size, part in _analysed(_batches(self._new(wanted)), self._folder, workers):
            self._parts.append(part)
            if self._vectors:
                self._vectors.add(read_passages(part))
            if progress is not None:
                progress(size)

    def _new(self, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
        held = self._former.editions if self._former else {}
        for one in wanted:
            if held.get(one.id) == one.digest:
                self._kept.add(one.id)
            else:
                yield one

    def finish(self) -> None:
        """Remove what was kept in case of an interruption."""
        if self._vectors:
            self._vectors.finish()

    def write(self, generation: Path, store: str) -> ChunkTable:
        """Write the generation's files and return its chunks."""
        carried = carry(self._former, self._kept) if self._former else None
        tables = ([carried.table] if carried else []) + [ChunkTable.load(part) for part in self._parts]
        table = ChunkTable.joined(tables)
        table.save(generation)
        parts = list(_placed(self._parts, tables, carried))
        for name in ANALYSERS:
            merge(parts, name, generation)
        names = {TITLES: table.titles, HEADINGS: [" ".join(headings) for headings in table.headings]}
        for name, texts in names.items():
            Postings.shares([shared_tokenizer().keys(text).bigrams for text in texts]).save(generation, name)
        if self._vectors:
            self._vectors.write(generation, store, carried.codes if carried else None)
        return table


class _Vectors:
    """The vectors of a generation in the making, as codes."""

    def __init__(self, pending: PendingVectors, scales: Scales | None) -> None:
        self._pending = pending
        self._scales = scales
        self._blocks: list[Codes] = []

    def add(self, passages: Sequence[str]) -> None:
        vectors = self._pending.encode(passages)
        if self._scales is None and len(vectors):
            self._scales = Scales.fitting(vectors)
        if self._scales is not None:
            self._blocks.append(self._scales.encode(vectors))

    def finish(self) -> None:
        self._pending.drop()

    def write(self, generation: Path, store: str, carried: Codes | None) -> None:
        scales = self._scales or Scales.fitting(self._pending.encode([]))
        blocks = self._blocks if carried is None else [carried, *self._blocks]
        write_codes(generation, joined(blocks, len(scales.steps)), scales, store)


def _placed(folders: Sequence[Path], tables: Sequence[ChunkTable], carried: Carried | None) -> Iterator[Part]:
    """Yield the parts with the rows that their documents become: those carried over first, then the new ones."""
    at = 0
    if carried:
        yield carried.part
        at = len(carried.table)
    for folder, table in zip(folders, tables[1:] if carried else tables, strict=True):
        yield Part(folder, np.arange(at, at + len(table), dtype=np.int32))
        at += len(table)


def _cores() -> int:
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MAX_WORKERS)


def _batches(wanted: Iterable[Wanted]) -> Iterator[Batch]:
    editions: list[Edition] = []
    digests: list[str] = []
    size = 0
    for one in wanted:
        editions.append(one.read())
        digests.append(one.digest)
        size += len(editions[-1].text)
        if size >= _BATCH:
            yield Batch(tuple(editions), tuple(digests))
            editions, digests, size = [], [], 0
    if editions:
        yield Batch(tuple(editions), tuple(digests))


def _analysed(batches: Iterator[Batch], folder: Path, workers: int) -> Iterator[tuple[int, Path]]:
    """Yield the number of editions and the folder of each analysed batch, in order, from processes of their own."""
    tasks = ((batch, folder / f"{number:05}") for number, batch in enumerate(batches))
    first = list(islice(tasks, 2))
    if workers == 1 or len(first) < 2:
        for batch, part in chain(first, tasks):
            analyse(batch, part, Parameters())
            yield len(batch.editions), part
        return
    try:
        yield from _in_processes(chain(first, tasks), workers)
    except BrokenProcessPool as error:
        raise StoreError(
            "建立索引的进程异常退出，可能是内存不足；原有索引未动；请释放内存后再检索一次，索引会自动重建"
        ) from error


def _in_processes(tasks: Iterable[tuple[Batch, Path]], workers: int) -> Iterator[tuple[int, Path]]:
    with WorkerPool(workers) as pool:
        waiting: deque[tuple[int, Path, Future[None]]] = deque()
        for batch, part in tasks:
            waiting.append((len(batch.editions), part, pool.submit(analyse, batch, part, Parameters())))
            if len(waiting) > 2 * workers:  # the editions read ahead are what takes memory
                yield _finished(waiting.popleft())
        while waiting:
            yield _finished(waiting.popleft())


def _finished(task: tuple[int, Path, Future[None]]) -> tuple[int, Path]:
    size, part, future = task
    future.result()
    return size, part
