"""What the store tells (入库结果、规范、引用处、变更记录)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.model import Reference
from corpus.validity import EditionInfo


class Outcome(StrEnum):
    """What adding an edition did."""

    ADDED = "added"  # 新入库
    UNCHANGED = "unchanged"  # 已入库，未变
    CORRECTED = "corrected"  # 同一文件，按清单更正


@dataclass(frozen=True, slots=True)
class Regulation:
    """A work (规范) with its editions, undated ones first, then by date; `title` is the latest edition's."""

    key: str
    title: str
    editions: tuple[EditionInfo, ...]


@dataclass(frozen=True, slots=True)
class Citing:
    """A reference that points at a provision or edition, and the edition it stands in."""

    edition_id: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log (变更记录): `at` an ISO time in UTC, `action` added, source, corrected, dated or removed."""

    at: str
    action: str
    edition_id: str
    detail: str
