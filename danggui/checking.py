"""Documents checked against a base (合规审查): one file, or every file of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from answer.review.check import check
from answer.review.findings import Review
from answer.review.paper import Paper
from corpus.errors import DangguiError, InputError
from danggui.base import KnowledgeBase
from ingest.discovery import discover


def check_document(
    base: KnowledgeBase, data: bytes, name: str, as_of: date | None = None, *, allow_marked: bool = False
) -> Review:
    """Return the findings on a file's bytes; nothing is stored.

    Raises InputError for what cannot be read, RefusedError for a secrecy mark unless that is allowed.
    """
    paper = Paper.read(data, name, allow_marked=allow_marked)
    return check(paper, base.lookup, date.today(), as_of)


def check_path(
    base: KnowledgeBase, path: Path, as_of: date | None = None, *, allow_marked: bool = False
) -> Iterator[tuple[str, Review | str]]:
    """Yield for each file of a folder, in order, its name and its review, or why it could not be read.

    Of a file that is given itself the one review is yielded, and the trouble with it raised. Raises InputError for a
    path that does not exist or holds no documents.
    """
    found = discover([path])
    if found.empty:
        raise InputError(f"文件夹 {path} 里没有可审查的文件；请检查路径")
    for file in found.files:
        try:
            yield file.name, check_document(base, _bytes(file.path), file.name, as_of, allow_marked=allow_marked)
        except DangguiError as error:
            if not path.is_dir():
                raise
            yield file.name, str(error)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"无法读取 {path}：{error.strerror}；请检查路径和权限") from error
