"""读: an edition with its contents and time line, a clause by itself, and two editions of a work side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.page.access import READ, AsOf
from api.page.text import blocks, contents
from api.page.timeline import stops
from api.page.views import page
from api.service import Here
from corpus.errors import NotFoundError
from corpus.validity import EditionInfo
from danggui.base import KnowledgeBase
from danggui.comparing import compare
from danggui.listed import Listed

router = APIRouter(include_in_schema=False, dependencies=[READ])

_MOST_CITING = 200
_PREVIEW = 400  # characters of a clause shown by itself
Name = Annotated[str, Query(max_length=200)]
Start = Annotated[str, Query(max_length=10)]


@dataclass(frozen=True, slots=True)
class Place:
    """A provision that cites the edition being read."""

    id: str
    label: str


@router.get("/read/{edition_id:path}")
def read(edition_id: Annotated[str, Path(max_length=500)], service: Here, on: AsOf) -> Response:
    """Show an edition's text, its contents, the other editions of the work and who cites it."""
    with service.library.borrow() as base:
        info = _info(base, edition_id)
        edition = base.lookup.edition(info.id)
        return page(
            "read.html",
            view="read",
            as_of=on.isoformat(),
            row=Listed(info, base.lookup.status(info.id, on)),
            stops=stops(base, info.id, on),
            contents=contents(edition),
            blocks=blocks(edition, base),
            citing=_citing(base, info),
        )


@router.get("/preview/{edition_id:path}")
def preview(
    edition_id: Annotated[str, Path(max_length=500)],
    service: Here,
    on: AsOf,
    path: Annotated[str, Query(max_length=200)],
) -> Response:
    """Show a clause by itself, for a page that shows it beside a link."""
    with service.library.borrow() as base:
        hit = base.hit(_info(base, edition_id).id, path, on)
    cut = f"{hit.text[:_PREVIEW]}……" if len(hit.text) > _PREVIEW else hit.text
    return page("preview.html", hit=hit, text=cut)


@router.get("/diff")
def diff(service: Here, on: AsOf, title: Name, old: Start = "", new: Start = "") -> Response:
    """Show two editions of a work article by article."""
    with service.library.borrow() as base:
        found = compare(base, title, old, new, on)
        sides = [Listed(info, base.lookup.status(info.id, on)) for info in (found.old, found.new)]
        return page("diff.html", view="read", found=found, sides=sides, editions=_editions(base, found.new, on))


def _info(base: KnowledgeBase, edition_id: str) -> EditionInfo:
    info = base.lookup.infos.get(edition_id)
    if info is None:
        raise NotFoundError(f"知识库里没有版本“{edition_id}”；请到“库”里查看有哪些")
    return info


def _editions(base: KnowledgeBase, info: EditionInfo, on: date) -> Sequence[Listed]:
    """Return all editions of a work, the latest first."""
    found = [other for other in base.lookup.infos.values() if other.work == info.work]
    found.sort(key=lambda other: other.date, reverse=True)
    return [Listed(other, base.lookup.status(other.id, on)) for other in found]


def _citing(base: KnowledgeBase, info: EditionInfo) -> Sequence[Place]:
    """Return the provisions of other editions that cite this one, each once."""
    others = [one for one in base.store.references_to(info.id) if one.edition_id != info.id]
    places = dict.fromkeys((one.edition_id, one.reference.path) for one in others)
    return [_place(base, *place) for place in list(places)[:_MOST_CITING] if place[0] in base.lookup.infos]


def _place(base: KnowledgeBase, edition_id: str, path: str) -> Place:
    return Place(f"{edition_id}/{path}", str(base.lookup.locator(edition_id).cite(path)))
