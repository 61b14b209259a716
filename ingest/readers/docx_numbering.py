"""Word's automatic numbering: which number a paragraph shows (自动编号, ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.readers.docx_package import VAL, child_value, w
from ingest.readers.number_formats import format_number

_PLACE = re.compile(r"%([1-9])")
_SUFFIXES = {"nothing": "", "space": " ", "tab": " "}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `text` holds %1 … %9 for the counters of the levels."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = " "
    restart: int | None = None  # starts anew after a level up to this one (1–9); 0 never; None after any higher one
    legal: bool = False  # all counters in decimals
    owner: str = ""  # the paragraph style tied to this level


@dataclass(slots=True)
class Numbering:
    """A w:num: its levels with overrides, and the counters it shares with other w:num of the same abstract list."""

    levels: dict[int, Level]
    counters: dict[int, int]
    overridden: frozenset[int]
    used: bool = field(default=False)


class NumberingTable:
    """The numbering part of a document; `label` must be called once per numbered paragraph, in document order."""

    def __init__(self, root: etree._Element | None, numbering_of: Callable[[str], str | None]) -> None:
        """Read the lists; `numbering_of` gives the w:numId that a numbering style stands for."""
        nums = list(root.iter(w("num"))) if root is not None else []
        abstracts = list(root.iter(w("abstractNum"))) if root is not None else []
        self._abstract_of = {num.get(w("numId"), ""): child_value(num, "abstractNumId") or "" for num in nums}
        self._abstracts = {element.get(w("abstractNumId"), ""): element for element in abstracts}
        self._numbering_of = numbering_of
        self._counters: dict[str, dict[int, int]] = {}
        self._nums = {num.get(w("numId"), ""): self._read(num) for num in nums}

    def level_of(self, number: str, style: str) -> int | None:
        """Return the level that list `number` ties to a paragraph style."""
        numbering = self._nums.get(number)
        if numbering is None or not style:
            return None
        return next((at for at, level in numbering.levels.items() if level.owner == style), None)

    def label(self, number: str, indent: int) -> str:
        """Count one paragraph of list `number` at level `indent` (0–8); return its label and the space behind it.

        It is "" where Word shows none or a bullet: an unknown list, an empty level text.
        """
        numbering = self._nums.get(number)
        level = numbering.levels.get(indent) if numbering is not None else None
        if numbering is None or level is None:
            return ""
        self._count(numbering, indent, level)
        shown = self._shown(numbering, level)
        return shown + level.suffix if shown else ""

    @staticmethod
    def _count(numbering: Numbering, indent: int, level: Level) -> None:
        counters = numbering.counters
        if not numbering.used:
            numbering.used = True
            for at in numbering.overridden:
                counters.pop(at, None)
        counters[indent] = counters.get(indent, level.start - 1) + 1
        for deeper in [at for at in counters if at > indent]:
            restart = numbering.levels.get(deeper, Level()).restart
            if restart is None or indent < restart:
                del counters[deeper]

    @staticmethod
    def _shown(numbering: Numbering, level: Level) -> str:
        if level.style == "bullet":
            return ""

        def counter(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = numbering.levels.get(at, Level())
            style = "decimal" if level.legal and other.style != "none" else other.style
            return format_number(numbering.counters.get(at, other.start), style)

        return _PLACE.sub(counter, level.text)

    def _read(self, num: etree._Element) -> Numbering:
        abstract = self._final_abstract(child_value(num, "abstractNumId") or "")
        element = self._abstracts.get(abstract)
        levels = _levels(element) if element is not None else {}
        overridden = set()
        for override in num.iter(w("lvlOverride")):
            at = _number(override.get(w("ilvl")), 0)
            levels |= _levels(override)
            start = child_value(override, "startOverride")
            if start is not None:
                levels[at] = replace(levels.get(at, Level()), start=_number(start, 1))
                overridden.add(at)
        return Numbering(levels, self._counters.setdefault(abstract, {}), frozenset(overridden))

    def _final_abstract(self, identifier: str) -> str:
        """Follow numStyleLink to the abstract list that holds the levels."""
        for _ in range(len(self._abstracts)):
            style = child_value(self._abstracts.get(identifier), "numStyleLink")
            linked = self._abstract_of.get(self._numbering_of(style) or "") if style else None
            if linked is None or linked == identifier:
                break
            identifier = linked
        return identifier


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {_number(element.get(w("ilvl")), 0): _level(element) for element in parent.findall(w("lvl"))}


def _level(element: etree._Element) -> Level:
    restart = child_value(element, "lvlRestart")
    shown = child_value(element, "lvlText") or ""
    vanish = element.find(f"{w('rPr')}/{w('vanish')}")
    return Level(
        start=_number(child_value(element, "start"), 0),
        style=_style(element),
        text="" if vanish is not None and vanish.get(VAL, "") not in ("0", "false") else shown,
        suffix=_SUFFIXES.get(child_value(element, "suff") or "tab", " "),
        restart=None if restart is None else _number(restart, 0),
        legal=(child_value(element, "isLgl") or "1") not in ("0", "false") and element.find(w("isLgl")) is not None,
        owner=child_value(element, "pStyle") or "",
    )


def _style(element: etree._Element) -> str:
    """Return the number format; it may lie inside mc:AlternateContent, the fallback standing last."""
    formats = [found.get(VAL, "decimal") for found in element.iter(w("numFmt"))]
    return formats[-1] if formats else "decimal"


def _number(value: str | None, default: int) -> int:
    try:
        return int(value or "")
    except ValueError:
        return default
