"""A child process watched from outside (受限子进程): its time and the memory of all it starts are measured and limited.

Memory is what Linux tells in /proc: the anonymous memory of every process of the tree, and once the largest part that
is shared (libraries, mapped files). Elsewhere only the child's own report of its peak is left.
"""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

_INTERVAL = 0.1  # seconds between two looks
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Run:
    """How a child ended: `trouble` is "" when it came to its end by itself."""

    seconds: float
    peak_mb: int
    trouble: str = ""


def watch(command: list[str], environment: dict[str, str], log: Path, seconds: float, megabytes: float) -> Run:
    """Run a command until it ends or takes more than the given time or memory; output goes to the file `log`."""
    began, peak = perf_counter(), 0.0
    with log.open("wb") as output:
        child = subprocess.Popen(
            command, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        trouble = ""
        try:
            while not trouble and not _ended(child):
                peak = max(peak, tree_memory(child.pid) / 1e6)
                trouble = _excess(perf_counter() - began, seconds, peak, megabytes)
        finally:
            _stop(child)
    if not trouble and child.returncode:
        trouble = f"ended with status {child.returncode}: {_last_line(log)}"
    return Run(round(perf_counter() - began, 2), round(peak), trouble)


def tree_memory(root: int) -> float:
    """Return the bytes that a process and all below it hold now, 0 where /proc does not tell."""
    parts = [part for process in _tree(root) if (part := _resident(process))]
    return sum(own for own, _ in parts) + max((shared for _, shared in parts), default=0)


def _tree(root: int) -> list[int]:
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        for file in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in file.read_text().split()]
            except OSError:  # the thread has ended meanwhile
                continue
    return found


def _resident(process: int) -> tuple[int, int] | None:
    """Return the bytes of a process that are its own and that are shared."""
    try:
        resident, shared = Path(f"/proc/{process}/statm").read_text().split()[1:3]
    except (OSError, ValueError):
        return None
    return (int(resident) - int(shared)) * _PAGE, int(shared) * _PAGE


def _ended(child: subprocess.Popen[bytes]) -> bool:
    try:
        child.wait(_INTERVAL)
    except subprocess.TimeoutExpired:
        return False
    return True


def _excess(taken: float, seconds: float, peak: float, megabytes: float) -> str:
    if taken > seconds:
        return f"did not finish in {seconds:.0f} s"
    if peak > megabytes:
        return f"took more than {megabytes:.0f} MB"
    return ""


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End the child and all of its session, where it has not ended by itself."""
    if child.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        child.kill()
        child.wait()


def _last_line(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""
