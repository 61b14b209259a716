"""Duties as a calendar (履职日历): an iCalendar file (RFC 5545) with one recurring all-day entry per duty.

An entry lies on the last day on which a duty may be fulfilled: the day that the clause names, else the last of the
period. What has no period in days (每届, 定期) has no place in a calendar.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from answer.lesson.cadence import Cadence, Unit
from answer.lesson.duties import Duty, Mode
from corpus.errors import InputError

if TYPE_CHECKING:
    from icalendar import Event

_DATED = (Unit.WEEK, Unit.MONTH, Unit.YEAR)
_LAST_OF_YEAR = (12,)
_LONGEST = 60  # characters of an entry's name

Rule = dict[str, list[str] | list[int]]


def is_dated(duty: Duty) -> bool:
    """Tell whether a duty has a place in a calendar: due, not merely allowed, and by a period in days."""
    return duty.mode is Mode.MUST and duty.cadence is not None and duty.cadence.unit in _DATED


def calendar(duties: Sequence[Duty], whose: str, on: date) -> bytes:
    """Return the calendar of the duties that have a place in one, each from its first due day on or after `on`.

    `whose` they are, an organ's or a topic's, names it. Raises InputError where none has.
    """
    from icalendar import Calendar

    dated = [one for one in duties if is_dated(one)]
    if not dated:
        raise InputError("没有按周、月、季度、半年或年履行的职责，写不成日历")
    book = Calendar()
    book.add("prodid", "-//Danggui//duties//ZH")
    book.add("version", "2.0")
    book.add("x-wr-calname", f"{whose}履职日历")
    for one in dated:
        book.add_component(_event(one, on))
    written: bytes = book.to_ical()
    return written


def _event(duty: Duty, on: date) -> Event:
    from icalendar import Event

    cadence = duty.cadence
    assert cadence is not None
    first, event = first_due(cadence, on), Event()
    event.add("uid", f"{sha256(f'{duty.source.id}:{duty.act}'.encode()).hexdigest()[:32]}@danggui")
    event.add("dtstamp", datetime(on.year, on.month, on.day, tzinfo=UTC))
    event.add("dtstart", first)
    event.add("dtend", first + timedelta(days=1))
    event.add("rrule", rule(cadence))
    event.add("summary", f"{duty.actor}：{_short(duty.words(duty.act))}")
    source = duty.source.cited
    event.add("description", f"{duty.source.quote}\n依据：{source}\n周期：{cadence.name}")
    event.add("categories", [cadence.name])
    event.add("transp", "TRANSPARENT")
    return event


def rule(cadence: Cadence) -> Rule:
    """Return the recurrence of a frequency, as RFC 5545 writes it."""
    if cadence.unit is Unit.WEEK:
        return {"FREQ": ["WEEKLY"], "INTERVAL": [cadence.every], "BYDAY": ["FR"]}
    months, day = list(_months(cadence)), cadence.day or -1
    if cadence.unit is Unit.MONTH and cadence.every == 1:
        return {"FREQ": ["MONTHLY"], "INTERVAL": [1], "BYMONTHDAY": [day]}
    if cadence.unit is Unit.MONTH and 12 % cadence.every:
        return {"FREQ": ["MONTHLY"], "INTERVAL": [cadence.every], "BYMONTHDAY": [day]}
    every = cadence.every if cadence.unit is Unit.YEAR else 1
    return {"FREQ": ["YEARLY"], "INTERVAL": [every], "BYMONTH": months, "BYMONTHDAY": [day]}


def first_due(cadence: Cadence, on: date) -> date:
    """Return the first due day on or after a day."""
    if cadence.unit is Unit.WEEK:
        return on + timedelta(days=(4 - on.weekday()) % 7)
    return next(day for day in _days(cadence, on.year) if day >= on)


def _days(cadence: Cadence, year: int) -> Iterator[date]:
    while True:
        for month in _months(cadence):
            last = monthrange(year, month)[1]
            yield date(year, month, min(cadence.day, last) if cadence.day > 0 else last)
        year += 1


def _months(cadence: Cadence) -> Sequence[int]:
    """Return the months of a year in which something is due; of a year as a whole the last one."""
    if cadence.months:
        return cadence.months
    if cadence.unit is Unit.YEAR:
        return _LAST_OF_YEAR
    every = cadence.every if 12 % cadence.every == 0 else 1
    return range(every, 13, every)


def _short(words: str) -> str:
    """Return the first part of what is done, whole where it is short."""
    if len(words) <= _LONGEST:
        return words
    part = words.split("，", maxsplit=1)[0]
    return part if len(part) <= _LONGEST else f"{part[:_LONGEST]}……"
