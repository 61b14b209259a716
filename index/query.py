"""What a question says about the texts it is put to (读懂问题): a day, an edition, a level, the county's own rules.

Only what is clearly about validity counts. A year is often part of the matter (2020年脱贫), so it picks a day or an
edition only beside words such as 版, 时适用的, 修订前; what a user sets by option wins over all of this.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from index.case import read_case
from index.synonyms import formal_terms

LEVELS = ("党章", "准则", "条例", "规则", "规定", "办法", "细则")

_DAY = r"(?P<year>(?:19|20)\d{2})\s*年(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?)?"
_AT = re.compile(rf"{_DAY}\s*(?:的时候|时|当时|那时候?|那会儿|期间)?\s*(?:所?适用|有效|生效|施行|实行|执行|在用)的?")
_EDITION = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*年?\s*(?:修订|修正|修改|印发|发布|颁布)?的?\s*(?:版本?|修订[版本]|旧版)"
)
_EARLIER = re.compile(
    r"修订(?:之|以)?前|修改(?:之|以)?前|旧(?:版|条例|规定|准则|办法|细则|党章)|原(?:版|来的)(?:条例|规定|准则|办法|细则|党章)?|老(?:版|条例|规定)|上一版|前一版"
)
_ONLY_LEVEL = re.compile(rf"(?:只|仅)(?:看|查|找|要|限)(?:于|在)?(?:党内)?(?P<level>{'|'.join(LEVELS)})")
_LOCAL = re.compile(
    r"(?:我们|咱们|本|我|全)县|县里|县级|县委|县上|(?:我们|本)(?:市|乡镇|镇|乡)|当地|地方(?:上)?的?(?:规定|办法|细则|制度)"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched: `text` with the formal terms for its everyday words, `matter` as it was put, but
    for the words that pick a day.

    `on` is the day whose law is asked for; `edition` a year that names an edition (2018年版); `earlier` asks for the
    edition before the present one; `level` is the only level wanted; `local` asks for local rules first; `facts` is
    the last day that a case description names. None or "" where the question does not say.
    """

    text: str
    matter: str
    on: date | None = None
    edition: str = ""
    earlier: bool = False
    level: str = ""
    local: bool = False
    facts: date | None = None


def read_query(question: str) -> Query:
    """Read a question; the words of a day or level stay in the text, negations untouched."""
    day, edition, level = _AT.search(question), _EDITION.search(question), _ONLY_LEVEL.search(question)
    case = read_case(question)
    return Query(
        question if case else " ".join((question, *formal_terms(question))),
        question if case else _AT.sub("", question),
        _last_day(day) if day else None,
        edition["year"] if edition and not day else "",
        _EARLIER.search(question) is not None and not (day or edition),
        level["level"] if level else "",
        _LOCAL.search(question) is not None,
        case.facts if case else None,
    )


def _last_day(match: re.Match[str]) -> date | None:
    """Return the last day of the year, month or day named, None for one that is not in the calendar."""
    year, month, day = int(match["year"]), int(match["month"] or 12), int(match["day"] or 0)
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None
