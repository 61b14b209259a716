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
_NUMERAL = re.compile(r"[零一二三四五六七八九十百千万半]+")
_FILLERS = re.compile(r"(?:[的了等都要也和与及或并将对在]|应当?|以及|或者)*")


@dataclass(frozen=True, slots=True)
class Gap:
    """Letters of a statement and letters of the clause that stand against each other; either may be none.

    `parted` tells that the statement has punctuation where the gap is, `whole` that the clause has it at an end.
    """

    said: str
    written: str
    parted: bool = False
    whole: bool = False


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
    places_of = sorted(kept.items())
    inside = tuple(
        Gap(
            said[one + 1 : other],
            written[here + 1 : there],
            statement.parted(one, other),
            clause.parted(here, here + 1) or clause.parted(there - 1, there),
        )
        for (one, here), (other, there) in pairwise(places_of)
        if (other - one, there - here) != (1, 1)
    )
    (first, start), (last, end) = places_of[0], places_of[-1]
    return Differences(
        len(kept) / len(said),
        inside,
        Gap(
            said[:first],
            written[max(0, start - first) : start],
            first > 0 and statement.parted(first - 1, first),
            start == 0 or clause.parted(start - 1, start),
        ),
        Gap(
            said[last + 1 :],
            written[end + 1 : end + len(said) - last],
            last + 1 < len(said) and statement.parted(last, last + 1),
            end + 1 == len(written) or clause.parted(end, end + 1),
        ),
    )


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
    """Return the gaps that speak against a statement: words replaced or turned round, another number, a condition.

    Where the clause says too little of it, only what the statement turns round counts.
    """
    ends = (found.before, found.behind)
    if found.share < ALIGNED:
        return tuple(gap for gap in (*found.inside, *ends) if _TURNS.search(gap.said))
    return tuple(
        [gap for gap in found.inside if _replaced(gap) or _recounted(gap) or _turned(gap) or _left_out(gap)]
        + [gap for gap in ends if _TURNS.search(gap.said) or _inside_a_phrase(gap)]
        + [gap for gap in (found.behind,) if gap.said and not gap.parted and _recounted(gap)]
    )


def _replaced(gap: Gap) -> bool:
    return bool(gap.said and gap.written) and not _FILLERS.fullmatch(gap.said)


def _recounted(gap: Gap) -> bool:
    """Tell whether a number is another one by what is added or left out: 四十 beside 四十五, 一年 beside 一年半."""
    return _NUMERAL.fullmatch(gap.said or gap.written) is not None


def _turned(gap: Gap) -> bool:
    """Tell whether the statement is turned round, or the clause is where the statement is not."""
    return bool(_TURNS.search(gap.said)) or (len(gap.written) <= _NEAR and bool(_TURNS.search(gap.written)))


def _left_out(gap: Gap) -> bool:
    """Tell whether the statement is without an exception, or without words inside a phrase."""
    inside = len(gap.written) > _MUCH and not gap.parted and not gap.whole
    return not gap.said and (inside or _EXCEPTION.match(gap.written) is not None)


def _inside_a_phrase(gap: Gap) -> bool:
    """Tell whether a statement parts from the clause in the middle of a phrase, which then ends or begins otherwise."""
    return not gap.parted and not gap.whole and not _FILLERS.fullmatch(gap.said)
