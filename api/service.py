"""What the routes work with (服务): base, keys, jobs, checks, figures and settings of one application."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from api.conversations import Conversations
from api.jobs import Jobs
from api.keys import KeyRing, Scope
from api.library import Library
from api.metrics import Metrics
from api.problems import ProblemError
from api.settings import ServiceSettings

_bearer = HTTPBearer(auto_error=False, description="密钥，由 danggui keys add 添加")
_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="密钥，另一种写法")
_SCOPES = {Scope.READ: "查阅", Scope.WRITE: "入库", Scope.ADMIN: "管理"}


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running service."""

    settings: ServiceSettings
    library: Library
    keys: KeyRing
    jobs: Jobs
    checks: Jobs
    conversations: Conversations
    metrics: Metrics

    def admit(self, key: str, scope: Scope) -> None:
        """Raise ProblemError unless a request with this key, "" for none, may do what `scope` allows."""
        if not key:
            if self.settings.require_keys:
                raise _unknown("这个服务要用密钥；请带上请求头 Authorization: Bearer 密钥（由 danggui keys add 添加）")
            return
        known = self.keys.find(key)
        if known is None:
            raise _unknown("密钥不对或已作废；请向管理员要一把新的")
        if not known.scope.includes(scope):
            raise ProblemError(403, f"密钥“{known.name}”没有{_SCOPES[scope]}（{scope.value}）权限；请向管理员另要一把")


def _unknown(detail: str) -> ProblemError:
    return ProblemError(401, detail, {"WWW-Authenticate": "Bearer"})


async def current(request: Request) -> Service:
    """Return the service that a request came to."""
    service: Service = request.app.state.service
    return service


Here = Annotated[Service, Depends(current)]


class Needs:
    """The dependency of a route that a key of some scope opens."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def __call__(
        self,
        service: Here,
        bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
        header: Annotated[str | None, Depends(_header)],
    ) -> None:
        """Let the request pass or raise ProblemError."""
        service.admit(bearer.credentials if bearer else header or "", self._scope)


READ, WRITE, ADMIN = (Depends(Needs(scope)) for scope in Scope)


def reply(value: Mapping[str, Any] | Sequence[Any], status: int = 200) -> Response:
    """Return a JSON response; what the house made is sent as it is, not checked again."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Response(body, status, media_type="application/json")
