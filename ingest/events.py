"""What the lines under a title tell of a text's making (题注): adopted, issued, revised, in force, each with its date.

Two customs are read: one note in brackets (（2003年12月23日中共中央政治局会议审议批准 2003年12月31日中共中央发布）) and
one event per line (1986年12月3日 国务院批准 / 2011-01-08 修订 / 2021年11月1日 施行); also labelled lines (发文字号：…,
【发布日期】…) and the signature of an order or notice (organ and day alone).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto
from itertools import islice

from ingest.dates import DateSpan, find_dates
from ingest.names import is_organ, organ_of, split_organs


class Act(Flag):
    """What happened on the day."""

    NONE = 0
    ADOPTED = auto()  # 通过、审议批准
    APPROVED = auto()  # 批准 by a higher organ
    ISSUED = auto()  # 发布、公布、印发、颁布
    AMENDED = auto()  # 修订、修正、修改
    EFFECTIVE = auto()  # 施行
    DELIVERED = auto()  # a report given at a meeting (在…会议上)
    MEETING = auto()  # done by a meeting (会议, 大会)


@dataclass(frozen=True, slots=True)
class Event:
    """One dated event; `organ` and `number` (文号) are "" where the words name none."""

    date: str
    act: Act
    organ: str
    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """All that a header or signature states: events in order, and the issuer and number of labelled or bare lines."""

    events: tuple[Event, ...] = ()
    issuer: str = ""
    number: str = ""
    text: str = ""  # the lines that are notes


_ACTS = (
    (Act.ADOPTED, re.compile(r"通过|审议批准|审定|会议决定")),
    (Act.APPROVED, re.compile(r"(?<!审议)批准")),
    (Act.ISSUED, re.compile(r"公布|发布|印发|颁布|颁发|下发|制发|发文|令第")),
    (Act.AMENDED, re.compile(r"修订|修正(?!案)|修改")),
    (Act.DELIVERED, re.compile(r"^\s*在.{2,60}(?:会议|大会|全会)上")),
    (Act.MEETING, re.compile(r"会议|大会|常务委员会")),
)
MADE = Act.ADOPTED | Act.APPROVED | Act.ISSUED | Act.AMENDED | Act.DELIVERED
_FORCE = re.compile(r"^\s*起?\s*(?:正式|开始)?\s*(?:施行|实施|生效|执行|试行|实行)")
_ALSO_FORCE = re.compile(r"(?:公布|发布)(?:施行|实施)")
_FROM = re.compile(r"[自从于]\s*$")
_FIRST_ACT = re.compile(
    r"通过|审议|批准|审定|决定|公布|发布|印发|颁布|颁发|下发|制发|修订|修正|修改"
    r"|令\s*\d{0,4}\s*年?\s*第|第\S{1,6}号|公告"
)
_TITLE = re.compile(r"《[^《》]*》")
_DECIDED_BY = re.compile(r"《(?:关于批准《)?([^《》关]{2,40}?)关于")
_END = re.compile(r"(?:通过|批准|发布|公布|印发|颁布|修订|修正|修改|施行|实施|决定|[）)】\]])$")
_LINES = 400  # notes stand at the top; a header this long is a text without numbered units
_CLOSING_LINES = 40
_BARE = re.compile(r"^[\s（(【\[）)】\]，,、。]*$")

_NUM = r"[0-9０-９一二三四五六七八九十百零〇]{1,6}"
_YEAR = r"[〔\[［﹝（(【]\s*(?:19|20)[0-9]{2}\s*[〕\]］﹞）)】]"
_ORDER = re.compile(
    rf"(?P<organ>[\u4e00-\u9fff、，,]{{0,200}}?)(?P<sort>令|公告)\s*(?P<year>(?:19|20)[0-9]{{2}}\s*年)?\s*第\s*(?P<no>{_NUM})\s*号"
    rf"|(?P<organ2>[\u4e00-\u9fff、]{{0,200}}?)第\s*(?P<no2>{_NUM})\s*号\s*(?P<sort2>令)"
)
_LETTER = re.compile(
    rf"(?P<code>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z（）()]{{0,14}}?)\s*(?P<year>{_YEAR})\s*第?\s*(?P<no>[0-9０-９]{{1,5}})\s*号"
)
_BARE_ORDER = re.compile(rf"第\s*{_NUM}\s*号(?:令|公告)?")
_LABEL = re.compile(
    r"[【\[]?\s*(?P<key>发布部门|发文机关|发布机关|制定机关|颁布单位|发文单位|发布单位|发文字号|发布文号|文\s*号|发布日期|发文日期|公布日期"
    r"|印发日期|成文日期|颁布日期|通过日期|施行日期|实施日期|生效日期)\s*[】\]]?\s*[：:]?\s*(?P<value>\S.*)"
)
_KEYS = {"通过日期": Act.ADOPTED, "施行日期": Act.EFFECTIVE, "实施日期": Act.EFFECTIVE, "生效日期": Act.EFFECTIVE}


def read_note(header: str) -> Note:
    """Read the lines between a title and the first unit; prose among them (a preamble, an addressee) is passed over."""
    events: list[Event] = []
    notes: list[str] = []
    issuer = number = organ_line = ""
    for line in islice(filter(None, _joined(header)), _LINES):
        label = _LABEL.fullmatch(line)
        if label and "日期" in label["key"]:
            events += _labelled(label["key"], label["value"], line)
        elif label and "号" in label["key"]:
            number = document_number(label["value"]) or label["value"]
        elif label:
            issuer = "、".join(split_organs(label["value"]))
        elif _is_note(line):
            events += _events(line, organ_line)
            notes.append(line)
        elif _stands_alone(line):
            number = document_number(line)
        organ_line = line if is_organ(line) else ""
    return Note(tuple(events), issuer, number, "\n".join(notes))


def read_signature(closing: str) -> Note:
    """Read the organ and day that close a text (落款): two short lines, or one, at its end."""
    lines = [line.strip() for line in closing.splitlines() if line.strip()][-_CLOSING_LINES:]
    for above, line in reversed(list(zip(["", *lines], lines, strict=False))):
        dates = find_dates(line)
        if dates and len(dates[-1].iso) >= 7 and _BARE.match(line[dates[-1].end :]) and len(line) <= 80:
            before = line[: dates[-1].start].strip(" 　（(")
            if not before or is_organ(before):
                organs = before or (above if is_organ(above) else "")
                return Note((Event(dates[-1].iso, Act.ISSUED, "、".join(split_organs(organs)), "", line),))
    return Note()


def document_number(words: str) -> str:
    """Return the first 文号 in one form: 中办发〔2013〕22号, 国务院令第711号, 主席令第三号; "" where there is none."""
    letter, order = _LETTER.search(words), _ORDER.search(words)
    if letter and not (order and order.start() < letter.start()):
        year = "".join(filter(str.isdigit, letter["year"]))
        return _tidy(f"{letter['code']}〔{year}〕{letter['no']}号")
    if order and order["no2"]:
        return _tidy(f"{_order_organ(order['organ2'])}令第{order['no2']}号")
    if order:
        return _tidy(f"{_order_organ(order['organ'])}{order['sort']}{order['year'] or ''}第{order['no']}号")
    bare = _BARE_ORDER.fullmatch(words.strip())
    return _tidy(bare.group()) if bare else ""


def _order_organ(words: str) -> str:
    return organ_of(re.sub(r"^.*(?:修订|修改|原(?=国家))", "", words)) or re.sub(r".*(?=主席$)", "", words)


def _tidy(number: str) -> str:
    plain = number.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    return re.sub(r"\s+", "", plain)


def _joined(header: str) -> Iterator[str]:
    """Yield the lines, a line whose bracket or 《 is open joined with what follows (six lines at most)."""
    pending, joined = "", 0
    for line in header.splitlines():
        pending, joined = pending + line.strip(), joined + 1
        is_open = pending.count("《") > pending.count("》") or (pending[:1] in "（(" and pending[-1:] not in "）)")
        if is_open and joined < 6 and len(pending) < 2000:
            pending += " " if pending.endswith(("发布", "批准", "通过", "修订", "公布")) else ""
            continue
        yield pending
        pending, joined = "", 0
    yield pending


def _is_note(line: str) -> bool:
    """Say whether a line is a note: it holds a date, is no sentence, and begins with one or ends like one."""
    if not line or line.endswith(("。", "：", "；", ":")) or len(line) > 4000:
        return False
    dates = find_dates(_masked(line))
    if not dates:
        return False
    before, after = line[: dates[0].start], line[dates[-1].end :]
    starts = bool(re.fullmatch(r"[\s（(【\[]*(?:根据|自)?\s*", before))
    return bool(_END.search(line)) or (starts and len(after) < 200) or (bool(_BARE.match(after)) and len(before) <= 60)


def _stands_alone(line: str) -> bool:
    """Say whether a line without a date is a 文号 and nothing else: （国清组发〔2015〕1号）, 第19号."""
    bare = line.strip("（()）[] ")
    return bool(_LETTER.fullmatch(bare) or _BARE_ORDER.fullmatch(bare) or (len(bare) < 60 and _ORDER.fullmatch(bare)))


def _masked(line: str) -> str:
    """Blank out what stands in 《》, keeping every offset."""
    return _TITLE.sub(lambda match: "《" + "□" * (len(match.group()) - 2) + "》", line)


def _labelled(key: str, value: str, line: str) -> Iterator[Event]:
    for span in find_dates(value)[:1]:
        yield Event(span.iso, _KEYS.get(key, Act.ISSUED), "", "", line)


def _events(line: str, organ_above: str) -> Iterator[Event]:
    """Yield the events of one note: each date with the words up to the next one."""
    masked = _masked(line)
    dates = find_dates(masked)
    before = 0
    for span, after in zip(dates, [*dates[1:], None], strict=True):
        stop = after.start if after else len(line)
        event = _event(line, masked, before, span, stop, organ_above)
        if event:
            yield event
        before = stop if event else before


def _event(line: str, masked: str, start: int, span: DateSpan, stop: int, organ_above: str) -> Event | None:
    said, lead = masked[span.end : stop], masked[start : span.start]
    words = line[span.start : stop].rstrip(" 　）)自根据经")
    if _FORCE.match(said) or (_FROM.search(lead) and "起" in said[:2]):
        return Event(span.iso, Act.EFFECTIVE, "", "", line[max(start, span.start - 1) : stop].strip(" 　（(）)"))
    act = _act(said)
    if not act & MADE:
        return _bare_event(span, lead, said, words, organ_above)
    if act & Act.DELIVERED:
        return Event(span.iso, act, _host(said), "", words)
    decided = _DECIDED_BY.search(line, span.end, stop) if Act.AMENDED in act else None
    organ = _organ(said) or (organ_of(_FIRST_ACT.split(lead)[0]) if len(lead) < 80 else "")
    if decided and is_organ(decided[1]):
        organ = decided[1]
    return Event(span.iso, act, organ, document_number(said), words)


def _act(said: str) -> Act:
    act = Act.NONE
    for one, pattern in _ACTS:
        if pattern.search(said):
            act |= one
    return act | Act.EFFECTIVE if _ALSO_FORCE.search(said) else act


def _organ(said: str) -> str:
    """Return the organ that the words after a date begin with; a chair's order (主席令) names none."""
    first = _FIRST_ACT.search(said)
    return organ_of(said[: first.start()]) if first else ""


def _host(said: str) -> str:
    """Return the Party committee that a report was given to; a congress did not make what a government reports."""
    organ = organ_of(said.strip().removeprefix("在"))
    return organ if organ.startswith(("中共", "中国共产党")) else ""


def _bare_event(span: DateSpan, lead: str, said: str, words: str, organ_above: str) -> Event | None:
    """Take a date alone, or beside nothing but an organ or 文号, for the day of issue."""
    behind = said.strip(" 　（()），,、")
    if len(span.iso) < 7 or not (_BARE.match(said) or is_organ(behind)):
        return None
    rest = _LETTER.sub("", lead).strip(" 　（()），,、[]【】") or behind
    if rest and not is_organ(rest):
        return None
    organs = rest or organ_above
    return Event(span.iso, Act.ISSUED, "、".join(split_organs(organs)), document_number(lead), words)
