"""Two editions of a work side by side (新旧对照): articles aligned, changes to the character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import groupby

from corpus.alignment import Fate, align
from corpus.errors import InputError
from corpus.hit import Hit
from corpus.model import Provision
from corpus.validity import EditionInfo
from danggui.base import KnowledgeBase
from danggui.listed import Listed

_STATES = {Fate.NEW: "added", Fate.DROPPED: "removed"}
_ENDS = "、，；。\n"  # where words put in or taken out end best, the last best of all
Stretch = tuple[str, str, str]
"""An operation (equal, delete, insert, replace), the old words and the new words."""
Run = tuple[str, str]
"""An operation (equal, delete, insert) and words of one side."""
Marked = tuple[Hit, list[Run]]
"""An article and its words, the number left out."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Articles of the old edition and those of the new that took their place; one side is empty where there is none.

    There are several of a side where articles were split or merged. `similarity` is from 0 to 1.
    """

    kind: Fate
    olds: tuple[Hit, ...]
    news: tuple[Hit, ...]
    similarity: float

    @property
    def old(self) -> Hit | None:
        """The old article, the first of several."""
        return next(iter(self.olds), None)

    @property
    def new(self) -> Hit | None:
        """The new article, the first of several."""
        return next(iter(self.news), None)

    @property
    def state(self) -> str:
        """Whether the words are the same, changed, removed or added; neither number nor place is looked at."""
        same = [_words(hit) for hit in self.olds] == [_words(hit) for hit in self.news]
        return _STATES.get(self.kind, "same" if same or self.kind is Fate.SAME else "changed")

    def changes(self) -> Iterator[Stretch]:
        """Yield the stretches of changed articles; those of one side follow each other, parted by a line break."""
        if self.state == "changed":
            yield from _changes(*("\n".join(map(_words, side)) for side in (self.olds, self.news)))

    def runs(self) -> tuple[list[Marked], list[Marked]]:
        """Return the articles of either side with what stayed and what was taken out or put in."""
        if self.state != "changed":
            op = {"added": "insert", "removed": "delete"}.get(self.state, "equal")
            return [(hit, [(op, _words(hit))]) for hit in self.olds], [(hit, [(op, _words(hit))]) for hit in self.news]
        changes = list(self.changes())
        old = [("equal" if op == "equal" else "delete", words) for op, words, _ in changes if words]
        new = [("equal" if op == "equal" else "insert", words) for op, _, words in changes if words]
        return list(_cut(self.olds, old)), list(_cut(self.news, new))

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the interface."""
        return {
            "kind": self.kind.value,
            "state": self.state,
            "similarity": round(self.similarity, 4),
            "old": self.old.to_json() if self.old else None,
            "new": self.new.to_json() if self.new else None,
            "more": {
                "old": [hit.to_json() for hit in self.olds[1:]],
                "new": [hit.to_json() for hit in self.news[1:]],
            },
            "changes": [{"op": op, "old": old, "new": new} for op, old, new in self.changes()],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions of a work and their articles, in the order of the new edition.

    `taken` are paragraphs that went to an article of another origin: the old article and that one.
    """

    old: EditionInfo
    new: EditionInfo
    pairs: tuple[Pair, ...]
    taken: tuple[tuple[Hit, Hit], ...] = ()

    def totals(self) -> dict[str, int]:
        """Return how many rows there are of each state."""
        counts = Counter(pair.state for pair in self.pairs)
        return {state: counts[state] for state in ("same", "changed", "removed", "added")}

    def kinds(self) -> dict[str, int]:
        """Return how many rows there are of each kind."""
        counts = Counter(pair.kind for pair in self.pairs)
        return {kind.value: counts[kind] for kind in Fate}

    def notes(self) -> dict[str, str]:
        """Return for the ids of articles of which a paragraph went elsewhere where it went: 部分内容移入第七十三条."""
        return {
            key: "部分内容移入" + "、".join(number(new) for _, new in found)
            for key, found in groupby(self.taken, key=lambda one: one[0].id)
        }

    def to_json(self, base: KnowledgeBase, on: date) -> dict[str, object]:
        """Return the JSON object of the interface, the editions with their status on a day."""
        return {
            "title": self.new.title,
            "old": _row(base, self.old, on),
            "new": _row(base, self.new, on),
            "totals": self.totals(),
            "kinds": self.kinds(),
            "articles": [pair.to_json() for pair in self.pairs],
            "taken": [{"old": old.id, "new": new.id} for old, new in self.taken],
        }


def compare(base: KnowledgeBase, title: str, old: str, new: str, on: date) -> Comparison:
    """Compare the editions of a work whose dates begin with `old` and `new`.

    Without `new` that is the edition that counts on a day, without `old` the one before `new`. Raises NotFoundError
    for a title or edition that is not there, InputError for one edition compared with itself.
    """
    lookup = base.lookup
    full = lookup.meant(title)
    later = lookup.choose(full, on, new)
    editions = sorted(lookup.editions_of(later.work), key=lambda info: info.date)
    before = [info for info in editions if info.date < later.date]
    if not (old or before):
        raise InputError(f"本库只有《{full}》的一个版本（{later.date}），没有更早的版本可比；请先导入旧版本")
    earlier = lookup.choose(full, on, old) if old else before[-1]
    if earlier.id == later.id:
        raise InputError(f"《{full}》的两个版本是同一个（{later.date}）；请用 old 和 new 指明不同的日期")
    found = align(lookup.locator(earlier.id), lookup.locator(later.id))
    ours, theirs = _shower(base, earlier, on), _shower(base, later, on)
    pairs = (
        Pair(place.fate, tuple(map(ours, place.old)), tuple(map(theirs, place.new)), place.likeness)
        for place in found.places
    )
    return Comparison(earlier, later, tuple(pairs), tuple((ours(a), theirs(b)) for a, b in found.taken))


def _row(base: KnowledgeBase, info: EditionInfo, on: date) -> dict[str, object]:
    return {"id": info.id, **Listed(info, base.lookup.status(info.id, on)).to_json()}


def _shower(base: KnowledgeBase, info: EditionInfo, on: date) -> Callable[[Provision], Hit]:
    return lambda node: base.hit(info.id, node.path, on)


def number(hit: Hit) -> str:
    """Return an article's number, or the address of a unit in a text without articles."""
    return hit.article or hit.label.rpartition("》")[2]


def _words(hit: Hit) -> str:
    """Return an article's words without its number."""
    return hit.text.removeprefix(hit.article or "").strip()


def _changes(old: str, new: str) -> Iterator[Stretch]:
    """Yield what changed between two wordings, single letters that stayed between changes told with them."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    kept = [op == "equal" and (b - a > 1 or n in (0, len(codes) - 1)) for n, (op, a, b, _, _) in enumerate(codes)]
    found: list[Stretch] = []
    for equal, group in groupby(zip(kept, codes, strict=True), key=lambda one: one[0]):
        part = [code for _, code in group]
        one, other = old[part[0][1] : part[-1][2]], new[part[0][3] : part[-1][4]]
        found.append(("equal" if equal else "replace" if one and other else "delete" if one else "insert", one, other))
    for place in range(1, len(found) - 1):
        found[place - 1 : place + 2] = _slid(*found[place - 1 : place + 2])
    return (stretch for stretch in found if stretch[1] or stretch[2])


def _slid(before: Stretch, change: Stretch, behind: Stretch) -> tuple[Stretch, Stretch, Stretch]:
    """Move words put in or taken out along equal letters to where they end with a sentence, or else a phrase."""
    words = change[1] or change[2]
    if change[0] not in ("insert", "delete"):
        return before, change, behind
    whole = before[1] + words + behind[1]
    first = last = len(before[1])
    while first and whole[first - 1] == whole[first - 1 + len(words)]:
        first -= 1
    while last + len(words) < len(whole) and whole[last] == whole[last + len(words)]:
        last += 1
    ends = range(first, last + 1)
    start = max(ends, key=lambda at: (_ENDS.find(whole[at + len(words) - 1]), -abs(at - len(before[1]))))
    moved = whole[start : start + len(words)]
    one, other = whole[:start], whole[start + len(words) :]
    return ("equal", one, one), (change[0], moved * bool(change[1]), moved * bool(change[2])), ("equal", other, other)


def _cut(hits: Sequence[Hit], runs: Sequence[Run]) -> Iterator[Marked]:
    """Yield each article with its part of the runs over the words of all, which are parted by one character."""
    start = 0
    for hit in hits:
        end, place, found = start + len(_words(hit)), 0, list[Run]()
        for op, words in runs:
            part = words[max(0, start - place) : max(0, end - place)]
            found += [(op, part)] if part else []
            place += len(words)
        yield hit, found
        start = end + 1
