"""Items of an examination (试题): how a stem and its options become statements that a clause may make.

A blank is `align.BLANK`. Words that only name the source (《…》规定，) or the answer's place at the end are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from answer.align import BLANK


class ItemKind(StrEnum):
    """The kinds of items, named as in the files."""

    SINGLE = "single"  # 单选
    MULTI = "multi"  # 多选
    JUDGE = "judge"  # 判断
    FILL = "fill"  # 填空
    SHORT = "short"  # 简答; no exam answers these


KIND_WORDS = {
    ItemKind.SINGLE: "单选题",
    ItemKind.MULTI: "多选题",
    ItemKind.JUDGE: "判断题",
    ItemKind.FILL: "填空题",
    ItemKind.SHORT: "简答题",
}
TRUE, FALSE = "正确", "错误"  # keys of statements to be judged


@dataclass(frozen=True, slots=True)
class Item:
    """An item without its key: `options` are pairs of letter and words, empty for JUDGE and FILL.

    `hint` names the editions that it was written from, by year: 党章=2017；准则=2016, 2018版, or nothing.
    """

    id: str
    kind: ItemKind
    stem: str
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


_BLANK = re.compile(r"[（(][\s√×]*[）)]|[_＿]{2,}")
_ANSWER_PLACE = re.compile(r"(?<=[。？！!?])\s*_\s*\Z")
_FRAME = re.compile(
    r"\A(?:根据|按照|依据)?(?:《[^》]{2,40}》|(?:[一二三四五六七八九十]{1,3}大)?党章|[《]?条例》?|准则)(?:（[^）]{1,6}）)?中?"
    r"(?:(?:明确|规定|指出|要求|强调|提出)+了?|(?=[，,：:]))[，,：:“\s]*"
)
_INVERTED = re.compile(r"(?:不属于|不包括|不包含|不正确|不符合|错误|有误)(?=[^，,。；;]{0,24}[。？?！!\s]*\Z)")
_ASKED = re.compile(r"(?<=[。，,；;])\s*[这此该]一?种?(?:说法|表述|观点)是?否?(?:正确|对)?[的吗]*\W*\Z")  # 这一说法（）
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千两半每]")
_HOW_MANY = re.compile(r"(?<![十百])几(?=[个次年月日天人名元分小周类种项条倍岁])|多少|多长时间|多久")
_MOST_BLANKS = 8  # of one stem that an option is tried in
_PARTS = re.compile(r"[；;、，,/\s]+")


def reading(item: Item) -> tuple[str, bool]:
    """Return the stem as a statement with blanks, and whether the options wanted are those it does not hold for."""
    stem = _BLANK.sub("" if item.kind is ItemKind.JUDGE else BLANK, item.stem.replace("_", "__")).strip()
    stem = _ASKED.sub("", stem) if item.kind is ItemKind.JUDGE else stem
    stem = _FRAME.sub("", stem if item.kind is ItemKind.FILL else _ANSWER_PLACE.sub("", stem))
    if BLANK not in stem and item.options and all(_FIGURE.match(words) for _, words in item.options):
        stem = _HOW_MANY.sub(BLANK, stem, count=1)  # 至少安排几次党课？ asks as a blank does
    negation = _INVERTED.search(stem) if item.options else None
    return (stem[: negation.start()] + stem[negation.end() :], True) if negation else (stem, False)


def filled(stem: str, option: str, *, several: bool) -> Iterator[str]:
    """Yield the statements that an option makes of a stem; `several` says that others may stand beside it."""
    option = option.replace(BLANK, " ")
    blanks = stem.count(BLANK)
    parts = [part for part in _PARTS.split(option) if part]
    beside = f"{BLANK}{option}{BLANK}" if several else option
    if blanks > 1 and len(parts) == blanks:
        yield _each_filled(stem, parts)
    elif blanks > 1:
        places = islice((match.start() for match in re.finditer(BLANK, stem)), _MOST_BLANKS)
        yield from (f"{stem[:place]}{option}{stem[place + 1 :]}" for place in places)
    elif blanks:
        yield _joined(stem, beside)
    else:
        yield f"{stem}{BLANK}{option}"
    if blanks < 2 and (not blanks or re.search(rf"{BLANK}\W*\Z", stem)):
        yield f"{option}{BLANK}{stem.replace(BLANK, '')}"


def _joined(stem: str, option: str) -> str:
    """Return a stem with an option at its blank, the word for the unit that both have written once: （ ）次, 1次."""
    before, _, behind = stem.partition(BLANK)
    if not _FIGURE.match(option):
        return stem.replace(BLANK, option)
    most = min(len(option) - 1, len(behind))
    twice = next((size for size in range(most, 0, -1) if option.endswith(behind[:size])), 0)
    return (before.removesuffix("每") if option[0] == "每" else before) + option + behind[twice:]


def _each_filled(stem: str, parts: list[str]) -> str:
    for part in parts:
        stem = stem.replace(BLANK, part, 1)
    return stem
