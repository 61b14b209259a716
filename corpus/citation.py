"""A citation is a value (引文): title, edition and the steps of an address, with a parser and a stable path.

``Citation.parse("《问责条例》第七条第一款第（三）项").path == "art_7/para_1/item_3"``; `str` gives the official form
back. Texts without articles are cited by their headings: 《…》二、（三）1.第二段.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.errors import InputError
from corpus.model import Kind
from corpus.numerals import NUMERAL, to_chinese, to_int
from corpus.titles import TYPES

GAP = r"[ \t\u3000\xa0]{0,3}"  # regex fragment: white space that people leave inside a citation
TITLE = r"(?:[^《》\n]|《[^《》\n]{0,150}》){1,150}"  # regex fragment: what stands between 《 and 》, one level nested
TITLE_TAIL = r"(?:实施(?:细则|办法|条例|意见|规定)|补充规定)?"  # regex fragment: 《…条例》实施细则
EDITION = r"""[（(] (?P<year>[12]\d{3}) (?: [-年.] (?P<month>\d{1,2}) (?: [-月.] (?P<day>\d{1,2}) )? )? [年月日]?
              (?: 版 | 修订版? | 修正[版本]? | 修改 | 制定 | 通过 | 公布 | 发布 | 印发 | 施行 | 试行 )? [）)]"""

_SEGMENTS = {
    Kind.PART: "part",
    Kind.SUBPART: "subpart",
    Kind.CHAPTER: "chap",
    Kind.SECTION: "sec",
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.ITEM: "item",
    Kind.SUBITEM: "sub",
    Kind.HEADING: "h",
}  # the other kinds are named by their own value
_KINDS = {segment: kind for kind, segment in _SEGMENTS.items()} | {
    str(kind): kind for kind in Kind if kind not in _SEGMENTS
}
_SEGMENT = re.compile(r"(?P<name>[a-z]+)(?:_(?P<x>x?)(?P<number>\d+))?(?:-(?P<branch>\d+))?(?:~(?P<repeat>\d+))?")

UNIT_KINDS = {
    "编": Kind.PART,
    "分编": Kind.SUBPART,
    "章": Kind.CHAPTER,
    "节": Kind.SECTION,
    "条": Kind.ARTICLE,
    "款": Kind.PARAGRAPH,
    "段": Kind.PARAGRAPH,
    "自然段": Kind.PARAGRAPH,
    "项": Kind.ITEM,
    "目": Kind.SUBITEM,
    "部分": Kind.PART,
    "点": Kind.HEADING,
}  # the word behind a number -> what it counts
_WORDS = {
    Kind.PART: "第{}编",
    Kind.SUBPART: "第{}分编",
    Kind.CHAPTER: "第{}章",
    Kind.SECTION: "第{}节",
    Kind.ARTICLE: "第{}条",
    Kind.PARAGRAPH: "第{}款",
    Kind.ITEM: "第（{}）项",
}
_ARABIC_WORDS = {Kind.SUBITEM: "第{}目", Kind.ANNEX: "附件{}", Kind.TABLE: "表{}", Kind.NOTE: "注{}"}
_PLAIN_WORDS = {
    Kind.PREAMBLE: "序言",
    Kind.TITLE: "标题",
    Kind.HEADER: "题注",
    Kind.CONTENTS: "目录",
    Kind.SIGNATURE: "落款",
}
_PLAIN_KINDS = {word: kind for kind, word in _PLAIN_WORDS.items()}
_ARTICLE_WORDS = frozenset("条款项目")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CN = "[〇零一二两三四五六七八九十百千万]"

_UNIT = re.compile(
    rf"""
    {GAP} [中里]?的? {GAP}
    (?: 第 {GAP} [（(]? {GAP} (?P<number>{NUMERAL}) {GAP} [）)]? {GAP}        # 第（三）项
          (?P<word>分编|编|章|节|条|款|项|目|自然段|段|部分|点)
          (?: {GAP} 之 {GAP} (?P<branch>[一二三四五六七八九十]{{1,3}}) )?          # 之一
      | [（(] {GAP} (?P<bracketed>{NUMERAL}) {GAP} [）)] (?: {GAP} 项 )?       # （三）
      | (?P<shi>[一二三四五六七八九十]{{1,3}}[是要])                              # 一是
      | (?P<circled>[{_CIRCLED}])                                          # ①
      | (?P<comma>{_CN}{{1,9}}+) (?: [、.．] | (?=[（(]) | \Z )  # 二、
      | (?P<dotted>[0-9０-９]{{1,5}}) (?: [.．、] | 目 | \Z | (?=[（(“一二三四五六七八九十]) )
      | 附[件录] {GAP} (?P<annex>{NUMERAL}(?![、.．]))?                       # 附件1
      | (?P<plain>序言|标题|题注|目录|落款)
      | (?P<counted>表|注|无号标题) (?P<count>\d{{1,5}})
      | “(?P<quoted>[^”]+)”                                                # a heading without a number
    )
    (?: 〔 (?P<repeat>\d{{1,3}}) 〕 )?                                       # the second provision of that number
    """,
    re.VERBOSE,
)
_BRACKETED_TITLE = re.compile(
    rf"""
    (?: 《(?P<title>{TITLE})》 (?P<tail>{TITLE_TAIL})
      | 〈(?P<angled>[^〈〉\n]{{1,150}})〉 | 「(?P<corner>[^「」\n]{{1,150}})」 | 『(?P<double>[^『』\n]{{1,150}})』 )
    {GAP} (?: {EDITION} )?
    """,
    re.VERBOSE,
)
_GROUPS = ("bracketed", "shi", "circled", "comma", "dotted", "plain", "counted", "quoted", "annex")
_TRAILING_EDITION = re.compile(rf"(?:{EDITION})\Z", re.VERBOSE)
_FIRST_UNIT = re.compile(rf"第{GAP}[（(]?{GAP}{NUMERAL}{GAP}[）)]?{GAP}(?:分编|编|章|节|条|款|项|目|段|部分)|附件")
_SELF = re.compile(rf"(?:本|该)(?:实施|暂行|试行)?(?:{TYPES}|安排)")
_NAME = re.compile(rf"[^《》\n]{{0,150}}(?:{TYPES}|党章)(?:[（(][^（()）]{{1,12}}[）)])?")
_PART_LABEL = re.compile("第.{1,8}(?:编|部分)")
_EXAMPLE = "写法示例：《中国共产党问责条例》第七条第一款第（三）项"


@dataclass(frozen=True, slots=True)
class Unit:
    """One step of an address: 第七条, 第（三）项, 附件1, 二、.

    `label` is the number as headings write it (二、, （三）, 1., 一是; 第二部分 for a 编 of that name), or the words of
    a heading without a number in quotes (“工作要求”, `number` is None then). `repeat` counts provisions of the same
    number, 2 for the second.
    """

    kind: Kind
    number: int | None = None
    branch: int = 0
    label: str = ""
    repeat: int = 1

    @property
    def segment(self) -> str:
        """The unit's segment of a provision path, such as ``art_120-1`` or ``h_x2``."""
        name = _SEGMENTS.get(self.kind, str(self.kind))
        unnumbered = self.kind is Kind.HEADING and (not self.label or self.number is None)
        number = "_" + "x" * unnumbered + str(self.number or "") if unnumbered or self.number is not None else ""
        return name + number + f"-{self.branch}" * (self.branch > 0) + f"~{self.repeat}" * (self.repeat > 1)

    def __str__(self) -> str:
        return self._words() + f"〔{self.repeat}〕" * (self.repeat > 1)

    def _words(self) -> str:
        if self.kind is Kind.HEADING:
            return self.label or f"无号标题{self.number}"
        if self.label:
            return self.label
        if self.kind in _PLAIN_WORDS:
            return _PLAIN_WORDS[self.kind]
        if self.kind in _ARABIC_WORDS:
            return _ARABIC_WORDS[self.kind].format("" if self.number is None else self.number)
        branch = f"之{to_chinese(self.branch)}" if self.branch else ""
        return _WORDS[self.kind].format(to_chinese(self.number or 0)) + branch


@dataclass(frozen=True, slots=True)
class Citation:
    """A title and an address in it (引文); `title` is as cited, without 书名号, "" for an address alone.

    `edition` is an ISO day, month or year, "" when the citation names none. Without `units` the whole work is cited.
    """

    title: str = ""
    units: tuple[Unit, ...] = ()
    edition: str = ""

    def __post_init__(self) -> None:
        """Bring the title to one form: 《》 for 〈〉 inside, a year at its end as the edition."""
        title, edition = split_edition(self.title.strip().replace("〈", "《").replace("〉", "》"))
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "edition", self.edition or edition)

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read a citation in any customary spelling, and nothing else; raises InputError."""
        words = text.strip()
        title, edition, position = _head(words)
        units = _units(words, position)
        if units is None or not (title or units):
            raise InputError(f"看不懂的引文：{text}。{_EXAMPLE}")
        return cls(title, units, edition)

    @classmethod
    def of(cls, title: str, path: str, labels: Sequence[str] = (), edition: str = "") -> Citation:
        """Return the citation of a provision path; `labels` are the labels of its headings, from the top.

        Labels of 编 may stand among them: a 编 may be called 第二部分. A heading whose label is not given is named by
        the customary order 一、 （一） 1. （1）. Raises InputError when the path is malformed.
        """
        units: list[Unit] = []
        given = list(labels)
        for segment in filter(None, path.split("/")):
            unit = _unit_of_segment(segment, path)
            if unit.kind is Kind.PART and given and _PART_LABEL.fullmatch(given[0].strip()):
                unit = _named_part(unit, given.pop(0))
            if unit.kind is Kind.HEADING:
                depth = sum(above.kind is Kind.HEADING for above in units)
                unit = _labelled(unit, given.pop(0) if given else "", depth)
            units.append(unit)
        return cls(title, tuple(units), edition)

    def __str__(self) -> str:
        title = self.title.replace("《", "〈").replace("》", "〉")
        return (f"《{title}》" if title else "") + _edition_words(self.edition) + self.address

    @property
    def address(self) -> str:
        """The words behind the title, such as 第七条第一款, "" for a whole work."""
        words, above = "", None
        # Outside articles a text is counted by 段; an address that begins with 款 is one inside an article.
        free = bool(self.title) or self.path.partition("_")[0] != _SEGMENTS[Kind.PARAGRAPH]
        for unit in self.units:
            free = free and unit.kind is not Kind.ARTICLE
            word = str(unit).replace("款", "段") if free and unit.kind is Kind.PARAGRAPH else str(unit)
            between = "的" if above is Kind.ANNEX and unit.kind is Kind.HEADING else ""
            words, above = words + between + word, unit.kind
        return words

    @property
    def path(self) -> str:
        """The computed path, ``art_7/para_1/item_3``; an article stands without its chapters."""
        kinds = [unit.kind for unit in self.units]
        first = kinds.index(Kind.ARTICLE) if Kind.ARTICLE in kinds else 0
        return "/".join(unit.segment for i, unit in enumerate(self.units) if i >= first or unit.kind is Kind.ANNEX)

    def unit(self, kind: Kind) -> Unit | None:
        """Return the first step of a kind, or None."""
        return next((unit for unit in self.units if unit.kind is kind), None)

    def number(self, kind: Kind) -> int | None:
        """Return the number of the first step of a kind, or None."""
        unit = self.unit(kind)
        return unit.number if unit else None

    @property
    def article(self) -> int | None:
        """The number of the 条, or None."""
        return self.number(Kind.ARTICLE)

    @property
    def branch(self) -> int:
        """The 之一 of the 条, 0 without."""
        unit = self.unit(Kind.ARTICLE)
        return unit.branch if unit else 0

    @property
    def paragraph(self) -> int | None:
        """The number of the 款 or 段, or None."""
        return self.number(Kind.PARAGRAPH)

    @property
    def item(self) -> int | None:
        """The number of the 项, or None."""
        return self.number(Kind.ITEM)

    @property
    def subitem(self) -> int | None:
        """The number of the 目, or None."""
        return self.number(Kind.SUBITEM)

    @property
    def headings(self) -> tuple[str, ...]:
        """The labels of the headings, from the top."""
        return tuple(unit.label for unit in self.units if unit.kind is Kind.HEADING)


def canonical_label(label: str) -> str:
    """Return a heading's number in its customary form: （三）, 二、, 1., （1）, 一是, 第二部分; "" when it is none."""
    unit = _heading_unit(label)
    return unit.label if unit else ""


def _heading_unit(label: str) -> Unit | None:
    match = _UNIT.fullmatch(label.strip().rstrip("：:，,"))
    unit = _unit(match, within_article=False, depth=0) if match else None
    return unit if unit and unit.kind is Kind.HEADING else None


def iso_date(match: re.Match[str]) -> str:
    """Return the ISO date of an EDITION match, cut to what is given."""
    parts = [match["year"], *(f"{int(part):02d}" for part in (match["month"], match["day"]) if part)]
    return "-".join(parts)


def _edition_words(edition: str) -> str:
    if not edition:
        return ""
    parts = edition.split("-")
    return "（" + "".join(str(int(part)) + unit for part, unit in zip(parts, "年月日", strict=False)) + "）"


def _head(words: str) -> tuple[str, str, int]:
    """Return the title, the edition and where the address begins."""
    match = _BRACKETED_TITLE.match(words)
    if match:
        title = match["title"] or match["angled"] or match["corner"] or match["double"]
        title = f"《{title}》{match['tail']}" if match["tail"] else title
        return title, iso_date(match) if match["year"] else "", match.end()
    first = _FIRST_UNIT.search(words)
    name = words[: first.start()].strip() if first else words
    if _SELF.fullmatch(name):
        return "", "", len(name)
    if not _NAME.fullmatch(split_edition(name)[0]):
        return "", "", 0
    return name, "", first.start() if first else len(words)


def split_edition(title: str) -> tuple[str, str]:
    """Split a title such as 中国共产党章程（2017年修订） into the title and an ISO edition, "" without one."""
    match = _TRAILING_EDITION.search(title)
    if match and match.start():
        return title[: match.start()].strip(), iso_date(match)
    return title, ""


def _units(words: str, position: int) -> tuple[Unit, ...] | None:
    """Return the steps from `position` to the end of `words`, None when something else stands there."""
    units: list[Unit] = []
    within_article = False
    while position < len(words):
        match = _UNIT.match(words, position)
        depth = sum(unit.kind is Kind.HEADING for unit in units)
        unit = _unit(match, within_article=within_article, depth=depth) if match else None
        if match is None or unit is None:
            return None
        units.append(unit)
        within_article = within_article or match["word"] in _ARTICLE_WORDS
        position = match.end()
    return tuple(units)


def _unit(match: re.Match[str], *, within_article: bool, depth: int) -> Unit | None:
    """Return the unit that a match of _UNIT names, None when its numeral is none."""
    try:
        unit = _ordinal(match, depth) if match["word"] else _other(match, within_article)
    except ValueError:
        return None
    return Unit(unit.kind, unit.number, unit.branch, unit.label, int(match["repeat"] or 1))


def _ordinal(match: re.Match[str], depth: int) -> Unit:
    kind, number = UNIT_KINDS[match["word"]], to_int(match["number"])
    branch = to_int(match["branch"]) if match["branch"] else 0
    if match["word"] == "部分":
        return Unit(kind, number, label=f"第{to_chinese(number)}部分")
    return Unit(kind, number, branch, _customary(number, depth) if kind is Kind.HEADING else "")


def _other(match: re.Match[str], within_article: bool) -> Unit:
    """Return the unit of a match that has no 第; inside an article （三） is an item and 1. a subitem."""
    group = next((name for name in _GROUPS if match[name] is not None), "annex")
    words = match[group]
    if group == "annex":
        return Unit(Kind.ANNEX, to_int(words) if words else None)
    if group == "plain":
        return Unit(_PLAIN_KINDS[words])
    if group == "counted":
        kinds = {"表": Kind.TABLE, "注": Kind.NOTE, "无号标题": Kind.HEADING}
        return Unit(kinds[words], int(match["count"]))
    if group == "quoted":
        return Unit(Kind.HEADING, label=f"“{words}”")
    if within_article and group in {"bracketed", "dotted"}:
        return Unit(Kind.ITEM if group == "bracketed" else Kind.SUBITEM, to_int(words))
    return _heading(group, words)


def _heading(group: str, words: str) -> Unit:
    if group == "circled":
        return Unit(Kind.HEADING, _CIRCLED.index(words) + 1, label=words)
    if group == "shi":
        return Unit(Kind.HEADING, to_int(words[:-1]), label=words)
    number = to_int(words)
    forms = {"comma": f"{to_chinese(number)}、", "dotted": f"{number}."}
    arabic = f"（{number}）" if words[0] in "0123456789０１２３４５６７８９" else f"（{to_chinese(number)}）"
    return Unit(Kind.HEADING, number, label=forms.get(group, arabic))


def _customary(number: int, depth: int) -> str:
    """Return a heading's number in the customary order of levels (GB/T 9704): 一、 （一） 1. （1）."""
    forms = (f"{to_chinese(number)}、", f"（{to_chinese(number)}）", f"{number}.", f"（{number}）")
    return forms[min(depth, len(forms) - 1)]


def _unit_of_segment(segment: str, path: str) -> Unit:
    match = _SEGMENT.fullmatch(segment)
    if match is None or match["name"] not in _KINDS:
        raise InputError(f"条款路径不对：{path}")
    number = int(match["number"]) if match["number"] else None
    kind = _KINDS[match["name"]]
    if number is None and (kind in _WORDS or kind in {Kind.SUBITEM, Kind.TABLE, Kind.NOTE, Kind.HEADING}):
        raise InputError(f"条款路径不对：{path}")
    label = "" if match["x"] or kind is not Kind.HEADING else "?"
    return Unit(kind, number, int(match["branch"] or 0), label, int(match["repeat"] or 1))


def _named_part(unit: Unit, label: str) -> Unit:
    """Return a 编 unit by the name it has, 第二编 or 第二部分."""
    return replace(unit, label=f"第{to_chinese(unit.number or 0)}部分" if label.strip().endswith("部分") else "")


def _labelled(unit: Unit, label: str, depth: int) -> Unit:
    """Return a heading unit with its label: the given one, its words in quotes, or the customary number."""
    if unit.label:
        known = _heading_unit(label)
        words = known.label if known and known.number == unit.number else _customary(unit.number or 0, depth)
        return Unit(Kind.HEADING, unit.number, label=words, repeat=unit.repeat)
    words = re.sub(r"\A“([^“”]*)”\Z", r"\1", label.strip()).replace("“", "‘").replace("”", "’")
    if not words:
        return unit
    return Unit(Kind.HEADING, label=f"“{words}”", repeat=unit.repeat)
