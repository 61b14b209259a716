"""Growing the provision tree (条款树): nodes are opened in reading order, ends and paths follow from that.

A node ends where the next node that is not below it begins, so the tree tiles the text whatever is opened.
Paths are the contract of corpus.citation: art_7/para_1/item_3, [part_1/]chap_2, annex_1/art_3, h_2/h_3/para_2;
an unnumbered heading is h_x1, a repeated path gets ~2.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.model import DIVISIONS, Kind, Provision

# How tightly a kind binds: opening a node closes every open node of the same or a higher rank.
RANK = {
    Kind.ANNEX: 1,
    Kind.PART: 3,
    Kind.SUBPART: 4,
    Kind.CHAPTER: 5,
    Kind.SECTION: 6,
    Kind.ARTICLE: 8,
    Kind.PARAGRAPH: 9,
    Kind.PREAMBLE: 98,  # closed by everything but a paragraph or table
}
HEADING_RANK = 7  # an unnumbered heading inside a chapter
LIST_RANK = 10  # plus the depth of the list
LEAF_RANK = 99
ROOT_RANK = 0

_STEM = {
    Kind.PART: "part",
    Kind.SUBPART: "subpart",
    Kind.CHAPTER: "chap",
    Kind.SECTION: "sec",
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.ITEM: "item",
    Kind.SUBITEM: "sub",
    Kind.HEADING: "h",
    Kind.ANNEX: "annex",
    Kind.TABLE: "table",
    Kind.NOTE: "note",
}


@dataclass(slots=True)
class Node:
    """A provision while it grows."""

    kind: Kind
    start: int
    number: int = 0
    branch: int = 0
    label: str = ""
    heading: str = ""
    children: list[Node] = field(default_factory=list)


class Tree:
    """Opens nodes in reading order and keeps the path of open ones."""

    def __init__(self) -> None:
        self.root = Node(Kind.PREAMBLE, 0)
        self._open: list[tuple[int, Node]] = [(ROOT_RANK, self.root)]

    def open(self, node: Node, rank: int) -> Node:
        """Close what binds as tightly as `rank` or tighter, and open `node` below what is left."""
        self.close(rank)
        self._open[-1][1].children.append(node)
        self._open.append((rank, node))
        return node

    def close(self, rank: int) -> None:
        """Close every open node of this rank or a higher one; the root stays open."""
        while len(self._open) > 1 and self._open[-1][0] >= rank:
            self._open.pop()

    def within(self, kind: Kind) -> Node | None:
        """Return the innermost open node of a kind."""
        return next((node for _, node in reversed(self._open[1:]) if node.kind is kind), None)

    def freeze(self, end: int) -> tuple[Provision, ...]:
        """Return the finished tree over a text of `end` characters."""
        return _Freezer().children(self.root, end, "", "")


class _Freezer:
    """Turns nodes into provisions: ends from the next start, one-款 articles flattened, paths made unique."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def children(self, node: Node, end: int, parent: str, scope: str) -> tuple[Provision, ...]:
        nodes = node.children
        ends = [*(child.start for child in nodes[1:]), end][: len(nodes)]
        counts: dict[Kind, int] = {}
        frozen = []
        for child, child_end in zip(nodes, ends, strict=True):
            counts[child.kind] = counts.get(child.kind, 0) + (child.kind is not Kind.HEADING or not child.number)
            path = self._unique(_path(child, node.kind, counts[child.kind], parent, scope))
            frozen.append(self._freeze(child, child_end, path, path if child.kind is Kind.ANNEX else scope))
        return tuple(frozen)

    def _freeze(self, node: Node, end: int, path: str, scope: str) -> Provision:
        if node.kind is Kind.ARTICLE:
            _flatten(node)
        return Provision(
            node.kind,
            path,
            node.number or None,
            node.branch,
            node.label,
            node.heading,
            self.children(node, end, path, scope),
            node.start,
            end,
        )

    def _unique(self, path: str) -> str:
        count = self._seen[path] = self._seen.get(path, 0) + 1
        return path if count == 1 else f"{path}~{count}"


def _flatten(article: Node) -> None:
    """Hang the 项 of an article's only 款 on the article itself: people cite 第六条第（三）项."""
    paragraphs = [child for child in article.children if child.kind is Kind.PARAGRAPH]
    if len(paragraphs) == 1:
        index = article.children.index(paragraphs[0])
        article.children[index : index + 1] = paragraphs[0].children


def _path(node: Node, parent_kind: Kind, count: int, parent: str, scope: str) -> str:
    stem = _STEM.get(node.kind)
    if stem is None:
        return f"{scope}/{node.kind.value}" if scope else node.kind.value
    if node.kind is Kind.ARTICLE:
        number = f"{node.number}-{node.branch}" if node.branch else str(node.number)
        return f"{scope}/art_{number}" if scope else f"art_{number}"
    if node.kind in DIVISIONS and parent_kind not in DIVISIONS:
        parent = scope
    number = str(node.number) if node.number else f"x{count}" if node.kind is Kind.HEADING else str(count)
    return f"{parent}/{stem}_{number}" if parent else f"{stem}_{number}"
