"""Whether a human reader of a page sees an element, judged by its own attributes (网页隐藏文字)."""

from __future__ import annotations

import re
from types import MappingProxyType

from lxml import etree

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
_WHITE = re.compile(r"(?:white|#f{3}|#(?:f[a-f\d]){3}|rgba?\(25\d,25\d,25\d(?:,[^)]*)?\))(?:!important)?")
_TRANSPARENT = re.compile(r"rgba\([^)]*,0(?:\.0+)?\)|transparent")
_NO_BACKGROUND = frozenset({"none", "transparent", "inherit", "initial", "unset"})
_OFF_PAGE = re.compile(r"-\d{3,}(?:px|pt|em|rem|%)?")
_TINY_POINTS = 2.0
_POINTS = MappingProxyType({"pt": 1.0, "px": 0.75, "": 0.75})
_LENGTH = re.compile(r"(\d*\.?\d+)(pt|px|em|rem|%|)")


def styles(element: etree._Element) -> dict[str, str]:
    """Return the inline declarations of an element, names and values in lower case without white space."""
    style = element.get("style")
    if not style:
        return {}
    return {name: re.sub(r"\s+", "", value) for name, value in _DECLARATION.findall(style.lower())}


def is_hidden(element: etree._Element, declared: dict[str, str], shaded: bool) -> bool:
    """Tell whether the element's text is out of sight; `shaded`: it stands on a background that sets white type off."""
    if not declared and not element.attrib:
        return False
    return (
        element.get("hidden") is not None
        or declared.get("display", "").startswith("none")
        or declared.get("visibility", "").startswith(("hidden", "collapse"))
        or declared.get("mso-hide", "").startswith("all")
        or declared.get("opacity", "").removesuffix("!important") in ("0", "0.0", "0%")
        or _is_tiny(declared.get("font-size", ""))
        or _is_off_page(declared)
        or (not shaded and _is_white(declared.get("color") or (element.get("color") or "").lower()))
    )


def is_shaded(element: etree._Element, declared: dict[str, str]) -> bool:
    """Tell whether the element has a background of its own that is not white."""
    background = (
        declared.get("background-color") or declared.get("background") or (element.get("bgcolor") or "").lower()
    )
    return bool(background) and background not in _NO_BACKGROUND and not _is_white(background)


def _is_white(colour: str) -> bool:
    return _WHITE.fullmatch(colour.strip()) is not None or _TRANSPARENT.fullmatch(colour.strip()) is not None


def _is_tiny(size: str) -> bool:
    """Tell whether a font size is 2 pt or less; 0 of any unit is, relative sizes above 0 are not judged."""
    match = _LENGTH.match(size)
    if match is None:
        return False
    number, unit = float(match[1]), match[2]
    return number == 0 or (unit in _POINTS and number * _POINTS[unit] <= _TINY_POINTS)


def _is_off_page(declared: dict[str, str]) -> bool:
    moved = declared.get("position", "") in ("absolute", "fixed") and any(
        _OFF_PAGE.match(declared.get(side, "")) for side in ("left", "top", "right")
    )
    return moved or _OFF_PAGE.match(declared.get("text-indent", "")) is not None
