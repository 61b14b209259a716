"""Which clause of a later edition took a clause's place (条文对应): by its words, never by its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.folding import fold
from corpus.locate import Locator
from corpus.model import Kind, Provision

LEAST = 0.3  # likeness from which a clause is taken for the same clause, changed
_INSIDE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.SUBITEM})


def counterpart(old: Locator, provision: Provision, new: Locator) -> Provision | None:
    """Return the provision of another edition that says what a provision says, None where none is like it.

    A 款 or 项 is looked for inside the article that is like its own; where that has none like it, the article counts.
    """
    around = next((node for node in old.ancestors(provision) if node.kind is Kind.ARTICLE), None)
    whole = around if around and provision.kind in _INSIDE else provision
    found = _likest(old, whole, new, [node for node in new.nodes.values() if node.kind is whole.kind])
    if found is None or whole is provision:
        return found
    inside = [node for node in found.walk() if node.kind in _INSIDE]
    return _likest(old, provision, new, inside) or found


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1: shared pairs of neighbouring characters, twice, over all (Dice 1945)."""
    ours, theirs = _pairs(one), _pairs(other)
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


def _likest(old: Locator, provision: Provision, new: Locator, among: Sequence[Provision]) -> Provision | None:
    words = _words(old, provision)
    scores = [likeness(words, _words(new, node)) for node in among]
    best = max(scores, default=0.0)
    return among[scores.index(best)] if best >= LEAST else None


def _words(locator: Locator, provision: Provision) -> str:
    return fold(locator.edition.slice(provision).removeprefix(provision.label))


def _pairs(text: str) -> Counter[str]:
    return Counter(text[place : place + 2] for place in range(len(text) - 1))
