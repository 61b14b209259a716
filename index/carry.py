"""What a new generation takes over from the former one (沿用): rows of editions that have not changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import StoreError
from index.dense import read_codes
from index.merge import Part
from index.storage import missing_files, read_manifest
from index.table import ChunkTable
from index.vectors import Codes, Scales


@dataclass(frozen=True, slots=True)
class Former:
    """A former generation: its chunks and, where it has vectors, their codes."""

    folder: Path
    table: ChunkTable
    codes: Codes | None
    scales: Scales | None

    @property
    def editions(self) -> dict[str, str]:
        """The digest of each edition in it."""
        return dict(zip(self.table.editions, self.table.digests, strict=True))


@dataclass(frozen=True, slots=True)
class Carried:
    """The rows of a former generation that stay."""

    table: ChunkTable
    part: Part
    codes: Codes | None


def former_index(folder: Path, made: dict[str, Any]) -> Former | None:
    """Return the current generation in `folder` if it was made by this recipe, has chunks and is whole, else None."""
    try:
        manifest = read_manifest(folder)
        if manifest.recipe != made or not manifest.chunks or missing_files(folder, manifest):
            return None
        generation = folder / manifest.generation
        codes, scales = read_codes(generation) if made["model"] else (None, None)
        return Former(generation, ChunkTable.load(generation), codes, scales)
    except (StoreError, OSError, ValueError, KeyError):
        return None  # what cannot be read is built anew


def carry(former: Former, kept: Collection[str]) -> Carried:
    """Return what stays of a former generation when only the editions `kept` do."""
    goes = np.array([edition not in kept for edition in former.table.editions], bool)
    table, places = former.table.without(goes)
    codes = None if former.codes is None else np.asarray(former.codes[places >= 0])
    return Carried(table, Part(former.folder, places), codes)
