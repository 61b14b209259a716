"""An index on disk (索引文件): whole generations, the current one named by the manifest.

    index/manifest.json     what the current generation was made from, and its folder's name
    index/gen-…/            the arrays of one generation; written whole, then named, never changed
    index/pending-…/        vectors of a rebuild that was interrupted

A reader that opened a generation keeps it; replacing the manifest is the one step that puts a new one in its place.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import uuid4

from corpus.errors import StoreError
from index.chunks import BUDGET
from index.embedding import EmbeddingSettings
from index.lexical import Parameters
from index.settings import IndexSettings
from index.words import own_terms

FORMAT = 3  # counts changes of the arrays' meaning
MANIFEST = "manifest.json"
_PREFIX = "gen-"
_BLOCK = 1 << 20  # bytes read at a time
_DAMAGED = "检索索引 {folder} 不完整或已损坏，又不能在此重建；请在可以写入知识库文件夹时再检索一次，索引会自动重建"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from and holds; a difference in `recipe` or `digest` makes it stale."""

    digest: str  # of the corpus
    generation: str
    chunks: int
    editions: int
    recipe: dict[str, Any]
    settings: dict[str, Any]  # what `IndexSettings` it was built with
    files: dict[str, list[int]]  # size and CRC-32 of each file of the generation

    def index_settings(self, key: str) -> IndexSettings:
        """Return the settings it was built with, and `key`, which is not written down."""
        embedding = EmbeddingSettings(**{**self.settings["embedding"], "key": key})
        return IndexSettings(embedding, self.settings["store"])

    def write(self, folder: Path) -> None:
        """Put this generation in the place of the former one, in one step."""
        draft = folder / f"{self.generation}.json"
        draft.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")
        _sync(draft)
        draft.replace(folder / MANIFEST)


def recipe(model: str, store: str) -> dict[str, Any]:
    """Return what besides the corpus decides an index: format, package version, parameters, own terms, vectors.

    `model` is the embedder's identity, "" for none, `store` the kind of vector store.
    """
    try:
        version = metadata.version("danggui")
    except metadata.PackageNotFoundError:  # run from a source tree
        version = ""
    terms = sha256("\n".join(own_terms()).encode()).hexdigest()
    return {
        "format": FORMAT,
        "version": version,
        "terms": terms,
        "budget": BUDGET,
        **asdict(Parameters()),
        "model": model,
        "store": store,
    }


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the current generation; raises StoreError when there is none or it is damaged."""
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text("utf-8")))
    except FileNotFoundError as error:
        raise StoreError(f"文件夹 {folder} 里还没有检索索引；请先运行 danggui ingest 导入文件") from error
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(_DAMAGED.format(folder=folder)) from error


def is_current(folder: Path, digest: str, made: dict[str, Any]) -> bool:
    """Tell whether the index is there and made from this corpus by this `recipe`."""
    try:
        manifest = read_manifest(folder)
    except StoreError:
        return False
    return manifest.digest == digest and manifest.recipe == made and not missing_files(folder, manifest)


def is_whole(folder: Path) -> bool:
    """Tell whether there is an index and every file of it has the size that was written."""
    try:
        manifest = read_manifest(folder)
        if not missing_files(folder, manifest):
            return True
        newer = read_manifest(folder)  # a new generation may have taken its place meanwhile
        return newer.generation != manifest.generation and not missing_files(folder, newer)
    except StoreError:
        return False


def missing_files(folder: Path, manifest: Manifest) -> list[str]:
    """Return the names of a generation's files that are missing or have another size; looks at no content."""
    generation = folder / manifest.generation
    return [name for name, (size, _) in manifest.files.items() if _size_or_none(generation / name) != size]


def damaged_files(folder: Path, manifest: Manifest) -> list[str]:
    """Return the names of a generation's files that are missing or not as they were written; reads them all."""
    generation = folder / manifest.generation
    return [name for name, (_, checksum) in manifest.files.items() if _checksum_or_none(generation / name) != checksum]


def written_files(generation: Path) -> dict[str, list[int]]:
    """Return size and CRC-32 of each file of a generation; a vector store's own folder is left to itself."""
    files = sorted(file for file in generation.iterdir() if file.is_file())
    return {file.name: [file.stat().st_size, _checksum(file)] for file in files}


def _size_or_none(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except OSError:
        return None


def _checksum(file: Path) -> int:
    total = 0
    with file.open("rb") as handle:
        while block := handle.read(_BLOCK):
            total = zlib.crc32(block, total)
    return total


def _checksum_or_none(file: Path) -> int | None:
    try:
        return _checksum(file)
    except OSError:
        return None


@contextmanager
def damage_reported(folder: Path) -> Iterator[None]:
    """Turn what reading a missing or cut file raises into StoreError."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise StoreError(_DAMAGED.format(folder=folder)) from error


@contextmanager
def new_generation(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write a generation into; it is removed again when writing fails."""
    generation = folder / f"{_PREFIX}{uuid4().hex[:12]}"
    generation.mkdir(parents=True)
    try:
        yield generation
        for file in generation.iterdir():
            if file.is_file():
                _sync(file)
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        raise


def drop_old(folder: Path, current: str) -> None:
    """Remove every generation but the current one; files that a reader on Windows holds open stay for next time."""
    for generation in folder.glob(f"{_PREFIX}*"):
        if generation.name != current:
            shutil.rmtree(generation, ignore_errors=True)


def _sync(file: Path) -> None:
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
