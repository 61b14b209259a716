"""Quizzes as files (试卷文件): a paper for Word, a table for examination systems."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from answer.quiz.model import KIND_WORDS, LETTERS, QuizItem, QuizKind
from corpus.citation import edition_words

COLUMNS = ("题型", "题干", *(f"选项{letter}" for letter in LETTERS), "答案", "解析", "出处")
_WIDTHS = (9, 60, *(22 for _ in LETTERS), 16, 60, 40)
_NUMERALS = "一二三四五"
_FORMULA = ("=", "+", "-", "@", "\t")


def rows(items: Sequence[QuizItem]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, in the order of `COLUMNS`."""
    for item in items:
        options = dict(item.options)
        source = f"{item.clause.label}{edition_words(item.clause.edition)}"
        cells = (item.stem, *(options.get(letter, "") for letter in LETTERS), item.key, item.clause.quote, source)
        yield KIND_WORDS[item.kind], *map(_harmless, cells)


def _harmless(cell: str) -> str:
    """Return a cell that no table programme takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def write_csv(items: Sequence[QuizItem], path: Path) -> None:
    """Write the table as CSV, with the mark by which Excel knows UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows(items)])


def write_xlsx(items: Sequence[QuizItem], path: Path) -> None:
    """Write the table as a workbook of one sheet."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "试题"
    for row in (COLUMNS, *rows(items)):
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    book.save(path)


def write_docx(items: Sequence[QuizItem], title: str, path: Path) -> None:
    """Write the paper and, on a new page, the key with its clauses."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    for name in ("Normal", "Title", "Heading 1", "List Number"):
        document.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.core_properties.title = title
    document.add_heading(f"{title}测试题", 0)
    document.add_paragraph("单位：______________　　姓名：______________　　得分：__________")
    for heading, numbered in _parts(items):
        document.add_heading(heading, 1)
        for number, item in numbered:
            document.add_paragraph(f"{number}. {item.stem}{'（　）' if item.kind is QuizKind.JUDGE else ''}")
            for letter, words in item.options:
                document.add_paragraph(f"{letter}. {words}").paragraph_format.left_indent = 300_000
            if item.kind is QuizKind.SHORT:
                for _ in range(4):
                    document.add_paragraph()
    document.add_heading("参考答案与依据", 1).paragraph_format.page_break_before = True
    for number, item in enumerate(items, 1):
        document.add_paragraph().add_run(f"{number}. {item.key}").bold = True
        words = f"{item.clause.label}{edition_words(item.clause.edition)}：{item.clause.quote}"
        document.add_paragraph(words).paragraph_format.left_indent = 300_000
    document.save(str(path))


def _parts(items: Sequence[QuizItem]) -> Iterator[tuple[str, list[tuple[int, QuizItem]]]]:
    groups = groupby(enumerate(items, 1), key=lambda one: one[1].kind)
    for numeral, (kind, group) in zip(_NUMERALS, groups, strict=False):
        numbered = list(group)
        yield f"{numeral}、{KIND_WORDS[kind]}（共{len(numbered)}题）", numbered
