"""The duty table as a workbook (职责清单)."""

from __future__ import annotations

from collections.abc import Sequence

from answer.lesson.duties import MODE_WORDS, Duty
from danggui import workbooks

_COLUMNS = (
    ("序号", 7),
    ("主体", 20),
    ("性质", 8),
    ("行为", 46),
    ("频次、期限", 18),
    ("周期", 8),
    ("依据", 30),
    ("条款原文", 54),
)


def _cells(number: int, one: Duty) -> tuple[str, ...]:
    source = one.source.cited
    period = one.cadence.name if one.cadence else ""
    return (str(number), one.actor, MODE_WORDS[one.mode], one.deed, one.when, period, source, one.source.quote)


def xlsx_of(rows: Sequence[Duty]) -> bytes:
    """Return the table as a workbook of one sheet."""
    table = (_cells(number, one) for number, one in enumerate(rows, 1))
    return workbooks.as_bytes(workbooks.table("职责清单", _COLUMNS, table))
