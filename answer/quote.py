"""From a chosen sentence to a quotation (引文): exact slices of the edition, lists always whole (列举不截断)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answer.kinds import Asked
from answer.question import Question
from answer.select import Candidate
from answer.sentences import clauses, ends_open, lead_of_list, trail_to, words_of
from corpus.citation import Citation, edition_words
from corpus.hit import Hit, make_hit
from corpus.model import Edition, Kind, Provision

WHOLE_LIST = 500  # characters up to which a list is quoted whole for one of its items
LONGEST_LIST = 3000  # and up to which it is quoted whole when the list is asked for
WHOLE_ARTICLE = 300  # characters up to which an article is quoted whole
_SHORT = 160  # characters up to which a 款 answers whole, not one sentence of it
_LINE = 60  # characters of a first line that gives a value
_VALUES = frozenset({Asked.FREQUENCY, Asked.DATE, Asked.ENTRY, Asked.DURATION, Asked.RATIO, Asked.AMOUNT})
_LISTS = frozenset({Asked.LIST, Asked.STEPS, Asked.DEFINITION})
_STATUS_WORDS = {
    "superseded": "已被修订或取代",
    "repealed": "已废止",
    "not_yet_in_force": "尚未施行",
    "unknown": "效力不详",
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A citation, the words in it that answer, and the label of the 款 or 项 that they stand in."""

    hit: Hit
    words: str
    label: str


def quote(question: Question, candidate: Candidate) -> tuple[Quotation, ...]:
    """Return the quotations that a candidate gives: its article whole, the answering words marked, where it is short.

    What answers is its list whole, its short 款 whole, or its sentence. An item of a list too long to be quoted whole
    comes second, behind the words that introduce the list.
    """
    trail = trail_to(candidate.edition, candidate.sentence.path, candidate.sentence.start)
    answering = _answering(question, candidate, trail)
    article = next((depth for depth, node in enumerate(trail, 1) if node.kind is Kind.ARTICLE), len(trail))
    whole = words_of(candidate.edition.text, trail[article - 1])
    first, last = answering[0].start, answering[-1].end
    if whole[1] - whole[0] > WHOLE_ARTICLE or not whole[0] <= first < last <= whole[1]:
        return tuple(Quotation(hit, hit.quote, hit.label) for hit in answering)
    marks = tuple((hit.start - whole[0], hit.end - whole[0]) for hit in answering if (hit.start, hit.end) != whole)
    hit = replace(_cited(candidate, trail[:article], whole), marks=marks)
    return (Quotation(hit, "\n".join(hit.quote for hit in answering), answering[0].label),)


def _answering(question: Question, candidate: Candidate, trail: tuple[Provision, ...]) -> tuple[Hit, ...]:
    """Return what answers as citations of its own: the lead of a long list and its item are two."""
    edition, sentence = candidate.edition, candidate.sentence
    owner = _owner_of_list(edition, trail, sentence.start)
    if owner:
        return _from_list(question, candidate, trail, owner)
    text, provision = edition.text, trail[-1]
    span = words_of(text, provision)
    if provision.children or question.wanted.asked in _VALUES or span[1] - span[0] > _SHORT:
        span = (sentence.start, sentence.end)
    following = _following(trail)
    if following and ends_open(text, provision.end):
        return (_cited(candidate, trail[:-1], (span[0], words_of(text, following)[1])),)
    return (_cited(candidate, trail, span),)


def _from_list(
    question: Question, candidate: Candidate, trail: tuple[Provision, ...], owner: tuple[Provision, ...]
) -> tuple[Hit, ...]:
    edition, sentence = candidate.edition, candidate.sentence
    whole = words_of(edition.text, owner[-1])
    introduced = len(trail) > len(owner)
    limit = LONGEST_LIST if question.wanted.asked in _LISTS or not introduced else WHOLE_LIST
    if whole[1] - whole[0] <= limit:
        return (_cited(candidate, owner, whole),)
    lead = _cited(candidate, owner, lead_of_list(edition, owner[-1]))
    return (lead, _cited(candidate, trail, (sentence.start, sentence.end))) if introduced else (lead,)


def _following(trail: tuple[Provision, ...]) -> Provision | None:
    """Return the provision behind the last one of a trail, in the same parent."""
    siblings = trail[-2].children if len(trail) > 1 else ()
    return next((node for node in siblings if node.start == trail[-1].end), None)


def _cited(candidate: Candidate, trail: tuple[Provision, ...], span: tuple[int, int]) -> Hit:
    """Return a candidate's citation of the provision at the end of `trail`, quoting `span`."""
    return make_hit(candidate.locator, trail[-1].path, candidate.hit.status, span, candidate.hit.score)


def _owner_of_list(edition: Edition, trail: tuple[Provision, ...], start: int) -> tuple[Provision, ...]:
    """Return the trail to the provision whose list the character at `start` belongs to, empty where it is in none.

    The innermost list counts; the sentence that introduces a list belongs to it.
    """
    for depth in range(len(trail), 0, -1):
        lead = lead_of_list(edition, trail[depth - 1])
        if lead[1] and start >= lead[0]:
            return trail[:depth]
    return ()


def headline(question: Question, words: str) -> str:
    """Return the words that answer, for the first line: those around the value asked for, else all of them."""
    value = question.wanted.value
    if question.wanted.asked not in _VALUES or value is None:
        return words
    names = [term.text for term in question.terms]
    found = [part for part in _parts(words) if value.search(part)]
    return max(found, key=lambda part: sum(name in part for name in names), default=words)


def _parts(text: str) -> Iterator[str]:
    """Yield what stands between full stops and semicolons, or between commas where that is long."""
    for part in re.split(r"[。；;！？\n]", text):
        yield from (piece.strip() for piece in ([part] if len(part) <= _LINE else clauses(part)))


def citation_words(hit: Hit, label: str = "") -> str:
    """Return how a quotation is cited: title, year of the edition, 条款项 (of `label`) or the path of headings."""
    title = str(Citation(hit.title))
    place = (label or hit.label).removeprefix(title)
    if hit.article is None and hit.headings:
        place = " > ".join(hit.headings)
    year = f"{hit.edition[:4]}年版" if hit.edition[:4].isdigit() else "版本日期不详"
    return f"{title}（{year}）{place}"


def notes(citations: Sequence[Hit]) -> tuple[str, ...]:
    """Return Chinese notes: which editions cited are not surely in force, which lists are not quoted whole."""
    outdated = [
        f"{Citation(hit.title)}{edition_words(hit.edition)}{_STATUS_WORDS[hit.status]}，引用前请核对"
        for hit in citations
        if hit.status in _STATUS_WORDS
    ]
    cut = [f"{hit.label}的列举较长，此处未全部引出" for hit in citations if ends_open(hit.quote, len(hit.quote))]
    return tuple(dict.fromkeys([*outdated, *cut]))
