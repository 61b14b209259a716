"""Provisions, regulations, editions and comparisons over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.api.test_answers import DAY, on_command_line

EDITION = "示例县党务公开实施细则@2022-03-18"
LESSONS = "示例县党支部“三会一课”实施细则"


def test_a_provision_by_id_and_by_citation(api: TestClient, sample_home: Path) -> None:
    words = "《示例县党务公开实施细则》第五条第一款"
    by_id = api.get(f"/api/v1/provisions/{quote(EDITION)}/art_5/para_1", params={"as_of": DAY}).json()
    by_citation = api.get("/api/v1/provisions", params={"citation": words, "as_of": DAY}).json()
    assert by_id == by_citation == on_command_line(sample_home, "show", words)
    whole = api.get(f"/api/v1/provisions/{quote(EDITION)}").json()
    assert (whole["id"], whole["label"]) == (EDITION, "《示例县党务公开实施细则》")


def test_the_day_picks_the_edition(api: TestClient) -> None:
    def edition(day: str) -> str:
        found = api.get("/api/v1/provisions", params={"citation": f"《{LESSONS}》第九条", "as_of": day}).json()
        return str(found["edition"])

    assert (edition("2022-01-01"), edition("2024-01-01")) == ("2019-06-18", "2023-05-12")


def test_editions_and_regulations(api: TestClient, sample_home: Path) -> None:
    rows = api.get("/api/v1/editions", params={"as_of": DAY}).json()
    assert rows == on_command_line(sample_home, "list")
    works = api.get("/api/v1/regulations", params={"as_of": DAY}).json()
    assert sum(len(work["editions"]) for work in works) == len(rows) == 16
    lessons = next(work for work in works if work["title"] == LESSONS)
    assert [(one["id"], one["status"]) for one in lessons["editions"]] == [
        (f"{LESSONS}@2019-06-18", "superseded"),
        (f"{LESSONS}@2023-05-12", "in_force"),
    ]


def test_an_edition_with_tree_and_text(api: TestClient) -> None:
    edition = api.get(f"/api/v1/editions/{quote(EDITION)}", params={"as_of": DAY}).json()
    assert (edition["id"], edition["articles"], edition["metadata"]["level"]) == (EDITION, 25, "规范性文件")
    paths = {node["path"]: node for node in _walk(edition["contents"])}
    clause = paths["art_5/para_1"]
    assert edition["text"][clause["start"] : clause["end"]].startswith("县委统一领导全县党务公开工作")
    bare = api.get(f"/api/v1/editions/{quote(EDITION)}", params={"contents": "false", "text": "false"}).json()
    assert (bare["contents"], bare["text"]) == (None, None)


def _walk(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from _walk(node["children"])


def test_two_editions_side_by_side(api: TestClient) -> None:
    found = api.get("/api/v1/diff", params={"title": LESSONS, "as_of": DAY}).json()
    assert (found["old"]["edition"], found["new"]["edition"]) == ("2019-06-18", "2023-05-12")
    pairs = found["articles"]
    assert [pair["new"]["article"] for pair in pairs if pair["new"]] == [
        node["label"] for node in _articles(api, f"{LESSONS}@2023-05-12")
    ]
    assert [pair["old"]["article"] for pair in pairs if pair["old"]] == [
        node["label"] for node in _articles(api, f"{LESSONS}@2019-06-18")
    ]
    assert sum(found["totals"].values()) == len(pairs)
    for pair in pairs:
        old, new = ("".join(change[side] for change in pair["changes"]) for side in ("old", "new"))
        if pair["state"] == "changed":
            assert pair["old"]["text"].endswith(old)
            assert pair["new"]["text"].endswith(new)
            assert old != new
        else:
            assert (old, new) == ("", "")


def _articles(api: TestClient, edition: str) -> list[dict[str, Any]]:
    tree = api.get(f"/api/v1/editions/{quote(edition)}").json()["contents"]
    return [node for node in _walk(tree) if node["kind"] == "article"]


@pytest.mark.parametrize(
    ("params", "status", "message"),
    [
        ({"title": "示例县党务公开实施细则"}, 400, "只有《示例县党务公开实施细则》的一个版本（2022-03-18）"),
        ({"title": LESSONS, "old": "2023", "new": "2023"}, 400, "的两个版本是同一个（2023-05-12）"),
        ({"title": LESSONS, "old": "1999"}, 404, "1999的版本；现有版本：2019-06-18、2023-05-12"),
        ({"title": "没有这部条例"}, 404, "本库没有《没有这部条例》"),
    ],
)
def test_what_cannot_be_compared(api: TestClient, params: dict[str, str], status: int, message: str) -> None:
    response = api.get("/api/v1/diff", params=params)
    assert response.status_code == status
    assert message in response.json()["detail"]


def test_relations_of_a_work(api: TestClient) -> None:
    found = api.get("/api/v1/relations", params={"citation": "《示例县党务公开实施细则》", "as_of": DAY}).json()
    above = [(one["kind"], one["title"], one["in_base"]) for one in found["upstream"]]
    assert ("based_on", "中国共产党党务公开条例（试行）", False) in above
    assert ("repeals", "示例县党务公开工作暂行办法", False) in above
    (below,) = found["downstream"]
    assert (below["kind"], below["title"]) == ("cites", "中共示例县委常委会议事决策规则")
    assert [place["label"] for place in below["places"]] == ["《中共示例县委常委会议事决策规则》第二十二条"]
    assert found["clause"] is None


def test_radar_knows_from_the_catalogue_what_the_base_lacks(api: TestClient) -> None:
    found = api.get("/api/v1/radar", params={"as_of": DAY}).json()
    (charter,) = [one for one in found if (one["id"][:8], one["upper"]) == ("中共示例县委常委", "中国共产党章程")]
    assert (charter["change"], charter["since"], charter["now"]) == ("amended", "2022-10-22", "")
    assert charter["listed"] == "《中国共产党章程（二十大）》（2022年10月22日）"
    assert [one["words"] for one in charter["clauses"]] == ["《中国共产党章程》第二十八条"]


def test_relations_of_what_is_not_there(api: TestClient) -> None:
    response = api.get("/api/v1/relations", params={"citation": "《没有这部条例》第一条"})
    assert response.status_code == 404
    assert "本库没有《没有这部条例》" in response.json()["detail"]
