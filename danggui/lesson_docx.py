"""A lesson as a Word document (党课提纲): title, contents, time plan, sections, every line with its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answer.lesson.model import Lesson, Line
from corpus.citation import edition_words
from danggui.docx_parts import as_bytes
from danggui.lesson_text import COLUMNS, NOTE, about, duty_rows, heading, plan, source, titled
from danggui.lessons import DUTIES
from danggui.official_docx import CITED, contents, official, strong, table
from danggui.official_docx import heading as add_heading

if TYPE_CHECKING:
    from docx.document import Document

_SHARES = (2.4, 1.3, 6.0, 2.3, 4.2)  # of the width, by column of the duty table
_SHORT_SHARES = (2.6, 1.3, 7.0, 2.5, 2.4)  # the same where the last column names no regulation


def docx_of(lesson: Lesson) -> bytes:
    """Return the lesson as a Word file."""
    document = official(heading(lesson))
    _cover(document, lesson)
    for number, (title, section) in enumerate(titled(lesson)):
        add_heading(document, title, number)
        if section.heading == DUTIES:
            _duties(document, lesson)
        else:
            for place, line in enumerate(section.lines, 1):
                _line(document, line, place)
    return as_bytes(document)


def _cover(document: Document, lesson: Lesson) -> None:
    title = document.add_paragraph(lesson.title if "《" in lesson.title else f"“{lesson.title}”", style="Title")
    title.runs[-1].add_break()
    title.add_run("学习提纲")
    document.add_paragraph(about(lesson), style="Subtitle")
    document.add_paragraph(NOTE)
    strong(document.add_paragraph().add_run("目录"))
    contents(document, [words for words, _ in titled(lesson)])
    strong(document.add_paragraph().add_run("时间安排"))
    table(document, ("环节", "时间"), plan(lesson), (3, 1))


def _duties(document: Document, lesson: Lesson) -> None:
    """Write the duty table; what all rows have in common, the regulation, is said above it."""
    works = {(one.source.label.rpartition("》")[0] + "》", one.source.edition) for one in lesson.duties}
    rows = duty_rows(lesson)
    if len(works) == 1:
        ((work, edition),) = works
        document.add_paragraph(f"下表条款均出自{work}{edition_words(edition)}。")
        rows = [(*row[:-1], one.source.label.removeprefix(work)) for row, one in zip(rows, lesson.duties, strict=True)]
    table(document, COLUMNS, rows, _SHORT_SHARES if len(works) == 1 else _SHARES)


def _line(document: Document, line: Line, number: int) -> None:
    """Write a line and its source; its later paragraphs have no number, a question has its own."""
    first, *others = [words.strip() for words in line.words.split("\n") if words.strip()]
    paragraphs = [document.add_paragraph(f"{number}. ")]
    if line.before:
        strong(paragraphs[0].add_run(line.before))
    paragraphs[0].add_run(first)
    paragraphs += [document.add_paragraph(words) for words in others]
    if line.after.startswith("【"):
        paragraphs.append(document.add_paragraph())
    if line.after:
        strong(paragraphs[-1].add_run(line.after))
    for paragraph in paragraphs[-2:]:
        paragraph.paragraph_format.keep_with_next = True
    document.add_paragraph(f"——{source(line)}", style=CITED)
