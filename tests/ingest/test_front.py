"""Titles, 题注, 目录, 落款 and 版记 as papers carry them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from corpus.model import Kind
from ingest.document import Block
from ingest.manifest import ManifestRow
from ingest.pipeline import Job, parse_bytes
from ingest.readers.docx_styles import StyleSheet
from ingest.structure import Structure, parse

ARTICLES = "\n第一条　甲。\n第二条　乙。"
ORDER = "中华人民共和国示例部令\n第 12 号\n{}\n部长　某某\n2023年3月15日\n"


def parsed(text: str, name: str = "doc001.txt") -> Structure:
    return parse([Block(line) for line in text.strip("\n").split("\n")], name)


def shown(structure: Structure, kind: Kind) -> list[str]:
    """Return the words of each node of one kind."""
    nodes = [node for root in structure.provisions for node in root.walk() if node.kind is kind]
    return [structure.text[node.start : node.end].rstrip("\n") for node in nodes]


TITLES = [
    pytest.param("中共示例县委\n关于贯彻落实中央八项规定精神的\n实施细则", "", 3, id="three lines"),
    pytest.param("示例县人民政府办公室关于印发\n示例县政务公开管理办法的\n通  知", "", 3, id="spread notice"),
    pytest.param("关于全面禁止\n非法交易、革除陋习、\n切实保障群众健康安全的\n决定", "", 4, id="four lines"),
    pytest.param("中华人民共和国示例管理条例\n实施细则", "", 2, id="first line could be all"),
    pytest.param("示例县公务接待\n管理办法", "", 2, id="second line could be all"),
    pytest.param("示例县公务接待管理办法\n（试行）", "", 2, id="on trial on its own line"),
    pytest.param("内部审计工作\n规定", "", 2, id="begins with a word of secrecy"),
    pytest.param("国务院关于在我国统一\n实行法定计量单位的命令", "", 2, id="a command is no number of an order"),
    pytest.param(
        "中共示例县委办公室\n关于加强作风建设的通知",
        "特急\n中共示例县委办公室文件\n示办发〔2023〕12号",
        2,
        id="letterhead",
    ),
    pytest.param("示例县公务接待管理办法", "000012\n机密★1年\n签发人：某某", 1, id="copy number and signer"),
    pytest.param("示例县公务接待管理办法", "示例县人民政府", 1, id="issuer named again"),
    pytest.param("示例县公务接待管理办法", "附件", 1, id="annex of a notice"),
    pytest.param("示例县公务接待管理办法（试行）", "附 件 1：", 1, id="numbered annex of a notice"),
    pytest.param(
        "示例管理规定", "（2002年4月29日示例部令第12号发布　根据2007年11月8日示例部令第6号修订）", 1, id="note above"
    ),
    pytest.param(
        "示例管理规定",
        "（2002年4月29日示例部令第12号发布\n根据2007年11月8日示例部令第6号修订）",
        1,
        id="long note above",
    ),
    pytest.param("示例县公务接待管理办法", "来源：示例县政府网 发布时间：2023-04-05", 1, id="web page"),
    pytest.param(
        "示例管理规定",
        ORDER.format("《示例管理规定》已经2023年3月1日部务会议审议通过，现予公布，自2023年5月1日起施行。").strip(),
        1,
        id="order",
    ),
    pytest.param(
        "示例\n管理规定", ORDER.format("现公布《示例管理规定》，自2023年5月1日起施行。").strip(), 2, id="order first"
    ),
]


@pytest.mark.parametrize(("title", "above", "lines"), TITLES)
def test_title_whole_and_header_above(title: str, above: str, lines: int) -> None:
    structure = parsed(f"{above}\n{title}{ARTICLES}")
    assert structure.title == "".join(title.split())
    assert shown(structure, Kind.TITLE) == [title]
    assert len(title.split("\n")) == lines
    assert shown(structure, Kind.HEADER) == ([above] if above else [])
    assert [node.path for node in structure.provisions if node.kind is Kind.ARTICLE] == ["art_1", "art_2"]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        pytest.param("《示例县公务接待管理办法》", "示例县公务接待管理办法", id="book marks"),
        pytest.param("《示例县公务接待管理办法》（试行）", "示例县公务接待管理办法（试行）", id="book marks, trial"),
        pytest.param("《甲办法》补充规定", "《甲办法》补充规定", id="book marks inside"),
        pytest.param("附件1：示例县公务接待管理办法", "示例县公务接待管理办法", id="annex mark before it"),
        pytest.param("示例县公务接待管理办法\n示例县机关事务管理局\n二〇二三年四月五日", "示例县公务接待管理办法", id="issuer and date below"),
        pytest.param("示例县公务接待管理办法\n各乡镇：", "示例县公务接待管理办法", id="addressee below"),
        pytest.param("示例县全体会议公报\n（2023年5月6日通过）", "示例县全体会议公报", id="communiqué"),
        pytest.param("示例县考勤办法（2025年6月1日中共示例县委印发）", "示例县考勤办法", id="note on its line"),
    ],
)  # fmt: skip
def test_title_without_what_is_none_of_it(lines: str, title: str) -> None:
    assert parsed(lines + ARTICLES).title == title


def test_issuer_and_date_below_the_title_are_header() -> None:
    structure = parsed("示例县公务接待管理办法\n示例县机关事务管理局\n二〇二三年四月五日" + ARTICLES)
    assert structure.header == "示例县机关事务管理局\n二〇二三年四月五日"


@pytest.mark.parametrize(
    ("levels", "title"),
    [
        pytest.param([(1, "示例县会议安排"), (1, "总则")], "示例县会议安排", id="Title, then Heading 1"),
        pytest.param(
            [(1, "示例县会议安排"), (1, "适用范围")], "示例县会议安排", id="Title, then Heading 1 of any name"
        ),
        pytest.param([(0, "示例县会议安排"), (1, "总则")], "示例县会议安排", id="总则 is never a title"),
        pytest.param([(0, "示例县会议办法"), (1, "适用范围")], "示例县会议办法", id="plain title names a document"),
        pytest.param([(0, "通知公告"), (1, "示例县会议办法")], "示例县会议办法", id="site line above the heading"),
        pytest.param(
            [(0, "示例县会议办法"), (1, "（2013年8月15日示例局令第154号公布）")], "示例县会议办法", id="note as heading"
        ),
        pytest.param([(1, "示例县会议"), (1, "管理办法"), (1, "第一章 总则")], "示例县会议管理办法", id="two headings"),
        pytest.param([(1, "示例县会议"), (0, "管理办法")], "示例县会议管理办法", id="the rest not set as heading"),
    ],
)
def test_title_among_headings(levels: list[tuple[int, str]], title: str) -> None:
    blocks = [*(Block(text, level=level) for level, text in levels), Block("第一条　甲。"), Block("第二条　乙。")]
    assert parse(blocks, "doc001.docx").title == title


def test_order_whose_regulation_has_no_line_of_its_own() -> None:
    structure = parsed(ORDER.format("现公布《示例管理规定》，自2023年5月1日起施行。").strip() + ARTICLES)
    assert structure.title == "示例管理规定"
    assert shown(structure, Kind.TITLE) == []
    assert structure.header.startswith("中华人民共和国示例部令\n第 12 号\n现公布")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        pytest.param("示例办法.txt", "示例办法", id="plain"),
        pytest.param("甲/附件1：《示例办法》（2023）.txt", "示例办法", id="annex, book marks, year"),
    ],
)
def test_file_name_is_the_title_of_a_text_without_one(name: str, title: str) -> None:
    structure = parsed("第一章　总则\n第一条　为了规范工作，制定本办法。\n第二条　乙。", name)
    assert structure.title == title
    assert shown(structure, Kind.TITLE) == []


@pytest.mark.parametrize(
    ("text", "row", "warnings"),
    [
        pytest.param("第一条　甲。\n第二条　乙。", None, ("正文中没有标题，以文件名为标题",), id="no title"),
        pytest.param("示例办法\n第一条　甲。\n第二条　乙。", None, (), id="title"),
        pytest.param("第一条　甲。\n第二条　乙。", ManifestRow("示例办法.txt", title="示例办法"), (), id="listed"),
    ],
)
def test_title_from_the_file_name_is_reported(text: str, row: ManifestRow | None, warnings: tuple[str, ...]) -> None:
    parsed = parse_bytes(text.encode(), Job(Path("示例办法.txt"), "示例办法.txt", row))
    assert parsed.report.title == "示例办法"
    assert parsed.report.warnings == warnings


def test_word_style_title_is_the_widest_heading() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    style = '<w:style w:styleId="a5" w:type="paragraph"><w:name w:val="Title"/></w:style>'
    sheet = StyleSheet(etree.fromstring(f'<w:styles xmlns:w="{word}">{style}</w:styles>'))
    assert sheet.paragraph("a5").level == 1


IMPRINT = "抄送：县人大常委会，县政协，\n各人民团体。\n中共示例县委办公室　2023年6月1日印发"


@pytest.mark.parametrize(
    "closing",
    [
        pytest.param("中共示例县委办公室\n2023年5月12日", id="two lines"),
        pytest.param("二○二三年五月十二日", id="date alone"),
        pytest.param("国管局 财政部 审计署 2013年3月18日", id="one line"),
        pytest.param("中共示例县委办公室 示例县人民政府办公室 二〇一三年三月十八日", id="one line in characters"),
        pytest.param("甲委员会\n乙委员会\n丙局\n丁局\n戊局\n2023年5月12日", id="issued jointly"),
        pytest.param(IMPRINT, id="imprint"),
        pytest.param(f"中共示例县委\n2023年6月1日\n（此件公开发布）\n{IMPRINT}", id="signature and imprint"),
    ],
)
def test_closing_is_no_paragraph_of_the_last_article(closing: str) -> None:
    structure = parsed(f"示例办法\n第一条　甲。\n第二条　自印发之日起施行。\n{closing}")
    assert structure.closing == closing
    assert shown(structure, Kind.SIGNATURE) == [closing]
    assert shown(structure, Kind.ARTICLE)[-1] == "第二条　自印发之日起施行。"


@pytest.mark.parametrize(
    "sentence",
    [
        "本办法自公布之日起执行",
        "以上规定由县委组织部负责解释",
        "详见《示例表格样页》",
        "县直各单位应当遵照执行",
    ],
)
def test_sentence_above_the_signature_stays_text(sentence: str) -> None:
    structure = parsed(f"示例办法\n第一条　甲。\n第二条　乙。\n{sentence}\n示例县第一中学\n2017年4月2日")
    assert structure.closing == "示例县第一中学\n2017年4月2日"
    assert shown(structure, Kind.ARTICLE)[-1] == f"第二条　乙。\n{sentence}"


def test_sentence_that_ends_in_a_date_is_no_signature() -> None:
    structure = parsed("示例办法\n第一条　甲。\n第二条　乙。\n清理工作由县纪委负责，截至2013年3月18日")
    assert structure.closing == ""


@pytest.mark.parametrize(
    ("contents", "body"),
    [
        pytest.param(
            "目 录\n第一条 目的 1\n第二条 范围 1\n第三条 施行 2\n正文",
            "第一条 目的\n为了人才，制定本规定。\n第二条 范围\n适用于本县。\n第三条 施行\n自2021年起施行。",
            id="articles and pages",
        ),
        pytest.param(
            "目录\n第一章 总则\n第一条 目的\n第二条 范围\n第二章 附则\n第三条 施行",
            "第一章 总则\n第一条 目的 甲。\n第二条 范围 乙。\n第二章 附则\n第三条 施行 丙。",
            id="articles below chapters",
        ),
        pytest.param("目录\n第一章 总则…………1\n第二章 附则…………9", "第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。", id="chapters"),
        pytest.param("目录\n第一章 总则\n第二章 附则", "第一条\n为了人才。\n第二条\n乙。\n附件1\n第一条\n子。", id="chapters left out of the text"),
    ],
)  # fmt: skip
def test_contents_end_where_the_text_begins(contents: str, body: str) -> None:
    structure = parsed(f"示例人才规定\n{contents}\n{body}")
    assert shown(structure, Kind.CONTENTS) == [contents]
    assert structure.findings.articles == body.count("条")
    assert structure.findings.gaps == ()


@pytest.mark.parametrize("mark", ["附件", "附 件", "附　件 1", "附 件：", "附 表 2"])
def test_annex_mark_with_a_space(mark: str) -> None:
    structure = parsed(f"示例办法{ARTICLES}\n{mark}\n请假条\n第一条　子。")
    assert [node.label for node in structure.provisions if node.kind is Kind.ANNEX] == [mark]
    assert structure.findings.articles == 3
