"""From a question to a cited answer (问答): every word of it stands in a stored edition, or there is no answer.

A clause that the question names is looked up; otherwise provisions are searched, the sentences that answer are
chosen, quoted exactly and cited, or 没有找到依据 is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.consider import Considered, Sources, consider
from answer.question import Question
from answer.quote import Quotation, citation_words, headline, notes, quote
from answer.select import Candidate
from answer.sentences import ends_open
from answer.support import Status
from corpus.citation import Citation
from corpus.errors import InputError, NotFoundError
from corpus.hit import Hit
from corpus.titles import normalise

LONGEST = 1000  # characters of a question that are read
MAX_CITATIONS = 3
_LONGEST_QUOTES = 700  # characters quoted in all, where the first citation is no longer by itself
CLOSE = 0.85  # a further clause is cited from this share of the first one's score
_EXCERPT = 80  # characters of the nearest sentence shown where there is no basis
_NOTHING = "没有找到依据：本库条款中没有能回答这个问题的内容。"
_PARTLY = "所引条款与问题相关，但未必完全回答所问，请核对原文"


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
        named = [hit for hit in sources.look_up(question) if hit.path]
    except (NotFoundError, InputError) as error:
        return Answer(question, as_of, Status.NO_BASIS, f"没有找到依据：{error}", notes=(str(error),))
    considered = consider(question, sources)
    if named:
        whole = tuple(Quotation(hit, hit.quote, hit.label) for hit in named)
        return _compose(considered.question, as_of, Status.ANSWERED, whole)
    status = considered.status
    if status is Status.NO_BASIS:
        return Answer(question, as_of, status, _NOTHING, notes=_reasons(considered))
    return _compose(considered.question, as_of, status, _quotations(considered))


def _reasons(considered: Considered) -> tuple[str, ...]:
    """Return why nothing is answered."""
    if considered.found:
        best = considered.found[0]
        return (f"最相近的是{best.hit.label}：“{_excerpt(best)}”，但不足以认定它回答了所问",)
    named = "".join(str(Citation(title)) for title in considered.question.titles)
    return (f"{named}在所问日期没有可引用的条款，可查所有版本",) if named else ()


def _excerpt(candidate: Candidate) -> str:
    """Return a sentence's words for a note, cut where it is long."""
    sentence = candidate.sentence
    words = " ".join(candidate.edition.text[sentence.start : sentence.end].split())
    return f"{words[:_EXCERPT]}……" if len(words) > _EXCERPT else words


def _compose(question: Question, as_of: str, status: Status, quotations: tuple[Quotation, ...]) -> Answer:
    first, *others = quotations
    lines = [headline(question, first.words)]
    basis = [first]
    if others and ends_open(first.words, len(first.words)):  # a list's lead; the item that answers comes next
        basis.append(others.pop(0))
        lines.append(basis[1].words)
    lines.append(f"依据：{'；'.join(citation_words(one.hit, one.label) for one in basis)}")
    lines += [f"另见：{citation_words(one.hit, one.label)}：{headline(question, one.words)}" for one in others]
    citations = tuple(one.hit for one in quotations)
    remarks = ((_PARTLY,) if status is Status.PARTIAL else ()) + notes(citations)
    return Answer(question.text, as_of, status, "\n".join(lines), citations, remarks)


def _quotations(considered: Considered) -> tuple[Quotation, ...]:
    """Return the quotations of the best candidates, one per provision, none clearly weaker than the first."""
    taken: list[Quotation] = []
    seen: set[str] = set()
    for candidate in considered.found:
        if len(taken) >= MAX_CITATIONS or candidate.score < CLOSE * considered.found[0].score:
            break
        if candidate.hit.id in seen:
            continue
        seen.add(candidate.hit.id)
        quotes = [one for one in quote(considered.question, candidate) if not _repeated(one.hit, taken)]
        if taken and sum(len(one.hit.quote) for one in (*taken, *quotes)) > _LONGEST_QUOTES:
            break
        taken += quotes
    return tuple(taken[:MAX_CITATIONS])


def _repeated(citation: Hit, taken: Sequence[Quotation]) -> bool:
    return any(_repeats(citation, one.hit) for one in taken)


def _repeats(citation: Hit, other: Hit) -> bool:
    """Tell whether a quotation says nothing new beside another one."""
    overlaps = citation.start < other.end and other.start < citation.end
    same = citation.edition_id == other.edition_id and overlaps
    return same or normalise(citation.quote) == normalise(other.quote)
