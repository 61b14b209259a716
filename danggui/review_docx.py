"""A review as a Word file (Word 报告): a table of the findings, then the document with a comment at each place."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from answer.review.findings import KIND_WORDS, MARK_WORDS, SEVERITY_WORDS, Finding, Review
from answer.review.told import MATRIX, NOTICE, counterpart, kind_words, reasons, summary
from danggui.docx_parts import HEI, SONG, as_bytes, clean, new_document, new_table, set_font, set_widths

if TYPE_CHECKING:
    from docx.document import Document

_AUTHOR, _INITIALS = "党规审查", "审"
_COLUMNS = ("序号", "程度", "类别", "结论", "原文", "意见")
_WIDTHS = (1.2, 1.4, 1.8, 2.2, 3.8, 6.0)  # centimetres
_MATRIX_WIDTHS = (7.2, 7.2, 2.0)
_MARGINS = (2.5, 2.5, 2.3, 2.3)
_STYLES = (("Normal", SONG, 11), ("Heading 1", HEI, 16), ("Heading 2", HEI, 13))  # style, font, points


def docx_of(review: Review) -> bytes:
    """Return the review as a Word file."""
    document = new_document(f"审查报告：{review.title}", _MARGINS)
    for name, font, points in _STYLES:
        set_font(document.styles[name], font, points)
    document.add_heading(clean(f"审查报告：{review.title}"), 1)
    document.add_paragraph(clean(f"{review.document}：{summary(review)}"))
    document.add_paragraph(NOTICE)
    document.add_heading("意见一览", 2)
    _table(document, review)
    _matrix(document, review)
    document.add_heading("原文与批注", 2)
    _text(document, review)
    return as_bytes(document)


def _table(document: Document, review: Review) -> None:
    table = new_table(document, _WIDTHS)
    _fill(table.rows[0], _COLUMNS)
    for number, finding in enumerate(review.findings, 1):
        _fill(table.add_row(), _cells(number, finding))
    set_widths(table, _WIDTHS)


def _matrix(document: Document, review: Review) -> None:
    """Write the coverage matrix, where there is one."""
    if not review.matrix:
        return
    document.add_heading("覆盖表", 2)
    table = new_table(document, _MATRIX_WIDTHS)
    _fill(table.rows[0], MATRIX)
    for one in review.matrix:
        words = f"{one.clause.label}：{one.clause.quote}", counterpart(one), f"{one.share:.0%}"
        _fill(table.add_row(), words)
    set_widths(table, _MATRIX_WIDTHS)


def _cells(number: int, finding: Finding) -> tuple[str, ...]:
    kinds = SEVERITY_WORDS[finding.severity], KIND_WORDS[finding.kind], MARK_WORDS[finding.state]
    told = filter(None, (finding.message, finding.suggestion))
    return str(number), *kinds, finding.place.words, "\n".join(told)


def _fill(row: Any, words: tuple[str, ...]) -> None:
    for cell, text in zip(row.cells, words, strict=True):
        cell.text = clean(text)


def _text(document: Document, review: Review) -> None:
    """Write the paragraphs; a comment hangs on the words of its finding, or on the paragraph where it has none."""
    placed: dict[int, list[tuple[int, Finding]]] = defaultdict(list)
    for number, finding in enumerate(review.findings, 1):
        placed[finding.place.paragraph].append((number, finding))
    for at, text in enumerate(review.paragraphs):
        paragraph = document.add_paragraph()
        findings = placed[at]
        bounds = {0, len(text), *(edge for _, one in findings for edge in (one.place.start, one.place.end))}
        edges = sorted(bounds)
        pieces = [(a, b) for a, b in pairwise(edges) if b > a] or [(0, 0)]
        runs = [(a, b, paragraph.add_run(clean(text[a:b]))) for a, b in pieces]
        for number, finding in findings:
            place = finding.place
            inside = [run for a, b, run in runs if place.start <= a and b <= place.end] or [runs[0][2]]
            told = "\n".join((f"{number}. {kind_words(finding)}", *reasons(finding)))
            document.add_comment([inside[0], inside[-1]], clean(told), _AUTHOR, _INITIALS)
