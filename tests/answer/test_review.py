"""The check as a reader of its findings meets it: wrong citations, quotations and figures found, right ones left alone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from answer.review.findings import Finding, Kind, Mark, Review, Severity
from answer.review.measures import measures
from answer.review.page import page
from answer.review.wording import load_table
from corpus.errors import InputError, RefusedError
from danggui.base import KnowledgeBase
from danggui.checking import check_document, check_path
from danggui.review_docx import docx_of

ON = date(2026, 11, 1)
Checked = Callable[[str], Review]


@pytest.fixture(scope="module")
def checked(sample_home: Path) -> Iterator[Checked]:
    """Yield a function that checks lines of text against the sample base."""
    with KnowledgeBase(sample_home) as base:
        yield lambda text: check_document(base, f"示例材料\n{text}".encode(), "示例材料.txt", ON)


def only(review: Review) -> Finding:
    assert len(review.findings) == 1, review.findings
    return review.findings[0]


def test_a_right_citation_and_quotation_have_no_finding(checked: Checked) -> None:
    review = checked("按照《示例县党务公开实施细则》第五条第一款办理。")
    assert review.findings == ()
    assert [(one.place.words, one.state.value) for one in review.citations] == [
        ("《示例县党务公开实施细则》第五条第一款", "ok")
    ]
    assert review.citations[0].id == "示例县党务公开实施细则@2022-03-18/art_5/para_1"


def test_a_number_beyond_the_last_article_names_what_there_is(checked: Checked) -> None:
    found = only(checked("按照《示例县党务公开实施细则》第九十九条办理。"))
    assert (found.kind, found.state, found.severity) == (Kind.CITATION, Mark.NOT_FOUND, Severity.ERROR)
    assert "没有第九十九条" in found.message
    assert found.suggestion.startswith("现有第一条至第")
    assert (found.place.paragraph, found.place.start, found.place.words) == (
        1,
        2,
        "《示例县党务公开实施细则》第九十九条",
    )


def test_a_misspelt_title_is_offered_the_right_one(checked: Checked) -> None:
    found = only(checked("要贯彻《示例县党务公布实施细则》。"))
    assert found.state is Mark.NOT_FOUND
    assert "《示例县党务公开实施细则》" in found.message


def test_a_misspelt_kind_of_text_is_a_title_too(checked: Checked) -> None:
    found = only(checked("要贯彻《示例县党务公开实施细责》。"))
    assert (found.state, found.place.words) == (Mark.NOT_FOUND, "《示例县党务公开实施细责》")
    assert "《示例县党务公开实施细则》" in found.message
    assert checked("要学习《示例县党务公开工作简报》。").citations == ()


def test_a_missing_annex_is_told_once(checked: Checked) -> None:
    found = only(checked("第一条 申报表见附件1。\n第二条 按要求填写。"))
    assert (found.kind, found.place.words) == (Kind.STRUCTURE, "见附件1")


def test_a_text_nobody_knows_is_told_as_not_checked_once(checked: Checked) -> None:
    review = checked("依照《某镇柴火堆放办法》。\n再次依照《某镇柴火堆放办法》。")
    found = only(review)
    assert found.state is Mark.NOT_CHECKED
    assert [(place.paragraph, place.words) for place in found.also] == [(2, "《某镇柴火堆放办法》")]
    assert "另见第 3 段" in page(review)
    assert [one.state for one in review.citations] == [Mark.NOT_CHECKED, Mark.NOT_CHECKED]


def test_few_words_that_stand_in_another_article_are_its_words(checked: Checked) -> None:
    found = only(checked("《示例县党费收缴使用管理办法》第二条要求基层党委组织委员审核、党委书记办公会议研究。"))
    assert found.state is Mark.RENUMBERED
    assert found.clause is not None
    assert found.clause.article == "第十三条"


def test_figures_in_the_same_turn_are_compared_one_by_one(checked: Checked) -> None:
    right = "党支部每季度、基层党委每半年向党员公布1次党费收缴使用情况，县委组织部每年向县委和市委组织部报告1次。"
    assert checked(f"按照《示例县党费收缴使用管理办法》第十六条，{right}").findings == ()
    wrong = right.replace("每季度", "每半年")
    found = only(checked(f"按照《示例县党费收缴使用管理办法》第十六条，{wrong}"))
    assert (found.kind, found.place.words, found.place.start) == (Kind.PARAMETER, "每半年", 25)


def test_the_same_opening_words_are_held_to_the_clause_whatever_follows(sample_home: Path) -> None:
    title = "中共示例县委组织部关于党费管理的补充通知"
    words = "工作人员调动的，应当在30日内办结账目交接，并与接手人员当面核对账册、票据、印章和存款，双方签字。"
    with KnowledgeBase(sample_home) as base:
        found = only(check_document(base, f"{title}\n{words}".encode(), "示例材料.txt", ON))
    assert found.clause is not None
    assert (found.place.words, found.clause.article) == ("30日", "第十七条")


def test_a_former_edition_leads_to_the_present_clause(checked: Checked) -> None:
    found = only(checked("依照《示例县党支部“三会一课”实施细则》（2019年）第三条。"))
    assert found.state is Mark.SUPERSEDED
    assert found.clause is not None
    assert found.clause.edition == "2019-06-18"
    assert "2023年5月12日" in found.suggestion


def test_a_changed_quotation_shows_the_change(checked: Checked, sample_home: Path) -> None:
    with KnowledgeBase(sample_home) as base:
        text = base.show("《示例县党务公开实施细则》第五条第一款", ON).text
    sentence = text.split("。")[0]
    assert checked(f"《示例县党务公开实施细则》第五条第一款规定：“{sentence}。”").findings == ()
    wrong = sentence.replace("应当", "可以", 1) if "应当" in sentence else "甲" + sentence[1:]
    review = checked(f"《示例县党务公开实施细则》第五条第一款规定：“{wrong}。”")
    found = only(review)
    assert (found.kind, found.state, found.severity) == (Kind.QUOTATION, Mark.TEXT_MISMATCH, Severity.ERROR)
    assert "引作" in found.message
    assert review.citations[0].state is Mark.TEXT_MISMATCH


def test_marks_of_a_name_are_no_quotation(checked: Checked) -> None:
    assert checked("按照《示例县党务公开实施细则》规定，坚持“三会一课”，落实“一岗双责”。").findings == ()


def test_a_pointer_that_leads_nowhere_is_found(checked: Checked) -> None:
    review = checked(
        "第一条 依照本办法第九条办理。\n第二条 前款所称，见第一条。\n第三条 自发布之日起施行。由县委办解释。"
    )
    messages = [found.message for found in review.findings]
    assert any("本办法第九条" in message and "无所指" in message for message in messages)
    assert any("“前款”" in message for message in messages)


def test_what_a_reported_clause_says_of_itself_is_no_pointer_of_the_document(checked: Checked) -> None:
    assert checked("《示例县党务公开实施细则》第五条要求，本细则第三条规定的情形从严掌握。").findings == ()


def test_an_implementing_measure_is_held_to_the_duties_of_its_work(checked: Checked, sample_home: Path) -> None:
    lines = [
        "某镇实施《示例县党务公开实施细则》办法",
        *(f"第{n}条 本镇的事项之{n}，照常办理。" for n in "一二三四"),
        "第五条 自发布之日起施行，由镇党委解释。",
    ]
    with KnowledgeBase(sample_home) as base:
        review = check_document(base, "\n".join(lines).encode(), "办法.txt", ON)
    assert len(review.matrix) > 5
    assert all(duty.counterpart is None for duty in review.matrix)
    (found,) = [one for one in review.findings if one.kind is Kind.COVERAGE]
    assert f"有 {len(review.matrix)} 项义务" in found.message
    assert "覆盖表" in page(review)


def test_a_short_name_that_is_not_defined_is_ambiguous(checked: Checked) -> None:
    assert only(checked("依照《办法》第三条办理。")).state is Mark.AMBIGUOUS


def test_missing_numbers_dates_and_annexes_are_found(checked: Checked, sample_home: Path) -> None:
    lines = [
        "示例县会议室管理办法",
        *(f"第{n}条 会议室的事项之{n}，按规定办理。" for n in "一二三五六"),
        "登记表见附件1。",
    ]
    with KnowledgeBase(sample_home) as base:
        review = check_document(base, "\n".join(lines).encode(), "示例县会议室管理办法.txt", ON)
    states = {(one.kind, one.state, one.message) for one in review.findings}
    assert (Kind.STRUCTURE, Mark.GAP, "条文编号不连续：缺第四条") in states
    assert (Kind.STRUCTURE, Mark.MISSING, "没有写明施行日期") in states
    assert any("没有附件" in message for _, _, message in states)


def test_one_rule_with_two_figures_is_found(checked: Checked) -> None:
    found = only(
        checked(
            "会议室使用部门应当在会后三日内将登记表交回办公室存档备查。\n会议室使用部门应当在会后五日内将登记表交回办公室存档备查。"
        )
    )
    assert (found.state, found.place.words) == (Mark.INCONSISTENT, "五日")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("要增强政治意识、大局意识、核心意识。", Mark.INCOMPLETE),
        ("要增强政治意识、核心意识、大局意识、看齐意识。", Mark.DISORDERED),
        ("由县监察局负责。", Mark.OUTDATED),
        ("统筹推进“五位一体”战略布局。", Mark.MISWORDED),
    ],
)
def test_fixed_formulations(checked: Checked, text: str, mark: Mark) -> None:
    assert only(checked(text)).state is mark


@pytest.mark.parametrize(
    "text", ["要增强政治意识、大局意识、核心意识、看齐意识。", "由原县监察局负责。", "开好党员大会、党小组会。"]
)
def test_right_formulations_are_left_alone(checked: Checked, text: str) -> None:
    assert checked(text).findings == ()


def test_a_users_own_wording_is_added_and_a_bad_file_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "wording.toml"
    own.write_text('[[outdated]]\nold = "水利站"\nnew = "水务所"\nsince = "2020-01-01"\n', "utf-8")
    assert [one.new for one in load_table(tmp_path).outdated if one.old == "水利站"] == ["水务所"]
    own.write_text('[[outdated]]\nold = "水利站"\n', "utf-8")
    with pytest.raises(InputError, match="new"):
        load_table(tmp_path)


def test_figures_are_read_in_one_unit() -> None:
    def read(text: str) -> list[tuple[str, str]]:
        return [(one.kind.value, str(one.value)) for one in measures(text)]

    assert read("每季度召开1次") == [("frequency", "4")]
    assert read("每半年") == [("frequency", "2")]
    assert read("期限为一年半") == [("months", "18")]
    assert read("半数以上，或者三分之二") == [("share", "1/2"), ("share", "2/3")]
    assert read("2019年5月1日") == []
    assert measures("三至七人")[0].low == 3


def test_reports_hold_every_finding_and_escape_the_document(checked: Checked) -> None:
    review = checked("由县监察局<script>alert(1)</script>负责，依照《示例县党务公开实施细则》第九十九条。")
    written = page(review)
    assert "<script>" not in written
    assert "&lt;script&gt;" in written
    assert written.count('<li id="f') == len(review.findings) == 2
    archive = zipfile.ZipFile(io.BytesIO(docx_of(review)))
    comments = archive.read("word/comments.xml").decode()
    assert comments.count("<w:comment ") == 2
    assert "没有第九十九条" in comments


def test_a_folder_gives_a_review_or_a_reason_for_each_file(sample_home: Path, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("通知\n依照《示例县党务公开实施细则》第九十九条。", "utf-8")
    (tmp_path / "乙.txt").write_text("机密\n某通知\n内容。", "utf-8")
    with KnowledgeBase(sample_home) as base:
        found = dict(check_path(base, tmp_path, ON))
        with pytest.raises(RefusedError):
            check_document(base, "机密★\n某通知\n内容。".encode(), "乙.txt", ON)
    assert isinstance(found["甲.txt"], Review)
    assert isinstance(found["乙.txt"], str)


def test_the_json_is_that_of_the_contract(checked: Checked) -> None:
    found = json.loads(json.dumps(checked("依照《示例县党务公开实施细则》第九十九条。").to_json()))
    assert list(found) == ["document", "findings", "citations"]
    assert list(found["findings"][0]) == [
        "kind", "state", "severity", "paragraph", "start", "end", "words", "also", "clause", "message", "suggestion",
    ]  # fmt: skip


@pytest.mark.slow
def test_planted_mistakes_are_found_and_right_sentences_left_alone(
    shared: Callable[[str], Path], tmp_path: Path
) -> None:
    from danggui.ingesting import Order, ingest
    from eval.planted_findings import PARAMETERS, Planted, measure, plant

    folder = shared("corpus/regs")
    ingest(tmp_path / "base", Order((folder,), folder / "manifest.tsv", workers=1))
    with KnowledgeBase(tmp_path / "base") as base:
        cases = plant(base.lookup, ON, 10)
        report = measure(cases, lambda text, day: check_document(base, text.encode(), "核查材料.txt", day))
    assert sum(report.planted.values()) == 120
    assert report.share([kind for kind in Planted if kind not in PARAMETERS]) == 1.0
    assert report.share(PARAMETERS) >= 0.85
    assert report.faulted <= 0.02 * report.right


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("经营户应当缴纳五百元保证金。", "缴纳五百元保证金"),
        ("对占道物品，由镇综合执法队予以查封。", "查封"),
        ("经营户应当依照国家有关规定缴纳保证金。", None),
    ],
)
def test_a_local_document_may_set_no_powers(checked: Checked, rule: str, words: str | None) -> None:
    text = f"示例镇集市管理办法\n第一条 为规范管理，制定本办法。\n第二条 {rule}\n第三条 本办法由镇政府解释。"
    found = [one for one in checked(text).findings if one.kind is Kind.BASIS]
    assert [one.place.words for one in found] == ([words] if words else [])


@pytest.mark.slow
def test_planted_flaws_of_whole_measures_are_found_and_sound_measures_left_alone(
    shared: Callable[[str], Path], tmp_path: Path
) -> None:
    from danggui.ingesting import Order, ingest
    from eval.planted_documents import Drafter, measure

    ingest(tmp_path / "base", Order((shared("corpus/regs"),), workers=1))
    with KnowledgeBase(tmp_path / "base") as base:
        drafter = Drafter(base.lookup, load_table(), ON, 2)
        report = measure(drafter, ON, lambda text, day: check_document(base, text.encode(), "办法.txt", day), 5, 3)
    assert (sum(report.planted.values()), sum(report.found.values())) == (50, 50)
    assert report.faulted == 0
    assert report.duties >= 40
    assert report.right_duties >= 0.9 * report.duties
