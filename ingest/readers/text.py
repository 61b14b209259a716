"""Reading decoded plain text: every line that is not empty is a paragraph (纯文本)."""

from __future__ import annotations

from ingest.document import Document
from ingest.readers.builder import DocumentBuilder
from ingest.readers.encoding import Decoded
from ingest.readers.lines import unwrap
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
    if len(paragraphs) < len(lines):
        builder.warn(f"文本按固定宽度折行，已接合 {len(lines) - len(paragraphs)} 处断行")
    for paragraph in paragraphs:
        builder.text(paragraph)
    return builder.document("txt")
