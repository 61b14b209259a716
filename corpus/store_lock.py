"""One writer at a time (写锁): an OS lock on a file, which the system frees even when the holder is killed."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path

from corpus.errors import StoreError


class WriterLock:
    """The right to write to the knowledge base in `home`, held from construction to `release`.

    Raises StoreError naming the holder's process number and start when another process, or another lock of this
    one, holds it, and when `home` cannot be written to.
    """

    def __init__(self, home: Path) -> None:
        path = home / "writer.lock"
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StoreError(f"知识库 {home} 不能写入（{error.strerror}）；请检查这个目录的权限和磁盘空间") from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(self._descriptor, 200, 0).decode("utf-8", "replace").strip() or "进程号不详"
            os.close(self._descriptor)
            raise StoreError(
                f"知识库 {home} 正在由另一个进程写入（{holder}）；请等它结束后再试，其间可以照常查条款"
            ) from error
        self._sign()

    def _sign(self) -> None:
        started = datetime.now().astimezone().isoformat(" ", "seconds")
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"进程号 {os.getpid()}，开始于 {started}\n".encode(), 0)

    def release(self) -> None:
        """Free the lock; the file stays, because removing it would let two writers lock different files."""
        # Unlocked by name: a child forked by someone else's code must not keep the lock alive (`corpus.workers`).
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        os.close(self._descriptor)
