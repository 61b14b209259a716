"""Which part of a page is its text: the least element that holds every line of prose (正文定位)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from ingest.readers.lines import is_numbered

_MIN_PROSE = 12  # characters of a sentence that counts as prose
_MIN_TITLE = 4  # characters
_MIN_NAME = 6  # characters of a title that nothing but its ending shows
_MAX_ABOVE = 4  # lines above or at the beginning of the text among which its title may stand
_TITLE_END = re.compile(
    r"^(?!.*[。；：])\S{0,78}(?:条例|准则|规定|办法|规则|细则|章程|制度|规范|守则|纲要|规划|方案|要点|意见|决定|决议|通知|通报|公告|公约)"
    r"(?:[（(][^（）()]{1,12}[)）]){0,2}$"
)
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


def title_lines(
    lines: Sequence[Line], main: etree._Element, inside: set[etree._Element], page_title: str
) -> list[Line]:
    """Return the page's heading where it stands before and outside the main element, none where it does not.

    A heading is what the page's title names, else an <h1> or <h2>, else the rows above the text in its own table, else
    the nearest line above that ends as titles do (办法, 通知).
    """
    first = next((at for at, line in enumerate(lines) if line.block in inside), len(lines))
    known = {_squeeze(line.text) for line in lines[first : first + 10]}
    above = [line for line in lines[:first] if not line.rows and not is_boilerplate(line)]
    wanted = _squeeze(page_title)
    for line in reversed(above):
        text = _squeeze(line.text)
        named = len(text) >= _MIN_TITLE and (text in wanted or (not wanted and 0 < line.level <= 2))
        if named and not line.is_link:
            return [] if text in known else [Line(line.text, main, line.level or 1)]
    if any(_is_title(line) for line in lines[first : first + _MAX_ABOVE]):
        return []
    return [Line(line.text, main) for line in _rows_above(above, main) or _titles_above(above)]


def _rows_above(above: Sequence[Line], main: etree._Element) -> list[Line]:
    """Return the lines right above the text in earlier rows of the table that lays it out."""
    table = next(main.iterancestors("table"), None)
    row = main if main.tag == "tr" else next(main.iterancestors("tr"), None)
    if table is None or row is None:
        return []
    earlier = set().union(*(part.iter() for part in row.itersiblings(preceding=True)))
    found = list(takewhile(lambda line: line.block in earlier and not line.is_link, reversed(above)))
    of_the_site = table.find(".//table") is not None and not any(
        _TITLE_END.search(_squeeze(line.text)) for line in found
    )
    return [] if of_the_site or len(found) > _MAX_ABOVE else found[::-1]


def _titles_above(above: Sequence[Line]) -> list[Line]:
    """Return the nearest line above that reads as a title, none where there is none."""
    return [line for line in above[-_MAX_ABOVE:] if _is_title(line) and not line.is_link][-1:]


def _is_title(line: Line) -> bool:
    text = _squeeze(line.text)
    return not is_numbered(text) and (0 < line.level <= 2 or (len(text) >= _MIN_NAME and bool(_TITLE_END.search(text))))


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
