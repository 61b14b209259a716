"""The style sheet and the script of the page (静态文件), as they are shipped."""

from __future__ import annotations

from importlib import resources

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class Files(StaticFiles):
    """The files of the folder `static`; a browser keeps them but asks whether they have changed."""

    def __init__(self) -> None:
        super().__init__(directory=str(resources.files("api.page") / "static"))

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response
