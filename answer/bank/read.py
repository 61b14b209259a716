"""A question bank from a file's bytes (读入题库): xlsx, csv, JSON and JSONL, docx and other papers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from types import MappingProxyType

from answer.bank.columns import (
    BASIS,
    EDITION,
    KEY,
    KIND,
    NUMBER,
    OPTION_FIELDS,
    OPTIONS,
    STEM,
    Layout,
    has_column,
    layout,
)
from answer.bank.items import Keyed, UnfitError, from_object, keyed, kind_of, listed_options
from answer.bank.lines import read_lines
from answer.bank.sheets import Sheet, read_csv, read_workbook
from corpus.errors import InputError
from ingest.document import BlockKind
from ingest.readers import read as read_document
from ingest.readers.encoding import decode
from ingest.readers.xml import DamagedError

_ZIP, _WORKBOOK = b"PK", b"xl/workbook.xml"
_LEGACY = b"\xd0\xcf\x11\xe0"
_CURE = "请用 --column 指定列，如 --column 题干=B --column 答案=F"
_SHOWN = 5  # rows that are no items named in a message


@dataclass(frozen=True, slots=True)
class Bank:
    """The items of a file; `layouts` says how its columns were taken, `unread` what is no item with a key, and why."""

    items: tuple[Keyed, ...]
    layouts: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_bank(data: bytes, name: str, columns: Mapping[str, str] = MappingProxyType({})) -> Bank:
    """Return the items of a file; `columns` gives columns by field where the guess is wrong, by letter or heading.

    Raises InputError naming the file, what is wrong and the cure: no items, no stem or key, an unknown field.
    """
    suffix = PurePath(name).suffix.lower()
    if data.startswith(_LEGACY) and suffix == ".xls":
        raise InputError(f"{name} 是旧格式的 Excel 文件（xls）；请用 Excel 或 WPS 打开后另存为 xlsx")
    if suffix in (".xlsx", ".xlsm") or (data.startswith(_ZIP) and _WORKBOOK in data):
        bank = _of_sheets(read_workbook(data, name), name, columns)
    elif suffix in (".csv", ".tsv"):
        bank = _of_sheets(read_csv(_text(data, name), name), name, columns)
    elif suffix in (".json", ".jsonl"):
        bank = _of_objects(_objects(_text(data, name), name), name, columns)
    else:
        bank = _of_paper(data, name, columns)
    if not bank.items:
        told = "；".join(bank.unread[:_SHOWN])
        raise InputError(f"{name} 中没有读出试题{f'（{told}）' if told else ''}；每题应有题干和答案，{_CURE}")
    return bank


def _text(data: bytes, name: str) -> str:
    try:
        return decode(data).text
    except DamagedError as error:
        raise InputError(f"{name} 读不出文字；请另存为 UTF-8 或 GB18030 编码的文本文件，或另存为 xlsx") from error


def _of_sheets(sheets: Sequence[Sheet], name: str, told: Mapping[str, str]) -> Bank:
    """Return the items of all sheets that have stems; raises InputError where none has."""
    if not sheets:
        raise InputError(f"{name} 是空的；请换一个文件")
    absent = [column for column in told.values() if not any(has_column(sheet, column) for sheet in sheets)]
    if absent:
        raise InputError(f"{name} 没有“{absent[0]}”这一列；请写列的字母（如 B）或首行里的列名")
    found = [(sheet, layout(sheet, told)) for sheet in sheets]
    known = [one for _, one in found if one is not None]
    if not known:
        heads = "、".join(filter(None, next((row for row in sheets[0].rows if any(row)), ())))[:60]
        raise InputError(f"{name} 认不出哪一列是题干、哪一列是答案（首行是：{heads}）；{_CURE}")
    rows = [row for one in known for row in _rows(one)]
    items = (row for row in rows if isinstance(row, Keyed))
    unread = [f"{sheet.name or name}没有认出题干和答案，未读" for sheet, one in found if one is None]
    unread += [row for row in rows if isinstance(row, str)]
    return Bank(tuple(items), tuple(one.described() for one in known), tuple(unread))


def _rows(one: Layout) -> Iterator[Keyed | str]:
    """Yield the item of each row, or why it is none."""
    for number, cells in one.cells():
        place = one.sheet.place(number)
        options = tuple((field[-1], cells[field]) for field in OPTION_FIELDS if cells.get(field))
        options = options or listed_options(cells.get(OPTIONS, ""))
        kind = kind_of(cells.get(KIND, "")) or kind_of(one.sheet.name)
        try:
            yield keyed(
                cells.get(NUMBER) or str(number),
                cells[STEM],
                cells.get(KEY, ""),
                options,
                kind,
                place=place,
                basis=cells.get(BASIS, ""),
                hint=cells.get(EDITION, ""),
            )
        except UnfitError as error:
            yield f"{place}：{error}"


def _objects(text: str, name: str) -> list[object]:
    """Return the objects of a JSON list, of {"items": […]}, or of JSON lines."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return [
            _line(line, f"{name} 第 {number} 行") for number, line in enumerate(text.split("\n"), 1) if line.strip()
        ]
    if isinstance(value, dict):
        value = value.get("items", [value])
    if not isinstance(value, list):
        raise InputError(f"{name} 不是试题：应是 JSON 的试题列表，或每行一道试题的 JSONL")
    return value


def _line(line: str, place: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _wrong(place) from error


def _wrong(place: str) -> InputError:
    return InputError(
        f'{place}不是试题：应是 {{"id": …, "type": "single", "stem": "…", "options": {{"A": "…"}}}} 形式的 JSON'
    )


def _of_objects(rows: Sequence[object], name: str, told: Mapping[str, str]) -> Bank:
    """Return the items of objects of the exam's form; objects with other names are read as a table."""
    if rows and all(isinstance(row, dict) and "stem" not in row for row in rows):
        tables = [row for row in rows if isinstance(row, dict)]
        names = list(dict.fromkeys(str(key) for row in tables for key in row))
        cells = [tuple(_cell(row.get(name)) for name in names) for row in tables]
        return _of_sheets((Sheet("", (tuple(names), *cells), 0, lettered=False),), name, told)
    items = []
    for number, row in enumerate(rows, 1):
        place = f"{name} 第 {number} 行"
        if not isinstance(row, dict):
            raise _wrong(place)
        try:
            items.append(replace(from_object(row, number), place=f"第 {number} 行"))
        except UnfitError as error:
            raise InputError(f"{place}：{error}") if str(error) != "不是试题" else _wrong(place) from error
    return Bank(tuple(items))


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "正确" if value else "错误"
    if isinstance(value, dict):
        return "\n".join(f"{key}.{words}" for key, words in value.items())
    return "\n".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value).strip()


def _of_paper(data: bytes, name: str, told: Mapping[str, str]) -> Bank:
    """Return the items of a document: of its tables that have stems and keys, and of its numbered questions."""
    blocks = read_document(data, name).blocks
    tables: list[Bank] = []
    lines: list[str] = []
    for number, block in enumerate(blocks, 1):
        table = _table(block.text, number, told) if block.kind is BlockKind.TABLE else None
        if table:
            tables.append(table)
        else:
            lines += block.text.split("\n")
    found, unfit = read_lines(lines)
    tables.append(Bank(tuple(found), (), tuple(unfit)))
    return Bank(
        tuple(item for one in tables for item in one.items),
        tuple(words for one in tables for words in one.layouts),
        tuple(words for one in tables for words in one.unread),
    )


def _table(text: str, number: int, told: Mapping[str, str]) -> Bank | None:
    """Return the items of a table of a document, None where it holds none."""
    rows = tuple(tuple(cell.strip() for cell in line.split(" | ")) for line in text.split("\n"))
    sheet = Sheet(f"第 {number} 段的表格", rows)
    found = layout(sheet, told)
    return _of_sheets((sheet,), sheet.name, told) if found and KEY in found.columns else None
