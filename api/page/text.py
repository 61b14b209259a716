"""An edition laid out for reading (版面): its tree as nested blocks, cross references as links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.page.views import day_words, read_address
from corpus.errors import NotFoundError
from corpus.model import DIVISIONS, Edition, Kind, Provision, Reference
from corpus.store import split_id
from danggui.base import KnowledgeBase

_IN_CONTENTS = DIVISIONS | {Kind.ARTICLE, Kind.HEADING, Kind.ANNEX}
_INSIDE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.SUBITEM})
_ANCHORS = {Kind.PARAGRAPH: "这一款", Kind.ITEM: "这一项", Kind.SUBITEM: "这一目"}
_PREVIEW = 120  # characters of a clause shown beside a link to it
_LINE = 18  # characters of an article shown in the contents


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of an edition; with `href` they refer to another place, of which `preview` says something."""

    words: str
    href: str = ""
    preview: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A provision on the page: its own words, then what is below it; `anchor` names a 款, 项 or 目 for its link."""

    provision: Provision
    label: str
    anchor: str
    words: tuple[Stretch, ...]
    children: tuple[Block, ...]

    @property
    def is_bare(self) -> bool:
        """Whether it has a label and no words of its own: they are those of its first paragraph."""
        return bool(self.label) and not any(one.words.strip() for one in self.words)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    path: str
    words: str
    children: tuple[Entry, ...]


def blocks(edition: Edition, base: KnowledgeBase) -> tuple[Block, ...]:
    """Return an edition's provisions as they are shown."""
    return tuple(_block(node, edition, base) for node in edition.provisions)


def contents(edition: Edition, provisions: Sequence[Provision] | None = None) -> tuple[Entry, ...]:
    """Return the contents of an edition: divisions, headings and articles."""
    nodes = edition.provisions if provisions is None else provisions
    return tuple(
        Entry(node.path, _title(edition, node), contents(edition, node.children))
        for node in nodes
        if node.kind in _IN_CONTENTS
    )


def _title(edition: Edition, node: Provision) -> str:
    if node.kind is not Kind.ARTICLE:
        return f"{node.label} {node.heading}".strip()
    words = " ".join(edition.slice(node).removeprefix(node.label).split())
    return f"{node.label} {words[:_LINE]}{'…' if len(words) > _LINE else ''}"


def _block(node: Provision, edition: Edition, base: KnowledgeBase) -> Block:
    lead = edition.text[node.start : node.lead_end]
    label = node.label if node.kind not in _INSIDE and node.label and lead.startswith(node.label) else ""
    start = node.start + len(label)
    found = [one for one in edition.references if start <= one.start and one.end <= node.lead_end]
    words = tuple(_stretches(edition.text, start, node.start + len(lead.rstrip()), found, base))
    anchor = node.label or _ANCHORS[node.kind] if node.kind in _INSIDE else ""
    return Block(node, label, anchor, words, tuple(_block(child, edition, base) for child in node.children))


def _stretches(
    text: str, start: int, end: int, references: Sequence[Reference], base: KnowledgeBase
) -> Iterator[Stretch]:
    """Yield the words from start to end, those of resolved references as links."""
    at = start
    for one in sorted(references, key=lambda one: (one.start, -one.end)):
        if one.target and one.start >= at and one.end <= end:
            yield Stretch(text[at : one.start])
            yield Stretch(text[one.start : one.end], read_address(one.target), _preview(one.target, base))
            at = one.end
    yield Stretch(text[at:end])


def _preview(target: str, base: KnowledgeBase) -> str:
    """Return the beginning of what a reference means, "" where it is no longer there."""
    edition_id, path = split_id(target)
    try:
        locator = base.lookup.locator(edition_id)
    except NotFoundError:
        return ""
    edition = locator.edition
    node = locator.nodes.get(path)
    words = " ".join(edition.slice(node).split()) if node else ""
    cut = f"{words[:_PREVIEW]}{'……' if len(words) > _PREVIEW else ''}"
    return f"《{edition.title}》（{day_words(edition.date)}）{cut}"
