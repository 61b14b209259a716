"""A review as one page (网页报告): summary, findings, the document with the words concerned marked; nothing outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from answer.review.findings import Duty, Finding, Review
from answer.review.told import MATRIX, NOTICE, counterpart, kind_words, reasons, summary

_STYLE = """
:root { color-scheme: light dark; --ink: #1d1d1f; --paper: #fff; --line: #d0d0d5 }
:root { --error: #b3261e; --warning: #8a5a00; --note: #3a5a8c }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8ea; --paper: #1b1b1d; --line: #444; --error: #ff8a80; --warning: #ffca6b; --note: #9dbdf0 }
}
body { font: 16px/1.8 "Noto Serif CJK SC", "Songti SC", SimSun, serif; color: var(--ink); background: var(--paper) }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; border-bottom: 1px solid var(--line) }
table { border-collapse: collapse; width: 100%; font-size: .92rem }
th, td { border: 1px solid var(--line); padding: .2rem .5rem; text-align: left; vertical-align: top }
td { overflow-wrap: anywhere } td:nth-child(2) { min-width: 5rem }
ol { padding-left: 1.5rem } li { margin: .8rem 0 } li p { margin: .1rem 0 }
.error { color: var(--error) } .warning { color: var(--warning) } .note { color: var(--note) }
.paper p { text-indent: 2em; margin: .3rem 0 }
mark { background: none; border-bottom: 2px solid currentColor }
sup a { text-decoration: none } :target { outline: 2px solid var(--note) }
@media print { body { margin: 0; max-width: none } }
"""


def page(review: Review) -> str:
    """Return the whole page; every word of document and clauses is escaped."""
    title = escape(f"审查报告：{review.title}")
    items = "".join(_item(number, finding) for number, finding in enumerate(review.findings, 1))
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{title}</title><style>{_STYLE}</style></head><body>'
        f"<h1>{title}</h1><p>{escape(review.document)}：{escape(summary(review))}</p><p>{NOTICE}</p>"
        f"<h2>意见</h2>{f'<ol>{items}</ol>' if items else '<p>没有发现问题。</p>'}"
        f'{_matrix(review.matrix)}<h2>原文</h2><div class="paper">{"".join(_paragraphs(review))}</div></body></html>\n'
    )


def _item(number: int, finding: Finding) -> str:
    place = finding.place
    told = "".join(f"<p>{escape(line)}</p>" for line in reasons(finding))
    return (
        f'<li id="f{number}"><a href="#p{number}" class="{finding.severity.value}">{kind_words(finding)}</a> '
        f"第{place.paragraph + 1}段“{escape(place.words)}”{told}</li>"
    )


def _matrix(matrix: Sequence[Duty]) -> str:
    """Return the coverage matrix as a table, nothing where there is none."""
    if not matrix:
        return ""
    rows = "".join(
        f"<tr><td>{escape(one.clause.label)}：{escape(one.clause.quote)}</td>"
        f"<td>{escape(counterpart(one))}</td><td>{one.share:.0%}</td></tr>"
        for one in matrix
    )
    head = "".join(f"<th>{words}</th>" for words in MATRIX)
    return f"<h2>覆盖表</h2><table><tr>{head}</tr>{rows}</table>"


def _paragraphs(review: Review) -> Iterator[str]:
    """Yield the paragraphs, the words of each finding marked with its number."""
    placed: dict[int, list[tuple[int, Finding]]] = defaultdict(list)
    for number, finding in enumerate(review.findings, 1):
        placed[finding.place.paragraph].append((number, finding))
    for paragraph, text in enumerate(review.paragraphs):
        yield f"<p>{''.join(_marked(text, placed[paragraph]))}</p>"


def _marked(text: str, findings: list[tuple[int, Finding]]) -> Iterator[str]:
    at = 0
    for number, finding in sorted(findings, key=lambda one: (one[1].place.start, one[1].place.end)):
        start, end = max(finding.place.start, at), max(finding.place.end, at)
        yield escape(text[at:start])
        words = f'<mark class="{finding.severity.value}">{escape(text[start:end])}</mark>' if end > start else ""
        yield f'<span id="p{number}">{words}<sup><a href="#f{number}">[{number}]</a></sup></span>'
        at = end
    yield escape(text[at:])
