"""A base as one file, and back (备份与恢复): the store as it is at one moment, and the settings and lists beside it.

The index is not kept: it follows from the texts and is built again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from corpus.errors import InputError
from corpus.store import FILE_NAME, Store
from danggui import files

MANIFEST = "danggui-backup.json"
_VERSION = 1
_BESIDE = ("danggui.toml", "wording.toml", "catalogue.tsv", "watch.json", "keys.json", "feedback.jsonl")
_MODEL = "model"  # the folder of an embedding adapted to the base


def backup(home: Path, file: Path) -> int:
    """Write a base to a file that is not there yet, whole or not at all, and return how many editions it holds.

    Another process may write to the base meanwhile. Raises StoreError where there is no base, InputError where the
    file exists or cannot be written.
    """
    if file.exists():
        raise InputError(f"已有文件 {file}；请换一个名字，或先移走它")
    with Store.open(home) as store:
        count = len(store.infos())
    with files.writing(file), TemporaryDirectory(dir=file.absolute().parent, prefix=".danggui-") as folder:
        snapshot, draft = Path(folder) / FILE_NAME, Path(folder) / "draft"
        _copy(home / FILE_NAME, snapshot)
        kept = {FILE_NAME: snapshot, **{name: home / name for name in _names(home)}}
        with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
            for name, source in kept.items():
                archive.write(source, name)
            digests = {name: _digest(source) for name, source in kept.items()}
            made = datetime.now(UTC).isoformat(timespec="seconds")
            archive.writestr(MANIFEST, json.dumps({"version": _VERSION, "made": made, "files": digests}))
        draft.chmod(0o600)  # digests of keys are in it
        draft.replace(file)
    return count


def restore(home: Path, file: Path) -> int:
    """Make a base of a backup in a folder that holds none, whole or not at all; return how many editions it holds.

    Raises InputError where the folder holds a base already, or the file is no backup or damaged.
    """
    if there := [name for name in (FILE_NAME, *_BESIDE, _MODEL) if (home / name).exists()]:
        raise InputError(f"{home} 里已有{there[0]}，没有恢复；请用 --home 换一个文件夹，或先移走原来的")
    with files.writing(home):
        home.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=home, prefix=".restore-") as folder:
            names = _unpack(file, Path(folder))
            with Store.open(Path(folder)) as store:
                faults, count = store.verify(), len(store.infos())
            if faults:
                raise InputError(f"备份 {file} 里的知识库有问题，没有恢复：{faults[0]}")
            for name in sorted(names, key=lambda one: one == FILE_NAME):  # the store last: with it the base is there
                (home / name).parent.mkdir(exist_ok=True)
                (Path(folder) / name).replace(home / name)
    return count


def _names(home: Path) -> list[str]:
    """Return what is kept beside the store, as names inside the base's folder."""
    model = [one for one in (home / _MODEL).rglob("*") if one.is_file()]
    return [
        *(name for name in _BESIDE if (home / name).is_file()),
        *(one.relative_to(home).as_posix() for one in model),
    ]


def _copy(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, whatever is written meanwhile."""
    with closing(sqlite3.connect(source)) as ours, closing(sqlite3.connect(target)) as theirs:
        ours.backup(theirs)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _unpack(file: Path, folder: Path) -> list[str]:
    """Unpack what the manifest lists and return the names. Raises InputError for anything that is not as it says."""
    wrong = f"{file} 不是完好的知识库备份"
    try:
        with ZipFile(file) as archive:
            listed = json.loads(archive.read(MANIFEST))
            if listed["version"] != _VERSION:
                raise InputError(f"{file} 是较新版本的备份；请先升级再恢复")
            digests = dict(listed["files"])
            strange = [name for name in digests if not _is_ours(name)]
            if strange or FILE_NAME not in digests:
                raise InputError(f"{wrong}（{'、'.join(strange) or f'缺少 {FILE_NAME}'}）；请换一份备份")
            for name in digests:
                archive.extract(name, folder)
    except FileNotFoundError as error:
        raise InputError(f"没有这个文件：{file}；请检查路径") from error
    except (BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        raise InputError(f"{wrong}（{error}）；请换一份备份") from error
    damaged = [name for name, digest in digests.items() if _digest(folder / name) != digest]
    if damaged:
        raise InputError(f"{wrong}（{damaged[0]} 与备份时不同）；请换一份备份")
    return list(digests)


def _is_ours(name: str) -> bool:
    """Tell whether a name is one that a backup holds, and none that leads out of the folder."""
    inside = name.startswith(f"{_MODEL}/") and ".." not in name.split("/") and "\\" not in name
    return name in (FILE_NAME, *_BESIDE) or (inside and os.path.normpath(name) == name)
