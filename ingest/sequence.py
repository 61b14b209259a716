"""Which 第X条 are articles and which are cross references: decided by their order (条的认定).

A text holds more 第X条 at line starts than it has articles ("第七条规定的情形，由……"). Each is a candidate with a
weight for its form; the articles are the chain of candidates, in reading order, whose numbers count on with the
highest sum. Steps n → n+1 and n → n之一 are free, a gap costs, a restart at 1 (an annex, a second regulation in the
same file) costs less behind a boundary than without one. Linear in the number of candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

STRONG, WEAK, REFERENCE = 2.0, 1.0, -3.0
INLINE = 0.9  # inside a paragraph, behind a full stop or wide space

_GAP = (1.6, 2.0, 2.4, 2.8, 3.2)  # cost of 1, 2, … missing numbers
_LEAP = 4.0  # more missing numbers than _GAP lists
_LATE_START = 3.5  # the first number is not 1
_RESTART = 2.5
_RESTART_AT_BOUNDARY = 0.8

# 第七条 followed by these speaks of the article and does not begin it.
_SPEAKS_OF = re.compile(
    r"""
    [ \u3000]*
    (?: 第 [^条章节]{1,6} [条款项目] | [（(] [一二三四五六七八九十\d]{1,3} [）)] 项 | [、，,和与及或至到的中款项之]
    | 或者 | 以及 | 规定 | 所列 | 所称 | 所指 | 关于 | 修改 | 删去 | 改为 | 作为 | 增加 | 列举 | 处罚 | 处理)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A 第X条 that may begin an article, at `start` in the clean text; `weight`: how much its form looks like one."""

    start: int
    number: int
    branch: int
    weight: float
    boundary: bool = False  # an annex mark, division or title-like line stands directly before


def form_weight(rest: str, spaced: bool) -> float:
    """Return the weight of a candidate at a line start from the words behind 第X条.

    `rest` is the line behind the number, without white space; `spaced` whether white space stood between.
    """
    if not rest or spaced:
        return WEAK if rest and _SPEAKS_OF.match(rest) and rest[0] in "第（(" else STRONG
    if _SPEAKS_OF.match(rest):
        return REFERENCE
    return WEAK


@dataclass(slots=True)
class _Best:
    """The best chains so far: per last number, per last (number, branch), and over all."""

    score: list[float]
    previous: list[int]
    by_number: dict[int, int]
    by_key: dict[tuple[int, int], int]
    overall: int = -1
    overall_number: int = 0


def choose_articles(candidates: Sequence[Candidate]) -> list[int]:
    """Return the indices of the candidates that are articles, in reading order."""
    best = _Best([], [], {}, {})
    for index, candidate in enumerate(candidates):
        gain, previous = max(_ways(best, candidate))
        best.score.append(gain + candidate.weight)
        best.previous.append(previous)
        _keep(best, index, candidate)
    if best.overall < 0 or best.score[best.overall] <= 0:
        return []
    return _trace(best)


def _ways(best: _Best, candidate: Candidate) -> list[tuple[float, int]]:
    """Return (score, index of the predecessor) for each way to reach the candidate."""
    number, branch = candidate.number, candidate.branch
    late = _LATE_START + (_LATE_START if candidate.weight == INLINE else 0.0)
    ways = [(0.0 if number == 1 and branch == 0 else -late, -1)]
    if branch:
        index = best.by_key.get((number, branch - 1), -1)
        return [*ways, (best.score[index], index)] if index >= 0 else ways
    for missing in range(len(_GAP) + 1):
        index = best.by_number.get(number - 1 - missing, -1)
        if index >= 0:
            ways.append((best.score[index] - (_GAP[missing - 1] if missing else 0.0), index))
    if best.overall >= 0 and best.overall_number < number - len(_GAP):
        ways.append((best.score[best.overall] - _LEAP, best.overall))
    if number == 1 and best.overall >= 0:
        cost = _RESTART_AT_BOUNDARY if candidate.boundary else _RESTART
        ways.append((best.score[best.overall] - cost, best.overall))
    return ways


def _keep(best: _Best, index: int, candidate: Candidate) -> None:
    score = best.score
    known = best.by_number.get(candidate.number, -1)
    # On a tie the later one: a contents page comes before the text it lists.
    if known < 0 or score[index] >= score[known]:
        best.by_number[candidate.number] = index
    key = (candidate.number, candidate.branch)
    if key not in best.by_key or score[index] >= score[best.by_key[key]]:
        best.by_key[key] = index
    if best.overall < 0 or score[index] > score[best.overall]:
        best.overall, best.overall_number = index, candidate.number


def _trace(best: _Best) -> list[int]:
    chain = []
    index = best.overall
    while index >= 0:
        chain.append(index)
        index = best.previous[index]
    return chain[::-1]
