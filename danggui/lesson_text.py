"""A lesson as text (党课提纲): Markdown, and the lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from answer.lesson.duties import MODE_WORDS
from answer.lesson.model import Lesson, Line, Section
from corpus.numerals import to_chinese
from danggui.lessons import DUTIES

NOTE = "本提纲逐条引自知识库所收条款，引文与原文一致；以下“依据”为条款出处，括号内为版本日期。"
COLUMNS = ("主体", "性质", "行为", "频次、期限", "依据")


def heading(lesson: Lesson) -> str:
    """Return the title of the lesson."""
    return f"{lesson.title if '《' in lesson.title else f'“{lesson.title}”'}学习提纲"


def source(line: Line) -> str:
    """Return where a line stands, "" for nowhere."""
    return line.citation.cited if line.citation else ""


def about(lesson: Lesson) -> str:
    """Return the line below the title."""
    return f"时长 {lesson.minutes} 分钟，以 {lesson.on.year} 年 {lesson.on.month} 月 {lesson.on.day} 日有效的规定为准"


def titled(lesson: Lesson) -> Iterator[tuple[str, Section]]:
    """Yield each section with its numbered heading."""
    for number, section in enumerate(lesson.sections, 1):
        yield f"{to_chinese(number)}、{section.heading}", section


def plan(lesson: Lesson) -> list[tuple[str, str]]:
    """Return the time plan: headings and minutes."""
    rows = [(title, f"{section.minutes} 分钟") for title, section in titled(lesson) if section.minutes]
    return [*rows, ("合计", f"{lesson.minutes} 分钟")]


def duty_rows(lesson: Lesson) -> list[tuple[str, ...]]:
    """Return the rows of the duty table, in the order of `COLUMNS`."""
    return [(one.actor, MODE_WORDS[one.mode], one.deed, one.when, one.source.cited) for one in lesson.duties]


def markdown(lesson: Lesson) -> str:
    """Return the lesson as Markdown."""
    return "\n".join(_markdown(lesson)) + "\n"


def _markdown(lesson: Lesson) -> Iterator[str]:
    yield from (f"# {heading(lesson)}", "", f"{about(lesson)}。{NOTE}", "", "| 环节 | 时间 |", "|---|---|")
    yield from (f"| {name} | {time} |" for name, time in plan(lesson))
    for title, section in titled(lesson):
        yield from ("", f"## {title}", "")
        yield from _table(lesson) if section.heading == DUTIES else _list(section)


def _list(section: Section) -> Iterator[str]:
    for number, line in enumerate(section.lines, 1):
        yield f"{number}. {_flat(line.text)}　——{source(line)}"


def _table(lesson: Lesson) -> Iterator[str]:
    yield f"| {' | '.join(COLUMNS)} |"
    yield "|---" * len(COLUMNS) + "|"
    for row in duty_rows(lesson):
        yield f"| {' | '.join(_flat(cell).replace('|', '｜') for cell in row)} |"


def _flat(words: str) -> str:
    return " ".join(words.split())
