"""How a review looks on a terminal, and the totals of a folder (审查结果的显示)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from answer.review.findings import KIND_WORDS, SEVERITY_WORDS, Finding, Kind, Review, Severity
from answer.review.told import further, kind_words, summary

_SHOWN = 60  # characters of the document shown with a finding
_CLAUSE = 160  # characters of a clause shown with a finding


def lines(review: Review) -> Iterator[str]:
    """Yield the lines of one document's review."""
    yield f"《{review.title}》：{summary(review)}"
    for number, finding in enumerate(review.findings, 1):
        yield ""
        yield from _finding(number, finding)
    missing = [duty for duty in review.matrix if duty.counterpart is None]
    if review.matrix:
        yield ""
        yield f"覆盖：上位规定的义务 {len(review.matrix)} 项，文中有对应的 {len(review.matrix) - len(missing)} 项"


def _finding(number: int, finding: Finding) -> Iterator[str]:
    words = " ".join(finding.place.words.split())
    shown = words[:_SHOWN] + "……" * (len(words) > _SHOWN)
    yield f"{number}. 〔{kind_words(finding)}〕第{finding.place.paragraph + 1}段“{shown}”"
    yield f"   {finding.message}"
    if finding.also:
        yield f"   {further(finding)}"
    if finding.suggestion:
        yield f"   建议：{finding.suggestion}"
    if finding.clause:
        text = " ".join(finding.clause.quote.split())
        yield f"   条文：{finding.clause.cited}：{text[:_CLAUSE]}{'……' * (len(text) > _CLAUSE)}"


def folder_json(reviews: Sequence[tuple[str, Review | str]]) -> dict[str, object]:
    """Return the JSON object of a folder: each document's review or the reason why there is none, and totals."""
    rows = [one.to_json() if isinstance(one, Review) else {"document": name, "error": one} for name, one in reviews]
    return {"documents": rows, "totals": _totals([one for _, one in reviews if isinstance(one, Review)])}


def _totals(reviews: Sequence[Review]) -> dict[str, int]:
    total = sum((Counter(review.totals()) for review in reviews), Counter[str]())
    named = (*(one.value for one in Severity), *(one.value for one in Kind), "citations")
    return {"documents": len(reviews), **{name: total[name] for name in named}}


def table(reviews: Sequence[tuple[str, Review | str]]) -> Iterator[str]:
    """Yield a line for each document of a folder, and the totals."""
    read = [(name, one) for name, one in reviews if isinstance(one, Review)]
    for name, review in read:
        yield f"{name}：{summary(review)}"
    for name, one in reviews:
        if isinstance(one, str):
            yield f"{name}：未审查，{one}"
    totals = _totals([review for _, review in read])
    severities = "，".join(f"{SEVERITY_WORDS[one]} {totals[one.value]}" for one in Severity)
    kinds = "，".join(f"{KIND_WORDS[one]} {totals[one.value]}" for one in Kind if totals[one.value])
    yield ""
    yield f"共 {len(read)} 个文件，引用 {totals['citations']} 处；意见：{severities}{f'；{kinds}' * bool(kinds)}"
