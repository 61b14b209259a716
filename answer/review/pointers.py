"""Pointers inside the document (文内指引): 前款, 本办法第七条, 第十条, that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from answer.review.findings import Finding, Kind, Mark, Severity
from answer.review.paper import Paper
from answer.review.reading import Mention
from corpus.mentions import Relation, find_citations

_ANY_TEXT = (Relation.SELF, Relation.BARE)


def dangling(paper: Paper, elsewhere: list[Mention]) -> Iterator[Finding]:
    """Yield a finding for each pointer of the document into itself that has no target.

    `elsewhere` are the mentions of other regulations, 第七条 behind such a name among them.
    """
    taken = {(one.start, one.end) for one in elsewhere}
    reported = {paper.sentence_at(one.start).start for one in elsewhere if one.citation.units}
    if not paper.has_articles:
        yield from _without_articles(paper, taken, reported)
        return
    for reference in paper.edition.references:
        inside = any(start <= reference.start and reference.end <= end for start, end in taken)
        quoted = paper.is_quoted(reference.start, reference.end)
        if reference.target or reference.citation or inside or quoted or "《" in reference.words:
            continue
        if reference.words.startswith("附"):  # an annex that is not there is told once, by the layout
            continue
        place = paper.place(reference.start, reference.end)
        message = f"“{reference.words}”在本文件中无所指：{reference.reason}"
        yield Finding(Kind.CITATION, Mark.NOT_FOUND, Severity.ERROR, place, message, None, "请核对所指条款")


def _without_articles(paper: Paper, taken: set[tuple[int, int]], reported: set[int]) -> Iterator[Finding]:
    """Yield a finding for each 第七条 of a text that has no articles and names no regulation before it.

    In a sentence that reports a clause (`reported`: where such sentences start), 本条例 is the regulation reported.
    """
    for offset, line in paper.lines():
        for found in find_citations(line):
            span = (offset + found.start, offset + found.end)
            counts = found.relation in _ANY_TEXT and found.citation.article is not None
            counts = counts and paper.sentence_at(span[0]).start not in reported
            if counts and not paper.is_quoted(*span) and not any(start <= span[0] < end for start, end in taken):
                message = f"“{found.words}”没有写明是哪部法规的条款，本文件也不分条"
                place = paper.place(*span)
                yield Finding(Kind.CITATION, Mark.AMBIGUOUS, Severity.WARNING, place, message, None, "请写明法规名称")
