"""The catalogue beside a base (目录): what it knows, and which of it the base lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.catalogue import FILE_NAME, Catalogue, Entry, Work, check
from corpus.citation import edition_words
from corpus.store import FILE_NAME as STORE_NAME
from corpus.store import Store
from corpus.unread import Unread
from corpus.validity import Status
from danggui.files import read
from danggui.output import STATUS_WORDS


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the catalogue, its status on the day asked, and whether the base holds its text."""

    entry: Entry
    status: Status
    stored: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A work of the catalogue; `stored` where the base holds any edition of it."""

    work: Work
    editions: tuple[Edition, ...]

    @property
    def stored(self) -> bool:
        """Whether the base holds any edition."""
        return any(edition.stored for edition in self.editions)

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of `danggui catalogue`."""
        editions = [{**one.entry.to_json(), "status": one.status.value, "stored": one.stored} for one in self.editions]
        work = self.work
        names = {"title": work.title, "short_titles": list(work.short_titles)}
        return {**names, "level": work.entries[-1].level, "stored": self.stored, "editions": editions}


def search(home: Path, words: str, on: date, *, missing: bool = False) -> list[Listing]:
    """Return the works that hold all the words, with the editions that the base in `home` lacks told apart.

    A folder without a base lacks them all. With `missing` works of which nothing is lacking are left out. Raises
    InputError for an impossible row of the base's own catalogue file.
    """
    infos = []
    if (home / STORE_NAME).exists():
        with Store.open(home) as store:
            infos = store.infos()
    return listings(Unread(Catalogue.load(home / FILE_NAME), infos), words, on, missing=missing)


def listings(unread: Unread, words: str, on: date, *, missing: bool = False) -> list[Listing]:
    """Return the works of a catalogue that hold all the words; see `search`."""
    found = [_listing(unread, work, on) for work in unread.catalogue.search(words)]
    return [one for one in found if not missing or not all(edition.stored for edition in one.editions)]


def check_file(file: Path) -> int:
    """Return the number of editions in a catalogue file. Raises InputError naming each impossible row."""
    return len(check(read(file), str(file)))


def lines(rows: Sequence[Listing]) -> Iterator[str]:
    """Yield the lines of `danggui catalogue`."""
    for row in rows:
        short = f"（简称：{'、'.join(row.work.short_titles)}）" if row.work.short_titles else ""
        yield f"《{row.work.title}》{short}"
        yield from (f"    {_line(edition)}" for edition in row.editions)
    lacking = sum(not edition.stored for row in rows for edition in row.editions)
    yield f"共 {len(rows)} 部、{sum(len(row.editions) for row in rows)} 个版本，其中正文未入库的 {lacking} 个版本"


def _line(edition: Edition) -> str:
    entry = edition.entry
    effective = f"自{edition_words(entry.effective)[1:-1]}起施行" if entry.effective else "施行日期不详"
    count = "" if entry.articles is None else (f"共{entry.articles}条" if entry.articles else "不分条")
    after = f"后来的文本：{entry.superseded_by}" if entry.superseded_by else ""
    stored = "正文已入库" if edition.stored else "正文未入库"
    day = edition_words(entry.date)[1:-1] if entry.date[:1].isdigit() else "日期不详"
    return "，".join(filter(None, (day, STATUS_WORDS[edition.status], effective, count, after, stored)))


def _listing(unread: Unread, work: Work, on: date) -> Listing:
    lacking = {entry.id for entry in unread.lacking(work)}
    return Listing(
        work, tuple(Edition(entry, unread.status(entry, on), entry.id not in lacking) for entry in work.entries)
    )
