"""The numbers a browser puts before the items of an ordered list (网页自动编号)."""

from __future__ import annotations

from types import MappingProxyType

from lxml import etree

from ingest.readers.html_style import styles
from ingest.readers.number_formats import format_number

# list style -> (number format, what follows the number)
_STYLES = MappingProxyType(
    {
        "1": ("decimal", ". "),
        "decimal": ("decimal", ". "),
        "decimal-leading-zero": ("decimalZero", ". "),
        "a": ("lowerLetter", ". "),
        "lower-alpha": ("lowerLetter", ". "),
        "lower-latin": ("lowerLetter", ". "),
        "A": ("upperLetter", ". "),
        "upper-alpha": ("upperLetter", ". "),
        "upper-latin": ("upperLetter", ". "),
        "i": ("lowerRoman", ". "),
        "lower-roman": ("lowerRoman", ". "),
        "I": ("upperRoman", ". "),
        "upper-roman": ("upperRoman", ". "),
        "cjk-ideographic": ("chineseCountingThousand", "、"),
        "simp-chinese-informal": ("chineseCountingThousand", "、"),
        "trad-chinese-informal": ("chineseCountingThousand", "、"),
        "japanese-informal": ("chineseCountingThousand", "、"),
        "simp-chinese-formal": ("chineseLegalSimplified", "、"),
        "trad-chinese-formal": ("ideographLegalTraditional", "、"),
        "cjk-decimal": ("ideographDigital", "、"),
        "cjk-heavenly-stem": ("ideographTraditional", "、"),
    }
)
_MARKS = frozenset({"none", "disc", "circle", "square"})


class Counter:
    """The running number of one <ol>: start, reversed and value are obeyed."""

    def __init__(self, element: etree._Element) -> None:
        self._step = -1 if element.get("reversed") is not None else 1
        items = sum(1 for child in element if child.tag == "li")
        self._next = _integer(element.get("start"), items if self._step < 0 else 1)
        self.style = _style(element) or "decimal"

    def count(self, item: etree._Element) -> int:
        """Return the number of the next item."""
        number = _integer(item.get("value"), self._next)
        self._next = number + self._step
        return number


def marker(counter: Counter, item: etree._Element) -> str:
    """Return the number before a list item with what follows it, "" where the list shows none."""
    number = counter.count(item)
    style = _style(item) or counter.style
    if style in _MARKS:
        return ""
    written, after = _STYLES.get(style, _STYLES["decimal"])
    return format_number(number, written) + after


def _style(element: etree._Element) -> str:
    declared = styles(element)
    named = declared.get("list-style-type") or declared.get("list-style", "")
    known = next((name for name in (*_MARKS, *_STYLES) if len(name) > 1 and named.startswith(name)), "")
    return known or element.get("type", "")


def _integer(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default
