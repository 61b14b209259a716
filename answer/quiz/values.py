"""The values in a clause that an item may ask for, and the wrong ones of the same kind (频次、期限、数额、比例、机关).

A wrong value comes first from other clauses of the same texts, then from a ladder of customary ones with the same unit
and in the same writing. None of them stands in the clause asked about, however it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answer.figures import figures
from corpus.folding import fold
from corpus.numerals import to_chinese, to_int


class ValueKind(StrEnum):
    """Kinds of value; the native word stands beside each."""

    FREQUENCY = "frequency"  # 频次
    PERIOD = "period"  # 期限
    AMOUNT = "amount"  # 数额
    RATIO = "ratio"  # 比例
    MAJORITY = "majority"  # 多数
    ORGAN = "organ"  # 机关


@dataclass(frozen=True, slots=True)
class Value:
    """A value at [start, end) of the text it was found in; `unit` is what follows its number."""

    kind: ValueKind
    words: str
    start: int
    end: int
    unit: str = ""


_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[零一二两三四五六七八九十百千]+)"
_PERIOD_UNIT = r"个工作日|个月|日|天|年|小时|分钟|周|个?学时|个?课时"
_AMOUNT_UNIT = r"万元|元|人|名|届|票|平方米|件|岁|倍|份"
_ORGAN = (
    r"(?:[\u4e00-\u9fff（）]{1,14}?(?:委员会|党委|党组|组织部|宣传部|统战部|办公室|支部|支委会|党员大会|纪委|监委|"
    r"党组织|人民政府|党小组|领导小组|部门|机关|中央|总支部|书记办公会|常委会))"
)
_PATTERNS = (
    (
        ValueKind.FREQUENCY,
        re.compile(
            r"(?<!第)(?P<all>每(?:半年|两年|[三五3]年|年度|年|季度|月|周|届))(?!内|底|末|初|[0-9一二三四五六七八九十]+月)(?=[^，。；]{2})"
        ),
    ),
    (
        ValueKind.MAJORITY,
        re.compile(r"(?P<all>(?<!百)(?:[二三四五1-9])分之[一二三四1-9](?![0-9])|(?<!过)半数(?!以下)|过半数)"),
    ),
    (ValueKind.RATIO, re.compile(rf"(?P<all>百分之{_NUMBER}(?:点[零一二三四五六七八九]+)?|[0-9]+(?:\.[0-9]+)?[%％])")),
    (
        ValueKind.PERIOD,
        re.compile(
            rf"(?<![0-9一二三四五六七八九十百千零第年月.分至前每])(?P<all>(?P<number>{_NUMBER})(?P<unit>{_PERIOD_UNIT}))"
            r"(?![0-9一二三四五六七八九十]+[月日]|[0-9]|生|度|级|底|初|常|份|终|代|轻|至|均|间)"
        ),
    ),
    (
        ValueKind.AMOUNT,
        re.compile(
            rf"(?<![0-9一二三四五六七八九十百千万零第.分至每])(?P<all>(?P<number>{_NUMBER})(?P<unit>{_AMOUNT_UNIT}))"
            r"(?![0-9一二三四五六七八九十至民次]|单|义|员|数|类|类|事)"
        ),
    ),
    (
        ValueKind.ORGAN,
        re.compile(
            rf"(?<=[由经报])(?P<all>{_ORGAN})(?=批准|审批|备案|审核|审定|同意|负责|决定|讨论|研究|召集|组织|执行|作出|任命|统一|解释|审议|选举)"
        ),
    ),
)
_FREQUENCIES = ("每月", "每季度", "每半年", "每年", "每两年", "每周")
_MAJORITIES = ("三分之一", "二分之一", "三分之二", "四分之三", "五分之四")
_ORGANS = ("党中央", "中央纪律检查委员会", "上级党组织", "基层党委", "党支部党员大会", "党支部委员会", "上级组织部门")
_LADDER = (
    1,
    2,
    3,
    5,
    6,
    7,
    10,
    12,
    15,
    20,
    24,
    30,
    40,
    45,
    60,
    90,
    100,
    120,
    180,
    200,
    300,
    500,
    1000,
    2000,
    3000,
    5000,
)
_OF_PERIOD = {
    "年": (1, 2, 3, 5, 6, 8, 10),
    "个月": (1, 2, 3, 6, 9, 12),
    "日": (3, 5, 7, 10, 15, 20, 30, 45, 60, 90),
    "周": (1, 2, 3, 4),
    "个工作日": (1, 2, 3, 5, 7, 10, 15, 20, 30),
    "分钟": (20, 30, 40, 45, 60, 90),
}
_PERCENTS = (5, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90)
_LONG_ORGAN = 14
_LINKS = re.compile(r"[和及或与、请同]|以上|按照|规定|应当|有关|本级和")


def values(text: str) -> Iterator[Value]:
    """Yield the values of a text by kind; none overlaps a former one."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = match.span("all")
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            if kind is ValueKind.ORGAN and (_LINKS.search(match["all"]) or len(match["all"]) > _LONG_ORGAN):
                continue
            taken.append(span)
            yield Value(kind, match["all"], *span, match.groupdict().get("unit") or "")


def wrong_values(value: Value, others: Sequence[Value], clause: str, stem: str) -> Iterator[str]:
    """Yield wrong values for one of a clause, those of other clauses first, then those of the ladder.

    None is equal to another or to a value of the clause once numerals are folded.
    """
    siblings = [one.words for one in others if one.kind is value.kind and one.unit == value.unit]
    known = {_meaning(value.words)}
    for words in (*siblings, *_ladder(value)):
        if _meaning(words) not in known and not _stands(words, value, clause) and fold(words) not in fold(stem):
            known.add(_meaning(words))
            yield words


def _stands(words: str, value: Value, clause: str) -> bool:
    """Tell whether a wrong value stands in a clause after all, or says the same as the right one."""
    if fold(words) in fold(clause) or figures(words) & figures(clause):
        return True
    if value.kind is ValueKind.ORGAN:
        return words in value.words or value.words in words or _same_rank(words, value.words)
    return value.kind is ValueKind.FREQUENCY and words[:2] in fold(clause)


def _same_rank(one: str, other: str) -> bool:
    """Tell whether two organs may be one: 上级党委 and 上级党组织, 党组 and 党委（党组）."""
    if len({one, other} & {"中央纪委", "中央纪律检查委员会"}) == 2:
        return True
    party = ("党委", "党组织", "党组", "组织", "委员会")
    return one[:2] == other[:2] and one.endswith(party) and other.endswith(party)


def _meaning(words: str) -> str:
    """Return what two spellings of one value have in common."""
    text = fold(words).replace("两", "二").replace("过半数", "半数").replace("二分之一", "半数")
    found = figures(text)
    return str(sorted(found)) if found else text


def _ladder(value: Value) -> tuple[str, ...]:
    """Return customary values of a kind, the nearest to the value first."""
    if value.kind is ValueKind.FREQUENCY:
        return _FREQUENCIES
    if value.kind is ValueKind.MAJORITY:
        return _MAJORITIES
    if value.kind is ValueKind.ORGAN:
        return _ORGANS
    return tuple(_numbers(value))


def _numbers(value: Value) -> Iterator[str]:
    written = re.search(rf"(?<=百分之){_NUMBER}|^{_NUMBER}(?!分之)", value.words)
    if written is None or "." in written[0] or "点" in value.words:
        return
    number = to_int(written[0])
    ladder = _PERCENTS if value.kind is ValueKind.RATIO else _OF_PERIOD.get(value.unit.replace("天", "日"), _LADDER)
    near = sorted((one for one in ladder if one != number), key=lambda one: abs(_log(one) - _log(number)))
    digits = written[0].isdigit()
    for one in near[:6]:
        words = str(one) if digits else _chinese(one, value.unit)
        yield value.words[: written.start()] + words + value.words[written.end() :]


def _log(number: int) -> int:
    return number.bit_length() * 1000 + number


def _chinese(number: int, unit: str) -> str:
    return (
        "两" if number == 2 and unit in ("年", "个月", "周", "天", "个工作日", "名", "人", "倍") else to_chinese(number)
    )
