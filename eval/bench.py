"""Indexing and query speed and memory beside other systems (基准测试): same texts, same queries, in one run.

Every system indexes in a process of its own on two cores, then opens and answers in another on one. What takes too
long or too much memory is stopped and recorded as that; a size is not tried when the size before it, scaled by the
number of texts, says that it cannot finish.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import InputError
from eval.bench_beir import write_beir
from eval.bench_child import Job, job_file
from eval.bench_peers import make, version_of
from eval.bench_process import watch
from eval.bench_texts import write_workload

_ROOT = Path(__file__).resolve().parents[1]
_START = 60.0  # seconds that opening may take, besides the queries
_HOPELESS = 1.5  # times the limit that a size must be expected to need for it not to be tried
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
_OFFLINE = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "false", "TOKENIZERS_PARALLELISM": "false"}
_COLUMNS = (
    *("条数", "系统", "索引（条/秒）", "索引内存峰值 MB", "磁盘 MB", "打开 s", "p50 ms", "p95 ms", "p99 ms"),
    *("检索内存峰值 MB", "found@1", "found@10"),
)

Figures = dict[str, object]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: number of texts, systems by name, queries; limits per step in seconds and megabytes.

    `source` is an archive of regulations, or a folder in BEIR form, which is taken whole, whatever `sizes` says.
    """

    source: Path
    sizes: Sequence[int]
    systems: Sequence[str]
    queries: int = 200
    seconds: float = 600.0
    query_seconds: float = 30.0
    megabytes: float = 10_000.0
    seed: int = 0


@dataclass(slots=True)
class Row:
    """One system at one size: figures of indexing, of queries, and of queries within a scope (ours only)."""

    system: str
    size: int
    index: Figures = field(default_factory=dict)
    query: Figures = field(default_factory=dict)
    filter: Figures = field(default_factory=dict)

    @property
    def trouble(self) -> str:
        """What went wrong, "" when all was measured."""
        return str(self.index.get("failed") or self.query.get("failed") or "")


def run(plan: Plan, progress: Callable[[str], None]) -> dict[str, object]:
    """Measure every system at every size, smallest first, and return the results with how they were taken.

    Raises InputError for a source without articles, an unknown system, or one that is not installed.
    """
    systems = {name: {"version": version_of(name), "settings": make(name).settings} for name in plan.systems}
    rows: list[Row] = []
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        progress("准备语料")
        real, sizes = _prepared(plan, Path(folder))
        for size in sizes:
            for name in plan.systems:
                before = next((row for row in reversed(rows) if row.system == name), None)
                progress(f"{name}：{size} 条")
                rows.append(_row(plan, Path(folder), name, size, before))
                progress(f"  {summary(rows[-1])}")
    return {**_conditions(plan, real), "systems": systems, "rows": [_as_json(row) for row in rows]}


def _prepared(plan: Plan, folder: Path) -> tuple[int, Sequence[int]]:
    """Write texts and queries; return how many texts are real, and the sizes to measure."""
    if plan.source.is_dir():
        size = write_beir(plan.source, plan.queries, folder, plan.seed)
        return size, [size]
    sizes = sorted(plan.sizes)
    return write_workload(plan.source, sizes[-1], plan.queries, folder, sizes[0], plan.seed), sizes


def whole_numbers(words: str) -> list[int]:
    """Return numbers written with commas between them. Raises InputError for anything else."""
    try:
        numbers = [int(word) for word in words.split(",")]
    except ValueError:
        numbers = []
    if not numbers or min(numbers) < 1:
        raise InputError(f"“{words}”应为用逗号隔开的正整数，如 30000,60000")
    return numbers


def summary(row: Row) -> str:
    """Return a row as one line."""
    if row.trouble:
        return row.trouble
    built = {name: row.index.get(name, "–") for name in ("texts_per_second", "peak_mb", "disk_mb")}
    asked = {name: row.query.get(name, "–") for name in ("open_s", "p50_ms", "p95_ms", "found@10")}
    return "  ".join(f"{name} {figure}" for name, figure in {**built, **asked}.items())


def table(results: Mapping[str, object]) -> str:
    """Return the results as a Markdown table, one row for each system and size."""
    lines = [_line(_COLUMNS), "|" + "---|" * len(_COLUMNS)]
    rows = results["rows"]
    assert isinstance(rows, list)
    for row in rows:
        lines += _table_rows(row)
    return "\n".join(lines)


def _table_rows(row: Mapping[str, Figures]) -> Iterator[str]:
    index, query, scoped = row["index"], row["query"], row["filter"]
    start = [str(row["size"]), str(row["system"])]
    if "failed" in index:
        yield _line([*start, str(index["failed"]), *[""] * 9])
        return
    built = [str(index.get(name, "–")) for name in ("texts_per_second", "peak_mb", "disk_mb")]
    if "failed" in query:
        yield _line([*start, *built, str(query["failed"]), *[""] * 6])
        return
    names = ("open_s", "p50_ms", "p95_ms", "p99_ms", "peak_mb", "found@1", "found@10")
    yield _line([*start, *built, *(str(query.get(name, "–")) for name in names)])
    if "p50_ms" in scoped:
        times = [str(scoped[name]) for name in ("p50_ms", "p95_ms", "p99_ms")]
        label = f"{row['system']}，限日期和位阶"
        yield _line([str(row["size"]), label, "", "", "", "", *times, "", "", ""])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _row(plan: Plan, folder: Path, name: str, size: int, before: Row | None) -> Row:
    hopeless = _hopeless(plan, size, before)
    if hopeless:
        return Row(name, size, {"failed": hopeless})
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:

        def step(kind: str, seconds: float, cores: int) -> Figures:
            result = folder / "result.json"
            result.unlink(missing_ok=True)
            job = Job(kind, name, size, str(folder), place, str(result), plan.query_seconds, cores)
            return _step(job, folder, seconds, plan.megabytes)

        asking = _START + 2 * plan.query_seconds
        row = Row(name, size, step("index", plan.seconds, 2))
        if not row.trouble:
            row.query = step("query", asking, 1)
        if name == "danggui" and not row.trouble:
            row.filter = step("filter", asking, 1)
        return row


def _hopeless(plan: Plan, size: int, before: Row | None) -> str:
    """Return why a size need not be tried after what the one before took, "" when it may finish."""
    if before is None:
        return ""
    if before.trouble.startswith("not tried"):
        return before.trouble
    if before.trouble:
        return f"not tried: at {before.size} it {before.trouble}"
    scale = size / before.size
    needs = (
        (before.index, "seconds", plan.seconds, "s to index"),
        (before.query, "open_s", _START + plan.query_seconds, "s to open"),
        (before.index, "peak_mb", plan.megabytes, "MB"),
    )
    for figures, name, limit, unit in needs:
        taken = float(str(figures.get(name, 0)))
        if taken * scale > _HOPELESS * limit:
            return f"not tried: {taken:g} {unit} at {before.size}, limit {limit:g}"
    return ""


def _step(job: Job, folder: Path, seconds: float, megabytes: float) -> Figures:
    command = [sys.executable, "-m", "eval.bench_child", str(job_file(job, folder / "job.json"))]
    threads = dict.fromkeys(_THREADS, str(job.cores))
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, **threads, **_OFFLINE, "PYTHONPATH": path}
    ended = watch(command, environment, folder / "child.log", seconds, megabytes)
    if ended.trouble:
        return {"failed": ended.trouble, "peak_mb": ended.peak_mb}
    figures: Figures = json.loads(Path(job.result).read_text("utf-8"))
    return {**figures, "peak_mb": max(ended.peak_mb, int(str(figures["own_peak_mb"])))}


def _conditions(plan: Plan, real: int) -> dict[str, object]:
    return {
        "source": plan.source.name,
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "real_texts": real,
        "queries": plan.queries,
        "seed": plan.seed,
        "limits": {"seconds": plan.seconds, "query_seconds": plan.query_seconds, "megabytes": plan.megabytes},
    }


def _as_json(row: Row) -> dict[str, object]:
    parts = {"index": row.index, "query": row.query, "filter": row.filter}
    return {"system": row.system, "size": row.size, **parts}
