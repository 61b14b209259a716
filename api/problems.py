"""Errors as the service answers them (出错回应): RFC 9457 problem details, in Chinese, with the cure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from corpus.errors import ConflictError, DangguiError, InputError, NotFoundError, StoreError

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    400: "请求不对",
    401: "需要密钥",
    403: "不允许",
    404: "没有找到",
    405: "不支持的方法",
    409: "有冲突",
    413: "请求太大",
    422: "参数不对",
    429: "请求太多",
    500: "服务出错",
    503: "暂时不能服务",
}
_STATUSES: tuple[tuple[type[DangguiError], int], ...] = (
    (NotFoundError, 404),
    (ConflictError, 409),
    (StoreError, 503),
    (InputError, 400),
)
# What pydantic finds wrong, by its type; {…} are the limits it names.
_WRONG = {
    "missing": "缺少这一项",
    "string_type": "应是文字",
    "string_unicode": "含有不成字的字符",
    "string_too_short": "至少要有 {min_length} 个字",
    "string_too_long": "最多 {max_length} 个字",
    "string_pattern_mismatch": "形式不对",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "int_from_float": "应是整数",
    "int_parsing_size": "数太大",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "bool_parsing": "应是 true 或 false",
    "bool_type": "应是 true 或 false",
    "extra_forbidden": "没有这一项",
    "json_invalid": "请求体不是正确的 JSON",
    "model_attributes_type": "请求体应是 JSON 对象，并带 Content-Type: application/json",
    "dict_type": "应是 JSON 对象",
    "enum": "只能是 {expected}",
    "literal_error": "只能是 {expected}",
    "too_short": "至少要有 {min_length} 个",
    "too_long": "最多 {max_length} 个",
}
_OTHER = "值不对"


class Fault(BaseModel):
    """One wrong parameter or field."""

    field: str = Field(description="哪一项", examples=["question"])
    detail: str = Field(description="错在哪里", examples=["缺少这一项"])


class Problem(BaseModel):
    """An error (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "没有找到",
                    "status": 404,
                    "detail": "《示例县党务公开实施细则》（2022年3月18日）共25条，没有第九十九条",
                    "instance": "/api/v1/provisions",
                }
            ]
        }
    )

    type: str = Field(description="错误类别的地址，一律 about:blank：类别由 status 表明")
    title: str = Field(description="错误类别")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="出了什么错，怎样改正")
    instance: str = Field(description="出错的地址")
    errors: list[Fault] | None = Field(None, description="逐项的错误，只在 422 时有")


class ProblemError(Exception):
    """A request that is answered with a problem."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers


def problem_of(error: DangguiError) -> ProblemError:
    """Return the problem that an error of the house is to a client."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    return ProblemError(status, str(error), {"Retry-After": "5"} if status == 503 else None)


def problem_body(status: int, detail: str, path: str, errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """Return the JSON object of a problem."""
    title = _TITLES.get(status, "出错")
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": path}
    return {**body, "errors": list(errors)} if errors else body


def problem_response(
    status: int,
    detail: str,
    path: str,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Mapping[str, str]] = (),
) -> Response:
    """Return the response that tells a problem."""
    body = json.dumps(problem_body(status, detail, path, errors), ensure_ascii=False)
    return Response(body.encode("utf-8", "replace"), status, dict(headers or {}), MEDIA_TYPE)


KINDS = (ProblemError, DangguiError, HTTPException, RequestValidationError)  # of the errors that are answered


def install(app: FastAPI) -> None:
    """Let every error that a route or the framework raises be answered as a problem."""
    app.add_exception_handler(ProblemError, _of_problem)
    app.add_exception_handler(DangguiError, _of_danggui)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)


async def _of_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problem_response(error.status, error.detail, request.url.path, error.headers)


async def _of_danggui(request: Request, error: Exception) -> Response:
    assert isinstance(error, DangguiError)
    return await _of_problem(request, problem_of(error))


async def _of_http(request: Request, error: Exception) -> Response:
    """Answer what the framework itself refuses, whose words are English."""
    assert isinstance(error, HTTPException)
    path, headers = request.url.path, error.headers
    details = {
        400: "请求体读不懂；请按 /api/v1/openapi.json 的说明发送",
        404: f"没有这个地址 {path}；接口说明见 /api/v1/openapi.json",
        405: f"{path} 不接受 {request.method}；可用 {(headers or {}).get('Allow', 'GET')}",
        413: str(error.detail),
    }
    return problem_response(error.status_code, details.get(error.status_code, _TITLES[400]), path, headers)


async def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [{"field": _field(one["loc"]), "detail": _wrong(one)} for one in error.errors()]
    detail = "；".join(f"{one['field']}：{one['detail']}" for one in faults)
    return problem_response(422, detail, request.url.path, errors=faults)


def _field(place: Sequence[str | int]) -> str:
    """Return the name of what is wrong; a place begins with body, query or path."""
    names = [str(part) for part in place[1:] if isinstance(part, str)]
    return ".".join(names)[:100].encode("utf-8", "replace").decode() or "请求体"


def _wrong(one: Mapping[str, Any]) -> str:
    kind, limits = str(one["type"]), one.get("ctx") or {}
    if kind == "value_error":
        return str(limits["error"])
    choices = str(limits.get("expected", "")).replace("'", "").replace(", ", "、").replace(" or ", "、")
    return _WRONG.get(kind, _OTHER).format(**{**limits, "expected": choices})
