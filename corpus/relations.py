"""How a text stands to those it names (规范之间的关系): made under them, carrying them out, ending them, citing them.

A reference tells what is named, the sentence around it how: 根据《甲》，制定本办法 rests on it, 为贯彻落实《甲》，制定…
carries it out, 《甲》同时废止 ends it, all else cites it.
A title such as 某省实施《甲》办法 or 甲实施细则 carries out 甲.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.citation import Citation
from corpus.model import Reference
from corpus.titles import work_key
from corpus.validity import EditionInfo

_ENDS = re.compile(r"[。\n]")
_FAR = 400  # characters of a sentence that are looked at on either side
_UNDER = re.compile(r"根据|依据|依照|按照|遵照")
_CARRYING = re.compile(r"(?:贯彻|落实|实施|执行)[^，。]{0,6}(?:《[^》]*》[^《，。]{0,30}[、和及以，]*)*$")
_MADE = re.compile(
    r"(?:制定|制订|制发|订立|修订)(?:如下|以下|本|此|[^，。]{0,12}(?:制度|办法|细则|规定|意见|方案|章程)$)"
    r"|现就|现提出|提出(?:如下|以下)|通知如下"
)
_ENDED = re.compile(r"废止|失效|停止执行|停止施行")
_TITLE = re.compile(
    r"(?:实施|贯彻(?:落实|执行)?|落实|执行)《(?P<named>[^《》]+)》"
    r"|^《?(?P<under>[^《》]+?(?:条例|规定|办法|规则|准则|章程|法))》?实施(?:细则|办法|条例|意见|规定)"
)


class Tie(StrEnum):
    """How a text stands to another."""

    BASED_ON = "based_on"  # 依据: 根据……制定
    IMPLEMENTS = "implements"  # 实施: 贯彻、实施……
    REPEALS = "repeals"  # 废止
    CITES = "cites"  # 引用


@dataclass(frozen=True, slots=True)
class Tied:
    """One place of a text that ties it to another one; `path` is "" for the title or the facts of the text.

    `title` is the other one's as cited, without 《》; `reference` is None where no words of the text say it.
    """

    tie: Tie
    title: str
    path: str = ""
    reference: Reference | None = None


def ties(info: EditionInfo, text: str, references: Iterable[Reference]) -> Iterator[Tied]:
    """Yield what ties an edition to other texts: its title, its references in order, then repeals no words tell."""
    if carried := implemented(info.title):
        yield Tied(Tie.IMPLEMENTS, carried)
    ended = set()
    for reference in references:
        if not reference.citation:
            continue
        title = Citation.parse(reference.citation).title
        tie = _tie(text, reference, work_key(title) in info.repealed_works)
        ended |= {work_key(title)} if tie is Tie.REPEALS else set()
        yield Tied(tie, title, reference.path, reference)
    for title in info.metadata.repeals:
        if work_key(title) not in ended:
            yield Tied(Tie.REPEALS, title)


def implemented(title: str) -> str:
    """Return the title of the regulation that a title says it carries out, "" for none."""
    match = _TITLE.search(title)
    return (match["named"] or match["under"]) if match else ""


def _tie(text: str, reference: Reference, repealed: bool) -> Tie:
    before = _ENDS.split(text[max(0, reference.start - _FAR) : reference.start])[-1]
    behind = _ENDS.split(text[reference.end : reference.end + _FAR], maxsplit=1)[0]
    if repealed and _ENDED.search(behind):
        return Tie.REPEALS
    if not _MADE.search(behind):
        return Tie.CITES
    under, carrying = list(_UNDER.finditer(before)), _CARRYING.search(before)
    if carrying and (not under or under[-1].start() < carrying.start()):
        return Tie.IMPLEMENTS
    return Tie.BASED_ON if under else Tie.CITES
