"""A review as a Word file (Word 报告): a summary table, the document's text, numbered comments at the places.

The one module that knows python-docx.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from answer.review.findings import KIND_WORDS, MARK_WORDS, SEVERITY_WORDS, Finding, Review
from corpus.citation import edition_words

_AUTHOR = "党规审查"
_FONT = "仿宋"
_CLAUSE = 400  # characters of a clause in a comment
_HEADERS = ("号", "级别", "类别", "位置", "文字", "意见")


def word(review: Review) -> bytes:
    """Return the file's bytes."""
    from docx import Document

    document = Document()
    _fonts(document)
    document.add_heading(_clean(f"审查报告：{review.title}"), 1)
    document.add_paragraph(
        _clean(f"文件：{review.document}。意见 {len(review.findings)} 条，引用 {len(review.citations)} 处。")
    )
    _table(document, _HEADERS, [_row(number, one) for number, one in enumerate(review.findings, 1)])
    if review.matrix:
        document.add_heading("覆盖表", 2)
        _table(document, ("上位规定的义务", "对应条款", "相同文字"), _duties(review))
    document.add_heading("原文与批注", 2)
    for number, line in enumerate(review.paragraphs):
        here = [(n, one) for n, one in enumerate(review.findings, 1) if one.place.paragraph == number]
        _paragraph(document, line, here)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _fonts(document: Any) -> None:  # noqa: ANN401 (python-docx gives untyped values)
    """Set a font for Chinese, which Word keeps apart from that for Latin letters."""
    from docx.oxml.ns import qn

    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = "Times New Roman"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)


def _row(number: int, finding: Finding) -> tuple[str, ...]:
    told = finding.message + (f"\n建议：{finding.suggestion}" if finding.suggestion else "")
    kind = f"{KIND_WORDS[finding.kind]}·{MARK_WORDS[finding.state]}"
    return (
        str(number),
        SEVERITY_WORDS[finding.severity],
        kind,
        f"第{finding.place.paragraph + 1}段",
        finding.place.words[:80],
        told,
    )


def _duties(review: Review) -> list[tuple[str, ...]]:
    return [
        (
            f"{one.clause.label}：{one.clause.quote}",
            one.counterpart.words if one.counterpart else "无",
            f"{one.share:.0%}",
        )
        for one in review.matrix
    ]


def _table(document: Any, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:  # noqa: ANN401
    table = document.add_table(rows=1, cols=len(headers))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, headers, strict=True):
        cell.text = words
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(words)
    if len(headers) == len(_HEADERS):
        _widths(table, (1.0, 1.3, 2.4, 1.6, 3.6, 6.1))


def _widths(table: Any, centimetres: Sequence[float]) -> None:  # noqa: ANN401
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _paragraph(document: Any, line: str, here: Sequence[tuple[int, Finding]]) -> None:  # noqa: ANN401
    """Add a paragraph cut into runs where places begin and end, and a comment on the runs of each place."""
    paragraph = document.add_paragraph()
    ends = {end for _, one in here for end in (one.place.start, one.place.end)}
    cuts = sorted({0, len(line), *ends})
    runs = {start: paragraph.add_run(_clean(line[start:end])) for start, end in pairwise(cuts)}
    for number, finding in here:
        own = [run for start, run in runs.items() if finding.place.start <= start < max(finding.place.end, 1)]
        if own:
            document.add_comment(runs=own, text=_comment(number, finding), author=_AUTHOR, initials="审")


def _comment(number: int, finding: Finding) -> str:
    kind = f"{SEVERITY_WORDS[finding.severity]}·{KIND_WORDS[finding.kind]}"
    parts = [f"〔{number}〕{kind}：{finding.message}"]
    if finding.suggestion:
        parts.append(f"建议：{finding.suggestion}")
    if finding.clause:
        label = finding.clause.label + edition_words(finding.clause.edition)
        parts.append(f"条文：{label}：{finding.clause.quote[:_CLAUSE]}")
    return _clean("\n".join(parts))


def _clean(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t")
