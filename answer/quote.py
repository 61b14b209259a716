"""From a chosen sentence to a quotation (引文): exact slices of the edition, lists always whole (列举不截断)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from answer.kinds import Asked
from answer.question import Question
from answer.select import Candidate
from answer.sentences import clauses, lead_of_list, trail_to, words_of
from corpus.citation import Citation
from corpus.hit import Hit, make_hit
from corpus.model import Edition, Provision

WHOLE_LIST = 1500  # characters up to which a list is quoted whole when one of its items answers
_SHORT = 160  # characters up to which a 款 is quoted whole, not one sentence of it
_LINE = 60  # characters of a first line
_VALUES = frozenset({Asked.FREQUENCY, Asked.DATE, Asked.ENTRY, Asked.DURATION, Asked.RATIO, Asked.AMOUNT})
_STATUS_WORDS = {
    "superseded": "已被修订或取代",
    "repealed": "已废止",
    "not_yet_in_force": "尚未施行",
    "unknown": "效力不详",
}


def quote(question: Question, candidate: Candidate) -> Hit:
    """Return the citation that a candidate gives: its list whole, its short 款 whole, or its sentence."""
    edition, sentence = candidate.edition, candidate.sentence
    trail = trail_to(edition, sentence.path, sentence.start)
    owner = _owner_of_list(edition, trail, sentence.start)
    if owner and owner[-1].end - owner[-1].start <= WHOLE_LIST:
        return cited(candidate.hit, edition, owner, words_of(edition.text, owner[-1]))
    provision = trail[-1]
    span = words_of(edition.text, provision)
    if provision.children or question.wanted.asked in _VALUES or span[1] - span[0] > _SHORT:
        span = (sentence.start, sentence.end)
    return cited(candidate.hit, edition, trail, span)


def cited(hit: Hit, edition: Edition, trail: tuple[Provision, ...], span: tuple[int, int]) -> Hit:
    """Return a hit's citation of the provision at the end of `trail`, quoting `span`."""
    return make_hit(edition, trail, hit.status, span, hit.score)


def _owner_of_list(edition: Edition, trail: tuple[Provision, ...], start: int) -> tuple[Provision, ...]:
    """Return the trail to the provision whose list the character at `start` belongs to, empty where it is in none.

    The innermost list counts; the sentence that introduces a list belongs to it.
    """
    for depth in range(len(trail), 0, -1):
        lead = lead_of_list(edition, trail[depth - 1])
        if lead[1] and start >= lead[0]:
            return trail[:depth]
    return ()


def headline(question: Question, citation: Hit) -> str:
    """Return the words that answer, for the first line: those around the value asked for, else the whole quote."""
    value = question.wanted.value
    if question.wanted.asked not in _VALUES or value is None:
        return citation.quote
    names = [term.text for term in question.terms]
    found = [part for part in _parts(citation.quote) if value.search(part)]
    return max(found, key=lambda part: sum(name in part for name in names), default=citation.quote)


def _parts(text: str) -> Iterator[str]:
    """Yield what stands between full stops and semicolons, or between commas where that is long."""
    for part in re.split(r"[。；;！？\n]", text):
        yield from (piece.strip() for piece in ([part] if len(part) <= _LINE else clauses(part)))


def citation_words(hit: Hit) -> str:
    """Return how a quotation is cited: title, year of the edition, 条款项 or the path of headings."""
    title = str(Citation(hit.title))
    place = hit.label.removeprefix(title)
    if hit.article is None and hit.headings:
        place = " > ".join(hit.headings)
    year = f"{hit.edition[:4]}年版" if hit.edition[:4].isdigit() else "版本日期不详"
    return f"{title}（{year}）{place}"


def status_notes(citations: Iterable[Hit]) -> tuple[str, ...]:
    """Return a Chinese note for each edition cited that is not surely in force."""
    notes = (
        f"{Citation(hit.title)}（{hit.edition}）{_STATUS_WORDS[hit.status]}，引用前请核对"
        for hit in citations
        if hit.status in _STATUS_WORDS
    )
    return tuple(dict.fromkeys(notes))
