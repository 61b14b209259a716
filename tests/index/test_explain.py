"""Why a hit ranks where it does, as data and as lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.model import Edition
from index.build import build
from index.explain import explain
from index.features import Evidence
from index.rerank import Ranker, Tree
from index.search import Index

NEAR = Tree((0,), (0.5,), (~0,), (~1,), (-1.0, 3.0), (0.0,))
FAR = Tree((1,), (2.0,), (~0,), (~1,), (0.5, -0.5), (0.0,))
OWN = Ranker(("lexical", "length"), (NEAR, FAR), scale=2.0)


def test_the_strongest_reason_comes_first_in_log_odds() -> None:
    found = Evidence(np.array([4, 7], np.int32), ("length", "lexical"), np.array([[3, 3], [0, 1]], np.float32))
    reason, other = explain(OWN, found, 1).reasons
    assert (reason.name, reason.value, reason.adds) == ("lexical", 1, 6)
    assert (other.label, other.adds) == ("条文长度", -1)
    assert explain(OWN, found, 1).row == 7
    assert explain(OWN, found, 0).lines() == [
        "-2.00  词面总分（与最高者相比）：0.00",
        "-1.00  条文长度：3.00",
        "+0.00  其余各项",
    ]


def test_explanations_come_in_the_order_of_the_hits(make_edition: Callable[..., Edition], tmp_path: Path) -> None:
    edition = make_edition("示例党费办法", "第一条　党员应当按月交纳党费。", "第二条　党费由党支部指定专人收缴。")
    build([edition], tmp_path, "")
    index = Index.open(tmp_path)
    hits = [hit.chunk.path for hit in index.search("谁来收缴党费", 2)]
    assert [index.chunk(one.row).path for one in index.explain("谁来收缴党费", 2)] == hits
    assert index.explain("", 2) == []
    assert index.explain("谁来收缴党费", 2, editions=()) == []


def test_explanations_are_plain_data() -> None:
    found = Evidence(np.array([4], np.int32), OWN.names, np.array([[1], [0]], np.float32))
    data = explain(OWN, found, 0).to_json()
    assert data["reasons"] == [
        {"name": "lexical", "label": "词面总分（与最高者相比）", "value": 1.0, "adds": 6.0},
        {"name": "length", "label": "条文长度", "value": 0.0, "adds": 1.0},
    ]
    assert data["others"] == pytest.approx(0)
