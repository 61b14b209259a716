"""Telling what a file is from its bytes, and saying why one cannot be read (辨别格式)."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.readers.xml import Archive, DamagedError


class Format(StrEnum):
    """The kinds of file that have a reader."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"  # txt and md, told apart after decoding


_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096  # bytes looked at
_PAGE = re.compile(rb"<(?:!doctype\s{1,9}html|html|head|body|meta)\b", re.IGNORECASE)
_TAG = re.compile(
    rb"<(?:p|div|table|tr|td|br|span|font|h[1-6]|ul|ol|li|section|article|strong|center)\b[^<>]{0,500}>", re.IGNORECASE
)
_MIN_TAGS = 3  # tags that make a page of a text without <html>
_ARCHIVED_PAGE = re.compile(rb"^MIME-Version:.{0,2000}multipart/related", re.MULTILINE | re.DOTALL | re.IGNORECASE)
_WORD_XML = re.compile(rb"<\?mso-application|<w:wordDocument\b|<pkg:package\b")

_SAVE_AS_DOCX = "请用 Word 或 WPS 打开后另存为 docx"
_NEEDS_OCR = "请先做文字识别（OCR），再导入识别后的文件"
_REFUSED = (
    (b"{\\rtf", f"这是 RTF 文件，不能直接读取；{_SAVE_AS_DOCX}"),
    (b"\x89PNG", f"这是图片，没有文字；{_NEEDS_OCR}"),
    (b"\xff\xd8\xff", f"这是图片，没有文字；{_NEEDS_OCR}"),
    (b"GIF8", f"这是图片，没有文字；{_NEEDS_OCR}"),
    (b"II*\x00", f"这是图片，没有文字；{_NEEDS_OCR}"),
    (b"MM\x00*", f"这是图片，没有文字；{_NEEDS_OCR}"),
    (b"Rar!", "这是 RAR 压缩包，不能直接读取；请解压后导入其中的文件"),
    (b"7z\xbc\xaf", "这是 7z 压缩包，不能直接读取；请解压后导入其中的文件"),
    (b"\x1f\x8b", "这是 gzip 压缩包，不能直接读取；请解压后导入其中的文件"),
)
_OTHER_PACKAGES = (
    ("xl/workbook.xml", "这是 Excel 工作簿，不是文本文件；请把条文粘贴到 Word 中另存为 docx"),
    ("ppt/presentation.xml", "这是 PowerPoint 演示文稿，不是文本文件；请把条文粘贴到 Word 中另存为 docx"),
    ("ofd.xml", "这是 OFD 版式文件，不能直接读取；请转换为 docx 或带文字层的 PDF"),
    ("content.xml", f"这是 OpenDocument 文件，不能直接读取；{_SAVE_AS_DOCX}"),
)


def sniff(data: bytes) -> Format:
    """Return the format of these bytes; raises DamagedError with the reason and the cure when no reader takes them."""
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise DamagedError("文件是空的；请检查是否选错了文件")
    if data.startswith(_ZIP):
        return _package(Archive(data))
    if data.startswith(_OLE):
        raise DamagedError(_old_office(data))
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    reason = next((reason for magic, reason in _REFUSED if head.startswith(magic)), "")
    if reason:
        raise DamagedError(reason)
    plain = head.replace(b"\x00", b"")  # UTF-16
    if _ARCHIVED_PAGE.search(plain):
        raise DamagedError(f"这是网页归档（MHT）文件，不能直接读取；{_SAVE_AS_DOCX}")
    if _WORD_XML.search(plain):
        raise DamagedError(f"这是 Word 2003 的 XML 文件，不能直接读取；{_SAVE_AS_DOCX}")
    is_page = _PAGE.search(plain) is not None or len(_TAG.findall(plain)) >= _MIN_TAGS
    return Format.HTML if is_page else Format.TEXT


def _package(archive: Archive) -> Format:
    """Return DOCX for a zip that holds a Word document; raises DamagedError otherwise."""
    if "word/document.xml" in archive or any(name.startswith("word/document") for name in archive.names()):
        return Format.DOCX
    reason = next((reason for part, reason in _OTHER_PACKAGES if part in archive), "")
    raise DamagedError(reason or "这是压缩包，不能直接读取；请解压后导入其中的文件")


def _old_office(data: bytes) -> str:
    """Return the reason why an OLE container is refused: encrypted, or of the old binary kind."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "这是设有密码的 Office 文件；请打开并去掉密码后另存为 docx"
    return f"这是旧版 Word（.doc）或其他旧版 Office 文件，不能直接读取；{_SAVE_AS_DOCX}"
