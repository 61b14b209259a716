"""Lines that surround a text and are no provision: 红头, 文号, 令, 紧急程度, 题注, dates (版头、题注)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.segments import Segment

_WHITE = re.compile(r"\s+")
DATE = (
    r"(?:\d{4}|[一二三四五六七八九〇○零0]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?"
)
DATE_LINE = re.compile(rf"[（(]?{DATE}[)）]?$")
SENTENCE_END = re.compile(r"[。；：:;，,！？]$")
_NUMERAL = r"[\d一二三四五六七八九十百零〇○]{1,6}"
_DOCUMENT_NUMBER = re.compile(
    rf".{{0,30}}[〔\[（(]\s*\d{{4}}\s*[〕\])）]\s*第?\d+\s*号$|(?:\d{{4}}年)?第{_NUMERAL}号$|[A-Z][A-Z/]{{0,8}}[\d.—\-]{{4,}}$"
)
_ORDER = re.compile(rf"(?!.*关于)[^，。]{{0,40}}(?<!命)令(?:[（(]?(?:\d{{4}}年)?第{_NUMERAL}号[)）]?)?$")
_LETTERHEAD = re.compile(
    r"(?!关于).{2,30}文件$|.{2,20}(?<!会议)(?<!全会)公报$|.*★"
    r"|(?:绝密|机密|秘密)(?:\d{1,2}年)?$|内部(?:文件|资料|材料|刊物|使用|传阅|参阅).{0,10}$"
    r"|(?:紧急程度[：:])?(?:特急|特提|急件|加急|平急)$|(?:№|No\.?|份号[：:]?)?\d{4,8}$|签发(?:人)?[：:]"
)
_WEB_NOTE = re.compile(
    r"(?:信息|文章|稿件)?来源[：:]|(?:发布|更新)(?:时间|日期)[：:]|(?:浏览|点击|阅读)(?:次数|量|数)?[：:]"
)
_EVENT = re.compile(r"通过|发布|公布|修订|修正|批准|印发|施行|颁布|审议|制定|征求意见|示例|讨论稿|修改|会议|公告|令")
_HAS_DATE = re.compile(DATE + r"|\d{4}[-.]\d{1,2}[-.]\d{1,2}|\d{4}年")
_NOTE_LINES = 6


def squeeze(text: str) -> str:
    """Return the text without any white space."""
    return _WHITE.sub("", text)


def is_order(text: str) -> bool:
    """Tell whether a line without white space heads an order (令): 中华人民共和国国务院令, 某部令第12号."""
    return bool(text) and _ORDER.match(text) is not None


def is_masthead(text: str) -> bool:
    """Tell whether a line without white space belongs to the head of a page, not to the text.

    These are letterhead, copy number, secrecy, urgency, 文号, order number and date (GB/T 9704), and the line of
    source and time that web pages carry.
    """
    return is_order(text) or any(form.match(text) for form in (DATE_LINE, _DOCUMENT_NUMBER, _LETTERHEAD, _WEB_NOTE))


def is_bracketed(text: str) -> bool:
    """Tell whether a line stands in brackets as a whole."""
    return text[:1] in "（(" and text[-1:] in "）)"


def is_header(item: Segment) -> bool:
    """Tell whether a line under the title is a 题注: when and by whom the text was adopted, issued or revised."""
    text = squeeze(item.text)
    if item.block.kind is not BlockKind.TEXT or item.label is not None or item.annex or not text:
        return False
    if is_bracketed(text):
        return bool(_EVENT.search(text) or _HAS_DATE.search(text) or len(text) <= 12)
    if SENTENCE_END.search(text) or len(text) > 400:
        return False
    dated = _HAS_DATE.search(text) is not None and _EVENT.search(text) is not None
    return dated or is_masthead(text)


def note_lines(items: Sequence[Segment], start: int) -> int:
    """Return how many lines a bracketed 题注 takes that begins at `start`, 0 where none begins."""
    if items[start].text[:1] not in "（(" or not _EVENT.search(items[start].text) or items[start].label:
        return 0
    depth = 0
    for count, item in enumerate(items[start : start + _NOTE_LINES], 1):
        if item.article or item.block.kind is not BlockKind.TEXT:
            return 0
        depth += sum(item.text.count(c) for c in "（(") - sum(item.text.count(c) for c in "）)")
        if depth <= 0:
            return count if item.text[-1:] in "）)" else 0
    return 0
