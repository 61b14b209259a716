"""`danggui serve` as it runs: processes, the port, the client, changes by others while it answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from api.keys import KeyRing, Scope
from corpus.errors import DangguiError, InputError, NotFoundError
from danggui.base import KnowledgeBase
from danggui.client import Client, Narrowed
from danggui.lessons import lesson_of
from tests.api.conftest import Served
from tests.api.test_library import QUESTIONS, SCOPE, TEXT, add

NARROWED = Narrowed(as_of=SCOPE.on)


def test_the_client_gives_what_the_library_gives(sample_home: Path, served: Served) -> None:
    words = "《示例县党务公开实施细则》第五条第一款"
    with served(sample_home) as url, Client(url) as client, KnowledgeBase(sample_home) as base:
        assert client.is_ready()
        assert client.ask("党课多久一次", NARROWED).to_json() == base.ask("党课多久一次", SCOPE).to_json()
        rounded = [hit.to_json() for hit in base.search("谈心谈话", 3, SCOPE)]
        assert [hit.to_json() for hit in client.search("谈心谈话", 3, NARROWED)] == rounded
        assert client.show(words, SCOPE.on) == base.show(words, SCOPE.on)
        assert client.provision("示例县党务公开实施细则@2022-03-18/art_5/para_1") == base.show(words, SCOPE.on)
        assert client.verify_citation(words, "听取1次", SCOPE.on) == base.verify_citation(words, "听取1次", SCOPE.on)
        assert [row.id for row in client.editions()] == [row.info.id for row in base.editions(SCOPE.on)]
        assert client.edition("示例县党务公开实施细则@2022-03-18")["articles"] == 25
        assert client.relations("示例县党务公开实施细则")["downstream"][0]["kind"] == "cites"
        assert {row["region"] for row in client.radar(SCOPE.on)} == {"示例县"}
        assert client.diff("示例县党支部“三会一课”实施细则")["old"]["edition"] == "2019-06-18"
        asked = client.quiz("示例县党务公开实施细则", 5, ["fill"], as_of=SCOPE.on)
        assert [item.clause.title for item in asked] == ["示例县党务公开实施细则"] * 5
        events = [name for name, _ in client.stream("党课多久一次", NARROWED)]
        assert (events[0], events[1], events[-2:]) == ("status", "answer", ["notes", "done"])
        with pytest.raises(NotFoundError, match="共25条，没有第九十九条"):
            client.show("《示例县党务公开实施细则》第九十九条")
        with pytest.raises(InputError, match="question：至少要有 1 个字"):
            client.ask("")
        with pytest.raises(InputError, match="question：至少要有 1 个字"):
            list(client.stream(""))
        port = url.rpartition(":")[2]
    with Client(f"http://127.0.0.1:{port}") as client, pytest.raises(DangguiError, match="连不上服务"):
        client.ask("党课")


def test_the_client_teaches_and_checks(sample_home: Path, tmp_path: Path, served: Served) -> None:
    bank, draft = tmp_path / "题库.csv", tmp_path / "草案.txt"
    bank.write_text("题目,甲,乙,答案\n党支部（ ）至少安排1次党课。,每月,每季度,A\n", "utf-8")
    draft.write_text("示例镇党课办法\n\n依照《示例县党务公开实施细则》第九十九条办理。\n", "utf-8")
    with served(sample_home) as url, Client(url) as client, KnowledgeBase(sample_home) as base:
        lesson = lesson_of(base, "示例县党务公开实施细则", SCOPE.on, 30)
        assert client.lesson("示例县党务公开实施细则", 30, SCOPE.on) == lesson.to_json()
        assert client.duties(organ="党支部", as_of=SCOPE.on)[0]["subject"]
        assert client.glossary("示例县党务公开实施细则", SCOPE.on)[0]["term"] == "党务公开"
        found = client.quiz_check(bank, ["选项A=甲", "选项B=乙"], SCOPE.on)["findings"]
        assert [(one["state"], one["says"]) for one in found] == [("wrong", "B")]
        assert client.check(draft, SCOPE.on)["findings"][0]["state"] == "not_found"
        with pytest.raises(NotFoundError, match="没有找到与“量子力学”有关的条款"):
            client.lesson("量子力学")


@pytest.mark.slow
def test_several_processes_upload_and_remove_with_keys(own_home: Path, tmp_path: Path, served: Served) -> None:
    key, reader = KeyRing(own_home).add("all", Scope.ADMIN), KeyRing(own_home).add("reader", Scope.READ)
    file = tmp_path / "考勤办法.txt"
    file.write_text(TEXT, "utf-8")
    with served(own_home, "--workers", "2", "--require-keys", key=key) as url, Client(url, key) as client:
        with Client(url) as nobody, pytest.raises(InputError, match="这个服务要用密钥"):
            nobody.ask("党课")
        with Client(url, reader) as other, pytest.raises(InputError, match="没有入库（write）权限"):
            other.upload([file])
        done = client.wait(client.upload([file]))
        assert done.report is not None
        assert done.report["totals"]["added"] == 1
        _until(lambda: _everywhere(client, "示例县考勤办法@2020-01-01"))
        client.wait(client.remove("示例县考勤办法@2020-01-01"))
        _until(lambda: not _anywhere(client, "示例县考勤办法@2020-01-01"))
        with pytest.raises(NotFoundError, match="知识库里没有版本“示例县考勤办法@2020-01-01”"):
            client.remove("示例县考勤办法@2020-01-01")
        before = _figure(url, key, 'danggui_answers_total{status="answered"}')
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: _alone(url, key), range(8)))
        assert _figure(url, key, 'danggui_answers_total{status="answered"}') == before + 8


def _alone(url: str, key: str) -> None:
    """Ask on a connection of its own, so that any process may answer."""
    with Client(url, key) as client:
        client.ask("党课多久一次", NARROWED)


def _figure(url: str, key: str, name: str) -> float:
    """Return a figure, the sum of all processes whichever is asked."""
    text = httpx.get(f"{url}/api/v1/metrics", headers={"X-API-Key": key}).text
    return next((float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name)), 0.0)


def _seen(client: Client, edition: str) -> list[bool]:
    """Ask several times, so that every process has most likely answered."""
    return [edition in {row.id for row in client.editions()} for _ in range(8)]


def _everywhere(client: Client, edition: str) -> bool:
    return all(_seen(client, edition))


def _anywhere(client: Client, edition: str) -> bool:
    return any(_seen(client, edition))


def _until(condition: object) -> None:
    assert callable(condition)
    for _ in range(2000):
        if condition():
            return
    pytest.fail("it never came about")


@pytest.mark.slow
def test_no_request_is_dropped_while_another_process_ingests(own_home: Path, tmp_path: Path, served: Served) -> None:
    stop = Event()

    def ask_on(url: str) -> int:
        answered = 0
        with Client(url) as client:
            while not stop.is_set():
                answer = client.ask(QUESTIONS[answered % len(QUESTIONS)], NARROWED)
                assert set(answer.states) <= {"ok"}
                answered += 1
        return answered

    with served(own_home) as url, Client(url) as client, ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask_on, url) for _ in range(3)]
        try:
            add(own_home, tmp_path)
            _until(lambda: "示例县考勤办法" in {hit.title for hit in client.search("干部每日签到几次", 1, NARROWED)})
        finally:
            stop.set()
        assert all(one.result() > 0 for one in asking)


def test_a_taken_port_is_told(sample_home: Path, served: Served) -> None:
    from click.testing import CliRunner

    from danggui.cli import main

    with served(sample_home) as url:
        port = url.rpartition(":")[2]
        result = CliRunner().invoke(main, ["serve", "--port", port, "--home", str(sample_home)])
    assert result.exit_code == 1
    assert f"不能在 127.0.0.1 的 {port} 端口上提供服务" in result.stderr
