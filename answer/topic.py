"""What a lesson or quiz is about (主题): a regulation whole, or the clauses found for a theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.sentences import Sentence, sentences
from corpus.citation import Citation
from corpus.hit import Hit, make_hit
from corpus.locate import Locator
from corpus.model import Edition, Kind, Provision

_SMALL = (Kind.PARAGRAPH, Kind.HEADING)


@dataclass(frozen=True, slots=True)
class Clause:
    """A 条, or a paragraph of a text without articles, with what finds its parts; `status` is its edition's."""

    locator: Locator
    provision: Provision
    status: str

    @property
    def edition(self) -> Edition:
        """The edition it stands in."""
        return self.locator.edition

    @property
    def text(self) -> str:
        """Its words, its number among them."""
        return self.edition.slice(self.provision)

    @property
    def key(self) -> str:
        """Its identifier."""
        return f"{self.edition.id}/{self.provision.path}"

    def sentences(self) -> Iterator[Sentence]:
        """Yield its sentences, headings left out."""
        return (one for one in sentences(self.edition, self.provision) if not one.title)

    def hit(self, path: str = "", span: tuple[int, int] | None = None) -> Hit:
        """Return the citation of a part, by default all of it; `span` is what is quoted."""
        return make_hit(self.locator, path or self.provision.path, self.status, span)


@dataclass(frozen=True, slots=True)
class Topic:
    """The clauses of a topic; `edition` is the regulation that it is, None for a theme."""

    title: str
    clauses: tuple[Clause, ...]
    edition: Edition | None = None

    @property
    def heading(self) -> str:
        """What stands over a lesson or quiz on it: a regulation's title in 《》, else the words."""
        whole = self.edition is not None and self.title == self.edition.title
        return str(Citation(self.title)) if whole else self.title


def clauses_of(locator: Locator, status: str, within: Provision | None = None) -> tuple[Clause, ...]:
    """Return the clauses of an edition, or of one provision of it (a chapter)."""
    nodes = list(within.walk() if within else locator.edition.walk())
    articles = [node for node in nodes if node.kind is Kind.ARTICLE]
    units = articles or [node for node in nodes if node.kind in _SMALL and not node.children]
    return tuple(Clause(locator, node, status) for node in units)


def clause_at(locator: Locator, hit: Hit) -> Clause:
    """Return the clause that a hit belongs to."""
    trail = locator.trail(hit.path)
    node = next((one for one in trail if one.kind is Kind.ARTICLE), trail[-1])
    return Clause(locator, node, hit.status)


def unique(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return clauses without those that come again."""
    return tuple({one.key: one for one in clauses}.values())
