"""A lesson as a trainer gets it: every line a clause between fixed phrases, files that open."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation
from pptx.util import Cm

from danggui.cli import main
from danggui.ingesting import Order, ingest

LESSONS = "示例县党支部“三会一课”实施细则"
PARTS = [
    "为什么学",
    "关键术语",
    "谁在什么时候必须做什么",
    "与上一版相比的变化",
    "常见违纪情形与后果",
    "讨论题",
    "延伸阅读",
]
FRAMES = re.compile(
    r"^(?:新增：|现规定：|原规定（[^）]+）：|删去（[^）]+）：|【条文】|《[^》]+》（[^）]+）[^：]*：|[^：，。]{2,60}：)?|【讨论】[^】]+$"
)


def lesson(home: Path, *arguments: str) -> dict[str, Any]:
    command = ["lesson", *arguments, "--as-of", "2026-11-01", "--json", "--home", str(home)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("topic", [LESSONS, f"《{LESSONS}》第三章", "党费", "诫勉谈话由谁来谈？"])
def test_every_line_is_a_clause_between_fixed_phrases(sample_home: Path, topic: str) -> None:
    for section in lesson(sample_home, topic)["sections"]:
        for line in section["lines"]:
            words = FRAMES.sub("", line["text"], count=1).partition("【讨论】")[0]
            inside = words in line["citation"]["text"] or line["text"].startswith("“")
            assert inside, line["text"]


def test_the_parts_of_a_lesson_and_their_time(sample_home: Path) -> None:
    found = lesson(sample_home, LESSONS)
    assert (found["title"], found["as_of"], found["minutes"]) == (f"《{LESSONS}》", "2026-11-01", 60)
    assert [one["heading"] for one in found["sections"]] == PARTS
    assert sum(one["minutes"] for one in found["sections"]) == 60
    first = found["sections"][0]["lines"][0]
    assert first["text"].startswith("为了严格党的组织生活")
    assert first["citation"]["label"] == f"《{LESSONS}》第一条"
    assert found["sections"][1]["lines"][0]["text"].startswith("本细则所称“三会一课”，是指")
    assert len(found["duties"]) == 16


def test_what_changed_is_told_with_both_wordings(sample_home: Path) -> None:
    lines = lesson(sample_home, LESSONS)["sections"][3]["lines"]
    texts = [line["text"] for line in lines]
    now = texts.index("现规定：纸质记录保存期限不少于5年。")
    assert texts[now + 1] == "原规定（2019年6月18日）：记录本保存期限不少于3年。"
    assert [lines[now + n]["citation"]["edition"] for n in (0, 1)] == ["2023-05-12", "2019-06-18"]
    assert any(text.startswith("新增：党员每年集中学习培训时间不少于32学时") for text in texts)
    assert not any("施行" in text for text in texts)


def test_less_time_holds_less(sample_home: Path) -> None:
    counts = [
        sum(len(one["lines"]) for one in lesson(sample_home, LESSONS, "--minutes", minutes)["sections"])
        for minutes in ("30", "60", "90")
    ]
    assert counts == sorted(counts)
    assert counts[0] < counts[1]


def test_a_chapter_keeps_to_its_articles(sample_home: Path) -> None:
    found = lesson(sample_home, f"《{LESSONS}》第三章")
    assert {one["citation"]["headings"][0] for one in found["duties"]} == {"第三章 党课"}


def test_a_theme_has_no_former_edition(sample_home: Path) -> None:
    found = lesson(sample_home, "诫勉谈话由谁来谈？", "--minutes", "30")
    assert "与上一版相比的变化" not in [one["heading"] for one in found["sections"]]
    assert sum(one["minutes"] for one in found["sections"]) == 30
    assert not any("工作报告" in one["citation"]["title"] for one in found["duties"])


def test_a_word_file_has_styles_contents_and_page_numbers(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "lesson.docx"
    lesson(sample_home, LESSONS, "--docx", str(file))
    document = Document(str(file))
    page = document.sections[0]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == [f"{number}、{name}" for number, name in zip("一二三四五六七", PARTS, strict=True)]
    links = document.element.body.iter(qn("w:hyperlink"))
    assert ["".join(t.text for t in one.iter(qn("w:t"))) for one in links] == headings
    codes = {one.text.strip().split()[0] for one in document.element.body.iter(qn("w:instrText"))}
    assert "TOC" in codes
    foot = page.footer._element.iter(qn("w:instrText"))
    assert [one.text for one in foot] == ["PAGE"]
    assert page.header.paragraphs[0].text == f"《{LESSONS}》学习提纲"
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋"
    duties = document.tables[1]
    assert [cell.text for cell in duties.rows[0].cells] == ["主体", "性质", "行为", "频次、期限", "依据"]
    assert [cell.text for cell in duties.rows[7].cells][::4] == ["党支部", "第十一条"]


def test_slides_hold_what_they_show(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "lesson.pptx"
    lesson(sample_home, LESSONS, "--minutes", "90", "--pptx", str(file))
    book = Presentation(str(file))
    assert round(book.slide_width / book.slide_height, 3) == round(16 / 9, 3)
    for slide in book.slides:
        for shape in slide.shapes:
            assert shape.top + shape.height <= book.slide_height
            if shape.has_table:
                assert shape.top + sum(row.height for row in shape.table.rows) <= Cm(17.6)
            sizes = [run.font.size.pt for part in _paragraphs(shape) for run in part.runs if run.font.size]
            assert min(sizes, default=12) >= 12
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in book.slides if slide.has_notes_slide)
    assert "党支部每季度至少安排1次党课，每次不少于45分钟" in notes


def _paragraphs(shape: Any) -> list[Any]:  # noqa: ANN401 (python-pptx is untyped)
    return list(shape.text_frame.paragraphs) if shape.has_text_frame else []


def test_markdown(sample_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "lesson.md"
    lesson(sample_home, LESSONS, "--md", str(file))
    text = file.read_text("utf-8")
    assert text.startswith(f"# 《{LESSONS}》学习提纲\n")
    assert (
        f"| 党支部 | 应当 | 每月10日开展主题党日，遇节假日顺延 | 每月10日 | 《{LESSONS}》第十条（2023年5月12日） |"
        in text
    )


def test_an_unknown_topic_is_told(sample_home: Path) -> None:
    result = CliRunner().invoke(main, ["lesson", "《没有的条例》第三条", "--minutes", "45", "--home", str(sample_home)])
    assert (result.exit_code, "45" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        ("三会一课实施细则第九十九条", "共24条，没有第九十九条"),
        ("《没有的条例》第三条", "本库没有《没有的条例》"),
        ("量子力学", "没有找到与“量子力学”有关的条款"),
    ],
)
def test_a_topic_that_is_not_there_is_told(sample_home: Path, topic: str, told: str) -> None:
    result = CliRunner().invoke(main, ["lesson", topic, "--home", str(sample_home)])
    assert (result.exit_code, told in result.stderr) == (1, True)


CENTRAL = """中国共产党示例值班工作条例
（2020年1月1日中共中央印发）
第一条 为了规范党的机关值班工作，根据《中国共产党章程》，制定本条例。
第二条 党的机关值班室应当每日核对值班记录。
第三条 党的机关应当每年检查值班工作。
第四条 本条例自印发之日起施行。
"""
LOCAL = """示例县贯彻《中国共产党示例值班工作条例》实施办法
（2021年3月1日中共示例县委印发）
第一条 为了落实《中国共产党示例值班工作条例》，结合我县实际，制定本办法。
第二条 值班室应当每月通报值班工作。
第三条 乡镇党委应当每季度检查值班工作。
第四条 本办法自印发之日起施行。
"""


def test_a_theme_is_told_from_above(tmp_path: Path) -> None:
    for name, text in (("甲.txt", LOCAL), ("乙.txt", CENTRAL)):
        (tmp_path / name).write_text(text, "utf-8")
    assert ingest(tmp_path / "base", Order((tmp_path / "甲.txt", tmp_path / "乙.txt"), workers=1)).failed == ()
    found = lesson(tmp_path / "base", "值班工作怎么检查", "--minutes", "30")
    titles = [duty["citation"]["title"] for duty in found["duties"]]
    assert titles == ["中国共产党示例值班工作条例"] * 2 + ["示例县贯彻《中国共产党示例值班工作条例》实施办法"] * 2
    why, *_, reading = (section["lines"] for section in found["sections"])
    assert why[0]["text"].startswith("为了规范党的机关值班工作")
    assert reading[0]["text"].startswith("《示例县贯彻〈中国共产党示例值班工作条例〉实施办法》（2021年3月1日），实施")
