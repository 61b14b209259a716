"""The stored texts (法规文本): provisions, regulations, editions, comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api.models import Day, HitOut, Words
from api.service import READ, Here, reply
from api.text_models import DiffOut, EditionOut, EditionRow, OvertakenOut, RegulationOut, RelationsOut
from corpus.errors import NotFoundError
from corpus.hit import whole_hit
from corpus.model import Provision
from corpus.store import split_id
from corpus.validity import EditionInfo
from danggui.base import KnowledgeBase
from danggui.comparing import compare
from danggui.listed import Listed
from danggui.radar import radar
from danggui.relating import related, to_json

router = APIRouter(prefix="/api/v1", tags=["法规文本"], dependencies=[READ])

AsOf = Annotated[Day | None, Query(description="以哪一天的效力为准，默认今天", examples=["2026-11-01"])]
Identifier = Annotated[str, Path(max_length=500, examples=["示例县党务公开实施细则@2022-03-18/art_5/para_1"])]
EditionIdentifier = Annotated[str, Path(max_length=500, examples=["示例县党务公开实施细则@2022-03-18"])]
DateStart = Annotated[str, Query(max_length=10, description="版本日期，或其开头，如 2019", examples=[""])]


@router.get("/provisions", summary="按引文查条款", response_model=HitOut)
def cited(
    citation: Annotated[
        str,
        Query(min_length=1, max_length=300, description="引文", examples=["《示例县党务公开实施细则》第五条第一款"]),
    ],
    service: Here,
    as_of: AsOf = None,
) -> Response:
    """查一处引文所指的条款，取所问日期的版本；写法不拘。"""
    with service.library.borrow() as base:
        return reply(base.show(citation, as_of or date.today()).to_json())


@router.get("/provisions/{provision_id:path}", summary="按编号查条款", response_model=HitOut)
def provision(provision_id: Identifier, service: Here, as_of: AsOf = None) -> Response:
    """查一个编号（标题@版本日期/路径）所指的条款；没有路径时是整个版本。"""
    edition_id, path = split_id(provision_id)
    day = as_of or date.today()
    with service.library.borrow() as base:
        info = _known(base, edition_id)
        if not path:
            return reply(whole_hit(base.lookup.edition(info.id), base.lookup.status(info.id, day)).to_json())
        return reply(base.hit(info.id, path, day).to_json())


@router.get("/regulations", summary="列出法规", response_model=list[RegulationOut])
def regulations(service: Here, as_of: AsOf = None) -> Response:
    """列出库中各部法规及其版本。"""
    day = as_of or date.today()
    with service.library.borrow() as base:
        works = [
            {"key": work.key, "title": work.title, "editions": [_row(base, info, day) for info in work.editions]}
            for work in base.store.works()
        ]
    return reply(works)


@router.get("/editions", summary="列出版本", response_model=list[EditionRow])
def editions(service: Here, as_of: AsOf = None) -> Response:
    """列出库中各版本及其效力，同 danggui list --json。"""
    with service.library.borrow() as base:
        return reply([row.to_json() for row in base.editions(as_of or date.today())])


@router.get("/editions/{edition_id:path}", summary="查一个版本", response_model=EditionOut)
def edition(
    edition_id: EditionIdentifier,
    service: Here,
    as_of: AsOf = None,
    contents: Annotated[bool, Query(description="要不要条款树")] = True,
    text: Annotated[bool, Query(description="要不要全文")] = True,
) -> Response:
    """查一个版本（标题@版本日期）的信息、条款树和全文。"""
    with service.library.borrow() as base:
        info = _known(base, edition_id)
        whole = base.lookup.edition(info.id)
        row = _row(base, info, as_of or date.today())
    facts = {**asdict(info.metadata), "repeals": list(info.metadata.repeals)}
    tree = _nodes(whole.provisions) if contents else None
    return reply({**row, "metadata": facts, "contents": tree, "text": whole.text if text else None})


@router.get("/diff", summary="新旧对照", response_model=DiffOut)
def diff(
    title: Annotated[
        Words, Query(min_length=1, description="法规，可用简称", examples=["示例县党支部“三会一课”实施细则"])
    ],
    service: Here,
    old: DateStart = "",
    new: DateStart = "",
    as_of: AsOf = None,
) -> Response:
    """逐条对照一部法规的两个版本；不指明时，比较所问日期的版本与它之前的一版。"""
    day = as_of or date.today()
    with service.library.borrow() as base:
        return reply(compare(base, title, old, new, day).to_json(base, day))


@router.get("/relations", summary="上下位关系", response_model=RelationsOut)
def relations(
    citation: Annotated[
        str,
        Query(min_length=1, max_length=300, description="法规或条款", examples=["《示例县党务公开实施细则》"]),
    ],
    service: Here,
    as_of: AsOf = None,
) -> Response:
    """查一部法规或一条款依据、实施、废止、引用谁，以及谁依据、实施、废止、引用它。"""
    day = as_of or date.today()
    with service.library.borrow() as base:
        return reply(to_json(base, related(base, citation, day), day))


@router.get("/radar", summary="上位法规有变的文件", response_model=list[OvertakenOut])
def overtaken(
    service: Here,
    everything: Annotated[bool, Query(alias="all", description="不只本地文件，所有文件都查")] = False,
    as_of: AsOf = None,
) -> Response:
    """查出上位法规在其印发之后已修改或废止的文件和涉及的条款，同 danggui radar --json。"""
    with service.library.borrow() as base:
        return reply([one.to_json() for one in radar(base, as_of or date.today(), everything=everything)])


def _known(base: KnowledgeBase, edition_id: str) -> EditionInfo:
    info = base.lookup.infos.get(edition_id)
    if info is None:
        raise NotFoundError(f"知识库里没有版本“{edition_id}”，版本要写成 标题@日期；可用 /api/v1/editions 查看有哪些")
    return info


def _row(base: KnowledgeBase, info: EditionInfo, on: date) -> dict[str, object]:
    return {"id": info.id, **Listed(info, base.lookup.status(info.id, on)).to_json()}


def _nodes(provisions: Sequence[Provision]) -> list[dict[str, Any]]:
    return [
        {
            "path": node.path,
            "kind": node.kind.value,
            "label": node.label,
            "heading": node.heading,
            "start": node.start,
            "end": node.end,
            "children": _nodes(node.children),
        }
        for node in provisions
    ]
