"""The chunks of an index as numbers (单元表): one row each, so that a million of them open in milliseconds."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from index.chunks import Chunk
from index.lexical import Rows

_NUMBERS, _STRINGS = "chunks.npy", "strings.json"
_COLUMNS = {"editions": (0,), "paths": (1, 2), "headings": (3,)}  # the columns that point into each list of strings

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

    `edition_of`, `title_of` and `heading_of` give for each row the place of its edition in `editions`, of its title
    in `titles`, of its headings in `headings`; `article_of` a number shared by the rows of one article, `lengths` the
    characters of a chunk; shapes (n_chunks,). `digests` belong to `editions`.
    """

    def __init__(self, numbers: npt.NDArray[np.int32], strings: dict[str, list[Any]]) -> None:
        """Take the strings and the rows that point into them.

        Columns: edition, path, article, headings, start, end, lead start, lead end; shape (n_chunks, 8).
        """
        self._numbers = numbers
        self._strings = strings
        self.headings = [tuple(headings) for headings in strings["headings"]]
        self.editions: list[str] = [edition for edition, _, _ in strings["editions"]]
        self.digests: list[str] = [digest for _, _, digest in strings["editions"]]
        titles = _Numbered[str]()
        title_places = np.array([titles(title) for _, title, _ in strings["editions"]], np.int32)
        self.titles = titles.values()
        self.edition_of = np.ascontiguousarray(numbers[:, 0])
        self.title_of = title_places[self.edition_of]
        self.heading_of = np.ascontiguousarray(numbers[:, 3])
        self.lengths = numbers[:, 5] - numbers[:, 4]
        self.article_of = self.edition_of.astype(np.int64) * len(strings["paths"]) + numbers[:, 2]

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, row: int) -> Chunk:
        edition, path, article, headings, start, end, *lead = self._numbers[row].tolist()
        identifier, title, _ = self._strings["editions"][edition]
        paths = self._strings["paths"]
        return Chunk(
            identifier, paths[path], paths[article], title, self.headings[headings], start, end, (lead[0], lead[1])
        )

    @cached_property
    def edition_starts(self) -> npt.NDArray[np.int64]:
        """The first row of each edition, and the number of its rows, which stand together; shape (2, n_editions)."""
        sizes = np.bincount(self.edition_of, minlength=len(self.editions))
        firsts = np.zeros(len(sizes), np.int64)
        places = np.flatnonzero(np.diff(self.edition_of, prepend=-1))
        firsts[self.edition_of[places]] = places
        return np.stack([firsts, sizes])

    @classmethod
    def of(cls, chunks: Sequence[Chunk], digests: Mapping[str, str]) -> ChunkTable:
        """Number the chunks of editions with these digests; an edition without a chunk is known as well."""
        editions, paths, headings = _Numbered[str](), _Numbered[str](), _Numbered[tuple[str, ...]]()
        titles = {edition: edition.rpartition("@")[0] for edition in digests}
        for edition in digests:
            editions(edition)
        numbers = np.empty((len(chunks), 8), np.int32)
        for row, chunk in enumerate(chunks):
            titles[chunk.edition] = chunk.title
            path, article = paths(chunk.path), paths(chunk.article)
            place = editions(chunk.edition)
            numbers[row] = (place, path, article, headings(chunk.headings), chunk.start, chunk.end, *chunk.lead)
        named = [(edition, titles[edition], digests[edition]) for edition in editions.values()]
        return cls(numbers, {"editions": named, "paths": paths.values(), "headings": headings.values()})

    @classmethod
    def joined(cls, parts: Sequence[ChunkTable]) -> ChunkTable:
        """Return the chunks of several tables, which share no edition, as one."""
        known = {name: _Numbered[Any]() for name in _COLUMNS}
        numbers = [np.empty((0, 8), np.int32)]
        for part in parts:
            moved = part._numbers.copy()
            for name, columns in _COLUMNS.items():
                values = (tuple(value) if isinstance(value, list) else value for value in part._strings[name])
                places = np.array([known[name](value) for value in values], np.int32)
                for column in columns:
                    moved[:, column] = places[moved[:, column]]
            numbers.append(moved)
        return cls(np.concatenate(numbers), {name: values.values() for name, values in known.items()})

    def without(self, editions: npt.NDArray[np.bool_]) -> tuple[ChunkTable, Rows]:
        """Return the table without some editions, and for each row its place there, -1 where it is gone.

        `editions` tells for each edition whether it goes, shape (n_editions,).
        """
        stays = ~editions[self.edition_of]
        places = np.where(stays, np.cumsum(stays, dtype=np.int32) - 1, -1).astype(np.int32)
        renumbered = (np.cumsum(~editions) - 1).astype(np.int32)
        numbers = self._numbers[stays].copy()
        numbers[:, 0] = renumbered[numbers[:, 0]]
        left = [row for row, goes in zip(self._strings["editions"], editions, strict=True) if not goes]
        return ChunkTable(numbers, {**self._strings, "editions": left}), places

    def save(self, folder: Path) -> None:
        """Write the table into a generation's folder."""
        np.save(folder / _NUMBERS, self._numbers)
        (folder / _STRINGS).write_text(json.dumps(self._strings, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> ChunkTable:
        """Map the table; raises OSError, ValueError or KeyError when a file is missing or damaged."""
        strings = json.loads((folder / _STRINGS).read_text("utf-8"))
        return cls(np.load(folder / _NUMBERS, mmap_mode="r"), strings)
