"""The one loaded base that all requests of a process share (共享的知识库), changed for a newer state while they run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event, Lock, Thread

from corpus.errors import DangguiError, StoreError
from corpus.store import FILE_NAME, Store
from danggui.base import KnowledgeBase, Scope
from danggui.indexing import INDEX_FOLDER, is_index_current
from danggui.settings import read_settings
from index.storage import MANIFEST, read_manifest

logger = logging.getLogger(__name__)

_WARMING = "党员有哪些义务和权利"
_LOADING = "知识库正在载入，请稍候再试"

Stamp = tuple[tuple[int, int, int] | None, ...]
"""Modification time, size and inode of each file that a change of the base touches, None where it is missing."""


@dataclass(frozen=True, slots=True)
class State:
    """What tells one state of a base from the next: the store's latest change and the index's generation."""

    change: int
    generation: str


class _Loaded:
    """A base, and how many requests are reading it."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.state = State(base.store.last_change, base.index.manifest.generation)
        self.readers = 0
        self.retired = False


class Library:
    """The base in `home` for all threads; a thread of its own watches for a newer state and loads it.

    Requests under way keep the base they began with, which is closed when the last of them ends. `on_load` is
    called with each newly loaded base and the generation before, "" at first.
    """

    def __init__(self, home: Path, watch: float, on_load: Callable[[KnowledgeBase, str], None]) -> None:
        self.home = home
        self._watch = watch
        self._on_load = on_load
        self._current: _Loaded | None = None
        self._trouble = _LOADING
        self._counting, self._loading = Lock(), Lock()
        self._seen: Stamp | None = None
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="danggui-library", daemon=True)

    @property
    def trouble(self) -> str:
        """Why nothing can be answered yet, "" when the base is loaded and warm."""
        return "" if self._current else self._trouble

    def start(self) -> None:
        """Begin to load and to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End watching, and close the base once nobody reads it."""
        self._stopping.set()
        self._thread.join()
        self._put(None)

    @contextmanager
    def borrow(self) -> Iterator[KnowledgeBase]:
        """Give the current base for the block. Raises StoreError while none is loaded."""
        with self._counting:
            loaded = self._current
            if loaded is None:
                raise StoreError(self._trouble)
            loaded.readers += 1
        try:
            yield loaded.base
        finally:
            with self._counting:
                loaded.readers -= 1
                last = loaded.retired and not loaded.readers
            if last:
                loaded.base.close()

    def catch_up(self) -> None:
        """Load the newest whole state of the base unless it is the one that is loaded."""
        with self._loading:
            stamp = self._stamp()
            if stamp == self._seen:
                return
            try:
                settled = self._load_newer()
            except DangguiError as error:
                self._trouble = str(error)
                if self._current:
                    logger.warning("知识库的新状态还不能载入，继续用原来的：%s", error)
                return
            # Opening a base may touch its files; what changed before the stamp was taken is loaded.
            self._seen = stamp if settled else None

    def _run(self) -> None:
        while True:
            try:
                self.catch_up()
            except Exception:  # the watch must outlive a fault in one load
                self._trouble = "知识库载入时出错；详情见服务端日志"
                logger.exception("载入知识库出错")
            if self._stopping.wait(self._watch):
                return

    def _load_newer(self) -> bool:
        """Load what is newer and whole; return False where a writer is at work, so that it is looked at again."""
        if self._current is None:
            self._put(_warmed(self.home))
            return True
        with Store.open(self.home) as store:
            state = State(store.last_change, read_manifest(self.home / INDEX_FOLDER).generation)
            if state == self._current.state:
                return store.is_linked
            if not (store.is_linked and is_index_current(store, read_settings(self.home))):
                return False
        self._put(_warmed(self.home))
        return True

    def _put(self, loaded: _Loaded | None) -> None:
        """Put a base in the place of the current one, and close that one unless it is being read."""
        with self._counting:
            former, self._current = self._current, loaded
            if former:
                former.retired = True
            idle = former is not None and not former.readers
        if loaded:
            self._on_load(loaded.base, former.state.generation if former else "")
        if former and idle:
            former.base.close()

    def _stamp(self) -> Stamp:
        files = (self.home / FILE_NAME, self.home / f"{FILE_NAME}-wal", self.home / INDEX_FOLDER / MANIFEST)
        return tuple(map(_touched, files))


def _touched(file: Path) -> tuple[int, int, int] | None:
    try:
        state = file.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def _warmed(home: Path) -> _Loaded:
    """Open a base and ask it something, so that nothing is left to be loaded by the first request."""
    base = KnowledgeBase(home)
    try:
        loaded = _Loaded(base.hold())
        scope = Scope(date.today(), free=True)
        base.ask(_WARMING, scope)
        base.search(_WARMING, 10, scope)
    except BaseException:
        base.close()
        raise
    return loaded
