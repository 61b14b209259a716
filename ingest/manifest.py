"""Manifests (清单): a TSV beside the files that says what their texts do not, and wins over them.

One line per file; columns as below, tab-separated, no quoting, UTF-8 (a byte order mark and gb18030 are borne with).
Cells may carry remarks behind their date, as 2015-08-03 (amended 2017-07-01) or 2013-12-01 (not in source).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import InputError
from ingest.dates import agree, find_dates, finer, leading_date
from ingest.effective import Basis
from ingest.levels import is_trial, level_of, region_of
from ingest.metadata import UNDATED, Facts, settle
from ingest.names import clean_title, same_organs, split_organs

COLUMNS = (
    *("file", "title", "issuer", "issued", "effective", "status", "articles", "source", "notes"),
    *("level", "number", "region", "adopted", "repealed", "licence"),
)


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One file's line; "" means that the manifest leaves a fact to the text (articles: None).

    Dates are ISO. `validity` and `successor` are the status cell taken apart, as in `corpus.model.Metadata`.
    """

    file: str
    title: str = ""
    issuer: str = ""
    issued: str = ""
    effective: str = ""
    validity: str = ""
    successor: str = ""
    articles: int | None = None
    source: str = ""
    notes: str = ""
    level: str = ""
    number: str = ""
    region: str = ""
    adopted: str = ""
    repealed: str = ""
    licence: str = ""


class Manifest(dict[str, ManifestRow]):
    """Rows by file name; `warnings` are Chinese sentences on what was not understood."""

    warnings: tuple[str, ...] = ()


_REMARK = re.compile(r"\s*\((?=[^()]*[A-Za-z])[^()]*\)\s*$")
_YEAR = re.compile(r"[（(](?:19|20)\d\d年?(?:修[订正改])?[）)]$")
_MARKS = re.compile(r"[\s“”\"‘’'，、·]|中华人民共和国|中国共产党(?!章程)")
_AMENDED = re.compile(r"\(amended (?:on )?(?=\d)")
_SUPERSEDED = re.compile(r"(?:superseded|replaced)\s*(?:by)?\s*(.*)|(?:已)?被?(.*?)(?:取代|代替|替代)", re.IGNORECASE)
_REPEALED = re.compile(r"(?:repealed|abolished)\b\s*(.*)|(?:已)?(?:废止|失效)(.*)", re.IGNORECASE)
_CURRENT = re.compile(r"current|in[ _]force|现行(?:有效)?|有效", re.IGNORECASE)
_UNVERIFIED = re.compile(r"(?:status )?(?:unverified|unknown)|未核实|不详|待核", re.IGNORECASE)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; keys are file names as written, in NFC.

    Raises InputError, naming file, line and cure: unreadable bytes, no column "file", a wrong number of cells, a file
    listed twice, an impossible date, a count of articles that is no number.
    """
    lines = _decode(path).splitlines()
    header = [name.strip().lower() for name in lines[0].split("\t")] if lines else []
    _check_header(path, header)
    manifest = Manifest()
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            row = _row(line, header, f"清单 {path.name} 第{number}行")
            if row.file in manifest:
                raise InputError(
                    f"清单 {path.name} 第{number}行：文件“{row.file}”重复出现。每个文件只能占一行，请删去一行"
                )
            manifest[row.file] = row
    unknown = [name for name in header if name not in COLUMNS]
    if unknown:
        manifest.warnings = (f"清单 {path.name} 中不认识的列未被采用：{'、'.join(unknown)}",)
    return manifest


def _decode(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"无法读取清单 {path}：{error.strerror}。请检查路径和权限") from error
    names = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise InputError(f"清单 {path.name} 的编码无法识别。请另存为 UTF-8 编码、以制表符分隔的文本")


def _check_header(path: Path, header: list[str]) -> None:
    if "file" not in header:
        raise InputError(f"清单 {path.name} 第1行没有 file 列。第1行应是以制表符分隔的列名：{' '.join(COLUMNS[:9])}")
    repeated = [name for name, count in Counter(header).items() if count > 1]
    if repeated:
        raise InputError(f"清单 {path.name} 第1行的列名重复：{'、'.join(repeated)}。请删去一列")


def _row(line: str, header: list[str], place: str) -> ManifestRow:
    cells = line.split("\t")
    if len(cells) != len(header):
        raise InputError(f"{place}有{len(cells)}格，应有{len(header)}格。请检查制表符是否缺少或多余")
    values = {name: unicodedata.normalize("NFC", cell.strip()) for name, cell in zip(header, cells, strict=True)}
    if not values["file"]:
        raise InputError(f"{place}没有文件名。请在 file 列填写文件名，或删去这一行")
    text = {name: _REMARK.sub("", values.get(name, "")) for name in ("title", "issuer", "level", "number", "region")}
    dates = {name: _date(values.get(name, ""), name, place) for name in ("issued", "effective", "adopted", "repealed")}
    validity, successor, ended = _status(values.get("status", ""), place)
    return ManifestRow(
        file=values["file"],
        title=clean_title(text.pop("title")),
        **text,
        **(dates | {"repealed": dates["repealed"] or ended}),
        validity=validity,
        successor=successor,
        articles=_count(values.get("articles", ""), place),
        source=values.get("source", ""),
        notes=values.get("notes", ""),
        licence=values.get("licence", ""),
    )


def _date(cell: str, column: str, place: str) -> str:
    """Return the date a cell begins with, "" for words (see text); of an amended text the day of the amendment."""
    try:
        leading = leading_date(cell)
    except ValueError as error:
        raise InputError(f"{place}的 {column} 列：没有“{cell}”这一天。请改为 2016-07-08 的形式") from error
    if leading is None:
        if cell[:1].isdigit():
            raise InputError(f"{place}的 {column} 列：“{cell}”不是日期。请改为 2016、2016-07 或 2016-07-08 的形式")
        return ""
    amended = _AMENDED.search(cell, leading.end)
    later = find_dates(cell[amended.end() :]) if amended else ()
    return later[0].iso if later else leading.iso


def _count(cell: str, place: str) -> int | None:
    if not cell:
        return None
    if not cell.isascii() or not cell.isdigit():
        raise InputError(f"{place}的 articles 列：“{cell}”不是条数。请填数字，没有条文的填 0，不知道的留空")
    return int(cell)


def _status(cell: str, place: str) -> tuple[str, str, str]:
    """Take a status cell apart: validity, successor as written, date of repeal."""
    superseded, repealed = _SUPERSEDED.match(cell), _REPEALED.match(cell)
    if superseded:
        return "superseded", next((group for group in superseded.groups() if group), ""), ""
    if repealed:
        dates = find_dates(cell)
        return "repealed", "", dates[0].iso if dates else ""
    if not cell or _UNVERIFIED.match(cell):
        return ("unverified" if cell else ""), "", ""
    if _CURRENT.match(cell):
        return "current", "", ""
    known = "current、superseded by …、repealed、status unverified"
    raise InputError(f"{place}的 status 列：不认识“{cell}”。请填 {known} 之一，或留空")


def merge(facts: Facts, row: ManifestRow | None) -> tuple[Facts, tuple[str, ...]]:
    """Return the facts with what the manifest says put over them, and its conflicts with the text as Chinese sentences.

    The manifest wins. A difference of precision alone is no conflict, and the finer date is kept: 2020 in the manifest,
    2020-05-14 in the text. The edition is named by the manifest's day of issue where it gives one.
    """
    if row is None:
        return facts, ()
    told, title = facts.metadata, row.title or facts.title
    issuer, number = row.issuer or told.issuer, row.number or told.number
    region = row.region or region_of(title, issuer)
    metadata = replace(
        told,
        issuer="、".join(split_organs(issuer)),
        number=number,
        adopted=_best(row.adopted, told.adopted),
        issued=_best(row.issued, told.issued),
        effective=_best(row.effective, _stated_effective(facts)),
        repealed=_best(row.repealed, told.repealed),
        level=row.level or (level_of(title, issuer, region, number) if issuer != told.issuer else told.level),
        region=region,
        trial=is_trial(title),
        validity=row.validity,
        successor=row.successor,
        licence=row.licence or row.source,
    )
    date = _best(row.issued, _made_on(facts)) or facts.date
    merged = settle(replace(facts, title=title, metadata=metadata, date=date, evidence=_evidence(facts, row)))
    if date == UNDATED:
        merged = replace(merged, date=merged.metadata.effective or UNDATED)
    return merged, tuple(_conflicts(facts, row, date))


def _best(said: str, told: str) -> str:
    """Return the manifest's date, or the text's where it is the same with more precision or the only one."""
    return finer(said, told) if said else told


def _made_on(facts: Facts) -> str:
    """Return the day the text states it was made on; "" where its edition date rests on anything else."""
    return facts.metadata.issued or (facts.date if facts.metadata.adopted else "")


def _stated_effective(facts: Facts) -> str:
    """Return the text's entry into force unless it was counted from a day of issue, which the manifest may correct."""
    counted = facts.entry is not None and facts.entry.basis is not Basis.DATE
    return "" if counted else facts.metadata.effective


def _evidence(facts: Facts, row: ManifestRow) -> tuple[tuple[str, str], ...]:
    """Return the evidence with the manifest named for the facts it gives."""
    given = {name: getattr(row, name) for name in ("issuer", "number", "adopted", "issued", "effective", "repealed")}
    told = tuple(pair for pair in facts.evidence if not given.get(pair[0]))
    return (*told, *((name, f"清单：{value}") for name, value in given.items() if value))


def _conflicts(facts: Facts, row: ManifestRow, date: str) -> Iterator[str]:
    """Yield one sentence per fact that text and manifest state differently.

    An amended text that repeats the entry into force of its first edition does not contradict a later one.
    """
    told = facts.metadata
    if row.title and facts.title and _core(row.title) != _core(facts.title):
        yield _conflict("标题", facts.title, row.title)
    if row.issuer and told.issuer and not same_organs(row.issuer, told.issuer):
        yield _conflict("发布机关", told.issuer, row.issuer)
    if row.number and told.number and _core(row.number) != _core(told.number):
        yield _conflict("文号", told.number, row.number)
    for label, said, text in (
        ("通过日期", row.adopted, told.adopted),
        ("发布日期", row.issued, told.issued),
        ("施行日期", row.effective, told.effective if told.effective >= date else ""),
    ):
        if said and text and not agree(said, text):
            yield _conflict(label, text, said)


def _conflict(label: str, text: str, manifest: str) -> str:
    return f"{label}不一致：正文为“{text}”，清单为“{manifest}”，以清单为准"


def _core(words: str) -> str:
    """Return a title or number without year in brackets, marks and spaces, for comparing."""
    return _MARKS.sub("", _YEAR.sub("", words))


def check_articles(row: ManifestRow, counted: int) -> str:
    """Return a Chinese sentence where the manifest's number of 条 and the counted one differ, else ""."""
    if row.articles is None or row.articles == counted:
        return ""
    return f"条数不一致：清单为{row.articles}条，正文识别出{counted}条"
