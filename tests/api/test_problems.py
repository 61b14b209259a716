"""Errors over HTTP: problem details in Chinese, whatever goes wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ServiceSettings
from tests.api.conftest import opened

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def problem(title: str, status: int, detail: str, instance: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": instance}


def test_what_is_not_there(api: TestClient) -> None:
    response = api.get("/api/v1/provisions", params={"citation": "《示例县党务公开实施细则》第九十九条"})
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body == problem("没有找到", 404, body["detail"], "/api/v1/provisions")
    assert "共25条，没有第九十九条" in body["detail"]


PROBLEMS = [
    ("GET", "/api/v1/nothing", 404, "没有找到", "没有这个地址 /api/v1/nothing；接口说明见 /api/v1/openapi.json"),
    ("PUT", "/api/v1/ask", 405, "不支持的方法", "/api/v1/ask 不接受 PUT；可用 POST"),
    (
        "GET",
        "/api/v1/editions/x",
        404,
        "没有找到",
        "知识库里没有版本“x”，版本要写成 标题@日期；可用 /api/v1/editions 查看有哪些",
    ),
    ("GET", "/api/v1/jobs/0123456789abcdef", 404, "没有找到", "没有任务 0123456789abcdef；较早的任务不再保留"),
    ("GET", "/api/v1/jobs/..", 404, "没有找到", None),
    ("GET", "/api/v1/provisions?citation=hello", 400, "请求不对", None),
]


@pytest.mark.parametrize(("method", "path", "status", "title", "detail"), PROBLEMS)
def test_problems_name_the_cure(
    api: TestClient, method: str, path: str, status: int, title: str, detail: str | None
) -> None:
    response = api.request(method, path)
    body = response.json()
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert body == problem(title, status, detail or body["detail"], response.request.url.path)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


FAULTS = [
    ({}, [("question", "缺少这一项")]),
    ({"question": ""}, [("question", "至少要有 1 个字")]),
    ({"question": "党" * 4001}, [("question", "最多 4000 个字")]),
    ({"question": 7}, [("question", "应是文字")]),
    ({"question": "党课", "as_of": "昨天"}, [("as_of", "不是日期，请写成 2017-05-01 这样")]),
    ({"question": "党课", "as_of": "2017-02-30"}, [("as_of", "不是日期，请写成 2017-05-01 这样")]),
    ({"question": "党课", "on": "2017-01-01"}, [("on", "没有这一项")]),
    ({"question": "党课", "all_editions": "也许"}, [("all_editions", "应是 true 或 false")]),
]


@pytest.mark.parametrize(("body", "faults"), FAULTS)
def test_every_wrong_field_is_named(api: TestClient, body: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    response = api.post("/api/v1/ask", json=body)
    expected = [{"field": field, "detail": detail} for field, detail in faults]
    detail = "；".join(f"{field}：{words}" for field, words in faults)
    assert response.status_code == 422
    assert response.json() == {**problem("参数不对", 422, detail, "/api/v1/ask"), "errors": expected}


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b"[1]", b'"x"', b'{"question": "\\ud800"}', b'{"question": NaN}', b"[" * 100_000]
)
def test_no_body_breaks_the_service(api: TestClient, body: bytes) -> None:
    response = api.post("/api/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("params", [{"q": "党课", "k": 0}, {"q": "党课", "k": 101}, {"q": "党课", "k": "十"}, {"k": 3}])
def test_limits_of_a_search(api: TestClient, params: dict[str, Any]) -> None:
    assert api.get("/api/v1/search", params=params).status_code == 422


def test_large_bodies_are_refused(api: TestClient) -> None:
    detail = "请求体超过了上限 256 KiB；请拆开分几次发送"
    body = b" " * (256 * 1024 + 1)
    told = api.post("/api/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert told.json() == problem("请求太大", 413, detail, "/api/v1/ask")
    untold = api.post("/api/v1/ask", content=iter([body]), headers={"Content-Type": "application/json"})
    assert "content-length" not in untold.request.headers
    assert untold.json() == problem("请求太大", 413, detail, "/api/v1/ask")


def test_only_its_own_host_names_are_served(api: TestClient) -> None:
    refused = api.get("/api/v1/health", headers={"Host": "evil.example:8000"})
    detail = "服务不接受以“evil.example”为主机名的请求；请用 --allow-host 把它加入后重新启动服务"
    assert refused.json() == problem("请求不对", 400, detail, "/api/v1/health")
    for host in ("127.0.0.1:8000", "localhost", "[::1]:8000", "LOCALHOST:1"):
        assert api.get("/api/v1/health", headers={"Host": host}).status_code == 200


def test_pages_of_other_sites_cannot_ask(api: TestClient) -> None:
    def status(origin: str) -> int:
        return api.post("/api/v1/ask", json={"question": "党课"}, headers={"Origin": origin}).status_code

    assert (status("http://localhost:3000"), status("http://evil.example"), status("null")) == (200, 403, 403)
    assert "access-control-allow-origin" not in api.get("/api/v1/health", headers={"Origin": "http://a.b"}).headers


def test_without_a_base_it_says_so(tmp_path: Path) -> None:
    with opened(ServiceSettings(tmp_path / "none")) as client:
        assert client.get("/api/v1/health").json() == {"status": "ok"}
        for response in (client.get("/api/v1/ready"), client.post("/api/v1/ask/stream", json={"question": "党课"})):
            assert (response.status_code, response.headers["retry-after"]) == (503, "5")
            assert "还没有建立；请先运行 danggui ingest 导入文件" in response.json()["detail"]


def test_too_many_at_once_are_turned_away(sample_home: Path) -> None:
    with opened(replace(ServiceSettings(sample_home), max_waiting=0)) as client:
        response = client.get("/api/v1/health")
    assert (response.status_code, response.headers["retry-after"]) == (429, "1")
    assert response.json()["detail"] == "同时到来的请求太多；请稍候再试"


def test_a_fault_of_our_own_tells_nothing_of_the_inside(sample_home: Path) -> None:
    app = create_app(ServiceSettings(sample_home))

    @app.get("/api/v1/broken")
    def broken() -> None:
        raise RuntimeError("secret")

    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        response = client.get("/api/v1/broken")
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert response.json()["title"] == "服务出错"
    assert "secret" not in response.text
    assert "Traceback" not in response.text
