"""What is said of a regulation whose text is not in the base (正文未入库): the catalogue's facts, never its words."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.citation import Citation, edition_words
from corpus.model import Kind
from corpus.numerals import to_chinese
from corpus.unread import READ_BY, Known
from corpus.validity import Status

UNREAD = "正文未入库"
_WORDS = {
    Status.IN_FORCE: "现行有效",
    Status.UNKNOWN: "效力不详",
    Status.REPEALED: "已废止",
    Status.SUPERSEDED: "已被修订或取代",
    Status.NOT_YET_IN_FORCE: "尚未施行",
}
_CONFIDENCE = {"derived": "（日期由资料推算）", "memory": "（只知其名，未见资料）"}


@dataclass(frozen=True, slots=True)
class Beyond:
    """A citation of a 条 that a text cannot have, by the number of its articles; `range` is what it has."""

    message: str
    range: str


def described(known: Known) -> str:
    """Return what is known of a text in one sentence: its dates, status, successor and number of 条."""
    entry = known.entry
    acts = [(entry.adopted, "通过"), (entry.issued, "公布")]
    dates = [f"{_date(day)}{act}" for day, act in acts if day]
    dates.append(f"自{_date(entry.effective)}起施行" if entry.effective else "施行日期不详")
    until = f"（截至{READ_BY.year}年{READ_BY.month}月）" if known.status is Status.IN_FORCE and not entry.own else ""
    parts = [*dates, _WORDS[known.status] + until]
    if entry.superseded_by and known.status in (Status.SUPERSEDED, Status.REPEALED):
        parts.append(f"后来的文本是{entry.superseded_by}")
    if entry.articles is not None:
        parts.append(f"共{entry.articles}条" if entry.articles else "不分条")
    return f"目录载：《{entry.title}》{'，'.join(parts)}{_CONFIDENCE.get(entry.confidence, '')}"


def beyond(citation: Citation, known: Known) -> Beyond | None:
    """Return why a cited 条 cannot be there, None where it may be or the number of articles is not known."""
    count = known.entry.articles
    cited = next((unit for unit in citation.units if unit.kind is Kind.ARTICLE), None)
    if count is None or cited is None or cited.number is None or cited.number <= count:
        return None
    if not count:
        return Beyond(f"《{known.entry.title}》不分条，没有{cited}", "")
    last = f"第{to_chinese(count)}条"
    return Beyond(f"《{known.entry.title}》共{count}条，没有{cited}", f"第一条至{last}" if count > 1 else last)


def _date(iso: str) -> str:
    return edition_words(iso)[1:-1]
