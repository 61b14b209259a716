"""The texts that the bundled embedding is trained on (训练文本): folders and archives, read in parallel."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

from corpus.errors import DangguiError, InputError
from corpus.model import Edition
from eval.training_pairs import Article, articles
from ingest.discovery import discover
from ingest.readers import read
from ingest.structure import parse

File = tuple[str, bytes]  # name, content


def read_articles(paths: Sequence[Path], workers: int = 2) -> list[Article]:
    """Return the articles of every file in folders and tar archives, each text once; unreadable files are left out.

    Raises InputError when a path is missing or there is no article in any.
    """
    for path in paths:
        if not path.exists():
            raise InputError(f"没有这个文件或文件夹：{path}")
    with ProcessPoolExecutor(workers) as pool:
        found = {a.text: a for group in pool.map(_articles_of, _files(paths), chunksize=16) for a in group}
    if not found:
        raise InputError(f"没有可用来训练的条文：{'、'.join(map(str, paths))}")
    return list(found.values())


def _files(paths: Iterable[Path]) -> Iterator[File]:
    return chain.from_iterable(_archived(path) if path.is_file() else _held(path) for path in paths)


def _held(folder: Path) -> Iterator[File]:
    return ((file.name, file.path.read_bytes()) for file in discover([folder]).files)


def _archived(path: Path) -> Iterator[File]:
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                held = archive.extractfile(member) if member.isfile() else None
                if held is not None:
                    yield member.name, held.read()
    except tarfile.TarError as error:
        raise InputError(f"{path} 不是 tar 包；请指定文件夹或 tar 包") from error


def _articles_of(file: File) -> list[Article]:
    name, data = file
    try:
        structure = parse(read(data, Path(name).name).blocks, Path(name).name)
    except DangguiError:
        return []
    return articles([Edition(structure.title, "", structure.text, structure.provisions)])
