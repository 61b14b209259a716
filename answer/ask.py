"""From a question to a cited answer (问答): every word of it stands in a stored edition, or there is no answer.

A clause that the question names is looked up; otherwise provisions are searched, the sentences that answer are
chosen, quoted exactly and cited, or 没有找到依据 is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from answer.comparison import compared
from answer.consider import DEPTH, Considered, Sources, consider
from answer.exam import Choice, choose
from answer.facts import ARTICLES, bearings, remark
from answer.facts import lines as lines_on
from answer.figures import strange_figures
from answer.gaps import ALIGNED
from answer.history import history
from answer.items import FALSE, TRUE, Item, ItemKind
from answer.kinds import TITLE
from answer.question import Question
from answer.quote import Quotation, citation_words, headline, notes, quote
from answer.select import Candidate
from answer.sentences import ends_open
from answer.support import Status
from answer.unread import UNREAD, described
from answer.verdict import stated, verdict
from answer.verify import Library
from corpus.citation import Citation
from corpus.errors import InputError, NotFoundError
from corpus.hit import Hit
from corpus.titles import normalise, work_key
from corpus.unread import Known
from corpus.validity import Status as InForce
from index.case import read_case

LONGEST = 1000  # characters of a question that are read
MAX_CITATIONS = 3
_LONGEST_QUOTES = 700  # characters quoted in all, where the first citation is no longer by itself
CLOSE = 0.85  # a further clause is cited from this share of the first one's score
_RELATED, _MOST_RELATED = 0.75, 3  # share of the first one's score from which a clause is named, and how many are
_SURE = 0.75  # how far a clause must state a claim word for word to confirm it
_REGULATION = re.compile(r"(?:条例|准则|规则|规定|办法|细则|章程|法)(?:[（(][^）)]*[）)])?》$")
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


def ask(
    question: str, sources: Sources, as_of: str, library: Library | None = None, facts: date | None = None
) -> Answer:
    """Answer a question from provisions that `sources` lets answer on the ISO day `as_of`; nothing is raised.

    With a `library` the wording of other editions is told, and a case is answered by the clauses of the day of its
    `facts` and of today.
    """
    text, case = question[:LONGEST], bool(library and read_case(question))
    unread = library.unread_in(text, date.fromisoformat(as_of)) if library else ()
    if library and unread and _names_none_stored(TITLE.findall(text), library):
        answer = _on_unread(text, unread, as_of)
    elif library and (unknown := _unknown(text, library)):
        answer = Answer(text, as_of, Status.NO_BASIS, f"没有找到依据：本库没有{unknown}。")
    elif library and case:
        answer = _on_facts(question, sources, as_of, library, facts)
    elif pair := compared(text):
        answer = _side_by_side(text, pair, sources, as_of)
    else:
        answer = _ask(text, sources, as_of)
    if library and answer.citations and not case:
        answer = replace(answer, notes=(*answer.notes, *_told(answer.citations, library, as_of)))
    if answer.status is Status.NO_BASIS:
        answer = replace(answer, notes=(*answer.notes, *(f"{described(known)}；{UNREAD}" for known in unread)))
    return replace(answer, question=question)


def _names_none_stored(names: Sequence[str], library: Library) -> bool:
    """Tell whether there are names in 书名号, and the base has none of the regulations."""
    return bool(names) and not any(library.titles.find_in(name) for name in names)


def _unknown(text: str, library: Library) -> str:
    """Return the regulations that a question names in 书名号, "" where it names none or the base has one of them."""
    names = [name for name in TITLE.findall(text) if _REGULATION.search(name)]
    return "".join(dict.fromkeys(names)) if _names_none_stored(names, library) else ""


def _on_unread(text: str, unread: Sequence[Known], as_of: str) -> Answer:
    """Answer a question about regulations that are known without their text: nothing of theirs can be quoted."""
    names = "".join(str(Citation(known.entry.title)) for known in unread)
    return Answer(text, as_of, Status.NO_BASIS, f"没有找到依据：{names}{UNREAD}，不能引用它的条文。")


def _ask(question: str, sources: Sources, as_of: str) -> Answer:
    try:
        named = [hit for hit in sources.look_up(question) if hit.path]
    except (NotFoundError, InputError) as error:
        return Answer(question, as_of, Status.NO_BASIS, f"没有找到依据：{error}", notes=(str(error),))
    considered = consider(question, sources)
    if named:
        whole = tuple(Quotation(hit, hit.quote, hit.label) for hit in named)
        return _compose(considered.question, as_of, Status.ANSWERED, whole)
    if claim := stated(question):
        return _on_claim(claim, considered, sources, as_of)
    status = considered.status
    if status is Status.NO_BASIS:
        return Answer(question, as_of, status, _NOTHING, notes=_reasons(considered))
    quotations = _quotations(considered)
    answer = _compose(considered.question, as_of, status, quotations)
    return replace(answer, notes=(*answer.notes, *_related(considered, quotations)))


def _on_claim(claim: str, considered: Considered, sources: Sources, as_of: str) -> Answer:
    """Answer whether a statement is right: by the clause that it is about, of whichever work."""
    text, titles = considered.question.text, considered.question.titles
    choice = choose(Item("", ItemKind.JUDGE, claim), sources)
    hit = choice.hit
    named = "".join(str(Citation(title)) for title in titles)
    if hit is None or choice.confidence < ALIGNED:
        words = f"没有找到依据：本库的{named}中未见此规定。" if named else _NOTHING
        return Answer(text, as_of, Status.NO_BASIS, words, notes=_reasons(considered))
    elsewhere = bool(titles) and work_key(hit.title) not in {work_key(title) for title in titles}
    worth, words = _ruling(choice, claim, hit)
    if elsewhere:
        words = f"否。本库的{named}中未见此规定；最相近的规定在{Citation(hit.title)}。"
    lines = [words, hit.quote, f"依据：{citation_words(hit)}"]
    remarks = notes((hit,)) if worth is Status.ANSWERED else (_PARTLY, *notes((hit,)))
    return Answer(text, as_of, worth, "\n".join(lines), (hit,), remarks)


def _ruling(choice: Choice, claim: str, hit: Hit) -> tuple[Status, str]:
    """Return what is said of a claim: right where the clause says it, wrong where its figures are others."""
    if choice.choice == TRUE and choice.confidence >= _SURE:
        return Status.ANSWERED, "是。条款原文如此："
    if choice.choice == FALSE and (strange := strange_figures(claim, hit.text)):
        said = "、".join(sorted(f"{value}{unit}" for value, unit in strange))
        return Status.ANSWERED, f"否。所说的“{said}”与条款不符，条款规定："
    return Status.PARTIAL, "未能断定所说是否准确，请对照条款："


def _side_by_side(text: str, pair: tuple[str, str], sources: Sources, as_of: str) -> Answer:
    """Answer a comparison: what the clauses say of the one thing and of the other."""
    sides = [(name, _ask(f"什么是{name}？", sources, as_of)) for name in pair]
    found = [(name, answer) for name, answer in sides if answer.citations]
    if not found:
        return replace(sides[0][1], question=text)
    worth = Status.ANSWERED if all(answer.status is Status.ANSWERED for _, answer in sides) else Status.PARTIAL
    lines = [f"{name}：{answer.answer}" for name, answer in found]
    lacking = [f"没有找到关于“{name}”的依据" for name, answer in sides if not answer.citations]
    remarks = dict.fromkeys([*lacking, *(note for _, answer in found for note in answer.notes)])
    citations = dict.fromkeys(hit for _, answer in found for hit in answer.citations)
    return Answer(text, as_of, worth, "\n".join(lines), tuple(citations), tuple(remarks))


def _on_facts(question: str, sources: Sources, as_of: str, library: Library, then: date | None) -> Answer:
    """Answer a case with the clauses that may bear on it, never with a verdict."""
    today = date.fromisoformat(as_of)
    found = list(islice(bearings(sources.search(question, DEPTH), library, then, today), ARTICLES))
    if not found:
        return Answer(question, as_of, Status.NO_BASIS, _NOTHING)
    citations = tuple(side.hit for one in found for side in (one.then, one.today) if side)
    text = "\n".join(lines_on(found, then))
    return Answer(question, as_of, Status.PARTIAL, text, tuple(dict.fromkeys(citations)), remark(found, then))


def _told(citations: Sequence[Hit], library: Library, as_of: str) -> tuple[str, ...]:
    """Return what became of the first clause, and which clauses are a locality's own beside those above."""
    regions = {hit.label: library.infos[hit.edition_id].metadata.region for hit in citations}
    local = [label for label, region in regions.items() if region]
    beside = (f"{'、'.join(local)}是地方规定，只在当地适用",) if local and len(local) < len(regions) else ()
    on = date.fromisoformat(as_of)
    newer = library.unread(citations[0].title, on)
    counting = (f"当日施行的版本{UNREAD}；{described(newer)}",) if newer and newer.status is InForce.IN_FORCE else ()
    return (*history(citations[0], library, on), *counting, *beside)


def _related(considered: Considered, quotations: Sequence[Quotation]) -> tuple[str, ...]:
    """Return a note naming the further clauses that are nearest, not quoted."""
    cited = {(one.hit.edition_id, one.hit.article or one.hit.path) for one in quotations}
    least = _RELATED * considered.found[0].score
    near = (one.hit for one in considered.found if one.score >= least)
    labels = dict.fromkeys(hit.label for hit in near if (hit.edition_id, hit.article or hit.path) not in cited)
    return (f"相关条款：{'；'.join(islice(labels, _MOST_RELATED))}",) if labels else ()


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
    said = verdict(question, first.words)
    lines = [f"{said}。{headline(question, first.words)}" if said else headline(question, first.words)]
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
