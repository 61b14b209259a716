"""Who may see and change what (进门): a browser keeps its key in a cookie, unseen by scripts and other sites."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from api.keys import Scope
from api.page.views import HEADERS
from api.problems import ProblemError
from api.service import Here

COOKIE = "danggui_key"


class Opens:
    """The dependency of a page that a key of some scope opens."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def __call__(self, request: Request, service: Here) -> None:
        """Let the request pass or raise ProblemError, which is shown with a field for the key."""
        service.admit(request.cookies.get(COOKIE, ""), self._scope)


READ, WRITE, ADMIN = (Depends(Opens(scope)) for scope in Scope)


def keep_key(request: Request, response: Response, key: str) -> None:
    """Let the browser keep a key until it is closed."""
    response.set_cookie(COOKIE, key, httponly=True, samesite="strict", secure=request.url.scheme == "https")


def go(place: str) -> RedirectResponse:
    """Return what sends the browser on after a form; to this server alone, whatever the form says."""
    local = place.startswith("/") and not place.startswith(("//", "/\\")) and place.isprintable()
    return RedirectResponse(place if local else "/", 303, HEADERS)


def read_day(as_of: str = "") -> date:
    """Return the day that a form names, today where it names none. Raises ProblemError."""
    try:
        return date.fromisoformat(as_of) if as_of else date.today()
    except ValueError as error:
        raise ProblemError(422, f"“{as_of[:20]}”不是日期，请写成 2017-05-01 这样") from error


AsOf = Annotated[date, Depends(read_day)]
