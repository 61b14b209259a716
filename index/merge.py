"""Postings of many parts into those of one index (归并), a range of terms at a time, so that memory stays small.

A part is a batch of new documents or an older index of which some documents go; `rows` says which document of the
new index each of its documents becomes, -1 for one that goes. Nothing is weighed anew: weights depend on the document
alone (`index.lexical`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from index.lexical import Floats, Rows, groups
from index.tokens import Keys

RANGE = 4_000_000  # entries sorted at a time, some 150 MB
_SAMPLE = 1 << 16  # entries between two terms that are looked at to divide the terms into ranges


@dataclass(frozen=True, slots=True)
class Part:
    """Postings saved in a folder, and the new place of each of their documents (-1: none)."""

    folder: Path
    rows: Rows


def merge(parts: Sequence[Part], name: str, into: Path, most: int = RANGE) -> None:
    """Write the postings called `name` of all parts as one into the folder `into`."""
    sources = [_Source(part, name) for part in parts]
    total = sum(source.kept() for source in sources)
    keys: list[Keys] = [np.empty(0, np.int64)]
    starts: list[npt.NDArray[np.int64]] = [np.zeros(1, np.int64)]
    with (
        _array(into / f"{name}.rows.npy", total, np.dtype("<i4")) as row_file,
        _array(into / f"{name}.weights.npy", total, np.dtype("<f4")) as weight_file,
    ):
        for first, last in _ranges(sources, most):
            terms, rows, weights = _sorted(sources, first, last)
            distinct, begins = groups(terms)
            keys.append(distinct)
            starts.append(begins[1:] + starts[-1][-1])
            row_file.write(rows.tobytes())
            weight_file.write(weights.tobytes())
    np.save(into / f"{name}.keys.npy", np.concatenate(keys))
    np.save(into / f"{name}.starts.npy", np.concatenate(starts))


def _array(file: Path, length: int, kind: np.dtype[Any]) -> IO[bytes]:
    """Open a .npy file for its values to be appended; they need not be in memory together."""
    handle = file.open("wb")
    header = {"descr": kind.str, "fortran_order": False, "shape": (length,)}
    np.lib.format.write_array_header_1_0(handle, header)
    return handle


class _Source:
    """The postings of a part; entries are read from the files a piece at a time, so that none stays in memory."""

    def __init__(self, part: Part, name: str) -> None:
        self._part = part
        self._name = name
        self.keys: Keys = np.load(part.folder / f"{name}.keys.npy")
        self.starts: npt.NDArray[np.int64] = np.load(part.folder / f"{name}.starts.npy")
        self.size = int(self.starts[-1])

    def kept(self) -> int:
        """Return how many entries stay."""
        if not len(self._part.rows) or self._part.rows.min() >= 0:
            return self.size
        blocks = range(0, self.size, RANGE)
        return sum(int((self._rows(at, min(at + RANGE, self.size)) >= 0).sum()) for at in blocks)

    def between(self, first: int, last: int) -> tuple[Keys, Rows, Floats]:
        """Return the entries that stay with terms from `first` to before `last`."""
        low, high = np.searchsorted(self.keys, [first, last])
        begin, end = int(self.starts[low]), int(self.starts[high])
        terms = np.repeat(self.keys[low:high], np.diff(self.starts[low : high + 1]))
        rows, weights = self._rows(begin, end), self._read("weights", begin, end)
        stays = rows >= 0
        return (terms, rows, weights) if stays.all() else (terms[stays], rows[stays], weights[stays])

    def _rows(self, begin: int, end: int) -> Rows:
        rows: Rows = self._part.rows[self._read("rows", begin, end)]
        return rows

    def _read(self, array: str, begin: int, end: int) -> npt.NDArray[Any]:
        return np.array(np.load(self._part.folder / f"{self._name}.{array}.npy", mmap_mode="r")[begin:end])


def _ranges(sources: Sequence[_Source], most: int) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges of terms that hold about `most` entries each."""
    samples = [np.empty(0, np.int64)]
    for source in sources:
        places = np.searchsorted(source.starts, np.arange(_SAMPLE, source.size, _SAMPLE), side="right") - 1
        samples.append(source.keys[places])
    bounds = np.unique(np.sort(np.concatenate(samples))[:: max(most // _SAMPLE, 1)])
    yield from pairwise([np.iinfo(np.int64).min, *bounds.tolist(), np.iinfo(np.int64).max])


def _sorted(sources: Sequence[_Source], first: int, last: int) -> tuple[Keys, Rows, Floats]:
    """Return the entries of all sources with terms from `first` to before `last`, by term, then document."""
    taken = [source.between(first, last) for source in sources]
    terms = np.concatenate([np.empty(0, np.int64), *(terms for terms, _, _ in taken)])
    rows = np.concatenate([np.empty(0, np.int32), *(rows for _, rows, _ in taken)])
    weights = np.concatenate([np.empty(0, np.float32), *(weights for _, _, weights in taken)])
    order = np.argsort(terms, kind="stable")  # parts stand in the order of their new rows
    return terms[order], rows[order], weights[order]
