"""What is known of regulations whose text may not be in a base (目录): titles, dates, status, as facts with a source.

The bundled table is `catalogue.tsv`, one row per edition. A user's own file of the same columns (`own_file`) wins: a
work that it names is taken from it alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from corpus.catalogue_file import Row, read_rows
from corpus.errors import InputError
from corpus.model import Metadata, Source
from corpus.titles import TitleIndex, normalise, plain_title, work_key
from corpus.validity import UNDATED, EditionInfo

FILE_NAME = "catalogue.tsv"
_READ_ON = "2026-10-02T00:00:00+00:00"  # the day after that on which the bundled statuses were true
_VALIDITY = {"in_force": "current", "superseded": "superseded", "repealed": "repealed"}
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]\s*\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition as a catalogue knows it (目录条目); dates are ISO and may be cut, "" is unknown.

    `status` is in_force, superseded, repealed or unknown on the day the catalogue was made; `articles` is None where
    the number of 条 is not known, 0 for a text without 条. `source` says where the facts were read, `confidence`
    read, derived or memory. `own` marks a row of the user's own file.
    """

    title: str
    short_titles: tuple[str, ...] = ()
    level: str = ""
    issuer: str = ""
    number: str = ""
    adopted: str = ""
    issued: str = ""
    effective: str = ""
    status: str = "unknown"
    superseded_by: str = ""
    repeals: tuple[str, ...] = ()
    articles: int | None = None
    domain: str = ""
    url: str = ""
    source: str = ""
    confidence: str = ""
    own: bool = False

    @property
    def work(self) -> str:
        """The key that all editions of the work share."""
        return work_key(self.title)

    @property
    def date(self) -> str:
        """The date that names the edition: issue, else adoption, else entry into force, else 不详."""
        return self.issued or self.adopted or self.effective or UNDATED

    @property
    def id(self) -> str:
        """The identifier that the edition would have in a base, ``<title>@<date>``."""
        return f"{self.title}@{self.date}"

    @property
    def info(self) -> EditionInfo:
        """The edition as the rules on validity take it.

        One that was only adopted, and whose issue nobody reported, takes no other's place: it is undated there.
        """
        reported = self.status != "unknown" or self.issued or self.effective
        metadata = Metadata(
            **{name: getattr(self, name) for name in ("issuer", "number", "adopted", "issued", "effective", "level")},
            validity=_VALIDITY.get(self.status, "unverified"),
            successor=self.superseded_by,
            repeals=self.repeals,
        )
        repealed = tuple(work_key(without_brackets(title)) for title in self.repeals)
        read_on = "" if self.own else _READ_ON
        source = Source(FILE_NAME, "", "tsv", read_on)
        return EditionInfo(
            self.title, self.date if reported else UNDATED, self.work, metadata, source, repealed, self.articles or 0
        )

    def to_json(self) -> dict[str, object]:
        """Return all facts as a JSON object."""
        facts = {field.name: getattr(self, field.name) for field in fields(self)}
        lists = {name: list(value) for name, value in facts.items() if isinstance(value, tuple)}
        return {**facts, **lists, "edition": self.date}


@dataclass(frozen=True, slots=True)
class Work:
    """A work with what a catalogue knows of its editions, oldest first, undated ones before all."""

    key: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def short_titles(self) -> tuple[str, ...]:
        """The short names of all editions, each once."""
        return tuple(dict.fromkeys(name for entry in self.entries for name in entry.short_titles))


class Catalogue:
    """The works that are known, by title or short name; make it with `Catalogue.load`."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take the editions in any order."""
        by_work: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_work[entry.work].append(entry)
        self.works = {key: _work(key, found) for key, found in by_work.items()}

    @classmethod
    def load(cls, own_file: Path | None = None) -> Catalogue:
        """Return the bundled catalogue, with the rows of a user's own file over it where there is one.

        Raises InputError, naming line, column and cure, when a row of the own file is impossible.
        """
        if own_file is None or not own_file.exists():
            return _bundled()
        own = [_entry(row, own=True) for row in read_rows(own_file.read_bytes(), str(own_file))]
        covered = {entry.work for entry in own}
        kept = [entry for entry in _bundled().entries() if entry.work not in covered]
        catalogue = cls([*kept, *own])
        _refuse(str(own_file), catalogue.faults(entry for entry in own))
        return catalogue

    @cached_property
    def titles(self) -> TitleIndex:
        """Every name of the works."""
        names: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for work in self.works.values():
            for short in work.short_titles:
                names[normalise(short)] += (work.entries[-1].title,)
        return TitleIndex((entry.title for entry in self.entries()), names)

    def entries(self) -> Iterator[Entry]:
        """Yield every edition, work by work."""
        for work in self.works.values():
            yield from work.entries

    def named(self, name: str) -> tuple[Work, ...]:
        """Return the works that a title or short name can stand for: none, one, or several when it is ambiguous."""
        found = dict.fromkeys(work_key(title) for title in self.titles.resolve(name))
        return tuple(self.works[key] for key in found)

    def search(self, words: str) -> list[Work]:
        """Return the works whose title, short names, issuer, level or domain hold all the words, by level and title."""
        wanted = [normalise(word) for word in words.split()]
        found = [work for work in self.works.values() if all(word in _searchable(work) for word in wanted)]
        named = {work.key for work in self.named(words)} if words.strip() else set()
        return sorted(found, key=lambda work: (work.key not in named, work.title))

    def faults(self, among: Iterable[Entry] | None = None) -> Iterator[str]:
        """Yield a Chinese sentence for each edition that cannot be as it is beside the others."""
        for entry in self.entries() if among is None else among:
            if entry.superseded_by and (fault := self._successor_fault(entry)):
                yield f"《{entry.title}》（{entry.date}）的 superseded_by 列：{fault}"

    def _successor_fault(self, entry: Entry) -> str:
        works = self.named(without_brackets(entry.superseded_by))
        if not works:
            return f"目录里没有“{entry.superseded_by}”。请改正名称，或为它另加一行"
        later = max(one.date for work in works for one in work.entries if one.date != UNDATED or len(work.entries) == 1)
        if UNDATED not in (later, entry.date) and later[: len(entry.date)] < entry.date[: len(later)]:
            return f"后继“{entry.superseded_by}”（{later}）比它还早。请核对两者的日期"
        return ""


def check(data: bytes, name: str) -> list[Entry]:
    """Return the editions of a catalogue file, checked row by row and against each other and the bundled ones.

    Raises InputError naming every impossible row by line and column, with the cure.
    """
    entries = [_entry(row, own=True) for row in read_rows(data, name)]
    covered = {entry.work for entry in entries}
    others = [entry for entry in _bundled().entries() if entry.work not in covered]
    _refuse(name, Catalogue([*others, *entries]).faults(entries))
    return entries


def without_brackets(title: str) -> str:
    """Return a title as a catalogue's relations name it, without years, 文号 or remarks in brackets behind it."""
    while (match := _BRACKETS.search(title)) and match.start():
        title = title[: match.start()]
    return title


def _refuse(name: str, faults: Iterable[str]) -> None:
    found = list(faults)
    if found:
        raise InputError(f"目录 {name} 有 {len(found)} 处不可能的内容：\n" + "\n".join(found))


@lru_cache(maxsize=1)
def _bundled() -> Catalogue:
    data = resources.files("corpus").joinpath(FILE_NAME).read_bytes()
    return Catalogue(_entry(row) for row in read_rows(data, FILE_NAME))


def _entry(row: Row, *, own: bool = False) -> Entry:
    cells: dict[str, Any] = dict(row.cells)
    for name in ("short_titles", "repeals"):
        cells[name] = tuple(filter(None, cells.get(name, "").split("|")))
    cells["articles"] = int(cells["articles"]) if cells.get("articles") else None
    return Entry(**cells, own=own)


def _work(key: str, entries: Sequence[Entry]) -> Work:
    ordered = tuple(sorted(entries, key=lambda entry: (entry.date != UNDATED, entry.date)))
    return Work(key, plain_title(ordered[-1].title), ordered)


def _searchable(work: Work) -> str:
    words = [field for entry in work.entries for field in (entry.title, entry.issuer, entry.level, entry.domain)]
    return normalise("\n".join((*words, *work.short_titles)))
