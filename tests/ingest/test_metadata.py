"""Facts are read from notes, clauses and signatures as documents bear them, each with its words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import agree
from ingest.events import document_number, read_note, read_signature
from ingest.manifest import read_manifest
from ingest.metadata import Facts, file_date, read_metadata
from ingest.names import organ_of, same_organs, split_organs


def facts(
    header: str = "", body: str = "", closing: str = "", title: str = "示例县办法", file: str = "办法.txt"
) -> Facts:
    return read_metadata(title, header, f"{title}\n{header}\n{body}", closing, file)


def dates(found: Facts) -> tuple[str, str, str, str]:
    return found.date, found.metadata.adopted, found.metadata.issued, found.metadata.effective


HEADERS = [
    pytest.param(
        "（2003年12月23日中共中央政治局会议审议批准 2003年12月31日中共中央发布 "
        "2023年12月8日中共中央政治局会议第三次修订 2023年12月19日中共中央发布）",
        ("2023-12-19", "2023-12-08", "2023-12-19", ""),
        "中共中央",
        "",
        id="Party note, third revision",
    ),
    pytest.param(
        "（2022年9月1日中共中央政治局常委会会议审议批准\n2022年9月22日中共中央发布）",
        ("2022-09-22", "2022-09-01", "2022-09-22", ""),
        "中共中央",
        "",
        id="note over two lines",
    ),
    pytest.param(
        "中国共产党第二十次全国代表大会部分修改，2022年10月22日通过",
        ("2022-10-22", "2022-10-22", "", ""),
        "中国共产党第二十次全国代表大会",
        "",
        id="congress before the date",
    ),
    pytest.param(
        "(2016年10月27日中国共产党第十八届中央委员会第六次全体会议通过)",
        ("2016-10-27", "2016-10-27", "", ""),
        "中国共产党第十八届中央委员会第六次全体会议",
        "",
        id="plenum",
    ),
    pytest.param(
        "1986年12月3日 国务院批准\n1987年1月8日 国家标准局发布\n2011-01-08 《国务院关于修改部分行政法规的决定》修订\n2011年11月1日 施行",
        ("2011-01-08", "", "2011-01-08", "2011-11-01"),
        "国务院",
        "",
        id="one event a line",
    ),
    pytest.param(
        "2007年4月5日 中华人民共和国国务院令第492号公布\n2019年4月3日 中华人民共和国国务院令第711号修订\n2019年5月15日 施行",
        ("2019-04-03", "", "2019-04-03", "2019-05-15"),
        "国务院",
        "国务院令第711号",
        id="revised by order",
    ),
    pytest.param(
        "（2004年9月5日中华人民共和国国务院令第415号公布　根据2018年8月11日《国务院关于修改〈全国经济普查条例〉的决定》修订）",
        ("2018-08-11", "", "2018-08-11", ""),
        "国务院",
        "国务院令第415号",
        id="amended by decision",
    ),
    pytest.param(
        "（2021年12月28日工业和信息化部、公安部令第8号公布）",
        ("2021-12-28", "", "2021-12-28", ""),
        "工业和信息化部、公安部",
        "工业和信息化部、公安部令第8号",
        id="two ministries",
    ),
    pytest.param(
        "2005年4月27日 第十届全国人民代表大会常务委员会第十五次会议通过\n2018年12月29日 第十三届全国人民代表大会常务委员会第七次会议修订",
        ("2018-12-29", "2018-12-29", "", ""),
        "全国人民代表大会常务委员会",
        "",
        id="law revised",
    ),
    pytest.param(
        "2019年2月16日 宁波市第十五届人民代表大会第四次会议通过\n2019年5月31日 浙江省第十三届人民代表大会常务委员会第十二次会议批准",
        ("2019-05-31", "2019-02-16", "", ""),
        "宁波市人民代表大会",
        "",
        id="approved by the province",
    ),
    pytest.param(
        "（2021年7月20日国家监察委员会全体会议决定，自2021年9月20日起施行）",
        ("2021-07-20", "2021-07-20", "", "2021-09-20"),
        "国家监察委员会",
        "",
        id="decision with entry into force",
    ),
    pytest.param(
        "（2025年12月29日国家监察委员会全体会议决定 2026年1月20日国家监察委员会公告第3号公布）",
        ("2026-01-20", "2025-12-29", "2026-01-20", ""),
        "国家监察委员会",
        "国家监察委员会公告第3号",
        id="announcement",
    ),
    pytest.param("(2019.1.1起施行）", ("2019-01-01", "", "", "2019-01-01"), "", "", id="entry into force alone"),
    pytest.param(
        "（1990年11月22日中华人民共和国国务院令第66号发布　自发布之日起施行）",
        ("1990-11-22", "", "1990-11-22", "1990-11-22"),
        "国务院",
        "国务院令第66号",
        id="in force from the issue",
    ),
    pytest.param(
        "(示办发[1995]7号1995年4月30)",
        ("1995-04-30", "", "1995-04-30", ""),
        "",
        "示办发〔1995〕7号",
        id="number and day",
    ),
    pytest.param(
        "国务院第133号令\n(1993年12月5日)",
        ("1993-12-05", "", "1993-12-05", ""),
        "",
        "国务院令第133号",
        id="order above",
    ),
    pytest.param(
        "（一九九七年二月十七日中共中央发布）", ("1997-02-17", "", "1997-02-17", ""), "中共中央", "", id="Chinese day"
    ),
    pytest.param(
        "（中共中央组织部，2013年3月）", ("2013-03", "", "2013-03", ""), "中共中央组织部", "", id="organ, month"
    ),
    pytest.param(
        "【发布部门】中共示例县纪律检查委员会\n【发文字号】示纪发[2005]8号\n【发布日期】2005.06.16\n【实施日期】2005.07.01",
        ("2005-06-16", "", "2005-06-16", "2005-07-01"),
        "中共示例县纪律检查委员会",
        "示纪发〔2005〕8号",
        id="labels",
    ),
    pytest.param(
        "发文机关：甲委员会,乙委员会\n发文日期2018年04月16日\n发文字号国监办发〔2018〕1号\n施行日期2018年05月01日",
        ("2018-04-16", "", "2018-04-16", "2018-05-01"),
        "甲委员会、乙委员会",
        "国监办发〔2018〕1号",
        id="labels without brackets",
    ),
    pytest.param(
        "（2024年8月30日中共示例县委常委会会议审议通过　2024年9月6日中共示例县委印发）",
        ("2024-09-06", "2024-08-30", "2024-09-06", ""),
        "中共示例县委",
        "",
        id="county",
    ),
    pytest.param(
        "示办发〔2021〕5号\n各乡镇党委：\n现将《示例县办法》印发给你们，请遵照执行。\n中共示例县委办公室\n2021年3月5日",
        ("2021-03-05", "", "2021-03-05", ""),
        "中共示例县委办公室",
        "示办发〔2021〕5号",
        id="covering notice",
    ),
    pytest.param(
        "（2026年1月12日在中共示例县委十四届九次全体会议上）",
        ("2026-01-12", "", "", ""),
        "中共示例县委",
        "",
        id="report",
    ),
    pytest.param(
        "2008年3月以来，各地开展了专项治理，取得了成效。", ("不详", "", "", ""), "", "", id="prose is no note"
    ),
]


@pytest.mark.parametrize(("header", "days", "issuer", "number"), HEADERS)
def test_notes(header: str, days: tuple[str, str, str, str], issuer: str, number: str) -> None:
    found = facts(header)
    assert dates(found) == days
    assert (found.metadata.issuer, found.metadata.number) == (issuer, number)


CLOSINGS = [
    pytest.param("抓好落实。\n中共示例县纪委\n2013 年5月25日", "2013-05-25", "中共示例县纪委", id="two lines"),
    pytest.param(
        "抓好落实。\n中共示例县委办公室 示例县人民政府办公室 2009年2月20日",
        "2009-02-20",
        "中共示例县委办公室、示例县人民政府办公室",
        id="one line",
    ),
    pytest.param("抓好落实。\n财 政 部 外 交 部 2013年12月20日", "2013-12-20", "财政部、外交部", id="spaced out"),
    pytest.param("抓好落实。\n中共示例县纪委\n二00五年六月十六日", "2005-06-16", "中共示例县纪委", id="Chinese day"),
]


@pytest.mark.parametrize(("closing", "day", "issuer"), CLOSINGS)
def test_signatures(closing: str, day: str, issuer: str) -> None:
    found = facts(body=closing, closing=closing)
    assert (found.date, found.metadata.issued, found.metadata.issuer) == (day, day, issuer)


@pytest.mark.parametrize("closing", ["县委办公室应当在2020年5月1日前报送情况。", "表一\n其他", ""])
def test_an_article_is_no_signature(closing: str) -> None:
    assert read_signature(closing).events == ()


def test_a_signature_does_not_outdate_the_note() -> None:
    found = facts("（2020年4月8日中共示例县委印发）", closing="联系人 示例县政府办公室\n2021年1月1日")
    assert found.date == "2020-04-08"


def test_the_notes_below_a_second_title_are_found() -> None:
    body = "关于印发《示例县办法》的通知\n（示清组发〔2015〕1号）\n现印发你们，请遵照执行。\n示例县领导小组\n2015年2月3日\n示例县办法\n第一条 总则。"
    found = read_metadata("示例县办法", "", body, "", "办法.txt")
    assert (found.date, found.metadata.issuer, found.metadata.number) == (
        "2015-02-03",
        "示例县领导小组",
        "示清组发〔2015〕1号",
    )


def test_entry_into_force_follows_the_issue() -> None:
    found = facts("（2020年4月8日中共示例县委印发）", "第十九条　本规则自印发之日起施行。")
    assert found.metadata.effective == "2020-04-08"
    assert ("effective", "自印发之日起施行（据发布日期推算）") in found.evidence


def test_thirty_days_are_counted_and_said_so() -> None:
    found = facts("（2013年12月20日示例县财政局印发）", "第九条　本办法自发布之日起30日后施行。")
    assert found.metadata.effective == "2014-01-19"
    assert ("effective", "自发布之日起30日后施行（据发布日期推算）") in found.evidence


def test_without_a_day_of_issue_nothing_is_counted() -> None:
    found = facts("（2020年4月8日示例县人民代表大会第一次会议通过）", "第九条　本办法自公布之日起施行。")
    assert found.metadata.effective == ""


def test_an_amended_text_keeps_its_clause_as_stated() -> None:
    header = "2018年3月20日 第十三届全国人民代表大会第一次会议通过\n2024年12月25日 第十四届全国人民代表大会常务委员会第十三次会议《关于修改〈监察法〉的决定》修正"
    from_issue = facts(header, "第七十八条　本法自公布之日起施行。", title="中华人民共和国监察法")
    assert (from_issue.date, from_issue.metadata.effective) == ("2024-12-25", "2018-03-20")
    dated = facts(header, "第七十八条　本法自2007年1月1日起施行。", title="中华人民共和国监察法")
    assert (dated.date, dated.metadata.effective) == ("2024-12-25", "2007-01-01")


def test_a_revised_text_is_in_force_from_its_own_issue() -> None:
    header = (
        "（2014年5月28日中共中央办公厅发布 2026年4月2日中共中央政治局常委会会议修订 2026年5月11日中共中央办公厅发布）"
    )
    found = facts(header, "第四十四条 本细则自发布之日起施行。", title="中国共产党发展党员工作细则")
    assert found.metadata.effective == "2026-05-11"


def test_note_and_clause_that_part_are_reported() -> None:
    found = facts("（2021年7月20日县政府会议通过，自2021年9月20日起施行）", "第九条　本办法自2021年10月1日起施行。")
    assert found.metadata.effective == "2021-09-20"
    assert found.warnings == ("题注的施行日期2021-09-20与正文“自2021年10月1日起施行”不一致，以题注为准",)


def test_an_entry_that_cannot_be_counted_is_reported() -> None:
    found = facts("（2020年4月8日示例县人民政府公布）", "第九条　本办法自公布之日起三个月后施行。")
    assert found.metadata.effective == ""
    assert found.warnings == ("施行日期无法推算：“自公布之日起三个月后施行”",)


def test_partial_repeals_are_reported_and_not_recorded() -> None:
    found = facts(body="第九条　《甲办法》同时废止，《乙办法》第三条同时废止。")
    assert found.metadata.repeals == ("甲办法",)
    assert found.warnings == ("只废止《乙办法》的部分内容，未记为废止：“《乙办法》第三条同时废止”",)
    assert ("partial_repeal", "《乙办法》第三条同时废止") in found.evidence


def test_evidence_names_the_words() -> None:
    found = facts("（2024年8月30日中共示例县委常委会会议审议通过　2024年9月6日中共示例县委印发）")
    assert ("adopted", "2024年8月30日中共示例县委常委会会议审议通过") in found.evidence
    assert ("issued", "2024年9月6日中共示例县委印发") in found.evidence


FILES = [
    pytest.param("示例县办法（2016）.txt", "2016", id="year"),
    pytest.param("条例(2018-12-29).md", "2018-12-29", id="day"),
    pytest.param("组织法_20251028.txt", "2025-10-28", id="compact day"),
    pytest.param("工作报告（2025年度）.docx", "2025", id="report year"),
    pytest.param("示例县办法（年份不详）.txt", "", id="unknown"),
    pytest.param("8号文.txt", "", id="number"),
]


@pytest.mark.parametrize(("name", "iso"), FILES)
def test_dates_in_file_names(name: str, iso: str) -> None:
    assert file_date(name) == iso
    assert facts(file=name).date == (iso or "不详")


def test_a_missing_title_is_taken_from_the_file_name() -> None:
    assert read_metadata("", "", "正文", "", "夹/示例县办法(试行)（2016）.txt").title == "示例县办法（试行）"


def test_titles_have_one_form() -> None:
    assert read_metadata("示例县 贯彻<甲条例>办法(试行)", "", "", "", "").title == "示例县贯彻《甲条例》办法（试行）"


NUMBERS = [
    pytest.param("中发〔2016〕3号", "中发〔2016〕3号", id="tortoise shell"),
    pytest.param("中办发[2013]22号", "中办发〔2013〕22号", id="square"),
    pytest.param("国发（2015）４４号", "国发〔2015〕44号", id="round, full width"),
    pytest.param("法（研）发〔1987〕32号", "法（研）发〔1987〕32号", id="brackets inside"),
    pytest.param("国经贸质【1998】第123号", "国经贸质〔1998〕123号", id="lenticular"),
    pytest.param("中华人民共和国国务院令第711号", "国务院令第711号", id="order"),
    pytest.param("农业部令2016年第 3号", "农业部令2016年第3号", id="order of a year"),
    pytest.param("中华人民共和国主席令第三号", "主席令第三号", id="President"),
    pytest.param("第19号", "第19号", id="bare"),
    pytest.param("第十九条", "", id="article"),
]


@pytest.mark.parametrize(("words", "number"), NUMBERS)
def test_document_numbers(words: str, number: str) -> None:
    assert document_number(words) == number


ORGANS = [
    pytest.param("第十三届全国人民代表大会常务委员会第二十八次会议", "全国人民代表大会常务委员会", id="session"),
    pytest.param("国务院第203次常务会议", "国务院", id="State Council"),
    pytest.param("浙江省第十一届人民代表大会常务委员会第七次会议", "浙江省人民代表大会常务委员会", id="province"),
    pytest.param("景宁畲族自治县八届人大四次会议", "景宁畲族自治县人大", id="short session"),
    pytest.param("最高人民法院审判委员会第1591次会议", "最高人民法院", id="court"),
    pytest.param("公安部部长办公会议", "公安部", id="ministry"),
    pytest.param("根据本条例第三条", "", id="none"),
]


@pytest.mark.parametrize(("words", "organ"), ORGANS)
def test_organs(words: str, organ: str) -> None:
    assert organ_of(words) == organ


def test_organs_are_the_same_in_every_spelling() -> None:
    assert same_organs("中央纪委、中央组织部", "中共中央组织部、中共中央纪律检查委员会")
    assert same_organs("上海市人大常委会", "上海市人民代表大会常务委员会")
    assert not same_organs("中共中央", "中共中央办公厅")
    assert split_organs("国管局 财政部,审计署") == ["国管局", "财政部", "审计署"]


@given(st.text(alphabet="（）()《》2016年7月8日 \n通过修订发布施行自起第号令中共县委会议", max_size=120))
def test_any_note_is_read_without_an_error(text: str) -> None:
    note = read_note(text)
    assert all(event.date and event.words for event in note.events)
    read_metadata(text, text, text, text, text)


def test_the_notes_of_real_texts_agree_with_their_manifest(shared: Callable[[str], Path]) -> None:
    """Where both state a fact they agree: issue 96 of 100, entry into force 90 (amended laws repeat old days), issuer 96."""
    folder = shared("corpus/regs")
    right = dict.fromkeys(("issued", "effective", "issuer"), 0)
    both = dict(right)
    for name, row in read_manifest(folder / "manifest.tsv").items():
        text = (folder / name).read_text("utf-8")
        lines = text.splitlines()
        found = read_metadata(lines[0], "", text, "\n".join(lines[-4:]), name)
        told = found.metadata
        issued = told.issued or (found.date if told.adopted else "")
        for field, said, read in (("issued", row.issued, issued), ("effective", row.effective, told.effective)):
            both[field] += bool(said and read)
            right[field] += bool(said and read and agree(said, read))
        both["issuer"] += bool(row.issuer and told.issuer)
        right["issuer"] += bool(row.issuer and told.issuer and same_organs(row.issuer, told.issuer))
    assert both["issued"] >= 56
    assert both["effective"] >= 63
    assert both["issuer"] >= 49
    assert right["issued"] >= 0.96 * both["issued"]
    assert right["effective"] >= 0.90 * both["effective"]
    assert right["issuer"] >= 0.96 * both["issuer"]


def test_the_term_of_validity_counts_from_the_entry_into_force() -> None:
    found = facts("（2020年3月1日中共示例县委印发）", "第九条 本办法自印发之日起施行，有效期两年，期满自动失效。")
    assert (found.metadata.effective, found.metadata.expires) == ("2020-03-01", "2022-02-28")
    assert found.metadata.lapses
    assert ("expires", "有效期两年") in found.evidence
    unknown = facts(body="第九条 本办法自印发之日起施行，有效期两年，期满自动失效。").metadata
    assert (unknown.expires, unknown.lapses) == ("", False)
