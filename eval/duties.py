"""Rows of the duty table drawn by chance, to be judged by a human (职责清单评测).

Whether each row's deed stands in the sentence it cites, and that sentence in its edition, is counted over all rows; who
acts and how often is for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from answer.lesson.duties import Duty, duties
from answer.topic import clauses_of
from corpus.errors import InputError
from danggui.duties import is_norm
from danggui.lookup import LookUp

WORKS = "支部|党员|基层组织|党费|党务公开|三会一课|组织生活"
_BEFORE = 70  # characters shown before a row's sentence


@dataclass(frozen=True, slots=True)
class DutyReport:
    """The rows of a duty table and those among them whose words are not exact."""

    rows: tuple[Duty, ...]
    faults: tuple[Duty, ...]

    def sample(self, count: int, seed: int, without: Collection[int] = ()) -> list[Duty]:
        """Return at most `count` rows drawn by chance, in their order; the same for the same seed.

        What the seeds in `without` draw at the same count is left out, so that a sample can be fresh.
        """
        places = range(len(self.rows))
        seen = {place for other in without for place in Random(other).sample(places, min(count, len(places)))}
        left = [place for place in places if place not in seen]
        return [self.rows[place] for place in sorted(Random(seed).sample(left, min(count, len(left))))]

    def to_json(self) -> dict[str, object]:
        """Return the figures."""
        return {"rows": len(self.rows), "not_exact": len(self.faults), "faults": [one.to_json() for one in self.faults]}


def measure(lookup: LookUp, works: str, on: date) -> DutyReport:
    """Read the duties of the editions that count on a day and whose titles match; raises InputError for no pattern."""
    try:
        named = re.compile(works)
    except re.error as error:
        raise InputError(f"{works} 不是正则表达式（{error}）；如 支部|党员") from error
    rows: list[Duty] = []
    for info in lookup.counting(on):
        if named.search(info.title) and is_norm(info.title):
            rows += duties(clauses_of(lookup.locator(info.id), lookup.status(info.id, on)))
    return DutyReport(tuple(rows), tuple(one for one in rows if not is_exact(one, lookup)))


def is_exact(one: Duty, lookup: LookUp) -> bool:
    """Tell whether a row's deed stands in the sentence it cites, and that sentence at its place in the edition."""
    source, deed = one.source, one.words(one.act)
    text = lookup.edition(source.edition_id).text
    return bool(deed) and deed in source.quote and text[source.start : source.end] == source.quote


def lines(rows: list[Duty]) -> Iterator[str]:
    """Yield each row above the sentence it was read from."""
    for number, one in enumerate(rows, 1):
        before = one.text[max(0, one.source.start - _BEFORE) : one.source.start]
        period = one.cadence.name if one.cadence else ""
        yield f"{number}. {one.source.label}: {one.actor} | {one.words(one.modal)} | {one.deed} | {one.when} | {period}"
        yield f"   {' '.join(before.split())}【{' '.join(one.source.quote.split())}】"
