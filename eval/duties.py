"""Rows of the duty table drawn at random, for a human to judge (职责清单抽查): `python -m eval.duties HOME [-n 40]`.

Whether each row's words stand in its edition is counted over all rows; who acts and how often is for the reader.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from answer.lesson.duties import Duty, duties
from answer.topic import clauses_of
from danggui.base import KnowledgeBase
from danggui.duties import is_norm

WORKS = "支部|党员|基层组织|党费|党务公开|三会一课|组织生活"
_BEFORE = 70  # characters shown before a row's sentence


def rows(base: KnowledgeBase, works: str, on: date) -> Iterator[Duty]:
    """Yield the duties of the editions that count on a day and whose titles match."""
    for info in sorted(base.lookup.infos.values(), key=lambda info: info.id):
        if re.search(works, info.title) and is_norm(info.title) and base.lookup.counts(info, on):
            yield from duties(clauses_of(base.lookup.locator(info.id), base.lookup.status(info.id, on)))


def is_exact(one: Duty) -> bool:
    """Tell whether all words of a row are spans of its edition and its deed stands in the sentence it cites."""
    spans = (one.subject, one.modal, one.condition, one.act, *one.whens)
    return all(one.words(span) in one.text for span in spans) and one.words(one.act) in one.source.quote


def drawn(rows: int, count: int, seed: int, without: Sequence[int] = ()) -> list[int]:
    """Return the places of a sample in reading order, those that other seeds draw at the same count left out."""
    seen = {place for other in without for place in Random(other).sample(range(rows), min(count, rows))}
    places = [place for place in range(rows) if place not in seen]
    return sorted(Random(seed).sample(places, min(count, len(places))))


def shown(found: Sequence[Duty], count: int, seed: int, without: Sequence[int] = ()) -> Iterator[str]:
    """Yield the lines of a sample: each row above the sentence it was read from."""
    exact = sum(map(is_exact, found))
    yield f"{len(found)} rows, words exact in {exact}"
    for number, place in enumerate(drawn(len(found), count, seed, without), 1):
        one = found[place]
        before = one.text[max(0, one.source.start - _BEFORE) : one.source.start]
        period = one.cadence.name if one.cadence else ""
        yield f"{number}. {one.source.label}: {one.actor} | {one.words(one.modal)} | {one.deed} | {one.when} | {period}"
        yield f"   {' '.join(before.split())}【{' '.join(one.source.quote.split())}】"


def main() -> None:
    """Read the command line and print a sample."""
    parser = argparse.ArgumentParser(prog="python -m eval.duties")
    parser.add_argument("home", type=Path)
    parser.add_argument("-n", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", type=int, nargs="*", default=[], help="seeds whose own rows are left out")
    parser.add_argument("--works", default=WORKS, help="which titles, a regular expression")
    asked = parser.parse_args()
    with KnowledgeBase(asked.home) as base:
        found = list(rows(base, asked.works, date.today()))
        sys.stdout.writelines(f"{line}\n" for line in shown(found, asked.n, asked.seed, asked.without))


if __name__ == "__main__":
    main()
