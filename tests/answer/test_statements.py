"""What a model writes, read as it comes, and the time it has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Event

import pytest

from answer.model import within
from answer.statements import Draft, drafts
from corpus.errors import ModelError

ONE = {"text": "甲{}[]\\", "clauses": [1], "quotes": ['乙"}']}
TWO = {"text": "丙", "clauses": [2, 3], "quotes": ["丁", "戊"]}
READ = [Draft("甲{}[]\\", (1,), ('乙"}',)), Draft("丙", (2, 3), ("丁", "戊"))]


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize("around", [("", ""), ("<think>想</think>\n```json\n", "\n```")])
def test_statements_are_read_in_pieces_of_any_size(size: int, around: tuple[str, str]) -> None:
    words = around[0] + json.dumps({"statements": [ONE, TWO]}, ensure_ascii=False) + around[1]
    pieces = [words[place : place + size] for place in range(0, len(words), size)]
    assert list(drafts(pieces, 1000)) == READ


def test_a_statement_is_there_as_soon_as_it_is_complete() -> None:
    words = json.dumps({"statements": [ONE, TWO]}, ensure_ascii=False)
    read = 0

    def pieces() -> Iterator[str]:
        nonlocal read
        for char in words:
            read += 1
            yield char

    assert next(drafts(pieces(), 1000)) == READ[0]
    assert words[:read].endswith('}"]}')


@pytest.mark.parametrize(
    "value",
    ["党课", 7, None, [], {}, {**ONE, "clauses": ["1"]}, {**ONE, "clauses": [True]}, {**ONE, "quotes": [1]}, {**ONE, "text": 1}],
)  # fmt: skip
def test_another_form_is_no_statement(value: object) -> None:
    assert list(drafts([json.dumps({"statements": [value, TWO]})], 1000)) == [None, READ[1]]


@pytest.mark.parametrize(
    "words",
    ["", "党课", '{"statements": [', '{"statements": [{"text": "甲"]}', '{"statements": [' + "[" * 100_000 + "]"],
)
def test_what_is_no_such_json_is_told(words: str) -> None:
    with pytest.raises(ModelError, match="不是要求的 JSON"):
        list(drafts([words], 1_000_000))


def test_a_model_that_does_not_end_is_stopped() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "甲" * 10

    with pytest.raises(ModelError, match="超过 100 个字符"):
        list(drafts(endless(), 100))


def test_the_time_is_one_for_all_pieces() -> None:
    never = Event()

    def slow() -> Iterator[str]:
        yield "甲"
        never.wait()
        yield "乙"

    pieces = within(0.1, slow)
    assert next(pieces) == "甲"
    with pytest.raises(ModelError, match=r"语言模型 0\.1 秒内没有答完"):
        next(pieces)
    never.set()


def test_what_an_iterator_raises_is_raised_where_it_is_read() -> None:
    def broken() -> Iterator[str]:
        yield "甲"
        raise ModelError("断了")

    pieces = within(60, broken)
    assert next(pieces) == "甲"
    with pytest.raises(ModelError, match="断了"):
        next(pieces)
