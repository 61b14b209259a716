"""The clean text and its segments: lines, and the units that share a line (分段).

Blocks are joined by line feeds into the clean text. A segment runs from its start to the next segment's start, so
the segments tile the text. A line is split where an article or a list of 项 begins inside it: several articles in
one paragraph, "下列情形之一的：（一）……；（二）……".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.document import Block, BlockKind
from ingest.labels import DIVISION_STYLES, Label, Style, read_label
from ingest.sequence import INLINE, STRONG, Candidate, choose_articles, form_weight

_INLINE_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千两\d]{1,10}条(?:之[一二三四五六七八九十]+)?[ \u3000]")
_BEFORE_ARTICLE = frozenset("。；：！？”）) \u3000")
_INLINE_ITEM = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")
_BEFORE_ITEM = frozenset("：:；;。 \u3000")
_ANNEX = re.compile(
    r"""
    附 [ \u3000]* (?: [:：] [ \u3000]* ()                               # 附：
         | [件录表图] [ \u3000]* ([一二三四五六七八九十\d]{0,3})             # 附件2, 附 件
           (?: [ \u3000]* [:：] | $ | [ \u3000.．、]) [ \u3000]* )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """One unit of text at `start`; `text` has no line feed at its end, `label` is its number, if it has one."""

    start: int
    text: str
    block: Block
    label: Label | None = None
    article: bool = False  # an accepted article begins here
    inline: bool = False  # begins inside a line
    annex: bool = False  # an annex mark 附件


@dataclass(frozen=True, slots=True)
class Segments:
    """The clean text, its segments, and the 第X条 that look like articles but do not continue the count."""

    text: str
    items: tuple[Segment, ...]
    refused: tuple[Candidate, ...]


def segment(blocks: Sequence[Block]) -> Segments:
    """Join blocks to the clean text and split it into segments."""
    text = "\n".join(block.text for block in blocks)
    lines = list(_lines(blocks))
    candidates = list(_candidates(lines))
    chosen = set(choose_articles(candidates))
    accepted = {candidates[index].start for index in chosen}
    last = max(accepted, default=-1)
    refused = tuple(c for i, c in enumerate(candidates) if i not in chosen and c.weight == STRONG and c.start < last)
    items = tuple(part for line in lines for part in _split(line, accepted))
    return Segments(text, items, refused)


def _lines(blocks: Sequence[Block]) -> Iterator[Segment]:
    offset = 0
    for block in blocks:
        label = read_label(block.text) if block.kind is BlockKind.TEXT else None
        annex = block.text[:1] == "附" and block.kind is BlockKind.TEXT and _is_annex(block.text)
        yield Segment(offset, block.text, block, label, annex=annex)
        offset += len(block.text) + 1


def _is_annex(line: str) -> bool:
    return len(line) <= 60 and line[-1] not in "。；;" and _ANNEX.match(line) is not None


def annex_mark(line: str) -> tuple[str, str]:
    """Return the annex mark that begins a line and its numeral (附件2： -> "附件2：", "2"), "" where it has none."""
    match = _ANNEX.match(line)
    return (match[0], match[2] or "") if match else ("", "")


def _candidates(lines: Sequence[Segment]) -> Iterator[Candidate]:
    boundary = True
    for line in lines:
        label = line.label
        if label is not None and label.style is Style.ARTICLE:
            yield Candidate(line.start, label.number, label.branch, _weight(line, label), boundary)
        if line.block.kind is BlockKind.TEXT:
            yield from _inline_candidates(line)
        boundary = line.annex or (label is not None and label.style in DIVISION_STYLES) or _short(line.text)


def _short(text: str) -> bool:
    return len(text) <= 40 and text[-1:] not in "。；：;:，,"


def _weight(line: Segment, label: Label) -> float:
    if line.block.label:
        return STRONG
    return form_weight(line.text[label.end :], spaced=label.end > len(label.text))


def _inline_candidates(line: Segment) -> Iterator[Candidate]:
    for match in _INLINE_ARTICLE.finditer(line.text, 1):
        if line.text[match.start() - 1] not in _BEFORE_ARTICLE:
            continue
        label = read_label(match[0])
        rest = line.text[match.end() :].lstrip(" \u3000")
        if label is not None and form_weight(rest, spaced=True) == STRONG:
            yield Candidate(line.start + match.start(), label.number, label.branch, INLINE)


def _split(line: Segment, accepted: set[int]) -> Iterator[Segment]:
    """Yield the line's parts: at accepted articles inside it, then at a list of 项 inside each part."""
    if line.block.kind is not BlockKind.TEXT:
        yield line
        return
    cuts = [0]
    if accepted:
        cuts += [m.start() for m in _INLINE_ARTICLE.finditer(line.text, 1) if line.start + m.start() in accepted]
    for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
        part = _part(line, start, end)
        yield from _split_items(replace(part, article=part.start in accepted))


def _part(line: Segment, start: int, end: int) -> Segment:
    if start == 0 and end == len(line.text):
        return line
    text = line.text[start:end]
    return replace(line, start=line.start + start, text=text, label=read_label(text), inline=start > 0)


def _split_items(line: Segment) -> Iterator[Segment]:
    if "（二）" not in line.text and "(二)" not in line.text:
        yield line
        return
    cuts = [0, *_item_starts(line)]
    for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
        part = _part(line, start, end)
        yield part if start == 0 else replace(part, article=False)


def _item_starts(line: Segment) -> list[int]:
    """Return where the 项 of a list inside the line begin: （一）（二）… in order behind a colon or semicolon."""
    own = line.label if line.label and line.label.style is Style.PAREN else None
    first = own.number + 1 if own else 1
    begins = line.label.end if line.label else 0
    starts: list[int] = []
    for match in _INLINE_ITEM.finditer(line.text, max(begins, 1)):
        label = read_label(match[0])
        if label and label.number == first + len(starts) and line.text[match.start() - 1] in _BEFORE_ITEM:
            starts.append(match.start())
    return starts if own or len(starts) >= 2 else []
