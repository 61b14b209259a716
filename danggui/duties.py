"""The duties of a topic or of an organ, from what counts on a day (职责清单、履职日历)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from answer.lesson.duties import Duty, duties
from answer.lesson.organs import duties_of, organ_pattern
from answer.topic import Clause, clauses_of
from corpus.errors import InputError, NotFoundError
from danggui.base import KnowledgeBase
from danggui.topics import topic_of

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
        raise InputError("请写明主题（法规、章、主题词），或用 --organ 指明主体，如 --organ 党支部")
    clauses = topic_of(base, topic, on).clauses if topic else _speaking_of(base, organ, on, region)
    found = list(duties_of(organ, duties(clauses)) if organ else duties(clauses))
    if not found:
        whose = f"{organ}的" if organ else ""
        raise NotFoundError(
            f"没有找到{whose}职责（应当、不得、可以、定期要做的事）；请换一个主题或主体，或先导入有关法规"
        )
    return found


def _speaking_of(base: KnowledgeBase, organ: str, on: date, region: str) -> Iterator[Clause]:
    """Yield the clauses in which an organ, or every party organisation, is spoken of."""
    pattern = organ_pattern(organ)
    for info in sorted(base.lookup.infos.values(), key=lambda info: info.id):
        elsewhere = region and info.metadata.region and info.metadata.region != region
        if elsewhere or not is_norm(info.title) or not base.lookup.counts(info, on):
            continue
        locator, status = base.lookup.locator(info.id), base.lookup.status(info.id, on)
        for clause in clauses_of(locator, status):
            above = "".join(node.heading for node in locator.ancestors(clause.provision))
            if pattern.search(clause.text) or "组织" in clause.text or pattern.search(above):
                yield clause
