"""Chinese numerals both ways (中文数字), as regulations count: 第一百二十条, 二〇二三年, 第７条."""

from __future__ import annotations

import re

# Regex fragment; bounded and possessive, so that searches stay linear.
NUMERAL = "(?:[〇零○一二两三四五六七八九十百千万亿]{1,24}+|[0-9０-９]{1,9}+)"

LARGEST = 10**12 - 1
_DIGITS = "零一二三四五六七八九"
_VALUES = {char: value for value, char in enumerate(_DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_NO_UNITS = re.compile(r"[〇零○一二三四五六七八九]+")
_ASCII = re.compile(r"[0-9０-９]+")
_BELOW_TEN_THOUSAND = re.compile(
    r"""
    (?: (?P<thousands>[一二两三四五六七八九]) 千 )?
    (?: [零〇○]? (?P<hundreds>[一二两三四五六七八九]) 百 )?
    (?: [零〇○]? (?P<tens>[一二三四五六七八九])? (?P<ten>十) )?
    (?P<zero>[零〇○])?
    (?P<ones>[一二两三四五六七八九])?
    """,
    re.VERBOSE,
)


def to_int(text: str) -> int:
    """Return the number that a Chinese, full-width or ASCII numeral names.

    Positional forms (一百〇三, 两千) and bare digit strings (二〇二三) are read; 一百二, which could be 102 or 120, is
    not. Raises ValueError for anything else.
    """
    if _ASCII.fullmatch(text):
        return int(text)
    if _NO_UNITS.fullmatch(text):
        return int("".join(str(_VALUES[char]) for char in text))
    total, rest = 0, text
    for unit, value in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = rest.partition(unit)
        if found:
            total, rest = total + _group(head, text) * value, tail
    return total + _group(rest, text) if rest or not total else total


def _group(digits: str, whole: str) -> int:
    """Return the value of a numeral below 10 000; `whole` is named in the error."""
    match = _BELOW_TEN_THOUSAND.fullmatch(digits)
    if not match or not digits.strip("零〇○") or _is_elliptic(match):
        raise ValueError(f"不是数字：{whole}")
    ones = match["ones"]
    return (
        1000 * _VALUES.get(match["thousands"] or "零", 0)
        + 100 * _VALUES.get(match["hundreds"] or "零", 0)
        + 10 * (_VALUES[match["tens"] or "一"] if match["ten"] else 0)
        + (_VALUES[ones] if ones else 0)
    )


def _is_elliptic(match: re.Match[str]) -> bool:
    """Say whether a digit stands right behind 百 or 千 (一百二), or a 零 ends the numeral."""
    if match["zero"]:
        return not match["ones"]
    return bool(match["ones"] and not match["ten"] and (match["hundreds"] or match["thousands"]))


def to_chinese(number: int) -> str:
    """Return the numeral as regulations print it: 十一, 一百零三, 一千零一十, 一万.

    Raises ValueError below 0 and above 999 999 999 999.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"数字超出范围：{number}")
    if number == 0:
        return "零"
    words = ""
    for unit, value in (("亿", 10**8), ("万", 10**4), ("", 1)):
        group, number = divmod(number, value)
        if group:
            words += ("零" if words and group < 1000 else "") + _group_words(group) + unit
    return words.removeprefix("一") if words.startswith("一十") else words


def _group_words(group: int) -> str:
    """Return the words of 1 to 9999, 一十 written out."""
    words = ""
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, group = divmod(group, value)
        if digit:
            words += _DIGITS[digit] + unit
        elif words and group and not words.endswith("零"):
            words += "零"
    return words
