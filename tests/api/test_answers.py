"""Questions, searches and citations over HTTP: the command line's JSON, by way of the service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.settings import ServiceSettings
from danggui.cli import main
from tests.api.conftest import opened
from tests.danggui.test_llm import TEXT, Server, said, serving

DAY = "2026-11-01"
QUESTION = "支部的党课多长时间要上一次？"
CLAUSE = "示例县党支部“三会一课”实施细则@2023-05-12/art_11"


def on_command_line(home: Path, *arguments: str) -> Any:  # noqa: ANN401 (JSON)
    result = CliRunner().invoke(main, [*arguments, "--home", str(home), "--json", "--as-of", DAY])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def events_of(text: str) -> list[tuple[str, Any]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_ask_answers_as_the_command_line_does(api: TestClient, sample_home: Path) -> None:
    answer = api.post("/api/v1/ask", json={"question": QUESTION, "as_of": DAY}).json()
    assert answer == on_command_line(sample_home, "ask", QUESTION)
    assert (answer["status"], answer["citations"][0]["id"]) == ("answered", CLAUSE)
    assert answer["citations"][0]["state"] == "ok"


def test_ask_narrows_by_day_and_title(api: TestClient) -> None:
    older = api.post("/api/v1/ask", json={"question": QUESTION, "as_of": "2022-01-01"}).json()
    assert {hit["edition"] for hit in older["citations"]} == {"2019-06-18"}
    other = api.post("/api/v1/ask", json={"question": QUESTION, "title": "示例县党务公开实施细则", "as_of": DAY}).json()
    assert (other["status"], other["citations"]) == ("no_basis", [])


def test_ask_streams_its_answer(api: TestClient) -> None:
    body = {"question": QUESTION, "as_of": DAY}
    with api.stream("POST", "/api/v1/ask/stream", json=body) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        events = events_of("".join(response.iter_text()))
    whole = api.post("/api/v1/ask", json=body).json()
    cited = [("citation", {"number": n, "citation": hit}) for n, hit in enumerate(whole["citations"], 1)]
    head = {name: whole[name] for name in ("question", "as_of", "status", "answer")}
    assert events == [
        ("status", {"state": "asked"}),
        ("answer", head),
        *cited,
        ("notes", {"notes": whole["notes"]}),
        ("done", {"status": "answered", "citations": len(cited)}),
    ]


def test_a_stream_tells_what_went_wrong(api: TestClient) -> None:
    text = api.post("/api/v1/ask/stream", json={"question": QUESTION, "title": "没有这部条例"}).text
    name, problem = events_of(text)[-1]
    assert (name, problem["status"], problem["title"]) == ("error", 404, "没有找到")
    assert "本库没有《没有这部条例》" in problem["detail"]


def test_a_language_model_is_streamed_and_can_be_left_out(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"question": QUESTION, "as_of": DAY}
    with serving(Server(said())) as model:
        monkeypatch.setenv("DANGGUI_LLM_URL", model.url)
        monkeypatch.setenv("DANGGUI_LLM_MODEL", "m")
        with opened(ServiceSettings(sample_home)) as client:
            events = events_of(client.post("/api/v1/ask/stream", json=body).text)
            whole = client.post("/api/v1/ask", json=body).json()
            asked = len(model.bodies)
            plain = client.post("/api/v1/ask", json={**body, "llm": False}).json()
            assert len(model.bodies) == asked
    assert [name for name, _ in events] == ["status", "statement", "answer", "citation", "notes", "done"]
    assert (events[1][1]["text"], events[1][1]["citations"][0]["id"]) == (TEXT, CLAUSE)
    assert events[2][1]["answer"] == whole["answer"]
    assert whole["answer"].startswith(TEXT)
    assert not plain["answer"].startswith(TEXT)


def test_without_a_language_model_none_can_be_asked(api: TestClient) -> None:
    response = api.post("/api/v1/ask", json={"question": QUESTION, "llm": True})
    assert response.status_code == 400
    assert response.json()["detail"].startswith("没有设置语言模型；请在知识库的 danggui.toml 里写 [llm]")


def test_search_finds_as_the_command_line_does(api: TestClient, sample_home: Path) -> None:
    hits = api.get("/api/v1/search", params={"q": "谈心谈话", "k": 4, "as_of": DAY}).json()
    assert len(hits) == 4
    assert hits == on_command_line(sample_home, "search", "谈心谈话", "-k", "4")


def test_search_keeps_to_a_level_and_all_editions(api: TestClient) -> None:
    local = api.get("/api/v1/search", params={"q": "党课", "level": "规范性文件", "as_of": DAY}).json()
    assert len(local) == 10
    every = api.get("/api/v1/search", params={"q": "三会一课党课", "all_editions": "true", "k": 20}).json()
    assert {"2019-06-18", "2023-05-12"} <= {hit["edition"] for hit in every}


def test_a_citation_is_verified(api: TestClient) -> None:
    def verified(**body: str) -> dict[str, Any]:
        found: dict[str, Any] = api.post("/api/v1/verify-citation", json={"as_of": DAY, **body}).json()
        return found

    words = "《示例县党务公开实施细则》第五条第一款"
    quote = "县委统一领导全县党务公开工作，每年至少听取1次党务公开情况汇报。"
    assert verified(citation=words, quote=quote)["state"] == "ok"
    wrong = verified(citation=words, quote=quote.replace("1次", "2次"))
    assert wrong["state"] == "text_mismatch"
    assert ["replace", "1", "2"] in wrong["diff"]
    missing = verified(citation="《示例县党务公开实施细则》第九十九条")
    assert (missing["state"], missing["hit"]) == ("not_found", None)
    assert verified(citation="你好")["state"] == "not_checked"
