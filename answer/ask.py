"""From a question to a cited answer (问答): every word of it stands in a stored edition, or there is no answer.

A clause that the question names is looked up; otherwise provisions are searched, the sentences that answer are
chosen, quoted exactly and cited, or 没有找到依据 is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from answer.question import Question, read_question
from answer.quote import citation_words, headline, notes, quote
from answer.select import Candidate, candidates
from answer.sentences import ends_open
from answer.support import Status, judge, support
from corpus.citation import Citation
from corpus.errors import InputError, NotFoundError
from corpus.hit import Hit
from corpus.model import Edition
from corpus.titles import normalise, work_key

LONGEST = 1000  # characters of a question that are read
DEPTH = 20  # provisions read for each question
_FAR_DEPTH = 200  # searched when the regulation that a question names is not among the best
MAX_CITATIONS = 3
_CONSIDERED = 30  # candidates looked at for further citations
CLOSE = 0.93  # a further clause is cited from this share of the first one's score and support
_EXCERPT = 80  # characters of the nearest sentence shown where there is no basis
_NOTHING = "没有找到依据：本库条款中没有能回答这个问题的内容。"
_PARTLY = "所引条款与问题相关，但未必完全回答所问，请核对原文"


class Sources(Protocol):
    """What an answer is made from: provisions that may answer on a day, and how rare words are in the base."""

    def search(self, question: str, k: int) -> Sequence[Hit]:
        """Return the k best provisions, best first, at most one per article."""

    def look_up(self, question: str) -> Sequence[Hit]:
        """Return the provisions that the question names by citation; raises NotFoundError where there is no such."""

    def edition(self, edition_id: str) -> Edition:
        """Return a whole edition."""

    def title_in(self, question: str) -> Sequence[str]:
        """Return the titles that the question names."""

    def weight(self, word: str) -> float:
        """Return how rare a word is in the base (inverse document frequency), higher is rarer."""

    def words(self, text: str) -> Sequence[str]:
        """Return the words of a text."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and what it rests on; `citations` are empty when `status` is no_basis.

    The first line of `answer` answers; `as_of` is the ISO day whose law counts; `notes` are Chinese sentences. `states`
    are those of the citations (`answer.verify.State`); an answer without them is not checked.
    """

    question: str
    as_of: str
    status: Status
    answer: str
    citations: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {
            "question": self.question,
            "as_of": self.as_of,
            "status": self.status.value,
            "answer": self.answer,
            "citations": [{**hit.to_json(), "state": state} for hit, state in self.checked()],
            "notes": list(self.notes),
        }

    def checked(self) -> list[tuple[Hit, str]]:
        """Return each citation with its state."""
        return list(zip(self.citations, self.states or ("not_checked",) * len(self.citations), strict=True))


def ask(question: str, sources: Sources, as_of: str) -> Answer:
    """Answer a question from provisions that `sources` lets answer on the ISO day `as_of`; nothing is raised."""
    return replace(_ask(question[:LONGEST], sources, as_of), question=question)


def _ask(question: str, sources: Sources, as_of: str) -> Answer:
    try:
        named = [hit for hit in sources.look_up(question) if hit.id != f"{hit.title}@{hit.edition}"]
    except (NotFoundError, InputError) as error:
        return Answer(question, as_of, Status.NO_BASIS, f"没有找到依据：{error}", notes=(str(error),))
    read = read_question(question, sources.words, sources.weight, sources.title_in)
    if named:
        return _compose(read, as_of, Status.ANSWERED, tuple(named))
    found = candidates(read, _hits(read, sources), sources.edition)
    status = judge(read, found[0].evidence) if found else Status.NO_BASIS
    if status is Status.NO_BASIS:
        return Answer(question, as_of, status, _NOTHING, notes=_reasons(read, found))
    return _compose(read, as_of, status, _citations(read, found))


def _hits(question: Question, sources: Sources) -> Sequence[Hit]:
    """Return the provisions to read: the best ones, those of the regulations that the question names alone."""
    query = f"{question.text} {question.wanted.wording}".strip()
    hits = sources.search(query, DEPTH)
    if not question.titles:
        return hits
    works = {work_key(title) for title in question.titles}
    own = [hit for hit in hits if work_key(hit.title) in works]
    return own or [hit for hit in sources.search(query, _FAR_DEPTH) if work_key(hit.title) in works][:DEPTH]


def _reasons(question: Question, found: Sequence[Candidate]) -> tuple[str, ...]:
    """Return why nothing is answered."""
    if found:
        return (f"最相近的是{found[0].hit.label}：“{_excerpt(found[0])}”，但不足以认定它回答了所问",)
    named = "".join(str(Citation(title)) for title in question.titles)
    return (f"{named}在所问日期没有可引用的条款，可查所有版本",) if named else ()


def _excerpt(candidate: Candidate) -> str:
    """Return a sentence's words for a note, cut where it is long."""
    sentence = candidate.sentence
    words = " ".join(candidate.edition.text[sentence.start : sentence.end].split())
    return f"{words[:_EXCERPT]}……" if len(words) > _EXCERPT else words


def _compose(question: Question, as_of: str, status: Status, citations: tuple[Hit, ...]) -> Answer:
    first, *others = citations
    lines = [headline(question, first)]
    basis = [first]
    if others and ends_open(first.quote, len(first.quote)):  # a list's lead; the item that answers comes next
        basis.append(others.pop(0))
        lines.append(basis[1].quote)
    lines.append(f"依据：{'；'.join(map(citation_words, basis))}")
    lines += [f"另见：{citation_words(hit)}：{headline(question, hit)}" for hit in others]
    remarks = ((_PARTLY,) if status is Status.PARTIAL else ()) + notes(citations)
    return Answer(question.text, as_of, status, "\n".join(lines), citations, remarks)


def _citations(question: Question, found: Sequence[Candidate]) -> tuple[Hit, ...]:
    """Return the quotations of the best candidates, none twice, those clearly weaker than the first dropped."""
    taken: list[Hit] = []
    least = CLOSE * support(question, found[0].evidence)
    for candidate in found[:_CONSIDERED]:
        if len(taken) >= MAX_CITATIONS or candidate.score < CLOSE * found[0].score:
            break
        if support(question, candidate.evidence) >= least:
            taken += [hit for hit in quote(question, candidate) if not any(_repeats(hit, other) for other in taken)]
    return tuple(taken[:MAX_CITATIONS])


def _repeats(citation: Hit, other: Hit) -> bool:
    """Tell whether a quotation says nothing new beside another one."""
    same_edition = (citation.title, citation.edition) == (other.title, other.edition)
    overlaps = citation.start < other.end and other.start < citation.end
    return (same_edition and overlaps) or normalise(citation.quote) == normalise(other.quote)
