"""Secrecy marks: what keeps a document from the door (密级标志).

The marks stand where GB/T 9704 puts them, at the top of the first page or in the page header: the class, a star and
the period (秘密★1年), or the class or 内部 alone on a line. The same words inside a sentence are no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import BlockKind, Document

_FIRST_LINES = 12  # lines at the top in which a word alone is a mark
_MAX_LINE = 40  # characters, white space aside; a mark shares its line with urgency or a copy number at most
_STAR = "★☆⭐✩✭✮✯＊*"
_PERIOD = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:年|个月|月|日|天)|长期|启用前|解密前|公布前|公开前"
_STARRED = re.compile(rf"(?:绝密|机密|秘密)[{_STAR}](?:{_PERIOD})?")
_BEFORE = r"(?:№|No\.?|份号[:：]?)?\d{0,8}(?:密级(?:和保密期限)?[:：]?)?[【\[（(]?"
_AFTER = r"[】\]）)]?(?:(?:紧急程度[:：]?)?(?:特急|加急|平急|特提))?"
_STARRED_LINE = re.compile(rf"{_BEFORE}(?:特急|加急)?{_STARRED.pattern}{_AFTER}")
_CLASS = r"绝密|机密|秘密"
_INTERNAL = (
    r"内部(?:文件|资料|材料|刊物|使用|掌握|传阅|参阅|明电)?"
    r"(?:[,，、:：!！]?(?:注意保存|注意保密|严禁外传|请勿外传|不得外传|切勿外传|严禁复制|不得公开|不得翻印))*"
)
_ALONE_LINE = re.compile(rf"{_BEFORE}(?P<mark>{_CLASS}|{_INTERNAL})[!！]?{_AFTER}")
_DATED_CLASS = re.compile(rf"{_BEFORE}(?P<mark>(?:{_CLASS})[:：—\-]?(?:{_PERIOD})){_AFTER}")


def secrecy_mark(document: Document) -> str:
    """Return the document's secrecy mark without white space, such as 秘密★1年 or 内部资料注意保存, "" without one.

    A class with a star counts as a line of its own anywhere in the text and anywhere in a page header or footer; a
    word alone counts in a header or footer and on the first lines.
    """
    for margin in document.margins:
        squeezed = _squeeze(margin)
        if match := _STARRED.search(squeezed):
            return match[0]
        if mark := _alone(squeezed):
            return mark
    for number, line in enumerate(_lines(document)):
        if len(line) > _MAX_LINE:
            continue
        if _STARRED_LINE.fullmatch(line) and (match := _STARRED.search(line)):
            return match[0]
        if number < _FIRST_LINES and (mark := _alone(line)):
            return mark
    return ""


def _alone(line: str) -> str:
    match = _ALONE_LINE.fullmatch(line) or _DATED_CLASS.fullmatch(line)
    return match["mark"] if match else ""


def _lines(document: Document) -> Iterator[str]:
    """Yield lines and table cells without white space; a letterhead may be set as a table."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            yield from (_squeeze(cell) for row in block.text.split("\n") for cell in row.split("|"))
        else:
            yield _squeeze(block.text)


def _squeeze(text: str) -> str:
    return "".join(text.split())
