"""A review as a Word file (Word 报告): a table of the findings, then the document with a comment at each place."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from itertools import pairwise
from typing import Any

from answer.review.findings import KIND_WORDS, MARK_WORDS, SEVERITY_WORDS, Finding, Review
from answer.review.told import MATRIX, NOTICE, counterpart, kind_words, reasons, summary

_AUTHOR, _INITIALS = "党规审查", "审"
_COLUMNS = ("序号", "程度", "类别", "结论", "原文", "意见")
_WIDTHS = (1.2, 1.4, 1.8, 2.2, 3.8, 6.0)  # centimetres
_CONTROL = {code: None for code in range(32) if code not in (9, 10)}


def word(review: Review) -> bytes:
    """Return the Word file."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document: Any = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.add_heading(_clean(f"审查报告：{review.title}"), 1)
    document.add_paragraph(_clean(f"{review.document}：{summary(review)}"))
    document.add_paragraph(NOTICE)
    document.add_heading("意见一览", 2)
    _table(document, review)
    _matrix(document, review)
    document.add_heading("原文与批注", 2)
    _text(document, review)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _table(document: Any, review: Review) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = document.add_table(1, len(_COLUMNS), style="Table Grid")
    table.autofit = False
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on every page
    for number, finding in enumerate(review.findings, 1):
        table.add_row()
        _fill(table.rows[-1], _cells(number, finding))
    _fill(table.rows[0], _COLUMNS)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _matrix(document: Any, review: Review) -> None:
    """Write the coverage matrix, where there is one."""
    if not review.matrix:
        return
    document.add_heading("覆盖表", 2)
    table = document.add_table(1, len(MATRIX), style="Table Grid")
    _fill(table.rows[0], MATRIX)
    for one in review.matrix:
        words = f"{one.clause.label}：{one.clause.quote}", counterpart(one), f"{one.share:.0%}"
        _fill(table.add_row(), words)


def _cells(number: int, finding: Finding) -> tuple[str, ...]:
    kinds = SEVERITY_WORDS[finding.severity], KIND_WORDS[finding.kind], MARK_WORDS[finding.state]
    told = filter(None, (finding.message, finding.suggestion))
    return str(number), *kinds, finding.place.words, "\n".join(told)


def _fill(row: Any, words: tuple[str, ...]) -> None:
    for cell, text in zip(row.cells, words, strict=True):
        cell.text = _clean(text)


def _text(document: Any, review: Review) -> None:
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
        runs = [(a, b, paragraph.add_run(_clean(text[a:b]))) for a, b in pieces]
        for number, finding in findings:
            place = finding.place
            inside = [run for a, b, run in runs if place.start <= a and b <= place.end] or [runs[0][2]]
            told = "\n".join((f"{number}. {kind_words(finding)}", *reasons(finding)))
            document.add_comment([inside[0], inside[-1]], _clean(told), _AUTHOR, _INITIALS)


def _clean(text: str) -> str:
    """Return words without control characters, which no Word file may hold."""
    return text.translate(_CONTROL)
