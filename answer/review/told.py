"""A review in words (审查意见的文字), the same on the terminal, in the page and in the Word file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from answer.review.findings import KIND_WORDS, MARK_WORDS, SEVERITY_WORDS, Duty, Finding, Mark, Review, Severity

MATRIX = ("上位规定的义务", "文中对应", "相同文字")  # heads of the coverage matrix
_PARAGRAPHS = 12  # numbers of paragraphs shown
NOTICE = "本报告由程序对照库中条款生成，供人工复核；建议不改动任何数字。"


def summary(review: Review) -> str:
    """Return the totals in a sentence: 意见 3 条（错误 1，核对 2），引用 5 处（属实 4，…）."""
    severities = Counter(finding.severity for finding in review.findings)
    told = "，".join(f"{SEVERITY_WORDS[one]} {severities[one]}" for one in Severity if severities[one])
    states = Counter(cited.state for cited in review.citations)
    cited = "，".join(f"{MARK_WORDS[one]} {states[one]}" for one in Mark if states[one])
    return (
        f"意见 {len(review.findings)} 条{f'（{told}）' * bool(told)}，"
        f"引用 {len(review.citations)} 处{f'（{cited}）' * bool(cited)}"
    )


def kind_words(finding: Finding) -> str:
    """Return severity, kind and state of a finding: 错误·引用·不存在."""
    return f"{SEVERITY_WORDS[finding.severity]}·{KIND_WORDS[finding.kind]}·{MARK_WORDS[finding.state]}"


def reasons(finding: Finding) -> Iterator[str]:
    """Yield why, what to do, and the clause concerned."""
    yield finding.message
    if finding.also:
        yield further(finding)
    if finding.suggestion:
        yield f"建议：{finding.suggestion}"
    if finding.clause:
        text = " ".join(finding.clause.quote.split())
        yield f"条文：{finding.clause.cited}：{text}"


def further(finding: Finding) -> str:
    """Return where else the same trouble stands: 另见第 3、7 段."""
    own = finding.place.paragraph
    paragraphs = dict.fromkeys(place.paragraph + 1 for place in finding.also if place.paragraph != own)
    shown = "、".join(map(str, list(paragraphs)[:_PARAGRAPHS])) + "等" * (len(paragraphs) > _PARAGRAPHS)
    return f"同样问题共 {len(finding.also) + 1} 处" + (f"，另见第 {shown} 段" if shown else "，都在本段")


def counterpart(duty: Duty) -> str:
    """Return where a document has its own words for a duty: 第8段 第五条, or 无."""
    place = duty.counterpart
    return f"第{place.paragraph + 1}段 {place.words}" if place else "无"
