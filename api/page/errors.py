"""Errors as a browser shows them (出错页面): the same words as the problem that a program would get."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request, Response

from api.page.views import page
from api.problems import KINDS

Handler = Callable[[Request, Exception], Awaitable[Response]]


def install(app: FastAPI) -> None:
    """Let browsers see errors as pages; the interface goes on answering with problems."""
    for kind in KINDS:
        former: Any = app.exception_handlers[kind]
        app.add_exception_handler(kind, _shown(former))


def _shown(former: Handler) -> Handler:
    async def handle(request: Request, error: Exception) -> Response:
        response = await former(request, error)
        if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
            return response
        problem = json.loads(bytes(response.body))
        if problem["status"] == 404 and "/api/v1/openapi.json" in problem["detail"]:
            problem["detail"] = f"没有这个页面 {problem['instance']}；请从上方的栏目重新进入"
        kept = {name: value for name, value in response.headers.items() if name in ("retry-after", "allow")}
        here = str(request.url.replace(scheme="", netloc="")) if request.method == "GET" else "/"
        return page("error.html", problem["status"], kept, problem=problem, here=here)

    return handle
