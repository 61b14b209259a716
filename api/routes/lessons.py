"""Lessons, duties and terms (党课、职责、术语)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from answer.lesson.duties import Duty
from answer.lesson.organs import periodic
from api.lesson_models import DutiesIn, DutiesOut, GlossaryIn, GlossaryOut, LessonIn, LessonOut
from api.service import READ, Here, Service, reply
from danggui import glossaries
from danggui.duties import duties_for, to_json
from danggui.duty_calendar import calendar
from danggui.lessons import lesson_of

router = APIRouter(prefix="/api/v1", tags=["教学"], dependencies=[READ])

_CALENDAR = "text/calendar; charset=utf-8"


@router.get("/lessons", summary="党课提纲", response_model=LessonOut)
def lessons(query: Annotated[LessonIn, Query()], service: Here) -> Response:
    """按一部法规、一章、一个主题或一个问题写党课提纲，每一行都有条款依据。"""
    with service.library.borrow() as base:
        return reply(lesson_of(base, query.topic, query.as_of or date.today(), query.minutes).to_json())


@router.get("/duties", summary="职责清单", response_model=DutiesOut)
def duties(query: Annotated[DutiesIn, Query()], service: Here) -> Response:
    """谁应当、不得、可以做什么，多久一次，依据哪一条；可按主题、主体，或二者一起。"""
    day, found = _found(query, service)
    return reply(to_json(query.topic, query.organ, day, found))


@router.get(
    "/duties.ics",
    summary="履职日历",
    response_class=Response,
    responses={200: {"description": "iCalendar 日历，每项职责一个重复的全天日程", "content": {_CALENDAR: {}}}},
)
def duty_calendar(query: Annotated[DutiesIn, Query()], service: Here) -> Response:
    """同“职责清单”，只含定期履行的，供日历软件导入或订阅。"""
    day, found = _found(query, service)
    book = calendar(found, query.organ or query.topic, day)
    return Response(book, media_type=_CALENDAR)


@router.get("/glossary", summary="术语表", response_model=GlossaryOut)
def glossary(query: Annotated[GlossaryIn, Query()], service: Here) -> Response:
    """术语和数字简称的定义与出处；不写主题时列全库的。"""
    day = query.as_of or date.today()
    with service.library.borrow() as base:
        found = glossaries.glossary_of(base, query.topic, day, short_names=query.short_names)
    return reply(glossaries.to_json(query.topic, day, found))


def _found(query: DutiesIn, service: Service) -> tuple[date, list[Duty]]:
    """Return the day and the duties that a request asks for."""
    day = query.as_of or date.today()
    with service.library.borrow() as base:
        found = duties_for(base, query.topic, query.organ, day, query.region)
    return day, periodic(found) if query.periodic else found
