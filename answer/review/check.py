"""A document against the base (合规审查): every check in turn, one review out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from answer.review.citations import Judge, Judged
from answer.review.coverage import matrix, uncovered, unfounded
from answer.review.findings import Cited, Finding, Kind, Mark, Review, by_severity
from answer.review.layout import layout
from answer.review.paper import Paper
from answer.review.parameters import Governing, Parameters
from answer.review.pointers import dangling
from answer.review.quotations import Attributed, attributed, misquoted
from answer.review.reading import mentions
from answer.review.wording import Table, wordings
from answer.verify import Library

_TOLD_ONCE = (Mark.NOT_CHECKED, Mark.NOT_FOUND, Mark.SUPERSEDED, Mark.REPEALED, Mark.AMBIGUOUS)


def check(
    paper: Paper, library: Library, governing: Governing, table: Table, today: date, as_of: date | None = None
) -> Review:
    """Return the findings on a document; with `as_of` that day alone decides what counts."""
    judge = Judge(paper, library, today, as_of)
    judged = [judge.judge(mention) for mention in mentions(paper, library)]
    said = list(attributed(paper, judged))
    judged, quoted = _quotations(paper, judge, judged, said)
    held = [(one.start, one.end) for one in said if one.marked]
    duties = matrix(paper, judge)
    findings = [
        *_told(paper, judged),
        *quoted,
        *dangling(paper, [one.mention for one in judged]),
        *Parameters(paper, judge, governing).findings(judged, held),
        *layout(paper),
        *wordings(paper, table, min(paper.day or judge.now, judge.now)),
        *uncovered(paper, duties),
        *unfounded(paper),
    ]
    cited = tuple(Cited(paper.place(one.mention.start, one.mention.end), one.mark, one.id) for one in judged)
    return Review(paper.name, paper.edition.title, paper.paragraphs, by_severity(findings), cited, duties)


def _quotations(
    paper: Paper, judge: Judge, judged: list[Judged], said: list[Attributed]
) -> tuple[list[Judged], list[Finding]]:
    """Return the mentions with what their words tell of them, and the findings on quotations."""
    wrong = [(one, finding) for one in said if (finding := misquoted(paper, judge, one))]
    marked = {id(one.judged) for one in said if one.marked}
    misquotes = {id(one.judged) for one, _ in wrong}

    def read(one: Judged) -> Judged:
        if id(one) in misquotes:
            return replace(one, mark=Mark.TEXT_MISMATCH) if one.mark is Mark.OK else one
        return one if id(one) in marked else judge.meant(one)

    return [read(one) for one in judged], [finding for _, finding in wrong]


def _told(paper: Paper, judged: list[Judged]) -> Iterator[Finding]:
    """Yield a finding for each citation that does not stand; the same of a whole work once, with every place."""
    groups: dict[tuple[object, ...], list[Judged]] = {}
    for one in judged:
        if one.mark in (Mark.OK, Mark.TEXT_MISMATCH) or _is_history(paper, one):
            continue
        once = one.mark in _TOLD_ONCE and (not one.mention.citation.units or not one.info)
        key = (one.mention.citation.title, one.mark) if once else (id(one),)
        groups.setdefault(key, []).append(one)
    for one, *more in groups.values():
        place, *also = (paper.place(same.mention.start, same.mention.end) for same in (one, *more))
        yield Finding(
            Kind.CITATION, one.mark, one.severity, place, one.message, one.clause, one.suggestion, tuple(also)
        )


def _is_history(paper: Paper, judged: Judged) -> bool:
    """Tell whether a text that is not in the base is only what the document's 题注 says it was amended by."""
    return judged.mark is Mark.NOT_CHECKED and judged.mention.start < paper.body and "修改" in judged.mention.words
