"""Plain text and markdown: encodings, broken lines, marks that go and words that stay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import InputError
from ingest.document import Block, BlockKind
from ingest.readers import read

SIMPLIFIED = "第一条　为了规范党内监督工作，根据《中国共产党章程》，制定本条例。"
TRADITIONAL = "第一條　為規範黨內監督工作，根據本章程，制定本條例。黨的各級組織應當履行監督責任。"


def texts(source: str, name: str = "样.txt") -> list[str]:
    return [block.text for block in read(source.encode(), name).blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_simplified_chinese_in_any_encoding(encoding: str) -> None:
    (block,) = read((SIMPLIFIED + "\n").encode(encoding), "样.txt").blocks
    assert block.text == SIMPLIFIED


def test_big5_is_told_from_gb18030() -> None:
    assert read(TRADITIONAL.encode("big5"), "样.txt").blocks[0].text == TRADITIONAL


def test_rare_characters_of_gb18030() -> None:
    assert read("第一条 㐂𠮷名单。".encode("gb18030"), "样.txt").blocks[0].text == "第一条 㐂𠮷名单。"


def test_a_few_bad_bytes_are_reported() -> None:
    document = read(SIMPLIFIED.encode() * 4 + b"\xff" + "。".encode(), "样.txt")
    assert document.blocks[0].text.startswith(SIMPLIFIED)
    assert "1 个字符" in document.warnings[0]


def test_every_line_is_a_paragraph() -> None:
    assert texts("办法\r\n\r\n　　第一条 甲。\n第二条 乙。\x0c第三条 丙。") == [
        "办法",
        "第一条 甲。",
        "第二条 乙。",
        "第三条 丙。",
    ]


def test_invisible_characters_are_reported() -> None:
    document = read("第一条 党\u200b组\u200b织。".encode(), "样.txt")
    assert document.blocks[0].text == "第一条 党组织。"
    assert "2 个" in document.warnings[0]


def test_characters_of_private_fonts_are_reported() -> None:
    (warning,) = read("视距小于0\ue01025千米。".encode(), "样.txt").warnings
    assert "自造字" in warning


WRAPPED = """\
　　　　　　　　　　示例县党务公开实施细则
　　第一条　为了贯彻落实党务公开条例，推进全县党务公开工作，发展党
内民主，根据有关规定，结合本县实际，制定本细则。
　　第二条　本细则适用于全县各级党组织。
　　第三条　党务公开应当坚持正确方向，坚持发扬民主，坚持积极稳妥，
坚持依规依法。违反本细则第二十条规定的，按照
　　第四条　公开内容包括党的组织贯彻落实党的理论和路线方针政策情况、
第七条规定的事项以及其他应当公开的事项，法律法规另有规定的从其规
定。
　　第五条　本细则自发布之日起施行。
"""


def test_wrapped_lines_are_joined() -> None:
    document = read(WRAPPED.encode(), "样.txt")
    assert [block.text for block in document.blocks] == [
        "示例县党务公开实施细则",
        "第一条　为了贯彻落实党务公开条例，推进全县党务公开工作，发展党内民主，根据有关规定，结合本县实际，制定本细则。",
        "第二条　本细则适用于全县各级党组织。",
        "第三条　党务公开应当坚持正确方向，坚持发扬民主，坚持积极稳妥，坚持依规依法。违反本细则第二十条规定的，按照",
        "第四条　公开内容包括党的组织贯彻落实党的理论和路线方针政策情况、第七条规定的事项以及其他应当公开的事项，"
        "法律法规另有规定的从其规定。",
        "第五条　本细则自发布之日起施行。",
    ]
    assert "折行" in document.warnings[0]


def test_lines_of_like_width_are_not_joined_without_indents() -> None:
    lines = [f"第{number}条　党的组织应当依照本条例履行职责，并接受党员监督。" for number in "一二三四五六七八九十"]
    assert texts("\n".join(lines)) == lines


FLUSH = """\
示例县信访工作细则
第一条 为了规范信访工作，保持同人民群众的密切联系，保护
信访人的合法权益，维护信访秩序，根据《信访工作条例》
第七条的规定，结合本县实际，制定本细则。
第二条 本细则所称信访，是指公民、法人或者其他组织采用
书信、电子邮件、传真、电话、走访等形式，向各级机关反映
情况，提出建议、意见或者投诉请求，依照
第三条规定的程序处理的活动。
第三条 各级机关应当畅通信访渠道，做好信访工作，认真处
理来信、接待来访。
第四条 本细则自2022年5月1日起施行。
"""
FLUSH_JOINED = [
    "示例县信访工作细则",
    "第一条 为了规范信访工作，保持同人民群众的密切联系，保护信访人的合法权益，维护信访秩序，根据《信访工作条例》"
    "第七条的规定，结合本县实际，制定本细则。",
    "第二条 本细则所称信访，是指公民、法人或者其他组织采用书信、电子邮件、传真、电话、走访等形式，向各级机关反映"
    "情况，提出建议、意见或者投诉请求，依照第三条规定的程序处理的活动。",
    "第三条 各级机关应当畅通信访渠道，做好信访工作，认真处理来信、接待来访。",
    "第四条 本细则自2022年5月1日起施行。",
]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(FLUSH, id="paragraphs begin with numbers"),
        pytest.param(FLUSH.replace("\n第二条 ", "\n\n第二条 ").replace("\n第三条 ", "\n\n第三条 ")
                     .replace("\n第一条 ", "\n\n第一条 ").replace("\n第四条 ", "\n\n第四条 "), id="blank lines between"),
        pytest.param(FLUSH.replace("\n", "\r\n"), id="other line ends"),
    ],
)  # fmt: skip
def test_wrapped_lines_at_the_margin_are_joined(source: str) -> None:
    document = read(source.encode(), "样.txt")
    assert [block.text for block in document.blocks] == FLUSH_JOINED
    assert "已接合 6 处" in document.warnings[0]


def test_a_paragraph_behind_a_full_line_that_ends_a_sentence_stays_apart() -> None:
    second = "信访工作应当坚持党的全面领导，坚持以人民为中心的思想。\n"
    source = FLUSH.replace("第二条 ", second + "第二条 ", 1)
    assert texts(source)[2] == second.strip()


def test_text_that_may_be_wrapped_is_only_reported() -> None:
    lines = [
        "各级党组织要切实加强组织领导，健全工作",
        "机制，明确责任分工，把各项任务",
        "落到实处，确保取得实效。",
        "要加强督促检查，对工作不力的，严肃追究",
        "责任，并在全县范围内进行通报，以儆效尤，警示",
        "全体党员干部。",
    ]
    document = read("\n".join(lines).encode(), "样.txt")
    assert [block.text for block in document.blocks] == lines
    assert "可能是按固定宽度折行" in document.warnings[0]


def test_wrapped_megabyte_is_joined_in_linear_time() -> None:
    source = (
        "第一条 甲。\n" * 2000 + "第二条 " + "，".join(["各级党组织应当认真履行职责加强监督检查落实工作责任"] * 9000)
    )
    lines = "\n".join(line[at : at + 27] for line in source.splitlines() for at in range(0, len(line), 27))
    assert texts(lines)[-1] == source.splitlines()[-1]


MARKDOWN = [
    pytest.param("---\ntitle: 办法\n---\n# 办法", [Block("办法", level=1)], id="front matter"),
    pytest.param("# 办法 <!-- 注 -->\n<!-- INFO\nEND -->\n正文。", [Block("办法", level=1), Block("正文。")], id="comments"),
    pytest.param("<!-- 未完\n正文。", [Block("<!-- 未完"), Block("正文。")], id="open comment stays"),
    pytest.param("## 第一章　总则 ##", [Block("第一章　总则", level=2)], id="closed heading"),
    pytest.param("#话题#不是标题", [Block("#话题#不是标题")], id="no heading without a space"),
    pytest.param("办法\n====", [Block("办法", level=1)], id="underlined heading"),
    pytest.param("**第一条** 为了*规范*、__促进__和`监督`。", [Block("第一条 为了规范、促进和监督。")], id="emphasis"),
    pytest.param("面积3*4*5与a_b_c", [Block("面积3*4*5与a_b_c")], id="no emphasis inside words"),
    pytest.param("见[章程](https://a.cn/x \"t\")和![图](a.png)", [Block("见章程和图")], id="links"),
    pytest.param("国发[2019](12)号", [Block("国发[2019](12)号")], id="a number is no link"),
    pytest.param("> 第一条 引文", [Block("第一条 引文")], id="quotation"),
    pytest.param("甲 > 乙", [Block("甲 > 乙")], id="greater than"),
    pytest.param("1. 甲\n2. 乙\n- 丙\n* 丁", [Block("1. 甲"), Block("2. 乙"), Block("丙"), Block("丁")], id="lists"),
    pytest.param("1\\. 甲 \\*乙\\*", [Block("1. 甲 *乙*")], id="escapes"),
    pytest.param("甲<br>乙<u>丙</u>&nbsp;丁&lt;", [Block("甲"), Block("乙丙 丁<")], id="html in markdown"),
    pytest.param("甲\n\n---\n\n* * *\n乙", [Block("甲"), Block("乙")], id="rules"),
    pytest.param("```\n第一条 甲\n```", [Block("第一条 甲")], id="fence"),
    pytest.param(
        "|级数|税率|\n|:--|--:|\n|1|**3**|\n|2||\n正文",
        [Block("级数 | 税率\n1 | 3\n2 |", BlockKind.TABLE), Block("正文")],
        id="table",
    ),
    pytest.param("决定[^1]如下。\n\n[^1]: 见附件。", [Block("决定如下。"), Block("见附件。", BlockKind.NOTE)], id="footnote"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "blocks"), MARKDOWN)
def test_markdown(source: str, blocks: list[Block]) -> None:
    document = read(source.encode(), "样.md")
    assert list(document.blocks) == blocks
    assert document.kind == "md"


def test_markdown_of_nothing_but_marks_is_refused() -> None:
    with pytest.raises(InputError, match="没有文字"):
        read(b"# \n---\n", "x.md")


@pytest.mark.slow
def test_a_megabyte_of_any_mark_is_read_in_linear_time() -> None:
    for mark in ("`", "*", "_", "#", "-", "[", "<!--", "![](", "> ", "\\", "- ", "| ", " ", "《"):
        source = "# 甲\n\n# 乙\n\n始" + mark * (1_000_000 // len(mark)) + "终"
        assert texts(source)[-1].endswith("终")


@pytest.mark.parametrize("folder", ["local", "seed"])
def test_other_corpora_are_not_joined(shared: Callable[[str], Path], folder: str) -> None:
    files = sorted(shared(f"corpus/{folder}").rglob("*.txt"))
    assert files
    warnings = [warning for file in files for warning in read(file.read_bytes(), file.name).warnings]
    assert not [warning for warning in warnings if "折行" in warning]


def test_corpus_lines_are_kept(shared: Callable[[str], Path]) -> None:
    files = sorted(shared("corpus/regs").glob("*.txt"))
    assert len(files) == 99
    for file in files:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
        document = read(file.read_bytes(), file.name)
        assert [" ".join(block.text.split()) for block in document.blocks] == [" ".join(line.split()) for line in lines]
        assert bool(document.warnings) == (
            file.name == "纪检监察机关案件档案管理办法（年份不详）.txt"
        )  # own characters
