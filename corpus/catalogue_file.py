"""A catalogue's file (目录文件), read and held to what can be: tab-separated, one header line, one row per edition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.errors import InputError
from corpus.validity import ANYTIME, days

COLUMNS = (
    *("title", "short_titles", "level", "issuer", "number", "adopted", "issued", "effective", "status"),
    *("superseded_by", "repeals", "articles", "domain", "url", "source", "confidence"),
)
REQUIRED = ("title", "level", "status", "source", "confidence")
_DATES = ("adopted", "issued", "effective")
_VALUES = {
    "level": (
        *("党章", "准则", "条例", "规则", "规定", "办法", "细则"),
        *("宪法", "法律", "行政法规", "监察法规", "部门规章", "规范性文件", "其他"),
    ),
    "status": ("in_force", "superseded", "repealed", "unknown"),
    "confidence": ("read", "derived", "memory"),
}
_URL = re.compile(r"https?://\S+")
_MOST = 20  # faults spelled out in one message


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file, its cells by column."""

    line: int
    cells: Mapping[str, str]

    @property
    def date(self) -> str:
        """The date that names the edition."""
        return self.cells.get("issued") or self.cells.get("adopted") or self.cells.get("effective") or ""


def read_rows(data: bytes, name: str) -> list[Row]:
    """Return the rows of a file's bytes. Raises InputError naming every impossible one by line, column and cure."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"目录 {name} 不是 UTF-8 编码（第 {error.start} 字节）；请另存为 UTF-8") from error
    header = _header(lines[0] if lines else "", name)
    numbered = ((number, line.split("\t")) for number, line in enumerate(lines[1:], 2) if line.strip())
    rows: list[Row] = []
    faults: list[str] = []
    for number, cells in numbered:
        if len(cells) > len(header):
            faults.append(f"第 {number} 行：有 {len(cells)} 列，表头只有 {len(header)} 列。请删去多余的制表符")
            continue
        filled = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
        rows.append(Row(number, dict(zip(header, filled, strict=True))))
    faults += [fault for row in rows for fault in _faults(row)] + list(_twice(rows))
    if faults:
        more = f"\n……另有 {len(faults) - _MOST} 处" if len(faults) > _MOST else ""
        raise InputError(f"目录 {name} 有 {len(faults)} 处不可能的内容：\n" + "\n".join(faults[:_MOST]) + more)
    return rows


def _header(line: str, name: str) -> list[str]:
    header = [cell.strip() for cell in line.split("\t")]
    strange = [cell for cell in header if cell not in COLUMNS]
    lacking = [column for column in REQUIRED if column not in header]
    if strange or lacking or len(set(header)) < len(header):
        what = "、".join((*(f"不认识“{cell}”" for cell in strange), *(f"缺“{column}”" for column in lacking)))
        raise InputError(f"目录 {name} 第 1 行：表头{what or '有重复的列'}。可用的列：{'、'.join(COLUMNS)}")
    return header


def _faults(row: Row) -> Iterator[str]:
    for column in REQUIRED:
        if not row.cells[column]:
            yield _place(row, column, "是空的", "请填写")
    for column, known in _VALUES.items():
        if (cell := row.cells[column]) and cell not in known:
            yield _place(row, column, f"不认识“{cell}”", f"请填 {'、'.join(known)} 之一")
    if (count := row.cells.get("articles", "")) and not (count.isascii() and count.isdigit()):
        yield _place(row, "articles", f"“{count}”不是条数", "请填数字，没有条文的填 0，不知道的留空")
    if (url := row.cells.get("url", "")) and not _URL.fullmatch(url):
        yield _place(row, "url", f"“{url}”不是网址", "请填 http 或 https 开头的网址，或留空")
    yield from _date_faults(row)
    yield from _status_faults(row)


def _date_faults(row: Row) -> Iterator[str]:
    spans = {column: days(cell) for column in _DATES if (cell := row.cells.get(column, ""))}
    for column, span in spans.items():
        if span == ANYTIME:
            yield _place(row, column, f"“{row.cells[column]}”不是日期", "请写成 2016-07-08、2016-07 或 2016")
    for earlier, later in (("adopted", "issued"), ("adopted", "effective")):
        if earlier in spans and later in spans and spans[later].last < spans[earlier].first:
            words = f"{row.cells[later]} 早于 {earlier} 列的 {row.cells[earlier]}"
            yield _place(row, later, words, "通过在前，公布、施行在后，请核对")


def _status_faults(row: Row) -> Iterator[str]:
    status, successor = row.cells["status"], row.cells.get("superseded_by", "")
    if status == "superseded" and not successor:
        yield _place(row, "superseded_by", "是空的，而 status 是 superseded", "请写明被哪一版或哪一部取代")
    if status == "in_force" and successor:
        yield _place(row, "status", f"是 in_force，而 superseded_by 写着“{successor}”", "请改其中之一")
    if row.cells["title"] in row.cells.get("repeals", "").split("|"):
        yield _place(row, "repeals", "写着它自己的名称", "请写明被废止的那一版的年份，如 信访条例（1995）")


def _twice(rows: list[Row]) -> Iterator[str]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row.cells["title"], row.date
        if key in seen:
            yield _place(row, "title", f"与第 {seen[key]} 行是同一部同一日期（{row.date or '不详'}）", "请删去一行")
        seen.setdefault(key, row.line)


def _place(row: Row, column: str, what: str, cure: str) -> str:
    return f"第 {row.line} 行《{row.cells['title']}》的 {column} 列：{what}。{cure}"
