"""Facts about an edition read from its own words (元数据): issuer, 文号, dates, rank, place, what it repeals.

Nothing is guessed: a fact that the text does not state stays "", and every date, issuer and number taken has its words
in `Facts.evidence`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from corpus.model import Metadata
from ingest.dates import agree, find_dates, iso_of
from ingest.effective import Basis, Entry, Term, find_entry, find_term, note_entry
from ingest.events import MADE, Act, Event, Note, read_note, read_signature
from ingest.levels import is_trial, level_of, region_of
from ingest.names import clean_title, organ_of
from ingest.repeals import Repeal, find_repeals

UNDATED = "不详"
_OPENING = 3000  # characters in which a text names what it is made under (根据《中国共产党章程》…制定本条例)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says of itself.

    `date` names the edition: the latest issue or revision that made this text, else its adoption, else its entry into
    force, else the date in the file name, else 不详. `evidence` pairs a field of Metadata (or "partial_repeal") with
    the words it rests on. `entry` and `term` are entry into force and term of validity as stated, for a manifest that
    knows the day of issue better; `repeals` gives date, issuer and number of each repealed text.
    """

    title: str
    metadata: Metadata
    date: str
    evidence: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    entry: Entry | None = None
    repeals: tuple[Repeal, ...] = ()
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class _Making:
    """The events that made this edition, each None where not stated; `last` is the latest of all."""

    adopted: Event | None = None
    issued: Event | None = None
    last: Event | None = None
    issuer: str = ""
    numbered: Event | None = None
    whole: Event | None = None  # the latest that was no mere amendment, where one came after it


_OPENING_LINES = 60
_UNIT = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零〇0-9]{1,6}[编章节条]|[一二三四五六七八九十]{1,3}、|[（(]一[）)])"
)
_IN_PART = re.compile(r"修正|修改|决定")
_FILE_YEAR = re.compile(r"[（(\[_](?P<date>(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)(?:年(?:度|版)?|年?修[订正改])?[）)\]]")
_FILE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_SUFFIX = re.compile(r"\.[A-Za-z]{1,5}$")
_TITLE_ORGAN = re.compile(r"^([^《》关]{2,40}?)(?:关于|贯彻|实施|印发|转发)")


def read_metadata(title: str, header: str, body: str, closing: str, file_name: str) -> Facts:
    """Read the facts of one text.

    `header` holds the lines between the title and the first unit, `body` the whole clean text, `closing` the last
    paragraphs (落款, last articles). Linear in the length of the text.
    """
    title = clean_title(title) or _file_title(file_name)
    note, signature = _note(header, body), read_signature(closing)
    making = _making(note, signature)
    repeals = find_repeals(body)
    entry, remark = _entry(note, making, body)
    if entry and making.whole:
        entry = replace(entry, since=making.whole.date)
    issuer = _issuer(note, making, signature, title)
    number = note.number or (making.numbered.number if making.numbered else "")
    region = region_of(title, issuer)
    metadata = Metadata(
        issuer=issuer,
        number=number,
        adopted=making.adopted.date if making.adopted else "",
        issued=making.issued.date if making.issued else "",
        level=level_of(title, issuer, region, number, body[:_OPENING]),
        region=region,
        trial=is_trial(title),
        repeals=tuple(repeal.title for repeal in repeals if not repeal.partial),
    )
    made = making.issued or making.last
    facts = Facts(
        title=title,
        metadata=metadata,
        date=made.date if made else "",
        evidence=_evidence(metadata, making, entry, repeals),
        warnings=(*remark, *(_partial_warning(repeal) for repeal in repeals if repeal.partial)),
        entry=entry,
        repeals=repeals,
        term=find_term(body),
    )
    return _dated(settle(facts), file_name)


def _note(header: str, body: str) -> Note:
    """Read the notes of the header, or of all that stands before the first unit where the header has none.

    A covering notice, an order or a second title may stand between title and note.
    """
    note = read_note(header)
    if note.events:
        return note
    lines = takewhile(lambda line: not _UNIT.match(line), islice(body.splitlines(), _OPENING_LINES))
    above = read_note("\n".join(lines))
    return above if above.events else note


def settle(facts: Facts) -> Facts:
    """Fill in the entry into force and the end of validity that follow from what the text states and its dates."""
    facts = _entered(facts)
    if facts.term is None:
        return facts
    expires = facts.term.ends(facts.metadata.effective)
    evidence = tuple(dict.fromkeys((*facts.evidence, ("expires", facts.term.words))))
    metadata = replace(facts.metadata, expires=expires, lapses=facts.term.lapses and bool(expires))
    return replace(facts, metadata=metadata, evidence=evidence)


def _entered(facts: Facts) -> Facts:
    """Fill in the entry into force; see `Entry.on`.

    Where a national law (法律) states no day of issue, 自公布之日起 counts from its adoption: laws are promulgated by
    order of the President once adopted (《中华人民共和国立法法》), in practice on the same day.
    """
    entry, metadata = facts.entry, facts.metadata
    if entry is None or metadata.effective:
        return facts
    issued = metadata.issued or (facts.date if metadata.level in ("法律", "宪法") else "")
    effective = entry.on(issued, metadata.adopted)
    if not effective or entry.basis is Basis.DATE:
        return replace(facts, metadata=replace(metadata, effective=effective))
    words = f"{entry.words}（据{'通过' if entry.basis is Basis.ADOPTION else '发布'}日期推算）"
    evidence = tuple(("effective", words) if field == "effective" else (field, old) for field, old in facts.evidence)
    return replace(facts, metadata=replace(metadata, effective=effective), evidence=evidence)


def _dated(facts: Facts, file_name: str) -> Facts:
    """Give the edition its date where no event did: entry into force, file name, 不详."""
    return replace(facts, date=facts.date or facts.metadata.effective or file_date(file_name) or UNDATED)


def _making(note: Note, signature: Note) -> _Making:
    """Pick the events of this edition out of the history that a note tells."""
    made = [event for event in note.events if event.act & MADE]
    if not any(event.act & Act.ISSUED for event in made):
        made += signature.events
    if not made:
        return _Making()
    last = max(made, key=lambda event: event.date)
    issues = [event for event in made if _is_issue(event)]
    issued = max(issues, key=lambda event: (event.date, Act.ISSUED in event.act)) if issues else None
    if issued and issued.date < last.date and not agree(issued.date, last.date):
        issued = None
    day = issued.date if issued else last.date
    adoptions = [event for event in made if _is_adoption(event) and not _superseded(event, made, day)]
    own = [event for event in adoptions if event.act & (Act.ADOPTED | Act.AMENDED)] or adoptions
    adopted = max(own, key=lambda event: event.date) if own else None
    numbered = max((event for event in made if event.number), key=lambda event: event.date, default=None)
    whole = max((event for event in made if not _is_amendment(event)), key=lambda event: event.date, default=None)
    return _Making(
        adopted, issued, last, _maker(issued, adopted, made), numbered, whole if _is_amendment(last) else None
    )


def _is_issue(event: Event) -> bool:
    """Say whether an event made a text public: issued, or revised by an order or decision rather than a meeting."""
    return bool(event.act & Act.ISSUED) or (Act.AMENDED in event.act and Act.MEETING not in event.act)


def _is_amendment(event: Event) -> bool:
    """Say whether an event changed single articles (修正, 修改, 根据《…决定》修订) and left the rest as it was."""
    return Act.AMENDED in event.act and bool(_IN_PART.search(event.words))


def _is_adoption(event: Event) -> bool:
    return bool(event.act & (Act.ADOPTED | Act.APPROVED)) or (Act.AMENDED in event.act and Act.MEETING in event.act)


def _superseded(event: Event, made: list[Event], day: str) -> bool:
    """Say whether another edition was issued or revised between this adoption and the edition's own day."""
    later = (other for other in made if other is not event and other.act & (Act.ISSUED | Act.AMENDED))
    return any(event.date <= other.date < day for other in later)


def _maker(issued: Event | None, adopted: Event | None, made: list[Event]) -> str:
    """Return the organ that issued the edition, else adopted it, else made an earlier one."""
    earlier = sorted((event for event in made if event.act & ~Act.APPROVED & MADE), key=lambda event: event.date)
    for event in (issued, adopted, *reversed(earlier), *made):
        if event and event.organ:
            return re.sub(r"^中共中央政治局(?:常委会|常务委员会)?$", "中共中央", event.organ)
    return ""


def _issuer(note: Note, making: _Making, signature: Note, title: str) -> str:
    """Return the issuer: labelled, of the making, of the signature, or the organ that the title begins with."""
    signed = next((event.organ for event in signature.events), "")
    named = _TITLE_ORGAN.match(title)
    return note.issuer or making.issuer or signed or (organ_of(named[1]) if named else "")


def _entry(note: Note, making: _Making, body: str) -> tuple[Entry | None, tuple[str, ...]]:
    """Return the entry into force, the note's before the text's own, with a warning where the two part."""
    events = [event for event in note.events if Act.EFFECTIVE in event.act]
    stated = find_entry(body)
    if not events:
        entry = stated or note_entry(note.text)
        unknown = entry and entry.basis is Basis.UNKNOWN
        return entry, (f"施行日期无法推算：“{entry.words}”",) if entry and unknown else ()
    latest = max(events, key=lambda event: event.date)
    entry = Entry(Basis.DATE, latest.words, latest.date)
    is_own = not making.last or (stated and stated.date >= making.last.date)  # not an old clause that a revision kept
    if stated and stated.date and is_own and not agree(stated.date, latest.date):
        return entry, (f"题注的施行日期{latest.date}与正文“{stated.words}”不一致，以题注为准",)
    return entry, ()


def _partial_warning(repeal: Repeal) -> str:
    return f"只废止《{repeal.title}》的部分内容，未记为废止：“{repeal.words}”"


def _evidence(
    metadata: Metadata, making: _Making, entry: Entry | None, repeals: tuple[Repeal, ...]
) -> tuple[tuple[str, str], ...]:
    made = making.issued or making.adopted or making.last
    pairs = [
        ("issuer", made.words if made and metadata.issuer else metadata.issuer),
        ("number", making.numbered.words if making.numbered else metadata.number),
        ("adopted", making.adopted.words if making.adopted else ""),
        ("issued", making.issued.words if making.issued else ""),
        ("effective", entry.words if entry else ""),
        *(("partial_repeal" if repeal.partial else "repeals", repeal.words) for repeal in repeals),
    ]
    return tuple(dict.fromkeys(pair for pair in pairs if pair[1]))


def _file_title(file_name: str) -> str:
    """Return the title a file is named by: no suffix, no date in brackets."""
    return clean_title(_FILE_DAY.sub("", _FILE_YEAR.sub("", _SUFFIX.sub("", file_name.split("/")[-1]))).strip("_- "))


def file_date(file_name: str) -> str:
    """Return the date in a file name as ISO, or "": 条例（2016）.txt, 条例(2018-12-29).md, 条例_20251028.txt."""
    name = file_name.split("/")[-1]
    year, day = _FILE_YEAR.findall(name), _FILE_DAY.search(name)
    if year:
        return iso_of(year[-1])
    written = find_dates(name)
    return (iso_of("-".join(day.groups())) if day else "") or (written[-1].iso if written else "")
