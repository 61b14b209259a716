"""Word files as Word shows them: what is read, in which order, and what is kept out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import BlockKind, Document
from ingest.readers import read
from ingest.readers.number_formats import format_number

Docx = Callable[..., bytes]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    inner = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: tuple[str, ...], properties: str = "") -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{properties}{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def text_box(content: str, fill: str = "") -> str:
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp>"
        f"<wps:spPr>{fill}</wps:spPr><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


DELETED_MARK = "<w:rPr><w:del w:id='1' w:author='a'/></w:rPr>"
BODIES = [
    pytest.param(paragraph("第一条", run("　为了规范")), ["第一条　为了规范"], id="runs join"),
    pytest.param(paragraph("甲", "<w:r><w:tab/></w:r>", "乙"), ["甲 乙"], id="tab"),
    pytest.param(paragraph("甲", "<w:r><w:br/></w:r>", "乙", "<w:r><w:cr/></w:r>", "丙"), ["甲", "乙", "丙"], id="break"),
    pytest.param(paragraph("A", "<w:r><w:noBreakHyphen/></w:r>", "4"), ["A-4"], id="non-breaking hyphen"),
    pytest.param(paragraph("甲", "<w:r><w:softHyphen/><w:sym w:char='F0FC'/></w:r>", "乙"), ["甲乙"], id="signs"),
    pytest.param(paragraph("见", "<w:hyperlink>" + run("附件") + "</w:hyperlink>"), ["见附件"], id="hyperlink"),
    pytest.param(
        paragraph("第", "<w:r><w:instrText> PAGE </w:instrText></w:r>", "<w:fldSimple>" + run("3") + "</w:fldSimple>", "页"),
        ["第3页"],
        id="field results stay, instructions go",
    ),
    pytest.param(
        "<w:sdt><w:sdtPr/><w:sdtContent>" + paragraph("控件") + "</w:sdtContent></w:sdt>", ["控件"], id="content control"
    ),
    pytest.param(
        paragraph("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), ["x=1"], id="formula"
    ),
    pytest.param(
        paragraph("前", text_box(paragraph("框内")), "后"), ["前后", "框内"], id="text box once, behind its paragraph"
    ),
    pytest.param(
        paragraph("应当", "<w:ins>" + run("及时") + "</w:ins>", "<w:del><w:r><w:delText>立即</w:delText></w:r></w:del>", "报告。"),
        ["应当及时报告。"],
        id="tracked changes accepted",
    ),
    pytest.param(
        paragraph("<w:moveFrom>" + run("旧处") + "</w:moveFrom>", "甲")
        + paragraph("<w:moveTo>" + run("新处") + "</w:moveTo>"),
        ["甲", "新处"],
        id="moved text",
    ),
    pytest.param(
        paragraph("上半", properties=DELETED_MARK) + paragraph("下半"), ["上半下半"], id="deleted paragraph mark"
    ),
    pytest.param(
        table((paragraph("级数"), paragraph("税率")), (paragraph("1"), paragraph("3") + paragraph("%"))),
        ["级数 | 税率\n1 | 3 %"],
        id="table",
    ),
    pytest.param(
        paragraph("前") + table((paragraph("第一条 甲") + paragraph("第二条 乙"),)) + paragraph("后"),
        ["前", "第一条 甲", "第二条 乙", "后"],
        id="frame of one cell is text",
    ),
    pytest.param(
        table((paragraph("甲"), table((paragraph("乙"), paragraph("丙"))) + "<w:p/>")), ["甲 | 乙 丙"], id="nested table"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_body(make_docx: Docx, body: str, expected: list[str]) -> None:
    document = read(make_docx(body), "样.docx")
    assert texts(document) == expected
    assert document.kind == "docx"
    assert not document.hidden


LABEL_COLUMNS = [
    pytest.param(
        table(
            (paragraph("第一章"), paragraph("总则")),
            (paragraph("第一条"), paragraph("为了考核，制定本办法。") + paragraph("第二款。")),
            (paragraph("第 二 条"), paragraph("考核：", "<w:r><w:br/></w:r>", "（一）优秀。")),
        ),
        ["第一章　总则", "第一条　为了考核，制定本办法。", "第二款。", "第 二 条　考核：", "（一）优秀。"],
        id="articles",
    ),
    pytest.param(
        table(
            (paragraph("条款"), paragraph("内容")),
            *((paragraph(f"第{number}条"), paragraph(f"内容{number}。")) for number in "一二三"),
        ),
        ["条款　内容", "第一条　内容一。", "第二条　内容二。", "第三条　内容三。"],
        id="with a head",
    ),
    pytest.param(
        table(
            (paragraph("条款"), paragraph("处罚")),
            *((paragraph(f"第{number}条"), paragraph(f"罚款{number}。")) for number in "七八九"),
        ),
        ["条款 | 处罚\n第七条 | 罚款七。\n第八条 | 罚款八。\n第九条 | 罚款九。"],
        id="a list of penalties is data",
    ),
    pytest.param(
        table((paragraph("第三条"), paragraph("警告。")), (paragraph("第七条"), paragraph("罚款。"))),
        ["第三条 | 警告。\n第七条 | 罚款。"],
        id="numbers that do not count on are data",
    ),
    pytest.param(
        table((paragraph("第一条"), paragraph("第二条")), (paragraph("第二条"), paragraph("第三条"))),
        ["第一条 | 第二条\n第二条 | 第三条"],
        id="old and new numbers are data",
    ),
    pytest.param(
        table((paragraph("第一条"), paragraph("甲。"), paragraph("乙。")), (paragraph("第二条"), paragraph("丙。"), "")),
        ["第一条 | 甲。 | 乙。\n第二条 | 丙。 |"],
        id="comparison of two texts is data",
    ),
    pytest.param(
        table((paragraph("第一条"), paragraph("5分")), (paragraph("第二条"), paragraph("3分"))),
        ["第一条 | 5分\n第二条 | 3分"],
        id="no sentences",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), LABEL_COLUMNS)
def test_numbers_in_a_column_of_their_own(make_docx: Docx, body: str, expected: list[str]) -> None:
    assert texts(read(make_docx(body), "样.docx")) == expected


def test_tracked_changes_are_reported(make_docx: Docx) -> None:
    assert not read(make_docx(paragraph("甲")), "样.docx").warnings
    (warning,) = read(make_docx(paragraph("甲", "<w:ins>" + run("乙") + "</w:ins>")), "样.docx").warnings
    assert "修订" in warning


def test_deleted_row_is_gone(make_docx: Docx) -> None:
    rows = table((paragraph("甲"), paragraph("乙")), (paragraph("丙"), paragraph("丁")))
    body = rows.replace("<w:tr><w:tc><w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space=\"preserve\">丙",
                        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>丙")  # fmt: skip
    assert texts(read(make_docx(body), "样.docx")) == ["甲 | 乙"]


def test_footnotes_stand_at_the_end_in_the_order_of_their_marks(make_docx: Docx) -> None:
    mark = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
    custom = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='3'/><w:t>①</w:t></w:r>"
    notes = "".join(
        f"<w:footnote w:id='{at}' {kind}>{paragraph('<w:r><w:footnoteRef/></w:r>', note)}</w:footnote>"
        for at, kind, note in ((0, "w:type='separator'", "线"), (1, "", "甲注"), (2, "", "乙注"), (3, "", "丙注"))
    )
    body = paragraph("决定", mark.format(2), "如下", mark.format(1), "：", custom)
    blocks = read(make_docx(body, footnotes=notes), "样.docx").blocks
    assert blocks[0].text == "决定如下："
    assert [(block.text, block.kind) for block in blocks[1:]] == [
        (note, BlockKind.NOTE) for note in ("乙注", "甲注", "丙注")
    ]


STYLES = """
<w:style w:type="paragraph" w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="White"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heir"><w:basedOn w:val="Ghost"/></w:style>
<w:style w:type="table" w:styleId="Banner"><w:tcPr><w:shd w:fill="C00000"/></w:tcPr></w:style>
"""
WHITE = "<w:color w:val='FFFFFF'/>"
HIDDEN = [
    pytest.param(paragraph(run("暗文", "<w:vanish/>")), True, id="vanish"),
    pytest.param(paragraph(run("暗文", "<w:vanish w:val='0'/>")), False, id="vanish switched off"),
    pytest.param(paragraph(run("暗文"), properties="<w:pStyle w:val='Heir'/>"), True, id="vanish of a base style"),
    pytest.param(
        paragraph(run("暗文", "<w:vanish w:val='false'/>"), properties="<w:pStyle w:val='Ghost'/>"),
        False,
        id="run overrules style",
    ),
    pytest.param(paragraph(run("暗文", WHITE)), True, id="white"),
    pytest.param(paragraph(run("暗文", "<w:rStyle w:val='White'/>")), True, id="white by character style"),
    pytest.param(paragraph(run("暗文", WHITE + "<w:highlight w:val='red'/>")), False, id="white on highlight"),
    pytest.param(paragraph(run("暗文", WHITE), properties="<w:shd w:fill='1F3864'/>"), False, id="white on shade"),
    pytest.param(paragraph(run("暗文", WHITE), properties="<w:shd w:fill='FFFFFF'/>"), True, id="white on white shade"),
    pytest.param(paragraph(run("暗文", "<w:sz w:val='2'/>")), True, id="tiny"),
    pytest.param(paragraph(run("暗文", "<w:sz w:val='10'/>")), False, id="small"),
    pytest.param(
        table(("<w:tcPr><w:shd w:fill='000000'/></w:tcPr>" + paragraph(run("暗文", WHITE)),)), False, id="dark cell"
    ),
    pytest.param(
        table((paragraph(run("暗文", WHITE)),), properties="<w:tblPr><w:tblStyle w:val='Banner'/></w:tblPr>"),
        False,
        id="table style shades",
    ),
    pytest.param(paragraph(text_box(paragraph(run("暗文", WHITE)))), True, id="white in a clear text box"),
    pytest.param(
        paragraph(text_box(paragraph(run("暗文", WHITE)), fill="<a:solidFill/>")),
        False,
        id="white in a filled text box",
    ),
]


@pytest.mark.parametrize(("body", "hidden"), HIDDEN)
def test_hidden_text_is_kept_apart(make_docx: Docx, body: str, hidden: bool) -> None:
    document = read(make_docx(paragraph("明文") + body, styles=STYLES), "样.docx")
    assert texts(document) == (["明文"] if hidden else ["明文", "暗文"])
    assert document.hidden == (("暗文",) if hidden else ())


def test_headings_carry_their_level(make_docx: Docx) -> None:
    styles = """
    <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
    <w:style w:type="paragraph" w:styleId="a3"><w:name w:val="小标题"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="a4"><w:basedOn w:val="a3"/></w:style>
    """
    body = "".join(
        paragraph(text, properties=properties)
        for text, properties in (
            ("总则", "<w:pStyle w:val='1'/>"),
            ("继承", "<w:pStyle w:val='a4'/>"),
            ("降级", "<w:pStyle w:val='1'/><w:outlineLvl w:val='9'/>"),
            ("直接", "<w:outlineLvl w:val='1'/>"),
            ("正文", ""),
        )
    )
    blocks = read(make_docx(body, styles=styles), "样.docx").blocks
    assert [(block.text, block.level) for block in blocks] == [
        ("总则", 1), ("继承", 3), ("降级", 0), ("直接", 2), ("正文", 0),
    ]  # fmt: skip


def test_page_headers_are_margins_and_no_text(make_docx: Docx) -> None:
    document = read(make_docx(paragraph("正文"), headers=(paragraph("秘密★1年"), paragraph("秘密★1年"))), "样.docx")
    assert texts(document) == ["正文"]
    assert document.margins == ("秘密★1年",)


# Automatic numbering


def level(at: int, text: str, style: str = "chineseCounting", *more: str, start: int = 1) -> str:
    return (
        f"<w:lvl w:ilvl='{at}'><w:start w:val='{start}'/><w:numFmt w:val='{style}'/><w:lvlText w:val='{text}'/>"
        f"{''.join(more)}</w:lvl>"
    )


def numbering(*levels: str, nums: str = "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>") -> str:
    return f"<w:abstractNum w:abstractNumId='0'>{''.join(levels)}</w:abstractNum>{nums}"


def item(text: str, at: int = 0, num: int = 1) -> str:
    return paragraph(text, properties=f"<w:numPr><w:ilvl w:val='{at}'/><w:numId w:val='{num}'/></w:numPr>")


NOTHING = "<w:suff w:val='nothing'/>"
CHAPTERS = numbering(
    level(0, "第%1章"),
    level(1, "第%2条　", "chineseCountingThousand", NOTHING),
    level(2, "（%3）", "chineseCounting", NOTHING),
)
NUMBERED = [
    pytest.param(CHAPTERS, item("总则") + item("职责"), ["第一章 总则", "第二章 职责"], id="chapters"),
    pytest.param(
        CHAPTERS,
        item("总则") + item("甲", 1) + item("子", 2) + item("丑", 2) + item("乙", 1) + item("寅", 2),
        ["第一章 总则", "第一条　甲", "（一）子", "（二）丑", "第二条　乙", "（一）寅"],
        id="deeper levels start anew",
    ),
    pytest.param(
        numbering(level(0, "第%1章"), level(1, "第%2条　", "chineseCounting", "<w:lvlRestart w:val='0'/>", NOTHING)),
        item("总则") + item("甲", 1) + item("职责") + item("乙", 1),
        ["第一章 总则", "第一条　甲", "第二章 职责", "第二条　乙"],
        id="articles run through the chapters",
    ),
    pytest.param(
        numbering(level(0, "%1", "decimal"), level(1, "%1.%2", "decimal"), level(2, "%1.%2.%3", "decimal")),
        item("范围") + item("原则") + item("甲", 1) + item("乙", 2),
        ["1 范围", "2 原则", "2.1 甲", "2.1.1 乙"],
        id="several counters",
    ),
    pytest.param(
        numbering(level(0, "第%1章", "chineseCounting"), level(1, "%1.%2", "decimal", "<w:isLgl/>")),
        item("总则") + item("甲", 1),
        ["第一章 总则", "1.1 甲"],
        id="legal numbering",
    ),
    pytest.param(
        numbering(
            level(0, "%1、"),
            nums="<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='0'/>"
            "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>"
            "<w:num w:numId='3'><w:abstractNumId w:val='0'/></w:num>",
        ),
        item("甲") + item("乙", num=3) + item("丙", num=2) + item("丁", num=2) + item("戊"),
        ["一、 甲", "二、 乙", "五、 丙", "六、 丁", "七、 戊"],
        id="lists share a counter unless one starts anew",
    ),
    pytest.param(
        numbering(level(0, "第%1条", start=7)), item("甲") + paragraph("插") + item("乙"),
        ["第七条 甲", "插", "第八条 乙"], id="start",
    ),
    pytest.param(CHAPTERS, item("第一章　总则") + item("职责"), ["第一章　总则", "第二章 职责"], id="typed is not doubled"),
    pytest.param(numbering(level(0, "%1.", "decimal")), item("1.5倍以下"), ["1. 1.5倍以下"], id="a figure is no number"),
    pytest.param(CHAPTERS, item("") + item("职责"), ["第二章 职责"], id="an empty paragraph counts and shows nothing"),
    pytest.param(CHAPTERS, item("甲", num=0) + item("乙", num=9), ["甲", "乙"], id="switched off, unknown list"),
    pytest.param(numbering(level(0, "", "bullet")), item("甲"), ["甲"], id="bullet"),
    pytest.param(numbering(level(0, "")), item("甲"), ["甲"], id="level without text"),
    pytest.param(numbering(level(0, "%1", "none")), item("甲"), ["甲"], id="level without number"),
    pytest.param(CHAPTERS, item("甲", 5), ["甲"], id="undefined level"),
    pytest.param(
        CHAPTERS, table((item("总则"), item("职责"))), ["第一章 总则 | 第二章 职责"], id="in table cells"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lists", "body", "expected"), NUMBERED)
def test_automatic_numbers_are_shown(make_docx: Docx, lists: str, body: str, expected: list[str]) -> None:
    assert texts(read(make_docx(body, numbering=lists), "样.docx")) == expected


def test_label_is_the_number_without_its_space(make_docx: Docx) -> None:
    blocks = read(make_docx(item("总则") + item("第二章 职责"), numbering=CHAPTERS), "样.docx").blocks
    assert [block.label for block in blocks] == ["第一章", ""]


def test_styles_number_their_paragraphs(make_docx: Docx) -> None:
    lists = numbering(
        level(0, "第%1章", "chineseCounting", "<w:pStyle w:val='Chapter'/>"),
        level(1, "第%2条", "chineseCounting", "<w:pStyle w:val='Article'/>"),
    )
    styles = "".join(
        f"<w:style w:type='paragraph' w:styleId='{name}'>{properties}</w:style>"
        for name, properties in (
            ("Chapter", "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"),
            ("Article", "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"),
            ("Heir", "<w:basedOn w:val='Article'/>"),
            ("Plain", "<w:basedOn w:val='Article'/><w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr>"),
        )
    )
    body = "".join(
        paragraph(text, properties=f"<w:pStyle w:val='{style}'/>")
        for text, style in (("总则", "Chapter"), ("甲", "Article"), ("乙", "Heir"), ("丙", "Plain"))
    )
    document = read(make_docx(body, styles=styles, numbering=lists), "样.docx")
    assert texts(document) == ["第一章 总则", "第一条 甲", "第二条 乙", "丙"]


def test_numbering_styles_are_followed(make_docx: Docx) -> None:
    lists = (
        "<w:abstractNum w:abstractNumId='0'><w:numStyleLink w:val='Law'/></w:abstractNum>"
        f"<w:abstractNum w:abstractNumId='7'><w:styleLink w:val='Law'/>{level(0, '第%1条')}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='7'/></w:num>"
    )
    styles = (
        "<w:style w:type='numbering' w:styleId='Law'><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>"
    )
    assert texts(read(make_docx(item("甲") + item("乙", num=2), styles=styles, numbering=lists), "样.docx")) == [
        "第一条 甲",
        "第二条 乙",
    ]


FORMATS = [
    ("chineseCounting", {1: "一", 10: "十", 21: "二十一", 99: "九十九", 100: "一〇〇", 112: "一一二"}),
    ("chineseCountingThousand", {12: "十二", 100: "一百", 101: "一百零一", 1010: "一千零一十"}),
    ("taiwaneseCounting", {101: "一○一"}),
    ("japaneseCounting", {20: "二十", 101: "百一"}),
    ("ideographDigital", {3: "三", 12: "一二"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
    ("chineseLegalSimplified", {12: "拾贰"}),
    ("decimal", {0: "0", 7: "7"}),
    ("decimalZero", {7: "07"}),
    ("decimalFullWidth", {12: "１２"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
    ("decimalEnclosedCircleChinese", {2: "②"}),
    ("upperLetter", {1: "A", 27: "AA", 28: "BB"}),
    ("lowerRoman", {4: "iv", 19: "xix"}),
    ("upperRoman", {9: "IX"}),
    ("none", {1: ""}),
    ("bullet", {1: ""}),
    ("unheardOf", {3: "3"}),
]


@pytest.mark.parametrize(("style", "written"), FORMATS, ids=[style for style, _ in FORMATS])
def test_number_formats(style: str, written: dict[int, str]) -> None:
    assert {number: format_number(number, style) for number in written} == written


# Containers


def test_strict_open_xml_is_read(make_docx: Docx) -> None:
    data = rewritten(
        make_docx(paragraph("正文")),
        lambda content: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    )
    assert texts(read(data, "样.docx")) == ["正文"]


def test_main_part_of_another_name_is_found(make_docx: Docx) -> None:
    assert texts(read(make_docx(paragraph("正文"), main="word/document2.xml"), "样.docx")) == ["正文"]


def test_damaged_numbering_is_reported_and_the_text_read(make_docx: Docx) -> None:
    data = rewritten(
        make_docx(item("总则"), numbering=CHAPTERS),
        lambda content: content.replace(b"</w:numbering>", b"</w:oops>"),
    )
    document = read(data, "样.docx")
    assert texts(document) == ["总则"]
    assert any("word/numbering.xml" in warning for warning in document.warnings)


def rewritten(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)))
    return buffer.getvalue()


# Real files


CHAPTERS_BY_WORD = {
    "中华人民共和国烟草专卖法实施条例": ["第七章"],
    "产品质量监督抽查管理暂行办法": ["第一章", "第二章", "第三章", "第四章", "第五章", "第六章", "第七章", "第八章"],
    "党政机关公文处理工作条例": ["第一章", "第二章", "第三章", "第四章", "第五章", "第六章", "第七章", "第八章"],
    "化妆品注册备案管理办法": ["第二章", "第三章"],
    "医疗器械注册与备案管理办法": ["第三章", "第四章", "第五章"],
    "医疗机构制剂配制监督管理办法（试行）": ["第七章"],
    "私募投资基金监督管理条例": ["第六章"],
    "证券公司监督管理条例": ["第四章"],
    "食品生产许可管理办法": ["第一章", "第二章", "第三章", "第四章", "第五章", "第六章", "第七章", "第八章"],
}


@pytest.mark.parametrize(("title", "chapters"), CHAPTERS_BY_WORD.items(), ids=list(CHAPTERS_BY_WORD))
def test_chapters_that_word_numbers(shared: Callable[[str], Path], title: str, chapters: list[str]) -> None:
    file = shared(f"corpus/legal-dc/{title}.docx")
    labels = [block.label for block in read(file.read_bytes(), file.name).blocks]
    assert [label for label in labels if label.endswith("章")] == chapters


def test_articles_that_word_numbers(shared: Callable[[str], Path]) -> None:
    file = shared("corpus/legal-dc/肉制品生产许可审查细则（2023版）.docx")
    labels = [block.label for block in read(file.read_bytes(), file.name).blocks if block.label]
    assert len(labels) == 67
    assert (labels[0], labels[-1]) == ("第一条", "第六十七条")
