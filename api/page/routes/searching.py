"""查: search with facets, and a box that takes a citation in any spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.models import LONGEST_QUESTION, MOST_HITS
from api.page.access import READ, AsOf, go
from api.page.views import Option, address, marked, page, read_address
from api.service import Here
from corpus.errors import DangguiError
from corpus.hit import Hit
from corpus.validity import EditionInfo, Status
from danggui.base import KnowledgeBase, Scope
from danggui.output import STATUS_WORDS

router = APIRouter(include_in_schema=False, dependencies=[READ])

_NAMES = {"status": "效力", "level": "位阶", "issuer": "机关", "region": "地域", "year": "年份"}
_OPTIONS = 8  # values of a facet that are offered
_SHOWN = 30  # hits on the page
_EXCERPT = 160  # characters of a hit that are shown
_BEFORE = 30  # of them before the first word found
Value = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Found:
    """A hit on the page: an excerpt in stretches, each with whether it is a word of the query."""

    hit: Hit
    info: EditionInfo
    excerpt: Sequence[tuple[str, bool]]


@router.get("/search")
def search(
    service: Here,
    on: AsOf,
    q: Annotated[str, Query(max_length=LONGEST_QUESTION)] = "",
    status: Value = "",
    level: Value = "",
    issuer: Value = "",
    region: Value = "",
    year: Value = "",
) -> Response:
    """Show the clauses for some words, those of editions that are over among them, to be narrowed by facets."""
    chosen = {"status": status, "level": level, "issuer": issuer, "region": region, "year": year}
    words = " ".join(q.split())
    with service.library.borrow() as base:
        hits = base.search(words, MOST_HITS, Scope(on, all_editions=True)) if words else []
        infos = base.lookup.infos
        facets = {name: _facet(name, hits, infos, chosen, words, on.isoformat()) for name in _NAMES}
        kept = _narrowed(hits, infos, chosen)
        found = [Found(hit, infos[hit.edition_id], _excerpt(hit, _words(base, words))) for hit in kept[:_SHOWN]]
    return page(
        "search.html",
        view="search",
        q=words,
        as_of=on.isoformat(),
        found=found,
        total=len(kept),
        facets=facets,
        names=_NAMES,
        chosen=chosen,
        trouble="",
        citation="",
    )


@router.get("/goto")
def look_up(service: Here, on: AsOf, citation: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Go to the clause that a citation names, or say what there is instead."""
    try:
        with service.library.borrow() as base:
            return go(read_address(base.show(citation, on).id))
    except DangguiError as error:
        return page(
            "search.html",
            404,
            view="search",
            q="",
            as_of=on.isoformat(),
            found=[],
            total=0,
            facets={},
            names=_NAMES,
            chosen={},
            trouble=str(error),
            citation=citation,
        )


_VALUES: Mapping[str, Callable[[Hit, EditionInfo], str]] = {
    "status": lambda hit, info: hit.status,
    "level": lambda hit, info: info.metadata.level or "其他",
    "issuer": lambda hit, info: info.metadata.issuer or "不详",
    "region": lambda hit, info: info.metadata.region or "中央",
    "year": lambda hit, info: hit.edition[:4],
}


def _narrowed(hits: Iterable[Hit], infos: Mapping[str, EditionInfo], chosen: Mapping[str, str]) -> list[Hit]:
    """Return the hits that have every value chosen."""
    wanted = [(_VALUES[name], value) for name, value in chosen.items() if value]
    return [hit for hit in hits if all(of(hit, infos[hit.edition_id]) == value for of, value in wanted)]


def _facet(
    name: str, hits: Sequence[Hit], infos: Mapping[str, EditionInfo], chosen: Mapping[str, str], q: str, as_of: str
) -> list[Option]:
    """Return the values of a facet among the hits that the other facets leave, the most frequent first."""
    among = _narrowed(hits, infos, {**chosen, name: ""})
    counts = Counter(_VALUES[name](hit, infos[hit.edition_id]) for hit in among)
    return [
        Option(
            STATUS_WORDS[Status(value)] if name == "status" else value,
            count,
            address("/search", **{"q": q, "as_of": as_of, **chosen, name: "" if chosen[name] == value else value}),
            chosen[name] == value,
        )
        for at, (value, count) in enumerate(counts.most_common())
        if at < _OPTIONS or chosen[name] == value
    ]


def _words(base: KnowledgeBase, query: str) -> list[str]:
    """Return the words to be marked, longest first."""
    found = {word for word in base.index.words(query) if len(word) > 1 and not word.isascii()}
    return sorted(found, key=lambda word: (-len(word), word))


def _excerpt(hit: Hit, words: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the part of a hit where the first of the words stands."""
    text = " ".join(hit.text.split())
    pattern = re.compile("|".join(map(re.escape, words)) or "(?!)")
    first = pattern.search(text)
    start = max(0, first.start() - _BEFORE) if first and len(text) > _EXCERPT else 0
    part = f"{'……' * bool(start)}{text[start : start + _EXCERPT]}{'……' * (start + _EXCERPT < len(text))}"
    return marked(part, tuple(match.span() for match in pattern.finditer(part)))
