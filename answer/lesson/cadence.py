"""How often and until when something is due (频次、期限): 每季度, 每年1月底前, 一年两次, 自收到之日起15日内.

All of them are spans of the clause; a frequency has a unit besides, in which a calendar counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.numerals import NUMERAL, to_int


class Unit(StrEnum):
    """In what a frequency counts; the native word stands beside each."""

    DAY = "day"  # 日
    WEEK = "week"  # 周
    MONTH = "month"  # 月、季度、半年
    YEAR = "year"  # 年
    TERM = "term"  # 届
    REGULAR = "regular"  # 定期, without a period


@dataclass(frozen=True, slots=True)
class Cadence:
    """Something is due every `every` units, at [start, end) of a text.

    `months` are those in which it is due (1 to 12), `day` the last day for it (-1 is a month's last), empty and 0 where
    the clause leaves that open.
    """

    unit: Unit
    every: int
    start: int
    end: int
    months: tuple[int, ...] = ()
    day: int = 0

    @property
    def name(self) -> str:
        """The period as a heading of a calendar: 每月, 每季度, 每两年."""
        if self.unit is Unit.MONTH and self.every in _MONTHS_NAMED:
            return _MONTHS_NAMED[self.every]
        word = _NAMES[self.unit]
        return word if self.every == 1 else word.replace("每", f"每{self.every}{'个' * (self.unit is Unit.MONTH)}")

    @property
    def order(self) -> float:
        """What calendars are sorted by: days between two times."""
        return _DAYS[self.unit] * self.every


_NAMES = {
    Unit.DAY: "每日",
    Unit.WEEK: "每周",
    Unit.MONTH: "每月",
    Unit.YEAR: "每年",
    Unit.TERM: "每届",
    Unit.REGULAR: "定期",
}
_MONTHS_NAMED = {1: "每月", 3: "每季度", 6: "每半年"}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30.4, Unit.YEAR: 365, Unit.TERM: 1826, Unit.REGULAR: 10_000}
_N = rf"(?:{NUMERAL})"
_UNIT = r"年度|年(?!龄)|季度|季|月|周|星期|日|天|届"
_ANCHOR = (
    rf"(?:的)?(?:(?P<listed>{_N}月(?:(?:底|份)?[、和](?:次年)?{_N}月)*)份?|(?P<last>末月|月底|月末|月初)|(?P<first>首月)|(?P<late>年底|年末|末|底)"
    rf"|(?P<early>年初)|第(?P<quarter>[一二三四])季度)?(?:底|末|(?P<day>{_N})日)?(?:以前|之前|前)?"
)
_GAP = r"(?:[^，。；：、\n每次]{0,7}?(?:不少于|不低于|至少)?"
_TIMES = rf"{_GAP}{_N}(?:至|到|-)?{_N}?次(?![会性]))?"
_EVERY = re.compile(
    rf"(?<![一])(?:每(?:间?隔)?(?:(?P<half>半年)|(?P<number>{_N})?个?(?P<unit>{_UNIT}))(?![人个次名位均级户家])"
    rf"|按(?P<by>季度|季|年度|月)(?![计龄薪度初末底终]))(?:{_ANCHOR})"
)
_PLAIN = re.compile(
    rf"(?<![每第满超过近前\d内])(?:(?P<half>半年)|(?P<number>{_N})个?(?P<unit>年|季度|月))(?:内)?"
    rf"(?:应当|一般|至少|要|不少于|内){{0,3}}[^，。；：、\n]{{0,12}}?{_N}次(?![会性])"
)
_REGULAR = re.compile(r"(?<![不])定期(?!限|存|报表|[^，。；]{0,8}(?:制度|机制))")
_COUNT = re.compile(_TIMES)
_MONEY = re.compile(r"[^，。；]{0,14}?[0-9]+(?:\.[0-9]+)?(?:万|亿)?元")
_PER_HEAD = re.compile(r"(?:每人|人均|每名|元/)[^，。；]{0,2}\Z")
_TERM_OF = re.compile(rf"任期(?:一般)?(?:为)?(?P<years>{_N})(?:年?至{_N})?年")
_OF_TERM = re.compile(r"任期|(?:一般|至少|应当)?[^，。；]{0,6}(?:次|举行|召开)")
_EVENT = re.compile(r"[^，。；、\n]{0,4}(?:考核|工资|预算|决算|会计|计划)(?:年度|结果|等次|总额)|[^，。；]{0,3}增长")
# What may stand in the name of a time (会后).
_UNBOUND = "(?:(?!应|当(?!年|月|日)|可以|(?<=可)以|必须|不得|一般|于)[^，。；：、\\n])"
_DEADLINE = re.compile(
    rf"(?:自[^，。；\n]{{1,30}}?(?:之日|后|时)起)?(?:在|于)?(?:{_UNBOUND}{{1,12}}?(?:后|(?<!提)前)的?)?"
    rf"(?:不能少于|不少于|少于|不超过|不得超过|不得少于|至少|提前|超过|满)?"
    rf"(?<![0-9第每])(?:{_N}年(?![0-9]|度|级|代|底|以上)(?:半)?|半年|{_N}个月|{_N}个?工作日|{_N}(?:日(?![常前后程])|天|周(?!岁|年))|{_N}个?(?:学时|课时|小时|分钟))"
    r"(?:以上|以内|之内|内|以下|之前|前|以前|后)?"
)
_BY_DATE = re.compile(rf"(?:当年|次年|本年)?(?:{_N}月{_N}日|{_N}月底|{_N}月份|年底|月底|届满)(?:之前|以前|前)")


def cadences(text: str) -> Iterator[Cadence]:
    """Yield the frequencies of a text in reading order; what is paid or counted by the year is none."""
    found = list(_every(text))
    for match in _PLAIN.finditer(text):
        if not any(one.start < match.end() and match.start() < one.end for one in found):
            unit, every = _period(match)
            found.append(Cadence(unit, every, *match.span()))
    for match in _REGULAR.finditer(text):
        found.append(Cadence(Unit.REGULAR, 1, *match.span()))
    yield from sorted(found, key=lambda one: one.start)


def _every(text: str) -> Iterator[Cadence]:
    for match in _EVERY.finditer(text):
        behind = text[match.end() :]
        if _MONEY.match(behind) or _EVENT.match(behind) or _PER_HEAD.search(text[: match.start()]):
            continue
        unit, every = _period(match)
        if unit is Unit.TERM and not _OF_TERM.match(behind):
            continue
        term = _TERM_OF.match(behind) if unit is Unit.TERM else None
        count = term or _COUNT.match(text, match.end())
        end = match.end() + term.end() if term else count.end() if count else match.end()
        yield Cadence(unit, every, match.start(), end, *_due(match, unit, every))


def _period(match: re.Match[str]) -> tuple[Unit, int]:
    groups = match.groupdict()
    if groups["half"]:
        return Unit.MONTH, 6
    number = to_int(groups["number"]) if groups["number"] else 1
    word = groups.get("by") or groups["unit"]
    if word in ("季度", "季"):
        return Unit.MONTH, 3 * number
    units = {"年": Unit.YEAR, "月": Unit.MONTH, "周": Unit.WEEK, "星": Unit.WEEK, "届": Unit.TERM}
    return units.get(word[0], Unit.DAY), number


def _due(match: re.Match[str], unit: Unit, every: int) -> tuple[tuple[int, ...], int]:
    """Return in which months and until which day of them something is due, as far as the words say."""
    day = int(to_int(match["day"])) if match["day"] else 0
    if match["listed"]:
        months = tuple(to_int(one) for one in re.findall(rf"({_N})月", match["listed"]))
        return tuple(one for one in months if 1 <= one <= 12), day or -1
    if match["quarter"]:
        return ("一二三四".index(match["quarter"]) * 3 + 3,), -1
    if match["first"] and unit is Unit.MONTH:
        return tuple(range(1, 13, every)), day or -1
    if match["early"] and unit is Unit.YEAR:
        return (1,), -1
    if (match["late"] or match["last"]) and not day:
        return ((12,) if unit is Unit.YEAR else ()), (1 if match["last"] == "月初" else -1)
    return (), day


def deadlines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the periods and days of a text within which, or before which, something is due."""
    ends = 0
    spans = sorted(match.span() for pattern in (_DEADLINE, _BY_DATE) for match in pattern.finditer(text))
    for start, end in spans:
        if start >= ends:
            yield start, end
            ends = end
