"""Which texts stand above and below a text or clause (关系网): what it rests on, what rests on it or cites it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from answer.counterpart import counterpart
from corpus.citation import Citation
from corpus.errors import InputError
from corpus.hit import Hit
from corpus.model import Provision
from corpus.relations import Tie, Tied, ties
from corpus.store import split_id
from corpus.titles import work_key
from corpus.validity import EditionInfo, days

if TYPE_CHECKING:
    from danggui.base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Edge:
    """An edition and a work it is tied to, with the places that say so.

    `target` is the edition meant, None where the base lacks the work; `work` is the work's key, `title` its name.
    """

    tie: Tie
    source: EditionInfo
    work: str
    title: str
    target: EditionInfo | None
    places: tuple[Tied, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """What stands above and below an edition or, with `clause`, one clause of it."""

    info: EditionInfo
    clause: Hit | None
    upstream: tuple[Edge, ...]
    downstream: tuple[Edge, ...]


class Network:
    """All editions of an open base and their ties, as it was when they were first asked for."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._lookup = base.lookup

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every edge, by citing edition."""
        infos = sorted(self._lookup.infos.values(), key=lambda info: info.id)
        return tuple(edge for info in infos for edge in self._edges(info))

    @cached_property
    def _above(self) -> dict[str, list[Edge]]:
        return _grouped((edge.source.id, edge) for edge in self.edges)

    @cached_property
    def _below(self) -> dict[str, list[Edge]]:
        return _grouped((edge.work, edge) for edge in self.edges)

    def upstream(self, info: EditionInfo) -> Sequence[Edge]:
        """Return what an edition is tied to."""
        return self._above.get(info.id, ())

    def downstream(self, info: EditionInfo) -> Sequence[Edge]:
        """Return what is tied to the work of an edition, whichever edition it means."""
        return self._below.get(info.work, ())

    def _edges(self, info: EditionInfo) -> Iterator[Edge]:
        store = self._base.store
        yield from self.edges_of(info, ties(info, store.text(info.id), store.references_from(info.id)))

    def edges_of(self, info: EditionInfo, places: Iterable[Tied]) -> Iterator[Edge]:
        """Yield an edge for each work and tie that the places of an edition, in the base or not, tell."""
        found: dict[tuple[Tie, str], list[Tied]] = {}
        names: dict[str, str] = {}
        for tied in places:
            titles = self._lookup.titles.resolve(tied.title)
            title = titles[0] if len(titles) == 1 else tied.title
            if work_key(title) != info.work or tied.tie is Tie.REPEALS:
                names.setdefault(work_key(title), title)
                found.setdefault((tied.tie, work_key(title)), []).append(tied)
        for (tie, work), told in found.items():
            yield Edge(tie, info, work, names[work], self._meant(info, names[work], told), tuple(told))

    def _meant(self, info: EditionInfo, title: str, places: Sequence[Tied]) -> EditionInfo | None:
        """Return the edition that the places link to, else the one that counted on the citing edition's day."""
        for tied in places:
            if tied.reference and tied.reference.target:
                return self._lookup.infos.get(split_id(tied.reference.target)[0])
        if not self._lookup.editions_of(title):
            return None
        span = days(info.date)
        return self._lookup.choose(title, span.last if span.last != date.max else date.today())


def related(base: KnowledgeBase, words: str, on: date) -> Related:
    """Return what stands above and below the work or clause that a citation or title names on a day.

    Raises NotFoundError or AmbiguousError, as `LookUp.title` and `LookUp.provision` do.
    """
    citation = _citation(words)
    edition, clause = base.lookup.provision(citation, on)
    info, network = base.lookup.infos[edition.id], base.network
    if clause is None:
        return Related(info, None, tuple(network.upstream(info)), tuple(network.downstream(info)))
    above = (_within(edge, base, clause) for edge in network.upstream(info))
    below = (_citing(edge, base, info, clause) for edge in network.downstream(info))
    hit = base.hit(info.id, clause.path, on)
    return Related(info, hit, tuple(edge for edge in above if edge), tuple(edge for edge in below if edge))


def _citation(words: str) -> Citation:
    """Read a citation; words that are none are a title or short name."""
    try:
        return Citation.parse(words)
    except InputError:
        return Citation(words.strip("《》 "))


def _within(edge: Edge, base: KnowledgeBase, clause: Provision) -> Edge | None:
    """Return an edge with the places inside a clause of the citing edition, None without any."""
    inside = {node.path for node in clause.walk()}
    return _only(edge, [tied for tied in edge.places if tied.path in inside])


def _citing(edge: Edge, base: KnowledgeBase, info: EditionInfo, clause: Provision) -> Edge | None:
    """Return an edge with the places that cite a clause, or what it was in another edition."""
    return _only(edge, [tied for tied in edge.places if _means(base, tied, info, clause)])


def _means(base: KnowledgeBase, tied: Tied, info: EditionInfo, clause: Provision) -> bool:
    target = tied.reference.target if tied.reference else ""
    edition_id, path = split_id(target) if target else ("", "")
    if not path:
        return False
    ours = base.lookup.locator(info.id)
    if edition_id != info.id:
        theirs = base.lookup.locator(edition_id)
        found = counterpart(theirs, theirs.nodes[path], ours) if path in theirs.nodes else None
        path = found.path if found else ""
    below = {node.path for node in clause.walk()}
    return path in below or path in {node.path for node in ours.ancestors(clause)}


def _only(edge: Edge, places: Sequence[Tied]) -> Edge | None:
    return Edge(edge.tie, edge.source, edge.work, edge.title, edge.target, tuple(places)) if places else None


def _grouped(rows: Iterator[tuple[str, Edge]]) -> dict[str, list[Edge]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for key, edge in rows:
        found[key].append(edge)
    return found


def to_json(base: KnowledgeBase, found: Related, on: date) -> dict[str, object]:
    """Return the JSON object of the interface."""
    return {
        **_facts(base, found.info, on),
        "clause": found.clause.to_json() if found.clause else None,
        "upstream": [_edge(base, edge, edge.target, on) for edge in found.upstream],
        "downstream": [_edge(base, edge, edge.source, on) for edge in found.downstream],
    }


def _edge(base: KnowledgeBase, edge: Edge, other: EditionInfo | None, on: date) -> dict[str, object]:
    facts = _facts(base, other, on) if other else {**dict.fromkeys(_FACTS, ""), "title": edge.title}
    places = [_place(base, edge.source, tied) for tied in edge.places]
    return {"kind": edge.tie.value, **facts, "in_base": other is not None, "places": places}


_FACTS = ("id", "title", "edition", "status", "level", "region")


def _facts(base: KnowledgeBase, info: EditionInfo, on: date) -> dict[str, object]:
    values = (info.id, info.title, info.date, base.lookup.status(info.id, on).value)
    return dict(zip(_FACTS, (*values, info.metadata.level, info.metadata.region), strict=True))


def _place(base: KnowledgeBase, source: EditionInfo, tied: Tied) -> dict[str, object]:
    label = str(base.lookup.locator(source.id).cite(tied.path)) if tied.path else ""
    reference = tied.reference
    return {
        "id": f"{source.id}/{tied.path}" if tied.path else source.id,
        "label": label,
        "words": reference.words if reference else "",
        "target": reference.target if reference else "",
    }
