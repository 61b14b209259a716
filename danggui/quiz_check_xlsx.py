"""The findings on a question bank as a workbook (核对报告): one row an item, its clause beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from answer.bank.check import Finding, State
from answer.items import KIND_WORDS
from corpus.validity import Status
from danggui import workbooks
from danggui.output import STATUS_WORDS

STATE_WORDS = {State.WRONG: "与条文不符", State.OUTDATED: "只合旧版", State.NO_BASIS: "未找到依据", State.OK: "有据"}
_COLOURS = {State.WRONG: "F8CBAD", State.OUTDATED: "FFE699", State.NO_BASIS: "E7E6E6", State.OK: "C6E0B4"}
_COLUMNS = (
    ("序号", 6),
    ("结论", 12),
    ("题型", 8),
    ("题干", 36),
    ("选项", 26),
    ("题库答案", 10),
    ("条文支持", 10),
    ("说明", 26),
    ("依据条款", 26),
    ("效力", 14),
    ("条文原文", 40),
    ("现行条款", 26),
    ("现行条文", 36),
    ("题库所注依据", 20),
    ("位置", 14),
)
_A3 = 8  # Excel's number of the paper


def xlsx_of(findings: Sequence[Finding], name: str, day: str, unread: Sequence[str] = ()) -> bytes:
    """Return the report as the bytes of an xlsx file; `name` is the bank's, `day` that of the clauses in force."""
    from openpyxl.styles import PatternFill

    book = workbooks.table("核对结果", _COLUMNS, (list(_row(finding)) for finding in findings))
    sheet = workbooks.active(book)
    for number, finding in enumerate(findings, 2):
        sheet.cell(number, 2).fill = PatternFill("solid", fgColor=_COLOURS[finding.state])
    sheet.freeze_panes, sheet.page_setup.paperSize = "C2", _A3
    summary = book.create_sheet("汇总")
    for row in _summary(findings, name, day, unread):
        summary.append([workbooks.harmless(cell) for cell in row])
    summary.column_dimensions["A"].width, summary.column_dimensions["B"].width = 16, 60
    return workbooks.as_bytes(book)


def _row(finding: Finding) -> Iterator[str | int]:
    item, now = finding.keyed.item, finding.now
    hit = finding.hit if finding.state is not State.NO_BASIS else None
    yield finding.number
    yield STATE_WORDS[finding.state]
    yield KIND_WORDS[item.kind]
    yield item.stem
    yield "\n".join(f"{letter}. {words}" for letter, words in item.options)
    yield finding.keyed.key
    yield finding.says
    yield finding.why
    yield from (hit.cited, STATUS_WORDS[Status(hit.status)], hit.quote) if hit else ("", "", "")
    yield from (now.cited, now.quote) if now else ("", "")
    yield finding.keyed.basis
    yield finding.keyed.place


def _summary(
    findings: Sequence[Finding], name: str, day: str, unread: Sequence[str]
) -> Iterator[tuple[str, str | int]]:
    counts = Counter(one.state for one in findings)
    yield "题库", name
    yield "以此日效力为准", day
    yield "核对题数", len(findings)
    yield from ((STATE_WORDS[state], counts[state]) for state in STATE_WORDS)
    yield from (("未核对", _reason) for _reason in unread)
