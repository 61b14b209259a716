"""A county's real work report as the only source: what it answers, and what it must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from danggui.base import KnowledgeBase, Scope
from danggui.ingesting import Order, ingest
from eval.answers import measure, read_expected

SCOPE = Scope(date(2026, 11, 1))


@pytest.fixture(scope="module")
def base(shared: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("county") / "base"
    ingest(home, Order((shared("corpus/seed"),), workers=1))
    with KnowledgeBase(home) as opened:
        yield opened


def test_answerable_questions(base: KnowledgeBase, shared: Callable[[str], Path]) -> None:
    expected = read_expected(shared("eval/seed/questions.jsonl"))
    report = measure(expected, lambda text: base.ask(text, SCOPE), base.lookup.edition)
    assert sum(one.right for one in report.judged) >= 19, report.to_json()["missed"]
    assert report.refused <= 1
    assert sum(one.inexact for one in report.judged) == 0


def test_baseless_questions(base: KnowledgeBase, shared: Callable[[str], Path]) -> None:
    expected = read_expected(shared("eval/seed/unanswerable.jsonl"))
    report = measure(expected, lambda text: base.ask(text, SCOPE), base.lookup.edition)
    answered = [one.question for one in report.judged if one.status != "no_basis"]
    assert len(answered) <= 1, answered  # 14 of 15 are required
