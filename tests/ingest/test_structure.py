"""Trees as a reader of the text would draw them: every 条 found, none invented, nothing dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Edition, Provision
from ingest.document import Block, BlockKind
from ingest.structure import Structure, parse


def parsed(text: str, name: str = "示例办法.txt") -> Structure:
    return parse([Block(line) for line in text.strip("\n").split("\n")], name)


def nodes(structure: Structure) -> list[Provision]:
    return [node for root in structure.provisions for node in root.walk()]


def paths(structure: Structure) -> list[str]:
    return [node.path for node in nodes(structure)]


def words(structure: Structure, path: str) -> str:
    node = next(node for node in nodes(structure) if node.path == path)
    return structure.text[node.start : node.end].rstrip("\n")


def headings(structure: Structure) -> list[str]:
    return [node.heading for node in nodes(structure) if node.heading]


def assert_tiled(structure: Structure) -> None:
    edition = Edition(structure.title, "", structure.text, structure.provisions)
    assert "".join(structure.text[start:end] for start, end in edition.leaf_spans()) == structure.text
    assert len(set(paths(structure))) == len(paths(structure))


CROSS_REFERENCES = [
    pytest.param("第一条规定的情形，由县委组织部处理。", id="speaks of an earlier article"),
    pytest.param("第三条规定的情形，由县委组织部处理。", id="speaks of the next article"),
    pytest.param("第三条、第四条所列人员，参照执行。", id="list"),
    pytest.param("第三条第二款所称主要负责人，是指书记。", id="paragraph"),
    pytest.param("第三条 第二款所称主要负责人，是指书记。", id="paragraph behind a space"),
    pytest.param("第九条　另有规定的除外。", id="far number, spaced"),
]


@pytest.mark.parametrize("line", CROSS_REFERENCES)
def test_cross_reference_at_line_start_is_no_article(line: str) -> None:
    structure = parsed(
        f"示例办法\n第一条　总的要求。\n第二条　适用范围。\n{line}\n第三条　责任分工。\n第四条　自印发之日起施行。"
    )
    assert structure.findings.articles == 4
    assert structure.findings.gaps == ()
    assert words(structure, "art_2/para_2") == line
    assert_tiled(structure)


def test_articles_sharing_a_paragraph_are_split() -> None:
    structure = parsed("示例办法\n第一条　甲事。　　第二条　乙事，依照第一条 的规定办理。　　第三条　丙事。")
    assert [words(structure, f"art_{n}").strip() for n in (1, 2, 3)] == [
        "第一条　甲事。",
        "第二条　乙事，依照第一条 的规定办理。",
        "第三条　丙事。",
    ]


def test_articles_without_space_behind_the_number() -> None:
    structure = parsed(
        "示例办法\n第一条为了规范工作，制定本办法。\n第二条本办法适用于全县。\n第一条规定的除外。\n第三条本办法自印发之日起施行。"
    )
    assert structure.findings.articles == 3
    assert words(structure, "art_2/para_2") == "第一条规定的除外。"


def test_a_missing_article_is_reported_and_not_invented() -> None:
    structure = parsed("示例办法\n第一条　甲。\n第二条　乙。\n第四条　丁。\n第五条　戊。")
    assert structure.findings.gaps == ("第三条",)
    assert structure.findings.articles == 4


def test_a_part_that_begins_late_reports_one_range() -> None:
    structure = parsed("人格权编示例\n" + "\n".join(f"第九百{n}条　内容。" for n in ("八十九", "九十", "九十一")))
    assert structure.findings.gaps == ("第一条至第九百八十八条",)
    assert structure.findings.articles == 3


def test_duplicate_number_is_reported() -> None:
    structure = parsed("示例办法\n第一条　甲。\n第二条　乙。\n第二条　又乙。\n第三条　丙。")
    assert structure.findings.duplicates == ("第二条（第3行）",)
    assert structure.findings.articles == 3


def test_branch_articles() -> None:
    structure = parsed("示例办法\n第一条　甲。\n第一条之一　甲一。\n第一条之二　甲二。\n第二条　乙。")
    assert paths(structure) == ["title", "art_1", "art_1-1", "art_1-2", "art_2"]
    assert structure.findings.gaps == ()


def test_item_list_and_the_paragraph_behind_it() -> None:
    structure = parsed(
        "示例办法\n第一条　有下列情形之一的：\n（一）甲；\n（二）乙。\n前款情形由组织部认定。\n第二条　完。"
    )
    assert paths(structure)[1:] == [
        "art_1",
        "art_1/para_1",
        "art_1/para_1/item_1",
        "art_1/para_1/item_2",
        "art_1/para_2",
        "art_2",
    ]
    assert words(structure, "art_1/para_1/item_2") == "（二）乙。"
    assert words(structure, "art_1/para_2") == "前款情形由组织部认定。"


def test_one_paragraph_article_has_items_directly() -> None:
    structure = parsed("示例办法\n第一条　有下列情形之一的：\n（一）甲：\n1.子；\n2.丑。\n（二）乙。\n第二条　完。")
    assert paths(structure)[1:] == [
        "art_1",
        "art_1/item_1",
        "art_1/item_1/sub_1",
        "art_1/item_1/sub_2",
        "art_1/item_2",
        "art_2",
    ]


def test_second_line_of_an_item_belongs_to_it_while_the_list_goes_on() -> None:
    structure = parsed("示例办法\n第一条　包括：\n（一）甲。\n甲的说明。\n（二）乙。\n末款。\n第二条　完。")
    assert words(structure, "art_1/para_1/item_1") == "（一）甲。\n甲的说明。"
    assert words(structure, "art_1/para_2") == "末款。"


def test_list_inside_one_line_is_addressable() -> None:
    structure = parsed(
        "示例办法\n第一条　有下列情形之一的：（一）甲；（二）乙；（三）丙。\n第二条　依照第一条第（一）、（二）项办理。"
    )
    assert words(structure, "art_1/item_2") == "（二）乙；"
    assert "art_2/item_1" not in paths(structure)


def test_number_alone_on_its_line() -> None:
    structure = parsed("示例办法\n第一条\n为了规范工作，制定本办法。\n本办法适用于全县。\n第二条\n自印发之日起施行。")
    assert words(structure, "art_1/para_1") == "为了规范工作，制定本办法。"
    assert words(structure, "art_1/para_2") == "本办法适用于全县。"
    assert words(structure, "art_2") == "第二条\n自印发之日起施行。"


def test_numerals_set_with_spaces() -> None:
    numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十 一", "十 二"]
    structure = parsed("示例办法\n" + "\n".join(f"第 {numeral} 条　内容。" for numeral in numerals))
    assert structure.findings.articles == 12
    assert structure.findings.gaps == ()


def test_numbered_headings_above_articles() -> None:
    structure = parsed(
        "示例规定\n一、总则\n第一条　甲。\n二、情形\n（一）一般情形\n第二条　乙。\n（二）特殊情形\n第三条　丙。"
    )
    assert paths(structure) == ["title", "h_1", "art_1", "h_2", "h_2/h_1", "art_2", "h_2/h_2", "art_3"]
    assert words(structure, "art_1") == "第一条　甲。"


def test_last_item_without_a_full_stop_is_no_heading() -> None:
    structure = parsed("示例规定\n第一条　包括：\n（一）甲项\n（二）乙项\n第二条　完。")
    assert paths(structure) == ["title", "art_1", "art_1/item_1", "art_1/item_2", "art_2"]


def test_line_that_speaks_of_items_is_a_paragraph() -> None:
    structure = parsed(
        "示例规定\n第一条　包括：\n（一）甲；\n（二）乙；\n（三）丙。\n（一）至（三）项所列人员，由县委组织部管理。\n第二条　完。"
    )
    assert words(structure, "art_1/para_2") == "（一）至（三）项所列人员，由县委组织部管理。"


BARE_LISTS = [
    pytest.param("1 甲；\n2 乙；\n3 丙。", id="digit and space"),
    pytest.param("㈠甲；\n㈡乙；\n㈢丙。", id="bracketed in one character"),
    pytest.param("⒈甲；\n⒉乙；\n⒊丙。", id="point in one character"),
]


@pytest.mark.parametrize("lines", BARE_LISTS)
def test_lists_of_unusual_numbers(lines: str) -> None:
    structure = parsed(f"示例规定\n第一条　包括：\n{lines}\n第二条　完。")
    assert paths(structure) == ["title", "art_1", "art_1/item_1", "art_1/item_2", "art_1/item_3", "art_2"]


def test_list_nested_against_the_customary_order() -> None:
    structure = parsed("示例规定\n第一条　包括：\n1、甲：\n（一）子；\n（二）丑；\n2、乙；\n3、丙。\n第二条　完。")
    assert [path for path in paths(structure) if path.startswith("art_1/")] == [
        "art_1/item_1",
        "art_1/item_1/sub_1",
        "art_1/item_1/sub_2",
        "art_1/item_2",
        "art_1/item_3",
    ]


def test_two_regulations_in_one_file_are_reported() -> None:
    structure = parsed("甲办法\n第一条　甲。\n第二条　乙。\n丙办法\n第一条　子。\n第二条　丑。", "甲办法.txt")
    assert structure.findings.duplicates == ("第一条（第5行起另行编号，文件中可能有几部法规，建议分开入库）",)
    assert headings(structure) == ["丙办法"]


def test_doubled_item_is_reported() -> None:
    structure = parsed("示例规定\n第一条　包括：\n（一）甲；\n（二）乙；\n（二）丙。\n第二条　完。")
    assert structure.findings.duplicates == ("（二）（第5行）",)


def test_supplementary_provisions_stand_beside_the_parts() -> None:
    structure = parsed("示例法\n第一编　总则\n第一条　甲。\n第二编　分则\n第二条　乙。\n附　则\n第三条　丙。")
    assert paths(structure) == ["title", "part_1", "art_1", "part_2", "art_2", "h_x1", "art_3"]


def test_contents_page_is_not_text() -> None:
    structure = parsed(
        "示例办法\n目　录\n第一章　总则\n第二章　职责\n第一章　总则\n第一条　甲。\n第二章　职责\n第二条　乙。"
    )
    assert paths(structure) == ["title", "contents", "chap_1", "art_1", "chap_2", "art_2"]
    assert words(structure, "contents") == "目　录\n第一章　总则\n第二章　职责"


def test_contents_page_without_its_word() -> None:
    structure = parsed("示例办法\n第一章　总则\n第二章　职责\n第一章　总则\n第一条　甲。\n第二章　职责\n第二条　乙。")
    assert paths(structure) == ["title", "contents", "chap_1", "art_1", "chap_2", "art_2"]


def test_chapter_titles_without_number_are_headings() -> None:
    structure = parsed("示例办法\n总　则\n第一条　甲。\n公文种类\n第二条　乙。\n附　则\n第三条　丙。")
    assert headings(structure) == ["总则", "公文种类", "附则"]
    assert paths(structure) == ["title", "h_x1", "art_1", "h_x2", "art_2", "h_x3", "art_3"]


def test_parts_chapters_sections_nest() -> None:
    structure = parsed(
        "示例法\n第一编　总则\n第一章　任务\n第一节　原则\n第一条　甲。\n第二编　分则\n第一章　罪名\n第二条　乙。"
    )
    assert paths(structure) == [
        "title", "part_1", "part_1/chap_1", "part_1/chap_1/sec_1", "art_1", "part_2", "part_2/chap_1", "art_2"
    ]  # fmt: skip


def test_annex_counts_its_own_articles() -> None:
    structure = parsed(
        "示例办法\n第一条　甲。\n第二条　乙。\n附件1\n示例流程\n第一条　子。\n第二条　丑。\n附件2：示例表"
    )
    assert paths(structure) == ["title", "art_1", "art_2", "annex_1", "annex_1/art_1", "annex_1/art_2", "annex_2"]
    assert headings(structure) == ["示例流程", "示例表"]
    assert structure.findings.duplicates == ()


def test_signature_behind_the_last_article() -> None:
    structure = parsed("示例办法\n第一条　甲。\n第二条　自印发之日起施行。\n中共示例县委办公室\n2023年5月12日")
    assert words(structure, "signature") == "中共示例县委办公室\n2023年5月12日"
    assert words(structure, "art_2") == "第二条　自印发之日起施行。"
    assert structure.closing == "中共示例县委办公室\n2023年5月12日"


def test_header_under_the_title() -> None:
    structure = parsed("示例办法\n（2023年5月12日中共示例县委印发）\n第一条　甲。\n第二条　乙。")
    assert structure.title == "示例办法"
    assert structure.header == "（2023年5月12日中共示例县委印发）"
    assert paths(structure) == ["title", "header", "art_1", "art_2"]


def test_title_over_two_lines() -> None:
    structure = parsed("中共示例县委关于加强作风建设\n的若干规定\n第一条　甲。\n第二条　乙。", "文件.txt")
    assert structure.title == "中共示例县委关于加强作风建设的若干规定"
    assert words(structure, "title") == "中共示例县委关于加强作风建设\n的若干规定"


OUTLINE = """示例县工作报告
二 加强基层组织建设
(一)落实主体责任
1.落实集体责任
坚持同部署。
2.落实第一责任
亲自抓部署。
(二)严肃组织生活
1.规范程序
一是规范提名。公开推荐。
二是改进考察。带队考察。
三、下一步打算
再接再厉。"""


def test_outline_of_a_report() -> None:
    structure = parsed(OUTLINE)
    assert paths(structure) == [
        "title", "h_2", "h_2/h_1", "h_2/h_1/h_1", "h_2/h_1/h_1/para_1", "h_2/h_1/h_2", "h_2/h_1/h_2/para_1", "h_2/h_2",
        "h_2/h_2/h_1", "h_2/h_2/h_1/h_1", "h_2/h_2/h_1/h_2", "h_3", "h_3/para_1",
    ]  # fmt: skip
    assert words(structure, "h_2/h_2/h_1/h_2") == "二是改进考察。带队考察。"
    assert structure.findings.form == "outline"


def test_plain_notice() -> None:
    structure = parsed("关于示例工作的通知\n各乡镇党委：\n现就有关事项通知如下，请遵照执行。")
    assert paths(structure) == ["title", "para_1", "para_2"]
    assert structure.findings.form == "plain"


def test_tables_and_notes_keep_their_place() -> None:
    blocks = [
        Block("示例办法"),
        Block("第一条　标准如下："),
        Block("级别 | 金额\n县级 | 100", BlockKind.TABLE),
        Block("第二条　完。"),
        Block("本办法所称金额为人民币。", BlockKind.NOTE),
    ]
    structure = parse(blocks, "示例.docx")
    assert paths(structure) == ["title", "art_1", "art_1/table_1", "art_2", "note_1"]
    assert words(structure, "art_1/table_1") == "级别 | 金额\n县级 | 100"
    assert_tiled(structure)


def test_empty_document() -> None:
    assert parse([], "空.txt").provisions == ()


LINES = st.sampled_from(
    [
        "第一条　甲。", "第二条规定的", "第二条　乙", "第三条之一 丙；", "第一章 总则", "第二节", "目 录", "附件1", "附：表", "（一）甲；", "（二）乙。",
        "1.子", "（1）丑", "一、总体要求", "二 建设", "一是甲。", "总则", "附 则", "2023年5月12日", "中共示例县委", "普通的一段话。", "（2023年印发）",
        "下列：（一）甲；（二）乙。第九条　丁", "　", "①", "第", "附", "（", "十",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(LINES, st.text(max_size=12).map(lambda text: text.replace("\n", " "))), max_size=40))
def test_any_lines_are_tiled(lines: list[str]) -> None:
    assert_tiled(parse([Block(line) for line in lines], "随机.txt"))
