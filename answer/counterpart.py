"""Which clause of a later edition took a clause's place (条文对应): articles by alignment, what is in them by words."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.alignment import align
from corpus.likeness import Likeness, Words
from corpus.locate import Locator
from corpus.model import Kind, Provision

LEAST = 0.3  # likeness from which a clause is taken for the same clause, changed
_INSIDE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.SUBITEM})


def counterpart(old: Locator, provision: Provision, new: Locator) -> Provision | None:
    """Return the provision of another edition that says what a provision says, None where none is like it.

    A 款 or 项 is looked for inside the articles that its own went into; where none there is like it, the likest of
    them counts.
    """
    around = next((node for node in old.ancestors(provision) if node.kind is Kind.ARTICLE), None)
    whole = around if around and provision.kind in _INSIDE else provision
    if whole.kind is not Kind.ARTICLE:
        return _likest(old, whole, new, [node for node in new.nodes.values() if node.kind is whole.kind])
    successors = align(old, new).successors(whole)
    inside = [node for article in successors for node in article.walk() if node.kind in _INSIDE]
    found = _likest(old, provision, new, inside) if whole is not provision else None
    return found or _likest(old, whole, new, successors) or next(iter(successors), None)


def _likest(old: Locator, provision: Provision, new: Locator, among: Sequence[Provision]) -> Provision | None:
    """Return the one most like a provision, None where none is like it."""
    if not among:
        return None
    scores = Likeness([_words(old, provision)], [_words(new, node) for node in among]).matrix[0]
    return among[int(scores.argmax())] if scores.max() >= LEAST else None


def _words(locator: Locator, provision: Provision) -> Words:
    return Words.of(locator.edition.slice(provision).removeprefix(provision.label))
