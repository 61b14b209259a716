"""A case is a question of many sentences (案情): who did what, and when, with the behaviour buried in it.

The whole description names too much for one ranking, so each sentence is a question of its own, and a provision's
score is the sum of what it is to each, raised to a power: one sentence that fits well counts more than many that fit a
little (between the sum and the maximum of Fox and Shaw, "Combination of multiple searches", TREC-2, 1994). What a case
asks for is a sanction, so regulations on sanctions (处分条例) come forward, the party's where a party member acted.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from corpus.titles import work_key

_LENGTH = 120  # characters; shorter texts are questions
_SENTENCES = 3
_SHORTEST = 6  # characters of a sentence that says anything
_SENTENCE_WEIGHT = 0.5  # beside the whole description's 1
_POWER = 4
_SANCTIONS = 1.0  # share by which a regulation on the sanctions asked for is raised

_PERSON = re.compile(r"[\u4e00-\u9fff]某+|【案[情例]|当事人|(?<![\u4e00-\u9fff])[甲乙丙丁](?![级等方])")
_END = re.compile(r"[。；;！？!?\n]")
_NOISE = re.compile(
    r"""
    【[^】\n]{0,20}】 | 案例[一二三四五六七八九十\d]{1,2} | [（(][^（()）\n]{0,30}[）)]
    | \d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?[至初底末]? | [\u4e00-\u9fff]某+ | [A-Z甲乙丙丁]?[省市县乡镇村]
    | \d[\d.,]*余?[万亿]?[元名人次]? | (?:中共)?党员[，,]
    """,
    re.VERBOSE,
)
_PARTY = re.compile(r"党员|违纪|党纪|党[委组]|党(?:总)?支部|党籍")
_DAY = re.compile(r"((?:19|20)\d{2})年(?:(\d{1,2})月)?(?:(\d{1,2})日)?")
_SANCTION = re.compile(r"处分(?:条例|(?:暂行)?规定|办法|法)")
_PROCEDURE = re.compile(r"权限|程序|事项")

Found = TypeVar("Found", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Case:
    """A description of facts: weighted questions, the whole first; whether a party member acted; the last day named."""

    queries: tuple[tuple[str, float], ...]
    party: bool
    facts: date | None = None

    def prior(self, title: str) -> float:
        """Return the factor by which provisions of a title are raised."""
        name = work_key(title)
        if not _SANCTION.search(name) or _PROCEDURE.search(name):
            return 1.0
        return 1.0 + _SANCTIONS * (self.party == ("党" in name))


def read_case(text: str) -> Case | None:
    """Read the description of a case, None for a text that is none: short, of few sentences, or about nobody."""
    if len(text) < _LENGTH or not _PERSON.search(text):
        return None
    cleaned = _NOISE.sub(" ", text)
    sentences = [sentence for sentence in _END.split(cleaned) if len(re.sub(r"\W", "", sentence)) > _SHORTEST]
    if len(sentences) < _SENTENCES:
        return None
    queries = ((cleaned, 1.0), *((sentence.strip(), _SENTENCE_WEIGHT) for sentence in sentences))
    return Case(queries, _PARTY.search(text) is not None, _last_day(text))


def merged(case: Case, rankings: Sequence[Sequence[tuple[Found, str, float]]]) -> list[tuple[Found, float]]:
    """Merge the rankings of a case's queries, in their order, into one, best first.

    A ranking holds (what was found, its title, its score above 0); what was found is counted once in each.
    """
    totals: dict[Found, float] = {}
    for (_, weight), ranking in zip(case.queries, rankings, strict=True):
        raised = [(found, score * case.prior(title)) for found, title, score in ranking]
        best = max((score for _, score in raised), default=0.0)
        for found, score in raised if best > 0 else ():
            totals[found] = totals.get(found, 0.0) + weight * max(score / best, 0.0) ** _POWER
    return sorted(totals.items(), key=lambda entry: -entry[1])


def _last_day(text: str) -> date | None:
    """Return the latest day that a text names, of a month or year its last that every month has."""
    days = []
    for year, month, day in _DAY.findall(text):
        try:
            days.append(date(int(year), int(month or 12), int(day or 28)))
        except ValueError:
            continue
    return max(days, default=None)
