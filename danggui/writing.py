"""Files that a user asked for (写出文件): one error in Chinese where they cannot be written."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import InputError

_REASONS = {
    errno.EACCES: "没有写入权限，或文件正打开着",
    errno.EISDIR: "那是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOENT: "没有这个文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘是只读的",
}


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Let a file or folder be written. Raises InputError where it cannot be."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or error
        raise InputError(f"写不了 {place}（{reason}）；请换一个位置") from error


def write(file: Path, content: str | bytes) -> None:
    """Write a file whole, words as UTF-8. Raises InputError where it cannot be written."""
    with writing(file):
        file.write_bytes(content.encode() if isinstance(content, str) else content)
