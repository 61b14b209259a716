"""Many questions searched on all cores (批量检索): each process opens the base once; hits come back in order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from functools import lru_cache
from pathlib import Path

from corpus.hit import Hit
from corpus.workers import WorkerPool
from danggui.base import KnowledgeBase, Scope

_CHUNK = 50  # questions handed over at a time
_FEW = 200  # questions that are answered sooner than another process starts


def search_batch(base: KnowledgeBase, questions: Sequence[str], k: int, scope: Scope) -> Iterator[list[Hit]]:
    """Yield the k best provisions for each question, in order; see `KnowledgeBase.search`."""
    base.index  # noqa: B018  # built here if need be, before others look for it
    workers = min(_cores(), len(questions) // _FEW)
    if workers < 2:
        yield from base.search_many(questions, k, scope)
        return
    chunks = [questions[at : at + _CHUNK] for at in range(0, len(questions), _CHUNK)]
    with WorkerPool(workers) as pool:
        waiting: deque[Future[list[list[Hit]]]] = deque()
        for chunk in chunks:
            waiting.append(pool.submit(_search, base.home, tuple(chunk), k, scope))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _search(home: Path, questions: tuple[str, ...], k: int, scope: Scope) -> list[list[Hit]]:
    return list(_opened(home).search_many(questions, k, scope))


@lru_cache(maxsize=1)
def _opened(home: Path) -> KnowledgeBase:
    return KnowledgeBase(home)
