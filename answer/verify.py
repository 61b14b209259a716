"""Whether a citation stands (引文核对): the clause is there, it counts on the day, and its words are the stored ones.

Every citation of every answer gets a state, whoever wrote it. What cannot be read or may mean several things is
`not_checked`, and that is a failure. Quotations are compared under the normalisation of `corpus.folding` alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Protocol

from answer.counterpart import counterpart
from answer.difference import Change, difference, in_words
from answer.unread import UNREAD, beyond, described
from corpus.catalogue import without_brackets
from corpus.citation import Citation, edition_words
from corpus.errors import AmbiguousError, InputError, NotFoundError
from corpus.folding import Folded, fold, has_elision
from corpus.hit import Hit, make_hit, whole_hit
from corpus.locate import Locator
from corpus.mentions import Relation, find_citations
from corpus.model import Provision
from corpus.titles import TitleIndex, normalise, work_key
from corpus.unread import Known
from corpus.validity import EditionInfo, Status

_ELSEWHERE = 3  # places named where a misplaced quotation really stands
_SHORTEST_ELSEWHERE = 6  # characters from which a quotation is looked for elsewhere; shorter ones stand everywhere


class State(StrEnum):
    """What a citation is worth; the native term stands beside each."""

    OK = "ok"  # 属实
    NOT_FOUND = "not_found"  # 条款不存在
    REPEALED = "repealed"  # 已废止
    NOT_YET_IN_FORCE = "not_yet_in_force"  # 尚未施行
    SUPERSEDED = "superseded"  # 已被修订或取代
    TEXT_MISMATCH = "text_mismatch"  # 引文与原文不符
    NOT_CHECKED = "not_checked"  # 未能核对


_STATES = {
    Status.IN_FORCE: State.OK,
    Status.UNKNOWN: State.OK,
    Status.REPEALED: State.REPEALED,
    Status.SUPERSEDED: State.SUPERSEDED,
    Status.NOT_YET_IN_FORCE: State.NOT_YET_IN_FORCE,
}
_OVER = (Status.SUPERSEDED, Status.REPEALED)
_WORDS = {
    Status.IN_FORCE: "现行有效",
    Status.UNKNOWN: "效力不详，引用前请核对",
    Status.REPEALED: "已废止",
    Status.SUPERSEDED: "已被修订或取代",
    Status.NOT_YET_IN_FORCE: "尚未施行",
}


class Ended(Protocol):
    """A clause that the text of the edition `by` repeals or suspends, in its `words`."""

    @property
    def by(self) -> str:
        """The edition that says so."""

    @property
    def words(self) -> str:
        """The sentence that says so."""

    def covers(self, path: str) -> bool:
        """Tell whether a provision is the clause or lies in it."""


class Library(Protocol):
    """What citations are verified against: the editions of a base, their names and their status in time."""

    @property
    def titles(self) -> TitleIndex:
        """Every name of the stored works."""

    @property
    def infos(self) -> Mapping[str, EditionInfo]:
        """What is known of each edition, by its id."""

    def title(self, name: str) -> str:
        """Return the title a name stands for; raises NotFoundError, AmbiguousError."""

    def nearest(self, name: str) -> Sequence[str]:
        """Return the titles most like a name."""

    def choose(self, title: str, on: date, named: str = "") -> EditionInfo:
        """Return the edition that answers on a day, or the one of a date; raises NotFoundError."""

    def editions_of(self, title: str) -> Sequence[EditionInfo]:
        """Return the editions of a title."""

    def successor(self, info: EditionInfo, on: date) -> EditionInfo | None:
        """Return the edition that has taken an edition's place."""

    def unread(self, name: str, on: date, named: str = "") -> Known | None:
        """Return the edition of a name that a catalogue knows and the base lacks; raises AmbiguousError."""

    def unread_in(self, text: str, on: date) -> Sequence[Known]:
        """Return the works that a text names and of which the base holds nothing, as a catalogue knows them."""

    def locator(self, edition_id: str) -> Locator:
        """Return what finds the provisions of an edition; raises NotFoundError."""

    def status(self, edition_id: str, on: date) -> Status:
        """Return an edition's status on a day."""

    def provision_status(self, edition_id: str, path: str, on: date) -> Status:
        """Return the status of a provision on a day, which a later text may have ended by itself."""

    def clause_ends(self, info: EditionInfo) -> Sequence[Ended]:
        """Return the clauses of an edition that later texts ended by themselves."""


@dataclass(frozen=True, slots=True)
class Verification:
    """A citation, as written, with its state and a Chinese sentence that says why.

    `hit` is the clause, its `quote` the stored words that were quoted, the whole clause where none were; None where
    there is no such clause. `range` says what there is instead: 第一条至第六十三条, the dates of the editions, or the
    nearest titles. `successor` is the clause that took the place of one that counts no more, a whole text where no
    clause of it is like the old one. `diff` leads from the stored words to the quoted ones, `elsewhere` are the places
    where the quoted words stand. `known` is what a catalogue tells of a text that is not in the base.
    """

    citation: str
    state: State
    message: str
    hit: Hit | None = None
    range: str = ""
    successor: Hit | None = None
    diff: tuple[Change, ...] = ()
    elsewhere: tuple[Hit, ...] = ()
    known: Known | None = None

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {
            "citation": self.citation,
            "state": self.state.value,
            "message": self.message,
            "hit": self.hit.to_json() if self.hit else None,
            "range": self.range,
            "successor": self.successor.to_json() if self.successor else None,
            "diff": [list(change) for change in self.diff],
            "elsewhere": [hit.to_json() for hit in self.elsewhere],
            "catalogue": {**self.known.entry.to_json(), "status": self.known.status.value} if self.known else None,
        }


def verify(words: str, library: Library, on: date, quote: str = "") -> Verification:
    """Verify a citation in any customary spelling, and the words quoted from it; nothing is raised.

    A year or date beside the title (（2018年版）) picks the edition, else the one that answers on the day counts.
    """
    try:
        citation = Citation.parse(words)
    except InputError as error:
        return Verification(words, State.NOT_CHECKED, str(error))
    return replace(verify_citation(citation, library, on, quote), citation=words)


def verify_citation(citation: Citation, library: Library, on: date, quote: str = "") -> Verification:
    """Verify a citation that was read; see `verify`."""
    words = str(citation)
    try:
        if not citation.title:
            raise AmbiguousError(f"没有写明是哪部法规的{citation.address}")
        info = _chosen(citation, library, on)
        if isinstance(info, Known):
            return _unread(citation, library, on, info)
        provision = library.locator(info.id).find(citation) if citation.units else None
    except (AmbiguousError, InputError) as error:
        return Verification(words, State.NOT_CHECKED, str(error))
    except NotFoundError as error:
        lost = Verification(words, State.NOT_FOUND, str(error), range=_existing(citation, library, on))
        return _with_counting(replace(lost, state=State.NOT_CHECKED), citation, library, on) or lost
    found = _judged(words, library, on, info, provision, quote)
    return _with_counting(found, citation, library, on) or found


def verify_hit(hit: Hit, library: Library, on: date, *, successors: bool = True) -> Verification:
    """Verify a citation of an answer: its provision is stored, and text, label and quote are slices of its edition.

    Without `successors` the clause that took an outdated one's place is not looked for, which takes a while.
    """
    edition_id, path = f"{hit.title}@{hit.edition}", hit.id.removeprefix(f"{hit.title}@{hit.edition}/")
    if edition_id not in library.infos or not hit.id.startswith(edition_id):
        return Verification(hit.label, State.NOT_FOUND, f"库中没有{hit.label}所引的版本")
    locator, whole = library.locator(edition_id), hit.id == edition_id
    status = library.status(edition_id, on) if whole else library.provision_status(edition_id, path, on)
    try:
        stored = whole_hit(locator.edition, status) if whole else make_hit(locator, path, status)
    except NotFoundError as error:
        return Verification(hit.label, State.NOT_FOUND, str(error))
    quote = locator.edition.text[hit.start : hit.end]
    inside = stored.start <= hit.start < hit.end <= stored.end
    if not inside or (quote, stored.text, stored.label) != (hit.quote, hit.text, hit.label):
        changes = difference(stored.text, hit.quote)
        return Verification(hit.label, State.TEXT_MISMATCH, f"引文不是{stored.label}的原文", stored, diff=changes)
    cut = replace(stored, quote=quote, start=hit.start, end=hit.end)
    found = Verification(hit.label, _STATES[status], _standing(cut, status), cut)
    if not successors or status not in _OVER:
        return found
    return _succeeded(found, library, on, library.infos[edition_id], None if whole else locator.nodes[path])


def verify_hits(
    hits: Sequence[Hit], library: Library, on: date, *, successors: bool = True
) -> tuple[Verification, ...]:
    """Verify the citations of an answer, in order; see `verify_hit`."""
    return tuple(verify_hit(hit, library, on, successors=successors) for hit in hits)


def verify_text(text: str, library: Library, on: date) -> tuple[Verification, ...]:
    """Verify every citation of a text by title (《…》第七条), in reading order, whoever wrote it."""
    named = (found for found in find_citations(text, library.titles) if found.relation is Relation.NAMED)
    return tuple(replace(verify_citation(one.citation, library, on), citation=one.words) for one in named)


def _existing(citation: Citation, library: Library, on: date) -> str:
    """Return what there is in place of what a citation names: titles, editions or clauses."""
    try:
        title = library.title(citation.title)
    except NotFoundError:
        return "、".join(f"《{near}》" for near in library.nearest(citation.title))
    try:
        info = library.choose(title, on, citation.edition)
    except NotFoundError:
        return "、".join(info.date for info in library.editions_of(title))
    return library.locator(info.id).existing(citation)


def _chosen(citation: Citation, library: Library, on: date) -> EditionInfo | Known:
    """Return the edition that a citation means, of the base or else of the catalogue; raises NotFoundError."""
    try:
        return library.choose(library.title(citation.title), on, citation.edition)
    except AmbiguousError:
        raise
    except NotFoundError:
        known = library.unread(citation.title, on, citation.edition)
        if known is None:
            raise
        return known


def _with_counting(found: Verification, citation: Citation, library: Library, on: date) -> Verification | None:
    """Return a verification with the edition that counts on the day, where only the catalogue knows it, else None.

    A clause that an older text lacks may stand in that edition, so its absence is not checked.
    """
    try:
        title = library.title(citation.title)
        names_edition = bool(citation.edition) or normalise(title) != work_key(title)
        known = None if names_edition else library.unread(title, on)
    except NotFoundError:
        return None
    if known is None or known.status is not Status.IN_FORCE:
        return None
    return replace(found, message=f"{found.message}；当日施行的版本{UNREAD}，{described(known)}", known=known)


def _unread(citation: Citation, library: Library, on: date, known: Known) -> Verification:
    """Return the verification of a citation whose text nobody can read here: never ok, whatever the catalogue says."""
    strange, told = beyond(citation, known), described(known)
    if strange:
        message = f"{strange.message}（{UNREAD}，据目录）；{told}"
        return Verification(str(citation), State.NOT_FOUND, message, range=strange.range, known=known)
    state = State.NOT_CHECKED if _STATES[known.status] is State.OK else _STATES[known.status]
    message = f"{UNREAD}，条文未能核对；{told}"
    return Verification(str(citation), state, message, successor=_replacing(known, library, on), known=known)


def _replacing(known: Known, library: Library, on: date) -> Hit | None:
    """Return the stored text that took the place of one that is not stored, None where it is not stored either."""
    if known.status not in _OVER or not known.entry.superseded_by:
        return None
    try:
        later = library.choose(library.title(without_brackets(known.entry.superseded_by)), on)
    except NotFoundError:
        return None
    return whole_hit(library.locator(later.id).edition, library.status(later.id, on))


def _judged(
    words: str, library: Library, on: date, info: EditionInfo, provision: Provision | None, quote: str
) -> Verification:
    """Return the verification of a citation whose clause is there."""
    locator, of_whole = library.locator(info.id), library.status(info.id, on)
    status = library.provision_status(info.id, provision.path, on) if provision else of_whole
    hit = make_hit(locator, provision.path, status) if provision else whole_hit(locator.edition, status)
    found = Verification(words, _STATES[status], _standing(hit, status), hit)
    if provision and status is not of_whole:
        found = _ended(found, library, info, provision, status)
    elif status in _OVER:
        found = _succeeded(found, library, on, info, provision)
    if not fold(quote):
        return found
    span = Folded.of(hit.text).find(quote)
    if span is None:
        return _mismatched(found, library, on, info, quote)
    start, end = hit.start + span[0], hit.start + span[1]
    said = "，引文与原文一致" + "（中有省略）" * has_elision(quote)
    cut = replace(hit, quote=locator.edition.text[start:end], start=start, end=end)
    return replace(found, hit=cut, message=found.message + said)


def _ended(
    found: Verification, library: Library, info: EditionInfo, provision: Provision, status: Status
) -> Verification:
    """Add which later text ended a clause by itself; one that is suspended, or ends on no certain day, is not ok."""
    ended = next(one for one in library.clause_ends(info) if one.covers(provision.path))
    said = f"；{ended.by}规定“{ended.words}”"
    state = State.REPEALED if status is Status.REPEALED else State.NOT_CHECKED
    return replace(found, state=state, message=found.message + said)


def _standing(hit: Hit, status: Status) -> str:
    return f"{hit.label}（{edition_words(hit.edition)[1:-1]}版）{_WORDS[status]}"


def _succeeded(
    found: Verification, library: Library, on: date, info: EditionInfo, provision: Provision | None
) -> Verification:
    """Add which text, and which clause of it, took the place of a clause that counts no more."""
    later = library.successor(info, on)
    if later is None:
        named = info.metadata.successor
        return replace(found, message=found.message + (f"；后来的文本是{named}，本库没有" if named else ""))
    new, status = library.locator(later.id), library.status(later.id, on)
    like = counterpart(library.locator(info.id), provision, new) if provision else None
    hit = make_hit(new, like.path, status) if like else whole_hit(new.edition, status)
    none = "（其中没有与之相近的条款）" if provision and not like else ""
    said = f"；现对应{hit.label}{edition_words(later.date)}{none}"
    return replace(found, successor=hit, message=found.message + said)


def _mismatched(found: Verification, library: Library, on: date, info: EditionInfo, quote: str) -> Verification:
    assert found.hit is not None
    changes = difference(found.hit.text, quote)
    elsewhere = tuple(islice(quoted_places(library, on, info, quote), _ELSEWHERE))
    message = f"引文与{found.hit.label}的原文不符"
    if elsewhere:
        places = "、".join(hit.cited for hit in elsewhere)
        message += f"：这段文字见于{places}"
    elif all(operation == "insert" for operation, _, _ in changes):
        message += "：其中没有这段文字"
    else:
        message += f"：{in_words(changes)}"
    if found.state is not State.OK:
        message += f"；{found.message}"
    return replace(found, state=State.TEXT_MISMATCH, message=message, diff=changes, elsewhere=elsewhere)


def quoted_places(library: Library, on: date, info: EditionInfo, quote: str) -> Iterator[Hit]:
    """Yield where a quotation stands whole in the edition, then in the other editions of the work, latest first."""
    if len(fold(quote)) < _SHORTEST_ELSEWHERE:
        return
    others = [one for one in library.infos.values() if one.work == info.work and one.id != info.id]
    for one in (info, *sorted(others, key=lambda other: other.date, reverse=True)):
        locator = library.locator(one.id)
        for span in Folded.of(locator.edition.text).find_all(quote):
            if inner := _innermost(locator, span):
                yield make_hit(locator, inner.path, library.status(one.id, on), span)


def _innermost(locator: Locator, span: tuple[int, int]) -> Provision | None:
    """Return the smallest provision that holds a span, None where the span lies across the largest ones."""
    holding = [node for node in locator.nodes.values() if node.start <= span[0] and span[1] <= node.end]
    return holding[-1] if holding else None
