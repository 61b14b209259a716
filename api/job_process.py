"""The process that does one job (任务进程): `python -m api.job_process KIND HOME WHAT…`, a JSON object per line out."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from corpus.errors import DangguiError, StoreError
from danggui import ingesting, removing
from danggui.ingesting import Order, Step

_NICENESS = 10  # questions go first
_PAUSE = 0.5  # seconds between two tries for the right to write
_WAITING = "等候另一个写入者"


def main(kind: str, home: Path, what: list[str]) -> None:
    """Do a job and tell on stdout how far it is and how it ended."""
    os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then ends this process
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # unwinds, so that the lock is let go
    try:
        report = _ingested(home, what) if kind == "ingest" else _removed(home, what[0])
    except DangguiError as error:
        _tell(state="failed", error=str(error))
    else:
        _tell(state="done", report=report)


def _ingested(home: Path, what: list[str]) -> dict[str, object]:
    order = Order([Path(name) for name in what], workers=1)
    while True:
        try:
            return ingesting.ingest(home, order, _progress).to_json()
        except StoreError as error:
            _wait_or_raise(error)


def _removed(home: Path, edition_id: str) -> dict[str, object]:
    while True:
        try:
            found = removing.removal(home, edition_id)
            removing.remove(home, found.info.id, _progress)
            return found.to_json()
        except StoreError as error:
            _wait_or_raise(error)


def _wait_or_raise(error: StoreError) -> None:
    """Wait a while where another process is writing; what else is wrong with the base is raised."""
    if not isinstance(error.__cause__, BlockingIOError):
        raise error
    _tell(step=_WAITING)
    time.sleep(_PAUSE)


def _progress(name: str, length: int) -> Step:
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        _tell(step=name, done=done, total=length)

    _tell(step=name, done=0, total=length)
    return step


def _tell(**what: Any) -> None:  # noqa: ANN401 (JSON)
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
