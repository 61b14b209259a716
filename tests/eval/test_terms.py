"""New words are proposed from texts; what jieba or the list knows, and what is no term, is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.terms import main, propose
from index.words import WordCutter

BEFORE = ("对于", "关于", "落实", "推进", "完善", "建立", "健全", "实行", "坚持", "抓好")
AFTER = ("制度", "工作", "办法", "机制", "要求", "内容", "标准", "程序", "规定", "责任")
RARE = "".join(map(chr, range(0x6000, 0x6400)))  # other text, against which a term stands out


def texts(term: str) -> list[str]:
    """Return four texts in which a term stands ten times each, always between other words."""
    return ["。".join([RARE, *(f"{before}{term}{after}" for before, after in zip(BEFORE, AFTER, strict=True))])] * 4


@pytest.fixture(scope="module")
def cutter() -> WordCutter:
    return WordCutter()


def test_a_word_that_stands_free_and_holds_together_is_proposed(cutter: WordCutter) -> None:
    assert propose(texts("积分管理榜"), cutter, ())["积分管理榜"] == 40


def test_listed_and_known_words_are_no_news(cutter: WordCutter) -> None:
    assert propose(texts("积分管理榜"), cutter, ["积分管理榜"])["积分管理榜"] == 0
    assert propose(texts("领导干部们"), cutter, ())["干部"] == 0


def test_slogans_in_quotes_are_proposed_though_rare(cutter: WordCutter) -> None:
    assert dict(propose(["落实“四亮四比”要求", "开展“四亮四比”活动"], cutter, ())) == {"四亮四比": 2}


def test_the_command_reads_folders(tmp_path: Path) -> None:
    for place, text in enumerate(texts("积分管理榜")):
        (tmp_path / f"{place}.txt").write_text(text, "utf-8")
    (tmp_path / "photo.txt").write_bytes(b"")
    result = CliRunner().invoke(main, [str(tmp_path)])
    assert result.exit_code == 0
    assert "积分管理榜\t40" in result.stdout
    assert "photo.txt" in result.stderr
