"""Word styles as far as reading needs them: outline level, numbering, and whether text can be seen (样式)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from ingest.readers.docx_package import VAL, child_value, w

TINY = 4  # half-points: type of 2 pt and below is not for reading
_WHITE = 0xF0  # every colour channel from here on is white to the eye
_LIGHT = 0xD0  # a background of which every channel is lighter does not set white type off
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})

_VANISH, _COLOR, _SIZE, _SHADE, _HIGHLIGHT = w("vanish"), w("color"), w("sz"), w("shd"), w("highlight")


@dataclass(frozen=True, slots=True)
class Look:
    """What decides whether a run can be seen; None leaves the matter to what stands above."""

    vanish: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    shaded: bool | None = None  # on a background that sets white type off

    def over(self, base: Look) -> Look:
        """Return this look where it says something and `base` elsewhere."""
        if self == _PLAIN:
            return base
        return Look(
            base.vanish if self.vanish is None else self.vanish,
            base.white if self.white is None else self.white,
            base.tiny if self.tiny is None else self.tiny,
            base.shaded if self.shaded is None else self.shaded,
        )

    @property
    def hidden(self) -> bool:
        """Tell whether a human reader does not see text of this look."""
        return bool(self.vanish or self.tiny or (self.white and not self.shaded))


_PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all it inherits; `level` is the outline level 1–9 or 0, `numbering` the style that holds numPr."""

    look: Look = _PLAIN
    level: int | None = None
    number: str | None = None  # w:numId
    indent: str | None = None  # w:ilvl
    numbering: str = ""
    shaded: bool = False  # a table style that shades cells


class StyleSheet:
    """The styles of one document, resolved along basedOn once each."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = list(root.iter(w("style"))) if root is not None else []
        self._elements = {element.get(w("styleId"), ""): element for element in elements}
        self._resolved: dict[str, Style] = {}
        self._defaults = self._default_look(root)
        self._default = next(
            (e.get(w("styleId"), "") for e in elements if e.get(w("type")) == "paragraph" and _is_on(e, "default")), ""
        )

    def paragraph(self, identifier: str | None) -> Style:
        """Return a paragraph style with the document's defaults under it; None is the default style."""
        style = self.style(self._default if identifier is None else identifier)
        return replace(style, look=style.look.over(self._defaults))

    def style(self, identifier: str) -> Style:
        """Return a style of any type; an unknown one is plain."""
        if identifier not in self._resolved:
            self._resolved[identifier] = _PLAIN_STYLE  # the answer inside a ring of basedOn
            self._resolved[identifier] = self._resolve(identifier)
        return self._resolved[identifier]

    def numbering_of(self, identifier: str) -> str | None:
        """Return the w:numId that a numbering style stands for."""
        return self.style(identifier).number

    def _resolve(self, identifier: str) -> Style:
        element = self._elements.get(identifier)
        if element is None:
            return _PLAIN_STYLE
        base = self.style(child_value(element, "basedOn") or "")
        properties = element.find(w("pPr"))
        numbering = properties.find(w("numPr")) if properties is not None else None
        number = child_value(numbering, "numId")
        level = outline_level(properties)
        if level is None:
            level = _named_level(child_value(element, "name") or "")
        return Style(
            look=run_look(element.find(w("rPr"))).over(paragraph_look(properties)).over(base.look),
            level=base.level if level is None else level,
            number=base.number if number is None else number,
            indent=base.indent if numbering is None else child_value(numbering, "ilvl"),
            numbering=base.numbering if numbering is None else identifier,
            shaded=base.shaded or any(_sets_off(shade.get(w("fill"))) for shade in element.iter(_SHADE)),
        )

    @staticmethod
    def _default_look(root: etree._Element | None) -> Look:
        path = f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"
        return run_look(root.find(path) if root is not None else None)


_PLAIN_STYLE = Style()


def outline_level(properties: etree._Element | None) -> int | None:
    """Return 1–9 for a heading, 0 for body text, None where the paragraph properties are silent."""
    value = child_value(properties, "outlineLvl")
    if value is None or not value.isdecimal():
        return None
    return int(value) + 1 if int(value) < 9 else 0


def run_look(properties: etree._Element | None) -> Look:
    """Return the look that run properties (w:rPr) set by themselves."""
    if properties is None:
        return _PLAIN
    vanish = white = tiny = shaded = None
    for child in properties:
        tag, value = child.tag, child.get(VAL, "")
        if tag == _SIZE:
            tiny = value.isdecimal() and int(value) <= TINY
        elif tag == _COLOR:
            white = _lightest(value) >= _WHITE
        elif tag == _VANISH:
            vanish = value.lower() not in _OFF
        elif tag == _SHADE:
            shaded = _sets_off(child.get(w("fill"))) or None
        elif tag == _HIGHLIGHT:
            shaded = value not in ("none", "white") or None
    if vanish is white is tiny is shaded is None:
        return _PLAIN
    return Look(vanish, white, tiny, shaded)


def paragraph_look(properties: etree._Element | None) -> Look:
    """Return the look that the shading of a paragraph or cell (w:pPr, w:tcPr) lends to its text."""
    shade = properties.find(_SHADE) if properties is not None else None
    return Look(shaded=True) if shade is not None and _sets_off(shade.get(w("fill"))) else _PLAIN


def _sets_off(fill: str | None) -> bool:
    """Tell whether white type can be read on this fill."""
    return fill is not None and -1 < _lightest(fill) < _LIGHT


def _lightest(colour: str) -> int:
    """Return the smallest channel of RRGGBB, -1 for auto or anything else."""
    if not _HEX.fullmatch(colour):
        return -1
    return min(int(colour[at : at + 2], 16) for at in (0, 2, 4))


def _named_level(name: str) -> int | None:
    """Return the level a style has by its name; Title, the style of a text's own title, counts as the widest."""
    if name.strip().lower() in ("title", "标题"):
        return 1
    match = _HEADING.fullmatch(name.strip())
    return int(match[1]) if match else None


def _is_on(element: etree._Element, name: str) -> bool:
    return element.get(w(name), "0").lower() not in _OFF
