"""Open-book examination (开卷考试): choosing the options of an item by what the clauses say, and citing the clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from answer.align import BLANK, Alignment, align, letters
from answer.items import Item, ItemKind, filled, reading
from answer.passages import DEPTH, OPTION_DEPTH, Passage, Sources, blank_free, passages
from corpus.hit import Hit

_READ = 6  # passages in which options are looked for
_NEAR = 0.3  # what an option counts that stands in the passage, out of its place


@dataclass(frozen=True, slots=True)
class Choice:
    choice: str
    hit: Hit | None
    confidence: float
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement in a passage."""

    statement: str
    passage: Passage
    alignment: Alignment


def best_readings(statement: str, found: Sequence[Passage]) -> list[Reading]:
    """Return a statement aligned with passages, best first."""
    said = letters(statement).text
    return sorted(
        (Reading(said, passage, align(said, passage.letters.text)) for passage in found),
        key=lambda one: one.alignment.score,
        reverse=True,
    )


def option_support(item: Item, sources: Sources) -> tuple[dict[str, tuple[float, float, Reading]], Reading, bool]:
    stem, inverted = reading(item)
    queries = {blank_free(stem): DEPTH}
    queries |= {blank_free(next(filled(stem, words, several=False))): OPTION_DEPTH for _, words in item.options}
    found = passages(queries, item.hint, sources)
    stems = best_readings(stem, found)
    near = [one.passage for one in stems[:_READ]]
    out = {}
    for letter, words in item.options:
        own = letters(words.replace(BLANK, "")).text
        readings = [
            one
            for statement in filled(stem, words, several=item.kind is ItemKind.MULTI)
            for one in best_readings(statement, near)
        ]
        best = max(readings, key=lambda one: one.alignment.score)
        gain = (best.alignment.score - stems[0].alignment.score) / max(len(own), 1)
        cov = align(own, stems[0].passage.letters.text).score / max(len(own), 1)
        out[letter] = (gain, cov, best)
    return out, stems[0], inverted
