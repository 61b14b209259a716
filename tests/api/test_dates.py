"""Dates and catalogue over HTTP: read with sources, settled with effect at once, refused as problems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.keys import KeyRing, Scope
from api.settings import ServiceSettings
from tests.api.conftest import opened

EDITION = "示例县党务公开实施细则@2022-03-18"
PATH = f"/api/v1/editions/{quote(EDITION)}/dates"


@pytest.fixture
def own(own_home: Path) -> Iterator[TestClient]:
    with opened(ServiceSettings(own_home)) as client:
        yield client


def test_a_date_is_settled_and_counts_at_once(own: TestClient) -> None:
    def status() -> str:
        rows = own.get("/api/v1/editions", params={"as_of": "2026-11-01"}).json()
        return next(str(row["status"]) for row in rows if row["title"] == "示例县党务公开实施细则")

    assert status() == "in_force"
    body = {"field": "repealed", "value": "2026-10-01", "by": "法规科", "note": "县委文件"}
    answer = own.put(PATH, json=body)
    assert answer.status_code == 200, answer.text
    assert [(one["value"], one["source"]) for one in answer.json()["dates"] if one["field"] == "repealed"] == [
        ("2026-10-01", "human")
    ]
    assert status() == "repealed"
    assert own.get(PATH).json() == own.put(PATH, json=body).json()
    assert own.put(PATH, json={**body, "value": None}).status_code == 200
    assert status() == "in_force"


def test_what_is_wrong_is_a_problem(own: TestClient, own_home: Path) -> None:
    body = {"field": "effective", "value": "2020-99-99", "by": "法规科"}
    wrong = own.put(PATH, json=body)
    assert (wrong.status_code, "“2020-99-99”不是施行日期" in wrong.json()["detail"]) == (400, True)
    assert own.put(PATH, json={**body, "field": "printed"}).status_code == 422
    assert own.put("/api/v1/editions/nothing@2020/dates", json={**body, "value": "2020"}).status_code == 404
    assert own.get("/api/v1/editions/nothing@2020/dates").status_code == 404
    reader = KeyRing(own_home).add("读者", Scope.READ)
    headers = {"Authorization": f"Bearer {reader}"}
    assert own.get(PATH, headers=headers).status_code == 200
    assert own.put(PATH, json={**body, "value": "2020"}, headers=headers).status_code == 403


def test_the_catalogue_comes_in_pages(api: TestClient) -> None:
    whole = [one["title"] for one in api.get("/api/v1/catalogue", params={"words": "纪律"}).json()]
    page = api.get("/api/v1/catalogue", params={"words": "纪律", "limit": 2, "offset": 1}).json()
    assert len(whole) > 3
    assert [one["title"] for one in page] == whole[1:3]


def test_timeline_and_catalogue(api: TestClient) -> None:
    (found,) = api.get("/api/v1/catalogue", params={"words": "问责条例", "missing": True}).json()
    assert (found["title"], found["stored"]) == ("中国共产党问责条例", False)
    rows = api.get("/api/v1/dates", params={"title": "问责条例", "as_of": "2026-11-01"}).json()
    assert [(row["edition"], row["status"], row["stored"]) for row in rows] == [
        ("2016-07-08", "superseded", False),
        ("2019-08-25", "in_force", False),
    ]
