"""Which file a manifest's line speaks of (清单对照)."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.discovery import Discovery, Found, readable
from ingest.manifest import ManifestRow, read_manifest

_SHOWN = 5  # names spelled out in a note


@dataclass(frozen=True, slots=True)
class Matched:
    """The row of each file that has one, by the file's path; `notes` are Chinese sentences for the report."""

    rows: Mapping[Path, ManifestRow]
    notes: tuple[str, ...] = ()


def own_rows(found: Discovery) -> Matched:
    """Match the manifests that lie in the folders: a row names a file by its path below its manifest's folder.

    Of several manifests that name a file the one nearest to it counts. Raises InputError (see `read_manifest`).
    """
    rows: dict[Path, ManifestRow] = {}
    notes: list[str] = []
    for path in sorted(found.manifests, key=lambda path: len(path.parts)):  # the nearer ones overwrite
        manifest = read_manifest(path)
        keyed = {_key(name): row for name, row in manifest.items()}
        below = {key: file.path for file in found.files if (key := _below(path.parent, file)) in keyed}
        rows |= {file: keyed[key] for key, file in below.items()}
        notes += [*manifest.warnings, *_unmatched(path, keyed.keys() - below.keys())]
    return Matched(rows, tuple(notes))


def given_rows(found: Discovery, path: Path) -> Matched:
    """Match a manifest named outright: by path below its folder, path below the folder given, or bare file name.

    The latter two count only where they mean one file of the run. Raises InputError (see `read_manifest`).
    """
    manifest = read_manifest(path)
    keyed = {_key(name): row for name, row in manifest.items()}
    rows: dict[Path, ManifestRow] = {}
    used: set[str] = set()
    several: dict[str, Sequence[Found]] = {}
    spellings: tuple[Callable[[Found], str], ...] = (
        lambda file: _below(path.parent, file),
        lambda file: _key(file.name),
        lambda file: _key(file.name).rpartition("/")[2],
    )
    for spelling in spellings:
        for key, files in _grouped(found.files, spelling).items():
            if key in keyed and len(files) == 1:
                rows.setdefault(files[0].path, keyed[key])
                used.add(key)
            elif key in keyed:
                several[key] = files
    notes = [_ambiguous(path, key, files) for key, files in several.items() if key not in used]
    return Matched(rows, (*manifest.warnings, *notes, *_unmatched(path, keyed.keys() - used - several.keys())))


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).replace("\\", "/").removeprefix("./")


def _below(folder: Path, file: Found) -> str:
    """Return a file's path below a folder as a manifest writes it, "" when it lies elsewhere."""
    path, above = file.path.absolute(), folder.absolute()
    return _key("/".join(map(readable, path.relative_to(above).parts))) if path.is_relative_to(above) else ""


def _grouped(files: Iterable[Found], spelling: Callable[[Found], str]) -> dict[str, list[Found]]:
    groups: dict[str, list[Found]] = defaultdict(list)
    for file in files:
        groups[spelling(file)].append(file)
    return groups


def _ambiguous(path: Path, key: str, files: Sequence[Found]) -> str:
    names, cure = listed([readable(str(file.path)) for file in files]), "请在 file 列写出从清单所在文件夹起的路径"
    return f"清单 {readable(str(path))} 中的“{key}”可能是几个文件（{names}），未采用；{cure}"


def _unmatched(path: Path, keys: Iterable[str]) -> Iterator[str]:
    names = sorted(keys)
    if names:
        yield f"清单 {readable(str(path))} 中有 {len(names)} 行没有对应的文件：{listed(names)}"


def listed(names: Sequence[str]) -> str:
    """Return the first few of many names, and how many there are if that is not all."""
    return "、".join(names[:_SHOWN]) + (f" 等 {len(names)} 个" if len(names) > _SHOWN else "")
