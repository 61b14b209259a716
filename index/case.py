"""Case descriptions (案情): several sentences of facts, each searched by itself, the rankings merged.

A long text holds many words and one or two behaviours that matter; asked sentence by sentence, the sentence that tells
of a behaviour finds the clause on it. Names, days and amounts say nothing of the rule and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_NOISE = re.compile(
    r"""
    【[^】]*】                                                                  # 【案情】
    | [\u4e00-\u9fff] (?<![某省市县区局镇村]) 某 [某甲乙丙丁一二三]?                    # 李某, 王某某
    | (?:19|20)\d{2} 年 (?:\d{1,2}月)? (?:\d{1,2}日)? (?:至 (?:\d{4}年)? \d{1,2}月 (?:\d{1,2}日)?)?
    | [同次当]年 (?:\d{1,2}月)? | \d{1,2}月\d{1,2}日
    | [\d.,]+ 余? [万千百亿]* 余? 元
    | [甲乙丙丁A-D] (?:市|县|区|公司|局|镇|村|单位)
    """,
    re.VERBOSE,
)
_SENTENCES = 4  # from so many on, a text of _CHARACTERS tells facts
_CHARACTERS = 120
_SHORTEST = 8  # characters of a fact
_MOST = 40  # facts that are looked at
_DAMPING = 20  # the ranks beyond which a difference hardly counts
_WHOLE = 2.0  # how much the whole text counts beside one of its facts


def facts(text: str) -> tuple[str, ...]:
    """Return the sentences of a case description without names, days and amounts; none for a plain question."""
    sentences = _SENTENCE.findall(text)
    if len(sentences) < _SENTENCES or len(text) < _CHARACTERS:
        return ()
    bare = ("".join(_NOISE.sub("", sentence).split()) for sentence in sentences)
    return tuple(fact for fact in bare if len(fact) >= _SHORTEST)[:_MOST]


def merged(whole: Sequence[int], parts: Sequence[Sequence[int]]) -> list[tuple[int, float]]:
    """Return the rows of several rankings by the sum of their reciprocal ranks, best first, and that sum.

    `whole` is the ranking of the whole text. Sums are given as a share of the highest one possible. Reciprocal rank
    fusion: Cormack, Clarke and Büttcher, SIGIR 2009.
    """
    sums: dict[int, float] = {}
    for weight, ranking in ((_WHOLE, whole), *((1.0, part) for part in parts)):
        for rank, row in enumerate(ranking):
            sums[row] = sums.get(row, 0.0) + weight / (_DAMPING + rank)
    highest = (_WHOLE + len(parts)) / _DAMPING
    return sorted(((row, total / highest) for row, total in sums.items()), key=lambda pair: (-pair[1], pair[0]))
