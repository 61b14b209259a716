"""Which edition counts on which day (效力状态): pure rules over facts about editions, no text and no storage.

Three ideas carry the module. A date may be cut to a month or a year, so every date is a `Span` of days, and a day
inside a span that is not settled answers `unknown`, never a guess. What the base itself holds (a later edition,
a repealing text) is weighed before what a manifest says, because the manifest is older than the latest file. And a
title alone proves little: a draft is never in force and replaces nothing, a report or another organ's namesake does
not replace either (`_may_replace`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from corpus.issuers import same_issuer
from corpus.model import Metadata, Source
from corpus.titles import Succession, is_draft, is_generic, is_revision, succession, work_key

UNDATED = "不详"
CONFIRMED = "人工确认"  # what an end that a human settled rests on
_YEAR = 365  # days

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_NAMED_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:-\d{2}(?:-\d{2})?)?(?!\d)", re.ASCII)


class Status(StrEnum):
    """The status of an edition on a day (效力状态); the native term stands beside each."""

    IN_FORCE = "in_force"  # 现行有效
    NOT_YET_IN_FORCE = "not_yet_in_force"  # 尚未施行
    SUPERSEDED = "superseded"  # 已被修订或取代
    REPEALED = "repealed"  # 已废止
    UNKNOWN = "unknown"  # 效力不详


_ENDED = {"superseded": Status.SUPERSEDED, "repealed": Status.REPEALED}


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """What is known about an edition without its text (版本信息).

    `work` is the key that all editions of one regulation share, `repealed_works` the keys of the titles in
    `metadata.repeals`. `articles` counts 条, `provisions` all nodes of the tree, `characters` the clean text.
    `confirmed` are the dates that a human settled, field and value (see `corpus.confirmed`), which `metadata` bears.
    """

    title: str
    date: str
    work: str
    metadata: Metadata
    source: Source
    repealed_works: tuple[str, ...] = ()
    articles: int = 0
    provisions: int = 0
    characters: int = 0
    confirmed: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The edition's identifier, ``<title>@<date>``."""
        return f"{self.title}@{self.date}"

    @property
    def file(self) -> str:
        """The name of the file the edition was first read from."""
        return self.source.file

    @property
    def sha256(self) -> str:
        """The digest of that file's bytes, in hexadecimal."""
        return self.source.sha256


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which something may have happened (时段): surely not before `first`, surely by `last`."""

    first: date
    last: date


ANYTIME = Span(date.min, date.max)


@dataclass(frozen=True, slots=True)
class End:
    """One reason why an edition stops counting: on a day within `span` it becomes `status`, because of `by`."""

    span: Span
    status: Status
    by: str  # an edition id of the base, the manifest's words, or CONFIRMED


@lru_cache(maxsize=8192)
def days(words: str) -> Span:
    """Return the days that an ISO date, month or year may mean; `ANYTIME` for anything else."""
    match = _ISO.fullmatch(words)
    if match is None:
        return ANYTIME
    year, month, day = (int(group) if group else 0 for group in match.groups())
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return ANYTIME
    if day:
        return Span(first, first)
    month = month or 12
    return Span(first, date(year, month, monthrange(year, month)[1]))


def in_force_from(metadata: Metadata, edition_date: str) -> Span:
    """Return the days on which an edition may have entered into force (施行日期).

    That is the effective date, but never before the edition's own date: a law revised in 2018 still prints
    自1982年12月4日起施行, and its new words cannot be older than their revision. When those took effect stands in the
    revising decision, so it is open for a year from the edition's date, within which amendments take effect in
    practice; an effective date less than a year older than the edition is no clause of former times but that of a
    text printed late (自2016年7月1日起施行, 2016年7月8日印发). Without an effective date the day is open from the
    edition's date on, because publication is not entry into force.
    """
    effective, dated = days(metadata.effective), days(edition_date)
    if effective.last < dated.first:
        revised = _later(effective.last, _YEAR) < dated.first
        return Span(dated.first, _later(dated.last, _YEAR)) if revised else dated
    return Span(max(effective.first, dated.first), effective.last)


def entered(info: EditionInfo) -> Span:
    """Return the days on which an edition may have entered into force: the day a human confirmed, else as stated."""
    settled = dict(info.confirmed).get("effective")
    return days(settled) if settled else in_force_from(info.metadata, info.date)


def _later(day: date, count: int) -> date:
    return date.fromordinal(min(day.toordinal() + count, date.max.toordinal()))


def status(edition: EditionInfo, others: Iterable[EditionInfo], on: date) -> Status:
    """Return the status of `edition` on a day, given the other editions of the base; see `Timeline`."""
    return Timeline([edition, *others]).status(edition, on)


class Timeline:
    """The editions of a base in time (时间轴), grouped once so that every status is a few comparisons."""

    def __init__(self, infos: Iterable[EditionInfo]) -> None:
        self._by_work: dict[str, list[EditionInfo]] = defaultdict(list)
        self._repealing: dict[str, list[EditionInfo]] = defaultdict(list)
        self._ends: dict[str, tuple[End, ...]] = {}  # filled as they are asked for
        for info in infos:
            self._by_work[info.work].append(info)
            for work in set(info.repealed_works) - {info.work}:
                self._repealing[work].append(info)

    def status(self, info: EditionInfo, on: date) -> Status:
        """Return the status of an edition on a day. The rules, first match first:

        1. Before the first day it may be in force: not_yet_in_force.
        2. On or after the last day of any `End`: superseded or repealed. The manifest's word decides which of the
           two, else the earliest end; a manifest that still says "current" does not, since files came after it, nor
           does any where a human settled how the edition ended.
        3. A draft: unknown, whatever else is said of it.
        4. Inside the span of an end (the day of the change is known to a month or year only, or the term of
           validity has run out and may have been extended): unknown.
        5. Not surely in force yet: unknown. A manifest that says "current" and was read by that day settles this
           case, and those of rule 4 that no later day settles by itself.
        6. The manifest says anything but "current" or an ended state ("unverified"): unknown.
        7. Else in_force: it entered into force, and nothing known ended it.
        """
        word, _ = _manifest_words(info.metadata)
        draft = is_draft(info.title)
        begin = days(info.date) if draft else entered(info)
        settled = {name for name, _ in info.confirmed if name in _ENDED}
        if on < begin.first:
            return Status.NOT_YET_IN_FORCE
        ends = [end for end in self.ends(info) if end.span.first <= on]
        over = [end for end in ends if end.span.last <= on]
        if over:
            said = None if settled else _ENDED.get(word)
            return said or min(over, key=lambda end: end.span.last).status
        stated = word == "current" and on >= _read_by(info)
        if stated:
            ends = [end for end in ends if end.span.last != date.max]
        if draft or ends or (on < begin.last and not stated) or (word == "unverified" and not settled):
            return Status.UNKNOWN
        return Status.IN_FORCE

    def ends(self, info: EditionInfo) -> tuple[End, ...]:
        """Return every known reason why an edition stops counting, in no order.

        Later editions of the work, texts that repeal it by title, the repeal date, the successor a manifest
        names, and its own term: by its own dates where the successor is in the base, else by the year in its title
        (superseded for certain from the next year on, unknown within that year), else by the day the manifest was
        read.
        """
        if info.id not in self._ends:
            self._ends[info.id] = tuple(self._find_ends(info))
        return self._ends[info.id]

    def _find_ends(self, info: EditionInfo) -> list[End]:
        settled = {name: value for name, value in info.confirmed if name in _ENDED}
        stated = [end for end in self._stated_ends(info) if end.status.value not in settled]
        return [*stated, *(End(days(day), _ENDED[name], CONFIRMED) for name, day in settled.items() if day)]

    def _stated_ends(self, info: EditionInfo) -> list[End]:
        ends = [*self._later_editions(info), *self._repeals(info)]
        repealed = days(info.metadata.repealed)
        if repealed != ANYTIME:
            ends.append(End(repealed, Status.REPEALED, info.metadata.repealed))
        return [*ends, *self._named_by_manifest(info, bool(ends)), *_expiry(info)]

    def _later_editions(self, info: EditionInfo) -> Iterator[End]:
        """Superseded from the day a later edition of the same work is in force, not from its publication.

        Where that later edition states no such day, its own date counts: its organ has given the old words up, and
        quoting those is the costlier error. Undated editions supersede nothing and are not superseded; see
        `_may_replace` for what else does not.
        """
        mine = days(info.date)
        for other in self._by_work[info.work]:
            theirs = days(other.date)
            if other.id == info.id or ANYTIME in (mine, theirs) or not _may_replace(other, info):
                continue
            yield from _end(mine, theirs, _takes_over(other), Status.SUPERSEDED, other.id)

    def _repeals(self, info: EditionInfo) -> Iterator[End]:
        """Repealed from the day a text that names the title (同时废止) is in force, if the edition is older.

        A revised law keeps printing the repeals of its first edition, so where its effective date is older than
        its own date the repeal took place then, and newer namesakes are not touched.
        """
        mine = days(info.date)
        for other in self._repealing[info.work]:
            if is_draft(other.title):
                continue
            printed, theirs = days(other.metadata.effective), days(other.date)
            if theirs == ANYTIME or printed.last < theirs.first:
                yield from _end(mine, printed, printed, Status.REPEALED, other.id)
            else:
                yield from _end(mine, theirs, _takes_over(other), Status.REPEALED, other.id)

    def _named_by_manifest(self, info: EditionInfo, has_ends: bool) -> Iterator[End]:
        """Yield the end that a manifest's "superseded by …" or "repealed" stands for, as `ends` describes."""
        word, successor = _manifest_words(info.metadata)
        if word not in _ENDED:
            return
        named = _named_date(successor, days(info.date).first)
        candidates = [*self._by_work[info.work], *self._bearing(successor)]
        in_base = [
            end
            for other in candidates
            if other.id != info.id and _is_of(other, named) and not is_draft(other.title)
            for end in _end(days(info.date), days(other.date), _takes_over(other), _ENDED[word], other.id)
        ]
        yield from in_base
        if named != ANYTIME and not in_base:
            yield End(named, _ENDED[word], successor)
        elif not in_base and not has_ends:
            first = entered(info).first
            yield End(Span(first, max(first, _read_by(info))), _ENDED[word], successor or word)

    def _bearing(self, successor: str) -> Iterator[EditionInfo]:
        """Yield editions whose title is the successor's, with or without 中国共产党 or 中华人民共和国 before it."""
        key = work_key(successor)
        if not is_generic(key):  # 条例 or 准则 alone end too many titles
            for work, infos in self._by_work.items():
                if work.endswith(key):
                    yield from infos


def _manifest_words(metadata: Metadata) -> tuple[str, str]:
    """Return the manifest's validity word and the successor it names.

    The word is current, superseded, repealed, unverified (also for words not known) or "" where none is given.
    """
    if not metadata.validity:
        return ("superseded" if metadata.successor else ""), metadata.successor
    head, _, tail = metadata.validity.partition(" by ")
    word = head.removeprefix("status ").split(" ")[0]
    return (word if word == "current" or word in _ENDED else "unverified"), metadata.successor or tail


def _named_date(successor: str, earliest: date) -> Span:
    """Return the first year or date in a successor's name that is not before `earliest`, else `ANYTIME`."""
    spans = (days(words) for words in _NAMED_DATE.findall(successor))
    return next((span for span in spans if span.last >= earliest and span != ANYTIME), ANYTIME)


def _is_of(other: EditionInfo, named: Span) -> bool:
    """Tell whether an edition was issued, or entered into force, within the named days."""
    spans = (days(other.date), days(other.metadata.effective))
    return any(span != ANYTIME and span.first <= named.last and named.first <= span.last for span in spans)


def _read_by(info: EditionInfo) -> date:
    """Return a day by which the manifest's words were true: the day before ingest, whose time is in UTC."""
    ingested = days(info.source.ingested[:10])
    return date.max if ingested == ANYTIME else ingested.first - timedelta(days=1)


def _may_replace(later: EditionInfo, earlier: EditionInfo) -> bool:
    """Tell whether a text of the same title can be the next edition of an earlier one.

    A draft never is, unless of a draft. Neither is the text of another issuer (某乡的办法、某县的办法). A later 条例 or
    办法 is, also where an issuer is unknown; a later 制度 only if the same organ made both; a later 通知 or 报告 only
    if it is moreover called a revision (修订), else it is another paper.
    """
    if is_draft(later.title):
        return is_draft(earlier.title)
    same, kind = same_issuer(later.metadata.issuer, earlier.metadata.issuer), succession(later.title)
    if kind is Succession.EDITION:
        return same is not False
    return same is True and (kind is Succession.UNCERTAIN or is_revision(later.title))


def _expiry(info: EditionInfo) -> Iterator[End]:
    """Yield the end that a text's own term of validity (有效期) puts to it, the day after it runs out.

    It is repealed then if it says so itself (期满自动失效) and no manifest calls it current; else it is open, since
    terms are extended by notices that the base may not hold.
    """
    metadata = info.metadata
    term = days(metadata.expires)
    if term == ANYTIME:
        return
    first, last = _later(term.first, 1), _later(term.last, 1)
    if metadata.lapses and _manifest_words(metadata)[0] != "current":
        yield End(Span(first, last), Status.REPEALED, metadata.expires)
    else:
        yield End(Span(first, date.max), Status.UNKNOWN, metadata.expires)


def _takes_over(other: EditionInfo) -> Span:
    """Return the days from which an edition displaces others: in force, or dated where no such day is known."""
    begin = entered(other)
    return days(other.date) if begin.last == date.max else begin


def _end(mine: Span, theirs: Span, begin: Span, status: Status, by: str) -> Iterator[End]:
    """Yield the end that a text dated `theirs`, in force from `begin`, puts to one dated `mine`.

    Nothing if that text is the older one; an end that is never certain if the dates overlap.
    """
    if theirs.last < mine.first:
        return
    yield End(begin if mine.last < theirs.first else Span(begin.first, date.max), status, by)
