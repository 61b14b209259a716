"""Sentences of a provision, with their places in the edition's text (分句).

A sentence never crosses the border of a provision, so it belongs to one 款, 项 or paragraph and can be cited by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import DIVISIONS, Edition, Kind, Provision

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)\]】]*|\n|$)")
_CLAUSE = re.compile(r"[^，,；;。\n]+")
_NEAR = 8  # characters looked at before an end, white space among them
_LISTED = frozenset({Kind.ITEM, Kind.SUBITEM, Kind.HEADING, Kind.TABLE})
_UNQUOTED = frozenset({Kind.TITLE, Kind.HEADER, Kind.CONTENTS, Kind.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at [start, end) of an edition's clean text, inside the provision `path` and no smaller one.

    `lead` is the span of the words that a list item hangs on (有下列情形之一的：), empty elsewhere. `title` marks the
    line of a heading, which names a matter and rarely answers.
    """

    path: str
    start: int
    end: int
    lead: tuple[int, int] = (0, 0)
    title: bool = False


def sentences(edition: Edition, provision: Provision, lead: tuple[int, int] = (0, 0)) -> Iterator[Sentence]:
    """Yield the sentences of a provision in reading order, the numbers they begin with left out."""
    if provision.kind in _UNQUOTED:
        return
    heading = provision.kind in DIVISIONS or (provision.kind is Kind.HEADING and bool(provision.children))
    start = _behind_label(edition.text, provision)
    for match in _SENTENCE.finditer(edition.text, start, max(start, provision.lead_end)):
        span = trimmed(edition.text, match.start(), match.end())
        if span[0] < span[1]:
            yield Sentence(provision.path, *span, lead=lead, title=heading)
    own = lead_of_list(edition, provision)
    for child in provision.children:
        yield from sentences(edition, child, own if child.kind in _LISTED and own[1] else lead)


def clauses(text: str) -> list[str]:
    """Return what stands between commas, semicolons and full stops of a text."""
    return _CLAUSE.findall(text)


def lead_of_list(edition: Edition, provision: Provision) -> tuple[int, int]:
    """Return the span of a provision's words that introduce the items below it, (0, 0) where there are none."""
    listed = any(child.kind in _LISTED for child in provision.children)
    if listed and ends_open(edition.text, provision.lead_end):
        return trimmed(edition.text, _behind_label(edition.text, provision), provision.lead_end)
    return (0, 0)


def ends_open(text: str, end: int) -> bool:
    """Tell whether the words before `end` introduce what follows: …如下："""
    return text[max(0, end - _NEAR) : end].rstrip().endswith(("：", ":"))


def trail_to(edition: Edition, path: str, offset: int) -> tuple[Provision, ...]:
    """Return the provisions from the root down to `path`, in which the character at `offset` stands.

    Raises KeyError where the edition has no such provision there.
    """
    trail: list[Provision] = []
    level = edition.provisions
    while not trail or trail[-1].path != path:
        inside = next((node for node in level if node.start <= offset < node.end), None)
        if inside is None:
            raise KeyError(path)
        trail.append(inside)
        level = inside.children
    return tuple(trail)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def words_of(text: str, provision: Provision) -> tuple[int, int]:
    """Return the span of a provision's words, the number it begins with and white space at its ends left out."""
    return trimmed(text, _behind_label(text, provision), provision.end)


def _behind_label(text: str, node: Provision) -> int:
    if node.label and text.startswith(node.label, node.start):
        return trimmed(text, node.start + len(node.label), max(node.lead_end, node.start + len(node.label)))[0]
    return node.start
