"""Building an index from editions (建索引): cut and count in parallel, weigh, write a generation, put it in place."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

from corpus.errors import StoreError
from corpus.model import Edition
from corpus.workers import WorkerPool
from index.chunks import Chunk, chunks
from index.lexical import TITLES, Counts, Parameters, Postings
from index.storage import Manifest, checksums, drop_old, new_generation, recipe
from index.table import ChunkTable
from index.tokens import ANALYSERS, Terms, tokenizer_for

_BATCH = 200_000  # characters per task
_MAX_WORKERS = 8


@dataclass(frozen=True, slots=True)
class _Analysed:
    """The chunks of a batch of editions and their terms, one `Counts` per analyser."""

    editions: int
    chunks: tuple[Chunk, ...]
    counts: tuple[Counts, ...]


def build(
    editions: Iterable[Edition],
    folder: Path,
    digest: str,
    progress: Callable[[int], None] | None = None,
    workers: int | None = None,
) -> None:
    """Build the index of a corpus in `folder` and put it in the place of the one there.

    `digest` names the state of the corpus; `progress` is called with the number of editions done since the last
    call; `workers` processes at most are used (default: one per core), none besides this one for a small corpus.
    Readers of the former index are not disturbed, and when building fails it stays.
    """
    parameters = Parameters()
    tokenizer_for(folder)  # writes jieba's cache before the workers look for it
    parts = []
    for part in _analysed(editions, partial(_analyse, folder, parameters), workers or _cores()):
        parts.append(part)
        if progress is not None:
            progress(part.editions)
    with new_generation(folder) as generation:
        table = ChunkTable.of([chunk for part in parts for chunk in part.chunks])
        table.save(generation)
        for place, name in enumerate(ANALYSERS):
            counts = Counts.joined([part.counts[place] for part in parts])
            Postings.bm25(counts, parameters).save(generation, name)
        titles = [tokenizer_for(folder).keys(title).bigrams for title in table.titles]
        Postings.shares(titles).save(generation, TITLES)
    size = sum(part.editions for part in parts)
    Manifest(digest, generation.name, len(table), size, recipe(), checksums(generation)).write(folder)
    drop_old(folder, generation.name)


def _cores() -> int:
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(available, _MAX_WORKERS)


def _batches(editions: Iterable[Edition]) -> Iterator[list[Edition]]:
    batch: list[Edition] = []
    size = 0
    for edition in editions:
        batch.append(edition)
        size += len(edition.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _analysed(
    editions: Iterable[Edition], analyse: Callable[[Sequence[Edition]], _Analysed], workers: int
) -> Iterator[_Analysed]:
    """Yield the analysed batches in order, from processes of their own when there are several."""
    batches = _batches(editions)
    first = list(islice(batches, 2))
    if workers == 1 or len(first) == 1:
        yield from map(analyse, chain(first, batches))
        return
    try:
        yield from _in_processes(chain(first, batches), analyse, workers)
    except BrokenProcessPool as error:
        raise StoreError(
            "建立索引的进程异常退出，可能是内存不足；原有索引未动；请释放内存后再检索一次，索引会自动重建"
        ) from error


def _in_processes(
    batches: Iterable[Sequence[Edition]], analyse: Callable[[Sequence[Edition]], _Analysed], workers: int
) -> Iterator[_Analysed]:
    with WorkerPool(workers) as pool:
        waiting: deque[Future[_Analysed]] = deque()
        for batch in batches:
            waiting.append(pool.submit(analyse, batch))
            if len(waiting) > 2 * workers:  # the editions read ahead are what takes memory
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _analyse(cache: Path, parameters: Parameters, editions: Sequence[Edition]) -> _Analysed:
    tokenizer = tokenizer_for(cache)
    found: list[Chunk] = []
    documents: list[tuple[Terms, Terms, Terms]] = []
    known: dict[str, Terms] = {}
    for edition in editions:
        for chunk in chunks(edition, tokenizer.count):
            around = (edition.title, " ".join(chunk.headings))
            for text in around:
                if text not in known:
                    known[text] = tokenizer.keys(text)
            found.append(chunk)
            documents.append((tokenizer.keys(chunk.search_text(edition.text)), known[around[0]], known[around[1]]))
    counts = tuple(
        Counts.of([(text[place], title[place], headings[place]) for text, title, headings in documents], parameters)
        for place in range(len(ANALYSERS))
    )
    return _Analysed(len(editions), tuple(found), counts)
