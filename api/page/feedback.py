"""What readers say of answers (反馈): one JSON object a line in the base's folder, never more than a few megabytes."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from api.problems import ProblemError

FILE_NAME = "feedback.jsonl"
_LARGEST = 4 << 20  # bytes


def keep(home: Path, said: dict[str, str]) -> None:
    """Add what was said to the file. Raises ProblemError when it is full or cannot be written."""
    file = home / FILE_NAME
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **said}, ensure_ascii=False)
    try:
        if file.exists() and file.stat().st_size > _LARGEST:
            raise ProblemError(503, f"反馈已经存满；请管理员处理后移走知识库目录里的 {FILE_NAME}")
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "ab") as target:
            target.write(f"{line}\n".encode("utf-8", "replace"))  # one write: several processes may add at a time
    except OSError as error:
        raise ProblemError(503, f"反馈没有存下（{error.strerror}）；请管理员检查知识库目录的权限") from error
