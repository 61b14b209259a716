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
from corpus.numerals import NUMERAL
from corpus.titles import TYPES
from corpus.units import GAP, Unit, read_units, units_of_path

TITLE = r"(?:[^《》\n]|《[^《》\n]{0,150}》){1,150}"  # regex fragment: what stands between 《 and 》, one level nested
TITLE_TAIL = r"(?:实施(?:细则|办法|条例|意见|规定)|补充规定)?"  # regex fragment: 《…条例》实施细则
EDITION = r"""[（(] (?P<year>[12]\d{3}) (?: [-年.] (?P<month>\d{1,2}) (?: [-月.] (?P<day>\d{1,2}) )? )? [年月日]?
              (?: 版 | 修订版? | 修正[版本]? | 修改 | 制定 | 通过 | 公布 | 发布 | 印发 | 施行 | 试行 )? [）)]"""

_BRACKETED_TITLE = re.compile(
    rf"""
    (?: (?P<before>[12]\d{{3}}) 年? (?: 新?修订版? | 修正版? | 版本? | 通过 | 公布 | 发布 | 印发 )? 的? {GAP} (?=《) )?
    (?: 《(?P<title>{TITLE})》 (?P<tail>{TITLE_TAIL})
      | 〈(?P<angled>[^〈〉\n]{{1,150}})〉 | 「(?P<corner>[^「」\n]{{1,150}})」 | 『(?P<double>[^『』\n]{{1,150}})』 )
    {GAP} (?: {EDITION} )?
    """,
    re.VERBOSE,
)
_LEADING_EDITION = re.compile(r"([12]\d{3})年?(?:新?修订版?|修正版?|版本?)的?")  # 2018年版问责条例
_TRAILING_EDITION = re.compile(rf"(?:{EDITION})\Z", re.VERBOSE)
_FIRST_UNIT = re.compile(rf"第{GAP}[（(]?{GAP}{NUMERAL}{GAP}[）)]?{GAP}(?:分编|编|章|节|条|款|项|目|段|部分)|附件|总纲")
_SEVERAL = re.compile(rf"{GAP}(?:至|到|—|–|－|-|～|~|、|和|与|及|以及|，|,){GAP}(?:第|(?=[（(]|{NUMERAL}))")
_SELF = re.compile(rf"(?:本|该)(?:实施|暂行|试行)?(?:{TYPES}|安排)")
_NAME = re.compile(rf"[^《》\n]{{0,150}}(?:{TYPES}|党章)(?:[（(][^（()）]{{1,12}}[）)])?")
_EXAMPLE = "写法示例：《中国共产党问责条例》第七条第一款第（三）项"


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
        units = read_units(words, position)
        if units is None or not (title or units):
            raise InputError(_complaint(text, cls(title, (), edition), words, position))
        return cls(title, units, edition)

    @classmethod
    def of(cls, title: str, path: str, labels: Sequence[str] = (), edition: str = "") -> Citation:
        """Return the citation of a provision path; `labels` are the labels of its headings, from the top.

        Labels of 编 may stand among them: a 编 may be called 第二部分. A heading whose label is not given is named by
        the customary order 一、 （一） 1. （1）. Raises InputError when the path is malformed.
        """
        try:
            return cls(title, units_of_path(path, labels), edition)
        except ValueError as error:
            raise InputError(f"条款路径不对：{path}") from error

    def __str__(self) -> str:
        title = self.title.replace("《", "〈").replace("》", "〉")
        return (f"《{title}》" if title else "") + edition_words(self.edition) + self.address

    @property
    def address(self) -> str:
        """The words behind the title, such as 第七条第一款, "" for a whole work."""
        words, above = "", None
        # Outside articles a text is counted by 段; an address that begins with 款 is one inside an article.
        free = bool(self.title) or (bool(self.units) and self.units[0].kind is not Kind.PARAGRAPH)
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


def iso_date(match: re.Match[str]) -> str:
    """Return the ISO date of an EDITION match, cut to what is given."""
    parts = [match["year"], *(f"{int(part):02d}" for part in (match["month"], match["day"]) if part)]
    return "-".join(parts)


def edition_words(edition: str) -> str:
    """Return an edition's date as shown behind its title: 2016-07-08 gives （2016年7月8日）, "" gives ""."""
    if not edition:
        return ""
    parts = edition.split("-")
    if not all(part.isdigit() for part in parts):
        return f"（{edition}）"
    return "（" + "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False)) + "）"


def _head(words: str) -> tuple[str, str, int]:
    """Return the title, the edition and where the address begins."""
    match = _BRACKETED_TITLE.match(words)
    if match:
        title = match["title"] or match["angled"] or match["corner"] or match["double"]
        title = f"《{title}》{match['tail']}" if match["tail"] else title
        return title, iso_date(match) if match["year"] else match["before"] or "", match.end()
    first, before = _FIRST_UNIT.search(words), _LEADING_EDITION.match(words)
    start = before.end() if before else 0
    name = words[start : first.start()].strip() if first else words[start:]
    if _SELF.fullmatch(name):
        return "", "", start + len(name)
    if not _NAME.fullmatch(split_edition(name)[0]):
        return "", "", 0
    return name, before[1] if before else "", first.start() if first else len(words)


def _complaint(text: str, work: Citation, words: str, position: int) -> str:
    """Return what is wrong with words that do not parse: a range or list (第六条至第八条), or no citation at all."""
    several = _SEVERAL.search(words, position) if words[position:].startswith("第") else None
    if several is None:
        return f"看不懂的引文：{text}。{_EXAMPLE}"
    first = read_units(words[: several.start()], position)
    example = f"，例如 {replace(work, units=first)}" if first else ""
    return f"一次只能指明一处条款：{text}。请写明其中一处{example}"


def split_edition(title: str) -> tuple[str, str]:
    """Split a title such as 中国共产党章程（2017年修订） into the title and an ISO edition, "" without one."""
    match = _TRAILING_EDITION.search(title)
    if match and match.start():
        return title[: match.start()].strip(), iso_date(match)
    return title, ""
