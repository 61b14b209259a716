"""落款 and 版记: who signs a text and when, and the imprint below (抄送, 印发机关和印发日期)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.furniture import DATE, DATE_LINE, SENTENCE_END, squeeze
from ingest.names import is_organ
from ingest.segments import Segment

_SIGNERS = 3  # lines above the date that sign, whatever they look like; names of organs may be more
_JOINT_SIGNERS = 12
_IMPRINT_LINES = 10
_IMPRINT = re.compile(
    r"(?:上|下)一篇[：:]|【(?:打印|关闭|大中小|字体)|责任编辑[：:]|"
    rf"(?:抄送|抄报|分送|报送|印送|主题词)[：:]|[（(]?共印\d+份[)）]?$|[（(]此件.{{2,20}}[)）]$|.{{0,40}}{DATE}(?:印发|印制)$"
)
_SIGNED = re.compile(rf"(.{{2,120}}?)[ \u3000]*{DATE}$")
_STATES = re.compile(
    r"[《》]|附[件录表图]|自.{1,20}起|[施实]行|执行(?!局)|解释|废止|失效|负责|适用|应当|应该|不得|必须|可以|办理|遵守|为准|如下|特此|同时"
    r"|本(?:办法|规定|规则|细则|条例|制度|方案|章程|意见|决定|通知|准则)"
)


def find_signatures(items: Sequence[Segment]) -> frozenset[int]:
    """Return the indices of the lines of 落款 and 版记, at the end or before an annex or note.

    A 落款 is a date alone and the short lines before it, or names of organs and a date on one line.
    """
    ends = [i for i, item in enumerate(items) if item.annex or item.block.kind is BlockKind.NOTE]
    found: set[int] = set()
    for end in [*ends, len(items)]:
        imprint = _imprint_start(items, end)
        found.update(range(imprint, end), _signature_before(items, imprint))
    return frozenset(found)


def _imprint_start(items: Sequence[Segment], end: int) -> int:
    """Return where the 版记, or the foot of a web page, begins that ends at `end`; `end` where there is none."""
    start = end
    for index in range(end - 1, max(end - 1 - _IMPRINT_LINES, 1), -1):
        item = items[index]
        if item.article or item.label or item.annex or item.block.kind is not BlockKind.TEXT:
            break
        if _IMPRINT.match(squeeze(item.text)):
            start = index
    return start


def _signature_before(items: Sequence[Segment], end: int) -> range:
    for index in range(end - 1, max(end - 4, 0), -1):
        item = items[index]
        if DATE_LINE.match(squeeze(item.text)):
            return range(_first_signer(items, index), end)
        if _signs_in_one_line(item):
            return range(index, end)
        if not _may_sign(item):
            break
    return range(0)


def _first_signer(items: Sequence[Segment], date: int) -> int:
    first = date
    while first > 1 and date - first < _JOINT_SIGNERS and _may_sign(items[first - 1]):
        if date - first >= _SIGNERS and not is_organ(items[first - 1].text):
            break
        first -= 1
    return first


def _signs_in_one_line(item: Segment) -> bool:
    """Tell whether a line is names of organs with a date behind them: 财政部 审计署 2013年3月18日."""
    if item.label or item.article or item.annex or item.block.kind is not BlockKind.TEXT or len(item.text) > 160:
        return False
    match = _SIGNED.fullmatch(item.text.strip())
    return match is not None and is_organ(match[1]) and not _STATES.search(match[1])


def _may_sign(item: Segment) -> bool:
    text = squeeze(item.text)
    short = len(text) <= 30 and not SENTENCE_END.search(text) and not _STATES.search(text)
    unnumbered = not item.label and not item.article and not item.annex
    return short and unnumbered and item.block.kind is BlockKind.TEXT and not text.endswith("附则")
