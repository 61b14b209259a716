"""Fixed formulations (规范表述): number-abbreviations with their whole list in order, names of organs with their dates.

The table is data (`wording.toml`), reviewed, each entry with its source; a user adds entries in a file of the same
form. A list counts as meant where nearly all of it stands in a row, or its name stands beside it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from answer.review.findings import Finding, Kind, Mark, Severity
from answer.review.paper import Paper
from corpus.errors import InputError
from corpus.validity import ANYTIME, days

OWN_FILE = "wording.toml"
_BETWEEN = re.compile(r"[”“、，,和与及以\s]{0,3}\Z")
_NEAR = 24  # characters between a name and its list
_FEWEST = 2  # items in a row beside the name that make a list


@dataclass(frozen=True, slots=True)
class Formulation:
    """A list with its name: every item in order, each with its forms; right from a day and until one."""

    name: str
    items: tuple[tuple[str, ...], ...]
    since: date
    until: date
    source: str

    @property
    def words(self) -> str:
        """The list as it is written."""
        return "、".join(forms[0] for forms in self.items)


@dataclass(frozen=True, slots=True)
class Replaced:
    """Words that are no longer or never right, and what is said instead; right where `unless` stands before."""

    old: str
    new: str
    since: date
    source: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The formulations, former names and wrong collocations."""

    formulations: tuple[Formulation, ...]
    outdated: tuple[Replaced, ...]
    collocations: tuple[Replaced, ...]

    def with_own(self, other: Table) -> Table:
        """Return this table with another's entries, which take the place of those of the same name."""
        names, old = (
            {one.name for one in other.formulations},
            {one.old for one in (*other.outdated, *other.collocations)},
        )
        return Table(
            (*(one for one in self.formulations if one.name not in names), *other.formulations),
            (*(one for one in self.outdated if one.old not in old), *other.outdated),
            (*(one for one in self.collocations if one.old not in old), *other.collocations),
        )


def load_table(home: Path | None = None) -> Table:
    """Return the packaged table with the entries of a base's own file, if it has one. Raises InputError."""
    own = home / OWN_FILE if home else None
    if own is None or not own.exists():
        return _packaged()
    return _packaged().with_own(_read(own.read_bytes(), str(own)))


@lru_cache(maxsize=1)
def _packaged() -> Table:
    return _read(resources.files("answer.review").joinpath(OWN_FILE).read_bytes(), OWN_FILE)


def _read(data: bytes, name: str) -> Table:
    """Read a table. Raises InputError, naming the file and the entry."""
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{name} 不是有效的 TOML 文件（{error}）；请按 UTF-8 保存并改正") from error
    return Table(
        tuple(_formulation(one, name) for one in _entries(found, "formulation", name)),
        tuple(_replaced(one, name, "old", "new") for one in _entries(found, "outdated", name)),
        tuple(_replaced(one, name, "wrong", "right") for one in _entries(found, "collocation", name)),
    )


def _entries(found: Mapping[str, Any], key: str, name: str) -> Sequence[Mapping[str, Any]]:
    entries = found.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise InputError(f"{name}：{key} 要写成 [[{key}]]，每项一节")
    return entries


def _formulation(entry: Mapping[str, Any], name: str) -> Formulation:
    items = entry.get("items")
    if not isinstance(items, list) or len(items) < _FEWEST or not all(isinstance(one, str) and one for one in items):
        raise InputError(f'{name}：[[formulation]] 的 items 要有两项以上文字，如 items = ["政治意识", "大局意识"]')
    forms = tuple(tuple(one.split("|")) for one in items)
    since, until = _day(entry, "from", name, date.min), _day(entry, "until", name, date.max)
    return Formulation(_word(entry, "name", name), forms, since, until, str(entry.get("source", "")))


def _replaced(entry: Mapping[str, Any], name: str, old: str, new: str) -> Replaced:
    unless = entry.get("unless", [])
    if not isinstance(unless, list) or not all(isinstance(one, str) for one in unless):
        raise InputError(f'{name}：unless 要写成文字的列表，如 unless = ["原"]')
    since = _day(entry, "since", name, date.min)
    return Replaced(
        _word(entry, old, name), _word(entry, new, name), since, str(entry.get("source", "")), tuple(unless)
    )


def _word(entry: Mapping[str, Any], key: str, name: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{name}：每项都要有 {key}（文字）")
    return value


def _day(entry: Mapping[str, Any], key: str, name: str, default: date) -> date:
    words = str(entry.get(key, ""))
    if not words:
        return default
    span = days(words)
    if span == ANYTIME:
        raise InputError(f'{name}：{key} = "{words}" 不是日期，请写成 2018-03-20 这样')
    return span.first


def wordings(paper: Paper, table: Table, on: date) -> Iterator[Finding]:
    """Yield the findings on formulations that were right, or no longer right, on a day."""
    for offset, line in paper.lines():
        for formulation in table.formulations:
            if formulation.since <= on <= formulation.until:
                yield from _lists(paper, formulation, offset, line)
        for replaced in (*table.outdated, *table.collocations):
            if replaced.since <= on:
                yield from _names(paper, replaced, offset, line, outdated=replaced in table.outdated)


def _lists(paper: Paper, formulation: Formulation, offset: int, line: str) -> Iterator[Finding]:
    for run in _runs(formulation, line):
        numbers = [number for number, _, _ in run]
        start, end = run[0][1], run[-1][2]
        complete = sorted(set(numbers)) == list(range(len(formulation.items)))
        if (complete and numbers == sorted(numbers)) or not _is_meant(formulation, line, numbers, start, end):
            continue
        missing = "、".join(forms[0] for number, forms in enumerate(formulation.items) if number not in numbers)
        mark = Mark.DISORDERED if complete else Mark.INCOMPLETE
        said = "次序有误" if complete else f"缺少“{missing}”"
        message = (
            f"“{formulation.name}”的表述{said}，完整表述为：{formulation.words}（{formulation.source or '规范表述'}）"
        )
        place = paper.place(offset + start, offset + end)
        yield Finding(Kind.WORDING, mark, Severity.WARNING, place, message, None, "请按规范表述核对")


def _runs(formulation: Formulation, line: str) -> Iterator[list[tuple[int, int, int]]]:
    """Yield rows of at least two items with nothing but joining marks between them: number, start and end of each."""
    found = sorted(_items(formulation, line), key=lambda one: (one[1], -one[2]))
    run: list[tuple[int, int, int]] = []
    for one in found:
        if run and one[1] < run[-1][2]:
            continue
        if run and not _BETWEEN.fullmatch(line[run[-1][2] : one[1]]):
            if len(run) >= _FEWEST:
                yield run
            run = []
        run.append(one)
    if len(run) >= _FEWEST:
        yield run


def _items(formulation: Formulation, line: str) -> Iterator[tuple[int, int, int]]:
    for number, forms in enumerate(formulation.items):
        for form in forms:
            place = line.find(form)
            while place >= 0:
                yield number, place, place + len(form)
                place = line.find(form, place + len(form))


def _is_meant(formulation: Formulation, line: str, numbers: Sequence[int], start: int, end: int) -> bool:
    """Tell whether a row is the list: all of it but one, or some of it beside the name."""
    whole = len(formulation.items)
    if len(set(numbers)) >= max(3, whole - 1):
        return True
    before, behind = line[max(0, start - _NEAR) : start], line[end : end + _NEAR]
    ahead = re.search(rf"{re.escape(formulation.name)}[”」]?(?:，?(?:即|是指|包括|就是)|[：:（(])[^。；]*\Z", before)
    after = re.match(rf"[、，等这]{{0,2}}(?:这|的|做到|落实|践行)?[“「]?{re.escape(formulation.name)}", behind)
    return bool(ahead or after)


def _names(paper: Paper, replaced: Replaced, offset: int, line: str, *, outdated: bool) -> Iterator[Finding]:
    for match in re.finditer(re.escape(replaced.old), line):
        before = line[max(0, match.start() - 12) : match.start()]
        quoted = before.rfind("《") > before.rfind("》")
        if quoted or any(word in before for word in replaced.unless):
            continue
        place = paper.place(offset + match.start(), offset + match.end())
        why = f"（{replaced.source}）" if replaced.source else ""
        message = f"{_marked(replaced.old)}{'是旧称，现为' if outdated else '宜作'}{_marked(replaced.new)}{why}"
        mark = Mark.OUTDATED if outdated else Mark.MISWORDED
        yield Finding(Kind.WORDING, mark, Severity.WARNING, place, message, None, "请核对并统一表述")


def _marked(words: str) -> str:
    """Return words in quotation marks, those that have their own as they are."""
    return words if "“" in words else f"“{words}”"
