"""Clauses that later texts of a base repeal or suspend (条款的废止、暂停), found in their words once for a base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from corpus.errors import DangguiError
from corpus.locate import Locator
from corpus.titles import TitleIndex, is_draft, work_key
from corpus.validity import ANYTIME, EditionInfo, Span, days, entered
from ingest.clauses import ClauseEnd, ClauseState, find_clause_ends


@dataclass(frozen=True, slots=True)
class EndedClause:
    """A clause of an edition that the edition `by` repeals or suspends (`state`) within the days of `span`.

    `since` is the first of them as ISO, "" where it is not known; `words` is the sentence that says so.
    """

    path: str
    label: str
    state: ClauseState
    span: Span
    by: str
    words: str

    @property
    def since(self) -> str:
        """The day it ended, "" where that is not known."""
        return self.span.first.isoformat() if self.span.first == self.span.last else ""

    def covers(self, path: str) -> bool:
        """Tell whether a provision is the clause or lies in it."""
        return path == self.path or path.startswith(f"{self.path}/")


def stated_ends(
    infos: Iterable[EditionInfo], text: Callable[[str], str], titles: TitleIndex
) -> Mapping[str, list[tuple[EditionInfo, ClauseEnd]]]:
    """Return what the texts of a base say of clauses of others, by the key of the work concerned."""
    found: dict[str, list[tuple[EditionInfo, ClauseEnd]]] = defaultdict(list)
    for info in infos:
        for end in () if is_draft(info.title) else find_clause_ends(text(info.id), titles):
            for title in titles.resolve(end.citation.title)[:1]:
                found[work_key(title)].append((info, end))
    return found


def ended_clauses(
    info: EditionInfo, stated: Iterable[tuple[EditionInfo, ClauseEnd]], locator: Locator
) -> tuple[EndedClause, ...]:
    """Return the clauses of an edition that younger texts end, those it does not have left out."""
    ended = (_ended(info, other, end, locator) for other, end in stated if other.id != info.id)
    return tuple(one for one in ended if one)


def _ended(info: EditionInfo, other: EditionInfo, end: ClauseEnd, locator: Locator) -> EndedClause | None:
    mine, theirs = days(info.date), days(other.date)
    named = end.citation.edition
    if ANYTIME in (mine, theirs) or theirs.last < mine.first or (named and not info.date.startswith(named)):
        return None
    try:
        provision = locator.find(end.citation)
    except DangguiError:
        return None
    label = f"《{info.title}》{locator.cite(provision.path).address}"
    span = days(end.since) if end.since else entered(other)
    return EndedClause(provision.path, label, end.state, span, other.id, end.words)
