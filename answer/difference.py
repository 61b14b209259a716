"""How a quotation differs from the clause it is said to come from (逐字比对)."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from corpus.folding import Folded

Change = tuple[str, str, str]
"""An operation (equal, replace, delete, insert), the stored words and the quoted words."""

Code = tuple[str, int, int, int, int]
_ALIKE = 0.5  # likeness below which the quotation is no rendering of the clause at all
_LONGEST = 5000  # characters of a quotation that are compared
_SHOWN = 6  # changes told in words


def difference(clause: str, quote: str) -> tuple[Change, ...]:
    """Return the changes that lead from the part of a clause that is meant to the quotation, by character.

    One `insert` of the whole quotation says that no part of the clause is like it.
    """
    stored, quoted = Folded.of(clause), Folded.of(quote[:_LONGEST])
    nothing: tuple[Change, ...] = (("insert", "", quote),)
    if not stored.text or not quoted.text:
        return nothing
    start, codes = _alignment(stored.text, quoted.text)
    equal = sum(j2 - j1 for op, _, _, j1, j2 in codes if op == "equal")
    if equal < _ALIKE * len(quoted.text):
        return nothing
    return tuple(
        (op, _slice(clause, stored, start + i1, start + i2), _slice(quote, quoted, j1, j2))
        for op, i1, i2, j1, j2 in codes
    )


def _alignment(stored: str, quoted: str) -> tuple[int, list[Code]]:
    """Return where the part of the clause begins that is meant, and the operations that change it, as few as there are.

    Parts are looked for around the longest common run of the quotation and of each half of it, since a phrase may
    stand in the clause twice; they are as long as the quotation, or wider where that leaves words out.
    """
    whole, half = len(quoted), len(quoted) // 2
    matcher = SequenceMatcher(None, stored, quoted, autojunk=False)
    runs = [matcher.find_longest_match(0, None, *part) for part in ((0, whole), (0, half), (half, whole))]
    starts = [run.a - run.b for run in runs if run.size] or [0]
    return min(
        (_operations(stored, quoted, one, slack) for slack in (0, 8 + whole // 4, 8 + whole) for one in starts),
        key=_cost,
    )


def _operations(stored: str, quoted: str, begin: int, slack: int) -> tuple[int, list[Code]]:
    """Return the operations on a window of the clause, what it has before and behind the quotation left out."""
    start = max(0, begin - slack)
    window = stored[start : max(start, begin + len(quoted) + slack)]
    codes: list[Code] = [*SequenceMatcher(None, window, quoted, autojunk=False).get_opcodes()]
    while codes and codes[0][0] == "delete":
        codes = codes[1:]
    while codes and codes[-1][0] == "delete":
        codes = codes[:-1]
    return start, codes


def _cost(alignment: tuple[int, list[Code]]) -> int:
    """Return how many characters are taken out and put in."""
    return sum(i2 - i1 + j2 - j1 for op, i1, i2, j1, j2 in alignment[1] if op != "equal")


def _slice(text: str, folded: Folded, start: int, end: int) -> str:
    return text[slice(*folded.span(start, end))] if start < end else ""


def in_words(changes: Sequence[Change]) -> str:
    """Return changes as a Chinese sentence without full stop."""
    told = [_told(*change) for change in changes if change[0] != "equal"]
    more = f"；另有{len(told) - _SHOWN}处" if len(told) > _SHOWN else ""
    return "；".join(told[:_SHOWN]) + more


def _told(operation: str, old: str, new: str) -> str:
    if operation == "replace":
        return f"原文“{old}”，引作“{new}”"
    return f"引文少了“{old}”" if operation == "delete" else f"引文多了“{new}”"
