"""Which part of a page is its text: the least element that holds every line of prose (正文定位)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.lines import is_numbered

_MIN_PROSE = 12  # characters of a sentence that counts as prose
_MIN_TITLE = 4  # characters
_SENTENCE_END = ("。", "；", "：", "！", "？", "。”", "；”")
_DATE = re.compile(r"\s*(?:二[〇○零Oo0]|[12])\S{3,4}年\s*\S{1,3}月\s*\S{1,3}日\s*")
_NUMBER = re.compile(r"\S{1,12}[〔\[（(]\d{4}[〕\]）)]\s*\d{1,4}\s*号")
_BOILERPLATE = re.compile(
    r"[\s【\[（(|]*(?:(?:文章|信息|稿件|新闻)?来源\s*[:：]|稿源\s*[:：]|作者\s*[:：]|(?:责任)?编辑\s*[:：]|责编\s*[:：]|审核\s*[:：]"
    r"|(?:发布|发表|更新|生成)(?:时间|日期)\s*[:：]|时间\s*[:：]\s*\d|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?\s*[:：]|字号|字体"
    r"|(?:我要)?(?:打印|关闭|收藏|纠错)(?:本页|此页|页面|窗口|本文)?\s*(?:[】\])）|]|$)|返回(?:顶部|首页|列表|上页|上一页)|分享(?:到|至)?\s*[:：]?\s*$|分享到"
    r"|扫一扫|(?:上|下)一(?:篇|条|页)|相关(?:链接|阅读|文章|新闻|报道|稿件)|版权所有|Copyright|©|\S{0,4}ICP备|\S?公网安备|网站标识码"
    r"|(?:主办|承办|协办)(?:单位)?\s*[:：]|技术支持|(?:您|你)?(?:现)?(?:在|的)?(?:当前)?(?:所在)?(?:的)?位置\s*[:：]|设为首页|加入收藏|网站地图|联系我们"
    r"|无障碍|长者模式|今天是|(?:[【\[]?\s*[大中小]\s*[】\]]?\s*){3}|(?:首页|登录|注册)\s*(?:[|>›»]|$))",
    re.IGNORECASE,
)
_MAX_BOILERPLATE = 80  # characters; anything longer is text
_FURNITURE = re.compile(
    r"(?:main|top|sub)?nav(?:bar|igation)?|menu|foot(?:er)?|copyright|(?:bread)?crumbs?|sidebar|toolbar|(?:bd)?share|login"
    r"|search(?:box)?|pag(?:er|ination)|related|recommend|(?:friend)?links?",
    re.IGNORECASE,
)
_FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu"})
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: a paragraph or a table, the block it stands in, and how many of its characters are links."""

    text: str
    block: etree._Element = field(compare=False)
    level: int = 0
    label: str = ""
    link_length: int = 0
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_link(self) -> bool:
        """Tell whether the line is mostly links."""
        return 2 * self.link_length > len(self.text.strip())


def is_furniture(element: etree._Element) -> bool:
    """Tell whether an element is part of the site and not of the page, by its role, class or id."""
    if element.get("role", "") in _FURNITURE_ROLES:
        return True
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return len(named) > 1 and any(_FURNITURE.fullmatch(word) for word in _WORD.findall(named))


def is_boilerplate(line: Line) -> bool:
    """Tell whether a line is what sites put around every text: source, print and share buttons, records."""
    text = line.text.strip()
    return (
        not line.rows
        and len(text) <= _MAX_BOILERPLATE
        and _BOILERPLATE.match(text) is not None
        and not text.endswith("。")
    )


def main_element(lines: Sequence[Line], root: etree._Element) -> etree._Element:
    """Return the least element that holds all prose, numbered lines, tables and dates of a page.

    Nothing that may be a clause lies outside by construction; navigation words that share the element stay.
    """
    blocks = [line.block for line in lines if _belongs(line)]
    if not blocks:
        return root
    path = [*reversed(list(blocks[0].iterancestors())), blocks[0]]
    depth = {element: at for at, element in enumerate(path)}
    deepest = len(path) - 1
    for block in blocks:
        element: etree._Element | None = block
        while element is not None and depth.get(element, len(path)) > deepest:
            element = element.getparent()
        deepest = depth[element] if element is not None else 0
    return path[deepest]


def title_line(
    lines: Sequence[Line], main: etree._Element, inside: set[etree._Element], page_title: str
) -> Line | None:
    """Return the page's heading where it stands before and outside the main element."""
    wanted = _squeeze(page_title)
    first = next((at for at, line in enumerate(lines) if line.block in inside), len(lines))
    known = {_squeeze(line.text) for line in lines[first : first + 10]}
    for line in reversed(lines[:first]):
        text = _squeeze(line.text)
        named = len(text) >= _MIN_TITLE and (text in wanted or (not wanted and 0 < line.level <= 2))
        if named and not line.is_link and not is_boilerplate(line):
            return None if text in known else Line(line.text, main, line.level or 1)
    return None


def _belongs(line: Line) -> bool:
    """Tell whether a line may be part of the text, so that it must not be lost."""
    text = line.text.strip()
    if line.is_link or is_boilerplate(line):
        return False
    if line.rows or is_numbered(text) or _DATE.fullmatch(text) or _NUMBER.fullmatch(text):
        return True
    return len(text) >= _MIN_PROSE and text.endswith(_SENTENCE_END)


def _squeeze(text: str) -> str:
    return "".join(text.split())
