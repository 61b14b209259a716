"""Secrecy marks: what keeps a document from the door (密级标志).

The marks stand where GB/T 9704 puts them, at the top of the first page or in the page header: the class, a star and
the period (秘密★1年), or the class or 内部 alone on a line. The same words inside a sentence are no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import BlockKind, Document
from ingest.readers.lines import is_numbered

_FIRST_LINES = 12  # lines at the top in which a word alone is a mark
_MAX_LINE = 40  # characters, white space aside; a mark shares its line with urgency or a copy number at most
_STAR = "★☆⭐✩✭✮✯＊*▲△●◆◇■□※"
_PERIOD = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:年|个月|月|日|天)|长期|启用前|解密前|公布前|公开前"
_CLASS = r"(?:绝密|机密|秘密|工作秘密)级?"
_STARRED = re.compile(rf"{_CLASS}[{_STAR}](?:{_PERIOD})?")
_BEFORE = r"(?:№|No\.?|份号[:：]?)?\d{0,8}(?:密级(?:和保密期限)?[:：]?)?(?:特急|加急|平急|特提)?[【\[（(]?"
_AFTER = r"[】\]）)]?(?:(?:紧急程度[:：]?)?(?:特急|加急|平急|特提))?"
_STARRED_LINE = re.compile(rf"{_BEFORE}{_STARRED.pattern}{_AFTER}")
_USE = "使用|参考|参阅|传阅|学习|阅读|掌握"
_INTERNAL = (
    rf"(?:内部(?:文件|资料|材料|刊物|明电|{_USE})|(?:仅|只|限){{0,2}}供内部(?:{_USE})+|(?:仅|只)?限内部(?:{_USE})+|内部(?=.))"
    r"(?:[,，、:：!！]?(?:注意保存|注意保密|严禁外传|请勿外传|不得外传|切勿外传|严禁复制|不得公开|不得翻印|请勿公开))*"
)
_NOT_PUBLIC = r"(?:(?:信息)?公开(?:属性|方式|形式|选项|类型|类别)[:：])?不(?:予)?公开"
_BARE_LINE = re.compile(rf"{_BEFORE}(?P<mark>{_CLASS}|内部|{_NOT_PUBLIC})[!！]?{_AFTER}")
_INTERNAL_LINE = re.compile(rf"{_BEFORE}(?P<mark>{_INTERNAL})[!！]?{_AFTER}")
_DATED_CLASS = re.compile(rf"{_BEFORE}(?P<mark>{_CLASS}[:：—\-]?(?:{_PERIOD})){_AFTER}")
_ALONE = (_BARE_LINE, _DATED_CLASS, _INTERNAL_LINE)
_CLOSING_NOTE = re.compile(r"[（(](?P<mark>此件不(?:予)?公开)[）)]")
_LETTERHEAD = re.compile(r"(?:份号|编号|密级|保密期限|密级和保密期限|紧急程度|缓急|签发人)(?:[:：]\S{0,8})?")
_ABOUT_SECRETS = re.compile(
    r"(?:保密|密级|定密|涉密|解密|国家秘密|工作秘密)\S{0,40}(?:法|条例|规定|规则|细则|制度|守则|准则|须知|指南|通知|意见|目录|清单|表|范围|标准)"
    r"(?:[（(][^（）()]{1,12}[)）])*"
)
_SENTENCE_END = ("。", "；", "：", "，", "、", ":", ";")


def secrecy_mark(document: Document) -> str:
    """Return the document's secrecy mark without white space, such as 秘密★1年 or 内部资料注意保存, "" without one.

    A class with a star counts as a line of its own anywhere in the text and anywhere in a page header or footer; a
    word alone counts in a header or footer and on the first lines. There a bare word such as 绝密 counts only until
    the text begins, or a title that speaks of secrets: behind them it is one of a list (密级分为：绝密、机密、秘密).
    """
    for margin in document.margins:
        squeezed = _squeeze(margin)
        if match := _STARRED.search(squeezed) or _alone(squeezed, *_ALONE, _CLOSING_NOTE):
            return _mark(match)
    begun = False
    for number, line in enumerate(_lines(document)):
        if len(line) <= _MAX_LINE and (match := _match(line, number < _FIRST_LINES, begun)):
            return _mark(match)
        begun = begun or _begins_text(line)
    return ""


def _match(line: str, near_top: bool, begun: bool) -> re.Match[str] | None:
    """Return the mark that a line of the text is."""
    if _STARRED_LINE.fullmatch(line):
        return _STARRED.search(line)
    if near_top and (match := _alone(line, *(() if begun else _ALONE), _INTERNAL_LINE)):
        return match
    return _CLOSING_NOTE.fullmatch(line)


def _alone(line: str, *patterns: re.Pattern[str]) -> re.Match[str] | None:
    return next(filter(None, (pattern.fullmatch(line) for pattern in patterns)), None)


def _mark(match: re.Match[str]) -> str:
    return match.groupdict().get("mark") or match[0]


def _begins_text(line: str) -> bool:
    """Tell whether a word alone below this line is no mark: the text has begun, or its title speaks of secrets."""
    if _LETTERHEAD.fullmatch(line):
        return False
    return line.endswith(_SENTENCE_END) or is_numbered(line) or _ABOUT_SECRETS.search(line) is not None


def _lines(document: Document) -> Iterator[str]:
    """Yield lines and table cells without white space; a letterhead may be set as a table."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            yield from (_squeeze(cell) for row in block.text.split("\n") for cell in row.split("|"))
        else:
            yield _squeeze(block.text)


def _squeeze(text: str) -> str:
    return "".join(text.split())
