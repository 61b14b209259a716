"""A batch on several processes gives what single questions give, in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from danggui.base import KnowledgeBase, Scope
from danggui.batch_search import search_batch


@pytest.mark.slow
def test_several_processes_answer_as_one_does(sample_home: Path) -> None:
    questions = [
        f"{subject}{asked}" for subject in ("党课", "党费", "接待") for asked in ("多久一次", "谁来管", "有什么要求")
    ] * 60
    scope = Scope(date(2026, 1, 1))
    with KnowledgeBase(sample_home) as base:
        together = list(search_batch(base, questions, 3, scope))
        single = {question: base.search(question, 3, scope) for question in set(questions)}
    assert len(questions) > 400
    assert together == [single[question] for question in questions]


def test_no_question_gives_no_hits(sample_home: Path) -> None:
    with KnowledgeBase(sample_home) as base:
        assert list(search_batch(base, [], 3, Scope(date(2026, 1, 1)))) == []
