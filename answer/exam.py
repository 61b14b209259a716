"""Open-book examination (开卷考试): choosing what an item asks for by what the clauses say, and citing the clause.

A stem filled with an option is a statement. It is aligned with the passages found, and an option counts by how many of
its letters stand there behind, before or between the stem's own. A statement to be judged holds when nothing in the
clause speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from answer.align import BLANK, Alignment, Letters, align, letters
from answer.figures import opposite_bounds, strange_figures
from answer.gaps import ALIGNED, Differences, differences, doubts
from answer.items import FALSE, TRUE, Item, ItemKind, filled, reading
from answer.passages import DEPTH, OPTION_DEPTH, Passage, Sources, passages
from corpus.hit import Hit

HOLDS = 0.7  # part of an option's letters in place from which it is one of several right ones
LONGEST = 1000  # characters of a stem that are read
_READ = 6  # passages in which options are looked for
_CLOSE = 0.6  # and from which share of the best one's score
_ANYWHERE = 0.5  # letters that an option counts which stands in the passage, out of its place
_ALSO = 2.0  # letters by which another passage may be worse in which a statement holds
_READ_TO_JUDGE = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen for an item, and the clause that says it.

    `choice` is letters (C, ABD), 正确 or 错误, or the words for the blanks; `confidence`, 0–1, says how far the clause
    states it word for word, 0 where options tie. `scores` gives for each option the part of its letters in place, for
    a statement to be judged the part of it that the clause says. `hit` is None where nothing was found. `differs` are
    the letters of a false statement and those of the clause that stand against each other, `unlike` the options whose
    figures the clause does not have, or that bound (不少于, 以上, 不得) what it bounds otherwise.
    """

    choice: str
    hit: Hit | None
    confidence: float
    scores: Mapping[str, float] = field(default_factory=dict)
    differs: tuple[str, str] = ("", "")
    unlike: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A statement aligned with a passage."""

    statement: Letters
    passage: Passage
    alignment: Alignment

    @property
    def share(self) -> float:
        """The part of the statement's letters, blanks aside, that stand in the passage."""
        placed = sum(place >= 0 for place in self.alignment.places)
        return placed / max(sum(char != BLANK for char in self.statement.text), 1)

    def cite(self) -> Hit:
        return self.passage.cite(self.alignment.places)


@dataclass(frozen=True, slots=True)
class _Support:
    """An option: its best reading, what it scores there, and the part of its letters in place."""

    reading: _Reading
    score: float
    gain: float


def choose(item: Item, sources: Sources) -> Choice:
    """Return what the provisions in `sources` let choose for an item; nothing is raised."""
    stem, inverted = reading(replace(item, stem=item.stem[:LONGEST]))
    queries = {stem.replace(BLANK, " "): DEPTH}
    for _, words in item.options:
        queries.setdefault(next(filled(stem, words, several=False)).replace(BLANK, " "), OPTION_DEPTH)
    readings = _read(stem, passages(queries, item.hint, sources))
    if not readings or not readings[0].statement.text:
        return Choice(_without_basis(item), None, 0.0)
    if item.kind is ItemKind.JUDGE:
        return _judged(readings)
    if item.kind is ItemKind.FILL or not item.options:
        return _completed(readings[0])
    support = _supported(item, stem, readings)
    if item.kind is not ItemKind.MULTI:
        return _one(support, inverted=inverted)
    unlike = "" if inverted else "".join(_unlike(item, support))
    return replace(_all_that_hold(support, inverted=inverted), unlike=unlike)


def _unlike(item: Item, support: Mapping[str, _Support]) -> Iterator[str]:
    """Yield the options with figures or bounds that are none of the clause's in which they stand best."""
    for letter, words in item.options:
        text = support[letter].reading.passage.text
        if strange_figures(words, text) or opposite_bounds(words, text):
            yield letter


def _without_basis(item: Item) -> str:
    if item.kind is ItemKind.JUDGE:
        return FALSE
    options = [letter for letter, _ in item.options]
    return "".join(options if item.kind is ItemKind.MULTI else options[:1])


def _read(statement: str, found: Sequence[Passage]) -> list[_Reading]:
    """Return a statement aligned with each passage, best first."""
    said = letters(statement)
    aligned = (_Reading(said, passage, align(said.text, passage.letters.text)) for passage in found)
    return sorted(aligned, key=lambda one: one.alignment.score, reverse=True)


def _supported(item: Item, stem: str, readings: Sequence[_Reading]) -> dict[str, _Support]:
    """Return how each option is supported by the passages in which the stem stands."""
    bare = readings[0].alignment.score
    near = [one.passage for one in readings[:_READ] if one.alignment.score >= _CLOSE * bare]
    support = {}
    for letter, words in item.options:
        own = letters(words.replace(BLANK, "")).text
        statements = filled(stem, words, several=item.kind is ItemKind.MULTI)
        best = max(
            (_read(statement, near)[0] for statement in statements),
            key=lambda one: one.alignment.score,
        )
        anywhere = align(own, near[0].letters.text).score / max(len(own), 1)
        gain = (best.alignment.score - bare) / max(len(own), 1)
        support[letter] = _Support(best, best.alignment.score + _ANYWHERE * anywhere, gain)
    return support


def _one(support: Mapping[str, _Support], *, inverted: bool) -> Choice:
    ranked = sorted(support, key=lambda letter: support[letter].score, reverse=not inverted)
    chosen, cited = support[ranked[0]], support[ranked[-1] if inverted else ranked[0]]
    tied = len(ranked) > 1 and support[ranked[1]].score == chosen.score
    sure = (1 - chosen.gain if inverted else chosen.gain) if not tied else 0.0
    return Choice(ranked[0], cited.reading.cite(), min(cited.reading.share, _within(sure)), _gains(support))


def _all_that_hold(support: Mapping[str, _Support], *, inverted: bool) -> Choice:
    gains = _gains(support)
    best = max(support.values(), key=lambda one: one.gain)
    told_apart = any((gain >= HOLDS) != inverted for gain in gains.values())
    sure = min(abs(gain - HOLDS) / (1 - HOLDS) for gain in gains.values()) if told_apart else 0.0
    chosen = several(gains, HOLDS, inverted=inverted)
    return Choice(chosen, best.reading.cite(), min(best.reading.share, _within(sure)), gains)


def several(gains: Mapping[str, float], holds: float, *, inverted: bool) -> str:
    """Return the options that hold, or that do not; all of them where the clauses tell none apart."""
    return "".join(sorted([letter for letter, gain in gains.items() if (gain >= holds) != inverted] or gains))


def _gains(support: Mapping[str, _Support]) -> dict[str, float]:
    return {letter: _within(one.gain) for letter, one in support.items()}


def _within(value: float) -> float:
    return max(0.0, min(1.0, value))


def _judged(readings: Sequence[_Reading]) -> Choice:
    """Return whether a statement holds: in one of the passages that say most of it, nothing speaks against it."""
    best = readings[0]
    near = [one for one in readings[:_READ_TO_JUDGE] if one.alignment.score >= best.alignment.score - _ALSO]
    holding = next((one for one in near if not _doubted(one)), None)
    if holding:
        stated = _within(holding.alignment.score / len(holding.statement.text))
        return Choice(TRUE, holding.cite(), stated if holding.share >= ALIGNED else 0.0, {TRUE: holding.share})
    share, gap = _differences(best).share, doubts(_differences(best))[0]
    sure = share if share >= ALIGNED else 0.0
    return Choice(FALSE, best.cite(), sure, {TRUE: best.share}, (gap.said, gap.written))


def _doubted(one: _Reading) -> bool:
    return bool(doubts(_differences(one)))


def _differences(one: _Reading) -> Differences:
    return differences(one.statement, one.passage.letters, one.alignment.places)


def _completed(best: _Reading) -> Choice:
    """Return the words of the clause that stand where the blanks are."""
    words = "；".join(_gaps(best))
    return Choice(words, best.cite(), best.share if words else 0.0)


def _gaps(one: _Reading) -> Iterator[str]:
    """Yield the clause's words at each blank, to the next punctuation where the stem has nothing on one side."""
    places = one.alignment.places
    for blank in (at for at, char in enumerate(one.statement.text) if char == BLANK):
        before = next((place for place in reversed(places[:blank]) if place >= 0), None)
        after = next((place for place in places[blank + 1 :] if place >= 0), None)
        if before is not None or after is not None:
            yield one.passage.words(before, after)
