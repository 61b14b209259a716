"""Readers: bytes in, `ingest.document.Document` out; the reader is chosen by content (阅读器)."""

from __future__ import annotations

from corpus.errors import InputError
from ingest.document import Document
from ingest.readers.sniff import Format, sniff
from ingest.readers.xml import Archive, DamagedError

MAX_BYTES = 200_000_000

_NO_TEXT = "文件里没有文字，可能是图片或扫描件；请先做文字识别（OCR），再导入识别后的文件"


def read(data: bytes, name: str) -> Document:
    """Return the file's text as blocks; `name` breaks ties between formats and stands in messages.

    Raises InputError, and nothing else, naming the file, the reason and the cure, when no reader takes the file or
    it holds no text.
    """
    try:
        document = _read(data, name)
    except DamagedError as error:
        raise InputError(f"{name}：{error}") from error
    except Exception as error:
        raise InputError(
            f"{name}：读取时出错（{type(error).__name__}），文件可能已损坏；请重新取得文件，或用 Word 打开后另存为 docx"
        ) from error
    if not document.blocks:
        raise InputError(f"{name}：{_NO_TEXT}")
    return document


def _read(data: bytes, name: str) -> Document:
    """Choose the reader and import it late: pdf and html bring heavy libraries."""
    if len(data) > MAX_BYTES:
        raise DamagedError(f"文件过大（{len(data) // 1_000_000} MB，上限 {MAX_BYTES // 1_000_000} MB）；请拆分后导入")
    kind = sniff(data)
    if kind is Format.DOCX:
        from ingest.readers.docx import read_docx

        return read_docx(Archive(data))
    if kind is Format.PDF:
        from ingest.readers.pdf import read_pdf

        return read_pdf(data)
    if kind is Format.HTML and not name.lower().endswith((".md", ".markdown")):
        from ingest.readers.html import read_html

        return read_html(data)
    from ingest.readers.encoding import decode
    from ingest.readers.text import read_text

    return read_text(decode(data), name)
