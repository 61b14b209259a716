"""Figures and bounds of a sentence (数字与口径): what must not differ between a statement and its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.folding import fold
from corpus.numerals import NUMERAL, to_int

Figure = tuple[str, str]
"""A value and its unit, "" where none follows: ("3", "年"), ("每", "季")."""

_UNIT = (
    "年|月|日|天|周|星期|季|小时|分钟|学时|课时|届|次|人|名|位|元|万|亿|倍|条|款|项|目|章|件|份|岁|票|成|%|公里|平方米"
)
_FIGURE = re.compile(rf"([0-9]+\.[0-9]+|{NUMERAL}|半)(?:个?(?:工作)?({_UNIT})|(个))?")
_SHARE = re.compile(rf"百分之({NUMERAL}|[0-9.]+)")
_FRACTION = re.compile(rf"({NUMERAL})分之({NUMERAL})")
_EVERY = re.compile(r"每(?:一|1)?个?(半年|年|季|月|周|日|天|届|次|人)")
_SAME = {"天": "日", "名": "人", "位": "人", "星期": "周", "课时": "学时"}
_PROHIBITION = re.compile(r"不得|不准|不能|不可(?!抗)|不允许|不许|禁止|严禁|不应|不予|免予|不再|无需|不必|不需|可以?不")
_PERMISSION = re.compile(r"(?<!不)可以(?!不)|(?<!不)允许|有权|(?<![不可职功才])能够|(?<!不)准予")
_DUTY = re.compile(r"(?<!不)应当|(?<!不)必须")
_LONGEST_MODE = 4  # characters of the longest of these words
_BEHIND = (6, 4, 2)  # characters behind such a word that say what is forbidden, allowed or due; the most that are found
_AT_LEAST = re.compile(r"不少于|不低于|不得少于|不得低于|至少|最少|以上|以后")
_AT_MOST = re.compile(r"不超过|不多于|不高于|不得超过|不得多于|不得高于|不能超过|至多|最多|以下|[以之]内|以前")
_OPPOSED = ((_PROHIBITION, _PERMISSION, _DUTY), (_AT_LEAST, _AT_MOST))
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
    text = _SHARE.sub(" ", text)
    for match in _FRACTION.finditer(text):
        yield f"{_value(match[2])}/{_value(match[1])}", ""
    for match in _FIGURE.finditer(_FRACTION.sub(" ", text)):
        unit = match[2] or match[3] or ""
        if not _is_in_a_word(match[1], unit):
            yield _value(match[1]), _SAME.get(unit, unit)


def _is_in_a_word(number: str, unit: str) -> bool:
    """Tell whether a numeral counts nothing: 一 of 统一, 三 of 三会一课, 一个."""
    single = len(number) == 1 and not number.isdigit()
    return single and (not unit or (number, unit) == ("一", "个"))


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
    """Tell whether a text forbids, allows, demands and bounds nothing that its source does not.

    No 可以 is made of 不得, no 应当 of 可以, no 至少 of 不超过, and a prohibition is not told without a denial.
    """
    text, source = fold(text), fold(source)
    if any(words.search(text) and not words.search(source) for words in _BOUNDS):
        return False
    if _PROHIBITION.search(source) and not _ANY_DENIAL.search(text):
        return False
    return not opposite_bounds(text, source)


def opposite_bounds(text: str, source: str) -> bool:
    """Tell whether a text puts 不得, 可以, 至少, 不超过 before what another of them stands before in its source."""
    text, source = fold(text), fold(source)
    return any(
        not _stands(mode, modes, text[match.end() :], source)
        for modes in _OPPOSED
        for mode in modes
        for match in mode.finditer(text)
    )


def _stands(mode: re.Pattern[str], modes: Sequence[re.Pattern[str]], behind: str, source: str) -> bool:
    """Tell whether what a text puts behind 不得, 可以 or 应当 does not stand behind another of them in the source."""
    places = next((found for size in _BEHIND if (found := list(_occurrences(behind[:size], source)))), [])
    befores = [source[max(0, place - _LONGEST_MODE) : place] for place in places]
    found_modes = [next((one for one in modes if _ends(one, before)), mode) for before in befores]
    return not found_modes or mode in found_modes


def _occurrences(words: str, text: str) -> Iterator[int]:
    place = text.find(words) if words else -1
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _ends(mode: re.Pattern[str], words: str) -> bool:
    return any(match.end() == len(words) for match in mode.finditer(words))
