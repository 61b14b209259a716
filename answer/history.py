"""What became of a clause that is cited (沿革): the clause that took its place, or what it said before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answer.counterpart import counterpart
from answer.difference import Change, difference
from answer.verify import Library
from corpus.citation import edition_words
from corpus.folding import fold
from corpus.hit import Hit, make_hit
from corpus.validity import EditionInfo, Status

_CHANGES = 4  # told in a note
_SHOWN = 120  # characters of a clause told in a note


def history(hit: Hit, library: Library, on: date) -> tuple[str, ...]:
    """Return a note on the later wording of a clause that counts no more, or the former one of a clause that does."""
    info = library.infos[hit.edition_id]
    status = library.status(info.id, on)
    if status in (Status.SUPERSEDED, Status.REPEALED):
        later = library.successor(info, on)
        return _beside(hit, library, later, on, "已由{other}取代：“{text}”") if later else ()
    former = _former(info, library)
    return _beside(hit, library, former, on, "较{other}有改动：{changes}") if former else ()


def _former(info: EditionInfo, library: Library) -> EditionInfo | None:
    earlier = [other for other in library.editions_of(info.title) if other.date < info.date]
    return max(earlier, key=lambda other: other.date, default=None)


def _beside(hit: Hit, library: Library, info: EditionInfo, on: date, words: str) -> tuple[str, ...]:
    """Return the note on the clause of another edition that is like a hit's, none where they say the same."""
    mine, other = library.locator(hit.edition_id), library.locator(info.id)
    node = counterpart(mine, mine.nodes[hit.path], other)
    if node is None:
        return ()
    found = make_hit(other, node.path, library.status(info.id, on))
    ours = hit.text.removeprefix(mine.nodes[hit.path].label).lstrip()
    theirs = found.text.removeprefix(node.label).lstrip()
    if fold(ours) == fold(theirs):
        return ()
    changes = _changed(difference(theirs, ours))
    place = f"{edition_words(info.date)[1:-1]}版{found.label.removeprefix(f'《{found.title}》')}"
    return (f"{hit.label}{words.format(other=place, text=_cut(found.text), changes=changes)}",)


def _changed(changes: Sequence[Change]) -> str:
    """Return the changes that lead from the former words to the present ones."""
    told = [
        f"“{old}”改为“{new}”" if old and new else f"删去“{old}”" if old else f"增加“{new}”"
        for operation, old, new in changes
        if operation != "equal"
    ]
    return "；".join(told[:_CHANGES]) + (f"；另有{len(told) - _CHANGES}处" if len(told) > _CHANGES else "")


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return f"{words[:_SHOWN]}……" if len(words) > _SHOWN else words
