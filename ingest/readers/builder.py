"""The tray on which a reader lays what it finds; it cleans, counts and hands over a `Document` (装配)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.clean import clean, count_invisible
from ingest.document import Block, BlockKind, Document

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


class DocumentBuilder:
    """Collects blocks in reading order; every text goes through `clean`, and empty ones are left out."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._hidden: list[str] = []
        self._warnings: dict[str, None] = {}
        self._margins: dict[str, None] = {}
        self._invisible = 0

    def text(self, raw: str, *, level: int = 0, page: int = 0, kind: BlockKind = BlockKind.TEXT) -> None:
        """Add one paragraph or note; a line feed inside `raw` begins a further block of the same level."""
        for line in raw.split("\n"):
            self._add(self._clean(line), kind, level, "", page)

    def numbered(self, raw: str, label: str, *, level: int = 0, kind: BlockKind = BlockKind.TEXT) -> None:
        """Add a paragraph whose number the program displays and the file does not hold (自动编号).

        `label` is put before the words with the white space it ends in, unless they begin with it already.
        """
        first, *rest = raw.split("\n")
        shown = self._clean(first)
        number = clean(label)
        if not number or not shown or is_typed(number, shown):
            self._add(shown, kind, level, "", 0)
        else:
            self._add(clean(label + shown), kind, level, number, 0)
        for line in rest:
            self.text(line, level=level, kind=kind)

    def table(self, rows: Iterable[Iterable[str]], *, page: int = 0) -> None:
        """Add a table: rows joined by line feeds, cells by " | " without white space at a row's ends; empty rows go."""
        lines = [[self._clean(cell.replace("\n", " ")) for cell in row] for row in rows]
        self._add("\n".join(" | ".join(line).strip() for line in lines if any(line)), BlockKind.TABLE, 0, "", page)

    def hide(self, raw: str) -> None:
        """Record text that a human reader of the file would not see."""
        if text := self._clean(raw):
            self._hidden.append(text)

    def margin(self, raw: str) -> None:
        """Record the text of a page header or footer, once each."""
        if text := clean(raw):
            self._margins[text] = None

    def warn(self, sentence: str) -> None:
        """Record a Chinese sentence for the ingest report, once each."""
        self._warnings[sentence] = None

    def document(self, kind: str) -> Document:
        """Return the finished document; `kind` is docx, pdf, html, txt or md."""
        if self._invisible:
            self.warn(f"删去了 {self._invisible} 个看不见的字符（零宽字符、书写方向控制符等）")
        private = sum(len(_PRIVATE.findall(block.text)) for block in self._blocks)
        if private:
            self.warn(f"有 {private} 个字符是字体自造字（私有区），可能显示或检索不出；请对照原件")
        return Document(
            tuple(self._blocks), kind, tuple(self._hidden), tuple(self._warnings), margins=tuple(self._margins)
        )

    def _clean(self, raw: str) -> str:
        self._invisible += count_invisible(raw)
        return clean(raw)

    def _add(self, text: str, kind: BlockKind, level: int, label: str, page: int) -> None:
        if text:
            self._blocks.append(Block(text, kind, level, label, page))


def is_typed(label: str, words: str) -> bool:
    """Tell whether `words` begin with `label`, white space aside: 第 一 章 is 第一章, but 1.5 is not 1."""
    number, line = "".join(label.split()), "".join(words.split())
    return line.startswith(number) and not line[len(number) : len(number) + 1].isdigit()
