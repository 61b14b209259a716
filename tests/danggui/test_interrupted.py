"""An ingest cut short, by a kill or by Ctrl-C: the lock is free at once, no process stays, what is stored stays."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.store import Store

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until a test gives up
# Started in the background of a script, tests ignore SIGINT, and so would what they start.
COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from danggui.cli import main; main()"
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of files enough to be caught in the middle of."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(400):
        articles = [f"第{n}条　依照本办法第{n}条和《示例县{number}号规则》第{n}条办理。" for n in range(1, 40)]
        text = "\n".join([f"示例县{number}号办法", "（2020年1月1日印发）", *articles])
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def danggui(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,  # Ctrl-C goes to the whole group, as on a terminal
    )


@pytest.fixture
def running(folder: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield an ingest with two workers that has stored something and is far from its end."""
    with danggui("ingest", folder, "--home", tmp_path / "base", "--workers", "2") as process:
        while not stored(tmp_path / "base"):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
                pytest.fail(f"ended too soon: {process.communicate()}")
        yield process
        process.kill()


def stored(home: Path) -> int:
    try:
        with Store.open(home) as store:
            return len(store.infos())
    except StoreError:  # not built yet
        return 0


def children(process: subprocess.Popen[str]) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="Linux tells when a stranger's process ends")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_ingest_leaves_no_process_and_no_lock(
    running: subprocess.Popen[str], number: int, tmp_path: Path
) -> None:
    handles = [os.pidfd_open(child) for child in children(running)]
    assert len(handles) >= 2
    running.send_signal(number)
    assert running.wait(PATIENCE) == -number
    before = stored(tmp_path / "base")
    (tmp_path / "一.txt").write_text("示例县值班办法\n第一条　甲。\n", encoding="utf-8")
    with danggui("ingest", tmp_path / "一.txt", "--home", tmp_path / "base") as second:
        assert second.communicate(timeout=PATIENCE)[1] == ""
        assert second.returncode == 0
    assert stored(tmp_path / "base") == before + 1
    for handle in handles:
        assert select.select([handle], [], [], PATIENCE)[0] == [handle]
        os.close(handle)


def test_ctrl_c_ends_with_one_line(running: subprocess.Popen[str], tmp_path: Path) -> None:
    os.killpg(running.pid, signal.SIGINT)
    assert running.communicate(timeout=PATIENCE) == ("", "\n已中断；已入库的文件不受影响\n")
    assert running.returncode == 130
    with Store.open(tmp_path / "base", write=True) as store:
        assert store.verify() == []
