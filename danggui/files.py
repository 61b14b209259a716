"""Files that a user names (文件读写): one error in Chinese where they cannot be read or written."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import InputError

_REASONS = {
    errno.EACCES: "没有权限，或文件正打开着",
    errno.EISDIR: "那是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
}


def read(file: Path) -> bytes:
    """Return what a file holds. Raises InputError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"无法读取 {file}（{_reason(error, '没有这个文件')}）；请检查路径和权限") from error


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Let a file or folder be written. Raises InputError where it cannot be."""
    try:
        yield
    except OSError as error:
        raise InputError(f"写不了 {place}（{_reason(error, '没有这个文件夹')}）；请换一个位置") from error


def write(file: Path, content: str | bytes) -> None:
    """Write a file whole, words as UTF-8. Raises InputError where it cannot be written."""
    with writing(file):
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def _reason(error: OSError, absent: str) -> str:
    """Return why a file could not be read or written; `absent` says what is not there where something is not."""
    return absent if error.errno == errno.ENOENT else _REASONS.get(error.errno or 0) or error.strerror or str(error)
