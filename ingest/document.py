"""What every reader returns: a document as ordered blocks of text (读出的文件)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block was in the file."""

    TEXT = "text"  # a paragraph; line breaks inside one (Word's w:br) split it into several blocks
    TABLE = "table"  # one table: rows joined by "\n", cells by " | "
    NOTE = "note"  # a footnote or endnote


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, table or note, as the reader found it, in reading order.

    `level` is the outline level of a heading (1–9: Word heading style, <h1>, #) or 0. `label` is the number that
    Word's automatic numbering shows and `text` already starts with it; "" where the number was typed. `page`
    counts from 1, 0 where the format has none.
    """

    text: str
    kind: BlockKind = BlockKind.TEXT
    level: int = 0
    label: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A file as blocks; `kind` is docx, pdf, html, txt or md.

    `hidden` holds text a human reader would not see (white or tiny type, display:none, w:vanish), which is kept
    out of the blocks; `warnings` are Chinese sentences for the ingest report; `margins` are the page headers and
    footers (页眉页脚), no part of the text but the place of secrecy marks.
    """

    blocks: tuple[Block, ...]
    kind: str
    hidden: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()
