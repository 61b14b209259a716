"""How a statement differs from the clause it is aligned with (差异): what is replaced, added, left out, negated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from answer.align import Letters

_SHORTEST_RUN = 2  # letters in a row; a single one stands there by chance
ALIGNED = 0.5  # share from which a statement is one about this clause
_NEAR = 8  # letters of a gap in the clause that a negation is looked for in
_MUCH = 2  # letters left out inside a phrase that may turn what it says
_TURNS = re.compile(r"[不无未非只仅]|没有|可以")  # turns a rule round, bounds it or makes it a permission
_EXCEPTION = re.compile(r"除|必要时|特殊情况|经")
_FILLERS = re.compile(r"(?:[的了等都要也和与及或并将对在]|应当?|以及|或者|党员|全党|这一说法)*")


@dataclass(frozen=True, slots=True)
class Gap:
    """Letters of a statement and letters of the clause that stand against each other; either may be none.

    `parted` tells that the statement has a comma or the like where the gap is.
    """

    said: str
    written: str
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Differences:
    """A statement beside a clause: the gaps inside, and what the statement says before and behind what is aligned.

    `share` is the part of the statement's letters that stand in the clause, in order.
    """

    share: float
    inside: tuple[Gap, ...]
    before: Gap
    behind: Gap


def differences(statement: Letters, clause: Letters, places: Sequence[int]) -> Differences:
    """Return the differences, given the place of each letter of the statement in the clause or -1."""
    kept = _in_runs(places)
    said, written = statement.text, clause.text
    if not kept:
        return Differences(0.0, (), Gap(said, ""), Gap("", ""))
    inside = tuple(
        Gap(said[one + 1 : other], written[kept[one] + 1 : kept[other]], statement.parted(one, other))
        for one, other in pairwise(sorted(kept))
        if (other - one, kept[other] - kept[one]) != (1, 1)
    )
    first, last = min(kept), max(kept)
    before = Gap(said[:first], written[max(0, kept[first] - first) : kept[first]])
    behind = Gap(said[last + 1 :], written[kept[last] + 1 : kept[last] + len(said) - last])
    return Differences(len(kept) / len(said), inside, before, behind)


def _in_runs(places: Sequence[int]) -> dict[int, int]:
    """Return the letters in place, those dropped that stand alone."""
    found = [(letter, place) for letter, place in enumerate(places) if place >= 0]
    kept: dict[int, int] = {}
    for _, group in groupby(enumerate(found), key=lambda one: (one[1][0] - one[0], one[1][1] - one[0])):
        run = [pair for _, pair in group]
        if len(run) >= _SHORTEST_RUN:
            kept |= dict(run)
    return kept


def doubts(found: Differences) -> tuple[Gap, ...]:
    """Return the gaps that speak against a statement: words replaced, turned round, an exception or much left out."""
    inside = found.inside
    if found.share < ALIGNED:
        return tuple(gap for gap in (found.before, found.behind, *inside) if _TURNS.search(gap.said))
    ends = (found.before, found.behind)
    return tuple(
        gap
        for gap in (*inside, *ends)
        if (gap not in (found.before,) and _replaced(gap))
        or _TURNS.search(gap.said)
        or (gap in inside and (_turned_back(gap) or _left_out(gap)))
    )


def _replaced(gap: Gap) -> bool:
    return bool(gap.said and gap.written) and not _FILLERS.fullmatch(gap.said)


def _turned_back(gap: Gap) -> bool:
    """Tell whether the clause is turned round where the statement is not."""
    return len(gap.written) <= _NEAR and bool(_TURNS.search(gap.written)) and not _TURNS.search(gap.said)


def _left_out(gap: Gap) -> bool:
    """Tell whether the statement is without an exception, or without words inside a phrase."""
    return not gap.said and bool(_EXCEPTION.match(gap.written) or (len(gap.written) > _MUCH and not gap.parted))
