"""Files into the base and out of it over HTTP, followed as jobs; hostile files and names."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.jobs import safe_name
from api.settings import ServiceSettings
from corpus.store_lock import WriterLock
from tests.api.conftest import opened

TEXT = "示例县考勤办法\n（2020年1月1日印发）\n第一条　全体干部每日签到两次。\n第二条　迟到由考勤员登记。\n"
EDITION = "示例县考勤办法@2020-01-01"


@pytest.fixture
def own(own_home: Path) -> Iterator[TestClient]:
    """Yield a client of the service over a base that may be changed."""
    with opened(ServiceSettings(own_home, max_upload=1 << 20, max_files=3)) as client:
        yield client


def upload(client: TestClient, *files: tuple[str, bytes]) -> dict[str, Any]:
    response = client.post("/api/v1/documents", files=[("files", file) for file in files])
    assert response.status_code == 202, response.text
    job: dict[str, Any] = response.json()
    return job


def over(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    while job["state"] in ("queued", "running"):
        job = client.get(f"/api/v1/jobs/{job['id']}", params={"wait": 30}).json()
    return job


def test_uploaded_searched_removed(own: TestClient, own_home: Path) -> None:
    def found() -> set[str]:
        hits = own.get("/api/v1/search", params={"q": "干部每日签到几次", "k": 3}).json()
        return {hit["id"] for hit in hits if hit["title"] == "示例县考勤办法"}

    assert found() == set()
    job = upload(own, ("考勤办法.txt", TEXT.encode()))
    assert (job["kind"], job["what"], job["state"]) == ("ingest", ["考勤办法.txt"], "queued")
    done = over(own, job)
    assert (done["state"], done["error"]) == ("done", "")
    report = done["report"]["files"][0]
    assert (report["file"], report["outcome"], report["articles"]) == ("考勤办法.txt", "added", 2)
    assert f"{EDITION}/art_1" in found()
    rows = own.get("/api/v1/documents").json()
    assert next(row["file"] for row in rows if row["id"] == EDITION) == "考勤办法.txt"
    assert list((own_home / "jobs" / job["id"]).glob("files")) == []

    removal = own.delete(f"/api/v1/documents/{quote(EDITION)}")
    assert removal.status_code == 202
    assert over(own, removal.json())["report"]["id"] == EDITION
    assert found() == set()
    assert EDITION not in {row["id"] for row in own.get("/api/v1/documents").json()}
    again = own.delete(f"/api/v1/documents/{quote(EDITION)}")
    assert again.status_code == 404
    assert f"知识库里没有版本“{EDITION}”" in again.json()["detail"]
    assert [row["kind"] for row in own.get("/api/v1/jobs").json()] == ["remove", "ingest"]


def test_a_first_upload_makes_a_base(tmp_path: Path) -> None:
    with opened(ServiceSettings(tmp_path / "new")) as client:
        assert over(client, upload(client, ("a.txt", TEXT.encode())))["state"] == "done"
        assert client.get("/api/v1/ready").json()["editions"] == 1


def test_hostile_files_are_refused_by_name(own: TestClient) -> None:
    files = [
        ("a.docx", b"PK\x03\x04" + bytes(500)),
        ("b.pdf", b"%PDF-1.7\n" + bytes(500)),
        ("c.txt", bytes(range(256))),
    ]
    done = over(own, upload(own, *files))
    assert done["state"] == "done"
    outcomes = [(row["file"], row["outcome"], bool(row["refused"])) for row in done["report"]["files"]]
    assert outcomes == [(name, "refused", True) for name, _ in files]


def test_secret_files_do_not_come_in(own: TestClient) -> None:
    done = over(own, upload(own, ("密件.txt", ("机密★1年\n" + TEXT).encode())))
    assert done["report"]["totals"]["refused"] == 1
    assert "标有“机密" in done["report"]["files"][0]["refused"]


def test_a_path_is_no_name(own: TestClient, own_home: Path) -> None:
    job = over(own, upload(own, ("../../../etc/../考勤.txt", TEXT.encode()), ("C:\\x\\会议.txt", b"\xff")))
    assert job["what"] == ["考勤.txt", "会议.txt"]
    assert not list(own_home.parent.glob("*.txt"))


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("办法.docx", "办法.docx"),
        ("/etc/passwd", "passwd"),
        ("..", "未命名"),
        ("a/", "未命名"),
        (".hidden.txt", "hidden.txt"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("文" * 300 + ".docx", "文" * 65 + ".docx"),
        ("\ud800.txt", "txt"),
    ],
)
def test_names_are_made_safe(given: str, name: str) -> None:
    assert safe_name(given) == name
    assert len(name.encode()) <= 255


def test_uploads_have_limits(own: TestClient) -> None:
    small = [("files", (f"{number}.txt", b"x")) for number in range(4)]
    many = own.post("/api/v1/documents", files=small)
    assert many.status_code == 413
    assert many.json()["detail"] == "一次最多上传 3 个文件，这里有 4 个；请分几次上传"
    large = own.post("/api/v1/documents", files=[("files", ("a.txt", bytes(1 << 20)))])
    assert large.status_code == 413
    assert large.json()["detail"] == "请求体超过了上限 1 MiB；请拆开分几次发送"
    none = own.post("/api/v1/documents")
    assert (none.status_code, none.json()["detail"]) == (422, "files：缺少这一项")
    broken = own.post("/api/v1/documents", content=b"--x", headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert broken.status_code in (400, 422)
    assert own.get("/api/v1/jobs").json() == []


@pytest.mark.slow
def test_an_upload_waits_for_another_writer(own: TestClient, own_home: Path) -> None:
    lock = WriterLock(own_home)
    try:
        job = upload(own, ("a.txt", TEXT.encode()))
        while job["step"] != "等候另一个写入者":
            assert job["state"] in ("queued", "running")
            job = own.get(f"/api/v1/jobs/{job['id']}").json()
    finally:
        lock.release()
    assert over(own, job)["state"] == "done"


@pytest.mark.slow
def test_a_job_whose_process_dies_has_failed_and_the_next_goes_on(own: TestClient, own_home: Path) -> None:
    lock = WriterLock(own_home)
    try:
        first, second = (upload(own, ("a.txt", TEXT.encode())) for _ in range(2))
        while first["step"] != "等候另一个写入者":
            first = own.get(f"/api/v1/jobs/{first['id']}").json()
        os.kill(_process_of(own_home), signal.SIGKILL)
        cut = over(own, first)
    finally:
        lock.release()
    assert (cut["state"], "任务进程中途退出" in cut["error"]) == ("failed", True)
    assert over(own, second)["state"] == "done"


@pytest.mark.slow
def test_a_job_is_cancelled_while_it_waits_and_while_it_runs(own: TestClient, own_home: Path) -> None:
    lock = WriterLock(own_home)
    try:
        first, second = (upload(own, ("a.txt", TEXT.encode())) for _ in range(2))
        while first["step"] != "等候另一个写入者":
            first = own.get(f"/api/v1/jobs/{first['id']}").json()
        waiting = own.post(f"/api/v1/jobs/{second['id']}/cancel").json()
        running = over(own, own.post(f"/api/v1/jobs/{first['id']}/cancel").json())
    finally:
        lock.release()
    assert (waiting["state"], running["state"]) == ("cancelled", "cancelled")
    assert "任务已取消" in own.get(f"/jobs/{first['id']}").text
    third = over(own, upload(own, ("b.txt", TEXT.replace("考勤", "会务").encode())))
    assert third["state"] == "done"
    assert own.post(f"/api/v1/jobs/{third['id']}/cancel").json()["state"] == "done"
    assert over(own, second)["state"] == "cancelled"
    assert EDITION not in {row["id"] for row in own.get("/api/v1/documents").json()}
    assert own.post("/api/v1/jobs/0123456789abcdef/cancel").status_code == 404


def _process_of(home: Path) -> int:
    """Return the number of the process that does the current job."""
    children = [pid for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()]
    return next(int(pid) for pid in children if str(home).encode() in Path(f"/proc/{pid}/cmdline").read_bytes())


def test_a_service_that_stops_gives_its_jobs_up(own_home: Path) -> None:
    lock = WriterLock(own_home)
    try:
        with opened(ServiceSettings(own_home)) as client:
            jobs = [upload(client, ("a.txt", TEXT.encode())) for _ in range(2)]
    finally:
        lock.release()
    with opened(ServiceSettings(own_home)) as client:
        for job in jobs:
            found = client.get(f"/api/v1/jobs/{job['id']}").json()
            assert (found["state"], found["error"]) == ("failed", "服务停止，任务没有完成；请重新提交")


def test_too_many_jobs_are_turned_away(own_home: Path) -> None:
    lock = WriterLock(own_home)
    try:
        with opened(ServiceSettings(own_home, max_jobs=0)) as client:
            response = client.post("/api/v1/documents", files=[("files", ("a.txt", TEXT.encode()))])
    finally:
        lock.release()
    assert response.status_code == 429
    assert response.json()["detail"] == "排队的任务太多；请等前面的做完再提交"
