"""One measurement in a process of its own (基准子进程): index the texts, or open an index and ask; results as JSON.

Run as ``python -m eval.bench_child JOB.json``; the job is written by `eval.bench`, which limits time and memory and
watches from outside. The library is imported before the clock starts.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter

from corpus.errors import DangguiError
from eval.bench_peers import Danggui, Search, make
from eval.bench_texts import Query, as_editions, read_queries, read_texts
from eval.metrics import percentile

K = 10  # hits asked for
_WARM = 3  # queries asked before the clock starts


@dataclass(frozen=True, slots=True)
class Job:
    """What a child process is to do; `budget` is the seconds after which no further query is asked."""

    step: str  # "index", "query" or "filter"
    system: str
    size: int
    workload: str
    folder: str
    result: str
    budget: float
    cores: int


def main(file: Path) -> None:
    """Do the job in a file and write its result."""
    job = Job(**json.loads(file.read_text("utf-8")))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[: job.cores]))
    try:
        figures = {"index": _index, "query": _query, "filter": _filter}[job.step](job)
    except DangguiError as error:
        figures = {"failed": str(error)}
    Path(job.result).write_text(json.dumps({**figures, "own_peak_mb": own_peak()}, ensure_ascii=False), "utf-8")


def own_peak() -> int:
    """Return the most memory that this process held so far, in MB.

    VmHWM where there is /proc: getrusage's ru_maxrss would begin with what the parent held when it started us.
    """
    try:
        status = Path("/proc/self/status").read_text()
        return round(int(status.split("VmHWM:")[1].split()[0]) / 1000)
    except (OSError, IndexError):
        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def _index(job: Job) -> dict[str, object]:
    folder = Path(job.folder)
    system = make(job.system)
    began = perf_counter()
    system.index(read_texts(Path(job.workload), job.size), folder)
    seconds = perf_counter() - began
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {
        "seconds": round(seconds, 2),
        "texts_per_second": round(job.size / seconds),
        "disk_mb": round(size / 1e6, 1),
        "settings": system.settings,
    }


def _query(job: Job) -> dict[str, object]:
    began = perf_counter()
    system = make(job.system)
    imported = perf_counter()
    search = system.open(Path(job.folder))
    opened = perf_counter()
    search("党费", K)  # what is loaded with the first question belongs to the start
    ready = perf_counter()
    times = {"import_s": imported - began, "open_s": opened - imported, "first_query_s": ready - opened}
    asked = _ask(search, read_queries(Path(job.workload), job.size), job.budget)
    return {**{name: round(seconds, 3) for name, seconds in times.items()}, **asked}


def _filter(job: Job) -> dict[str, object]:
    """Ask our own index among the editions of one level in force on a day, chosen by their facts for every query."""
    texts = read_texts(Path(job.workload), job.size)
    facts = [(edition.id, edition.metadata.level, edition.metadata.effective) for edition in as_editions(texts)]
    levels = [level for _, level, _ in facts]
    common = max(sorted(set(levels)), key=levels.count)

    def allowed() -> set[str]:
        return {name for name, level, effective in facts if level == common and effective <= "2015-01-01"}

    search = Danggui().open_within(Path(job.folder), allowed)
    asked = _ask(search, read_queries(Path(job.workload), job.size), job.budget)
    times = {name: figure for name, figure in asked.items() if name.endswith("_ms")}
    return {**times, "level": common, "editions": len(allowed()), "of": len(facts)}


def _ask(search: Search, queries: Sequence[Query], budget: float) -> dict[str, object]:
    """Ask one query after the other until the budget is spent; text in, ranked ids out."""
    for query in queries[:_WARM]:
        search(query.text, K)
    milliseconds: list[float] = []
    rankings: list[list[int]] = []
    spent = 0.0
    for query in queries:
        began = perf_counter()
        rankings.append(search(query.text, K))
        milliseconds.append((perf_counter() - began) * 1000)
        spent += milliseconds[-1] / 1000
        if spent > budget:
            break
    found = {f"found@{k}": round(fmean(_found(queries, rankings, k)), 4) for k in (1, K)}
    times = {f"p{share}_ms": round(percentile(share / 100, milliseconds), 2) for share in (50, 95, 99)}
    return {"queries": len(queries), "answered": len(rankings), **times, **found}


def _found(queries: Sequence[Query], rankings: Sequence[Sequence[int]], k: int) -> list[bool]:
    """Tell for each answered query whether an article with its sentence is among the first k."""
    return [not set(query.gold).isdisjoint(ranked[:k]) for query, ranked in zip(queries, rankings, strict=False)]


def job_file(job: Job, file: Path) -> Path:
    """Write a job where the child reads it."""
    file.write_text(json.dumps(asdict(job), ensure_ascii=False), "utf-8")
    return file


if __name__ == "__main__":
    main(Path(sys.argv[1]))
