"""The page 审: a document handed in, its findings beside it, exported, and deleted."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from fastapi.testclient import TestClient

from api.settings import ServiceSettings
from corpus.store_lock import WriterLock
from tests.api.conftest import opened

BROWSER = {"accept": "text/html"}
EVIL = "<script>alert(1)</script>"
TEXT = (
    f"示例县党务工作办法{EVIL}\n（2024年1月5日印发）\n"
    "第一条　依照《示例县党务公开实施细则》第九十九条，制定本办法。\n第三条　坚持四个意识。\n"
)
DAY = "2026-11-01"


@pytest.fixture(scope="module")
def own(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Yield a client of the service over a base of these tests' own."""
    home = tmp_path_factory.mktemp("checked") / "base"
    shutil.copytree(sample_home, home)
    with opened(ServiceSettings(home, max_upload=1 << 20)) as client:
        yield client


def hand_in(client: TestClient, name: str = "办法.txt", content: str = TEXT, as_of: str = DAY) -> str:
    """Return the address of a check."""
    sent = client.post(
        "/check", files={"file": (name, content.encode())}, data={"as_of": as_of}, follow_redirects=False
    )
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


def over(client: TestClient, place: str) -> str:
    """Return the page of a check once it is over."""
    while "data-poll" in (text := client.get(place).text):
        pass
    return text


def test_findings_stand_beside_the_document_and_both_lead_to_each_other(own: TestClient) -> None:
    text = over(own, hand_in(own))
    assert "以 2026年11月1日 的效力为准" in text
    assert re.search(r'id="p1"><mark class="error">[^<]*第九十九条</mark><a [^>]*href="#f1"', text)
    assert re.search(r'id="f1">\s*<h3><a class="to-place" href="#p1">', text)
    assert "错误·引用·不存在" in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_findings_are_narrowed_and_keep_their_numbers(own: TestClient) -> None:
    place = hand_in(own)
    every = set(re.findall(r'id="f(\d+)"', over(own, place)))
    citations = own.get(place, params={"kind": "citation"}).text
    kept = set(re.findall(r'id="f(\d+)"', citations))
    assert kept
    assert kept < every
    assert set(re.findall(r'id="p(\d+)"', citations)) == kept
    none = own.get(place, params={"kind": "citation", "severity": "note"}).text
    assert 'class="finding' not in none


def test_the_report_is_exported_with_comments_and_as_the_interface_gives_it(own: TestClient) -> None:
    place = hand_in(own)
    over(own, place)
    word = own.get(f"{place}/report.docx")
    assert "%E5%AE%A1%E6%9F%A5%E6%8A%A5%E5%91%8A_%E5%8A%9E%E6%B3%95.docx" in word.headers["content-disposition"]
    comments = [comment.text for comment in Document(BytesIO(word.content)).comments]
    found = json.loads(own.get(f"{place}/report.json").text)
    assert len(comments) == len(found["findings"])
    direct = own.post("/api/v1/check", files={"file": ("办法.txt", TEXT.encode())}, params={"as_of": DAY})
    assert found == direct.json()


@pytest.mark.slow
def test_the_file_goes_at_once_and_what_was_found_when_told_or_after_an_hour(own_home: Path) -> None:
    folder = own_home / "checks"
    with opened(ServiceSettings(own_home)) as client:
        first, second = hand_in(client), hand_in(client)
        over(client, first)
        over(client, second)
        assert not list(folder.glob("*/files"))
        assert "审查文件" in client.post(f"{first}/delete").text
        assert [one.name for one in folder.iterdir()] == [second.rpartition("/")[2]]
        gone = client.get(first, headers=BROWSER)
        assert (gone.status_code, "没有这份审查结果" in gone.text) == (404, True)
        assert client.get("/api/v1/jobs").json() == []
        assert client.get("/documents").text.count(EVIL) == 0
    old = time.time() - 3700
    os.utime(next(folder.glob("*/state.json")), (old, old))
    with opened(ServiceSettings(own_home)) as client:
        assert client.get(second).status_code == 404
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_a_check_given_up_or_left_behind_leaves_nothing(own_home: Path) -> None:
    folder = own_home / "checks"
    with opened(ServiceSettings(own_home)) as client:
        over(client, hand_in(client))
        running, waiting = hand_in(client), hand_in(client)
        for place in (waiting, running):
            client.post(f"{place}/delete")
        over(client, hand_in(client))
        assert len(list(folder.iterdir())) == 2
    left = folder / "0123456789abcdef"
    left.mkdir()
    state = json.loads(next(folder.glob("*/state.json")).read_text("utf-8"))
    unfinished = {**state, "id": left.name, "state": "running", "finished": "", "report": None}
    (left / "state.json").write_text(json.dumps(unfinished), "utf-8")
    (left / "lock").touch()
    with opened(ServiceSettings(own_home)) as client:
        over(client, hand_in(client))
        assert not left.exists()


def test_what_cannot_be_checked_is_told(own: TestClient) -> None:
    assert "“空.txt”没有审成" in over(own, hand_in(own, "空.txt", ""))
    secret = over(own, hand_in(own, "密.txt", "机密★1年\n" + TEXT))
    assert "标有“机密" in secret
    assert own.post("/check", files={"file": ("a.txt", b"x")}, data={"as_of": "昨天"}).status_code == 422
    large = own.post("/check", files={"file": ("a.txt", bytes(1 << 20))}, headers=BROWSER)
    assert (large.status_code, "超过了上限 1 MiB" in large.text) == (413, True)
    assert own.get("/check/0123456789abcdef").status_code == 404
    assert own.get("/check/..%2f..%2fetc").status_code == 404


def test_another_site_hands_nothing_in(own: TestClient) -> None:
    sent = own.post("/check", files={"file": ("a.txt", b"x")}, headers={"origin": "http://evil.test"})
    assert sent.status_code == 403


def test_a_check_does_not_wait_for_files_that_are_taken_in(own: TestClient) -> None:
    lock = WriterLock(own.app.state.service.settings.home)  # type: ignore[attr-defined]
    try:
        own.post("/documents", files={"files": ("考勤.txt", b"x")})
        assert "错误·引用·不存在" in over(own, hand_in(own))
    finally:
        lock.release()
