"""How a counter is written: the number formats of Word and of CSS list styles (编号样式)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from corpus.numerals import to_chinese

_DIGITS = "〇一二三四五六七八九"
_PLAIN = "零一二三四五六七八九十百千"
_FORMAL = str.maketrans(_PLAIN, "零壹贰叁肆伍陆柒捌玖拾佰仟")
_FORMAL_TRADITIONAL = str.maketrans(_PLAIN, "零壹貳參肆伍陸柒捌玖拾佰仟")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX = 9_999  # counters beyond it, which no list reaches, are written in decimals


def format_number(number: int, style: str) -> str:
    """Return `number` as `style` writes it; an unknown style writes decimals, "none" and "bullet" nothing.

    Styles are named as Word names them (ECMA-376 part 1, 17.18.59). There chineseCounting and its kin write each
    digit from 100 on (一〇〇), chineseCountingThousand keeps the units (一百); a counter below 1 and one beyond the
    range of its style fall back to decimals.
    """
    if style in ("none", "bullet"):
        return ""
    write = _WRITERS.get(style)
    if write is None or not 0 < number <= _MAX:
        return str(number)
    return write(number)


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    return to_chinese(number) if number < 100 else _digits(number)


def _japanese(number: int) -> str:
    return to_chinese(number).replace("零", "").replace("一百", "百").replace("一千", "千").replace("一十", "十")


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


def _one_of(signs: str) -> Callable[[int], str]:
    """Return a writer that takes the sign at the counter's place, decimals behind the last one."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


_WRITERS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "chineseCounting": _counting,
        "taiwaneseCounting": lambda number: _counting(number).replace("〇", "○"),
        "chineseCountingThousand": to_chinese,
        "taiwaneseCountingThousand": to_chinese,
        "japaneseCounting": _japanese,
        "ideographDigital": _digits,
        "japaneseDigitalTenThousand": _digits,
        "taiwaneseDigital": lambda number: _digits(number).replace("〇", "○"),
        "chineseLegalSimplified": lambda number: to_chinese(number).translate(_FORMAL),
        "ideographLegalTraditional": lambda number: to_chinese(number).translate(_FORMAL_TRADITIONAL),
        "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
        "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "decimalZero": lambda number: f"{number:02}",
        "decimalFullWidth": _full_width,
        "decimalFullWidth2": _full_width,
        "decimalEnclosedCircle": _one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedCircleChinese": _one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedParen": _one_of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "decimalEnclosedFullstop": _one_of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "upperLetter": lambda number: _letters(number).upper(),
        "lowerLetter": _letters,
        "upperRoman": lambda number: _roman(number).upper(),
        "lowerRoman": _roman,
        "numberInDash": lambda number: f"- {number} -",
    }
)
