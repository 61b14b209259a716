"""Files built on the spot: docx from raw XML, so that each feature stands alone, and pdf from reportlab."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ROOT = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

DocxMaker = Callable[..., bytes]
PdfMaker = Callable[..., bytes]


def _part(tag: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_ROOT}>{content}</w:{tag}>'


def _relations(targets: dict[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (target, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}">{entries}</Relationships>'


def _docx(body: str, *, main: str = "word/document.xml", headers: tuple[str, ...] = (), **parts: str) -> bytes:
    """Return a docx; `parts` are styles, numbering, footnotes, endnotes by name, each the content of its root."""
    targets = {f"{kind}.xml": kind for kind in parts} | {f"header{at}.xml": "header" for at in range(len(headers))}
    files = {f"word/{kind}.xml": _part(kind, content) for kind, content in parts.items()}
    files |= {f"word/header{at}.xml": _part("hdr", content) for at, content in enumerate(headers)}
    files[main] = _part("document", f"<w:body>{body}</w:body>")
    files["_rels/.rels"] = _relations({main: "officeDocument"})
    files[f"word/_rels/{main.removeprefix('word/')}.rels"] = _relations(targets)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _pdf(draw: Callable[[Any, int], None], *, pages: int = 1, **options: Any) -> bytes:  # noqa: ANN401
    """Return a pdf of A4 pages; `draw(canvas, page)` is called for each with the Chinese font registered."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, **options)
    for page in range(1, pages + 1):
        canvas.setFont("STSong-Light", 16)
        draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="session")
def make_docx() -> DocxMaker:
    """Return a function that builds a docx of raw WordprocessingML."""
    return _docx


@pytest.fixture(scope="session")
def make_pdf() -> PdfMaker:
    """Return a function that builds a pdf by drawing on a reportlab canvas."""
    return _pdf
