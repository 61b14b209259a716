"""The description of the interface: committed, whole, true."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import openapi
from api.app import create_app
from api.settings import ServiceSettings


def app() -> FastAPI:
    return create_app(ServiceSettings(Path()))


def test_the_committed_file_is_that_of_the_code() -> None:
    assert openapi.FILE.read_text("utf-8") == openapi.text(app()), (
        "run python -m api.openapi and look at the difference"
    )


def test_it_is_served(api: TestClient) -> None:
    assert api.get("/api/v1/openapi.json").json() == app().openapi()


def test_every_route_describes_what_it_takes_and_its_errors() -> None:
    description = app().openapi()
    for path, methods in description["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in methods.values():
            assert operation["summary"]
            assert operation["description"]
            errors = {code: answer for code, answer in operation["responses"].items() if code >= "400"}
            assert {"400", "403", "413", "422", "429", "500", "503"} <= set(errors)
            for answer in errors.values():
                schema = answer["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}


def test_examples_can_be_asked(api: TestClient) -> None:
    schemas = app().openapi()["components"]["schemas"]
    body = {name: field["examples"][0] for name, field in schemas["AskIn"]["properties"].items() if "examples" in field}
    answer = api.post("/api/v1/ask", json=body).json()
    assert (answer["status"], answer["citations"][0]["article"]) == ("answered", "第十一条")
