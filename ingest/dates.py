"""Dates as Chinese documents write them (日期), read as ISO dates that may be cut to year or month.

All spellings of one day give one string: 2016年7月8日, ２０１６年７月８日, 二〇一六年七月八日, 2016 年 7 月 8 日,
2016-07-08 and 2016.7.8 are ``2016-07-08``; 2013年12月 is ``2013-12`` and 2004年 is ``2004``. An impossible date
(2月30日) is no date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.numerals import to_int


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date at [start, end) of the text it was found in; `iso` is YYYY, YYYY-MM or YYYY-MM-DD."""

    iso: str
    start: int
    end: int


_DIGITS = "0-9０-９〇零○◯ＯOo一二三四五六七八九"
_A = "[0-9０-９]"
_S = r"[ \u3000\xa0\t]{0,3}"
DATE_PATTERN = rf"""
    (?<!{_A}) [12１２一二][{_DIGITS}]{{3}} {_S} 年
        (?: {_S} [{_DIGITS}十]{{1,3}} {_S} 月
            (?: {_S} [{_DIGITS}十]{{1,3}} {_S} (?: [日号] | (?=[)）]) ) )?
        | (?! 度 | 版 | 代 | 级 | {_S} 第 {_S} [{_DIGITS}十百]{{1,5}} {_S} 号) )
    | (?<![0-9０-９./．-]) [12１２]{_A}{{3}} (?: -{_A}{{1,2}}-{_A}{{1,2}} | /{_A}{{1,2}}/{_A}{{1,2}}
        | [.．]{_A}{{1,2}}[.．]{_A}{{1,2}} ) (?! [.．]? {_A} )
"""  # for a verbose pattern; a day may lack its 日 before a closing bracket: (中办发[1995]7号1995年4月30)

_DATE = re.compile(DATE_PATTERN, re.VERBOSE)
_LEADING = re.compile(rf"{DATE_PATTERN} | [12][0-9]{{3}} (?: [-/.][0-9]{{1,2}} )? (?![0-9])", re.VERBOSE)
_NUMBER = re.compile(rf"[{_DIGITS}十]+")
_PLAIN = str.maketrans("０１２３４５６７８９〇零○◯ＯOo一二三四五六七八九", "01234567890000000123456789")
_YEARS = range(1900, 2200)


def find_dates(text: str) -> tuple[DateSpan, ...]:
    """Return the dates of a text in order; years alone count (2004年) unless they name something else (2004年度)."""
    found = ((iso_of(match.group()), match) for match in _DATE.finditer(text))
    return tuple(DateSpan(iso, *match.span()) for iso, match in found if iso)


def leading_date(text: str) -> DateSpan | None:
    """Return the date a text begins with, 2016, 2016-07 and 2016/7/8 included, or None.

    Raises ValueError where a date stands there that no calendar has.
    """
    match = _LEADING.match(text)
    if match is None:
        return None
    iso = iso_of(match.group())
    if not iso:
        raise ValueError(f"{match.group()}: no such date")
    return DateSpan(iso, *match.span())


def iso_of(words: str) -> str:
    """Return the ISO form of one date as written, "" where no calendar has it."""
    try:
        numbers = [_number(part) for part in _NUMBER.findall(words)]
        year, month, day = (*numbers, 1, 1)[:3]
        full = date(year, month, day).isoformat()
    except ValueError:
        return ""
    return full[: (4, 7, 10)[len(numbers) - 1]] if year in _YEARS else ""


def _number(word: str) -> int:
    """Read 2016, 二〇一六, 12 or 十二."""
    plain = word.translate(_PLAIN)
    return int(plain) if plain.isdigit() else to_int(word)


def add_days(iso: str, days: int) -> str:
    """Return the day `days` after a full date; "" where the date is cut to month or year."""
    return (date.fromisoformat(iso) + timedelta(days=days)).isoformat() if len(iso) == 10 else ""


def add_months(iso: str, months: int) -> str:
    """Return the last day of a term of `months` from a date, of the same precision; "" without date or months."""
    if not iso or not months:
        return ""
    year, month, day = (*(int(part) for part in iso.split("-")), 1, 1)[:3]
    years, month = divmod(month - 1 + months, 12)
    if year + years > date.max.year:
        return ""
    if len(iso) < 10:
        return date(year + years, month + 1, 1).isoformat()[: len(iso)]
    length = monthrange(year + years, month + 1)[1]
    if day > length:  # a term from 29 February ends with the month
        return date(year + years, month + 1, length).isoformat()
    return (date(year + years, month + 1, day) - timedelta(days=1)).isoformat()


def agree(one: str, other: str) -> bool:
    """Say whether two ISO dates differ at most in precision; an unknown date agrees with all."""
    return one.startswith(other) or other.startswith(one)


def finer(one: str, other: str) -> str:
    """Return `one`, or `other` where it is the same date with more precision."""
    return other if other.startswith(one) else one
