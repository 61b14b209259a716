"""Figures and bounds of a sentence (数字与口径): what must not differ between a statement and its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.folding import fold
from corpus.numerals import NUMERAL, to_int

Figure = tuple[str, str]
"""A value and its unit, "" where none follows: ("3", "年"), ("每", "季")."""

_UNIT = (
    "年|月|日|天|周|星期|季|小时|分钟|学时|课时|届|次|人|名|位|个|元|万|亿|倍|条|款|项|目|章|件|份|岁|票|成|%|"
    "公里|平方米"
)
_FIGURE = re.compile(rf"({NUMERAL}|[0-9]+\.[0-9]+|半)\s*个?工?作?({_UNIT})?")
_SHARE = re.compile(rf"百分之({NUMERAL}|[0-9.]+)")
_EVERY = re.compile(r"每(?:一|1)?个?(半年|年|季|月|周|日|天|届|次|人)")
_SAME = {"天": "日", "名": "人", "位": "人", "星期": "周", "课时": "学时"}
_PROHIBITION = re.compile(r"不得|不准|不能|不可(?!抗)|不允许|不许|禁止|严禁|不应|不予|免予|不再|无需|不必|不需|可以?不")
_PERMISSION = re.compile(r"(?<!不)可以(?!不)|(?<!不)允许|有权|(?<![不可职功才])能够|(?<!不)准予")
_AT_LEAST = re.compile(r"不少于|不低于|不得少于|不得低于|至少|最少|以上|以后")
_AT_MOST = re.compile(r"不超过|不多于|不高于|不得超过|不得多于|不得高于|不能超过|至多|最多|以下|[以之]内|以前")
_BOUNDS = (_PROHIBITION, _PERMISSION, _AT_LEAST, _AT_MOST)
_ANY_DENIAL = re.compile(r"[不未无非免禁否]")


def figures(text: str) -> frozenset[Figure]:
    """Return the figures of a text, Chinese and Arabic ones alike; 一 inside words (统一、一般) is none."""
    return frozenset(_figures(fold(text)))


def _figures(text: str) -> Iterator[Figure]:
    for match in _EVERY.finditer(text):
        yield "每", _SAME.get(match[1], match[1])
    for match in _SHARE.finditer(text):
        yield _value(match[1]), "%"
    for match in _FIGURE.finditer(_SHARE.sub(" ", text)):
        unit = match[2] or ""
        alone = not unit and not match[1][0].isdigit() and len(match[1]) == 1
        if not alone and not (match[1] == "半" and not unit):
            yield _value(match[1]), _SAME.get(unit, unit)


def _value(words: str) -> str:
    try:
        return str(to_int(words))
    except ValueError:
        return words


def strange_figures(text: str, source: str) -> frozenset[Figure]:
    """Return the figures of a text that its source does not have; one without a unit may have any there."""
    known = figures(source)
    values = {value for value, _ in known}
    return frozenset(one for one in figures(text) if one not in known and (one[1] or one[0] not in values))


def same_bounds(text: str, source: str) -> bool:
    """Tell whether a text forbids, allows and bounds nothing that its source does not.

    No 可以 is made of 不得, no 不得 of 可以, no 至少 of 不超过, and a prohibition is not told without a denial.
    """
    if any(words.search(text) and not words.search(source) for words in _BOUNDS):
        return False
    return not _PROHIBITION.search(source) or _ANY_DENIAL.search(text) is not None
