"""Documents checked against a base (合规审查): one file, or every file of a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from answer.review.check import check
from answer.review.findings import Review
from answer.review.paper import Paper
from answer.review.wording import load_table
from corpus.errors import DangguiError, InputError
from corpus.hit import Hit
from danggui.base import KnowledgeBase
from danggui.files import read
from index.search import Stage
from ingest.discovery import discover


def check_document(
    base: KnowledgeBase, data: bytes, name: str, as_of: date | None = None, *, allow_marked: bool = False
) -> Review:
    """Return the findings on a file's bytes; nothing is stored.

    Raises InputError for what cannot be read, RefusedError for a secrecy mark unless that is allowed.
    """
    paper = Paper.read(data, name, allow_marked=allow_marked)
    today = date.today()
    governing, table = _Governing(base, paper, as_of or today), load_table(base.home)
    return check(paper, base.lookup, governing, table, today, as_of)


class _Governing:
    """The clauses of a base that may govern a document: in force on the day, of its own place or of none.

    A document that names no place is of the base's, where all local texts of that are of one place.
    """

    def __init__(self, base: KnowledgeBase, paper: Paper, on: date) -> None:
        self._base, self._on = base, on
        places = {info.metadata.region for info in base.lookup.infos.values()} - {""}
        region = paper.edition.metadata.region or (places.pop() if len(places) == 1 else "")
        self._editions = {
            info.id
            for info in base.lookup.counting(on)
            if info.work != paper.work and (not info.metadata.region or region.startswith(info.metadata.region))
        }

    def likest(self, text: str, k: int) -> Sequence[Hit]:
        """Return the k provisions whose words are most like a text's."""
        found = self._base.index.search(text, k, self._editions, Stage.BIGRAMS)
        return [self._base.hit(one.chunk.edition, one.chunk.path, self._on, one.score) for one in found]


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
            yield file.name, check_document(base, read(file.path), file.name, as_of, allow_marked=allow_marked)
        except DangguiError as error:
            if not path.is_dir():
                raise
            yield file.name, str(error)
