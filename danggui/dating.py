"""The dates of a regulation's editions (时间轴): each with its source, and what a human may settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from corpus.catalogue import Entry
from corpus.citation import edition_words
from corpus.confirmed import FIELDS, UNKNOWN, Confirmation
from corpus.errors import AmbiguousError, NotFoundError
from corpus.store import Store
from corpus.titles import work_key
from corpus.validity import CONFIRMED, EditionInfo, End, Status
from danggui.base import KnowledgeBase
from danggui.output import STATUS_WORDS
from ingest.repeals import find_repeals

_STATED = ("adopted", "issued", "effective", "expires")
_ENDED = {"superseded": Status.SUPERSEDED, "repealed": Status.REPEALED}
_MANIFEST = "清单："
SOURCES = {
    "human": "人工确认",
    "text": "正文",
    "manifest": "清单",
    "later_text": "后来的文本",
    "catalogue": "目录",
    "": "未见记载",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of an edition: `value` is ISO and may be cut, ``first/last`` between two days, "" unknown.

    `source` is one of `SOURCES`, `words` what it rests on, `counts` false for a statement that another one overrules.
    """

    field: str
    value: str
    source: str
    words: str = ""
    counts: bool = True

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of `danggui dates`."""
        facts = {"field": self.field, "label": FIELDS[self.field], "value": self.value}
        return {**facts, "source": self.source, "words": self.words, "counts": self.counts}


@dataclass(frozen=True, slots=True)
class ClauseDated:
    """A clause that a later text repeals or suspends: its path, the label, since when, by which edition."""

    path: str
    label: str
    state: str  # repealed, suspended
    value: str
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class EditionDates:
    """The dates of one edition; `stored` tells whether its text is in the base, `successor` is an id or a name."""

    id: str
    title: str
    edition: str
    status: Status
    stored: bool
    successor: str
    dates: tuple[Dated, ...]
    clauses: tuple[ClauseDated, ...] = field(default=())

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of `danggui dates`."""
        return {
            "id": self.id,
            "title": self.title,
            "edition": self.edition,
            "status": self.status.value,
            "stored": self.stored,
            "successor": self.successor,
            "dates": [one.to_json() for one in self.dates],
            "clauses": [{name: getattr(one, name) for name in one.__slots__} for one in self.clauses],
        }


def timeline(base: KnowledgeBase, name: str, on: date) -> list[EditionDates]:
    """Return the editions of a work, stored and catalogued, oldest first, with their dates.

    Raises NotFoundError for a name that neither base nor catalogue knows, AmbiguousError for one of several works.
    """
    lookup = base.lookup
    try:
        infos, picked = lookup.named(name)
        work = infos[0].work
    except AmbiguousError:
        raise
    except NotFoundError:
        known = lookup.unread(name, on)
        if known is None:
            raise
        infos, picked, work = [], False, known.entry.work
    stored = [edition_dates(base, info.id, on) for info in infos]
    catalogued = lookup.catalogued.catalogue.works.get(work)
    lacking = lookup.catalogued.lacking(catalogued) if catalogued and not picked else ()
    others = [_catalogued(entry, lookup.catalogued.status(entry, on)) for entry in lacking]
    return sorted([*stored, *others], key=lambda one: (one.edition != UNKNOWN, one.edition))


def edition_dates(base: KnowledgeBase, edition_id: str, on: date) -> EditionDates:
    """Return the dates of a stored edition. Raises NotFoundError."""
    info = _known(base, edition_id)
    store, lookup = base.store, base.lookup
    settled = {one.field: one for one in store.confirmations(info.id)}
    evidence = dict(reversed([(name, words) for name, words in (store.report(info.id) or {}).get("evidence", ())]))
    stated = [one for name in _STATED for one in _stated(name, store.stated(info.id), settled, evidence)]
    ends = [one for name in _ENDED for one in _ended(name, info, base, settled)]
    later = lookup.successor(info, on)
    successor = later.id if later else info.metadata.successor
    dates = (*stated, *ends, *_from_catalogue(base, info, stated))
    status = lookup.status(info.id, on)
    return EditionDates(info.id, info.title, info.date, status, True, successor, dates, _clauses(base, info))


def set_date(home: Path, name: str, dated: str, words: str, by: str, note: str = "") -> Confirmation:
    """Settle a date of an edition; see `Store.confirm`. Raises NotFoundError, InputError, StoreError."""
    with Store.open(home, write=True) as store:
        return store.confirm(plain_id(name), dated, words, by, note)


def unset_date(home: Path, name: str, dated: str, by: str, note: str = "") -> None:
    """Give a settled date back to text and manifest. Raises NotFoundError, StoreError."""
    with Store.open(home, write=True) as store:
        store.unconfirm(plain_id(name), dated, by, note)


def plain_id(name: str) -> str:
    """Return an edition's id as typed, 书名号 around its title borne with."""
    return name.replace("《", "").replace("》", "").strip()


def _known(base: KnowledgeBase, edition_id: str) -> EditionInfo:
    info = base.lookup.infos.get(edition_id)
    if info is None:
        raise NotFoundError(f"知识库里没有版本“{edition_id}”，版本要写成 标题@日期；用 danggui list 查看有哪些")
    return info


def _stated(
    name: str, info: EditionInfo, settled: Mapping[str, Confirmation], evidence: Mapping[str, str]
) -> Iterator[Dated]:
    """Yield what a human, then text or manifest say of one date; the first one counts."""
    told = getattr(info.metadata, name)
    if name in settled:
        yield _human(settled[name])
    words = evidence.get(name, "")
    source = ("manifest" if words.startswith(_MANIFEST) else "text") if told else ""
    if told or name not in settled:
        yield Dated(name, told, source, words.removeprefix(_MANIFEST), counts=name not in settled)


def _human(one: Confirmation) -> Dated:
    because = f"：{one.note}" if one.note else ""
    return Dated(one.field, one.value, "human", f"{one.person}{because}（{one.at[:10]}）")


def _ended(name: str, info: EditionInfo, base: KnowledgeBase, settled: Mapping[str, Confirmation]) -> Iterator[Dated]:
    """Yield how an edition was superseded or repealed, the earliest first."""
    if name in settled:
        yield _human(settled[name])
        return
    found = [end for end in base.lookup.timeline.ends(info) if end.status is _ENDED[name] and end.by != CONFIRMED]
    ordered = sorted(found, key=lambda end: (end.span.last, end.span.first))
    yield from dict.fromkeys(_end(name, end, info, base) for end in ordered)
    if not found:
        yield Dated(name, "", "")


def _end(name: str, end: End, info: EditionInfo, base: KnowledgeBase) -> Dated:
    if end.by not in base.lookup.infos:
        return Dated(name, _span(end), "manifest", end.by)
    if name == "superseded":
        return Dated(name, _span(end), "later_text", end.by)
    repeals = find_repeals(base.store.text(end.by))
    words = next((one.words for one in repeals if work_key(one.title) == info.work), "")
    return Dated(name, _span(end), "later_text", f"{end.by}：“{words}”" if words else end.by)


def _span(end: End) -> str:
    first, last = end.span.first, end.span.last
    if last == date.max:
        return ""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _from_catalogue(base: KnowledgeBase, info: EditionInfo, stated: Sequence[Dated]) -> Iterator[Dated]:
    """Yield the catalogue's dates of a stored edition where text and manifest have none or others."""
    entry = base.lookup.catalogued.entry_of(info)
    values = {one.field: one.value for one in reversed(stated)}
    for name in ("adopted", "issued", "effective") if entry else ():
        told = getattr(entry, name)
        if told and not values[name].startswith(told):
            yield Dated(name, told, "catalogue", entry.source if entry else "", counts=False)


def _clauses(base: KnowledgeBase, info: EditionInfo) -> tuple[ClauseDated, ...]:
    found = base.lookup.clause_ends(info)
    return tuple(ClauseDated(one.path, one.label, one.state.value, one.since, one.by, one.words) for one in found)


def _catalogued(entry: Entry, status: Status) -> EditionDates:
    """Return the dates of an edition that only the catalogue knows."""
    values = [(name, getattr(entry, name, "")) for name in _STATED]
    dates = tuple(
        Dated(name, value, "catalogue" if value else "", entry.source if value else "") for name, value in values
    )
    return EditionDates(entry.id, entry.title, entry.date, status, False, entry.superseded_by, dates)


def lines(editions: Sequence[EditionDates]) -> Iterator[str]:
    """Yield the lines of `danggui dates`."""
    for one in editions:
        stored = "" if one.stored else "，正文未入库"
        yield f"《{one.title}》{edition_words(one.edition)}：{STATUS_WORDS[one.status]}{stored}"
        yield from (f"    {_line(dated)}" for dated in one.dates if dated.source or dated.field != "expires")
        if one.successor:
            yield f"    后来的文本：{one.successor}"
        for clause in one.clauses:
            what = "废止" if clause.state == "repealed" else "暂停"
            yield f"    {clause.label} {_words(clause.value)}起{what}〔{clause.by}：“{clause.words}”〕"


def _line(dated: Dated) -> str:
    absent = Confirmation("", dated.field, "", "").words if dated.source == "human" else UNKNOWN
    value = (
        _words(dated.value)
        if dated.value
        else (absent if dated.source else "未见" if dated.field in _ENDED else UNKNOWN)
    )
    source = SOURCES[dated.source] if dated.source else ""
    words = "：".join(filter(None, (source, " ".join(dated.words.split()))))
    overruled = "" if dated.counts else "（未采用）"
    return f"{FIELDS[dated.field]}  {value}{overruled}" + (f"〔{words}〕" if words else "")


def _words(value: str) -> str:
    return "至".join(edition_words(day)[1:-1] for day in value.split("/")) or UNKNOWN
