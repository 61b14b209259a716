"""What every request passes first and last (门卫): host, origin, size and load; safe headers; figures."""

from __future__ import annotations

import logging
import time
from urllib.parse import urlsplit

from fastapi import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics
from api.problems import problem_response
from api.settings import MEBIBYTE, ServiceSettings

logger = logging.getLogger(__name__)

UPLOADS = ("/api/v1/documents", "/api/v1/check", "/api/v1/quiz-checks", "/documents", "/check")
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_METHODS = (*_SAFE_METHODS, "POST", "PUT", "PATCH", "DELETE")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """The outermost layer of the application; a plain ASGI one, for it is on every request's way."""

    def __init__(self, app: ASGIApp, settings: ServiceSettings, metrics: Metrics) -> None:
        self._app = app
        self._settings = settings
        self._metrics = metrics
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; other kinds of connection are passed on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        self._under_way += 1
        try:
            refusal = self._refusal(scope)
            if refusal:
                await refusal(scope, receive, exchange.send)
            else:
                await self._serve(scope, receive, exchange)
        finally:
            self._under_way -= 1
            self._count(scope, exchange)

    async def _serve(self, scope: Scope, receive: Receive, exchange: _Exchange) -> None:
        try:
            await self._app(scope, _Limited(receive, self._limit(scope)), exchange.send)
        except Exception:
            logger.exception("处理 %s %s 时出错", scope["method"], scope["path"])
            if exchange.status:
                raise
            detail = "服务端出错，这不是您的问题；请把时间和地址告诉管理员，详情见服务端日志"
            await problem_response(500, detail, scope["path"])(scope, receive, exchange.send)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to a request that goes no further."""
        headers, path = Headers(scope=scope), scope["path"]
        host = _host(headers.get("host", ""))
        if self._settings.hosts and host not in self._settings.hosts:
            cure = "请用 --allow-host 把它加入后重新启动服务"
            return problem_response(400, f"服务不接受以“{host[:100]}”为主机名的请求；{cure}", path)
        origin = headers.get("origin")
        if origin and scope["method"] not in _SAFE_METHODS and _host(_origin_host(origin)) != host:
            return problem_response(403, "不接受别的网站的页面发来的改动或提问；请直接调用接口", path)
        limit = self._limit(scope)
        if _length(headers) > limit:
            return problem_response(413, too_large(limit), path)
        if self._under_way > self._settings.max_waiting:
            return problem_response(429, "同时到来的请求太多；请稍候再试", path, {"Retry-After": "1"})
        return None

    def _limit(self, scope: Scope) -> int:
        is_upload = scope["method"] == "POST" and scope["path"] in UPLOADS
        return self._settings.max_upload if is_upload else self._settings.max_body

    def _count(self, scope: Scope, exchange: _Exchange) -> None:
        route = getattr(scope.get("route"), "path", "other")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.requests.labels(method, route, exchange.status or 499).inc()
        self._metrics.seconds.labels(route).observe(time.perf_counter() - exchange.began)


class _Exchange:
    """Sends the answer of one request with safe headers, and remembers its status, 0 before it."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.began = time.perf_counter()
        self.status = 0
        self._send = send

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


class _Limited:
    """Receives a body of a limited size, whatever its length is said to be."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._got = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._got += len(message.get("body", b""))
        if self._got > self._limit:
            raise HTTPException(413, too_large(self._limit))
        return message


def too_large(limit: int) -> str:
    """Return the sentence on a body of more than `limit` bytes."""
    size = f"{limit / MEBIBYTE:.0f} MiB" if limit >= MEBIBYTE else f"{limit >> 10} KiB"
    return f"请求体超过了上限 {size}；请拆开分几次发送"


def _host(value: str) -> str:
    """Return a Host header's name without its port, in lower case: [::1]:8000 is ::1."""
    name = value.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0]


def _origin_host(origin: str) -> str:
    """Return host and port of an Origin header, "" where it has none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _length(headers: Headers) -> int:
    try:
        return int(headers.get("content-length", "0"))
    except ValueError:  # the server itself refuses such a request
        return 0
