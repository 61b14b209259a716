"""What a regulation is called (名称): the work behind an edition's title, short names, and names in running text.

Names are compared in folded form (`normalise`); what is shown is always a full title as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

TYPES = (
    "准则|条例|规则|规定|办法|细则|章程|法典|法|意见|通知|决定|决议|方案|规划|纲要|制度|规程|解释|通则|守则|标准|"
    "规范|公约"
)  # regex fragment: the words a title ends with

_FOLD_MAP: dict[str, str | None] = {
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},  # full-width ASCII
    **dict.fromkeys("〈〉《》「」『』“”‘’\"'", None),
    **dict.fromkeys("（〔［【[{", "("),
    **dict.fromkeys("）〕］】]}", ")"),
    **dict.fromkeys("—–－−~～", "-"),
    "．": ".",
    "○": "〇",
}
_FOLDS = str.maketrans(_FOLD_MAP)
_DRAFT = r"[^()]{0,6}(?:草案|征求意见|送审|讨论|审议|建议|报批|代拟|初|草)稿|(?:修订|修正|修改)?草案[^()]{0,6}"
_DRAFT_END = re.compile(rf"\((?:{_DRAFT})\)\Z|(?:草案|征求意见稿|送审稿|讨论稿|审议稿|报批稿|代拟稿)\Z")
_EDITION_BRACKET = re.compile(
    rf"""
    \( (?: 试行 | 暂行 | 修订 | 修正 | 修改 | 新修订 | 最新 | 新 | 旧 | 原 | 全文 | 节选 | 年份不详
         | {_DRAFT} | [^()]{{0,6}} (?: 修订 | 试用 ) 稿
         | 修正文本 | 修订版 | 修正版 | 修正本 | 修订本
         | [十一二三四五六七八九]{{1,3}}大 [^()]{{0,8}}                                        # (十九大)
         | \d{{4}} (?: [-年.] \d{{1,2}} (?: [-月.] \d{{1,2}} )? )? [年月日]? (?: 第? [一二三四五六]? 次? )?
           (?: 版 | 修订版? | 修正[版本]? | 修改 | 制定 | 试行 | 通过 | 发布 | 印发 | 施行 )?      # (2018修订) (2018年)
       ) \) \Z
    """,
    re.VERBOSE,
)
_LONGEST_MARK = 40  # characters of (2018年12月29日第二次修订版) with room to spare
_MOST_MARKS = 4
_LAST_BRACKET = re.compile(r"[（(〔［【][^（()）]*[）)〕］】]\s*\Z")
_RULES = re.compile(r"(?:准则|条例|规定|办法|规则|细则|章程|法|法典)\Z")
_PAPERS = re.compile(
    r"(?:通知|通报|通告|公告|公报|报告|意见|决定|决议|函|复|请示|要点|方案|预案|计划|规划|总结|讲话|修正案|清单|名单|说明)\Z"
)
_PREFIX = re.compile(
    r"中国共产党|中华人民共和国|关于|"
    r"(?:中共中央办公厅、?国务院办公厅|中共中央、?国务院|中共中央办公厅|国务院办公厅|中共中央政治局|中共中央|国务院)(?=关于)"
)
_PLACE = re.compile(
    r"(?:中共)?(?:[\u4e00-\u9fff]{2,7}?(?:省|市|县|区(?![域划])|自治州|旗)(?:委员会|委|人民政府|政府)?(?:办公室)?)+"
)
_OWNER = re.compile(r"(?<![全本我该各你贵])[省市县区乡镇村州旗校院局厅委部]\Z")
_OF = re.compile(rf"的((?:若干|暂行|具体|补充)*(?:{TYPES}))\Z")
_SOFT = re.compile(rf"(?:若干|暂行|具体|工作(?=(?:{TYPES})\Z))(?=(?:工作)?(?:{TYPES})\Z)")
_BRACKETED = re.compile(r"\([^()]*\)")
_GENERIC = re.compile(
    rf"(?:关于|党的?|工作|实施|管理|暂行|试行|若干|具体|有关|相关|处分|补充|指导|的)*(?:{TYPES}|报告|清单|要点|批复|答复|函)?|"
    r"组织(?:条例|法)|农村条例"
)
_BRACKET = r"[（(]"
_ABBREVIATION = re.compile(
    rf"""
    《 (?P<title> (?: [^《》\n] | 《[^《》\n]*》 ){{1,120}} ) 》
    (?: [（(] [^（()）《》\n]{{0,20}} [）)] )?                    # an edition or 文号 in its own brackets
    {_BRACKET} [^（()）《》\n]{{0,40}}?
    (?: 以下 | 下文 | 下 ) (?: 简称 | 统称 | 合称 | 称 ) 为? [：:]?
    [《〈“"「『]? (?P<short> [^《》〈〉“”"「」『』（()）\n]{{1,40}} ) [》〉”"」』]?
    [）)]
    """,
    re.VERBOSE,
)


def normalise(title: str) -> str:
    """Return a title folded for comparison: no white space, 书名号 or quotes, one form of brackets, dashes, digits."""
    return "".join(title.translate(_FOLDS).split())


@lru_cache(maxsize=8192)
def work_key(title: str) -> str:
    """Return the key that all editions of a work share, (试行), (2018修订), (十九大), (征求意见稿) dropped.

    暂行 inside a name stays: 公职人员政务处分暂行规定 is another work than a 公职人员政务处分规定.
    """
    key = normalise(title)
    return key[: min(_edition_marks(key))]


def _edition_marks(key: str) -> Iterator[int]:
    """Yield where a folded title ends: as it is, without its last edition bracket, without its last two, …"""
    end = len(key)
    yield end
    while (match := _EDITION_BRACKET.search(key, max(0, end - _LONGEST_MARK), end)) and match.start():
        end = match.start()
        yield end


def plain_title(title: str) -> str:
    """Return a title without what names its edition, otherwise as it was given: 中国共产党纪律处分条例."""
    for _ in range(_MOST_MARKS):
        bracket = _LAST_BRACKET.search(title, max(0, len(title) - _LONGEST_MARK))
        if not bracket or work_key(title[: bracket.start()]) != work_key(title):
            break
        title = title[: bracket.start()].rstrip()
    return title


@lru_cache(maxsize=8192)
def is_draft(title: str) -> bool:
    """Say whether a title is that of a draft (草案、征求意见稿、送审稿、讨论稿), which is never in force."""
    key = normalise(title)
    return any(_DRAFT_END.search(key, max(0, end - _LONGEST_MARK), end) for end in _edition_marks(key))


class Succession(StrEnum):
    """What a later text of the same title is to an earlier one (前后两份同名文件)."""

    EDITION = "edition"  # 条例、办法: the next edition of the same rules
    UNCERTAIN = "uncertain"  # 制度、解释: the next edition if the same organ made both
    PAPER = "paper"  # 通知、报告、意见: another paper, unless it is called a revision


@lru_cache(maxsize=8192)
def succession(title: str) -> Succession:
    """Return what a later text of a title's work is to an earlier one, by the word the title ends with."""
    name = _BRACKETED.sub("", work_key(title))
    if _RULES.search(name):
        return Succession.EDITION
    return Succession.PAPER if _PAPERS.search(name) else Succession.UNCERTAIN


def is_revision(title: str) -> bool:
    """Say whether a title calls its text a revision (修订) in the brackets behind the name."""
    return re.search("修[订正改]", normalise(title)[len(work_key(title)) :]) is not None


def has_another_owner(before: str) -> bool:
    """Say whether the words before a name give it to a body of its own: 某县 (问责条例), not 本县."""
    return _OWNER.search(before[-2:]) is not None


def is_generic(name: str) -> bool:
    """Say whether a name is too general to stand for one work: 条例, 实施办法, 《准则》."""
    folded = work_key(name)
    return len(folded) < 2 or _GENERIC.fullmatch(folded) is not None


def short_forms(title: str) -> frozenset[str]:
    """Return the folded short names that custom makes of a title, the full name left out.

    A place in front is dropped too: at home, 示例县公务接待办法 is called 公务接待办法.
    《中国共产党问责条例》 gives 问责条例, 《中国共产党巡视工作条例》 also 巡视条例, 《关于实行……责任制的规定》 also
    实行……责任制规定; general ones (实施办法) are dropped.
    """
    key = work_key(title)
    forms = {key, _BRACKETED.sub("", key), key.replace("(", "").replace(")", "")}
    for shorten in (_without_place, _without_prefix, _without_of, _without_soft_words):
        forms |= {shorten(form) for form in forms}
    return frozenset(form for form in forms if form != key and not is_generic(form))


def _without_place(form: str) -> str:
    place = _PLACE.match(form)
    return form[place.end() :] if place else form


def _without_prefix(form: str) -> str:
    while match := _PREFIX.match(form):
        form = form[match.end() :]
    return form


def _without_of(form: str) -> str:
    return _OF.sub(r"\1", form)


def _without_soft_words(form: str) -> str:
    return _SOFT.sub("", form)


@lru_cache(maxsize=1)
def reviewed_short_names() -> dict[str, tuple[str, ...]]:
    """Return the reviewed table: folded short name -> full titles of the works it stands for (short_titles.tsv)."""
    rows = resources.files("corpus").joinpath("short_titles.tsv").read_text("utf-8").splitlines()[1:]
    table: dict[str, tuple[str, ...]] = {}
    for short, title in (row.split("\t") for row in rows):
        table[normalise(short)] = (*table.get(normalise(short), ()), title)
    return table


@lru_cache(maxsize=1)
def law_names() -> frozenset[str]:
    """Return the names by which texts cite common state laws without 书名号: 刑法, 监察法, 公职人员政务处分法."""
    laws = {title for titles in reviewed_short_names().values() for title in titles if title.endswith(("法", "法典"))}
    named = {short for short, titles in reviewed_short_names().items() if laws.issuperset(titles)}
    return frozenset(named.union(*map(short_forms, laws)))


def abbreviations(text: str) -> dict[str, str]:
    """Return what a text defines by 以下简称: short name without 书名号 -> full title.

    《中国共产党问责条例》（以下简称《条例》） gives {"条例": "中国共产党问责条例"}. A 统称 of several titles is left
    out.
    """
    found = {}
    for match in _ABBREVIATION.finditer(text):
        several = "统称" in match[0] or "合称" in match[0]
        before = text[max(0, match.start() - 3) : match.start()]
        if not (several and before.endswith(("》、", "》和", "》及", "》与", "》以及"))):
            found[match["short"].strip()] = match["title"].strip()
    return found


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A name found in running text at [start, end); `titles` are the works it can stand for, several when ambiguous."""

    start: int
    end: int
    titles: tuple[str, ...]


class TitleIndex:
    """Every name by which a collection of titles is known; `in` says whether a name is known."""

    def __init__(self, titles: Iterable[str], short_names: Mapping[str, Iterable[str]] | None = None) -> None:
        """Take full titles of works or editions; editions of one work (试行, years) count as one.

        `short_names` are reviewed ones beside those of the house: folded name -> full titles; general ones are dropped.
        """
        self._full = {normalise(title): title for title in sorted(titles, reverse=True)}
        self._works: dict[str, str] = {}  # the plain form of a work's shortest title stands for it
        for title in sorted(self._full.values(), key=lambda title: (len(title), title)):
            self._works.setdefault(work_key(title), plain_title(title))
        self._short = {
            short: kept
            for short, named in _with_reviewed(short_names or {}).items()
            if (kept := tuple(self._works[key] for key in map(work_key, named) if key in self._works))
        }
        self._computed = self._computed_forms()
        self._names = {*self._full, *self._works, *self._short, *self._computed}
        self._lengths: dict[str, list[int]] = {}  # first two characters -> lengths of names, longest first
        for start, length in sorted({(name[:2], len(name)) for name in self._names}, reverse=True):
            self._lengths.setdefault(start, []).append(length)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.resolve(name))

    def resolve(self, name: str) -> tuple[str, ...]:
        """Return the full titles a name can stand for: none, one, or several when it is ambiguous.

        A full title wins over short names. An edition's own title comes back as it is, also where only the work is
        shortened (纪律处分条例（试行）), any other spelling of a work as the work's plain title.
        """
        folded, key = normalise(name), work_key(name)
        if folded in self._full and folded != key:
            return (self._full[folded],)
        if key in self._works:
            return (self._works[key],)
        works = tuple(dict.fromkeys((*self._short.get(key, ()), *self._computed.get(key, ()))))
        own = tuple(self._full.get(work_key(work) + folded[len(key) :], "") for work in works) if folded != key else ()
        return tuple(filter(None, own)) or works

    def _computed_forms(self) -> dict[str, tuple[str, ...]]:
        forms: dict[str, tuple[str, ...]] = {}
        for title in self._works.values():
            for form in short_forms(title):
                forms[form] = (*forms.get(form, ()), title)
        # A name that ends a title outranks one that skips words of a title: 选举工作条例, not 选举工作暂行条例.
        return {form: _ending_with(form, titles) or titles for form, titles in forms.items()}

    def find_in(self, text: str) -> tuple[TitleMention, ...]:
        """Return the names in a free text, the longest at each place, with or without 书名号.

        A short name right behind a place or unit (某县问责条例) belongs to another work and is not reported.
        """
        return tuple(self._mentions(text))

    def _mentions(self, text: str) -> Iterator[TitleMention]:
        folded, places = _folded_with_places(text)
        position = 0
        while position < len(folded):
            end = self._match_end(folded, position)
            if end > position:
                titles = self.resolve(folded[position:end])
                if not self._belongs_to_another(folded, position, end):
                    yield TitleMention(places[position], places[end - 1] + 1, titles)
                position = end
            else:
                position += 1

    def _match_end(self, folded: str, start: int) -> int:
        for length in self._lengths.get(folded[start : start + 2], ()):
            if folded[start : start + length] in self._names:
                return min(start + length, len(folded))
        return start

    def _belongs_to_another(self, folded: str, start: int, end: int) -> bool:
        name = folded[start:end]
        return (
            name not in self._works and name not in self._full and has_another_owner(folded[max(0, start - 2) : start])
        )


def _with_reviewed(names: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return the reviewed short names, and after them others that are not too general."""
    table = dict(reviewed_short_names())
    for short, titles in names.items():
        if not is_generic(short):
            table[short] = tuple(dict.fromkeys((*table.get(short, ()), *titles)))
    return table


def _ending_with(form: str, titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(title for title in titles if work_key(title).endswith(form))


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return the text folded as `normalise` does, and for each folded character its place in the text."""
    folded, places = [], []
    for place, char in enumerate(text):
        for kept in char.translate(_FOLDS):
            if not kept.isspace():
                folded.append(kept)
                places.append(place)
    return "".join(folded), places
