"""The chunks of an index as numbers (单元表): one row each, so that a million of them open in milliseconds."""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from index.chunks import Chunk

_NUMBERS, _STRINGS = "chunks.npy", "strings.json"

Value = TypeVar("Value", bound=Hashable)


class _Numbered(Generic[Value]):
    """Numbers distinct values in the order of their coming."""

    def __init__(self) -> None:
        self._places: dict[Value, int] = {}

    def __call__(self, value: Value) -> int:
        return self._places.setdefault(value, len(self._places))

    def values(self) -> list[Value]:
        return list(self._places)


class ChunkTable:
    """All chunks of an index in reading order; row numbers are the documents of `index.lexical`.

    `edition_of`, `title_of` and `article_of` give for each row the place of its edition in `editions`, of its title
    in `titles`, and a number shared by the rows of one article. Shapes (n_chunks,).
    """

    def __init__(self, numbers: npt.NDArray[np.int32], strings: dict[str, list[Any]]) -> None:
        """Take the strings and the rows that point into them.

        Columns: edition, path, article, headings, start, end, lead start, lead end; shape (n_chunks, 8).
        """
        self._numbers = numbers
        self._strings = strings
        self._headings = [tuple(headings) for headings in strings["headings"]]
        self.editions: list[str] = [edition for edition, _ in strings["editions"]]
        titles = _Numbered[str]()
        title_places = np.array([titles(title) for _, title in strings["editions"]], np.int32)
        self.titles = titles.values()
        self.edition_of = np.ascontiguousarray(numbers[:, 0])
        self.title_of = title_places[self.edition_of]
        self.article_of = self.edition_of.astype(np.int64) * len(strings["paths"]) + numbers[:, 2]

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, row: int) -> Chunk:
        edition, path, article, headings, start, end, *lead = self._numbers[row].tolist()
        identifier, title = self._strings["editions"][edition]
        paths = self._strings["paths"]
        return Chunk(
            identifier, paths[path], paths[article], title, self._headings[headings], start, end, (lead[0], lead[1])
        )

    @classmethod
    def of(cls, chunks: Sequence[Chunk]) -> ChunkTable:
        """Number the chunks."""
        editions, paths, headings = _Numbered[tuple[str, str]](), _Numbered[str](), _Numbered[tuple[str, ...]]()
        numbers = np.empty((len(chunks), 8), np.int32)
        for row, chunk in enumerate(chunks):
            edition = editions((chunk.edition, chunk.title))
            path, article = paths(chunk.path), paths(chunk.article)
            numbers[row] = (edition, path, article, headings(chunk.headings), chunk.start, chunk.end, *chunk.lead)
        strings: dict[str, list[Any]] = {
            "editions": editions.values(),
            "paths": paths.values(),
            "headings": headings.values(),
        }
        return cls(numbers, strings)

    def save(self, folder: Path) -> None:
        """Write the table into a generation's folder."""
        np.save(folder / _NUMBERS, self._numbers)
        (folder / _STRINGS).write_text(json.dumps(self._strings, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> ChunkTable:
        """Map the table; raises OSError, ValueError or KeyError when a file is missing or damaged."""
        strings = json.loads((folder / _STRINGS).read_text("utf-8"))
        return cls(np.load(folder / _NUMBERS, mmap_mode="r"), strings)
