"""Dates that a human confirmed or corrected (人工确认的日期): what may be settled, and what cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.errors import InputError
from corpus.model import Metadata
from corpus.validity import ANYTIME, days

FIELDS = {
    "adopted": "通过",
    "issued": "公布",
    "effective": "施行",
    "superseded": "被修订或取代",
    "repealed": "废止",
    "expires": "有效期至",
}
"""The fields that can be settled, with their Chinese names."""

UNKNOWN, NEVER = "不详", "无"
_ENDS = ("superseded", "repealed", "expires")  # what may be said never to have happened
_ORDER = (
    ("adopted", "issued"),
    ("adopted", "effective"),
    ("effective", "superseded"),
    ("effective", "repealed"),
    ("effective", "expires"),
)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A date that a person settled; `value` is ISO and may be cut, "" for unknown or never; `at` an ISO time in UTC."""

    edition_id: str
    field: str
    value: str
    person: str
    note: str = ""
    at: str = ""

    @property
    def words(self) -> str:
        """The value as people write it."""
        return self.value or (NEVER if self.field in _ENDS else UNKNOWN)


def read_value(field: str, words: str) -> str:
    """Return the date that words give a field: ISO, whole or cut, or "" for 不详, or for 无 of an end.

    Raises InputError for an unknown field and for what is no date.
    """
    if field not in FIELDS:
        names = "、".join(f"{name}（{label}）" for name, label in FIELDS.items())
        raise InputError(f"没有“{field}”这一项日期；可以确认的有：{names}")
    absent = NEVER if field in _ENDS else UNKNOWN
    if words == absent:
        return ""
    if days(words) == ANYTIME:
        raise InputError(f"“{words}”不是{FIELDS[field]}日期；请写成 2016-07-08、2016-07 或 2016，没有的写“{absent}”")
    return words


def check_order(settled: Mapping[str, str]) -> None:
    """Raise InputError where dates settled for one edition cannot both be: in force before it was adopted."""
    for earlier, later in _ORDER:
        first, second = settled.get(earlier, ""), settled.get(later, "")
        if first and second and days(second).last < days(first).first:
            words = f"{FIELDS[later]}日期 {second} 早于已确认的{FIELDS[earlier]}日期 {first}"
            raise InputError(f"{words}；请核对两者，先更正写错的那一个")


def with_confirmed(metadata: Metadata, settled: Mapping[str, str]) -> Metadata:
    """Return the facts of an edition with the dates that a human settled in place of others."""
    dates: dict[str, Any] = {name: value for name, value in settled.items() if name != "superseded"}
    return replace(metadata, **dates)
