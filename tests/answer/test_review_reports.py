"""Reviews as page and Word file: every finding at its place, nothing of the document taken for markup."""

from __future__ import annotations

from io import BytesIO

import docx

from answer.review.findings import Cited, Finding, Kind, Mark, Place, Review, Severity
from answer.review.page import page
from answer.review.told import summary
from danggui.review_docx import docx_of

TEXT = "第二条　依照《示例条例》第九十条<script>处理。"
PLACE = Place(1, 6, 16, "《示例条例》第九十条")
REVIEW = Review(
    "草案.docx",
    "示例县办法",
    ("示例县办法", TEXT),
    (
        Finding(Kind.CITATION, Mark.NOT_FOUND, Severity.ERROR, PLACE, "《示例条例》共20条，没有第九十条", None, "现有第一条至第二十条"),
    ),
    (Cited(PLACE, Mark.NOT_FOUND),),
)  # fmt: skip


def test_summary() -> None:
    assert summary(REVIEW) == "意见 1 条（错误 1），引用 1 处（不存在 1）"


def test_page_marks_the_words_and_escapes_the_document() -> None:
    html = page(REVIEW)
    marked = '第二条　依照<span id="p1"><mark class="error">《示例条例》第九十条</mark><sup><a href="#f1">[1]</a></sup></span>'
    assert marked in html
    assert "&lt;script&gt;处理。" in html
    assert "<script" not in html
    assert "http" not in html


def test_word_file_has_the_table_and_a_comment_at_the_place() -> None:
    document = docx.Document(BytesIO(docx_of(REVIEW)))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == [
        "1",
        "错误",
        "引用",
        "不存在",
        "《示例条例》第九十条",
        "《示例条例》共20条，没有第九十条\n现有第一条至第二十条",
    ]
    (comment,) = document.comments
    assert comment.text == "1. 错误·引用·不存在\n《示例条例》共20条，没有第九十条\n建议：现有第一条至第二十条"
    assert [run.text for paragraph in document.paragraphs for run in paragraph.runs if "第九十条" in run.text] == [
        "《示例条例》第九十条"
    ]
