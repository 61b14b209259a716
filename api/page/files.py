"""Files that the page sends (文件): its style sheets and scripts as they are shipped, and what a reader takes away."""

from __future__ import annotations

from importlib import resources
from urllib.parse import quote

from fastapi import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.page.views import HEADERS

_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
}


class Files(StaticFiles):
    """The files of the folder `static`; a browser keeps them but asks whether they have changed."""

    def __init__(self) -> None:
        super().__init__(directory=str(resources.files("api.page") / "static"))

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def attached(content: bytes, name: str) -> Response:
    """Return a file that a browser keeps under a name, whose ending is one of `TYPES`."""
    disposition = f"attachment; filename*=UTF-8''{quote(name.encode('utf-8', 'replace'), safe='')}"
    return Response(
        content, headers={**HEADERS, "Content-Disposition": disposition}, media_type=TYPES[name.rpartition(".")[2]]
    )
