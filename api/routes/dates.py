"""The dates of editions and the catalogue (日期、目录): read with their sources, settled by a human's word."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.models import CatalogueOut, DateIn, Day, EditionDatesOut, Words
from api.service import READ, WRITE, Here, reply
from danggui.cataloguing import listings
from danggui.dating import edition_dates, set_date, timeline, unset_date

router = APIRouter(prefix="/api/v1", tags=["日期和目录"])

AsOf = Annotated[Day | None, Query(description="以哪一天的效力为准，默认今天", examples=["2026-11-01"])]
EditionIdentifier = Annotated[str, Path(max_length=500, examples=["示例县党务公开实施细则@2022-03-18"])]


@router.get(
    "/editions/{edition_id:path}/dates",
    summary="查一个版本的日期及出处",
    response_model=EditionDatesOut,
    dependencies=[READ],
)
def dates(edition_id: EditionIdentifier, service: Here, as_of: AsOf = None) -> Response:
    """查一个版本（标题@版本日期）的通过、公布、施行、废止等日期，每一个都注明出处；不知道的为空。"""
    with service.library.borrow() as base:
        return reply(edition_dates(base, edition_id, as_of or date.today()).to_json())


@router.put(
    "/editions/{edition_id:path}/dates",
    summary="确认或更正一个日期",
    response_model=EditionDatesOut,
    dependencies=[WRITE],
)
def settle(edition_id: EditionIdentifier, said: DateIn, service: Here) -> Response:
    """确认或更正一个版本的一个日期，优先于正文、清单和目录，立即生效，写入变更记录；value 为 null 是撤回。"""
    if said.value is None:
        unset_date(service.settings.home, edition_id, said.field, said.by, said.note)
    else:
        set_date(service.settings.home, edition_id, said.field, said.value, said.by, said.note)
    service.library.catch_up()
    with service.library.borrow() as base:
        return reply(edition_dates(base, edition_id, date.today()).to_json())


@router.get("/dates", summary="查一部法规的时间轴", response_model=list[EditionDatesOut], dependencies=[READ])
def of_work(
    title: Annotated[Words, Query(min_length=1, description="法规，可用简称", examples=["示例县党务公开实施细则"])],
    service: Here,
    as_of: AsOf = None,
) -> Response:
    """查一部法规各版本的日期及出处，目录所知而正文未入库的也在内，同 danggui dates --json。"""
    with service.library.borrow() as base:
        return reply([one.to_json() for one in timeline(base, title, as_of or date.today())])


@router.get("/catalogue", summary="查法规目录", response_model=list[CatalogueOut], dependencies=[READ])
def catalogue(
    service: Here,
    words: Annotated[Words, Query(description="名称、简称、机关或类别里的词", examples=["巡视"])] = "",
    missing: Annotated[bool, Query(description="只列库中缺少的")] = False,
    limit: Annotated[int, Query(ge=1, le=1000, description="至多几部")] = 500,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="跳过前几部")] = 0,
    as_of: AsOf = None,
) -> Response:
    """查目录知道的法规及其效力，正文是否入库，同 danggui catalogue --json。"""
    with service.library.borrow() as base:
        found = listings(base.lookup.catalogued, words, as_of or date.today(), missing=missing)
    return reply([row.to_json() for row in found[offset : offset + limit]])
