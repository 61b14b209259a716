"""The network of a base as a graph (关系图): nodes and edges as JSON, or a picture by level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from corpus.relations import Tie
from corpus.titles import plain_title
from danggui.relating import Edge

if TYPE_CHECKING:
    from danggui.base import KnowledgeBase

LEVELS = (
    ("党章", "宪法"),
    ("准则", "法律"),
    ("条例", "监察法规", "行政法规"),
    ("规定", "办法", "规则", "细则", "部门规章"),
    ("地方性法规", "地方政府规章"),
)
TIE_WORDS = {Tie.BASED_ON: "依据", Tie.IMPLEMENTS: "实施", Tie.REPEALS: "废止", Tie.CITES: "引用"}


@dataclass(frozen=True, slots=True)
class Node:
    """A work, by its key; `rank` is its row in `LEVELS`, the last for local documents and all others."""

    work: str
    title: str
    level: str
    region: str
    status: str
    in_base: bool

    @property
    def rank(self) -> int:
        """The row of the work's level."""
        return next((row for row, names in enumerate(LEVELS) if self.level in names), len(LEVELS))


@dataclass(frozen=True, slots=True)
class Graph:
    """Works and the ties between them, one edge for each tie of two works: source key, target key, tie, places."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str, Tie, int], ...]

    def to_json(self) -> dict[str, object]:
        """Return nodes and edges as JSON."""
        return {
            "nodes": [
                {
                    "id": node.work,
                    "title": node.title,
                    "level": node.level,
                    "region": node.region,
                    "status": node.status,
                    "in_base": node.in_base,
                }
                for node in self.nodes
            ],
            "edges": [
                {"source": source, "target": target, "kind": tie.value, "places": places}
                for source, target, tie, places in self.edges
            ],
        }


def graph(base: KnowledgeBase, on: date, title: str = "") -> Graph:
    """Return the graph of the editions that count on a day; with `title` that work and what is tied to it.

    Raises NotFoundError or AmbiguousError for a title that is not there.
    """
    edges = [edge for edge in base.network.edges if base.lookup.counts(edge.source, on)]
    works = {info.work for info in base.lookup.counting(on)}
    if title:
        work = base.lookup.choose(base.lookup.meant(title), on).work
        edges = [edge for edge in edges if work in (edge.source.work, edge.work)]
        works = {work}
    names = {edge.work: edge.title for edge in edges}
    works |= names.keys() | {edge.source.work for edge in edges}
    nodes = (_node(base, work, names.get(work, work), on) for work in works)
    return Graph(tuple(sorted(nodes, key=lambda node: (node.rank, node.title))), tuple(sorted(_counted(edges))))


def _node(base: KnowledgeBase, work: str, name: str, on: date) -> Node:
    if not base.lookup.editions_of(work):
        return Node(work, name, "", "", "", in_base=False)
    info = base.lookup.choose(work, on)
    facts = info.metadata
    return Node(work, plain_title(info.title), facts.level, facts.region, base.lookup.status(info.id, on).value, True)


def _counted(edges: Iterable[Edge]) -> Sequence[tuple[str, str, Tie, int]]:
    found: dict[tuple[str, str, Tie], int] = {}
    for edge in edges:
        key = (edge.source.work, edge.work, edge.tie)
        found[key] = found.get(key, 0) + len(edge.places)
    return [(*key, count) for key, count in found.items()]
