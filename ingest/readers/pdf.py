"""Reading pdf files that have a text layer (PDF)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from ingest.document import Document
from ingest.readers.builder import DocumentBuilder
from ingest.readers.pdf_columns import in_reading_order, look_interleaved
from ingest.readers.pdf_margins import without_margins
from ingest.readers.pdf_page import Line, PageContent, Table, read_page
from ingest.readers.pdf_paragraphs import layouts_of, paragraphs
from ingest.readers.tables import has_label_column
from ingest.readers.xml import DamagedError

if TYPE_CHECKING:
    from pdfminer.pdfpage import PDFPage
    from pdfplumber.pdf import PDF

_NEEDS_OCR = "请先做文字识别（OCR），再导入识别后的 docx 或带文字层的 PDF"
_MAX_UNMAPPED = 0.2  # share of characters whose font does not say what they mean


def read_pdf(data: bytes) -> Document:
    """Return a pdf's text; raises DamagedError for one that is encrypted, damaged or only scanned.

    A page that cannot be read, or has no text but a picture, is named in the warnings.
    """
    builder = DocumentBuilder()
    with _listening() as losses:
        pages = list(_pages(data, builder))
    if losses:
        builder.warn("PDF 的部分内容已损坏，可能有文字缺失；请对照原件")
    _check_text(pages, builder, damaged=bool(losses))
    for page in pages:
        for text in page.hidden:
            builder.hide(text)
        for text in page.sideways:
            builder.margin(text)
    _check_columns(pages, builder)
    bodies, margins = without_margins(pages)
    for text in margins:
        builder.margin(text)
    _lay(bodies, builder)
    return builder.document("pdf")


def _lay(pages: list[PageContent], builder: DocumentBuilder) -> None:
    """Put paragraphs and tables together; a table ends the paragraph before it."""
    run: list[Line] = []
    runs: list[list[Line] | Table] = [run]
    for page in pages:
        items: list[Line | Table] = [*page.lines, *page.tables]
        for item in in_reading_order(items):
            if isinstance(item, Table):
                run = []
                runs += [item, run]
            else:
                run.append(item)
    layouts = layouts_of([line for part in runs if not isinstance(part, Table) for line in part])
    for part in runs:
        if isinstance(part, Table) and has_label_column(part.rows):
            for row in part.rows:
                builder.text("\u3000".join(cell for cell in row if cell.strip()), page=part.page)
        elif isinstance(part, Table):
            builder.table(part.rows, page=part.page)
        else:
            for paragraph in paragraphs(part, layouts):
                builder.text(paragraph.text, page=paragraph.page)


def _pages(data: bytes, builder: DocumentBuilder) -> Iterator[PageContent]:
    """Yield the pages that can be read; the others are named in the warnings."""
    from pdfplumber.page import Page

    document, gutter = _open(data), 0.0
    for number, raw in enumerate(_raw_pages(document, builder), 1):
        try:
            page = Page(document, raw, page_number=number, initial_doctop=0)
            content = read_page(page, gutter)
            page.close()
        except Exception as error:  # pdf libraries raise anything on a damaged page
            builder.warn(f"第 {number} 页已损坏，未能读取（{type(error).__name__}）")
        else:
            gutter = content.gutter
            yield content


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Keep the pdf library's log off the terminal, and catch what it says of lost data."""
    losses: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: losses.append(record.getMessage())  # type: ignore[method-assign]
    handler.addFilter(lambda record: "Data-loss" in record.getMessage())
    logger = logging.getLogger("pdfminer")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield losses
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _raw_pages(document: PDF, builder: DocumentBuilder) -> Iterator[PDFPage]:
    """Yield the pages as far as the page tree can be followed."""
    from pdfminer.pdfpage import PDFPage

    count = 0
    try:
        for raw in PDFPage.create_pages(document.doc):
            yield raw
            count += 1
    except Exception as error:
        builder.warn(f"第 {count + 1} 页起已损坏，未能读取（{type(error).__name__}）")


def _open(data: bytes) -> PDF:
    import pdfplumber

    try:
        return pdfplumber.open(BytesIO(data))
    except Exception as error:
        if "Password" in repr(error) or "Encryption" in repr(error):
            raise DamagedError("PDF 设有密码；请解除密码后再导入") from error
        raise DamagedError("PDF 文件不完整或已损坏；请重新取得文件") from error


def _check_text(pages: list[PageContent], builder: DocumentBuilder, *, damaged: bool) -> None:
    """Raise DamagedError for a scan or for fonts without meaning; warn of single pages without text."""
    if not pages:
        raise DamagedError("PDF 文件里没有能读的页面；请重新取得文件")
    text = "".join(line.text for page in pages for line in page.lines)
    empty = not text.strip() and not any(page.tables for page in pages)
    if empty and damaged:
        raise DamagedError("PDF 文件已损坏，文字读不出来；请重新取得文件")
    if empty:
        raise DamagedError(f"这是扫描件或图片，PDF 里没有文字层；{_NEEDS_OCR}")
    if text.count("(cid:") * 6 > _MAX_UNMAPPED * len(text):
        raise DamagedError(f"PDF 的字体没有字符对照表，文字无法还原；{_NEEDS_OCR}")
    scans = [str(page.number) for page in pages if page.has_picture and not page.lines and not page.tables]
    if scans:
        builder.warn(f"第 {'、'.join(scans)} 页只有图片，没有文字层；{_NEEDS_OCR}")


def _check_columns(pages: list[PageContent], builder: DocumentBuilder) -> None:
    """Warn of pages read column by column, and of those whose columns may have been read across."""
    columned = [str(page.number) for page in pages if page.gutter]
    if columned:
        builder.warn(f"第 {'、'.join(columned)} 页是双栏排版，已逐栏读取；请对照原件")
    mixed = [str(page.number) for page in pages if look_interleaved([line.text for line in page.lines])]
    if mixed:
        builder.warn(f"第 {'、'.join(mixed)} 页可能是多栏排版，各栏文字可能串行；请对照原件，或改用 Word 文件导入")
