"""Reading decoded plain text: every line that is not empty is a paragraph, unless lines were broken (纯文本)."""

from __future__ import annotations

from ingest.document import Document
from ingest.readers.builder import DocumentBuilder
from ingest.readers.encoding import Decoded
from ingest.readers.lines import may_be_wrapped, unwrap
from ingest.readers.markdown import is_markdown, read_markdown


def read_text(decoded: Decoded, name: str) -> Document:
    """Return plain text or markdown as a document; a file name ending in .md decides where the text does not."""
    builder = DocumentBuilder()
    if decoded.lost:
        builder.warn(f"有 {decoded.lost} 个字符无法按 {decoded.encoding} 解码，已用 � 代替")
    if is_markdown(decoded.text, name):
        read_markdown(decoded.text, builder)
        return builder.document("md")
    lines = decoded.text.splitlines()
    paragraphs = unwrap(lines)
    joined = sum(1 for line in lines if line.strip()) - len(paragraphs)
    if joined:
        builder.warn(f"文本按固定宽度折行，已接合 {joined} 处断行；请对照原件")
    elif may_be_wrapped(lines):
        builder.warn("文本可能是按固定宽度折行的，但不能确定，未接合断行；请对照原件，或改用 Word 文件导入")
    for paragraph in paragraphs:
        builder.text(paragraph)
    return builder.document("txt")
