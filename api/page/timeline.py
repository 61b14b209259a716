"""The editions of a work in time (时间轴), each with its days in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.confirmed import FIELDS
from corpus.errors import DangguiError
from corpus.validity import Status
from danggui.base import KnowledgeBase
from danggui.dating import SOURCES, ClauseDated, EditionDates, edition_dates, timeline


@dataclass(frozen=True, slots=True)
class Event:
    """A day of an edition, or two with a slash between, as ISO; what happened (公布), and what says so."""

    day: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Stop:
    """An edition on the time line; `successor` is an id of the base or a name, `stored` whether it can be read."""

    id: str
    edition: str
    status: Status
    stored: bool
    events: tuple[Event, ...]
    clauses: tuple[ClauseDated, ...]
    successor: str
    readable: bool


def stops(base: KnowledgeBase, edition_id: str, on: date) -> list[Stop]:
    """Return the editions of an edition's work, the latest first, those that only the catalogue knows among them."""
    info = base.lookup.infos[edition_id]
    try:
        found = timeline(base, info.title, on)
    except DangguiError:  # a title that stands for several works
        found = []
    known = {one.id: one for one in found}
    others = [one.id for one in base.lookup.infos.values() if one.work == info.work and one.id not in known]
    found += [edition_dates(base, other, on) for other in others]
    return [_stop(base, one) for one in sorted(found, key=lambda one: one.edition, reverse=True)]


def _stop(base: KnowledgeBase, one: EditionDates) -> Stop:
    readable = one.successor in base.lookup.infos
    return Stop(one.id, one.edition, one.status, one.stored, _events(one), one.clauses, one.successor, readable)


def _events(one: EditionDates) -> tuple[Event, ...]:
    """Return the days that count, in order, one for each thing that happened."""
    first = {dated.field: dated for dated in reversed(one.dates) if dated.counts and dated.value}
    ordered = sorted(first.values(), key=lambda dated: (dated.value, list(FIELDS).index(dated.field)))
    return tuple(Event(dated.value, FIELDS[dated.field], SOURCES[dated.source]) for dated in ordered)
