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
_FORMULA = ("=", "+", "-", "@", "\t")
_LONGEST = 4000  # characters of a cell
_LINE, _TALLEST = 17, 409  # points


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
    yield from (_cited(hit), STATUS_WORDS[Status(hit.status)], hit.quote) if hit else ("", "", "")
    yield from (_cited(now), now.quote) if now else ("", "")
    yield finding.keyed.basis
    yield finding.keyed.place


def _cited(hit: Hit) -> str:
    return hit.label + edition_words(hit.edition)


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
        sheet.row_dimensions[row_number].height = _height(finding)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(findings) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _height(finding: Finding) -> float:
    """Return the height in points that shows a row whole, Excel's limit at most: no programme fits rows by itself."""
    lines = (_lines(str(cell), width) for cell, (_, width) in zip(_row(finding), _COLUMNS, strict=True))
    return min(max(lines) * _LINE + 2, _TALLEST)


def _lines(cell: str, width: int) -> int:
    return sum(max(1, -(-2 * len(line) // (width - 1))) for line in cell.split("\n"))


def _summary(
    findings: Sequence[Finding], name: str, day: str, unread: Sequence[str]
) -> Iterator[tuple[str, str | int]]:
    counts = Counter(one.state for one in findings)
    yield "题库", name
    yield "以此日效力为准", day
    yield "核对题数", len(findings)
    yield from ((STATE_WORDS[state], counts[state]) for state in STATE_WORDS)
    yield from (("未核对", _reason) for _reason in unread)
