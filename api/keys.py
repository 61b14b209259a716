"""API keys (密钥): only their digests lie in the base's folder, in keys.json (mode 0600).

A key is 256 random bits, so a plain sha256 of it is safe to store: there is nothing to guess it from.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from corpus.errors import ConflictError, InputError, NotFoundError

FILE_NAME = "keys.json"
_PREFIX = "dg_"
_NAME = re.compile(r"[\w.-]{1,64}")


class Scope(StrEnum):
    """What a key allows; each scope includes those before it."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"

    def includes(self, other: Scope) -> bool:
        """Tell whether this scope allows what `other` does."""
        order = list(Scope)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is stored; `created` is an ISO time in UTC, `sha256` in hexadecimal."""

    name: str
    scope: Scope
    created: str
    sha256: str

    def to_json(self) -> dict[str, str]:
        """Return what `danggui keys list` shows of it."""
        return {"name": self.name, "scope": self.scope.value, "created": self.created}


class KeyRing:
    """The keys of the base in `home`; changes by another process are seen at the next look."""

    def __init__(self, home: Path) -> None:
        self.file = home / FILE_NAME
        self._stamp: tuple[int, int] | None = None
        self._keys: tuple[Key, ...] = ()

    def keys(self) -> Sequence[Key]:
        """Return all keys in the order of their making. Raises InputError when the file cannot be read."""
        try:
            state = self.file.stat()
        except FileNotFoundError:
            return ()
        stamp = (state.st_mtime_ns, state.st_ino)
        if stamp != self._stamp:
            self._keys = self._read()
            self._stamp = stamp
        return self._keys

    def find(self, key: str) -> Key | None:
        """Return the stored key that `key` is, None where there is none; takes as long for any wrong key."""
        digest = _digest(key)
        found = None
        for one in self.keys():
            if hmac.compare_digest(one.sha256, digest):
                found = one
        return found

    def add(self, name: str, scope: Scope) -> str:
        """Make a key and return it; it cannot be shown again.

        Raises InputError for a name of another form, ConflictError when it is taken.
        """
        if not _NAME.fullmatch(name):
            raise InputError(f"密钥名“{name}”不对；请用 1 到 64 个字母、数字、汉字、点、下划线或连字符")
        if any(one.name == name for one in self.keys()):
            raise ConflictError(f"已有名为“{name}”的密钥；请换一个名字，或先用 danggui keys revoke {name} 作废它")
        key = _PREFIX + secrets.token_urlsafe(32)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        self._write([*self.keys(), Key(name, scope, created, _digest(key))])
        return key

    def revoke(self, name: str) -> None:
        """Take a key out, at once for every running service. Raises NotFoundError."""
        left = [one for one in self.keys() if one.name != name]
        if len(left) == len(self.keys()):
            raise NotFoundError(f"没有名为“{name}”的密钥；用 danggui keys list 查看有哪些")
        self._write(left)

    def _read(self) -> tuple[Key, ...]:
        try:
            rows = json.loads(self.file.read_text("utf-8"))["keys"]
            return tuple(Key(**{**row, "scope": Scope(row["scope"])}) for row in rows)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"密钥文件 {self.file} 读不出：{error}；请改正，或删掉它后重新添加密钥") from error

    def _write(self, keys: Sequence[Key]) -> None:
        draft = self.file.with_name(f"{FILE_NAME}.{secrets.token_hex(4)}.new")
        text = json.dumps({"keys": [asdict(key) for key in keys]}, ensure_ascii=False, indent=1)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text + "\n")
            draft.replace(self.file)
        except OSError as error:
            raise InputError(f"密钥文件 {self.file} 写不进（{error.strerror}）；请检查这个目录的权限") from error


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
