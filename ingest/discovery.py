"""Which files there are to take (找文件): folders walked, names made readable, what is no document set aside."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError

MANIFEST_NAME = "manifest.tsv"
# Files that stand beside regulations and are none; 《readme办法.txt》 is not among them.
_COMPANION = re.compile(r"(?:readme|licen[cs]e)(?:[-_.].*)?", re.IGNORECASE)
_HIDDEN = (".", "~$")
_LEFTOVERS = frozenset({"__pycache__", "__MACOSX"})
_NOT_DOCUMENTS = re.compile(
    r"\.(?:py|pyc|sh|js|css|sql|ini|toml|ya?ml|jsonl?|tsv|csv|db|sqlite|lock)", re.IGNORECASE
)  # extensions


@dataclass(frozen=True, slots=True)
class Found:
    """A file to take: its path, and its name below the folder given, as a user reads it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What lies below the paths given, in order.

    `manifests` are the folders' own; `left_out` names files in folders whose extension is no document's; `empty`
    are the folders given in which there is nothing to take.
    """

    files: tuple[Found, ...]
    manifests: tuple[Path, ...] = ()
    left_out: tuple[str, ...] = ()
    empty: tuple[Path, ...] = ()


def discover(paths: Iterable[Path]) -> Discovery:
    """Find the files below `paths`; a path named outright is always taken, be it hidden or of any extension.

    Hidden files and folders, README and LICENSE files of a folder are passed over. A folder that cannot be opened,
    or is a link to elsewhere, stands among the files, for its reader to say so.
    Raises InputError for a path that does not exist or cannot be looked at.
    """
    files: list[Found] = []
    manifests: list[Path] = []
    left_out: list[str] = []
    empty: list[Path] = []
    for given in paths:
        _check(given)
        before = len(files)
        for path in sorted(_walk(given)) if given.is_dir() else [given]:
            name = _name(path, given)
            if path.name == MANIFEST_NAME:
                manifests.append(path)
            elif path != given and _NOT_DOCUMENTS.fullmatch(path.suffix):
                left_out.append(name)
            else:
                files.append(Found(path, name))
        if given.is_dir() and len(files) == before:
            empty.append(given)
    return Discovery(tuple(files), tuple(manifests), tuple(left_out), tuple(empty))


def _check(given: Path) -> None:
    try:
        given.stat()
    except PermissionError as error:
        raise InputError(f"没有权限读取 {readable(str(given))}。请检查权限") from error
    except OSError as error:
        raise InputError(f"没有这个文件或文件夹：{readable(str(given))}。请检查路径") from error


def _walk(root: Path) -> Iterator[Path]:
    """Yield what lies below a folder and is not hidden, folders that cannot be entered included."""
    closed: list[str] = []
    for folder, folders, files in os.walk(root, onerror=lambda error: closed.append(error.filename)):
        here = Path(folder)
        folders[:] = [name for name in folders if not _is_passed_over(name)]
        yield from (here / name for name in folders if _is_link(here / name))  # os.walk does not enter them
        yield from (here / name for name in files if not _is_passed_over(name))
    yield from map(Path, closed)


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # a folder that cannot be entered
        return False


def _is_passed_over(name: str) -> bool:
    return name.startswith(_HIDDEN) or name in _LEFTOVERS or _COMPANION.fullmatch(name) is not None


def _name(path: Path, given: Path) -> str:
    parts = path.relative_to(given).parts if path != given else (path.name or str(path),)
    return "/".join(map(readable, parts))


def readable(name: str) -> str:
    """Return a file name whose bytes are no UTF-8 as GB18030, its likeliest encoding, else with marks (�) in it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        data = os.fsencode(name)
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            return data.decode("utf-8", "replace")
    return name
