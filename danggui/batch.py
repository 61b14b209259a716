"""Many questions in a file (问题文件): one {"id", "text"} a line, in any encoding a user's editor writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from corpus.errors import InputError

Question = tuple[Any, str]
"""A question's id, any JSON value, and its text."""


def read_questions(file: IO[bytes]) -> tuple[Question, ...]:
    """Read all questions; blank lines are passed over.

    Raises InputError naming file, line and form: no JSON object, a key missing, a text that is no string; and for
    bytes that are no text.
    """
    from ingest.readers.encoding import decode
    from ingest.readers.xml import DamagedError

    try:
        decoded = decode(file.read())
    except DamagedError as error:
        raise InputError(f"{file.name}：{error}") from error
    if decoded.lost:
        raise InputError(f"{file.name} 里有 {decoded.lost} 个字符无法识别；请另存为 UTF-8 编码的文本文件")
    return tuple(_questions(decoded.text, file.name))


def _questions(text: str, name: str) -> Iterator[Question]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                row = json.loads(line)
                known = isinstance(row["text"], str)
                question = row["id"] if "id" in row else row["_id"], row["text"]  # _id: the form of BEIR
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise _wrong(name, number) from error
            if not known:
                raise _wrong(name, number)
            yield question


def _wrong(name: str, number: int) -> InputError:
    return InputError(f'{name} 第 {number} 行应是 {{"id": …, "text": "…"}} 形式的 JSON，text 是问题的文字')
