"""The findings on a question bank as a workbook (核对报告): one row an item, its clause beside it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence

from answer.bank.check import Finding, State
from answer.items import ItemKind
from corpus.citation import edition_words
from corpus.hit import Hit
from corpus.validity import Status
from danggui.output import STATUS_WORDS

STATE_WORDS = {State.WRONG: "与条文不符", State.OUTDATED: "只合旧版", State.NO_BASIS: "未找到依据", State.OK: "有据"}
KIND_WORDS = {
    ItemKind.SINGLE: "单选题",
    ItemKind.MULTI: "多选题",
    ItemKind.JUDGE: "判断题",
    ItemKind.FILL: "填空题",
    ItemKind.SHORT: "简答题",
}
_COLOURS = {State.WRONG: "F8CBAD", State.OUTDATED: "FFE699", State.NO_BASIS: "E7E6E6", State.OK: "C6E0B4"}
_COLUMNS = (
    ("序号", 6),
    ("结论", 12),
    ("题型", 9),
    ("题干", 44),
    ("选项", 34),
    ("题库答案", 12),
    ("条文支持", 12),
    ("说明", 34),
    ("依据条款", 30),
    ("版本和效力", 16),
    ("条文原文", 52),
    ("现行条款", 26),
    ("现行条文", 44),
    ("题库所注依据", 24),
    ("位置", 14),
)
_FORMULA = ("=", "+", "-", "@", "\t")
_LONGEST = 4000  # characters of a cell


def workbook(findings: Sequence[Finding], name: str, day: str, unread: Sequence[str] = ()) -> bytes:
    """Return the report as the bytes of an xlsx file; `name` is the bank's, `day` that of the clauses in force."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "核对结果"
    sheet.append([heading for heading, _ in _COLUMNS])
    for finding in findings:
        sheet.append([_harmless(cell) for cell in _row(finding)])
    _dress(sheet, findings)
    summary = book.create_sheet("汇总")
    for row in _summary(findings, name, day, unread):
        summary.append(list(row))
    summary.column_dimensions["A"].width, summary.column_dimensions["B"].width = 16, 60
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(finding: Finding) -> Iterator[str | int]:
    item, hit, now = finding.keyed.item, finding.hit, finding.now
    yield finding.number
    yield STATE_WORDS[finding.state]
    yield KIND_WORDS[item.kind]
    yield item.stem
    yield "\n".join(f"{letter}. {words}" for letter, words in item.options)
    yield finding.keyed.key
    yield finding.says if finding.state is not State.NO_BASIS else ""
    yield finding.why
    yield from (hit.label, _standing(hit), hit.quote) if hit else ("", "", "")
    yield from (now.label + edition_words(now.edition), now.quote) if now else ("", "")
    yield finding.keyed.basis
    yield finding.keyed.place


def _standing(hit: Hit) -> str:
    return f"{edition_words(hit.edition)[1:-1]}版\n{STATUS_WORDS[Status(hit.status)]}"


def _harmless(cell: str | int) -> str | int:
    """Return a cell that no table programme takes for a formula, without what a workbook cannot hold."""
    if isinstance(cell, int):
        return cell
    kept = "".join(char for char in cell if char >= " " or char in "\n\t")[:_LONGEST]
    return f"'{kept}" if kept.startswith(_FORMULA) else kept


def _dress(sheet: object, findings: Sequence[Finding]) -> None:
    """Give the sheet its widths, colours, filter, frozen heading and page."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)
    line = Side(style="thin", color="BFBFBF")
    for number, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(line, line, line, line)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="D9E1F2")
    for row_number, finding in enumerate(findings, 2):
        sheet.cell(row_number, 2).fill = PatternFill("solid", fgColor=_COLOURS[finding.state])
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(findings) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _summary(
    findings: Sequence[Finding], name: str, day: str, unread: Sequence[str]
) -> Iterator[tuple[str, str | int]]:
    counts = Counter(one.state for one in findings)
    yield "题库", name
    yield "以此日效力为准", day
    yield "核对题数", len(findings)
    yield from ((STATE_WORDS[state], counts[state]) for state in STATE_WORDS)
    yield from (("未核对", _reason) for _reason in unread)
