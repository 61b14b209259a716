"""A review as one web page (网页报告): everything inside it, nothing fetched, every word escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from answer.review.findings import KIND_WORDS, MARK_WORDS, SEVERITY_WORDS, Finding, Review, Severity
from corpus.citation import edition_words

_STYLE = """
body{font:16px/1.8 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;color:#222}
body{max-width:60em;margin:2em auto;padding:0 1em}
h1{font-size:1.5em}h2{font-size:1.2em;border-bottom:1px solid #bbb;margin-top:2em}
table{border-collapse:collapse;width:100%;font-size:.92em}th{background:#f4f1ea}
th,td{border:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}td:nth-child(-n+2){white-space:nowrap}
.error{background:#f9d3d0}.warning{background:#fbe8b5}.note{background:#dcebf7}
blockquote{margin:.4em 0;padding:.2em .8em;border-left:3px solid #bbb;color:#444}
.text p{text-indent:2em;margin:.3em 0}.text sup a{color:#a00;text-decoration:none}
""".strip()


def page(review: Review) -> str:
    """Return the page: a summary table, each finding with its clause, the document's text with the places marked."""
    title = escape(f"审查报告：{review.title}")
    body = "\n".join([*_summary(review), *_matrix(review), *_text(review)])
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>\n{body}\n</body></html>\n"
    )


def _summary(review: Review) -> Iterator[str]:
    counts = "，".join(
        f"{SEVERITY_WORDS[one]} {sum(finding.severity is one for finding in review.findings)}" for one in Severity
    )
    told = f"意见 {len(review.findings)} 条（{counts}），引用 {len(review.citations)} 处。"
    yield f"<p>文件：{escape(review.document)}；{told}</p>"
    yield "<h2>意见</h2><table><tr><th>号</th><th>类别</th><th>位置与文字</th><th>意见</th></tr>"
    for number, finding in enumerate(review.findings, 1):
        yield _row(number, finding)
    yield "</table>"


def _row(number: int, finding: Finding) -> str:
    kind = f"{SEVERITY_WORDS[finding.severity]}<br>{KIND_WORDS[finding.kind]}<br>{MARK_WORDS[finding.state]}"
    place = (
        f'<a href="#p{finding.place.paragraph}">第{finding.place.paragraph + 1}段</a>：{escape(finding.place.words)}'
    )
    told = escape(finding.message) + (f"<br>建议：{escape(finding.suggestion)}" if finding.suggestion else "")
    if finding.clause:
        label = escape(finding.clause.label + edition_words(finding.clause.edition))
        told += f"<blockquote>{label}<br>{escape(finding.clause.quote)}</blockquote>"
    return (
        f'<tr class="{finding.severity.value}" id="f{number}"><td>{number}</td><td>{kind}</td>'
        f"<td>{place}</td><td>{told}</td></tr>"
    )


def _matrix(review: Review) -> Iterator[str]:
    if not review.matrix:
        return
    yield "<h2>覆盖表</h2><table><tr><th>上位规定的义务</th><th>本文件的对应条款</th><th>相同文字</th></tr>"
    for duty in review.matrix:
        own = f"第{duty.counterpart.paragraph + 1}段 {escape(duty.counterpart.words)}" if duty.counterpart else "无"
        clause = f"{escape(duty.clause.label)}：{escape(duty.clause.quote)}"
        yield f"<tr><td>{clause}</td><td>{own}</td><td>{duty.share:.0%}</td></tr>"
    yield "</table>"


def _text(review: Review) -> Iterator[str]:
    yield '<h2>原文</h2><div class="text">'
    for number, line in enumerate(review.paragraphs):
        here = [(n, one) for n, one in enumerate(review.findings, 1) if one.place.paragraph == number]
        yield f'<p id="p{number}">{_marked(line, here)}</p>'
    yield "</div>"


def _marked(line: str, here: Sequence[tuple[int, Finding]]) -> str:
    """Return a paragraph with the places marked; of places that overlap the first is marked, all are numbered."""
    written, at = "", 0
    for number, finding in sorted(here, key=lambda one: (one[1].place.start, one[1].place.end)):
        start, end = max(at, finding.place.start), max(at, finding.place.end)
        written += escape(line[at:start])
        if start < end:
            written += f'<mark class="{finding.severity.value}">{escape(line[start:end])}</mark>'
        written += f'<sup><a href="#f{number}">〔{number}〕</a></sup>'
        at = end
    return written + escape(line[at:])
