"""An interrupted rebuild goes on where it stopped: no passage is embedded twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Vectors
from index.pending import PendingVectors


class Counting:
    """Embeds a passage as its length and its first character, and stops when it has done enough."""

    dimension = 2

    def __init__(self, identity: str, enough: int = 10**9) -> None:
        self.identity = identity
        self.done: list[str] = []
        self._enough = enough

    def passages(self, texts: Sequence[str]) -> Vectors:
        if len(self.done) >= self._enough:
            raise KeyboardInterrupt
        self.done += texts
        return np.array([[len(text), ord(text[0])] for text in texts], np.float32).reshape(-1, 2)

    queries = passages


PASSAGES = [f"第{number}段" + "文" * (number % 7) for number in range(1300)]


def test_each_passage_has_its_own_vector_and_equal_ones_are_embedded_once(tmp_path: Path) -> None:
    embedder = Counting("a")
    vectors = PendingVectors(tmp_path, embedder).encode(["甲乙", "丙", "甲乙"])
    assert vectors.tolist() == [[2, ord("甲")], [1, ord("丙")], [2, ord("甲")]]
    assert embedder.done == ["甲乙", "丙"]


def test_what_was_embedded_before_an_interruption_is_not_embedded_again(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        PendingVectors(tmp_path, Counting("a", 600)).encode(PASSAGES)
    again = Counting("a")
    vectors = PendingVectors(tmp_path, again).encode(PASSAGES)
    assert again.done == PASSAGES[1024:]
    assert vectors[:, 0].tolist() == [len(passage) for passage in PASSAGES]


def test_another_model_starts_from_nothing(tmp_path: Path) -> None:
    PendingVectors(tmp_path, Counting("a")).encode(PASSAGES[:5])
    other = Counting("b")
    PendingVectors(tmp_path, other).encode(PASSAGES[:5])
    assert other.done == PASSAGES[:5]


def test_a_block_cut_short_is_embedded_again(tmp_path: Path) -> None:
    PendingVectors(tmp_path, Counting("a")).encode(PASSAGES[:5])
    for block in tmp_path.rglob("*.npz"):
        block.write_bytes(block.read_bytes()[:40])
    again = Counting("a")
    assert PendingVectors(tmp_path, again).encode(PASSAGES[:5]).shape == (5, 2)
    assert again.done == PASSAGES[:5]


def test_nothing_is_left_when_the_index_is_in_place(tmp_path: Path) -> None:
    pending = PendingVectors(tmp_path, Counting("a"))
    pending.encode(PASSAGES[:5])
    pending.drop()
    assert list(tmp_path.iterdir()) == []
