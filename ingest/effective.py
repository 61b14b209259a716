"""When a text says it enters into force (施行日期): 自2019年1月1日起施行, 自发布之日起施行, 自公布之日起30日后施行.

Only the text's own clause counts (本条例自…起施行; 现予公布，自…起施行), not what it says of other rules, of a single
article (第九条自…起施行) or of rules in general (规章应当自公布之日起三十日后施行).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.numerals import NUMERAL, to_int
from ingest.dates import DATE_PATTERN, add_days, iso_of


class Basis(StrEnum):
    """What an entry into force counts from."""

    DATE = "date"  # a day that the clause names
    ISSUE = "issue"  # 发布、公布、印发之日
    ADOPTION = "adoption"  # 通过、批准之日
    UNKNOWN = "unknown"  # stated, but not to be computed (公布之日起三个月后)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry into force as stated.

    `date` is set for Basis.DATE; `days` is what is added to the day of issue; `since` is the day of the text's last
    full issue, where a later amendment (修正) has left the clause as it was.
    """

    basis: Basis
    words: str
    date: str = ""
    days: int = 0
    since: str = ""

    def on(self, issued: str, adopted: str) -> str:
        """Return the ISO date of the entry, given the days of issue and adoption; "" where it cannot be told.

        「自发布之日起30日后」 is read as the day of issue plus thirty days; a day cut to month or year carries no days.
        """
        if self.basis is Basis.DATE:
            return self.date
        start = {Basis.ISSUE: self.since or issued, Basis.ADOPTION: adopted}.get(self.basis, "")
        return add_days(start, self.days) if self.days else start


_DO = r"(?:正式|开始|全面|组织)?(?:施行|实施|生效|执行|试行|实行)(?![\u4e00-\u9fff])"
_EVENT = "发布|公布|颁布|印发|下发|颁发|发文|公告|签发|通过|批准|备案|核准"
_ENTRY = re.compile(
    rf"""
    [自从于] [ \u3000]{{0,3}} (?P<date> {DATE_PATTERN} ) \s{{0,3}} (?: 起 | 开始 | 零时起 )? [，,]? {_DO}
    | [自从] \w{{0,10}}? (?P<event> {_EVENT} ) 之日 [起后]? [ \u3000]?
      (?: 满? (?P<lag> {NUMERAL} ) (?P<unit> 个?工作日 | 日 | 天 | 个?月 | 年 ) 之?后? )? 起? {_DO}
    | (?P<now> 即日 ) 起 {_DO}
    """,
    re.VERBOSE,
)
_NOUN = (
    "法|条例|规定|办法|细则|规则|准则|章程|制度|决定|通知|意见|方案|解释|标准|规范|规程|程序|公告|导则|公约|目录|清单|名录|"
    "预案|指南|指引|规划|纲要|要求|要点|职责|守则|措施|机制|流程|批复|命令|通告|安排|修正案|决议|承诺|计划"
)
_OWN = re.compile(
    rf"""
    (?: 本 \w{{0,6}}? (?:{_NOUN})  # 本条例
      | 现予?(?:公布|发布|印发) | 《[^《》]*》  # 《…》已经…通过，现予公布，
      | (?: ^ | [条\s，,] ) (?:{_NOUN}) | ^ | 附则  # 规则自…, 自…
    )
    (?: [（(][^（）()]{{0,30}}[）)] )?
    (?: [，,、\s] | 第[^条]{{1,6}}条\s | (?=[自从于即])
      | 由[^。；]{{0,80}}(?:解释|颁布|发布|通过)[^。；]{{0,20}}[，,]
      | 经[^。；]{{0,60}}[，,] | 已[^。；]{{0,200}}[，,] | 给你们[^。；]{{0,20}}[，,]
    ){{0,3}} $
    """,
    re.VERBOSE,
)
_ARTICLE = re.compile(
    r"^\s*(?:第[^条\s]{1,10}条|[0-9一二三四五六七八九十]{1,3}[、.．]|[（(][0-9一二三四五六七八九十]{1,3}[）)])\s*"
)
_BASES = {"通过": Basis.ADOPTION, "批准": Basis.ADOPTION, "备案": Basis.UNKNOWN, "核准": Basis.UNKNOWN}
_REVISED = re.compile(r"(?:修订|修改|修正)后?的?(?:内容|条款|条文|部分|规定)$")
_QUICK = re.compile(r"施行|实施|生效|执行|试行|实行")
_SENTENCE = re.compile(r"[^。；\n]+")


def find_entry(body: str) -> Entry | None:
    """Return what a text says of its own entry into force: the first such clause of its body, or None.

    Where a later clause gives the revised parts a day of their own, that day counts: 修订的内容自2025年9月1日起施行.
    """
    first: Entry | None = None
    for sentence in _SENTENCE.finditer(body):
        words = sentence.group()
        for match in _ENTRY.finditer(words) if _QUICK.search(words) else ():
            before = words[max(0, match.start() - 300) : match.start()]
            if first is None and _OWN.search(_ARTICLE.sub("", before)):
                first = _entry(match)
            elif first and _REVISED.search(before[-20:]):
                return _entry(match)
    return first


def note_entry(header: str) -> Entry | None:
    """Return what a note under the title says without naming the text: （… 自发布之日起施行）, (2019.1.1起施行)."""
    match = _ENTRY.search(header)
    return _entry(match) if match else None


def _entry(match: re.Match[str]) -> Entry:
    words = match.group()
    if match["date"]:
        iso = iso_of(match["date"])
        return Entry(Basis.DATE if iso else Basis.UNKNOWN, words, iso)
    if match["now"]:
        return Entry(Basis.ISSUE, words)
    basis = _BASES.get(match["event"], Basis.ISSUE)
    if not match["lag"]:
        return Entry(basis, words)
    if match["unit"] in ("日", "天"):
        return Entry(basis, words, days=to_int(match["lag"]))
    return Entry(Basis.UNKNOWN, words)
