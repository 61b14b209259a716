"""From words to the clauses of a topic (主题): a title, a chapter's citation, or a theme that is searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from answer.support import Status as Worth
from answer.topic import Topic, clause_at, clauses_of, unique
from corpus.citation import Citation
from corpus.errors import AmbiguousError, InputError, NotFoundError
from danggui.base import KnowledgeBase, Scope

_FOUND = 30  # clauses of a theme


def topic_of(base: KnowledgeBase, words: str, on: date) -> Topic:
    """Return the regulation or the part of it that words name, else the clauses found for them.

    Raises NotFoundError where the base has nothing on them.
    """
    try:
        return _whole(base, base.lookup.choose(base.lookup.meant(words), on).id, on)
    except (AmbiguousError, NotFoundError):
        return _part(base, words, on) or _theme(base, words, on)


def _part(base: KnowledgeBase, words: str, on: date) -> Topic | None:
    """Return the chapter or article that a citation names, None where it is no citation of one.

    Raises NotFoundError for one that is not there: other clauses would not be what was asked for.
    """
    try:
        citation = Citation.parse(words)
    except InputError:
        return None
    if not citation.units:
        return None
    if citation.title:
        citation = replace(citation, title=base.lookup.meant(citation.title))
    edition, provision = base.lookup.provision(citation, on)
    if provision is None:
        return None
    locator = base.lookup.locator(edition.id)
    return Topic(words, clauses_of(locator, base.lookup.status(edition.id, on), provision), edition)


def _theme(base: KnowledgeBase, words: str, on: date) -> Topic:
    scope = Scope(on)
    hits = base.search(words, _FOUND, scope)
    if not hits or base.ask(words, scope).status is Worth.NO_BASIS:  # of any words, some clause is the nearest
        raise NotFoundError(f"没有找到与“{words}”有关的条款；请换一个说法，或写明法规名称")
    return Topic(words, unique([clause_at(base.lookup.locator(hit.edition_id), hit) for hit in hits]))


def regulations_of(base: KnowledgeBase, on: date) -> Iterator[Topic]:
    """Yield every regulation that counts on a day as a topic, by the editions' identifiers."""
    return (_whole(base, info.id, on) for info in base.lookup.counting(on))


def _whole(base: KnowledgeBase, edition_id: str, on: date) -> Topic:
    locator = base.lookup.locator(edition_id)
    return Topic(locator.edition.title, clauses_of(locator, base.lookup.status(edition_id, on)), locator.edition)
