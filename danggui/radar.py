"""Texts that time has overtaken (雷达): what they rest on or cite was amended or repealed after their own day.

Named are the clauses concerned: those that cite the other text or a changed clause of it, and those that repeat words
of a clause which are no longer there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from corpus.alignment import Alignment, Fate, align, units
from corpus.citation import Citation
from corpus.likeness import Likeness, Words
from corpus.locate import Locator
from corpus.model import Edition, Kind, Provision
from corpus.relations import Tie, Tied
from corpus.store import split_id
from corpus.validity import EditionInfo, Span, Status, days
from danggui.relating import Edge

if TYPE_CHECKING:
    from danggui.base import KnowledgeBase

_OVER = (Status.SUPERSEDED, Status.REPEALED)
_LOCAL_LEVELS = ("规范性文件", "其他", "")
_RESTATED = 0.65  # share of a paragraph that stands in a clause when it repeats that
_OUTDATED = 0.04  # share of it that stands in the former clause and no longer in the present one


@dataclass(frozen=True, slots=True)
class Concern:
    """A clause of a text that a change touches; `then` is the other text's clause it means, `now` what that became.

    Ids are of provisions; "" for the whole text. `fate` is None where no clause is meant.
    """

    path: str
    label: str
    words: str
    restates: bool
    then: str
    now: tuple[str, ...]
    fate: Fate | None

    def to_json(self) -> dict[str, object]:
        """Return the JSON object."""
        return {
            "path": self.path,
            "label": self.label,
            "words": self.words,
            "restates": self.restates,
            "then": self.then,
            "now": list(self.now),
            "kind": self.fate.value if self.fate else None,
        }


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A text and a work above it that was changed by the text's day: `then` counted when the text was made.

    `now` is the edition or text that took its place, None for a repeal without a successor in the base; `then` is
    None where that edition is not in the base. `change` is "amended" or "repealed", `since` the ISO day or year of it,
    "" where that is not known. `listed` is what the catalogue names in its place where the base lacks that text.
    """

    text: EditionInfo
    ties: tuple[Tie, ...]
    title: str
    change: str
    since: str
    then: EditionInfo | None
    now: EditionInfo | None
    concerns: tuple[Concern, ...]
    listed: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the JSON object."""
        return {
            "id": self.text.id,
            "title": self.text.title,
            "edition": self.text.date,
            "region": self.text.metadata.region,
            "level": self.text.metadata.level,
            "kinds": [tie.value for tie in self.ties],
            "upper": self.title,
            "change": self.change,
            "since": self.since,
            "then": self.then.id if self.then else "",
            "now": self.now.id if self.now else "",
            "listed": self.listed,
            "clauses": [concern.to_json() for concern in self.concerns],
        }


@dataclass(frozen=True, slots=True)
class _Change:
    """What befell a work: amended or repealed, since which day or year, the editions before and after it."""

    kind: str
    since: str
    then: EditionInfo | None = None
    now: EditionInfo | None = None
    listed: str = ""


def radar(base: KnowledgeBase, on: date, *, everything: bool = False) -> list[Overtaken]:
    """Return the local texts, or all texts, that may count on a day and were overtaken by then."""
    found: list[Overtaken] = []
    for info in base.lookup.counting(on):
        if everything or is_local(info):
            found += overtaken(base, info, base.lookup.edition(info.id), base.network.upstream(info), on)
    return found


def is_local(info: EditionInfo) -> bool:
    """Tell whether a text is a place's or a unit's own."""
    return bool(info.metadata.region) or info.metadata.level in _LOCAL_LEVELS


def overtaken(
    base: KnowledgeBase, info: EditionInfo, edition: Edition, edges: Sequence[Edge], on: date
) -> Iterator[Overtaken]:
    """Yield the works that an edition is tied to and that changed between its day and `on`."""
    by_work: dict[str, list[Edge]] = {}
    for edge in edges:
        if edge.tie is not Tie.REPEALS:
            by_work.setdefault(edge.work, []).append(edge)
    for found in by_work.values():
        change = _change(base, info, found[0], on)
        if change is None or change.now is None:
            listed = _listed_change(base, info, found[0], on)
            change = replace(change, listed=listed.listed) if change and listed else change or listed
        if change:
            places = [tied for edge in found for tied in edge.places]
            concerns = tuple(_concerns(base, Locator(edition), places, change.then, change.now))
            ties = tuple(dict.fromkeys(edge.tie for edge in found))
            then, now = change.then, change.now
            yield Overtaken(info, ties, found[0].title, change.kind, change.since, then, now, concerns, change.listed)


def _change(base: KnowledgeBase, info: EditionInfo, edge: Edge, on: date) -> _Change | None:
    """Return what the base's texts tell to have befallen a work after an edition's day; None for nothing."""
    made, lookup = days(info.date), base.lookup
    if made.last == date.max or edge.target is None:
        return None
    editions = lookup.editions_of(edge.work)
    now = lookup.choose(edge.work, on)
    if lookup.status(now.id, on) in _OVER:
        return _ended(base, now, made.last, on)
    before = [one for one in editions if days(one.date).last <= made.last and one.id != now.id]
    if days(now.date).first > made.last and (len(editions) > 1 or _is_amendment(now)):
        return _Change("amended", now.date, max(before, key=lambda one: one.date, default=None), now)
    return None


def _listed_change(base: KnowledgeBase, info: EditionInfo, edge: Edge, on: date) -> _Change | None:
    """Return what the catalogue tells to have befallen a work whose later edition, or every one, the base lacks."""
    made, unread = days(info.date), base.lookup.catalogued
    work = unread.catalogue.works.get(edge.work)
    if made.last == date.max or work is None:
        return None
    stored = base.lookup.editions_of(edge.title)
    lacking = [entry for entry in unread.lacking(work) if all(one.date < entry.date for one in stored)]
    current = [entry for entry in lacking if unread.status(entry, on) is Status.IN_FORCE]
    then = max((one for one in stored if days(one.date).last <= made.last), key=lambda one: one.date, default=None)
    if current and days(current[-1].date).first > made.last and len(work.entries) > 1:
        entry = current[-1]
        return _Change("amended", entry.date, then, listed=str(Citation(entry.title, (), entry.date)))
    over = [] if stored or current else [one for one in lacking if unread.status(one, on) in _OVER]
    if not over or any(end.span.last <= made.last for end in unread.ends(over[-1])):
        return None
    change = "repealed" if unread.status(over[-1], on) is Status.REPEALED else "amended"
    certain = [end.span for end in unread.ends(over[-1]) if end.span.first.year == end.span.last.year]
    since = _day(min(certain, key=lambda span: span.last)) if certain else ""
    return _Change(change, since, listed=over[-1].superseded_by)


def _day(span: Span) -> str:
    """Return a span as the ISO day or, where that is not known, the year."""
    return span.last.isoformat() if span.first == span.last else span.last.isoformat()[:4]


def _ended(base: KnowledgeBase, last: EditionInfo, made: date, on: date) -> _Change | None:
    """Return how the last edition of a work in the base ended between two days, None where it did not."""
    ends = [end for end in base.lookup.timeline.ends(last) if made < end.span.last <= on]
    if not ends:
        return None
    end = min(ends, key=lambda end: end.span.last)
    change = "repealed" if base.lookup.status(last.id, on) is Status.REPEALED else "amended"
    return _Change(change, _day(end.span), last, base.lookup.infos.get(end.by))


def _is_amendment(info: EditionInfo) -> bool:
    """Tell whether an edition that stands alone in the base is a later one of its work, by its own dates."""
    adopted, effective = days(info.metadata.adopted), days(info.metadata.effective)
    return min(adopted.last, effective.last) < days(info.date).first


def _concerns(
    base: KnowledgeBase, ours: Locator, places: Sequence[Tied], then: EditionInfo | None, now: EditionInfo | None
) -> Iterator[Concern]:
    """Yield the clauses of a text that cite the other one or repeat what is no longer in it."""
    old = base.lookup.locator(then.id) if then else None
    new = base.lookup.locator(now.id) if now else None
    aligned = align(old, new) if old and new else None
    cited = [concern for tied in places if tied.path for concern in _cited(base, ours, tied, old, new, aligned)]
    yield from cited
    if old and new and aligned:
        told = {concern.path for concern in cited}
        yield from (one for one in _restated(ours, old, new, aligned) if one.path not in told)


def _cited(
    base: KnowledgeBase, ours: Locator, tied: Tied, old: Locator | None, new: Locator | None, aligned: Alignment | None
) -> Iterator[Concern]:
    """Yield the clause of a place unless the clause that it means still stands under its number, word for word."""
    reference = tied.reference
    target = reference.target if reference else ""
    label, words = str(ours.cite(tied.path)), reference.words if reference else ""
    edition_id, path = split_id(target) if target else ("", "")
    article = _article(base.lookup.locator(edition_id), path) if path else None
    if article is None or aligned is None or old is None or new is None or edition_id != old.edition.id:
        yield Concern(tied.path, label, words, False, target, (), None)
        return
    fate, successors = aligned.fate(article), aligned.successors(article)
    if fate is not Fate.SAME or successors[0].path != article.path:
        now = tuple(f"{new.edition.id}/{node.path}" for node in successors)
        yield Concern(tied.path, label, words, False, target, now, fate)


def _article(locator: Locator, path: str) -> Provision | None:
    node = locator.nodes.get(path)
    trail = [node, *locator.ancestors(node)] if node else []
    return next((one for one in trail if one.kind is Kind.ARTICLE), None)


def _restated(ours: Locator, old: Locator, new: Locator, aligned: Alignment) -> Iterator[Concern]:
    """Yield the clauses that repeat words of a changed clause which its successors no longer have."""
    changed = [
        node
        for place in aligned.places
        for node in place.old
        if node.kind is Kind.ARTICLE and place.fate not in (Fate.SAME, Fate.MOVED)
    ]
    mine = [node for node in units(ours) if node.kind is Kind.ARTICLE]
    likeness = Likeness([_words(ours, node) for node in mine], [_words(old, node) for node in changed])
    for node, words, row in zip(mine, likeness.old, likeness.matrix, strict=True):
        for clause, former, like in zip(changed, likeness.new, row, strict=True):
            successors = aligned.successors(clause)
            known = {pair for one in successors for pair in _words(new, one).pairs}
            if like and likeness.taken(words, former, known, _RESTATED, _OUTDATED):
                now = tuple(f"{new.edition.id}/{one.path}" for one in successors)
                then = f"{old.edition.id}/{clause.path}"
                label = str(ours.cite(node.path))
                yield Concern(node.path, label, node.label, True, then, now, aligned.fate(clause))
                break


def _words(locator: Locator, node: Provision) -> Words:
    return Words.of(locator.edition.slice(node).removeprefix(node.label))
