"""The duties of a topic or of an organ, from what counts on a day (职责清单、履职日历)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from weakref import WeakKeyDictionary

from answer.lesson.duties import Duty, duties
from answer.lesson.organs import duties_of, organ_pattern
from answer.topic import Clause, clauses_of
from corpus.errors import InputError, NotFoundError
from corpus.locate import Locator
from danggui.base import KnowledgeBase
from danggui.lookup import LookUp
from danggui.topics import topic_of

_MOST = 4096  # editions with an organ that are kept of a base
# Reading all editions takes a second; what was read goes with the base that it was read from.
_KEPT: WeakKeyDictionary[LookUp, dict[tuple[str, str, str], tuple[Duty, ...]]] = WeakKeyDictionary()
_NORM = re.compile(
    r"条例|规定|办法|细则|规则|准则|章程|法|制度|意见|通知|决定|决议|方案|机制|规范|要求|措施|若干|规程|职责"
)


def is_norm(title: str) -> bool:
    """Tell whether a text of a title sets rules; a report or a speech does not."""
    return _NORM.search(title) is not None and not title.endswith("报告")


def duties_for(base: KnowledgeBase, topic: str, organ: str, on: date, region: str = "") -> list[Duty]:
    """Return the duties that the clauses of a topic set, or those of an organ in all texts that count on a day.

    With a region, other regions' texts are left out; those of no region count everywhere. Raises InputError where
    neither topic nor organ is given, NotFoundError where nothing is found.
    """
    if not (topic or organ):
        raise InputError("请写明主题（法规、章、主题词），或主体（organ），如党支部")
    if topic:
        all_ = duties(topic_of(base, topic, on).clauses)
        found = list(duties_of(organ, all_) if organ else all_)
    else:
        found = list(_anywhere(base, organ, on, region))
    if not found:
        whose = f"{organ}的" if organ else ""
        raise NotFoundError(
            f"没有找到{whose}职责（应当、不得、可以、定期要做的事）；请换一个主题或主体，或先导入有关法规"
        )
    return found


def to_json(topic: str, organ: str, on: date, rows: Sequence[Duty]) -> dict[str, object]:
    """Return the JSON object of the contract."""
    return {"topic": topic, "organ": organ, "as_of": on.isoformat(), "duties": [one.to_json() for one in rows]}


def _anywhere(base: KnowledgeBase, organ: str, on: date, region: str) -> Iterator[Duty]:
    """Yield the duties of an organ in the editions that count on a day."""
    kept = _KEPT.setdefault(base.lookup, {})
    for info in base.lookup.counting(on):
        elsewhere = region and info.metadata.region and info.metadata.region != region
        if not elsewhere and is_norm(info.title):
            status = base.lookup.status(info.id, on)
            key = info.id, status.value, organ
            found = kept.get(key)
            if found is None:
                found = _in_edition(base.lookup.locator(info.id), status, organ)
                if len(kept) >= _MOST:  # organs are named freely
                    kept.clear()
                kept[key] = found
            yield from found


def _in_edition(locator: Locator, status: str, organ: str) -> tuple[Duty, ...]:
    """Return the duties of an organ in the clauses that speak of it, or of party organisations."""
    pattern = organ_pattern(organ)

    def speaks(clause: Clause) -> bool:
        above = "".join(node.heading for node in locator.ancestors(clause.provision))
        return "组织" in clause.text or pattern.search(clause.text + above) is not None

    return tuple(duties_of(organ, duties(filter(speaks, clauses_of(locator, status)))))
