"""Statements of a made-up model (埋设的模型答句): are true ones kept and turned ones dropped?

A sentence of a real clause, quoted exactly, is the true statement. Turned ones say another figure, put 可以 for 不得 or
应当 for 可以 in the same words, or rest on a quotation of another article. What is measured is what stands between a
model and the reader (`answer.grounded`), without any model.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from answer.statements import Draft
from corpus.hit import Hit, make_hit
from corpus.locate import Locator
from corpus.model import Edition, Kind

Keeps = Callable[[Draft, Hit], bool]  # a statement and the one clause shown -> whether it is kept

_LENGTH = range(13, 120)  # characters of a sentence
_QUOTED = 30  # characters quoted of another article
_SENTENCE_END = re.compile("(?<=[。；])")
_FIGURE = re.compile(r"(?P<number>[二三四五六七八九2-9])(?=个|年|月|日|天|次|人|名|倍|小时|元|%|分之|十)")
_DIGITS = ("一二三四五六七八九", "123456789")
_TURNS = (
    ("不得", "可以"),
    ("应当", "不得"),
    ("可以", "不得"),
    ("可以", "应当"),
    ("应当", "可以"),
    ("不少于", "不超过"),
    ("不超过", "至少"),
    ("每年", "每月"),
    ("每季度", "每月"),
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A statement of a kind, true or turned, and the clause it names."""

    kind: str
    draft: Draft
    clause: Hit


TRUE = "true"


def measure(planted: Sequence[Planted], keeps: Keeps) -> dict[str, dict[str, int]]:
    """Return for each kind how many statements were planted and how many of them were kept."""
    count, kept = (
        Counter(one.kind for one in planted),
        Counter(one.kind for one in planted if keeps(one.draft, one.clause)),
    )
    return {kind: {"planted": count[kind], "kept": kept[kind]} for kind in count}


def plant(editions: Sequence[Edition], size: int) -> list[Planted]:
    """Return `size` true statements and what can be turned of them, the same at every call."""
    draw = random.Random(1)
    locators = [one for one in map(Locator, editions) if _articles(one)]
    found: list[Planted] = []
    for _ in range(size * 10):
        found += _of(draw.choice(locators), draw)
        if sum(one.kind == TRUE for one in found) >= size:
            break
    return found


def _articles(locator: Locator) -> list[str]:
    return [node.path for node in locator.nodes.values() if node.kind is Kind.ARTICLE]


def _of(locator: Locator, draw: random.Random) -> Iterator[Planted]:
    path, other = draw.choice(_articles(locator)), draw.choice(_articles(locator))
    clause, elsewhere = make_hit(locator, path, ""), make_hit(locator, other, "")
    told = [one.strip() for one in _SENTENCE_END.split(_body(clause).replace("\n", ""))]
    sentences = [one for one in told if len(one) in _LENGTH]
    if not sentences:
        return
    sentence = draw.choice(sentences)
    yield Planted(TRUE, Draft(sentence, (1,), (sentence,)), clause)
    for kind, text in _turned(sentence, draw):
        if text not in clause.text:
            yield Planted(kind, Draft(text, (1,), (sentence,)), clause)
    if other != path:
        yield Planted("other_article", Draft(sentence, (1,), (_body(elsewhere)[:_QUOTED].strip(),)), elsewhere)


def _body(hit: Hit) -> str:
    return hit.text.removeprefix(hit.article or "")


def _turned(sentence: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    figures = list(_FIGURE.finditer(sentence))
    if figures:
        match = draw.choice(figures)
        digits = next(one for one in _DIGITS if match[0] in one)
        new = digits[(digits.index(match[0]) + 4) % len(digits)]
        yield "figure", sentence[: match.start()] + new + sentence[match.end() :]
    for old, new in _TURNS:
        if old in sentence:
            yield f"{old}→{new}", sentence.replace(old, new, 1)
