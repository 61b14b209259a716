"""The title of a text and the lines that hold it (标题)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.furniture import DATE, SENTENCE_END, is_bracketed, is_header, is_masthead, is_order, note_lines, squeeze
from ingest.labels import DIVISION_STYLES
from ingest.names import is_organ
from ingest.segments import Segment, annex_mark

_MAX_LINES = 4
_MAX_LENGTH = 80  # of one line of a title, white space aside
_HEAD_LINES = 16  # lines above the first numbered unit in which a title can stand
_ORDER_LINES = 30
_STEM_SUFFIX = re.compile(r"[（(](?:\d{4}(?:[年.\-\d]*)?[^（()）]{0,6}|年份[^（()）]*)[)）]$")
_STEM_ANNEX = re.compile(r"^附件(?:\d{1,3}|[一二三四五六七八九十]{0,3}(?=[：:、.．\-_]))[：:、.．\-_]?(?=.)")
_EDITION = r"[（(](?:试行|暂行|试用|修订|修正|新修订|[^（()）]{0,4}草案|[^（()）]{0,6}稿)[)）]"
_DOCUMENT_WORD = re.compile(
    r"(?:办法|规定|规则|细则|条例|准则|章程|法|决定|决议|意见|通知|报告|方案|制度|规范|标准|纲要|公告|解释|批复|清单|目录|措施|守则|程序|规程|要点|"
    r"公约|命令|机制|纪要|指南|说明|讲话|规划|预案|公报|宪法|法典|手册|须知|倡议书?|复函|答复)(?:[（(][^（()）]*[)）])*$"
)
_GOES_ON = re.compile(  # the line that continues a title which could end before it
    rf"的|》|等[\d一二三四五六七八九十两]|及其|[和与及、]《|{_EDITION}$"
    r"|(?:实施|管理|暂行|若干|补充|具体|试行|工作)*(?:办法|规定|规则|细则|条例|方案|意见|通知|决定|命令|公告|报告|解释|批复)"
    rf"(?:{_EDITION})?$"
)
_OPENING = re.compile(r"(?:总纲|序言|前言|引言|导言|总则|附则|目录|正文|contents)$", re.IGNORECASE)
_ISSUED = re.compile(  # 现公布《某条例》, 《某条例》已经通过，现予公布
    r"(?:公布|发布|颁布|印发)[^《》。]{0,10}《(?P<after>(?:[^《》]|《[^《》]*》)+)》"
    r"|《(?P<before>(?:[^《》]|《[^《》]*》)+)》[^《》]*(?:公布|发布|颁布|印发|施行)"
)
_DATED_NOTE = re.compile(rf"{DATE}.{{0,60}}(?:通过|发布|公布|修订|修正|批准|印发|施行)$")
_NOTE_BEHIND = re.compile(
    rf"(?<=.)[（(]{DATE}[^（()）]+[)）]$"
)  # 题注 on the line of the title, which names no edition
_IN_QUOTES = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》([（(][^（()）]*[)）])?")
_ISSUER_LEAD = re.compile(r"(?:中国共产党|中共)")
_PAIRS = ("《》", "“”", "（）", "()")
_FOLD = str.maketrans("()〈〉", "（）《》")

Found = tuple[str, int, int]


def stem_of(name: str) -> str:
    """Return a file name as a title: no folder, extension or 附件1, no year in brackets at its end."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    return _unquoted(_STEM_ANNEX.sub("", _STEM_SUFFIX.sub("", squeeze(stem))))


def find_title(items: Sequence[Segment], name: str) -> Found:
    """Return the title and the half-open range of segments that hold it.

    The range is (0, 0) where the title stands in the file name alone. It is empty and behind the order where an order
    (令) names the regulation that follows without a line of its own.
    """
    stem = stem_of(name)
    head = _head(items)
    return _lines_named(items, stem, 0, 6) or _ordered(items) or _first_title(head) or (stem, 0, 0)


def _lines_named(items: Sequence[Segment], title: str, first: int, behind: int) -> Found | None:
    """Return the lines, one to four that begin between `first` and `behind`, that are the title and nothing else."""
    wanted = title.translate(_FOLD)
    for start in range(first, min(behind, len(items))):
        joined = ""
        for end in range(start, min(start + _MAX_LINES, len(items))):
            joined += squeeze(items[end].text)
            if len(joined) > len(wanted) + _MAX_LENGTH:
                break
            if joined and _same(joined, wanted):
                return _with_edition(items, _plain(joined), start, end + 1)
    return None


def _same(line: str, stem: str) -> bool:
    line = _plain(line).translate(_FOLD)
    return line == stem or _STEM_SUFFIX.sub("", line) == stem


def _with_edition(items: Sequence[Segment], title: str, start: int, end: int) -> Found:
    """Return a title with the （试行） that stands on the line below it."""
    below = squeeze(items[end].text) if end < len(items) else ""
    if re.fullmatch(_EDITION, below):
        return title + below, start, end + 1
    return title, start, end


def _plain(title: str) -> str:
    """Return a title without the annex mark before it and the 书名号 around it."""
    mark, _ = annex_mark(title)
    return _unquoted(title[len(mark) :])


def _unquoted(title: str) -> str:
    match = _IN_QUOTES.fullmatch(title)
    return match[1] + (match[2] or "") if match else title


def _ordered(items: Sequence[Segment]) -> Found | None:
    """Return the regulation that an order (令) issues: named in 书名号 there, and mostly again above its articles."""
    if not any(is_order(squeeze(item.text)) for item in _head(items)[:6]):
        return None
    body = next((i for i, item in enumerate(items) if item.article or _is_division(item)), None)
    if body is None or body > _ORDER_LINES:
        return None
    for index, item in enumerate(items[:body]):
        issued = _ISSUED.search(squeeze(item.text)[:1000])
        if issued:
            title = issued["after"] or issued["before"]
            return _lines_named(items, title, index + 1, body) or (title, body, body)
    return None


def _is_division(item: Segment) -> bool:
    return item.label is not None and item.label.style in DIVISION_STYLES


def _head(items: Sequence[Segment]) -> Sequence[Segment]:
    """Return the segments before the first numbered unit, a few at most."""
    for index, item in enumerate(items[:_HEAD_LINES]):
        if item.article or item.block.kind is BlockKind.NOTE or (item.label and not item.label.bare):
            return items[:index]
    return items[:_HEAD_LINES]


def _first_title(head: Sequence[Segment]) -> Found | None:
    """Return the first line that can be a title, or the heading of level 1 below it.

    The heading gives way to a line that names a document where it names none itself (总则, 适用范围).
    """
    first = _first_line(head)
    plain = _joined(head, first) if first is not None else None
    level = next((index for index, item in enumerate(head) if _is_top_heading(item)), None)
    if level is None or (plain and level < plain[2]):
        return plain
    heading = _joined(head, level)
    if plain and _DOCUMENT_WORD.search(plain[0]) and not _DOCUMENT_WORD.search(heading[0]):
        return plain
    return heading


def _is_top_heading(item: Segment) -> bool:
    return item.block.level == 1 and _is_short_line(item) and not _stands_above(item)


def _first_line(head: Sequence[Segment]) -> int | None:
    index = 0
    while index < len(head):
        note = note_lines(head, index)
        if not note and not _stands_above(head[index]):
            return index if _can_be_title(head[index]) else None
        index += max(note, 1)
    return None


def _stands_above(item: Segment) -> bool:
    """Tell whether a line, or a table that sets out a letterhead, stands above a title and is none."""
    if item.block.kind is BlockKind.TABLE:
        return len(item.text) <= _MAX_LENGTH
    text = squeeze(item.text)
    return is_masthead(text) or is_bracketed(text) or annex_mark(text)[0] == text or bool(_DATED_NOTE.match(text))


def _can_be_title(item: Segment) -> bool:
    return _is_short_line(item) and not SENTENCE_END.search(squeeze(item.text))


def _is_short_line(item: Segment) -> bool:
    text = squeeze(item.text)
    plain = item.block.kind is BlockKind.TEXT and item.label is None
    return plain and len(text) <= _MAX_LENGTH and not _OPENING.match(text)


def _joined(head: Sequence[Segment], start: int) -> Found:
    """Return the title that begins on a line: up to four lines, as far as they name a document and go on."""
    text, end = squeeze(head[start].text), start + 1
    whole, whole_end = text, end
    while end < len(head) and end - start < _MAX_LINES and _continues(head[end], head[start]):
        below = squeeze(head[end].text)
        if _is_whole(text) and not _GOES_ON.match(below):
            break
        text, end = text + below, end + 1
        if _is_whole(text) or (_GOES_ON.match(below) and end == whole_end + 1):
            whole, whole_end = text, end
    return _without_issuer(head, start, whole_end) or (_NOTE_BEHIND.sub("", _plain(whole)), start, whole_end)


def _is_whole(text: str) -> bool:
    closed = all(text.count(pair[0]) <= text.count(pair[1]) for pair in _PAIRS)
    return closed and _DOCUMENT_WORD.search(text) is not None


def _continues(item: Segment, first: Segment) -> bool:
    """Tell whether a line can go on with a title."""
    text = squeeze(item.text)
    if re.fullmatch(_EDITION, text):
        return item.label is None
    note = is_header(item) and not _DOCUMENT_WORD.search(text)
    alike = item.block.level == first.block.level or _GOES_ON.match(text) is not None
    return alike and _can_be_title(item) and not note and not item.annex


def _without_issuer(head: Sequence[Segment], start: int, end: int) -> Found | None:
    """Return the title without its first line where that only names the issuer of a title that is whole without it."""
    first, rest = squeeze(head[start].text), "".join(squeeze(item.text) for item in head[start + 1 : end])
    issuer = _ISSUER_LEAD.sub("", first)
    if rest and is_organ(first) and issuer[:2] == rest[:2] and _is_whole(rest):
        return _plain(rest), start + 1, end
    return None
