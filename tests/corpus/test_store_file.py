"""The store's file: missing, foreign, damaged, older, newer, and used by several processes at once."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from corpus import database
from corpus.database import Database
from corpus.errors import StoreError
from corpus.migrations import scripts
from corpus.model import Edition, Kind, Provision, Source
from corpus.store import Store
from corpus.stored import Outcome

ROOT = Path(__file__).resolve().parents[2]


def edition(title: str = "示例县会议管理办法", lines: int = 3) -> Edition:
    """Build an edition of one article to a line."""
    parts = [f"第{number}条　会议应当精简。\n" for number in range(lines)]
    edges = [len("".join(parts[:number])) for number in range(lines + 1)]
    provisions = tuple(
        Provision(Kind.ARTICLE, f"art_{number}", number, start=edges[number], end=edges[number + 1])
        for number in range(lines)
    )
    return Edition(title, "2019-05-01", "".join(parts), provisions, source=Source(f"{title}.txt", title, "txt"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "知识库 100%"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store.open(home, write=True) as opened:
        yield opened


def raw(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / "danggui.db", isolation_level=None)


def ids(store: Store) -> list[str]:
    return [info.id for info in store.infos()]


def test_missing_base_names_the_cure(home: Path) -> None:
    with pytest.raises(StoreError, match=r"还没有建立；请先运行 danggui ingest"):
        Store.open(home)
    assert not home.exists()


def test_read_only_store_refuses_to_write(store: Store, home: Path) -> None:
    store.add(edition())
    with Store.open(home) as reader, pytest.raises(StoreError, match="只读"):
        reader.remove(edition().id)


def test_file_left_empty_by_a_crash_is_built_anew(home: Path) -> None:
    home.mkdir()
    (home / "danggui.db").touch()
    with pytest.raises(StoreError, match="还没有建立"):
        Store.open(home)
    with Store.open(home, write=True) as store:
        assert store.add(edition()) is Outcome.ADDED


@pytest.mark.parametrize("write", [False, True])
def test_foreign_file_is_named_and_left_alone(home: Path, write: bool) -> None:
    home.mkdir()
    other = raw(home)
    other.executescript("CREATE TABLE mine (x); INSERT INTO mine VALUES (1);")
    other.close()
    before = (home / "danggui.db").read_bytes()
    with pytest.raises(
        StoreError, match=r"danggui\.db 不是党规知识库，而是另一个程序的数据库。请从备份把它复制回知识库文件夹"
    ):
        Store.open(home, write=write)
    assert (home / "danggui.db").read_bytes() == before


@pytest.mark.parametrize("write", [False, True])
def test_file_that_is_no_database_is_named_and_left_alone(home: Path, write: bool) -> None:
    home.mkdir()
    (home / "danggui.db").write_bytes("这不是数据库".encode() * 500)
    with pytest.raises(StoreError, match=r"danggui\.db 已损坏，或不是党规知识库.*请从备份把它复制回知识库文件夹"):
        Store.open(home, write=write)
    assert (home / "danggui.db").read_bytes() == "这不是数据库".encode() * 500
    if write:  # the refused writer has let go of the lock
        (home / "danggui.db").unlink()
        Store.open(home, write=True).close()


def test_damage_inside_the_file_is_reported(home: Path) -> None:
    with Store.open(home, write=True) as store:
        for number in range(40):
            store.add(edition(f"示例县第{number}号办法", lines=30))
    path = home / "danggui.db"
    content = bytearray(path.read_bytes())
    content[8192:-4096] = b"\xff" * (len(content) - 12288)
    path.write_bytes(content)
    with Store.open(home) as store:
        assert any(str(path) in fault and "损坏" in fault for fault in store.verify())
        with pytest.raises(StoreError, match="损坏"):
            [store.edition(info.id) for info in store.infos()]


def test_newer_schema_asks_for_an_upgrade(home: Path) -> None:
    Store.open(home, write=True).close()
    other = raw(home)
    other.execute("PRAGMA user_version = 99")
    other.close()
    for write in (False, True):
        with pytest.raises(StoreError, match=r"第 99 版.*请升级 danggui"):
            Store.open(home, write=write)


@pytest.fixture
def medium() -> Iterator[Path]:
    """Yield a folder that others than root may enter."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Take the right to write into a folder away, from root too."""
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o755)


def test_a_base_on_a_read_only_medium_can_be_read(medium: Path) -> None:
    with Store.open(medium, write=True) as store:
        store.add(edition())
    assert sorted(file.name for file in medium.iterdir()) == ["danggui.db", "writer.lock"]
    with without_rights(medium):
        with Store.open(medium) as reader:
            assert (ids(reader), reader.verify()) == ([edition().id], [])
        with pytest.raises(StoreError, match="不能写入"):
            Store.open(medium, write=True)


def test_what_was_not_written_back_is_never_left_out_silently(medium: Path) -> None:
    with Store.open(medium, write=True) as store:
        store.add(edition())
        copied = {name: (medium / name).read_bytes() for name in ("danggui.db", "danggui.db-wal")}
    for name, content in copied.items():  # as a killed writer leaves it
        (medium / name).write_bytes(content)
    with without_rights(medium), pytest.raises(StoreError, match=r"无法读写|还没有建立"):
        ids(Store.open(medium))
    with Store.open(medium) as reader:
        assert ids(reader) == [edition().id]


ADD_TOPIC = "ALTER TABLE regulation ADD COLUMN topic TEXT NOT NULL DEFAULT '综合';"


@pytest.mark.parametrize("write", [False, True])
def test_older_file_is_migrated_when_opened(home: Path, monkeypatch: pytest.MonkeyPatch, write: bool) -> None:
    with Store.open(home, write=True) as store:
        store.add(edition())
    newer = (*scripts(), ADD_TOPIC, "CREATE TABLE topic (name TEXT); INSERT INTO topic VALUES ('综合');")
    monkeypatch.setattr(database, "scripts", lambda: newer)
    with Store.open(home, write=write) as store:
        assert store.edition(edition().id).text == edition().text
    check = raw(home)
    assert check.execute("PRAGMA user_version").fetchone() == (len(newer),)
    assert check.execute("SELECT topic FROM regulation").fetchall() == [("综合",)]
    assert check.execute("SELECT name FROM topic").fetchall() == [("综合",)]
    check.close()


def test_failed_migration_leaves_the_last_good_step(home: Path) -> None:
    with Store.open(home, write=True) as store:
        store.add(edition())
    opened = Database.open_writable(home / "danggui.db")
    with pytest.raises(StoreError, match="nowhere"):
        opened.migrate((*scripts(), ADD_TOPIC, "CREATE TABLE half (x); INSERT INTO nowhere VALUES (1);"))
    assert opened.version == len(scripts()) + 1
    assert opened.rows("SELECT name FROM sqlite_master WHERE name = 'half'") == []
    assert opened.rows("SELECT topic FROM regulation") == [("综合",)]
    opened.close()


# Several processes


def in_process(code: str, home: Path, *, wait: bool = True) -> subprocess.Popen[str]:
    """Run code in another Python, `home` and `Store` at hand; its last line may tell us something."""
    head = f"import os, signal, sys\nfrom pathlib import Path\nfrom corpus.store import Store\nhome = Path({str(home)!r})\n"
    process = subprocess.Popen(
        [sys.executable, "-c", head + code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    if wait:
        process.wait(60)
    return process


def test_second_writer_is_told_who_holds_the_lock(home: Path) -> None:
    code = "with Store.open(home, write=True):\n    print('open', flush=True)\n    sys.stdin.read()"
    with in_process(code, home, wait=False) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match=rf"正在由另一个进程写入（进程号 {holder.pid}，开始于 20\d\d-.*请等它结束"):
            Store.open(home, write=True)
        with Store.open(home) as reader:
            assert reader.infos() == []
        holder.kill()
    with Store.open(home, write=True) as store:  # the lock died with its holder
        assert store.add(edition()) is Outcome.ADDED


def test_lock_also_holds_inside_one_process(store: Store, home: Path) -> None:
    with pytest.raises(StoreError, match=f"进程号 {os.getpid()}"):
        Store.open(home, write=True)
    store.close()
    Store.open(home, write=True).close()


class During(Mapping[str, object]):
    """A report whose reading, which `add` does last of all before it commits, runs a command."""

    def __init__(self, command: str, home: Path) -> None:
        self.command, self.home, self.output = command, home, ""

    def __getitem__(self, key: str) -> object:
        return key

    def __len__(self) -> int:
        return 1

    def __iter__(self) -> Iterator[str]:
        process = in_process(self.command, self.home)
        assert process.stdout is not None
        with process:
            self.output = process.stdout.read()
        return iter(["articles"])


def test_reader_sees_the_old_state_while_a_writer_writes(store: Store, home: Path) -> None:
    store.add(edition())
    command = "import json\nwith Store.open(home) as s: print(json.dumps([i.id for i in s.infos()]), s.verify())"
    during = During(command, home)
    store.add(edition("示例县督查办法"), during)
    assert during.output == f"{json.dumps([edition().id])} []\n"
    with Store.open(home) as reader:
        assert len(reader.infos()) == 2


def test_reader_keeps_its_state_while_a_writer_finishes(store: Store, home: Path) -> None:
    store.add(edition())
    with Store.open(home) as reader, reader._database.snapshot():
        assert len(reader.infos()) == 1
        store.add(edition("示例县督查办法"))
        assert len(reader.infos()) == 1


KILLED = """
sys.path.insert(0, str(Path.cwd() / "tests" / "corpus"))
from collections import UserDict
from test_store_file import edition
class Deadly(UserDict):
    def __iter__(self):
        os.kill(os.getpid(), signal.SIGKILL)
store = Store.open(home, write=True)
store.add(edition())
store.add(edition("示例县督查办法"), Deadly())
"""


def test_killed_writer_leaves_the_last_whole_document(home: Path) -> None:
    with in_process(KILLED, home) as writer:
        assert writer.returncode == -signal.SIGKILL
    with Store.open(home) as reader:
        assert ids(reader) == [edition().id]
    with Store.open(home, write=True) as store:
        assert store.verify() == []
        assert store.add(edition("示例县督查办法")) is Outcome.ADDED
        assert [change.action for change in store.changes()] == ["added", "added"]
