"""Citations in running text (文中的引文): 《…》第七条, 刑法第三条, 本条例第七条、第八条, 前款, 第X条至第Y条.

One linear pass finds a head (a title, 本条例, 本条, 前款 or nothing) and the chain of numbers behind it; the chain is
then split into one citation for each place it names.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.citation import EDITION, TITLE, TITLE_TAIL, Citation, iso_date
from corpus.model import Kind
from corpus.numerals import NUMERAL, to_chinese, to_int
from corpus.titles import TYPES, TitleIndex, has_another_owner, is_generic
from corpus.units import GAP, UNIT_KINDS, Unit


class Relation(StrEnum):
    """How a citation says which text it means."""

    NAMED = "named"  # 《…》第七条, 刑法第三条
    SELF = "self"  # 本条例第七条, 本办法……
    HERE = "here"  # 本条第二款, 本款, 本章
    PRECEDING = "preceding"  # 前款, 前条第二款, 前两款, 上一款
    BARE = "bare"  # 第七条, 第二款 without any head


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """One place named at [start, end) in a text; a list 第七条、第八条 gives one for each number.

    `citation.title` is empty unless `relation` is NAMED. `kind` is the unit of a HERE or PRECEDING head (前两款: 款),
    `count` its number (2). `through` marks the far end of a range, 第九条 of 第七条至第九条. `head` is the word of a
    SELF head (本条例).
    """

    start: int
    end: int
    words: str
    citation: Citation
    relation: Relation
    kind: Kind | None = None
    count: int = 1
    through: bool = False
    head: str = ""


_ANY_JOIN = "、 | 以?及 | 和 | 与 | 或者? | 至 | 到 | — | － | - | ～ | ~"
_NUMBER = rf"(?: [（(]{GAP}{NUMERAL}{GAP}[）)] | {NUMERAL} )"
_WORD = """(?: 分编 | 编(?![制号辑者]) | 章(?!程) | 节(?![目课约省]) | 条(?![例件约]) | 款(?!项) | 项(?!目)
             | 目(?![标的前录光击]) | 自然段 | 部分 )"""
_ORDINAL = rf"""
    第 {GAP} {_NUMBER} (?: {GAP} (?:{_ANY_JOIN}) {GAP} 第? {GAP} {_NUMBER} ){{0,60}}+ {GAP} {_WORD}  # 第二、三条
    (?: {GAP} 之 {GAP} [一二三四五六七八九十]{{1,3}} (?!般) )?                                     # 之一
"""
_MARK = "[（(][一二三四五六七八九十]{1,3}[）)]"
_MARKED = rf"(?<=[条款第]) {_MARK} (?: (?:{_ANY_JOIN}) {_MARK} ){{0,30}} 项?"  # 第七条（一）、（二）项
_FIRST_ONES = rf"(?<=条) 前 {NUMERAL} 款"  # 第十条前两款
_ANNEX = r"""附件 [ \u3000]? (?: [0-9０-９]{1,2}
                              | [一二三四五六七八九十]{1,2} (?= [第的中和与及所规、，,。；;：:）)》\s] | \Z ) )"""
_FURTHER = rf"(?: {GAP} (?:{_ANY_JOIN}|，|,)? {GAP} 的? (?: {_ORDINAL} | {_MARKED} | {_FIRST_ONES} ) ){{0,80}}+"
_CHAIN = rf"(?: {_ORDINAL} | {_ANNEX} ) {_FURTHER}"
_CHAIN_BELOW = rf"(?: {_ORDINAL} | {_MARKED} ) {_FURTHER}"

_MENTION = re.compile(
    rf"""
    (?:                                                                        # 《…》实施细则（2018年）
        《(?P<title>{TITLE})》 (?P<tail>{TITLE_TAIL}) (?: {GAP} {EDITION} )?
        (?: (?: [（(] [^（()）\n]{{0,60}} [）)] ){{0,2}}                          # （以下简称《条例》）
            {GAP} (?:总则|分则)? [中里]?的? {GAP} (?P<titled>{_CHAIN}) )?
      | (?<![基根样]) (?P<self> 本 (?:实施|暂行|试行|补充|管理|工作)? (?:{TYPES}|安排) )   # 本条例
        {GAP} [中里]?的? {GAP} (?P<selfs>{_CHAIN})
      | (?<![基根样]) (?:本条)?                                                  # 前两款, 上一条
        (?P<back> 前 | 上(?=[一二两三四五]) ) (?P<count> [一二两三四五六七八九2-9] )?
        (?P<unit> 款(?![项待物]) | 条(?![例件约线路款]) | 项(?!目) | 目(?=[规所的]) | 章(?!程) | 节(?!目) )
        (?: {GAP} 的? {GAP} (?P<backs>{_CHAIN_BELOW}) )?
      | (?<![基根样成资日版]) 本                                                   # 本条, 本款, 本章
        (?P<here> 款(?![项待物]) | 条(?![例件约线路款]) | 项(?!目) | 章(?!程) | 节(?![目约省]) | 编(?!制) )
        (?: {GAP} 的? {GAP} (?P<heres>{_CHAIN_BELOW}) )?
      | (?P<bare>{_CHAIN})
    )
    """,
    re.VERBOSE,
)
_LINK = re.compile(
    rf"""
    (?P<through> {GAP} (?: 至 | 到 | — | － | - | ～ | ~ ) {GAP} )? 第? {GAP}
    (?: 附件 [ \u3000]? (?P<annex>{NUMERAL})
      | 前 (?P<first>{NUMERAL}) 款
      | [（(]? {GAP} (?P<number>{NUMERAL}) {GAP} [）)]? )
    (?: {GAP} (?P<word> 分编 | 编 | 章 | 节 | 条 | 款 | 项 | 目 | 自然段 | 部分 ) )?
    (?: {GAP} 之 {GAP} (?P<branch> [一二三四五六七八九十]{{1,3}} ) (?!般) )?
    """,
    re.VERBOSE,
)
_LEVELS = (
    Kind.ANNEX,
    Kind.PART,
    Kind.SUBPART,
    Kind.CHAPTER,
    Kind.SECTION,
    Kind.HEADING,
    Kind.ARTICLE,
    Kind.PARAGRAPH,
    Kind.ITEM,
    Kind.SUBITEM,
)
_LEVEL = {kind: level for level, kind in enumerate(_LEVELS)}
_DIVISION_LEVELS = range(_LEVEL[Kind.PART], _LEVEL[Kind.ARTICLE])

_NAME_WINDOW = 48  # characters before 第 in which a name without 书名号 is looked for
_RUN = re.compile("[\u4e00-\u9fff（）()]*")
_FILLER = re.compile(r"(?:规定)?(?:总则|分则)?(?:里面|中|里)?的?[ \u3000]*\Z")
_BARE_TYPES = "准则|条例|规则|规定|办法|细则|章程|党章|法典|法|通则"
_ENDS_LIKE_A_NAME = re.compile(rf"(?:{_BARE_TYPES})(?:[（(][^（()）]{{1,8}}[）)])?\Z")
_NO_NAMES = re.compile("[依非违合执司做看用说方普守无]法")
_LEADING = re.compile(
    rf"""
    .* (?: 依照 | 依据 | 根据 | 按照 | 违反 | 适用 | 参照 | 比照 | 对照 | 符合 | 触犯 | 构成 | 属于 | 不属
         | 具有 | 具备 | 存在 | 执行 | 遵守 | 结合 | 行使 | 影响 | 包括 | 删去 | 达到 | 涉嫌 | 认定为 | 认为
         | 作为 | 关于 | 以及 | 或者 | 同时 | 其中 | 所称 | 是指 | 的 | 之 | 修[正改订][前后]
         | 实施(?! 细则 | 办法 | 条例 | 意见 | 规定 )
         | (?<![国所公私享拥共]) 有 (?! [线关限色效害机] ) | (?:{TYPES}) [和与及或] )
  | [（(] [^（()）]* [）)]
  | [有犯受到除于就由在将把按照据依是为经对和与及或因如即至系] (?! 线 | 外 | 员 | 济 )
    """,
    re.VERBOSE,
)
_POINTS_ELSEWHERE = re.compile(rf"(?:该|原|新|旧|此|上述|前述|上列|各)(?:{_BARE_TYPES})\Z")
_MOST_IN_A_RANGE = 500


def find_citations(text: str, known: Container[str] = ()) -> list[FoundCitation]:
    """Return every citation in a text, in reading order; linear time.

    A name without 书名号 right before a number (刑法第三条) is the longest one `known` holds, else what is left when
    customary lead words (依照, 违反) are cut.
    """
    found: list[FoundCitation] = []
    floor = 0
    for match in _MENTION.finditer(text):
        found += _read(match, text[max(floor, match.start() - _NAME_WINDOW) : match.start()], known)
        floor = match.end()
    return found


def points_elsewhere(title: str) -> bool:
    """Say whether a name only points at a text named before: 该条例, 原办法."""
    return _POINTS_ELSEWHERE.match(title) is not None


def parse_question(question: str, titles: TitleIndex) -> tuple[Citation, ...]:
    """Return the provisions a question names: 问责条例第六条说了什么, 第七条至第九条, 《准则》第三条的规定.

    A name that stands for one work becomes its full title, an ambiguous or unknown one stays as written (ask
    `titles.resolve`). A bare 第六条 belongs to the one title the question mentions, if it is one. Ranges are filled.
    """
    mentions = titles.find_in(question)
    works = {mention.titles for mention in mentions}
    only = next(iter(works))[0] if len(works) == 1 and len(next(iter(works))) == 1 else ""
    cited: list[Citation] = []
    for found in find_citations(question, titles):
        if not found.citation.units or found.relation in (Relation.HERE, Relation.PRECEDING):
            continue
        citation = _in_question(found, question, titles, only)
        cited += _between(cited[-1], citation) if found.through and cited else ()
        cited.append(citation)
    return tuple(dict.fromkeys(cited))


_YEAR_BEFORE = re.compile(r"((?:19|20)\d\d)年?(?:版本?|修订版?|修正版?|新修订)?的?\Z")


def _in_question(found: FoundCitation, question: str, titles: TitleIndex, only: str) -> Citation:
    candidates = titles.resolve(found.citation.title) if found.citation.title else ()
    title = candidates[0] if len(candidates) == 1 else found.citation.title or only
    year = _YEAR_BEFORE.search(question[max(0, found.start - 12) : found.start]) if found.citation.title else None
    return replace(found.citation, title=title, edition=found.citation.edition or (year[1] if year else ""))


def _between(first: Citation, last: Citation) -> Iterator[Citation]:
    """Yield what lies strictly between the two ends of a range of the same kind in the same place."""
    if not first.units or first.units[:-1] != last.units[:-1] or first.units[-1].kind is not last.units[-1].kind:
        return
    begin, end = first.units[-1].number, last.units[-1].number
    if begin is None or end is None or end - begin > _MOST_IN_A_RANGE:
        return
    for number in range(begin + 1, end):
        yield replace(first, units=(*first.units[:-1], Unit(last.units[-1].kind, number)))


def _read(match: re.Match[str], before: str, known: Container[str]) -> list[FoundCitation]:
    """Return the citations of one match; `before` is the text in front of it, up to the match before."""
    if match["title"]:
        return _named(match, before)
    if match["self"]:
        return _chained(match, "selfs", FoundCitation(*_span(match), Citation(), Relation.SELF, head=match["self"]))
    if match["back"]:
        count = to_int(match["count"]) if match["count"] else 1
        head = FoundCitation(*_span(match), Citation(), Relation.PRECEDING, UNIT_KINDS[match["unit"]], count)
        return _chained(match, "backs", head)
    if match["here"]:
        head = FoundCitation(*_span(match), Citation(), Relation.HERE, UNIT_KINDS[match["here"]])
        return _chained(match, "heres", head)
    return _bare(match, before, known)


def _span(match: re.Match[str]) -> tuple[int, int, str]:
    return match.start(), match.end(), match[0]


def _named(match: re.Match[str], before: str) -> list[FoundCitation]:
    if before.endswith("本") and is_generic(match["title"]):  # 本《办法》第七条
        head = FoundCitation(*_span(match), Citation(), Relation.SELF, head="本" + match["title"])
        return _chained(match, "titled", head)
    title = f"《{match['title']}》{match['tail']}" if match["tail"] else match["title"]
    cited = Citation(title, (), iso_date(match) if match["year"] else "")
    return _chained(match, "titled", FoundCitation(*_span(match), cited, Relation.NAMED))


def _bare(match: re.Match[str], before: str, known: Container[str]) -> list[FoundCitation]:
    name, start = _name_before(before, match.start(), known)
    words = before[len(before) - (match.start() - start) :] + match[0]
    head = FoundCitation(start, match.end(), words, Citation(name), Relation.NAMED)
    if not name:
        head = replace(head, relation=Relation.BARE)
    elif name.startswith("本"):
        head = replace(head, relation=Relation.SELF, citation=Citation(), head=name)
    return _chained(match, "bare", head)


def _name_before(before: str, end: int, known: Container[str]) -> tuple[str, int]:
    """Return the name without 书名号 that ends a text which itself ends at offset `end`, and where it starts."""
    bare = _FILLER.sub("", before)
    if not _ENDS_LIKE_A_NAME.search(bare):
        bare = before
    run = _RUN.match(bare[::-1])  # backwards, so that it is one scan
    name = _trimmed(run[0][::-1], known) if run else ""
    return (name, end - len(before) + len(bare) - len(name)) if name else ("", end)


def _trimmed(run: str, known: Container[str]) -> str:
    """Return the name that ends a run of characters, "" for none."""
    for start in range(len(run) - 1):
        if run[start:] in known and not has_another_owner(run[:start]):
            return run[start:]
    if not _ENDS_LIKE_A_NAME.search(run):
        return ""
    while lead := _LEADING.match(run):
        run = run[lead.end() :]
    elsewhere = _POINTS_ELSEWHERE.search(run)
    if elsewhere:
        return elsewhere[0]
    return "" if is_generic(run) or _NO_NAMES.fullmatch(run) else run


def _chained(match: re.Match[str], group: str, head: FoundCitation) -> list[FoundCitation]:
    """Return the head with the addresses of its chain, one citation for each; the head alone without a chain."""
    chain = match[group]
    if not chain:
        return [] if head.relation is Relation.SELF else [head]
    base, offset = head.citation, match.start(group)
    found: list[FoundCitation] = []
    for units, start, end, through in _addresses(chain):
        begin = offset + start if found else head.start
        words = head.words[begin - head.start : offset + end - head.start]
        citation = Citation(base.title, units, base.edition)
        if found and head.kind and units[0].kind is Kind.ARTICLE:  # 前款第二项和第十四条: the head reaches no further
            head = replace(head, relation=Relation.BARE, kind=None, count=1)
        found.append(replace(head, start=begin, end=offset + end, words=words, citation=citation, through=through))
    if not found and base.title:  # a title with a numeral that is none, 《…》第一百二条
        return [replace(head, end=offset, words=head.words[: offset - head.start])]
    return found


def _addresses(chain: str) -> list[tuple[tuple[Unit, ...], int, int, bool]]:
    """Split a chain into addresses: their units, span in the chain, and whether they end a range."""
    found: list[tuple[tuple[Unit, ...], int, int, bool]] = []
    end_before = -1
    for unit, start, end, through in _links(chain):
        between = chain[max(end_before, 0) : start].strip(" \t\u3000\xa0的")
        adjacent = found and not between and _LEVEL[unit.kind] > _LEVEL[found[-1][0][-1].kind]
        if adjacent:
            units, begin, _, ranged = found.pop()
            found.append(((*units, unit), begin, end, ranged))
        else:
            above = found[-1][0] if found else ()
            found.append(((*_inherited(above, unit.kind), unit), start, end, through))
        end_before = end
    return found


def _inherited(above: Sequence[Unit], kind: Kind) -> tuple[Unit, ...]:
    """Return the units of the address before that a following number of this kind shares."""
    level = _LEVEL[kind]
    kept = tuple(unit for unit in above if _LEVEL[unit.kind] < level)
    if kind is Kind.ARTICLE:
        return tuple(unit for unit in kept if _LEVEL[unit.kind] not in _DIVISION_LEVELS)
    return kept


def _links(chain: str) -> Iterator[tuple[Unit, int, int, bool]]:
    """Yield each number of a chain with its span; 第二、三条 takes 条 for both, the words behind joins are left out."""
    links = list(_LINK.finditer(chain))
    kinds = _kinds(links)
    for link, kind in zip(links, kinds, strict=True):
        start = link.end("through") if link["through"] else link.start()
        for unit in _units(link, kind):
            yield unit, start, link.end(), bool(link["through"])


def _kinds(links: list[re.Match[str]]) -> list[Kind]:
    """Return what each number counts: its own word, else the next number's word, else 项."""
    kinds: list[Kind] = []
    following = Kind.ITEM
    for link in reversed(links):
        if link["word"]:
            following = UNIT_KINDS[link["word"]]
        kinds.append(Kind.ANNEX if link["annex"] else Kind.PARAGRAPH if link["first"] else following)
    return kinds[::-1]


def _units(link: re.Match[str], kind: Kind) -> Iterator[Unit]:
    try:
        number = to_int(link["number"] or link["annex"] or link["first"])
        branch = to_int(link["branch"]) if link["branch"] else 0
    except ValueError:
        return
    if link["first"]:
        yield from (Unit(Kind.PARAGRAPH, n) for n in range(1, min(number, 20) + 1))
    else:
        yield Unit(kind, number, branch, f"第{to_chinese(number)}部分" if link["word"] == "部分" else "")
