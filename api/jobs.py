"""Long work by way of the service (任务): one after the other, each in a process of its own.

    home/jobs/<id>/state.json     how far it is, for every worker process to read
    home/jobs/<id>/lock           held by the process that sees to it: a job whose lock is free was given up
    home/jobs/<id>/cancel         there where it is to be cancelled; the process that does it looks for that
    home/jobs/<id>/files/<n>/…    the uploaded files, until they are taken in

Changes of the base are kept to be looked at; checks of documents, in home/checks, are deleted after an hour.

A file may be hostile and a large one takes long: neither may cost the service its memory or its answers' speed.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread, Timer
from typing import IO, Any

from api.job_process import CANCEL
from api.problems import ProblemError
from corpus.errors import NotFoundError

logger = logging.getLogger(__name__)

_KEPT = 200  # finished jobs that can still be looked at
_NAME = re.compile(r"[0-9a-f]{16}")
_LONGEST_NAME = 200  # bytes of a file's name, under what file systems take
_PAUSE = 0.2  # seconds between two writings of a running job's state
_LONGEST = 3600  # seconds that a job may take: a file that never ends must not hold up the others
_SWEEP = 60  # seconds between two looks for what is to be deleted
_CUT = "任务进程中途退出（可能是内存不足，或超过了 1 小时）；请分批重新提交"
_STOPPED = "服务停止，任务没有完成；请重新提交"
STATE, LOCK, FILES = "state.json", "lock", "files"
CHECKS = "checks"
CHECKS_KEPT = 3600  # seconds that what a check found can be looked at


class Phase(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """A change of the base, or a check of a document, under way or over.

    `kind` is ingest, remove or check, `what` the files, the edition, or the file and the day that decides, "" for none.
    `step`, `done` and `total` tell how far it is, `report` is that of `danggui ingest`, the removal or the check,
    `error` why it failed; times are ISO in UTC.
    """

    id: str
    kind: str
    what: tuple[str, ...]
    state: Phase = Phase.QUEUED
    step: str = ""
    done: int = 0
    total: int = 0
    report: dict[str, Any] | None = None
    error: str = ""
    created: str = field(default_factory=lambda: _now())
    finished: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object of the interface."""
        return {**asdict(self), "what": list(self.what), "state": self.state.value}

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state not in (Phase.QUEUED, Phase.RUNNING)


class Jobs:
    """The jobs of the base in `home` that are kept in one folder; `on_done` is called when one has changed the base.

    They are deleted `kept` seconds after they were over; without it the last ones are kept.
    """

    def __init__(
        self, home: Path, limit: int, on_done: Callable[[], None] = lambda: None, name: str = "jobs", kept: int = 0
    ) -> None:
        self._home = home
        self._folder = home / name
        self._limit = limit
        self._on_done = on_done
        self._kept = kept
        self._queue: SimpleQueue[tuple[Job, IO[bytes]] | None] = SimpleQueue()
        self._guard = Lock()
        self._child: subprocess.Popen[str] | None = None
        self._stopped = False
        self._thread = Thread(target=self._run, name="danggui-jobs", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self) -> None:
        """End the job under way, which leaves the base whole, and give up those that wait."""
        with self._guard:
            self._stopped = True
            if self._child:
                self._child.terminate()
        self._queue.put(None)
        self._thread.join()

    def ingest(self, files: Sequence[tuple[str, IO[bytes]]]) -> Job:
        """Take uploaded files, (name, content) each, to be ingested. Raises ProblemError when too many jobs wait."""
        names = tuple(safe_name(name) for name, _ in files)
        return self._take(Job(secrets.token_hex(8), "ingest", names, total=len(names)), [one for _, one in files])

    def check(self, name: str, content: IO[bytes], as_of: str) -> Job:
        """Take an uploaded file to be checked; `as_of` is an ISO day or "". Raises ProblemError as `ingest` does."""
        return self._take(Job(secrets.token_hex(8), "check", (safe_name(name), as_of)), [content])

    def remove(self, edition_id: str) -> Job:
        """Take an edition to be removed. Raises ProblemError when too many jobs wait."""
        job = Job(secrets.token_hex(8), "remove", (edition_id,))
        self._new_folder(job)
        return self._enqueue(job)

    def cancel(self, job_id: str) -> Job:
        """Have a job given up, of whatever worker process it is; one that is over stays so. Raises NotFoundError."""
        if not self.find(job_id).is_over:
            (self._folder / job_id / CANCEL).touch()
        return self.find(job_id)

    def delete(self, job_id: str) -> None:
        """Delete all that is kept of a job, which is cancelled first. Raises NotFoundError."""
        if self.cancel(job_id).is_over:
            shutil.rmtree(self._folder / job_id, ignore_errors=True)

    def file(self, job_id: str, name: str) -> Path:
        """Return a file that a job has written. Raises NotFoundError."""
        found = self._folder / self.find(job_id).id / name
        if not found.exists():
            raise NotFoundError(f"任务 {job_id} 没有 {name}")
        return found

    def find(self, job_id: str) -> Job:
        """Return a job of any worker process. Raises NotFoundError."""
        file = self._folder / job_id / STATE
        if not (_NAME.fullmatch(job_id) and file.exists()):
            raise NotFoundError(f"没有任务 {job_id[:100]}；较早的任务不再保留")
        values = json.loads(file.read_text("utf-8"))
        job = Job(**{**values, "what": tuple(values["what"]), "state": Phase(values["state"])})
        if job.state is Phase.QUEUED and file.with_name(CANCEL).exists():
            return replace(job, state=Phase.CANCELLED)
        if job.is_over or not _is_free(file.with_name(LOCK)):
            return job
        return self.find(job_id) if _changed(file, values) else replace(job, state=Phase.FAILED, error=_STOPPED)

    def all(self) -> list[Job]:
        """Return all jobs that are kept, the latest first."""
        return [self.find(folder.name) for folder in self._folders()]

    def _folders(self) -> list[Path]:
        """Return the folders of the jobs, the latest first."""
        found = [file.parent for file in self._folder.glob(f"*/{STATE}")]
        return sorted(found, key=_begun, reverse=True)

    def _take(self, job: Job, contents: Sequence[IO[bytes]]) -> Job:
        folder = self._new_folder(job)
        for number, (name, content) in enumerate(zip(job.what, contents, strict=False), 1):
            place = folder / FILES / str(number)
            place.mkdir(parents=True)
            with (place / name).open("wb") as target:
                shutil.copyfileobj(content, target)
        return self._enqueue(job)

    def _new_folder(self, job: Job) -> Path:
        if self._queue.qsize() >= self._limit:
            raise ProblemError(429, "排队的任务太多；请等前面的做完再提交", {"Retry-After": "30"})
        for folder in self._folders()[_KEPT:]:
            shutil.rmtree(folder, ignore_errors=True)
        folder = self._folder / job.id
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir()
        return folder

    def _enqueue(self, job: Job) -> Job:
        lock = (self._folder / job.id / LOCK).open("wb")
        fcntl.flock(lock, fcntl.LOCK_EX)
        self._save(job)
        self._queue.put((job, lock))
        return job

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            job, lock = taken
            with lock:
                try:
                    self._do(job)
                except Exception:  # a job whose lock is free and that is not over counts as failed
                    logger.exception("任务 %s 出错", job.id)

    def _next(self) -> tuple[Job, IO[bytes]] | None:
        """Return what is to be done next, None at the end; what is kept too long is deleted while nothing is to do."""
        while True:
            self._sweep()
            try:
                return self._queue.get(timeout=_SWEEP if self._kept else None)
            except Empty:
                continue

    def _sweep(self) -> None:
        """Delete the jobs that were over `kept` seconds ago, and those that a service left unfinished."""
        limit = time.time() - self._kept
        for folder in self._folders() if self._kept else ():
            with suppress(OSError, NotFoundError):  # deleted meanwhile by another process
                job, touched = self.find(folder.name), (folder / STATE).stat().st_mtime
                if job.is_over and (touched < limit or not job.finished):
                    shutil.rmtree(folder, ignore_errors=True)

    def _do(self, job: Job) -> None:
        folder, last = self._folder / job.id, job
        if not folder.exists():  # deleted while it waited
            return
        for last in self._stages(job):
            if not last.is_over:
                self._save(last)
        if last.state is Phase.DONE:
            self._on_done()
        shutil.rmtree(folder / FILES, ignore_errors=True)
        self._save(replace(last, finished=_now()))
        if self._kept and last.state is Phase.CANCELLED:
            shutil.rmtree(folder, ignore_errors=True)

    def _stages(self, job: Job) -> Iterator[Job]:
        """Yield a job as it goes on, at last as it ended."""
        with self._guard:
            if self._stopped:
                yield replace(job, state=Phase.FAILED, error=_STOPPED)
                return
            if self._is_cancelled(job):
                yield replace(job, state=Phase.CANCELLED)
                return
            self._child = _started(self._home, job, self._folder / job.id)
        job = replace(job, state=Phase.RUNNING)
        yield job
        saved = time.monotonic()
        alarm = Timer(_LONGEST, self._child.kill)
        alarm.start()
        with self._child as child:
            for line in child.stdout or ():
                job = replace(job, **_told(line))
                if job.is_over or time.monotonic() - saved >= _PAUSE:
                    saved = time.monotonic()
                    yield job
        alarm.cancel()
        self._child = None
        if not job.is_over and self._is_cancelled(job):
            yield replace(job, state=Phase.CANCELLED)
        elif not job.is_over:
            yield replace(job, state=Phase.FAILED, error=_STOPPED if self._stopped else _CUT)

    def _is_cancelled(self, job: Job) -> bool:
        return (self._folder / job.id / CANCEL).exists()

    def _save(self, job: Job) -> None:
        file = self._folder / job.id / STATE
        draft = file.with_suffix(".new")
        draft.write_text(json.dumps(job.to_json(), ensure_ascii=False), "utf-8")
        draft.replace(file)


def safe_name(name: str) -> str:
    """Return a file name that is a name and no path, without control characters, short enough, its ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(char for char in last if char.isprintable()).strip().lstrip(".~").strip()
    stem, dot, ending = clean.rpartition(".")
    if not dot:
        stem, ending = clean, ""
    tail = f".{ending[:20]}" if ending else ""
    room = _LONGEST_NAME - len(tail.encode("utf-8", "replace"))
    head = stem.encode("utf-8", "ignore")[:room].decode("utf-8", "ignore")
    return f"{head or '未命名'}{tail.encode('utf-8', 'ignore').decode()}"


def _started(home: Path, job: Job, folder: Path) -> subprocess.Popen[str]:
    """Start the process that does a job and tells on stdout how far it is."""
    files = sorted((folder / FILES).glob("*/*"), key=lambda file: int(file.parent.name))
    what = [*map(str, files), *job.what[len(files) :]]
    command = [sys.executable, "-m", "api.job_process", job.kind, str(home), str(folder), *what]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True, encoding="utf-8")


def _told(line: str) -> dict[str, Any]:
    """Return what a line from a job's process changes in the job."""
    told: dict[str, Any] = json.loads(line)
    return {**told, "state": Phase(told.get("state", Phase.RUNNING))}


def _begun(folder: Path) -> int:
    """Return when a job began, 0 for one that is being deleted."""
    try:
        return (folder / LOCK).stat().st_mtime_ns
    except OSError:
        return 0


def _is_free(lock: Path) -> bool:
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _changed(file: Path, values: dict[str, Any]) -> bool:
    """Tell whether a job ended between the reading of its state and the look at its lock."""
    return bool(json.loads(file.read_text("utf-8")) != values)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
