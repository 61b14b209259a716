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

from index.lexical import Floats, Postings, Rows, groups
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
    loaded = [Postings.load(part.folder, name, len(part.rows)) for part in parts]
    total = sum(_kept(postings, part) for postings, part in zip(loaded, parts, strict=True))
    keys: list[Keys] = [np.empty(0, np.int64)]
    starts: list[npt.NDArray[np.int64]] = [np.zeros(1, np.int64)]
    with (
        _array(into / f"{name}.rows.npy", total, np.dtype("<i4")) as row_file,
        _array(into / f"{name}.weights.npy", total, np.dtype("<f4")) as weight_file,
    ):
        for first, last in _ranges(loaded, most):
            terms, rows, weights = _sorted(loaded, parts, first, last)
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


def _kept(postings: Postings, part: Part) -> int:
    """Return how many entries of a part stay."""
    if not len(part.rows) or part.rows.min() >= 0:
        return len(postings.rows)
    blocks = range(0, len(postings.rows), RANGE)
    return sum(int((part.rows[postings.rows[at : at + RANGE]] >= 0).sum()) for at in blocks)


def _ranges(loaded: Sequence[Postings], most: int) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges of terms that hold about `most` entries each."""
    samples = [np.empty(0, np.int64)]
    for postings in loaded:
        places = np.searchsorted(postings.starts, np.arange(_SAMPLE, len(postings.rows), _SAMPLE), side="right") - 1
        samples.append(postings.keys[places])
    bounds = np.unique(np.sort(np.concatenate(samples))[:: max(most // _SAMPLE, 1)])
    lowest, highest = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    edges = [lowest, *bounds.tolist(), highest]
    yield from pairwise(edges)


def _sorted(loaded: Sequence[Postings], parts: Sequence[Part], first: int, last: int) -> tuple[Keys, Rows, Floats]:
    """Return the entries of all parts with terms from `first` to before `last`, by term, then document."""
    taken = [_taken(postings, part.rows, first, last) for postings, part in zip(loaded, parts, strict=True)]
    terms = np.concatenate([np.empty(0, np.int64), *(terms for terms, _, _ in taken)])
    rows = np.concatenate([np.empty(0, np.int32), *(rows for _, rows, _ in taken)])
    weights = np.concatenate([np.empty(0, np.float32), *(weights for _, _, weights in taken)])
    order = np.argsort(terms, kind="stable")  # parts stand in the order of their new rows
    return terms[order], rows[order], weights[order]


def _taken(postings: Postings, places: Rows, first: int, last: int) -> tuple[Keys, Rows, Floats]:
    low, high = np.searchsorted(postings.keys, [first, last])
    begin, end = postings.starts[low], postings.starts[high]
    terms = np.repeat(postings.keys[low:high], np.diff(postings.starts[low : high + 1]))
    rows = places[postings.rows[begin:end]]
    weights = postings.weights[begin:end]
    if len(rows) and rows.min() < 0:
        stays = rows >= 0
        return terms[stays], rows[stays], weights[stays]
    return terms, rows, np.asarray(weights)
