"""A quiz as a Word paper (试卷): A4, and on a new page the key with the clauses it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from answer.items import KIND_WORDS, ItemKind
from answer.quiz.model import QuizItem
from corpus.numerals import to_chinese
from danggui.docx_parts import FANGSONG, HEI, SONG, as_bytes, centre, new_document, remove_borders, set_font

if TYPE_CHECKING:
    from docx.document import Document

_STYLES = (("Normal", FANGSONG, 12), ("Title", SONG, 22), ("Heading 1", HEI, 14))  # style, font, points
_MARGINS = (2.5, 2.5, 2.8, 2.6)  # centimetres: top, bottom, left, right of an A4 page
_INDENT = 0.75  # centimetres that options and clauses stand in
_WIDTH = 14.8  # centimetres for the options of a line
_LETTERS_OF_LINE = 34  # characters that a line of options holds
_ANSWER_LINES = 5
_BRACKETS = "（　　）"  # before a statement to be judged, as papers have it


def docx_of(items: Sequence[QuizItem], title: str) -> bytes:
    """Return the paper and the key as a Word file."""
    document = new_document(f"{title}测试题", _MARGINS)
    _set_styles(document)
    centre(document.add_heading(f"{title}测试题", 0))
    centre(document.add_paragraph("单位：______________　　姓名：______________　　得分：__________"))
    for heading, numbered in _parts(items):
        document.add_heading(heading, 1)
        for number, item in numbered:
            _ask(document, number, item)
    document.add_heading("参考答案与依据", 1).paragraph_format.page_break_before = True
    for number, item in enumerate(items, 1):
        _answer(document, number, item)
    return as_bytes(document)


def _set_styles(document: Document) -> None:
    """Set the fonts of official documents, smaller than those have them."""
    from docx.shared import Pt

    for name, font, points in _STYLES:
        set_font(document.styles[name], font, points, bold=name == "Heading 1")
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(3), 1.25
    remove_borders(document.styles["Title"])


def _parts(items: Sequence[QuizItem]) -> Iterator[tuple[str, list[tuple[int, QuizItem]]]]:
    groups = groupby(enumerate(items, 1), key=lambda one: one[1].kind)
    for place, (kind, group) in enumerate(groups, 1):
        numbered = list(group)
        yield f"{to_chinese(place)}、{KIND_WORDS[kind]}（共{len(numbered)}题）", numbered


def _ask(document: Document, number: int, item: QuizItem) -> None:
    """Write an item, kept on one page with its options, and room for the answer of a short one."""
    from docx.shared import Cm

    stem = document.add_paragraph(f"{_BRACKETS if item.kind is ItemKind.JUDGE else ''}{number}. {item.stem}")
    lines = list(_option_lines(item))
    stem.paragraph_format.keep_with_next, stem.paragraph_format.keep_together = bool(lines), True
    for place, (line, columns) in enumerate(lines, 1):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.left_indent = Cm(_INDENT)
        paragraph.paragraph_format.keep_with_next = place < len(lines)
        for column in range(1, columns):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(_INDENT + column * _WIDTH / columns))
    for _ in range(_ANSWER_LINES if item.kind is ItemKind.SHORT else 0):
        document.add_paragraph()


def _option_lines(item: QuizItem) -> Iterator[tuple[str, int]]:
    """Yield the lines of the options and how many columns they have: as many as the longest option lets stand."""
    words = [f"{letter}. {option}" for letter, option in item.options]
    longest = max(map(len, words), default=0)
    columns = next((count for count in (4, 2) if longest * count <= _LETTERS_OF_LINE), 1)
    for start in range(0, len(words), columns):
        yield "\t".join(words[start : start + columns]), columns


def _answer(document: Document, number: int, item: QuizItem) -> None:
    from docx.shared import Cm, Pt

    short = item.kind is ItemKind.SHORT
    key = document.add_paragraph()
    key.paragraph_format.keep_with_next = not short
    key.add_run(f"{number}. ").bold = True
    key.add_run(item.key).bold = not short
    key.add_run(f"　{item.correction}" if item.correction else "")
    clause = document.add_paragraph()
    clause.paragraph_format.left_indent = Cm(_INDENT)
    quote = "" if short else f"：{item.basis}"
    clause.add_run(f"{item.clause.cited}{quote}").font.size = Pt(10.5)
