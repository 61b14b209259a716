"""Questions whose provision is not among the first hits (漏检样本): a drawn sample, readable, each with a first class.

The class is a guess by rule, in this order, for whoever reads the sample: the wanted provision was not fetched at
all; one of the hits shown says nearly the same; the first hit is from the same regulation; from another edition or a
regulation of nearly the same title; from elsewhere.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from corpus.model import Edition, Kind
from eval.retrieval import DEPTH, STAGES, Dataset, Question
from index.chunks import Chunk
from index.search import Index

_SHOWN = 3  # hits shown
_EXCERPT = 120  # characters of a text shown
_SAME_TEXT = 0.8  # likeness (Dice, of bigrams) from which two texts say nearly the same
_SAME_TITLE = 0.6

NOT_FETCHED = "不在候选里"
SAME_TEXT = "近乎相同的条文在前"
OTHER_EDITION = "另一版本或姊妹规定在前"
SAME_REGULATION = "同一规定的其他条在前"
ELSEWHERE = "其他规定在前"


@dataclass(frozen=True, slots=True)
class Passage:
    """A provision as it is shown: edition, title, path, and its words."""

    edition: str
    title: str
    path: str
    text: str

    def shown(self) -> dict[str, str]:
        """Return the passage with the start of its words."""
        return {"edition": self.edition, "path": self.path, "text": " ".join(self.text.split())[:_EXCERPT]}


@dataclass(frozen=True, slots=True)
class Miss:
    """A question, its best placed gold passage with its rank (None: not fetched), and the first hits."""

    id: str
    question: str
    kind: str
    rank: int | None
    gold: Passage
    hits: tuple[Passage, ...]

    def to_json(self) -> dict[str, object]:
        """Return the miss as JSON."""
        return {**asdict(self), "gold": self.gold.shown(), "hits": [hit.shown() for hit in self.hits]}


def find_misses(index: Index, dataset: Dataset, editions: Iterable[Edition], k: int = 10) -> list[Miss]:
    """Ask every question of the final stage and return those with no gold document among the first k."""
    passages = _passages(editions, dataset.name_of)
    ranked = ((question, _ranked(index, dataset, question)) for question in dataset.questions)
    return [_miss(question, names, passages) for question, names in ranked if question.gold.isdisjoint(names[:k])]


def sample(misses: Sequence[Miss], size: int, seed: int = 0) -> list[Miss]:
    """Return at most `size` misses, the same ones each time, in their order."""
    places = random.Random(seed).sample(range(len(misses)), min(size, len(misses)))
    return [misses[place] for place in sorted(places)]


def counts(misses: Iterable[Miss]) -> dict[str, int]:
    """Return how many misses are of each class, the commonest first."""
    return dict(Counter(miss.kind for miss in misses).most_common())


def lines(misses: Iterable[Miss]) -> Iterator[str]:
    """Yield the misses as lines of text."""
    for number, miss in enumerate(misses, 1):
        place = f"第 {miss.rank} 位" if miss.rank else f"不在前 {DEPTH} 位"
        yield f"{number}. [{miss.kind}] {miss.question}（{miss.id}）"
        yield f"   应为（{place}）：{_line(miss.gold)}"
        yield from (f"   第 {rank} 位：{_line(hit)}" for rank, hit in enumerate(miss.hits, 1))


def _line(passage: Passage) -> str:
    shown = passage.shown()
    return f"{shown['edition']} {shown['path']}：{shown['text']}"


def _ranked(index: Index, dataset: Dataset, question: Question) -> list[str]:
    hits = index.search(question.text, DEPTH, stage=STAGES["final"])
    return list(dict.fromkeys(dataset.name_of(hit.chunk) for hit in hits))


def _passages(editions: Iterable[Edition], name_of: Callable[[Chunk], str]) -> dict[str, Passage]:
    """Return for each document's name its passage: of several provisions of one name the outermost."""
    found: dict[str, Passage] = {}
    for edition in editions:
        for chunk in _chunks(edition):
            name, text = name_of(chunk), edition.text[chunk.start : chunk.end]
            found.setdefault(name, Passage(edition.id, edition.title, chunk.path, text))
    return found


def _chunks(edition: Edition) -> Iterator[Chunk]:
    article = ""
    for node in edition.walk():
        if node.kind is Kind.ARTICLE:
            article = node.path
        inside = article if node.path.startswith(f"{article}/") else node.path
        yield Chunk(edition.id, node.path, inside, edition.title, (), node.start, node.end, (0, 0))


def _miss(question: Question, names: Sequence[str], passages: Mapping[str, Passage]) -> Miss:
    ranks = {name: names.index(name) + 1 for name in question.gold if name in names}
    best = min(ranks, key=lambda name: ranks[name]) if ranks else min(question.gold)
    gold = passages.get(best, Passage("库中没有", "", best, ""))
    hits = tuple(passages[name] for name in names[:_SHOWN] if name in passages)
    return Miss(question.id, question.text, _kind(gold, ranks.get(best), hits), ranks.get(best), gold, hits)


def _kind(gold: Passage, rank: int | None, hits: Sequence[Passage]) -> str:
    if rank is None:
        return NOT_FETCHED
    if any(hit != gold and _likeness(gold.text, hit.text) >= _SAME_TEXT for hit in hits):
        return SAME_TEXT
    if hits[0].edition == gold.edition:
        return SAME_REGULATION
    return OTHER_EDITION if _likeness(gold.title, hits[0].title) >= _SAME_TITLE else ELSEWHERE


def _likeness(one: str, other: str) -> float:
    """Return the Dice coefficient of two texts' bigrams, 0 to 1."""
    first, second = ({text[place : place + 2] for place in range(len(text) - 1)} for text in (one, other))
    return 2 * len(first & second) / max(len(first) + len(second), 1)
