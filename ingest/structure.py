"""From a document to its provision tree (结构解析): nothing dropped, nothing invented.

Articles come from `ingest.sequence`, nested numbers from `ingest.lists`, title, 题注, 目录 and 落款 from
`ingest.front`; this module reads the segments in order and opens the nodes. The parser refuses nothing: what it
cannot place stays a paragraph, what does not count on is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Kind, Provision
from corpus.numerals import to_int
from ingest.document import Block, BlockKind
from ingest.findings import Findings, find_problems
from ingest.front import find_contents, find_header, find_signatures, find_title, squeeze
from ingest.labels import DIVISION_STYLES, LIST_STYLES, Label, Style
from ingest.lists import OpenLists
from ingest.segments import Segment, annex_mark, segment
from ingest.tree import HEADING_RANK, LEAF_RANK, LIST_RANK, RANK, Node, Tree

_DIVISION_KIND = {
    Style.PART: Kind.PART,
    Style.SUBPART: Kind.SUBPART,
    Style.CHAPTER: Kind.CHAPTER,
    Style.SECTION: Kind.SECTION,
}
_LOOKAHEAD = 60  # segments read ahead to see whether an outer list goes on
_OPENING_WORDS = frozenset({"总纲", "序言", "前言", "引言", "导言", "总则", "附则"})
_SENTENCE_END = frozenset("。；！？”）):：;")
_HEADING_WORDS = re.compile(r"[^。；：:;！!？?\n]{1,40}")
_SPEAKS_OF_DIVISION = re.compile(r"[的、，至]|规定|所称|所列|[和及与]第|第[^条款项章节编审]{1,6}[条款项章节编]")
_ISSUES = re.compile(
    r"关于(?:重新)?(?:发布|印发|公布|下发|颁布|实行|施行)(?:新修订的|修订后的)?《(.+)》的(?:通知|公告|决定|命令|令)$"
)
_TITLE_LIKE = re.compile(r"[^。；：:;，,！!？?]{2,30}$")


@dataclass(frozen=True, slots=True)
class Structure:
    """A parsed document: its title, clean text, provision tree and what the parser noticed.

    `header` and `closing` are the words of the 题注 and of the 落款, for `ingest.metadata`.
    """

    title: str
    text: str
    provisions: tuple[Provision, ...]
    findings: Findings
    header: str = ""
    closing: str = ""


def parse(blocks: Sequence[Block], name: str) -> Structure:
    """Return the structure of a document's blocks; `name` is the file name, a title of last resort."""
    segments = segment([block for block in blocks if block.text])
    title, first, behind = find_title(segments.items, name)
    if any(item.article for item in segments.items):
        issued = _ISSUES.search(title)
        title = issued[1] if issued else title
    grower = _Grower(segments.items, find_signatures(segments.items))
    header_end = find_header(segments.items, behind)
    grower.front(first, behind, header_end)
    grower.body(header_end)
    provisions = grower.tree.freeze(len(segments.text))
    findings = find_problems(provisions, segments.refused, segments.text)
    header = "\n".join(item.text for item in [*segments.items[:first], *segments.items[behind:header_end]])
    return Structure(title, segments.text, provisions, findings, header, grower.closing())


class _Grower:
    """Reads segments in order and opens their nodes."""

    def __init__(self, items: tuple[Segment, ...], signatures: frozenset[int]) -> None:
        self.items = items
        self.tree = Tree()
        self._signatures = signatures
        self._contents = range(*find_contents(items))
        self._next_label = _next_labels(items)
        self._lists = OpenLists()
        self._list_nodes: list[tuple[Node, Segment]] = []
        self._absorbed = -1
        self._structured = any(item.article or item.label for item in items)

    def closing(self) -> str:
        """Return the words of the 落款."""
        return "\n".join(self.items[index].text for index in sorted(self._signatures))

    def front(self, first: int, behind: int, header_end: int) -> None:
        """Open title and 题注; lines before the title belong to a 题注 of their own."""
        if first:
            self._leaf(Kind.HEADER, self.items[0])
        if behind > first:
            self._leaf(Kind.TITLE, self.items[first])
        if header_end > behind:
            self._leaf(Kind.HEADER, self.items[behind])

    def body(self, start: int) -> None:
        """Open a node for every segment from `start` on."""
        for index in range(start, len(self.items)):
            self._place(index, self.items[index])

    def _place(self, index: int, item: Segment) -> None:
        label = item.label
        if index == self._absorbed:
            return
        if index in self._contents:
            if index == self._contents.start:
                self._leaf(Kind.CONTENTS, item)
        elif index in self._signatures:
            if index - 1 not in self._signatures:
                self._leaf(Kind.SIGNATURE, item)
        elif item.block.kind is BlockKind.NOTE:
            self._leaf(Kind.NOTE, item)
        elif item.block.kind is BlockKind.TABLE:
            self._table(item)
        elif item.annex:
            self._annex(index, item)
        elif item.article:
            self._article(item)
        elif label and label.style in DIVISION_STYLES and _is_division(item, label):
            self._division(index, item, label)
        elif label and label.style in LIST_STYLES and self._heads_articles(index, label):
            self._numbered_heading(item, label)
        elif label and label.style in LIST_STYLES and self._is_list(index, item, label):
            self._list_line(index, item, label)
        elif self._is_heading(index, item):
            self._heading(item)
        else:
            self._plain(index, item)

    def _open(self, node: Node, rank: int) -> Node:
        if rank < LIST_RANK:
            self._lists.clear()
            self._list_nodes.clear()
        return self.tree.open(node, rank)

    def _leaf(self, kind: Kind, item: Segment) -> None:
        self._open(Node(kind, item.start), RANK[Kind.ANNEX])
        self.tree.close(RANK[Kind.ANNEX])

    def _table(self, item: Segment) -> None:
        self.tree.close(LEAF_RANK)
        self.tree.open(Node(Kind.TABLE, item.start), LEAF_RANK)
        self.tree.close(LEAF_RANK)

    def _annex(self, index: int, item: Segment) -> None:
        if _lists_annexes(self.items, index):
            self._open(Node(Kind.PARAGRAPH, item.start), RANK[Kind.ANNEX])
            return
        mark, numeral = annex_mark(item.text)
        heading = item.text[len(mark) :].strip()
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        if (
            not heading
            and after
            and not after.label
            and after.block.kind is BlockKind.TEXT
            and _TITLE_LIKE.match(after.text)
        ):
            heading, self._absorbed = squeeze(after.text), index + 1
        number = to_int(numeral) if numeral else 0
        self._open(Node(Kind.ANNEX, item.start, number, 0, mark.strip(), heading), RANK[Kind.ANNEX])

    def _article(self, item: Segment) -> None:
        label = item.label
        if label is None:  # an accepted article always has a label; keep the text if it ever has not
            self._open(Node(Kind.PARAGRAPH, item.start), RANK[Kind.PARAGRAPH])
            return
        node = Node(Kind.ARTICLE, item.start, label.number, label.branch, label.text)
        self._open(node, RANK[Kind.ARTICLE])
        if item.text[label.end :]:  # else the first 款 begins on the next line
            self._open(Node(Kind.PARAGRAPH, item.start + label.end), RANK[Kind.PARAGRAPH])

    def _division(self, index: int, item: Segment, label: Label) -> None:
        kind = _DIVISION_KIND[label.style]
        heading = _heading_text(item.text[label.end :]) or self._absorb_heading(index + 1)
        self._open(Node(kind, item.start, label.number, label.branch, label.text, heading), RANK[kind])

    def _absorb_heading(self, index: int) -> str:
        """Return the heading on the line behind a bare 第二章 or 附件1, which then opens no node of its own."""
        item = self.items[index] if index < len(self.items) else None
        if item is None or item.label or item.block.kind is not BlockKind.TEXT or not _TITLE_LIKE.match(item.text):
            return ""
        self._absorbed = index
        return squeeze(item.text)

    def _heading(self, item: Segment) -> None:
        self._open(Node(Kind.HEADING, item.start, heading=_heading_text(item.text)), self._heading_rank(item))

    def _heading_rank(self, item: Segment) -> int:
        text = squeeze(item.text)
        if text == "附则" and self.tree.within(Kind.PART):
            return RANK[Kind.PART]
        below = self.tree.within(Kind.CHAPTER) is not None and text not in _OPENING_WORDS
        return HEADING_RANK if below else RANK[Kind.CHAPTER]

    def _numbered_heading(self, item: Segment, label: Label) -> None:
        heading = _heading_text(item.text[label.end :])
        rank = RANK[Kind.CHAPTER] if label.style is Style.COMMA else RANK[Kind.SECTION]
        rank = HEADING_RANK if self.tree.within(Kind.CHAPTER) else rank
        self._open(Node(Kind.HEADING, item.start, label.number, 0, label.text, heading), rank)

    def _heads_articles(self, index: int, label: Label) -> bool:
        """Tell whether a short numbered line is a heading with articles below it (一、总则 / 第一条), no 项."""
        item = self.items[index]
        if self._lists.continues(label) >= 0 or not _TITLE_LIKE.match(item.text) or index + 1 >= len(self.items):
            return False
        after = self.items[index + 1]
        if after.article:
            return True
        inner = after.label
        return inner is not None and Style.COMMA <= label.style < inner.style and self._heads_articles(index + 1, inner)

    def _is_list(self, index: int, item: Segment, label: Label) -> bool:
        """Tell whether a labelled line is one of a list: unusual marks only where they count on or begin at 1."""
        if label.bare and label.style is Style.ARABIC:
            return self._lists.continues(label) >= 0 or (label.number == 1 and _follows(self._next_label[index], label))
        if label.bare and (self.tree.within(Kind.ARTICLE) or len(item.text) > 50 or item.text[-1] in _SENTENCE_END):
            return False
        if label.bare and len(label.text) > 2:
            return False
        sure = not label.bare and label.style not in (Style.SHI, Style.CIRCLED)
        return sure or label.number == 1 or self._lists.continues(label) >= 0 or (label.bare and not self._lists)

    def _list_line(self, index: int, item: Segment, label: Label) -> None:
        article = self.tree.within(Kind.ARTICLE)
        if article is None:
            self.tree.close(LIST_RANK + len(self._lists))
        depth = self._lists.place(label, self._resumed_behind(index, label))
        if article is None:
            node = Node(Kind.HEADING, item.start, label.number, 0, label.text, _heading_text(item.text[label.end :]))
        else:
            node = Node(Kind.SUBITEM if depth else Kind.ITEM, item.start, label.number, 0, label.text)
        self._open(node, LIST_RANK + depth)
        self._list_nodes[depth:] = [(node, item)]

    def _resumed_behind(self, index: int, label: Label) -> int:
        """Return the depth of a list of a narrower style that goes on behind the list `label` opens, or -1.

        1、 with （一） （二） below it, then 2、: the customary order of styles is turned round.
        """
        if label.number != 1 or not self._lists or self._lists.styles[-1] <= label.style:
            return -1
        for item in self.items[index + 1 : index + _LOOKAHEAD]:
            if item.article or item.annex or (item.label and item.label.style in DIVISION_STYLES):
                break
            if item.label and item.label.style is not label.style and self._lists.continues(item.label) >= 0:
                return self._lists.continues(item.label)
        return -1

    def _is_heading(self, index: int, item: Segment) -> bool:
        """Tell whether an unnumbered line is a heading: short, behind a full sentence, before a numbered unit."""
        text = squeeze(item.text)
        if item.label is not None or item.inline or not _TITLE_LIKE.match(text):
            return False
        if text in _OPENING_WORDS or item.block.level:
            return True
        before = self.items[index - 1].text[-1:] if index else "。"
        after = self.items[index + 1] if index + 1 < len(self.items) else None
        if after is None or (before not in _SENTENCE_END and not self._after_title(index)):
            return False
        opens_list = after.label is not None and after.label.style in LIST_STYLES and after.label.number == 1
        opens = after.article or (after.label is not None and after.label.style in DIVISION_STYLES) or opens_list
        return opens and (not opens_list or len(self._lists) > 0 or self.tree.within(Kind.ARTICLE) is not None)

    def _after_title(self, index: int) -> bool:
        before = self.items[index - 1]
        return before.block.kind is not BlockKind.TEXT or before.annex or index - 1 in self._contents

    def _plain(self, index: int, item: Segment) -> None:
        if self.tree.within(Kind.ARTICLE) is not None:
            self._plain_in_article(index, item)
        elif self._lists:
            self._plain_in_outline(index, item)
        else:
            self._plain_before(item)

    def _plain_in_article(self, index: int, item: Segment) -> None:
        depth = self._lists.continues(self._next_label[index])
        if depth >= 0:  # the list goes on: the line belongs to the 项 that is open
            self._paragraph_below(depth, item)
        else:
            self._open(Node(Kind.PARAGRAPH, item.start), RANK[Kind.PARAGRAPH])

    def _plain_in_outline(self, index: int, item: Segment) -> None:
        depth = len(self._list_nodes) - 1
        if not self._is_title_line(depth):
            onward = self._lists.continues(self._next_label[index])
            while onward < 0 and depth > 0 and not self._is_title_line(depth):
                depth -= 1
            depth = max(depth, onward)
        self._paragraph_below(depth, item)

    def _is_title_line(self, depth: int) -> bool:
        """Tell whether an outline unit is a title with text below it, not a sentence of a list."""
        node, item = self._list_nodes[depth]
        return bool(node.children) or item.text[-1:] not in "。；;"

    def _paragraph_below(self, depth: int, item: Segment) -> None:
        self.tree.close(LIST_RANK + depth + 1)
        self._lists.truncate(depth + 1)
        del self._list_nodes[depth + 1 :]
        self.tree.open(Node(Kind.PARAGRAPH, item.start), LEAF_RANK)
        self.tree.close(LEAF_RANK)

    def _plain_before(self, item: Segment) -> None:
        """Open a paragraph that stands before any numbered unit of its division."""
        at_root = not any(self.tree.within(kind) for kind in (*_DIVISION_KIND.values(), Kind.ANNEX, Kind.HEADING))
        if at_root and self._structured and self.tree.within(Kind.PREAMBLE) is None:
            self._open(Node(Kind.PREAMBLE, item.start), RANK[Kind.PREAMBLE])
        elif not at_root or not self._structured:
            self.tree.close(RANK[Kind.ARTICLE])
        self.tree.open(Node(Kind.PARAGRAPH, item.start), LEAF_RANK)
        self.tree.close(LEAF_RANK)


def _is_division(item: Segment, label: Label) -> bool:
    rest = item.text[label.end :]
    if _SPEAKS_OF_DIVISION.match(rest):
        return False
    sentence = rest.endswith(("。", "；", "：")) and not (item.block.level and len(rest) <= 20)
    return len(rest) <= 60 and not sentence


def _heading_text(words: str) -> str:
    """Return a heading's words: up to the first full stop, without the white space that spreads 总　则."""
    match = _HEADING_WORDS.match(words)
    text = match[0].strip(" \u3000") if match else ""
    return squeeze(text) if len(squeeze(text)) <= 4 else text


def _follows(after: Label | None, label: Label) -> bool:
    return after is not None and (after.style, after.number, after.bare) == (label.style, label.number + 1, label.bare)


def _lists_annexes(items: Sequence[Segment], index: int) -> bool:
    """Tell whether an annex mark only announces annexes that follow later (附件：1.… behind the last article)."""
    text = items[index].text
    if not re.match(r"附[ \u3000]*件[ \u3000]*[:：][ \u3000]*\S", text):
        return False
    return any(item.annex for item in items[index + 1 :])


def _next_labels(items: Sequence[Segment]) -> list[Label | None]:
    """Return for each segment the next list label before the next article, division or annex."""
    following: list[Label | None] = [None] * len(items)
    upcoming: Label | None = None
    for index in range(len(items) - 1, -1, -1):
        following[index] = upcoming
        item = items[index]
        if item.article or item.annex or (item.label and item.label.style in DIVISION_STYLES):
            upcoming = None
        elif item.label and item.label.style in LIST_STYLES:
            upcoming = item.label
    return following
