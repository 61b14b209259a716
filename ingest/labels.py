"""The number a line begins with (序号): 第三条, 第二章, 一、, （一）, 1., （1）, ①, 一是.

A label is read from the line alone; whether it counts is decided by order, in `ingest.sequence` and `ingest.lists`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from corpus.numerals import to_int


class Style(IntEnum):
    """Numbering styles from the widest to the narrowest; the order is the customary order of nesting."""

    PART = 0  # 第一编, 第一部分
    SUBPART = 1  # 第一分编
    CHAPTER = 2  # 第一章
    SECTION = 3  # 第一节
    ARTICLE = 4  # 第一条
    COMMA = 5  # 一、 and the bare 二
    PAREN = 6  # （一）
    ARABIC = 7  # 1.
    PAREN_ARABIC = 8  # （1） 1）
    CIRCLED = 9  # ①
    SHI = 10  # 一是


DIVISION_STYLES = frozenset({Style.PART, Style.SUBPART, Style.CHAPTER, Style.SECTION})
LIST_STYLES = frozenset({Style.COMMA, Style.PAREN, Style.ARABIC, Style.PAREN_ARABIC, Style.CIRCLED, Style.SHI})


@dataclass(frozen=True, slots=True)
class Label:
    """One number as written: `text` without the white space behind it, `end` the offset where the words begin."""

    style: Style
    number: int
    branch: int
    text: str
    end: int
    bare: bool = False  # a numeral without any mark, as the 二 of 二 加强基层组织建设


_CN = "〇零一二三四五六七八九十百千万两"
_NUM = rf"[{_CN}\d０-９](?:[ \u3000]?[{_CN}\d０-９]){{0,11}}"  # 第 十 五 条 is set with spaces in some texts
_UNITS = {
    "编": Style.PART,
    "部分": Style.PART,
    "分编": Style.SUBPART,
    "章": Style.CHAPTER,
    "节": Style.SECTION,
    "条": Style.ARTICLE,
}

_ORDINAL = re.compile(
    rf"第[ \u3000]?({_NUM})[ \u3000]?(条|分编|编|章|节|部分)(?:之([一二三四五六七八九十]+))?[ \u3000]*"
)
_PAREN = re.compile(
    rf"""
    [（(][ \u3000]? (?: ([{_CN}]{{1,5}}) | ([\d０-９]{{1,3}}) ) [ \u3000]?[)）]
    (?! [、至到和及与或]+[（(] | 至 | 项)  # （一）至（三）项所列…… speaks of items
    [、，.．]? [ \u3000]*
    """,
    re.VERBOSE,
)
_ARABIC = re.compile(r"([\d０-９]{1,3})(?:[.．、](?![\d０-９])|([)）])|([ \u3000]+)(?=[\u4e00-\u9fff]))[ \u3000]*")
_COMMA = re.compile(
    rf"""
    ([{_CN}]{{1,4}})
    (?: [、．.] (?! [一二三四五六七八九十]+ [级类等档季线])  # 一、 but not 一、二级公务员
      | (是) (?! 否)                                      # 一是
      | (?<= [一二三四五六七八九十]) ([ \u3000]+) (?= \S)   # the bare 二
    ) [ \u3000]*
    """,
    re.VERBOSE,
)
_SINGLE = {  # numbers that are one character: the first of a run, its length, its style
    "①": (20, Style.CIRCLED),
    "㈠": (10, Style.PAREN),
    "⑴": (20, Style.PAREN_ARABIC),
    "⒈": (20, Style.ARABIC),
}
_CHARACTERS = {
    chr(ord(first) + step): (step + 1, style) for first, (length, style) in _SINGLE.items() for step in range(length)
}
_TRAILING = " \u3000"
_FIRST = frozenset("第（(" + _CN + "0123456789０１２３４５６７８９").union(_CHARACTERS)


@lru_cache(maxsize=4096)
def _value(numeral: str) -> int:
    """Return the numeral's value, 0 where it is none (such as 十百)."""
    try:
        return to_int(numeral.replace(" ", "").replace("\u3000", ""))
    except ValueError:
        return 0


def read_label(line: str) -> Label | None:
    """Return the label that `line` begins with, or None."""
    first = line[:1]
    if first not in _FIRST or not first:
        return None
    if first == "第":
        return _ordinal(line)
    if first in "（(":
        return _paren(line)
    if first in _CHARACTERS:
        number, style = _CHARACTERS[first]
        return Label(style, number, 0, first, len(line) - len(line[1:].lstrip(_TRAILING)))
    return _arabic(line) if first.isdigit() and first not in _CN else _comma(line)


def _ordinal(line: str) -> Label | None:
    match = _ORDINAL.match(line)
    if match is None:
        return None
    number, branch = _value(match[1]), _value(match[3]) if match[3] else 0
    return _label(_UNITS[match[2]], number, match, branch=branch)


def _paren(line: str) -> Label | None:
    match = _PAREN.match(line)
    if match is None:
        return None
    style = Style.PAREN if match[1] else Style.PAREN_ARABIC
    return _label(style, _value(match[1] or match[2]), match)


def _arabic(line: str) -> Label | None:
    match = _ARABIC.match(line)
    if match is None:
        return None
    style = Style.PAREN_ARABIC if match[2] else Style.ARABIC
    return _label(style, _value(match[1]), match, bare=match[3] is not None)


def _comma(line: str) -> Label | None:
    match = _COMMA.match(line)
    if match is None:
        return None
    style = Style.SHI if match[2] else Style.COMMA
    return _label(style, _value(match[1]), match, bare=match[3] is not None)


def _label(style: Style, number: int, match: re.Match[str], *, branch: int = 0, bare: bool = False) -> Label | None:
    if number <= 0:
        return None
    return Label(style, number, branch, match[0].rstrip(_TRAILING), match.end(), bare)
