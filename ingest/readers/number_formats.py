"""How a counter is written: the number formats of Word and of CSS list styles (编号样式)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

_DIGITS = "〇一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_FORMAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def format_number(number: int, style: str) -> str:
    """Return `number` as `style` writes it; an unknown style writes decimals, "none" and "bullet" nothing.

    Styles are named as Word names them (ECMA-376 part 1, 17.18.59). There chineseCounting and its kin write each
    digit from 100 on (一〇〇), chineseCountingThousand keeps the units (一百); a counter below 1 and one beyond the
    range of its style fall back to decimals.
    """
    if style in ("none", "bullet"):
        return ""
    write = _WRITERS.get(style)
    if write is None or not 0 < number < 10_000:
        return str(number)
    return write(number)


def _thousand(number: int) -> str:
    """Return 一百零一, 一千零一十: the full spelling with units."""
    out, rest, gap = "", number, False
    for value, unit in _UNITS:
        digit, rest = divmod(rest, value)
        if digit:
            out += ("零" if gap else "") + _DIGITS[digit] + unit
        gap = bool(out) and not digit
    if rest:
        out += ("零" if gap else "") + _DIGITS[rest]
    return out.removeprefix("一") if 10 <= number < 20 else out


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    return _thousand(number) if number < 100 else _digits(number)


def _taiwanese(number: int) -> str:
    return _counting(number).replace("〇", "○")


def _japanese(number: int) -> str:
    return _thousand(number).replace("零", "").replace("一百", "百").replace("一千", "千")


def _letters(number: int) -> str:
    """Return a, b … z, aa, bb …: Word repeats the letter."""
    turns, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        turns, number = divmod(number, value)
        out += letters * turns
    return out


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _enclosed(first: int, last: int) -> dict[int, str]:
    """Return the table 1 -> first code point … up to `last` signs."""
    return {number: chr(first + number - 1) for number in range(1, last + 1)}


def _circled(number: int) -> str:
    return _enclosed(0x2460, 20).get(number, str(number))


def _parenthesised(number: int) -> str:
    return _enclosed(0x2474, 20).get(number, str(number))


def _full_stop(number: int) -> str:
    return _enclosed(0x2488, 20).get(number, str(number))


def _circled_ideograph(number: int) -> str:
    return _enclosed(0x3280, 10).get(number, str(number))


def _stem(number: int) -> str:
    return _STEMS[number - 1] if number <= len(_STEMS) else str(number)


def _branch(number: int) -> str:
    return _BRANCHES[number - 1] if number <= len(_BRANCHES) else str(number)


_WRITERS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "chineseCounting": _counting,
        "taiwaneseCounting": _taiwanese,
        "chineseCountingThousand": _thousand,
        "taiwaneseCountingThousand": _thousand,
        "japaneseCounting": _japanese,
        "ideographDigital": _digits,
        "japaneseDigitalTenThousand": _digits,
        "taiwaneseDigital": lambda number: _digits(number).replace("〇", "○"),
        "chineseLegalSimplified": lambda number: _thousand(number).translate(_FORMAL),
        "ideographLegalTraditional": lambda number: _thousand(number).translate(_FORMAL_TRADITIONAL),
        "ideographTraditional": _stem,
        "ideographZodiac": _branch,
        "decimalZero": lambda number: f"{number:02}",
        "decimalFullWidth": _full_width,
        "decimalFullWidth2": _full_width,
        "decimalEnclosedCircle": _circled,
        "decimalEnclosedCircleChinese": _circled,
        "decimalEnclosedParen": _parenthesised,
        "decimalEnclosedFullstop": _full_stop,
        "ideographEnclosedCircle": _circled_ideograph,
        "upperLetter": lambda number: _letters(number).upper(),
        "lowerLetter": _letters,
        "upperRoman": lambda number: _roman(number).upper(),
        "lowerRoman": _roman,
        "numberInDash": lambda number: f"- {number} -",
    }
)
