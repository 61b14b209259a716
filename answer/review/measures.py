"""Figures of a rule (数量要素): how often, how long, how much, how many, from what age, with what majority.

Each has a kind and a value in one unit, so that 半年 and 六个月, 1/2 and 半数, 每季度 and 每年四次 compare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from corpus.numerals import NUMERAL, to_int


class Kind(StrEnum):
    """What a figure measures; the native term stands beside each."""

    FREQUENCY = "frequency"  # 频次, times a year
    MONTHS = "months"  # 期限, years and months in months
    DAYS = "days"  # 期限, weeks and days in days
    WORKDAYS = "workdays"  # 期限, working days
    HOURS = "hours"  # 学时、小时
    AMOUNT = "amount"  # 金额, yuan
    SHARE = "share"  # 比例、多数, a part of one
    AGE = "age"  # 年龄, years
    PEOPLE = "people"  # 人数
    TIMES = "times"  # 次数


KIND_WORDS = {
    Kind.FREQUENCY: "频次",
    Kind.MONTHS: "期限",
    Kind.DAYS: "期限",
    Kind.WORKDAYS: "期限",
    Kind.HOURS: "时数",
    Kind.AMOUNT: "金额",
    Kind.SHARE: "比例",
    Kind.AGE: "年龄",
    Kind.PEOPLE: "人数",
    Kind.TIMES: "次数",
}


class Bound(StrEnum):
    """What the words around a figure make of it."""

    NONE = "none"
    LEAST = "at_least"  # 不少于、以上
    MOST = "at_most"  # 不超过、以内


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure at [start, end) of a text, its value in the unit of its kind; `soft` where 一般 or 原则上 go before.

    `low` is the lower end of a range (三至七人), else None.
    """

    kind: Kind
    value: Fraction
    start: int
    end: int
    bound: Bound = Bound.NONE
    soft: bool = False
    low: Fraction | None = None


_N = rf"(?:{NUMERAL}|[0-9]+\.[0-9]+)"
_PER_YEAR: Mapping[str, Fraction] = {
    "年": Fraction(1), "半年": Fraction(2), "季度": Fraction(4), "季": Fraction(4), "月": Fraction(12),
    "周": Fraction(52), "星期": Fraction(52), "旬": Fraction(36), "日": Fraction(365), "天": Fraction(365),
}  # fmt: skip
_PERIOD = rf"(?P<every>半年|(?P<number>{_N})?个?(?P<unit>年|季度|季|月|周|星期|旬|日|天)度?)"
_FREQUENCY = re.compile(
    rf"(?:每|按)(?:间隔|隔)?{_PERIOD}(?:[^，。；、\n每次]{{0,18}}?(?P<count>{_N}|[0-9]+)(?:至|到|-|—)?(?:{_N})?次)?"
)
_MONTHS = re.compile(
    rf"(?<![0-9第每〇○])(?:(?P<half>半年)|(?P<years>(?<![0-9]){_N})年(?P<and>半)?(?![0-9一二三四五六七八九十]{{1,2}}月|度|底|初|代|级|第)|(?P<months>{_N})个月)"
)
_DAYS = re.compile(rf"(?<![0-9月第每]){_N}(?:个)?(?P<unit>工作日|日(?![常前后益程])|天|周(?!岁|年)|星期)")
_HOURS = re.compile(rf"(?<![0-9第每])(?P<number>{_N})个?(?P<unit>学时|课时|小时)")
_AMOUNT = re.compile(rf"(?P<number>{_N})(?P<unit>亿|万|千|百)?元")
_SHARE = re.compile(
    rf"百分之(?P<percent>{_N})|(?P<digits>[0-9.]+)[%％]|(?P<whole>{NUMERAL})分之(?P<part>{NUMERAL})|(?P<half>(?:超过|过)?半数|过半|一半)"
)
_AGE = re.compile(rf"(?P<number>{_N})周?岁")
_PEOPLE = re.compile(rf"(?<![第每])(?P<number>{_N})(?:名|人(?![民大事员])|位)")
_TIMES = re.compile(rf"(?<![第每首初])(?P<number>{_N})次(?!性|会|全会|代表|全国)")
_LEAST_BEFORE = re.compile(r"(?:不少于|不低于|不得少于|不得低于|至少|最少|少于|低于|满|超过|多于|高于)[^，。；]{0,4}\Z")
_MOST_BEFORE = re.compile(
    r"(?:不超过|不多于|不高于|不得超过|不得多于|不得高于|最多|至多|最长|不满|不足|未满)[^，。；]{0,4}\Z"
)
_LEAST_BEHIND = re.compile(r"(?:[^，。；\n]{0,2}?)(?:以上|及以上|以后)")
_MOST_BEHIND = re.compile(r"(?:[之以]?内|以下|及以下|以前|之前|前(?!款|条|项))")
_SOFT = re.compile(r"(?:一般|原则上|通常|可以|可)[^，。；]{0,10}\Z")
_RANGE = re.compile(rf"({NUMERAL})(?:至|到|—|-|－|～|~)\Z")
_RANGED = frozenset({Kind.PEOPLE, Kind.AGE, Kind.HOURS, Kind.TIMES, Kind.DAYS, Kind.WORKDAYS})
_NEAR = 12  # characters before a figure in which its bound stands


def measures(text: str) -> list[Measure]:
    """Return the figures of a text, in reading order, none inside another."""
    found: list[Measure] = []
    for kind, pattern, value in _READERS:
        for match in pattern.finditer(text):
            inside = any(one.start < match.end() and match.start() < one.end for one in found)
            amount = None if inside else value(match)
            if amount is not None:
                real = _DAY_KINDS.get(match["unit"], kind) if kind is Kind.DAYS else kind
                found.append(_bounded(text, real, amount, match))
    return sorted(found, key=lambda one: one.start)


def _bounded(text: str, kind: Kind, value: Fraction, match: re.Match[str]) -> Measure:
    before, behind = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + 6]
    inner = match[0] if kind is Kind.FREQUENCY else ""
    bound = Bound.NONE
    if kind is Kind.SHARE and "过" in match[0]:
        bound = Bound.LEAST
    elif _MOST_BEFORE.search(before) or _MOST_BEHIND.match(behind) or re.search("不超过|最多|至多|不得超过", inner):
        bound = Bound.MOST
    elif _LEAST_BEFORE.search(before) or _LEAST_BEHIND.match(behind) or re.search("不少于|至少|不得少于|最少", inner):
        bound = Bound.LEAST
    soft = bool(_SOFT.search(before)) or "一般" in inner
    ranged = _RANGE.search(before) if kind in _RANGED else None
    low = _number(ranged[1]) if ranged else None
    start = match.start() - len(ranged[0]) if ranged and low else match.start()
    return Measure(kind, value, start, match.end(), bound, soft, low)


def _number(words: str | None) -> Fraction | None:
    """Return a numeral's value, None for what is none."""
    if not words:
        return None
    try:
        return Fraction(words) if "." in words else Fraction(to_int(words))
    except ValueError:
        return None


def _frequency(match: re.Match[str]) -> Fraction | None:
    unit = "半年" if match["every"] == "半年" else match["unit"]
    number = Fraction(1) if unit == "半年" or not match["number"] else _number(match["number"])
    count = _number(match["count"]) if match["count"] else Fraction(1)
    return _PER_YEAR[unit] / number * count if number and count else None


def _months(match: re.Match[str]) -> Fraction | None:
    if match["half"]:
        return Fraction(6)
    if match["months"]:
        return _number(match["months"])
    years = _number(match["years"])
    if years is None or years > 100:  # 2019年 is a date
        return None
    return years * 12 + (6 if match["and"] else 0)


_DAY_KINDS = {"工作日": Kind.WORKDAYS}


def _days(match: re.Match[str]) -> Fraction | None:
    number = _number(re.sub(r"个?(?:工作日|日|天|周|星期)\Z", "", match[0]))
    return number and number * (7 if match["unit"] in ("周", "星期") else 1)


def _amount(match: re.Match[str]) -> Fraction | None:
    number = _number(match["number"])
    return number and number * {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100}.get(match["unit"] or "", 1)


def _share(match: re.Match[str]) -> Fraction | None:
    if match["half"]:
        return Fraction(1, 2)
    if match["whole"]:
        part, whole = _number(match["part"]), _number(match["whole"])
        return part / whole if part and whole else None
    number = _number(match["percent"] or match["digits"].strip("."))
    return number and number / 100


def _plain(match: re.Match[str]) -> Fraction | None:
    return _number(match["number"])


_READERS: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], Fraction | None]], ...] = (
    (Kind.FREQUENCY, _FREQUENCY, _frequency),
    (Kind.SHARE, _SHARE, _share),
    (Kind.AMOUNT, _AMOUNT, _amount),
    (Kind.AGE, _AGE, _plain),
    (Kind.HOURS, _HOURS, _plain),
    (Kind.MONTHS, _MONTHS, _months),
    (Kind.DAYS, _DAYS, _days),
    (Kind.PEOPLE, _PEOPLE, _plain),
    (Kind.TIMES, _TIMES, _plain),
)
