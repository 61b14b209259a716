"""One step of an address (条款的一级): 第七条, 第（三）项, 附件1, 二、, in words, as a path segment, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.model import Kind
from corpus.numerals import NUMERAL, to_chinese, to_int

GAP = r"[ \t\u3000\xa0]{0,3}"  # regex fragment: white space that people leave inside a citation

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
      | (?P<named>总纲)                                                    # a heading people cite without quotes
      | (?P<counted>表|注|无号标题) (?P<count>\d{{1,5}})
      | “(?P<quoted>[^”]+)”                                                # a heading without a number
    )
    (?: 〔 (?P<repeat>\d{{1,3}}) 〕 )?                                       # the second provision of that number
    """,
    re.VERBOSE,
)
_GROUPS = ("bracketed", "shi", "circled", "comma", "dotted", "plain", "counted", "quoted", "named", "annex")
_PART_LABEL = re.compile("第.{1,8}(?:编|部分)")


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


def read_units(words: str, position: int) -> tuple[Unit, ...] | None:
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


def canonical_label(label: str) -> str:
    """Return a heading's number in its customary form: （三）, 二、, 1., （1）, 一是, 第二部分; "" when it is none."""
    unit = _heading_unit(label)
    return unit.label if unit else ""


def _heading_unit(label: str) -> Unit | None:
    match = _UNIT.fullmatch(label.strip().rstrip("：:，,"))
    unit = _unit(match, within_article=False, depth=0) if match else None
    return unit if unit and unit.kind is Kind.HEADING else None


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
    if group in {"quoted", "named"}:
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


def units_of_path(path: str, labels: Sequence[str]) -> tuple[Unit, ...]:
    """Return the steps of a provision path, its headings named by `labels`, from the top.

    Labels of 编 may stand among them: a 编 may be called 第二部分. A heading whose label is not given is named by the
    customary order 一、 （一） 1. （1）. Raises ValueError when the path is malformed.
    """
    units: list[Unit] = []
    given = list(labels)
    for segment in filter(None, path.split("/")):
        match = _SEGMENT.fullmatch(segment)
        if match is None or match["name"] not in _KINDS:
            raise ValueError(segment)
        unit = _of_segment(match)
        if unit.kind is Kind.PART and given and _PART_LABEL.fullmatch(given[0].strip()):
            unit = _named_part(unit, given.pop(0))
        elif unit.kind is Kind.HEADING:
            depth = sum(above.kind is Kind.HEADING for above in units)
            label = given.pop(0) if given else ""
            unit = _unnumbered(unit, label) if match["x"] else _numbered(unit, label, depth)
        units.append(unit)
    return tuple(units)


def _of_segment(match: re.Match[str]) -> Unit:
    """Return the unit of a path segment, headings without a label yet."""
    kind, number = _KINDS[match["name"]], int(match["number"]) if match["number"] else None
    if number is None and kind not in _PLAIN_WORDS and kind is not Kind.ANNEX:
        raise ValueError(match[0])
    return Unit(kind, number, int(match["branch"] or 0), repeat=int(match["repeat"] or 1))


def _named_part(unit: Unit, label: str) -> Unit:
    """Return a 编 unit by the name it has, 第二编 or 第二部分."""
    return replace(unit, label=f"第{to_chinese(unit.number or 0)}部分" if label.strip().endswith("部分") else "")


def _numbered(unit: Unit, label: str, depth: int) -> Unit:
    """Return a heading unit with its label, or with the customary number of its depth."""
    known = _heading_unit(label)
    fits = known is not None and known.number == unit.number
    return replace(unit, label=known.label if known and fits else _customary(unit.number or 0, depth))


def _unnumbered(unit: Unit, label: str) -> Unit:
    """Return a heading unit by its words in quotes, by its place where none are given."""
    words = re.sub(r"\A“([^“”]*)”\Z", r"\1", label.strip()).replace("“", "‘").replace("”", "’")
    if not words:
        return unit
    return Unit(Kind.HEADING, label=f"“{words}”", repeat=unit.repeat)
