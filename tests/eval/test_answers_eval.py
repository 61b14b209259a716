"""Answers judged: places, words, refusals, exact quotes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.hit import Hit
from corpus.model import Edition
from eval.answers import Expected, inexact, judge, measure, read_expected

TEXT = "（一）建强队伍\n1.选派干部\n全年选派45名机关干部。\n"
EDITION = Edition("示例县工作报告", "2022", TEXT, ())


@dataclass(frozen=True, slots=True)
class Given:
    """An answer given."""

    status: str = "answered"
    citations: tuple[Hit, ...] = ()


def hit(
    quote: str,
    headings: tuple[str, ...] = ("（一）建强队伍", "1.选派干部"),
    article: str | None = None,
    title: str = "示例县工作报告",
) -> Hit:
    start = max(TEXT.find(quote), 0)
    return Hit("id", title, "2022", "unknown", "label", article, headings, quote, quote, start, start + len(quote))


def edition_of(_id: str) -> Edition:
    return EDITION


RIGHT = hit("全年选派45名机关干部。")
ELSEWHERE = hit("全年选派45名机关干部。", ("（二）建好阵地",))
CASES = [
    pytest.param(Given(citations=(RIGHT,)), (True, True, True), id="right"),
    pytest.param(Given(citations=(ELSEWHERE, RIGHT)), (False, True, True), id="right-one-second"),
    pytest.param(Given(citations=(ELSEWHERE,)), (False, False, True), id="wrong-place"),
    pytest.param(Given(citations=(hit("机关干部。"),)), (True, True, False), id="words-missing"),
    pytest.param(Given("no_basis"), (False, False, False), id="refused"),
]


@pytest.mark.parametrize(("given", "judged"), CASES)
def test_judge_by_headings(given: Given, judged: tuple[bool, bool, bool]) -> None:
    expected = Expected("选派了多少名干部", path=("（一）", "1."), required=("45名", "机关干部"))
    found = judge(expected, given, edition_of)
    assert (found.first, found.cited, found.complete) == judged
    assert found.right is (judged[0] and judged[2])


def test_words_may_stand_in_several_quotes() -> None:
    parts = (hit("全年选派45名"), hit("机关干部。"))
    assert judge(Expected("q", required=("45名", "机关干部")), Given(citations=parts), edition_of).complete
    assert not judge(Expected("q", required=("45名机关干部",)), Given(citations=parts), edition_of).complete


def test_judge_by_article() -> None:
    expected = Expected("q", title="示例县工作报告（试行）", articles=("第三条", "第四条"))
    assert judge(expected, Given(citations=(hit("全", article="第四条"),)), edition_of).first
    assert not judge(expected, Given(citations=(hit("全", article="第五条"),)), edition_of).first
    assert not judge(expected, Given(citations=(hit("全", article="第四条", title="示例县条例"),)), edition_of).first


def test_report() -> None:
    answers = {"甲": Given(citations=(RIGHT,)), "乙": Given("no_basis"), "丙": Given("partial", (ELSEWHERE,))}
    report = measure([Expected(name, path=("（一）",)) for name in answers], answers.__getitem__, edition_of)
    assert report.to_json() == {
        "questions": 3,
        "right": 1,
        "first": 1,
        "cited": 1,
        "complete": 2,
        "no_basis": 1,
        "quotes_not_exact": 0,
        "missed": ["乙", "丙"],
    }


def test_gold_texts_quoted_are_counted_by_their_letters() -> None:
    asked = Expected("q", gold=("第三条　全年选派45名，机关干部", "另有规定的，从其规定。"))
    report = measure([asked], lambda _: Given(citations=(RIGHT,)), edition_of).to_json()
    shares = {name: report[name] for name in ("gold_quoted", "all_gold_quoted", "quotes_to_gold")}
    assert shares == {"gold_quoted": 1.0, "all_gold_quoted": 0.0, "quotes_to_gold": 0.55}


def test_inexact_quotes_are_counted() -> None:
    wrong = hit("全年选派46名")
    assert inexact((RIGHT, wrong), lambda _id: EDITION) == 1


def test_read(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    rows: list[dict[str, object]] = [
        {"q": "甲", "path": ["（一）"], "answer": ["45名"]},
        {"q": "乙"},
        {"query": "丙", "title": "示例条例", "articles": ["第一条"], "answer": "一句话"},
        {"text": "丁", "contains": ["27个"]},
    ]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", "utf-8")
    assert read_expected(file) == (
        Expected("甲", ("（一）",), ("45名",)),
        Expected("乙"),
        Expected("丙", title="示例条例", articles=("第一条",)),
        Expected("丁", required=("27个",)),
    )


@pytest.mark.parametrize("line", ["[]", "{}", "{", '"甲"'])
def test_read_refuses(tmp_path: Path, line: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(line, "utf-8")
    with pytest.raises(InputError, match="不是问答评测的问题文件"):
        read_expected(file)
