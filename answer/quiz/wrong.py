"""Wrong values of the same kind as a right one (干扰项).

They come first from other clauses of the same texts, in the same writing, then from a ladder of customary ones. None
stands in the clause asked about, however it is written, and none in a clause that says much the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.figures import figures
from answer.quiz.statements import Statement
from answer.quiz.values import DEGREE, NUMBER, NUMERIC, Value, ValueKind
from corpus.folding import fold
from corpus.numerals import to_chinese, to_int

_SAME_MATTER = 0.5  # share of the pairs of the shorter of two sentences that both have, from which they may clash
_LIMITS = {kind: math.log(5) for kind in NUMERIC} | {ValueKind.SANCTION: 2}  # how far apart values still look alike
_FREQUENCIES = ("每月", "每季度", "每半年", "每年", "每两年", "每周")
_EVERY = ("每周", "每月", "每季度", "每半年", "每年", "每两年", "每三年", "每五年")
_OVER = ("三分之一以上", "过半数", "三分之二以上", "四分之三以上", "五分之四以上")
_MAJORITIES = ("半数", "三分之一", "三分之二", "四分之三", "五分之四")
_PARTY = ("警告", "严重警告", "警告或者严重警告", "撤销党内职务", "撤销党内职务或者留党察看", "留党察看", "开除党籍")
_SEVERITIES = {
    "警告": 1,
    "严重警告": 2,
    "记过": 2,
    "记大过": 3,
    "降级": 4,
    "撤销党内职务": 3.5,
    "撤职": 5,
    "留党察看": 5,
    "开除": 6,
    "开除党籍": 6,
}
_OF_PARTY = "严重警告"  # a degree that officials are not punished with
_OFFICE = ("警告", "记过", "记过或者记大过", "记大过", "降级", "降级或者撤职", "撤职", "开除")
_LADDER = (2, 3, 5, 6, 7, 10, 12, 15, 20, 24, 30, 40, 45, 60, 90, 100, 120, 200, 300, 500, 800, 1000, 2000, 3000, 5000)
_LADDERS = {
    "年": (1, 2, 3, 5, 6, 8, 10),
    "个月": (1, 2, 3, 6, 9, 12, 18, 24),
    "日": (3, 5, 7, 10, 15, 20, 30, 45, 60, 90),
    "天": (3, 5, 7, 10, 15, 20, 30, 45, 60, 90),
    "周": (1, 2, 3, 4),
    "个工作日": (2, 3, 5, 7, 10, 15, 20, 30),
    "分钟": (1, 2, 3, 5, 10, 20, 30, 40, 45, 60, 90),
    "岁": (16, 18, 20, 25, 55, 60, 65, 70),
    "周岁": (14, 16, 18, 20, 25),
    "次": (2, 3, 4, 5, 6),
    "小时": (2, 4, 8, 12, 24, 36, 48, 72),
}
_PERCENTS = (5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 110, 120, 130, 150, 200)
_PARTY_BODY = re.compile(r"党委|党组|党组织|委员会|党工委")


@dataclass(frozen=True, slots=True)
class Sibling:
    """A value of a clause of the topic and the statement it stands in."""

    value: Value
    statement: Statement


def wrong_values(value: Value, statement: Statement, siblings: Sequence[Sibling]) -> Iterator[tuple[str, bool]]:
    """Yield wrong values for one of a statement, and whether another clause has it; no two mean the same."""
    known = {_meaning(value.words)}
    clause, stem = statement.clause.text, statement.words
    others = [one.value.words for one in siblings if _comparable(one, value, statement)]
    far = _LIMITS.get(value.kind, math.inf)
    near = sorted(dict.fromkeys(others), key=lambda words: _distance(words, value.words))
    for words, sibling in [*((one, True) for one in near), *((one, False) for one in _ladder(value, statement))]:
        if (sibling or value.kind is ValueKind.SANCTION) and _distance(words, value.words) > far:
            continue
        if _meaning(words) in known or _stands(words, value, clause) or _right_elsewhere(words, stem, siblings):
            continue
        if value.kind is ValueKind.ORGAN and any(_may_be_one(words, one) for one in known):
            continue
        known.add(_meaning(words))
        yield words, sibling


def _comparable(sibling: Sibling, value: Value, statement: Statement) -> bool:
    """Tell whether a value of another clause has the kind, unit and writing of a right one."""
    other = sibling.value
    same = (
        other.kind is value.kind and other.unit == value.unit and sibling.statement.clause.key != statement.clause.key
    )
    return same and other.words[:1].isdigit() == value.words[:1].isdigit()


def _stands(words: str, value: Value, clause: str) -> bool:
    """Tell whether a wrong value stands in a clause after all, or says the same as the right one."""
    if words == "过半数" and f"{value.words}的多数" in clause:
        return True
    if fold(words) in fold(clause) or figures(words) & figures(clause):
        return True
    if value.kind is ValueKind.ORGAN:
        return _may_be_one(words, value.words)
    if value.kind is ValueKind.SANCTION:
        degrees, right = set(DEGREE.findall(words)), set(DEGREE.findall(value.words))
        part = degrees <= right or right <= degrees
        return part or any(degree in clause.replace(value.words, "") for degree in degrees - right)
    if value.kind in (ValueKind.TERM, ValueKind.MEMBER):
        return words in value.words or value.words in words
    return value.kind is ValueKind.FREQUENCY and words[:2] in fold(clause)


def _right_elsewhere(words: str, stem: str, siblings: Sequence[Sibling]) -> bool:
    """Tell whether a statement much like the stem has the wrong value, so that it may be right after all."""
    having = {one.statement.words for one in siblings if one.value.words == words}
    return any(_likeness(stem, other) >= _SAME_MATTER for other in having)


def _likeness(one: str, other: str) -> float:
    pairs = [{text[place : place + 2] for place in range(len(text) - 1)} for text in (fold(one), fold(other))]
    return len(pairs[0] & pairs[1]) / max(1, min(map(len, pairs)))


def _may_be_one(one: str, other: str) -> bool:
    """Tell whether two organs may be one: 上级党委 and 上级党组织, 党委 and 县委, 中央纪委 and 中央纪律检查委员会."""
    one, other = one.replace("一级", "级"), other.replace("一级", "级")
    if one in other or other in one:
        return True
    level = {words[:2] for words in (one, other)}
    if len(level) == 1 and all(_PARTY_BODY.search(words) for words in (one, other)):
        return True
    general = ("党组织", "机关", "部门", "机构")
    return one.endswith(general) and other.endswith(general) and (one[-2:] == other[-2:] or len(level) == 1)


def _meaning(words: str) -> str:
    """Return what two spellings of one value have in common."""
    text = fold(words).replace("两", "二").replace("过半数", "半数").replace("二分之一", "半数").removesuffix("处分")
    found = figures(text)
    return str(sorted(found)) if found else text


def _ladder(value: Value, statement: Statement) -> tuple[str, ...]:
    """Return customary values of a kind, the nearest to the value first."""
    if value.kind is ValueKind.FREQUENCY:
        return _FREQUENCIES
    if value.kind is ValueKind.MAJORITY:
        ladder = _OVER if value.unit else _MAJORITIES
        return ladder if not value.words[0].isdigit() else ()
    if value.kind is ValueKind.SANCTION:
        return _sanctions(value.words, _PARTY if _OF_PARTY in statement.clause.edition.text else _OFFICE)
    return tuple(_numbers(value)) if value.kind not in (ValueKind.ORGAN, ValueKind.TERM, ValueKind.MEMBER) else ()


def _sanctions(words: str, ladder: Sequence[str]) -> tuple[str, ...]:
    bare = words.removesuffix("处分")
    place = ladder.index(bare) if bare in ladder else 0
    near = sorted(ladder, key=lambda one: abs(ladder.index(one) - place))
    return tuple(f"{one}处分" if bare != words else one for one in near if one != bare)


def _numbers(value: Value) -> Iterator[str]:
    written = re.search(NUMBER, value.words.removeprefix("百分之"))
    if written is None or "." in written[0]:
        return
    number, digits = to_int(written[0]), written[0].isdigit()
    if not number:
        return
    ladder = _PERCENTS if value.kind is ValueKind.RATIO else _LADDERS.get(value.unit, _LADDER)
    for one in sorted((one for one in ladder if one != number), key=lambda one: _apart(one, number))[:6]:
        yield value.words.replace(written[0], str(one) if digits else _chinese(one, value.unit), 1)


def _apart(one: float, other: float) -> float:
    return abs(math.log(one) - math.log(other))


def size(words: str) -> float:
    """Return the number in a value, 0 where there is none; of a fraction its quotient, of a frequency its place."""
    parts = [_number(one) for one in re.findall(NUMBER, words.removeprefix("百分之"))]
    if words in _EVERY:
        return float(_EVERY.index(words))
    if "半数" in words:
        return 0.5
    return parts[1] / max(parts[0], 1) if "分之" in words and len(parts) > 1 else next(iter(parts), 0.0)


def _severity(words: str) -> float:
    """Return how severe a sanction is, 0 for what is none; of several degrees the mean."""
    found = [_SEVERITIES[degree] for degree in DEGREE.findall(words)]
    return sum(found) / max(1, len(found))


def _number(words: str) -> float:
    return float(words) if words[0].isdigit() else float(to_int(words))


def _distance(words: str, value: str) -> float:
    """Return how far two values are apart: numbers by their ratio, words by their length."""
    degrees = _severity(words), _severity(value)
    if all(degrees):
        return abs(degrees[0] - degrees[1])
    sizes = size(words), size(value)
    return _apart(*sizes) if all(sizes) else abs(len(words) - len(value))


def _chinese(number: int, unit: str) -> str:
    return "两" if number == 2 and unit not in ("日", "岁", "周岁", "元") else to_chinese(number)
