"""What surrounds the provisions: title, 题注, 目录, 附件 lists and 落款, found before the tree is grown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.labels import DIVISION_STYLES
from ingest.segments import Segment

_WHITE = re.compile(r"\s+")
_STEM_SUFFIX = re.compile(r"[（(](?:\d{4}(?:[年.\-\d]*)?[^（()）]{0,6}|年份[^（()）]*)[)）]$")
_DATE = (
    r"(?:\d{4}|[一二〇○零九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?"
)
_DATE_LINE = re.compile(rf"[（(]?{_DATE}[)）]?$")
_NUMBER_LINE = re.compile(
    r".{0,30}[〔\[（(]\s*\d{4}\s*[〕\])）]\s*\d+\s*号$|.{0,40}令\s*(?:第\s*[\d一二三四五六七八九十百]+\s*号)?$"
)
_EVENT = re.compile(r"通过|发布|公布|修订|修正|批准|印发|施行|颁布|审议|制定|征求意见|示例|讨论稿|修改|会议|公告|令")
_HAS_DATE = re.compile(_DATE + r"|\d{4}[-.]\d{1,2}[-.]\d{1,2}|\d{4}年")
_LETTERHEAD = re.compile(r".{2,30}(?:文件|公报)$|(?:绝密|机密|秘密|内部).{0,10}$|★")
_DOCUMENT_WORD = re.compile(
    r"(?:办法|规定|规则|细则|条例|准则|章程|法|决定|决议|意见|通知|报告|方案|制度|规范|标准|纲要|公告|解释|批复|清单|目录|措施|守则|程序|规程|要点|"
    r"公约|命令|机制|纪要|指南|说明)(?:[（(][^（()）]*[)）])*$"
)
_END = re.compile(r"[。；：:;，,！？]$")


def squeeze(text: str) -> str:
    """Return the text without any white space."""
    return _WHITE.sub("", text)


def stem_of(name: str) -> str:
    """Return a file name as a title: no folder, no extension, no year in brackets at its end."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    return _STEM_SUFFIX.sub("", squeeze(stem))


def find_title(items: Sequence[Segment], name: str) -> tuple[str, int, int]:
    """Return the title and the half-open range of segments that hold it, (0, 0) where it only stands in the name."""
    stem = stem_of(name)
    head = _head(items)
    for start in range(min(len(items), 6)):
        joined = ""
        for end in range(start, min(start + 4, len(items))):
            joined += squeeze(items[end].text)
            if joined and _same(joined, stem):
                return joined, start, end + 1
    for index, item in enumerate(head):
        if item.block.level == 1 and not item.label and len(item.text) <= 80:
            return squeeze(item.text), index, index + 1
    return _first_line_title(head, stem)


def _head(items: Sequence[Segment]) -> Sequence[Segment]:
    """Return the segments before the first numbered unit, at most a dozen."""
    for index, item in enumerate(items[:12]):
        if item.article or item.block.kind is not BlockKind.TEXT or (item.label and not item.label.bare):
            return items[:index]
    return items[:12]


def _same(line: str, stem: str) -> bool:
    return line == stem or _STEM_SUFFIX.sub("", line) == stem


def _first_line_title(head: Sequence[Segment], stem: str) -> tuple[str, int, int]:
    for index, item in enumerate(head):
        text = squeeze(item.text)
        if item.label or len(text) > 80 or _END.search(text):
            break
        if _LETTERHEAD.match(text) or _NUMBER_LINE.match(text) or _DATE_LINE.match(text):
            continue
        return _joined_title(head, index)
    return stem, 0, 0


def _joined_title(head: Sequence[Segment], start: int) -> tuple[str, int, int]:
    """Return the title that begins on a line, with the next line where only both together name a document."""
    text = squeeze(head[start].text)
    for end in range(start + 1, min(start + 3, len(head))):
        if _DOCUMENT_WORD.search(text):
            break
        longer = text + squeeze(head[end].text)
        if len(longer) <= 80 and _DOCUMENT_WORD.search(longer) and not is_header(head[end]):
            return longer, start, end + 1
    return text, start, start + 1


def is_header(item: Segment) -> bool:
    """Tell whether a line under the title is a 题注: when and by whom the text was adopted, issued or revised."""
    text = squeeze(item.text)
    if item.block.kind is not BlockKind.TEXT or item.label is not None or item.annex:
        return False
    if text[:1] in "（(" and text[-1:] in "）)":
        return bool(_EVENT.search(text) or _HAS_DATE.search(text) or len(text) <= 12)
    if _END.search(text) or len(text) > 400:
        return False
    dated = _HAS_DATE.search(text) is not None and _EVENT.search(text) is not None
    return dated or bool(_DATE_LINE.match(text) or _NUMBER_LINE.match(text) or _LETTERHEAD.match(text))


def find_header(items: Sequence[Segment], start: int) -> int:
    """Return the index behind the 题注 lines that begin at `start`."""
    end = start
    while end < len(items) and not items[end].article:
        lines = _note_lines(items, end)
        if not lines and not is_header(items[end]):
            break
        end += max(lines, 1)
    return end


def _note_lines(items: Sequence[Segment], start: int) -> int:
    """Return how many lines a bracketed 题注 takes that begins at `start`, 0 where none begins."""
    if items[start].text[:1] not in "（(" or not _EVENT.search(items[start].text) or items[start].label:
        return 0
    depth = 0
    for count, item in enumerate(items[start : start + 6], 1):
        if item.article or item.block.kind is not BlockKind.TEXT:
            return 0
        depth += sum(item.text.count(c) for c in "（(") - sum(item.text.count(c) for c in "）)")
        if depth <= 0:
            return count if item.text[-1:] in "）)" else 0
    return 0


def find_contents(items: Sequence[Segment]) -> tuple[int, int]:
    """Return the half-open range of the 目录, (0, 0) where there is none.

    A 目录 ends where its first entry comes again, at an article, or at a line that is no entry. Without the word
    目录, two or more divisions in a row that all come again later are one too.
    """
    for index, item in enumerate(items[:60]):
        if item.article:
            return 0, 0
        if squeeze(item.text[:12]).startswith("目录") and (len(item.text) <= 8 or "第一" in item.text[:20]):
            return index, _contents_end(items, index + 1)
        if item.label and item.label.style in DIVISION_STYLES:
            return _unnamed_contents(items, index)
    return 0, 0


def _contents_end(items: Sequence[Segment], start: int) -> int:
    first = items[start] if start < len(items) else None
    for index in range(start, len(items)):
        item = items[index]
        text = squeeze(item.text)
        if item.article or item.block.kind is not BlockKind.TEXT or len(text) > 80 or text[-1:] == "。":
            return index
        if first is not None and index > start and _same_entry(item, first):
            return index
    return start


def _same_entry(item: Segment, first: Segment) -> bool:
    if item.label and first.label:
        return (item.label.style, item.label.number) == (first.label.style, first.label.number)
    return squeeze(item.text) == squeeze(first.text)


def _unnamed_contents(items: Sequence[Segment], start: int) -> tuple[int, int]:
    keys: list[str] = []
    for item in items[start:]:
        if not item.label or item.label.style not in DIVISION_STYLES:
            break
        key = squeeze(item.text)
        if key in keys:
            break
        keys.append(key)
    end = start + len(keys)
    later = {squeeze(item.text) for item in items[end:] if item.label and item.label.style in DIVISION_STYLES}
    return (start, end) if len(keys) >= 2 and later.issuperset(keys) else (0, 0)


def find_signatures(items: Sequence[Segment]) -> frozenset[int]:
    """Return the indices of 落款 lines: a date alone and the short lines before it, at the end or before an annex."""
    ends = [i for i, item in enumerate(items) if item.annex or item.block.kind is BlockKind.NOTE]
    found: set[int] = set()
    for end in [*ends, len(items)]:
        found.update(_signature_before(items, end))
    return frozenset(found)


def _signature_before(items: Sequence[Segment], end: int) -> set[int]:
    for index in range(end - 1, max(end - 4, 0), -1):
        if _DATE_LINE.match(squeeze(items[index].text)):
            first = index
            while first > 1 and index - first < 3 and _may_sign(items[first - 1]):
                first -= 1
            return set(range(first, end))
        if not _may_sign(items[index]):
            break
    return set()


def _may_sign(item: Segment) -> bool:
    text = squeeze(item.text)
    short = len(text) <= 30 and not _END.search(text) and not item.label and not item.article and not item.annex
    return short and item.block.kind is BlockKind.TEXT and not text.endswith("附则")
