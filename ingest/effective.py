"""When a text says it enters into force and until when (施行日期、有效期): 自2019年1月1日起施行，有效期五年.

Only the text's own clause counts (本条例自…起施行; 现予公布，自…起施行), not what it says of other rules, of a single
article (第九条自…起施行), of rules in general (规章应当自公布之日起三十日后施行) or of a licence (许可证有效期五年).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.numerals import NUMERAL, to_int
from ingest.dates import DATE_PATTERN, add_days, add_months, iso_of


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


@dataclass(frozen=True, slots=True)
class Term:
    """How long a text is valid as stated (有效期): until the day `until`, else for `months` from its entry into force.

    `lapses` tells that the text itself ends with it (期满自动失效).
    """

    words: str
    until: str = ""
    months: int = 0
    lapses: bool = False

    def ends(self, effective: str) -> str:
        """Return the last day of the term, given the ISO date of entry into force; "" where it cannot be told.

        有效期五年 from 2018-03-01 ends on 2023-02-28; from a date cut to month or year, in that month or year.
        """
        return self.until or add_months(effective, self.months)


_DO = r"(?:正式|开始|全面|组织)?(?:施行|实施|生效|执行|试行|实行)(?=[^\u4e00-\u9fff]|\Z|至)"
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
            if first is None and _is_own(words, match):
                first = _entry(match)
            elif first and _REVISED.search(words[max(0, match.start() - 20) : match.start()]):
                return _entry(match)
    return first


def _is_own(sentence: str, match: re.Match[str]) -> bool:
    """Say whether an entry into force in a sentence is that of the text itself."""
    before = sentence[max(0, match.start() - 300) : match.start()]
    return _OWN.search(_ARTICLE.sub("", before)) is not None


def note_entry(header: str) -> Entry | None:
    """Return what a note under the title says without naming the text: （… 自发布之日起施行）, (2019.1.1起施行)."""
    match = _ENTRY.search(header)
    return _entry(match) if match else None


_TERM = re.compile(
    rf"""
    (?: (?: 有效 | [试施实执]行 | 实施 | 适用 ) (?: 期限? | 时间 ) \s?
        (?: (?: 截? [至到] | 截止 [到至于]? | 延[长续]至 | 自 (?: {DATE_PATTERN} ) 起? 至 ) \s?
            (?P<until> {DATE_PATTERN} )
          | [为是]? 暂?定?为? \s? (?P<count> {NUMERAL} ) \s? 个? (?P<unit> [年月] ) )
      | 至 \s? (?P<last> {DATE_PATTERN} ) (?: 止 | 有效 | 失效 )?
    )
    """,
    re.VERBOSE,
)
_TERM_SIGN = re.compile("有效期|有效时间|[试施实执]行(?:期|时间|至)|实施[期至]|适用期")
_CLAUSE = re.compile(r"[^，,、（(\s]+")
_TERM_OF = re.compile(rf"本\w{{0,6}}?(?:{_NOUN})的?(?=有效|[试施实执]行|实施|适用)")
_INTERPRETED = re.compile(rf"本\w{{0,6}}?(?:{_NOUN})由[^。；]{{0,60}}解释")
_LAPSES = re.compile("(?:自动|自行|自然|即行|即)(?:失效|废止|终止)|(?:期满|届满|到期)后?(?:失效|废止)")
_LAPSE_WINDOW = 60  # characters behind a term in which a text says that it lapses


def find_term(body: str) -> Term | None:
    """Return the term of validity that a text gives itself, a named last day before a length; None without one.

    The term begins a clause of the sentence in which the text enters into force, or of the next one, or belongs to
    the text by its words: 本办法有效期五年.
    """
    if not _TERM_SIGN.search(body):
        return None
    found, entered = [], False
    for sentence in _SENTENCE.finditer(body):
        words = sentence.group()
        enters = bool(_QUICK.search(words)) and _enters(words)
        if entered or enters or _TERM_SIGN.search(words):
            own = entered or enters or bool(_INTERPRETED.search(words))
            after = body[sentence.end() : sentence.end() + _LAPSE_WINDOW]
            found += [_term(match, words[match.end() :] + after) for match in _terms(words, own=own)]
        entered = enters
    return next((term for term in found if term.until), found[0] if found else None)


def _enters(sentence: str) -> bool:
    return any(_is_own(sentence, match) for match in _ENTRY.finditer(sentence))


def _terms(sentence: str, *, own: bool) -> Iterator[re.Match[str]]:
    """Yield the terms in a sentence that stand right behind 本办法 or, in an `own` sentence, begin a clause."""
    for clause in _CLAUSE.finditer(sentence):
        subject = _TERM_OF.match(clause.group())
        start = clause.start() + (subject.end() if subject else 0)
        match = _TERM.match(sentence, start) if subject or own else None
        if match:
            yield match
    for entry in _ENTRY.finditer(sentence) if own else ():
        match = _TERM.match(sentence, entry.end())  # 自…起施行至2022年12月31日
        if match:
            yield match


def _term(match: re.Match[str], after: str) -> Term:
    lapses = _LAPSES.search(after[:_LAPSE_WINDOW]) is not None
    until = iso_of(match["until"] or match["last"] or "")
    count = to_int(match["count"]) if match["count"] else 0
    return Term(match.group(), until, count * (12 if match["unit"] == "年" else 1), lapses)


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
