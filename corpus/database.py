"""The knowledge base's SQLite file (数据库文件): opened, recognised, brought up to date; knows no table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.errors import StoreError
from corpus.migrations import scripts

APPLICATION_ID = 0x44474B42  # "DGKB" in the file's header, so that another program's file is never taken for ours

Row = tuple[Any, ...]

_CURE = "请从备份把它复制回知识库文件夹，或把它移到别处后重新导入，或换一个文件夹；程序没有改动这个文件"


class Database:
    """An open file; every error of SQLite leaves it as a StoreError that names the file and the cure.

    One object serves one thread, or, read alone and after `hold`, several. Use `open_writable` or `open_readable`.
    """

    def __init__(self, path: Path, mode: str) -> None:
        self.path = path
        with self._explained():
            uri = f"{path.resolve().as_uri()}?{mode}"
            owned = "mode=ro" not in mode  # SQLite itself takes turns on a connection that only reads
            self._connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10, check_same_thread=owned)
            self._connection.execute("PRAGMA foreign_keys = ON")

    @classmethod
    def open_writable(cls, path: Path) -> Database:
        """Open the file for writing, building or migrating it first; the caller holds the writer lock.

        Raises StoreError when the file is damaged, is not ours, or is of a newer schema than this program's.
        """
        with _closed_on_error(cls(path, "mode=rwc")) as database:
            database._check()
            database.rows("PRAGMA journal_mode = WAL")
            # Safe against a killed process; a power cut may undo the last documents but never half of one.
            database.rows("PRAGMA synchronous = NORMAL")
            database.migrate(scripts())
        return database

    @classmethod
    def open_readable(cls, path: Path) -> Database:
        """Open the file for reading alone, which never waits for a writer.

        Raises StoreError when it is missing, damaged, not ours, or of a newer schema than this program's.
        """
        if not path.exists():
            raise _missing(path)
        try:
            return cls._readable(path, "mode=ro")
        except StoreError as error:
            # A file in WAL mode wants two files beside it, which a read-only medium cannot take; nobody writes there.
            if _is_unwritable(error) and not _has_content(path.with_name(f"{path.name}-wal")):
                return cls._readable(path, "mode=ro&immutable=1")
            raise

    @classmethod
    def _readable(cls, path: Path, mode: str) -> Database:
        with _closed_on_error(cls(path, mode)) as database:
            database._check()
            if database.version == 0:
                raise _missing(path)
            if database.version > len(scripts()):
                raise database._too_new(len(scripts()))
        return database

    @property
    def version(self) -> int:
        """The schema version of the file; 0 for an empty one."""
        return int(self.rows("PRAGMA user_version")[0][0])

    @property
    def is_old(self) -> bool:
        """Whether the file waits for a migration."""
        return self.version < len(scripts())

    def migrate(self, migrations: Sequence[str]) -> None:
        """Apply the scripts the file has not seen, each in one transaction together with its version number.

        Raises StoreError when the file is newer than the last script, or, with the file as that step found it,
        when a script fails.
        """
        version = self.version
        if version > len(migrations):
            raise self._too_new(len(migrations))
        for number, script in enumerate(migrations[version:], version + 1):
            header = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number};"
            with self._explained():
                try:
                    self._connection.executescript(f"BEGIN IMMEDIATE;\n{script}\n{header}\nCOMMIT;")
                except sqlite3.Error:
                    self._connection.rollback()
                    raise

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """Run one statement and return all its rows."""
        with self._explained():
            return self._connection.execute(sql, parameters).fetchall()

    def insert(self, sql: str, *parameters: object) -> int:
        """Run one INSERT and return the new row's number."""
        with self._explained():
            return self._connection.execute(sql, parameters).lastrowid or 0

    def insert_many(self, sql: str, rows: Iterable[Row]) -> None:
        """Run one INSERT for each row."""
        with self._explained():
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make the block's changes all at once, or none of them when it raises."""
        self.rows("BEGIN IMMEDIATE")
        try:
            yield
            self.rows("COMMIT")
        except BaseException:
            self._connection.rollback()
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let every statement of the block see the same state, whatever a writer does meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self.rows("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

    def hold(self) -> None:
        """Let every statement from now on see the state of this moment, until the file is closed."""
        self.rows("BEGIN")
        self.rows("SELECT 1 FROM sqlite_master")  # the state is fixed by the first read

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _check(self) -> None:
        """Raise StoreError unless the file is ours or an empty one, as a crash at the very first start leaves it."""
        found = self.rows("PRAGMA application_id")[0][0]
        if found != APPLICATION_ID and (found or self.rows("SELECT 1 FROM sqlite_master")):
            raise StoreError(f"文件 {self.path} 不是党规知识库，而是另一个程序的数据库。{_CURE}")

    def _too_new(self, known: int) -> StoreError:
        versions = f"第 {self.version} 版）比本程序认识的（第 {known} 版"
        return StoreError(f"知识库文件 {self.path} 的格式（{versions}）新；请升级 danggui 后再打开")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise StoreError(f"知识库 {self.path} 拒绝了这次改动（{error}）；已入库的内容没有变化") from error
        except sqlite3.OperationalError as error:
            cure = "请检查磁盘空间和目录权限，并确认没有别的程序占用它"
            raise StoreError(f"知识库文件 {self.path} 无法读写（{error}）；{cure}") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(f"文件 {self.path} 已损坏，或不是党规知识库（{error}）。{_CURE}") from error


def _missing(path: Path) -> StoreError:
    return StoreError(f"知识库 {path.parent} 还没有建立；请先运行 danggui ingest 导入文件")


def _is_unwritable(error: StoreError) -> bool:
    """Tell whether SQLite failed because it could not write beside the file."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    return code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


@contextmanager
def _closed_on_error(database: Database) -> Iterator[Database]:
    try:
        yield database
    except BaseException:
        database.close()
        raise
