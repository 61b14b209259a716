"""Questions and searches (问答、检索)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from answer.ask import Answer
from api.models import AnswerOut, AskIn, CitationIn, Filters, HitOut, SearchIn, VerificationOut
from api.problems import ProblemError, problem_body, problem_of
from api.service import READ, Here, Service, reply
from corpus.errors import DangguiError
from danggui.base import Scope

router = APIRouter(prefix="/api/v1", tags=["问答与检索"], dependencies=[READ])

_STREAM = (
    "服务器推送事件：`status` 表示开始；有语言模型时，`statement` 是逐句写出并核对过的答复；`answer` 是答案，"
    "不带条款，以它为准；`citation` 每条依据一个，`notes` 是说明，`done` 表示结束；出错时是 `error`，内容同错误回应。"
    "每个事件的 data 是一个 JSON 对象。"
)
_EVENT = {  # of each event, since OpenAPI 3.1 has no word for a sequence of them
    "type": "object",
    "properties": {
        "event": {"type": "string", "enum": ["status", "statement", "answer", "citation", "notes", "done", "error"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["event", "data"],
}
_EVENTS = {"text/event-stream": {"schema": _EVENT}}


@router.post("/ask", summary="提问", response_model=AnswerOut)
def ask(body: AskIn, service: Here) -> Response:
    """回答一个问题，逐字引用条款；没有依据就直说。"""
    with service.library.borrow() as base:
        answer = base.final_answer(body.question, scope_of(body), body.llm)
    service.metrics.asked.labels(answer.status.value).inc()
    return reply(answer.to_json())


@router.post(
    "/ask/stream",
    summary="提问，逐步回答",
    response_class=StreamingResponse,
    responses={200: {"description": _STREAM, "content": _EVENTS}},
)
async def ask_stream(body: AskIn, service: Here) -> StreamingResponse:
    """同“提问”，以服务器推送事件（server-sent events）回答。"""
    if service.library.trouble:
        raise ProblemError(503, service.library.trouble, {"Retry-After": "5"})
    return StreamingResponse(_events(service, body), media_type="text/event-stream")


@router.get("/search", summary="检索条款", response_model=list[HitOut])
def search(query: Annotated[SearchIn, Query()], service: Here) -> Response:
    """按问题检索条款，最相关的在前；问题点名的条款排在最前。"""
    with service.library.borrow() as base:
        hits = base.search(query.q, query.k, scope_of(query))
    return reply([hit.to_json() for hit in hits])


@router.post("/verify-citation", summary="核对引文", response_model=VerificationOut)
def verify_citation(body: CitationIn, service: Here) -> Response:
    """核对一处引文：条款是否存在，所问日期是否有效，所引文字是否与原文一字不差。"""
    with service.library.borrow() as base:
        return reply(base.verify_citation(body.citation, body.quote, body.as_of).to_json())


def scope_of(filters: Filters) -> Scope:
    """Return the scope that a request names, today where no day is given."""
    day = filters.as_of
    return Scope(
        day or date.today(),
        filters.all_editions,
        filters.level,
        filters.region,
        filters.title,
        free=day is None,
    )


def _events(service: Service, asked: AskIn) -> Iterator[str]:
    """Yield the events of an answer; each is made in a worker thread."""
    yield _event("status", {"state": "asked"})
    try:
        with service.library.borrow() as base:
            for number, part in enumerate(base.answer(asked.question, scope_of(asked), asked.llm), 1):
                if isinstance(part, Answer):
                    yield from _whole(service, part)
                else:
                    yield _event("statement", {"number": number, **part.to_json()})
    except DangguiError as error:
        problem = problem_of(error)
        yield _event("error", problem_body(problem.status, problem.detail, "/api/v1/ask/stream"))


def _whole(service: Service, answer: Answer) -> Iterator[str]:
    """Yield the events of an answer that is whole."""
    service.metrics.asked.labels(answer.status.value).inc()
    told = answer.to_json()
    citations: Any = told.pop("citations")
    notes = told.pop("notes")
    yield _event("answer", told)
    for number, citation in enumerate(citations, 1):
        yield _event("citation", {"number": number, "citation": citation})
    yield _event("notes", {"notes": notes})
    yield _event("done", {"status": told["status"], "citations": len(citations)})


def _event(name: str, data: Mapping[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
