"""The description of the interface (接口说明), OpenAPI 3.1: `python -m api.openapi [FILE]` writes it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import MEDIA_TYPE, Problem

FILE = Path(__file__).with_name("openapi.json")
_PROBLEM = "#/components/schemas/Problem"
_ALWAYS = {
    "400": "请求不对：主机名不被接受，或请求读不懂",
    "413": "请求体太大",
    "422": "参数不对",
    "429": "请求太多",
    "500": "服务端出错",
    "503": "知识库还没有载入，或暂时不能服务",
}
_KEYED = {"401": "需要密钥", "403": "密钥的权限不够，或请求来自别的网站的页面"}
_WITH_LOOKUP = {"404": "没有所说的法规、版本、条款或任务"}
_WITHOUT_LOOKUP = ("health", "ready", "metrics")


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description of the application, every error described as a problem."""
    found = get_openapi(
        title=app.title, version=app.version, summary=app.summary, description=app.description, routes=app.routes
    )
    schemas = found["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    for path, operation in _operations(found):
        described = {**_ALWAYS, **(_KEYED if "security" in operation else {"403": _KEYED["403"]})}
        if path.rpartition("/")[2] not in _WITHOUT_LOOKUP:
            described.update(_WITH_LOOKUP)
        for status, words in described.items():
            content = {MEDIA_TYPE: {"schema": {"$ref": _PROBLEM}}}
            operation["responses"][status] = {"description": words, "content": content}
        operation["responses"] = dict(sorted(operation["responses"].items()))
    return found


def text(app: FastAPI) -> str:
    """Return the description as it is written to a file."""
    return json.dumps(app.openapi(), ensure_ascii=False, indent=1) + "\n"


def _operations(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in found["paths"].items():
        for operation in methods.values():
            yield path, operation


def main(arguments: list[str]) -> None:
    """Write the description to the file given, by default beside this module."""
    from api.app import create_app
    from api.settings import ServiceSettings

    app = create_app(ServiceSettings(Path()))
    Path(arguments[0] if arguments else FILE).write_text(text(app), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
