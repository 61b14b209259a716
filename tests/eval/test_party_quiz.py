"""Which articles count for a question that cites one of several editions, and for one on a section."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.model import Edition
from eval.folders import evaluate_folder
from eval.party_quiz import load_party_quiz, years_of
from eval.sections import load_sections
from index.build import build
from index.search import Index
from ingest.document import Block
from ingest.structure import parse

GIFTS = "收受可能影响公正执行公务的礼品、礼金的，给予警告或者严重警告处分。"
MEALS = "违反公务接待管理规定，超标准、超范围接待或者借机大吃大喝的，给予警告处分。"
TITLE = "中国共产党示例处分条例"


def edition(title: str, day: str, *lines: str) -> Edition:
    structure = parse([Block(line) for line in (title, *lines)], "")
    return Edition(structure.title, day, structure.text, structure.provisions)


OLD = edition(TITLE, "2015-10-18", f"第一条　{GIFTS}", f"第二条　{MEALS}")
NEW = edition(TITLE, "2018-08-18", "第一条　为了严明党的纪律，制定本条例。", f"第二条　{GIFTS}", f"第三条　{MEALS}")


def write(folder: Path, *rows: dict[str, object]) -> Path:
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "questions.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return folder


def asked(article: str, *, hint: str = "", answer: str = "", kind: str = "", day: str = "") -> dict[str, object]:
    return {
        "id": "q", "stem": "收礼金怎么处分", "regulation": TITLE, "article": article, "answer": answer,
        "explanation": "", "edition_hint": hint, "kind": kind, "date": day,
    }  # fmt: skip


def gold(folder: Path, row: dict[str, object]) -> set[str]:
    short, _ = load_party_quiz(write(folder, row), [OLD, NEW])
    return {name.split("@")[1] for question in short.questions for name in question.gold}


def test_the_named_edition_binds_the_number_and_other_editions_count_by_their_words(tmp_path: Path) -> None:
    assert gold(tmp_path, asked("第一条", hint="2015版")) == {"2015-10-18/art_1", "2018-08-18/art_2"}
    assert gold(tmp_path, asked("第三条", hint="2018版")) == {"2015-10-18/art_2", "2018-08-18/art_3"}


def test_a_quotation_in_the_answer_shows_the_edition(tmp_path: Path) -> None:
    row = asked("第二条", answer=f"《条例》第二条规定：{GIFTS}")
    assert gold(tmp_path, row) == {"2015-10-18/art_1", "2018-08-18/art_2"}


def test_else_the_number_is_that_of_the_latest_edition_issued_by_the_day_of_the_question(tmp_path: Path) -> None:
    assert gold(tmp_path, asked("第二条", day="2017-11-23")) == {"2015-10-18/art_2", "2018-08-18/art_3"}
    assert gold(tmp_path, asked("第二条", day="2018-09")) == {"2015-10-18/art_1", "2018-08-18/art_2"}


def test_a_question_older_than_every_edition_in_the_base_is_left_out(tmp_path: Path) -> None:
    short, _ = load_party_quiz(write(tmp_path, asked("第二条", day="2015-01-01")), [OLD, NEW])
    assert (short.questions, short.skipped) == ((), 1)


def test_a_quotation_outweighs_the_day(tmp_path: Path) -> None:
    row = asked("第二条", answer=f"《条例》第二条规定：{MEALS}", day="2019-01-01")
    assert gold(tmp_path, row) == {"2015-10-18/art_2", "2018-08-18/art_3"}


def test_without_any_of_these_the_number_counts_in_any_edition(tmp_path: Path) -> None:
    assert gold(tmp_path, asked("第二条")) == {"2015-10-18/art_2", "2018-08-18/art_2"}


def test_a_question_on_an_edition_not_in_the_base_is_counted_as_left_out(tmp_path: Path) -> None:
    short, cases = load_party_quiz(write(tmp_path, asked("第一条", hint="2003版")), [OLD, NEW])
    assert (short.questions, short.skipped, cases.skipped) == ((), 1, 0)


HINTS = [
    pytest.param("2018版", ("2018",), id="one year"),
    pytest.param("纪律处分条例=2015版；党章=2012/2017", ("2015",), id="named"),
    pytest.param("党章=2012/2017", (), id="another title"),
    pytest.param("2019-2020现行版", ("2019", "2020"), id="a span"),
    pytest.param("", (), id="none"),
]


@pytest.mark.parametrize(("hint", "years"), HINTS)
def test_hints_name_years_for_a_title(hint: str, years: tuple[str, ...]) -> None:
    assert years_of(hint, "中国共产党纪律处分条例") == years


def test_short_questions_and_cases_are_reported_apart(tmp_path: Path) -> None:
    rows = asked("第一条", hint="2015版"), {**asked("第二条", hint="2015版"), "kind": "case"}
    build([OLD, NEW], tmp_path / "index", "")
    reports = evaluate_folder(write(tmp_path, *rows), lambda: (Index.open(tmp_path / "index"), [OLD, NEW]))
    assert [report.dataset for report in reports] == ["party-quiz/short", "party-quiz/case"]
    assert [report.stages["final"]["recall@1"] for report in reports] == [1.0, 0.0]


def test_the_edition_that_is_meant_is_known_by_hint_quotation_or_day_only(tmp_path: Path) -> None:
    rows = (
        asked("第一条", hint="2015版"),
        asked("第一条", answer=GIFTS),
        asked("第二条", day="2018-09"),
        asked("第二条"),
    )
    short, _ = load_party_quiz(write(tmp_path, *rows), [OLD, NEW])
    meant = [{name.split("@")[1] for name in question.meant} for question in short.questions]
    assert meant == [{"2015-10-18/art_1"}, {"2015-10-18/art_1"}, {"2018-08-18/art_2"}, set()]


def test_the_right_edition_is_reported_beside_any(tmp_path: Path) -> None:
    build([OLD, NEW], tmp_path / "index", "")
    index = Index.open(tmp_path / "index")
    questions = {OLD.id: asked("第一条", hint="2015版"), NEW.id: asked("第二条", hint="2018版")}
    rows = [questions[hit.chunk.edition] for hit in index.search("收礼金怎么处分", 2)]
    (report,) = evaluate_folder(write(tmp_path, *rows), lambda: (index, [OLD, NEW]))
    final = report.stages["final"]
    assert (final["recall@1"], final["right@5"], final["right_1st"], final["right_of"]) == (1.0, 1.0, 0.5, 2)


def test_questions_on_nothing_in_the_base_are_refused(tmp_path: Path) -> None:
    build([OLD, NEW], tmp_path / "index", "")
    folder = write(tmp_path, asked("第一条", hint="2003版"))
    with pytest.raises(InputError, match="先导入"):
        evaluate_folder(folder, lambda: (Index.open(tmp_path / "index"), [OLD, NEW]))


def test_a_line_of_another_form_is_refused(tmp_path: Path) -> None:
    write(tmp_path, asked("第一条"), {"id": "q"})
    with pytest.raises(InputError, match="不是考试题形式"):
        load_party_quiz(tmp_path, [])


REPORT = (
    "示例县党建工作报告",
    "一、加强组织建设",
    "（一）抓基层",
    "党员大会每季度召开一次。",
    "（二）抓培训",
    "培训质量由学员评估。",
)


def test_a_hit_anywhere_under_the_headings_is_in_the_section(tmp_path: Path) -> None:
    report = edition(REPORT[0], "2020", *REPORT[1:])
    write(tmp_path, {"q": "党员大会多久开一次", "path": ["一、", "（一）"]}, {"q": "没有", "path": ["九、"]})
    dataset = load_sections(tmp_path, [report])
    assert (len(dataset.questions), dataset.skipped) == (1, 1)
    assert dataset.questions[0].gold == {"示例县党建工作报告@2020/h_1/h_1", "示例县党建工作报告@2020/h_1/h_1/para_1"}


@pytest.mark.slow
def test_every_county_question_finds_its_section(shared: Callable[[str], Path], tmp_path: Path) -> None:
    from ingest.discovery import discover
    from ingest.pipeline import Job, parse_files

    jobs = [Job(file.path, file.name) for file in discover([shared("corpus/seed")]).files]
    editions: Iterable[Edition] = [parsed.edition for parsed in parse_files(jobs) if parsed.edition]
    build(editions, tmp_path, "")
    (report,) = evaluate_folder(shared("eval/seed"), lambda: (Index.open(tmp_path), editions))
    assert (report.questions, report.skipped) == (20, 0)
    assert report.stages["final"]["recall@3"] == 1.0
