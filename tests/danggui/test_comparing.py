"""Two editions of a work side by side: what was kept, changed, taken out and put in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.alignment import Fate
from danggui.base import KnowledgeBase
from danggui.comparing import Comparison, compare
from danggui.ingesting import Order, ingest

OLD = """示例县考勤办法
（2020年1月1日印发）
第一条　全体干部每日签到两次，上午下午各一次。
第二条　迟到由考勤员登记。
第三条　本单位设考勤员两名，由办公室指定。
第四条　本办法自印发之日起施行。
"""
NEW = """示例县考勤办法
（2023年5月1日印发）
第一条　全体干部每日签到三次，上午下午晚上各一次。
第二条　外出公务应当事先报告分管领导同意。
第三条　本单位设考勤员两名，由办公室指定。
第四条　本办法自印发之日起施行。
"""
TODAY = date(2026, 11, 1)


@pytest.fixture
def compared(tmp_path: Path) -> Comparison:
    for name, text in (("旧.txt", OLD), ("新.txt", NEW)):
        (tmp_path / name).write_text(text, "utf-8")
    ingest(tmp_path / "base", Order((tmp_path / "旧.txt", tmp_path / "新.txt"), workers=1))
    with KnowledgeBase(tmp_path / "base") as base:
        return compare(base, "考勤办法", "", "", TODAY)


def test_the_present_edition_is_compared_with_the_one_before(compared: Comparison) -> None:
    assert (compared.old.date, compared.new.date) == ("2020-01-01", "2023-05-01")
    found = [(pair.kind, pair.old and pair.old.article, pair.new and pair.new.article) for pair in compared.pairs]
    assert found == [
        (Fate.CHANGED, "第一条", "第一条"),
        (Fate.DROPPED, "第二条", None),
        (Fate.NEW, None, "第二条"),
        (Fate.SAME, "第三条", "第三条"),
        (Fate.SAME, "第四条", "第四条"),
    ]
    assert compared.totals() == {"same": 2, "changed": 1, "removed": 1, "added": 1}


def test_changes_are_told_to_the_character(compared: Comparison) -> None:
    assert list(compared.pairs[0].changes()) == [
        ("equal", "全体干部每日签到", "全体干部每日签到"),
        ("replace", "两", "三"),
        ("equal", "次，上午下午", "次，上午下午"),
        ("insert", "", "晚上"),
        ("equal", "各一次。", "各一次。"),
    ]
    assert [list(pair.changes()) for pair in compared.pairs[1:]] == [[], [], [], []]
