"""Numbered questions of a paper, line by line (试卷文本): stem, options, 答案：, or a list of keys at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from answer.bank.items import Keyed, UnfitError, keyed, kind_of, lettered_key, split_options
from answer.items import ItemKind

_SECTION = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:部分|大题)?[、.．\s：:]|[（(][一二三四五六七八九十]{1,3}[)）])?\s*"
    r"(?P<kind>(?:(?:单项|多项|不定项|单|多)?选择题|单选题?|多选题?|判断(?:正误)?题|是非题|填空题|简答题|问答题|论述题|案例分析题)).{0,40}"
)
_QUESTION = re.compile(  # （　）1. …: the bracket of a statement to be judged may stand before its number
    r"(?P<bracket>[（(]\s*(?:√|×|对|错|正确|错误|[A-H]{1,8})?\s*[)）]\s*)?"
    r"(?:第\s*)?(?P<number>\d{1,4})\s*(?:[.、．:：)）]|题\s*[.、．:：]?)\s*(?P<words>.*)"
)
_KEY = re.compile(r"[【\[（(]?(?:正确|参考|标准)?答案[】\])）]?\s*[:：]?\s*(?P<words>.+)")
_BASIS = re.compile(
    r"[【\[（(]?(?:答案|试题)?(?:解析|出处|依据|来源)[】\])）]?\s*[:：]\s*(?P<words>.*)|【(?:答案|试题)?(?:解析|出处|依据|来源)】(?P<more>.*)"
)
_BOTH = re.compile(r"(?<=\S)\s*[；;，,。\s]\s*(?=[【\[（(]?(?:答案|试题)?(?:解析|出处|依据|来源)[】\])）]?\s*[:：])")
_KEYS = re.compile(r"[【\[]?(?:参考|标准|正确)?答案(?:与依据|与解析|及解析)?[】\]]?\s*[:：]?")
_RANGE = re.compile(r"(?P<first>\d+)\s*[-—–~～至]\s*(?P<last>\d+)\s*[.、:：．]?\s*(?P<keys>[A-H√×对错\s]+)")
_NUMBERED_KEY = re.compile(r"(?P<number>\d{1,4})\s*[.、．:：)）]\s*(?P<key>[A-H]{1,8}|√|×|对|错|正确|错误)(?![\w])")
_KEY_LINE = re.compile(r"(?P<number>\d{1,4})\s*[.、．:：)）]\s*(?P<key>\S.*)")


@dataclass(slots=True)
class _Question:
    """A question as its lines are read."""

    number: int
    kind: ItemKind | None
    place: str
    lines: list[str]
    key: str = ""
    basis: str = ""
    section: int = 0


@dataclass(slots=True)
class _Paper:
    """What was read so far; `keys` are those of a list at the end, by section and number."""

    questions: list[_Question] = field(default_factory=list)
    keys: dict[tuple[int, int], str] = field(default_factory=dict)
    kinds: list[ItemKind | None] = field(default_factory=lambda: [None])
    section: int = 0
    listing: bool = False


def read_lines(lines: Iterable[str]) -> tuple[list[Keyed], list[str]]:
    """Return the items of a paper, and a Chinese sentence for each question that is none."""
    paper = _Paper()
    for number, line in enumerate(lines, 1):
        if words := line.strip():
            _take(paper, words, number)
    items, unfit = [], []
    for question in paper.questions:
        try:
            items.append(_item(question, paper))
        except UnfitError as error:
            unfit.append(f"{question.place}：{error}")
    return items, unfit


def _take(paper: _Paper, line: str, number: int) -> None:
    """Take a line for what its beginning says it is."""
    if _KEYS.fullmatch(line):
        paper.listing, paper.section = bool(paper.questions), 0
    elif (section := _SECTION.fullmatch(line)) and not _QUESTION.fullmatch(line):
        _open_section(paper, kind_of(section["kind"]))
    elif paper.listing:
        _take_keys(paper, line)
    elif question := _QUESTION.fullmatch(line):
        place = f"第 {number} 段第 {question['number']} 题"
        words = question["words"] + (question["bracket"] or "")
        paper.questions.append(
            _Question(int(question["number"]), paper.kinds[-1], place, [words], section=paper.section)
        )
    elif paper.questions:
        for part in _BOTH.split(line):
            _continue(paper.questions[-1], part)


def _open_section(paper: _Paper, kind: ItemKind | None) -> None:
    paper.section += 1
    if not paper.listing:
        paper.kinds.append(kind)


def _continue(question: _Question, line: str) -> None:
    if basis := _BASIS.match(line):
        question.basis += basis["words"] or basis["more"] or ""
    elif key := _KEY.fullmatch(line):
        question.key = key["words"]
    elif question.basis:
        question.basis += line
    elif question.key:
        question.key += "\n" + line if not lettered_key(question.key) else ""
    else:
        question.lines.append(line)


def _take_keys(paper: _Paper, line: str) -> None:
    """Take the keys of a line: 1-5 ABDCA, or 1. A 2. BC, or 1. words."""
    ranges = list(_RANGE.finditer(line))
    for match in ranges:
        for number, key in zip(range(int(match["first"]), int(match["last"]) + 1), _each(match["keys"]), strict=False):
            paper.keys.setdefault((paper.section, number), key)
    listed = [] if ranges else list(_NUMBERED_KEY.finditer(line))
    for match in listed:
        paper.keys.setdefault((paper.section, int(match["number"])), match["key"])
    if not ranges and not listed and (words := _KEY_LINE.fullmatch(line)):
        paper.keys.setdefault((paper.section, int(words["number"])), words["key"])


def _each(keys: str) -> Iterator[str]:
    """Yield keys written together: parted by spaces where there are some of several letters, else letter by letter."""
    parts = keys.split()
    yield from (
        parts if any(len(part) > 1 for part in parts) and len(parts) > 1 and len(parts[0]) < 5 else "".join(parts)
    )


def _item(question: _Question, paper: _Paper) -> Keyed:
    key = (
        question.key or paper.keys.get((question.section, question.number)) or paper.keys.get((0, question.number), "")
    )
    stem, options = split_options("\n".join(question.lines))
    return keyed(
        str(question.number),
        " ".join(stem.split("\n")),
        key,
        options,
        question.kind,
        place=question.place,
        basis=question.basis,
    )
