"""Choosing the reader by content, and refusing with a reason and a cure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import InputError
from ingest.readers import read

Maker = Callable[..., bytes]
PARAGRAPH = "<w:p><w:r><w:t>第一条 为了规范。</w:t></w:r></w:p>"
PAGE = "<html><body><p>第一条 为了规范。</p></body></html>"


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


def draw_article(canvas: object, _page: int) -> None:
    canvas.drawString(90, 700, "第一条 为了规范。")  # type: ignore[attr-defined]


def test_content_decides_whatever_the_name_says(make_docx: Maker, make_pdf: Maker) -> None:
    files = {
        "docx": make_docx(PARAGRAPH),
        "pdf": make_pdf(draw_article),
        "html": PAGE.encode(),
        "txt": "第一条 为了规范。".encode(),
        "md": "# 办法\n\n## 第一章\n\n第一条 为了规范。".encode(),
    }
    for kind, data in files.items():
        for name in ("样.doc", "样.txt", "样"):
            document = read(data, name)
            assert (document.kind, document.blocks[-1].text) == (kind, "第一条 为了规范。")


def test_name_breaks_the_tie() -> None:
    assert read("办法正文。".encode(), "样.md").kind == "md"
    assert read("办法正文。".encode(), "样.txt").kind == "txt"
    assert read(("# 办法\n<div><p>正文</p></div>" * 2).encode(), "样.md").kind == "md"


REFUSED = [
    pytest.param(b"", "空", id="empty"),
    pytest.param(b" \r\n\t\n", "空", id="white space"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".doc", id="old Word"),
    pytest.param(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码", id="encrypted Office file"
    ),
    pytest.param(b"{\\rtf1\\ansi hello}", "RTF", id="rtf"),
    pytest.param(b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html>", "MHT", id="mht"),
    pytest.param(b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "2003", id="xml"),
    pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "OCR", id="picture"),
    pytest.param(zipped(xl__workbook_xml="<x/>"), "Excel", id="xlsx"),
    pytest.param(zipped(OFD_xml="<x/>"), "OFD", id="ofd"),
    pytest.param(zipped(content_xml="<x/>"), "OpenDocument", id="odt"),
    pytest.param(zipped(a_txt="x"), "解压", id="zip of other things"),
    pytest.param(zipped(word__document_xml="<w:document"), "XML", id="broken xml"),
    pytest.param(b"PK\x03\x04" + b"\x14\0" * 40, "损坏", id="torso of a zip"),
    pytest.param(b"%PDF-1.7\n1 0 obj\n<<", "损坏", id="torso of a pdf"),
    pytest.param(bytes(range(256)) * 40, "编码", id="binary"),
    pytest.param(b"<html><body><script>x</script></body></html>", "没有文字", id="page without text"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_refusal_names_file_reason_and_cure(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data, "样本.docx")
    message = str(caught.value)
    assert message.startswith("样本.docx：")
    assert reason in message
    assert "请" in message


def test_truncated_docx_is_refused(make_docx: Maker) -> None:
    with pytest.raises(InputError, match="不完整"):
        read(make_docx(PARAGRAPH)[:-60], "样.docx")


def test_docx_of_pictures_only_asks_for_ocr(make_docx: Maker) -> None:
    with pytest.raises(InputError, match="OCR"):
        read(make_docx("<w:p><w:r><w:drawing/></w:r></w:p>"), "样.docx")


def test_entity_bomb_is_refused_unexpanded() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;&b;&b;</d>'
    with pytest.raises(InputError, match="实体"):
        read(zipped(word__document_xml=bomb), "样.docx")


def test_external_entity_is_not_opened() -> None:
    reach = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><d>&a;</d>'
    with pytest.raises(InputError, match="实体"):
        read(zipped(word__document_xml=reach), "样.docx")


def test_zip_bomb_is_refused_before_it_is_inflated() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 12_000_000)
    with pytest.raises(InputError, match="压缩炸弹"):
        read(buffer.getvalue(), "样.docx")


def test_password_on_the_zip_is_named(make_docx: Maker) -> None:
    data = bytearray(make_docx(PARAGRAPH))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(InputError, match="密码"):
        read(bytes(data), "样.docx")


def read_or_refuse(data: bytes) -> None:
    try:
        document = read(data, "样")
    except InputError:
        return
    assert document.blocks
    for block in document.blocks:
        assert block.text == block.text.strip()
        assert "\n" not in block.text or block.kind == "table"
        assert block.text.startswith(block.label)


MAGIC = st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"# a\n# b\n", b"\xff\xfe", b"---\n"])


@settings(max_examples=150, deadline=None)
@given(MAGIC, st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(magic: bytes, data: bytes) -> None:
    read_or_refuse(magic + data)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="第一二三条章（）。、：|#*_`->[]()<p>div&; \n\t\u3000\u200b《》1.", max_size=200))
def test_any_marked_text_is_read_or_refused(text: str) -> None:
    for source in (text, f"# {text}\n# x", f"<html><body><ol><li>{text}<table><tr><td>{text}"):
        read_or_refuse(source.encode())


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_docx_is_read_or_refused(make_docx: Maker, data: st.DataObject) -> None:
    sound = make_docx(PARAGRAPH * 3, styles="<w:style w:styleId='a'/>", numbering="<w:num w:numId='1'/>")
    damaged = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(damaged))
