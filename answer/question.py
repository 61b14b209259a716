"""What a question asks: the kind of value wanted and the words that must be found (问题分析).

A question is frame and content: 党员大会多久召开一次 asks for a frequency (多久…一次) of 党员大会 and 召开. Frame
words say what an answer looks like and are never looked for; content words carry the weight the base gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from answer.kinds import INTERROGATIVE, TITLE, Asked, Wanted, wanted_by

Titles = Callable[[str], Sequence[str]]  # finds the regulations that a text names
Words = Callable[[str], Sequence[str]]  # cuts a text into words, shorter ones inside longer ones among them
Weight = Callable[[str], float]  # how rare a word is in the base


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question; `weight` grows with its rarity, `exact` asks for it letter by letter."""

    text: str
    weight: float
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question read.

    `pairs` are the neighbouring characters of its content: order that single words do not show. `years` are those it
    names, `titles` the regulations it names in 书名号.
    """

    text: str
    wanted: Wanted
    terms: tuple[Term, ...]
    pairs: frozenset[str]
    years: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def read_question(text: str, words: Words, weight: Weight, titles_in: Titles) -> Question:
    """Read a question; `titles_in` finds the regulations that a text names."""
    wanted = wanted_by(text)
    frame = _FRAME | _KIND_FRAME.get(wanted.asked, frozenset())
    titles = tuple(title for name in TITLE.findall(text) for title in titles_in(name))
    names = _names(text, titles_in)
    stretches = INTERROGATIVE.sub(" ", _COUNT.sub(" ", _QUOTED.sub(" ", text))).split()
    content = [(stretch, [word for word in _words(stretch, words) if word not in frame]) for stretch in stretches]
    found = dict.fromkeys(word for _, inside in content for word in inside if word not in names)
    terms = [Term(name, _EXACT_FACTOR * _rarest(name, words, weight), exact=True) for name in names]
    terms += [
        Term(word, _rarity(word, weight))
        for word in found
        if not any(word != other and word in other for other in found)
    ]
    pairs = frozenset(
        pair for stretch, inside in content for run in _runs(stretch, inside, frame) for pair in bigrams(run)
    )
    return Question(text, wanted, tuple(terms), pairs, tuple(_YEAR.findall(text)), titles)


def bigrams(text: str) -> Iterator[str]:
    """Yield the neighbouring characters of a text, two by two."""
    return (text[place : place + 2] for place in range(len(text) - 1))


def _names(text: str, titles_in: Titles) -> tuple[str, ...]:
    """Return what must be found letter by letter: quoted names, unknown titles, figures longer than a digit."""
    quoted = (quote or title for quote, title in _QUOTED.findall(text) if quote or not titles_in(f"《{title}》"))
    figures = (figure for figure in _FIGURE.findall(_QUOTED.sub(" ", text)) if len(figure) > 1)
    return tuple(dict.fromkeys([*quoted, *figures]))


def _rarest(name: str, words: Words, weight: Weight) -> float:
    return max((_rarity(word, weight) for word in words(name)), default=1.0)


def _rarity(word: str, weight: Weight) -> float:
    """Return the square root of a word's idf: everyday words that no regulation uses are rare too."""
    return sqrt(max(weight(word), 0.0))


def _words(stretch: str, words: Words) -> list[str]:
    """Return the words of two characters or more; what no word covers is one of its own where it is that long: 年假."""
    cut = [word for word in words(stretch) if len(word) > 1]
    rest = stretch
    for word in sorted(cut, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return cut + [run for run in _FUNCTION_CHARACTERS.sub(" ", rest).split() if len(run) > 1]


def _runs(stretch: str, content: Sequence[str], frame: frozenset[str]) -> list[str]:
    """Return what is left of a stretch without frame words and function characters that are in no content word."""
    covered = _places(stretch, content)
    dropped = _places(stretch, [word for word in frame if word in stretch]) - covered
    kept = (
        char if place in covered or not (place in dropped or _FUNCTION_CHARACTERS.match(char)) else " "
        for place, char in enumerate(stretch)
    )
    return "".join(kept).split()


def _places(text: str, words: Sequence[str]) -> set[int]:
    return {place for word in words for start in _starts(text, word) for place in range(start, start + len(word))}


def _starts(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + len(word))


_EXACT_FACTOR = 2.0  # a quoted name, figure or year weighs twice a word, and counts only when it is there whole
_QUOTED = re.compile(r"[“\"‘「]([^“”\"‘’「」]{1,30})[”\"’」]|《((?:[^《》]|《[^《》]*》){2,80})》")
_FIGURE = re.compile(r"[0-9０-９A-Za-z][0-9０-９A-Za-z＋+.%％～~-]*")
_COUNT = re.compile(rf"{_FIGURE.pattern}(?:个?(?:工作日|小时|[年月天日号周人名位次元岁条项]))?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=\s*年)")
_FUNCTION_CHARACTERS = re.compile(
    r"[的了着是在由对与和及或有被应可能会把向从到将为以于之其该所每各等也都就还需要得用去来做给让请时才太很最再又先里内]"
)


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that say how something is asked, not what it is about.
_FRAME = _set(
    """
    应该 应当 可以 能够 需要 必须 进行 规定 规定的 要求 情况 情形 方面 问题 一个 一次 根据 按照 依据 依照 关于 有关
    相关 包括 包含 内容 主要 具体 属于 工作 受到 承担 给予 怎么办 如果 时候 期间 一般 分为 分别 代表 我们 自己 现在
    目前 当前 今天 一共 总共 实行 开展 采取 通过 作出 负责 使用 称为 含义 定义 概念 文件 如下 什么 哪些 以及 或者
    以下 下列 其他 其它 之后 之前 提到 指出 明确 其中 应是 还是 这个 那些 没有 除了 还有 依然 仍然 认为 将会 多个
    有人 某人 某些 特别 之类 中所称 按规定 过程 出现 存在 无法 无需 怎样 如何 收到 措施 有何 以后 以前 之内 以内 以上
    不能 不行 不要 能否 才能 超过 低于 某个 某件 某件事 事情 东西 一下 一直 一年 一个月 一季度 一个季度 每次 多大 时间
    太少 太多 不够 全部 都要 想要 打算 需不需要 算数 里面 当中 要是 假如 的话 怎么 这样 那么 是什么
    """
)
_KIND_FRAME = {
    Asked.CONSEQUENCE: _set("处罚 惩罚 惩处 处分 后果 责任 处理 处置 追究 法律责任 法律 违反 违规"),
    Asked.ENTRY: _set("时间 日期 开始 实施 施行 生效 执行 发布 公布 颁布"),
    Asked.PURPOSE: _set("目的 宗旨 目标 立法 制定 出台 意义 为什么 发布 颁布"),
    Asked.SCOPE: _set("适用 适用范围 范围 对象 监管"),
    Asked.DATE: _set("时间 日期"),
    Asked.DURATION: _set("期限 时限 时间 时效 时间限制"),
    Asked.WHO: _set("部门 机关 机构 单位 组织 主体 政府"),
    Asked.STEPS: _set("程序 流程 步骤"),
}
