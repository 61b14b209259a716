"""The process that does one job (任务进程): `python -m api.job_process KIND HOME FOLDER WHAT…`, JSON lines out."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

from corpus.errors import DangguiError, StoreError
from danggui import ingesting, removing
from danggui.base import KnowledgeBase
from danggui.ingesting import Order, Step

_NICENESS = 10  # questions go first
_PAUSE = 0.5  # seconds between two tries for the right to write
_HEEDING = 0.2  # seconds between two looks whether the job is cancelled
_WAITING = "等候另一个写入者"
CANCEL, WORD_FILE = "cancel", "report.docx"  # files of a job's folder


def main(kind: str, home: Path, folder: Path, what: list[str]) -> None:
    """Do a job and tell on stdout how far it is and how it ended; a check leaves its Word report in the folder."""
    os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which then ends this process
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # unwinds, so that the lock is let go
    Thread(target=_heed, args=(folder / CANCEL,), daemon=True).start()
    try:
        if kind == "check":
            report = _checked(home, folder, Path(what[0]), what[1])
        else:
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


def _checked(home: Path, folder: Path, file: Path, as_of: str) -> dict[str, object]:
    """Return a check of the interface with the document's title and paragraphs."""
    from answer.review.told import summary
    from danggui.checking import check_document
    from danggui.review_docx import docx_of

    _tell(step="打开知识库")
    with KnowledgeBase(home) as base:
        _tell(step="读文件，对照条款")
        review = check_document(base, file.read_bytes(), file.name, date.fromisoformat(as_of) if as_of else None)
    _tell(step="写报告")
    (folder / WORD_FILE).write_bytes(docx_of(review))
    shown = {"title": review.title, "paragraphs": review.paragraphs, "summary": summary(review)}
    return {**shown, "review": review.to_json()}


def _heed(cancel: Path) -> None:
    """End this process as SIGTERM does once the job is cancelled."""
    while not cancel.exists():
        time.sleep(_HEEDING)
    os.kill(os.getpid(), signal.SIGTERM)


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
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
