"""Which clause of an edition holds a statement's words (语句归条): shares of pairs of neighbouring characters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from corpus.folding import fold
from corpus.locate import Locator
from corpus.model import Kind, Provision

_LETTERS = re.compile(r"[\w%]+")
_ENDS = "。；;，,"
_OUTLINE = (Kind.PARAGRAPH, Kind.HEADING)


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters of a text, none across punctuation."""
    return frozenset(run[place : place + 2] for run in _LETTERS.findall(fold(text)) for place in range(len(run) - 1))


class WordMap:
    """The letter pairs of an edition's articles, or of the paragraphs of a text without articles."""

    def __init__(self, locator: Locator) -> None:
        """Read an edition."""
        self.locator = locator
        nodes = list(locator.nodes.values())
        articles = [node for node in nodes if node.kind is Kind.ARTICLE]
        units = articles or [node for node in nodes if node.kind in _OUTLINE]
        self._units = {node.path: node for node in units}
        self._holding: dict[str, list[str]] = defaultdict(list)
        for node in units:
            end = node.end if node.kind is Kind.ARTICLE else node.lead_end
            for pair in pairs(locator.edition.text[node.start : end]):
                self._holding[pair].append(node.path)

    def shares(self, statement: str) -> Mapping[str, float]:
        """Return for each unit that holds any of it the share of a statement's pairs that stand there."""
        wanted = pairs(statement)
        counts = Counter(path for pair in wanted for path in self._holding.get(pair, ()))
        return {path: count / len(wanted) for path, count in counts.items()}

    def best(self, statement: str) -> tuple[Provision | None, float]:
        """Return the unit that holds most of a statement, and its share."""
        shares = self.shares(statement)
        path = max(shares, key=lambda one: shares[one], default="")
        return (self._units[path], shares[path]) if path else (None, 0.0)

    def stands(self, statement: str, provision: Provision) -> bool:
        """Tell whether a statement stands in a provision word for word."""
        return fold(statement).strip(_ENDS) in fold(self.locator.edition.slice(provision))

    def article_of(self, provision: Provision) -> str:
        """Return the path of the unit that a provision stands in or is, "" for none."""
        trail = (provision, *self.locator.ancestors(provision))
        return next((node.path for node in trail if node.path in self._units), "")
