"""A document checked over HTTP."""

from __future__ import annotations

from fastapi.testclient import TestClient


def test_an_uploaded_document_is_checked_and_not_stored(api: TestClient) -> None:
    before = len(api.get("/api/v1/documents").json())
    text = "通知\n依照《示例县党务公开实施细则》第九十九条。".encode()
    reply = api.post("/api/v1/check", files={"file": ("通知.txt", text)}, params={"as_of": "2026-11-01"})
    assert reply.status_code == 200
    found = reply.json()
    assert [one["state"] for one in found["findings"]] == ["not_found"]
    assert found["citations"][0]["paragraph"] == 1
    assert len(api.get("/api/v1/documents").json()) == before


def test_what_is_no_document_is_refused_in_chinese(api: TestClient) -> None:
    reply = api.post("/api/v1/check", files={"file": ("空.txt", b"")})
    assert reply.status_code in (400, 422)
    assert "空.txt" in reply.text
