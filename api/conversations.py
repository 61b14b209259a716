"""The last question of each conversation (会话), in the base's folder, so that any worker process can resolve the next.

The name of a conversation is kept only as a digest with the key of its owner; what is older than a day goes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import time

FILE_NAME = "conversations.db"
_KEPT = 24 * 3600  # seconds
_TABLE = """
    CREATE TABLE IF NOT EXISTS conversation (
        name TEXT PRIMARY KEY,
        question TEXT NOT NULL,
        asked REAL NOT NULL
    ) WITHOUT ROWID
"""


class Conversations:
    """Conversations by name; safe to share between threads and processes."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE_NAME

    def last(self, name: str, owner: str = "") -> str:
        """Return the last question of a conversation, "" where there is none."""
        with self._open() as database:
            row = database.execute(
                "SELECT question FROM conversation WHERE name = ? AND asked > ?", (_digest(name, owner), time() - _KEPT)
            ).fetchone()
        return str(row[0]) if row else ""

    def keep(self, name: str, question: str, owner: str = "") -> None:
        """Keep a question as the last one of a conversation, and drop conversations of yesterday."""
        now = time()
        with self._open() as database:
            database.execute("DELETE FROM conversation WHERE asked < ?", (now - _KEPT,))
            database.execute(
                "INSERT OR REPLACE INTO conversation VALUES (?, ?, ?)", (_digest(name, owner), question, now)
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self._file, timeout=5)
        try:
            self._file.chmod(0o600)
            database.execute(_TABLE)
            with database:
                yield database
        finally:
            database.close()


def _digest(name: str, owner: str) -> str:
    return sha256(f"{owner}\n{name}".encode()).hexdigest()
