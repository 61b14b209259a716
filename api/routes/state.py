"""How the service is doing (运行状态)."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.models import HealthOut, ReadyOut
from api.service import READ, Here, reply

router = APIRouter(prefix="/api/v1", tags=["运行状态"])

_FIGURES = {CONTENT_TYPE_LATEST: {"schema": {"type": "string"}}}


@router.get("/health", summary="是否活着", response_model=HealthOut)
async def health() -> Response:
    """服务进程活着就回答 ok。"""
    return reply({"status": "ok"})


@router.get("/ready", summary="是否就绪", response_model=ReadyOut)
async def ready(service: Here) -> Response:
    """知识库已载入并预热就回答 ready，此前回答 503。"""
    with service.library.borrow() as base:
        editions, generation = len(base.lookup.infos), base.index.manifest.generation
    return reply({"status": "ready", "editions": editions, "generation": generation})


@router.get(
    "/metrics",
    summary="指标",
    response_class=PlainTextResponse,
    responses={200: {"description": "Prometheus 文本格式的指标", "content": _FIGURES}},
    dependencies=[READ],
)
def metrics(service: Here) -> Response:
    """Prometheus 指标：各接口的请求数和用时、问答结果、索引代号。"""
    return Response(service.metrics.text(), media_type=CONTENT_TYPE_LATEST)
