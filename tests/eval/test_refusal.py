"""Refusals counted over the bundled samples: each question with its regulation in the base and left out."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import InputError
from danggui.base import KnowledgeBase, Scope
from eval.refusal import Refusals, measure, read_titled

QUESTION = ("公务接待的工作餐一个人多少钱标准？", "示例县党政机关国内公务接待管理办法")
DAY = date(2026, 11, 1)


def test_a_question_with_and_without_its_regulation(sample_home: Path) -> None:
    with KnowledgeBase(sample_home) as base:
        found = measure([QUESTION], lambda text, without: base.ask(text, Scope(DAY, without=without)).status)
        hits = base.search(QUESTION[0], 20, Scope(DAY, all_editions=True, without=QUESTION[1]))
    assert found == Refusals(1, Counter(answered=1), Counter(no_basis=1))
    assert QUESTION[1] not in {hit.title for hit in hits}


def test_shares() -> None:
    counted = Refusals(200, Counter(answered=170, partial=20, no_basis=10), Counter(answered=40, no_basis=150))
    assert counted.to_json() == {
        "questions": 200,
        "false_refusals": 0.05,
        "answered": 0.85,
        "baseless_answered": 0.2,
        "baseless_not_refused": 0.25,
    }


def test_a_file_of_another_form_is_named(tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"text": "党课"}', encoding="utf-8")
    with pytest.raises(InputError, match=r"q\.jsonl 每行应是有 query 和 title 的 JSON"):
        read_titled(file, 5)
