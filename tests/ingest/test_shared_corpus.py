"""Real regulations: counts equal to the lists, numbering problems as they are, nothing dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from eval.structure import Summary, evaluate, read_counts

Shared = Callable[[str], Path]


def differences(summary: Summary) -> tuple[list[str], list[str], list[str]]:
    """Return the files that failed, whose count differs, whose spans do not give the text back."""
    outcomes = summary.outcomes
    return (
        [o.file for o in outcomes if o.error],
        [f"{o.file}: {o.articles} != {o.listed}" for o in outcomes if o.differs],
        [o.file for o in outcomes if not o.whole],
    )


def test_regulations_with_manifest(shared: Shared) -> None:
    folder = shared("corpus/regs")
    summary = evaluate(folder, read_counts(folder / "manifest.tsv"))
    assert differences(summary) == ([], [], [])
    assert (len(summary.outcomes), sum(o.articles for o in summary.outcomes)) == (99, 4206)
    assert not any(o.gaps or o.out_of_order for o in summary.outcomes)
    assert [o.file for o in summary.outcomes if o.duplicates] == [
        "纪检监察机关案件档案管理办法（年份不详）.txt"
    ]  # its 附件


def test_local_measures(shared: Shared) -> None:
    folder = shared("corpus/local")
    summary = evaluate(folder, read_counts(folder / "manifest.tsv"))
    assert differences(summary) == ([], [], [])
    assert {o.file: o.gaps for o in summary.outcomes if o.gaps} == {
        "居民区党支部组织生活会制度（2018）.txt": ("第十四条",),
        "绍兴市第一中学章程（2021）.txt": ("第四十七条", "第四十八条"),
    }


@pytest.mark.slow
def test_benchmark_files(shared: Shared) -> None:
    summary = evaluate(shared("corpus/legal-dc"), read_counts(shared("eval/legal-dc/article_counts.tsv")))
    assert differences(summary) == ([], [], [])
    assert {o.file: o.gaps for o in summary.outcomes if o.gaps} == {
        "中华人民共和国农民专业合作社法.docx": ("第五十四条",)
    }
    counts = {o.file: o.articles for o in summary.outcomes}
    assert len(counts) == 539
    assert counts["中华人民共和国农民专业合作社法.docx"] == 73
    assert counts["肉制品生产许可审查细则（2023版）.docx"] == 67  # 第%1条 only in Word's numbering


@pytest.mark.slow
def test_state_laws_and_local_regulations(shared: Shared) -> None:
    summary = evaluate(shared("corpus/laws.tar.xz"), {})
    assert differences(summary) == ([], [], [])
    assert len(summary.outcomes) == 3424
    assert sum(o.articles for o in summary.outcomes) == 147_405
    assert not any(o.out_of_order for o in summary.outcomes)
