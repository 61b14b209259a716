"""讲: the outline of a lesson, and the duties of a topic or an organ with their calendar; read here or taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from answer.lesson.duties import MODE_WORDS, Duty
from answer.lesson.model import Lesson
from api.page.access import READ, AsOf
from api.page.files import attached
from api.page.views import address, page
from api.service import Here
from corpus.errors import NotFoundError
from danggui import duty_files, lesson_docx, lesson_slides
from danggui.base import KnowledgeBase
from danggui.duties import duties_for
from danggui.duty_calendar import calendar, is_dated
from danggui.lesson_text import about, heading, markdown, titled
from danggui.lessons import DUTIES, lesson_of

router = APIRouter(include_in_schema=False, dependencies=[READ])

ORGANS = ("党支部", "党小组", "党委", "党组", "纪委", "党支部书记", "党员")
_MOST = 300  # duties on the page
Words = Annotated[str, Query(max_length=200)]
Minutes = Annotated[Literal["30", "60", "90"], Query()]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose duties are asked for: of a topic, of an organ, or of an organ in a topic."""

    topic: str
    organ: str
    on: date

    def duties(self, base: KnowledgeBase) -> list[Duty]:
        """Return the duties. Raises InputError, NotFoundError."""
        return duties_for(base, self.topic, self.organ, self.on)

    def comes_round(self, base: KnowledgeBase) -> bool:
        """Whether any of them has a place in a calendar."""
        try:
            return any(map(is_dated, self.duties(base)))
        except NotFoundError:
            return False

    def at(self, path: str) -> str:
        """Return the address of these duties below a path."""
        return address(path, topic=self.topic, organ=self.organ, as_of=self.on.isoformat())

    @property
    def name(self) -> str:
        """Whose they are, in words."""
        return "·".join(filter(None, (self.topic, self.organ)))

    @property
    def title(self) -> str:
        """What they are called."""
        return f"{self.name}职责清单"


def asked(on: AsOf, topic: Words = "", organ: Words = "") -> Asked:
    """Return whose duties an address asks for."""
    return Asked(" ".join(topic.split()), " ".join(organ.split()), on)


Whose = Annotated[Asked, Depends(asked)]


@router.get("/teach/lesson")
def lesson(
    service: Here, on: AsOf, topic: Annotated[str, Query(min_length=1, max_length=200)], minutes: Minutes = "60"
) -> Response:
    """Show the outline of a lesson."""
    with service.library.borrow() as base:
        found = lesson_of(base, topic, on, int(minutes))
        whose = Asked(topic, "", on)
        comes_round = whose.comes_round(base)
    files = {
        ending: address(f"/teach/lesson.{ending}", topic=topic, minutes=minutes, as_of=on.isoformat())
        for ending in _WRITERS
    }
    return page(
        "lesson.html",
        view="teach",
        title=heading(found),
        about=about(found),
        sections=list(titled(found)),
        duties=found.duties,
        files=files,
        whose=whose,
        is_dated=comes_round,
        duty_heading=DUTIES,
        modes=MODE_WORDS,
    )


_WRITERS: Mapping[str, Callable[[Lesson], bytes]] = {
    "docx": lesson_docx.docx_of,
    "pptx": lesson_slides.pptx_of,
    "md": lambda found: markdown(found).encode(),
}


@router.get("/teach/lesson.{ending}")
def lesson_file(
    ending: Literal["docx", "pptx", "md"],
    service: Here,
    on: AsOf,
    topic: Annotated[str, Query(min_length=1, max_length=200)],
    minutes: Minutes = "60",
) -> Response:
    """Send the outline of a lesson as a file."""
    with service.library.borrow() as base:
        found = lesson_of(base, topic, on, int(minutes))
    return attached(_WRITERS[ending](found), f"{heading(found)}.{ending}")


@router.get("/teach/duties")
def duties(service: Here, whose: Whose) -> Response:
    """Show the duties of a topic or an organ."""
    with service.library.borrow() as base:
        found = whose.duties(base)
    shown: Sequence[Duty] = found[:_MOST]
    return page(
        "duties.html",
        view="teach",
        whose=whose,
        duties=shown,
        total=len(found),
        is_dated=any(map(is_dated, found)),
        modes=MODE_WORDS,
    )


@router.get("/teach/duties.{ending}")
def duty_file(ending: Literal["xlsx", "ics"], service: Here, whose: Whose) -> Response:
    """Send the duties as a table, or those that come round as a calendar."""
    with service.library.borrow() as base:
        found = whose.duties(base)
    if ending == "ics":
        return attached(calendar(found, whose.name, whose.on), f"{whose.name}履职日历.ics")
    return attached(duty_files.xlsx_of(found), f"{whose.title}.xlsx")
