"""Editions that a catalogue knows and a base does not hold (正文未入库): which they are, how they stand on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corpus.catalogue import Catalogue, Entry, Work
from corpus.errors import AmbiguousError
from corpus.titles import is_draft, normalise, work_key
from corpus.validity import ANYTIME, EditionInfo, End, Status, Timeline, days

READ_BY = date(2026, 10, 1)  # the day on which the statuses of the bundled catalogue were true
# Which edition answers for a work on a day, best first; among equals the latest.
PREFERENCE = (Status.IN_FORCE, Status.UNKNOWN, Status.SUPERSEDED, Status.REPEALED, Status.NOT_YET_IN_FORCE)
_OVER = {"superseded": Status.SUPERSEDED, "repealed": Status.REPEALED}
_DATED = ("issued", "adopted", "effective")


@dataclass(frozen=True, slots=True)
class Known:
    """An edition whose text a base lacks, and its status on the day asked."""

    entry: Entry
    status: Status


class Unread:
    """A catalogue beside the editions of a base, whose own texts win over it."""

    def __init__(self, catalogue: Catalogue, infos: Iterable[EditionInfo]) -> None:
        self.catalogue = catalogue
        self._infos = list(infos)
        self._stored: dict[str, list[EditionInfo]] = defaultdict(list)
        for info in self._infos:
            self._stored[info.work].append(info)

    def find(self, name: str, on: date, edition: str = "") -> Known | None:
        """Return the lacking edition of a named work that answers on a day, or that of a date; None if none is known.

        Raises AmbiguousError where the name may mean several works.
        """
        works = self.catalogue.named(name)
        if len(works) > 1:
            names = "、".join(f"《{work.title}》" for work in works)
            raise AmbiguousError(f"“{name}”可能指{names}，请写明全称")
        entries = [entry for work in works for entry in self.lacking(work) if _is_of(entry, edition)]
        own = [entry for entry in entries if normalise(entry.title) == normalise(name)]
        known = [Known(entry, self.status(entry, on)) for entry in own or entries]
        return min(known, key=_preference, default=None)

    def mentioned(self, text: str, on: date) -> list[Known]:
        """Return the works that a free text names, with or without 书名号, and of which the base holds nothing."""
        names = [mention.titles[0] for mention in self.catalogue.titles.find_in(text) if len(mention.titles) == 1]
        absent = dict.fromkeys(name for name in names if work_key(name) not in self._stored)
        return [known for name in absent if (known := self.find(name, on))]

    def status(self, entry: Entry, on: date) -> Status:
        """Return the status of a lacking edition on a day, in the light of the base's texts and the catalogue's dates.

        What the catalogue says to be over without a day is over on the day it was made.
        """
        found = self._timeline.status(entry.info, on)
        if entry.status == "unknown" and found is not Status.REPEALED:
            return Status.UNKNOWN
        return _OVER.get(entry.status, found) if found is Status.UNKNOWN and on >= READ_BY else found

    def ends(self, entry: Entry) -> tuple[End, ...]:
        """Return every known reason why a lacking edition stops counting."""
        return self._timeline.ends(entry.info)

    def entry_of(self, info: EditionInfo) -> Entry | None:
        """Return the row that speaks of a stored edition, None where there is none."""
        work = self.catalogue.works.get(info.work)
        return next((entry for entry in work.entries if _same(entry, info)), None) if work else None

    def lacking(self, work: Work) -> tuple[Entry, ...]:
        """Return the editions of a work that the base does not hold."""
        stored = self._stored.get(work.key, [])
        return tuple(entry for entry in work.entries if not any(_same(entry, info) for info in stored))

    @cached_property
    def _timeline(self) -> Timeline:
        lacking = (entry.info for work in self.catalogue.works.values() for entry in self.lacking(work))
        return Timeline([*self._infos, *lacking])


def _preference(known: Known) -> tuple[bool, int, tuple[int, ...]]:
    entry = known.entry
    day = tuple(-int(part) for part in entry.date.split("-")) if entry.date[:4].isdigit() else (1,)
    return is_draft(entry.title), PREFERENCE.index(known.status), day


def _is_of(entry: Entry, edition: str) -> bool:
    return not edition or any(getattr(entry, name).startswith(edition) for name in _DATED)


def _same(entry: Entry, info: EditionInfo) -> bool:
    """Tell whether a row speaks of a stored edition: the same title with more than the work's, or a day in common."""
    if normalise(entry.title) == normalise(info.title) != info.work:
        return True
    theirs = {name: getattr(info.metadata, name) for name in _DATED}
    pairs = [(getattr(entry, name), theirs[name]) for name in _DATED] + [(entry.date, info.date)]
    return any(_overlap(one, other) for one, other in pairs)


def _overlap(one: str, other: str) -> bool:
    first, second = days(one), days(other)
    return ANYTIME not in (first, second) and first.first <= second.last and second.first <= first.last
