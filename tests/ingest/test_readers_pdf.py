"""Pdf files with a text layer: paragraphs as they were before they were printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from corpus.errors import InputError
from ingest.document import BlockKind, Document
from ingest.readers import read

Pdf = Callable[..., bytes]
LEFT, RIGHT, SIZE = 80.0, 528.0, 16.0  # a line of 28 characters


def set_text(canvas: Any, lines: list[str], top: float = 720.0) -> None:  # noqa: ANN401
    """Print lines; ideographic spaces at a line's start are its indent and print nothing, as word processors do."""
    for at, line in enumerate(lines):
        words = line.lstrip("\u3000")
        canvas.drawString(LEFT + SIZE * (len(line) - len(words)), top - 28 * at, words)


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


FIRST_PAGE = [
    "　　第一条　为了规范党务公开工作，发展党内民主，调动党员参",
    "与党内事务的积极性，根据有关规定，结合本县实际，制定本细则。",
    "　　第二条　本细则适用于全县各级党组织。",
    "　　第三条　公开内容包括下列事项，法律法规另有规定的，从其",
    "第七条规定的事项除外：",
    "　　（一）学习贯彻党的理论和路线方针政策情况，落实上级党组",
]
SECOND_PAGE = ["织决策部署情况；", "　　（二）其他应当公开的事项。"]
PARAGRAPHS = [
    "第一条　为了规范党务公开工作，发展党内民主，调动党员参与党内事务的积极性，根据有关规定，结合本县实际，制定本细则。",
    "第二条　本细则适用于全县各级党组织。",
    "第三条　公开内容包括下列事项，法律法规另有规定的，从其第七条规定的事项除外：",
    "（一）学习贯彻党的理论和路线方针政策情况，落实上级党组织决策部署情况；",
    "（二）其他应当公开的事项。",
]


def test_lines_become_paragraphs_across_pages(make_pdf: Pdf) -> None:
    document = read(make_pdf(lambda c, page: set_text(c, FIRST_PAGE if page == 1 else SECOND_PAGE), pages=2), "样.pdf")
    assert texts(document) == PARAGRAPHS
    assert [block.page for block in document.blocks] == [1, 1, 1, 1, 2]
    assert document.kind == "pdf"


@pytest.mark.parametrize("number", ["— {} —", "- {} -", "{}", "第 {} 页 共 2 页", "{}/2", "第{}页"])
def test_running_lines_and_page_numbers_go(make_pdf: Pdf, number: str) -> None:
    def draw(canvas: Any, page: int) -> None:  # noqa: ANN401
        canvas.drawString(LEFT, 800, "示例县规范性文件汇编")
        canvas.drawCentredString(300, 40, number.format(page))
        set_text(canvas, FIRST_PAGE if page == 1 else SECOND_PAGE)

    document = read(make_pdf(draw, pages=2), "样.pdf")
    assert texts(document) == PARAGRAPHS
    assert document.margins == ("示例县规范性文件汇编",)


def test_a_title_of_two_lines_is_one(make_pdf: Pdf) -> None:
    def draw(canvas: Any, _page: int) -> None:  # noqa: ANN401
        canvas.setFont("STSong-Light", 22)
        canvas.drawCentredString((LEFT + RIGHT) / 2, 780, "中共示例县委办公室关于印发")
        canvas.drawCentredString((LEFT + RIGHT) / 2, 748, "《党务公开实施细则》的通知")
        canvas.setFont("STSong-Light", SIZE)
        set_text(canvas, FIRST_PAGE, top=700)
        canvas.drawRightString(RIGHT, 480, "中共示例县委办公室")
        canvas.drawRightString(RIGHT - 16, 452, "2024年1月8日")

    assert texts(read(make_pdf(draw), "样.pdf"))[:1] == ["中共示例县委办公室关于印发《党务公开实施细则》的通知"]
    assert texts(read(make_pdf(draw), "样.pdf"))[-2:] == ["中共示例县委办公室", "2024年1月8日"]


def test_paragraphs_without_indent_are_told_by_numbers_and_short_lines(make_pdf: Pdf) -> None:
    lines = [
        PARAGRAPHS[0][:28],
        PARAGRAPHS[0][28:56],
        PARAGRAPHS[0][56:],
        PARAGRAPHS[1],
        "第三条　本细则自发布之日起施行。",
    ]
    document = read(make_pdf(lambda c, _page: set_text(c, lines)), "样.pdf")
    assert texts(document) == [*PARAGRAPHS[:2], "第三条　本细则自发布之日起施行。"]


COLUMN = 13  # characters of a line in a column
LEFT_COLUMN = [
    "　　第一条　为了规范党务公",
    "开工作，根据有关规定，制定本",
    "细则。",
    "　　第二条　公开内容包括党",
]
RIGHT_COLUMN = [
    "务信息，法律法规另有规定的，",
    "从其规定。",
    "　　第三条　依照第二条规定",
    "的程序办理。",
]
COLUMN_PARAGRAPHS = [
    "第一条　为了规范党务公开工作，根据有关规定，制定本细则。",
    "第二条　公开内容包括党务信息，法律法规另有规定的，从其规定。",
    "第三条　依照第二条规定的程序办理。",
]


def set_columns(canvas: Any, *columns: list[str], drop: float = 0.0, gap: float = 32.0) -> None:  # noqa: ANN401
    """Print columns beside each other, each `drop` points lower than the one before."""
    for number, lines in enumerate(columns):
        for at, line in enumerate(lines):
            words = line.lstrip("\u3000")
            indent = SIZE * (len(line) - len(words))
            x = 60 + number * ((COLUMN + 1) * SIZE + gap)
            canvas.drawString(x + indent, 720 - 28 * at - number * drop, words)


@pytest.mark.parametrize("drop", [0.0, 6.0, 14.0], ids=["level", "nearly level", "staggered"])
def test_columns_are_read_one_after_the_other(make_pdf: Pdf, drop: float) -> None:
    def draw(canvas: Any, page: int) -> None:  # noqa: ANN401
        canvas.drawCentredString(300, 40, f"— {page} —")
        if page == 1:
            canvas.drawCentredString(300, 780, "示例县党务公开细则")
            set_columns(canvas, LEFT_COLUMN, RIGHT_COLUMN, drop=drop)
        else:
            set_columns(canvas, ["　　第四条　本细则由县委负", "责解释。"], ["　　第五条　自印发之日施行。"], drop=drop)

    document = read(make_pdf(draw, pages=2), "样.pdf")
    assert texts(document) == [
        "示例县党务公开细则",
        *COLUMN_PARAGRAPHS,
        "第四条　本细则由县委负责解释。",
        "第五条　自印发之日施行。",
    ]
    assert document.warnings == ("第 1、2 页是双栏排版，已逐栏读取；请对照原件",)


def test_columns_above_and_below_a_heading(make_pdf: Pdf) -> None:
    def draw(canvas: Any, _page: int) -> None:  # noqa: ANN401
        set_columns(canvas, LEFT_COLUMN[:3], ["　　第二条　公开党务信息，", "接受监督，发扬民主，改进作", "风。"])
        canvas.drawCentredString(300, 590, "第二章　公开内容和公开方式")
        canvas.translate(0, -170)
        set_columns(canvas, ["　　第三条　依照规定公开，", "不得隐瞒。"], ["　　第四条　自印发之日起，", "施行。"])

    assert texts(read(make_pdf(draw), "样.pdf")) == [
        COLUMN_PARAGRAPHS[0],
        "第二条　公开党务信息，接受监督，发扬民主，改进作风。",
        "第二章　公开内容和公开方式",
        "第三条　依照规定公开，不得隐瞒。",
        "第四条　自印发之日起，施行。",
    ]


def test_unruled_table_is_read_across(make_pdf: Pdf) -> None:
    rows = [["项目", "标准"], ["住宿费", "三百元"], ["伙食费", "一百元"], ["交通费", "八十元"]]
    document = read(make_pdf(lambda c, _page: set_columns(c, *map(list, zip(*rows, strict=True)))), "样.pdf")
    assert "住宿费　三百元" in "".join(texts(document))
    assert not document.warnings


def test_more_than_two_columns_are_reported(make_pdf: Pdf) -> None:
    def draw(canvas: Any, _page: int) -> None:  # noqa: ANN401
        canvas.setFont("STSong-Light", 10)
        for number in range(3):
            for at, line in enumerate(
                ["第一条 公开应当及时，", "不得无故拖延，不得", "隐瞒真实情况，并应", "当接受群众监督。"]
            ):
                canvas.drawString(60 + 160 * number, 720 - 20 * at, line)

    (warning,) = read(make_pdf(draw), "样.pdf").warnings
    assert "第 1 页可能是多栏排版" in warning


def test_articles_in_a_ruled_table_are_text(make_pdf: Pdf) -> None:
    def draw(canvas: Any, _page: int) -> None:  # noqa: ANN401
        for x in (LEFT, 160, RIGHT):
            canvas.line(x, 500, x, 600)
        for y in (500, 550, 600):
            canvas.line(LEFT, y, RIGHT, y)
        for at, number in enumerate("一二"):
            canvas.drawString(LEFT + 6, 570 - 50 * at, f"第{number}条")
            canvas.drawString(166, 580 - 50 * at, "公开应当及时，")
            canvas.drawString(166, 556 - 50 * at, "不得拖延。")

    document = read(make_pdf(draw), "样.pdf")
    assert texts(document) == ["第一条　公开应当及时，不得拖延。", "第二条　公开应当及时，不得拖延。"]


def test_ruled_table_is_a_table_in_its_place(make_pdf: Pdf) -> None:
    def draw(canvas: Any, _page: int) -> None:  # noqa: ANN401
        set_text(canvas, FIRST_PAGE[:3])
        for x in (LEFT, 200, RIGHT):
            canvas.line(x, 500, x, 600)
        for y in (500, 550, 600):
            canvas.line(LEFT, y, RIGHT, y)
        for at, (left, right) in enumerate((("项目", "标准"), ("住宿费", "三百元"))):
            canvas.drawString(LEFT + 6, 570 - 50 * at, left)
            canvas.drawString(206, 570 - 50 * at, right)
        set_text(canvas, ["　　第三条　本细则自发布之日起施行。"], top=440)

    blocks = read(make_pdf(draw), "样.pdf").blocks
    assert [(block.text, block.kind) for block in blocks[2:]] == [
        ("项目 | 标准\n住宿费 | 三百元", BlockKind.TABLE),
        ("第三条　本细则自发布之日起施行。", BlockKind.TEXT),
    ]


def test_white_and_tiny_and_far_text_is_hidden(make_pdf: Pdf) -> None:
    def draw(canvas: Any, _page: int) -> None:  # noqa: ANN401
        set_text(canvas, FIRST_PAGE[:3])
        canvas.setFillColorRGB(0.8, 0, 0)
        canvas.rect(LEFT, 395, 300, 30, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(LEFT, 400, "红底白字。")
        canvas.drawString(LEFT, 360, "白字。")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("STSong-Light", 1)
        canvas.drawString(LEFT, 320, "小字。")
        canvas.setFont("STSong-Light", SIZE)
        canvas.drawString(2000, 280, "远字。")

    document = read(make_pdf(draw), "样.pdf")
    assert texts(document) == [*PARAGRAPHS[:2], "红底白字。"]
    assert sorted(document.hidden) == ["小字。", "白字。", "远字。"]


def test_boldness_by_printing_twice_is_read_once(make_pdf: Pdf) -> None:
    def draw(canvas: Any, _page: int) -> None:  # noqa: ANN401
        for shift in (0, 0.4):
            canvas.drawString(LEFT + shift, 700, "第一条　党党务公开。")

    assert texts(read(make_pdf(draw), "样.pdf")) == ["第一条　党党务公开。"]


def test_watermark_is_no_text(make_pdf: Pdf) -> None:
    def draw(canvas: Any, _page: int) -> None:  # noqa: ANN401
        set_text(canvas, FIRST_PAGE[:3])
        canvas.rotate(45)
        canvas.drawString(500, 100, "内部资料")

    document = read(make_pdf(draw), "样.pdf")
    assert texts(document) == PARAGRAPHS[:2]
    assert document.margins == ("内部资料",)


def test_scan_asks_for_ocr(make_pdf: Pdf) -> None:
    with pytest.raises(InputError, match="OCR"):
        read(make_pdf(lambda c, _page: c.rect(0, 0, 500, 700, fill=1)), "样.pdf")


def test_password_is_named(make_pdf: Pdf) -> None:
    with pytest.raises(InputError, match="密码"):
        read(make_pdf(lambda c, _page: set_text(c, FIRST_PAGE), encrypt="secret"), "样.pdf")


def test_pages_before_the_damage_are_read(make_pdf: Pdf) -> None:
    data = make_pdf(lambda c, page: set_text(c, [f"　　第{'一二'[page - 1]}条　内容。"]), pages=2)
    sound, box, damaged = data.rpartition(b"/MediaBox [ 0 0 ")
    assert box
    document = read(sound + b"/MediaBox [ x y " + damaged, "样.pdf")
    assert texts(document) == ["第一条　内容。"]
    assert "第 2 页起已损坏" in document.warnings[0]


def test_lost_data_is_reported(make_pdf: Pdf) -> None:
    lines = [f"　　第{number}条　内容{number * 3}。" for number in "一二三四五六七八九十"]
    data = bytearray(make_pdf(lambda c, page: set_text(c, lines[page - 1 :: 2]), pages=2))
    data[data.rindex(b"\nstream\n") + 120] ^= 1
    document = read(bytes(data), "样.pdf")
    assert texts(document)[0] == "第一条　内容一一一。"
    assert any("缺失" in warning for warning in document.warnings)
