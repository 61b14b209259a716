"""A manifest is read as it is written, refused with the line and the cure, and wins over the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InputError
from ingest.manifest import COLUMNS, ManifestRow, check_articles, merge, read_manifest
from ingest.metadata import Facts, read_metadata

HEADER = "file\ttitle\tissuer\tissued\teffective\tstatus\tarticles\tsource\tnotes\n"
Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_manifest(content: str | bytes) -> Path:
        path = tmp_path / "manifest.tsv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_manifest


def line(**cells: str) -> str:
    return "\t".join(cells.get(name, "") for name in COLUMNS[:9]) + "\n"


def test_a_row_is_read(write: Write) -> None:
    cells = line(
        file="办法（2020）.txt",
        title="示例县办法(试行)",
        issuer="中共示例县委",
        issued="2020-04-08",
        effective="2020-05-01",
        status="current",
        articles="19",
        source="本项目",
        notes='引号"原样"保留',
    )
    assert read_manifest(write(HEADER + cells)) == {
        "办法（2020）.txt": ManifestRow(
            file="办法（2020）.txt",
            title="示例县办法（试行）",
            issuer="中共示例县委",
            issued="2020-04-08",
            effective="2020-05-01",
            validity="current",
            articles=19,
            source="本项目",
            notes='引号"原样"保留',
        )
    }


ENCODINGS = [
    pytest.param("utf-8", "\n", id="utf-8"),
    pytest.param("utf-8-sig", "\r\n", id="byte order mark, CRLF"),
    pytest.param("gb18030", "\r\n", id="gb18030"),
    pytest.param("utf-16", "\r\n", id="spreadsheet's Unicode text"),
]


@pytest.mark.parametrize(("encoding", "newline"), ENCODINGS)
def test_encodings(write: Write, encoding: str, newline: str) -> None:
    content = (HEADER + line(file="办法.txt", issuer="中共示例县委")).replace("\n", newline)
    assert read_manifest(write(content.encode(encoding)))["办法.txt"].issuer == "中共示例县委"


def test_file_names_are_compared_in_one_form(write: Write) -> None:
    name = "café条例.txt"
    manifest = read_manifest(write(HEADER + line(file=unicodedata.normalize("NFD", name))))
    assert list(manifest) == [unicodedata.normalize("NFC", name)]


def test_columns_may_be_few_more_and_in_any_order(write: Write) -> None:
    manifest = read_manifest(write("level\tfile\t颜色\tregion\n办法\t甲.txt\t红\t示例县\n\n"))
    assert manifest == {"甲.txt": ManifestRow("甲.txt", level="办法", region="示例县")}
    assert manifest.warnings == ("清单 manifest.tsv 中不认识的列未被采用：颜色",)


DATE_CELLS = [
    pytest.param("2018-03-11 (last amended)", "2018-03-11", id="remark"),
    pytest.param("2015-08-03 (amended 2017-07-01)", "2017-07-01", id="amended"),
    pytest.param("2013-12-01 (not in source)", "2013-12-01", id="from elsewhere"),
    pytest.param("2017-12 (amended; first in force 2016-01-23)", "2017-12", id="first in force earlier"),
    pytest.param("2014-12 (posted 2014-12-29)", "2014-12", id="posted"),
    pytest.param("2013-03", "2013-03", id="month"),
    pytest.param("2001", "2001", id="year"),
    pytest.param("2016/7/8", "2016-07-08", id="spreadsheet"),
    pytest.param("2016年7月8日", "2016-07-08", id="Chinese"),
    pytest.param("see text", "", id="left to the text"),
    pytest.param("not dated in source (data of 2018)", "", id="undated"),
    pytest.param("不详", "", id="unknown"),
    pytest.param("", "", id="empty"),
]


@pytest.mark.parametrize("column", ["issued", "effective"])
@pytest.mark.parametrize(("cell", "iso"), DATE_CELLS)
def test_date_cells(write: Write, column: str, cell: str, iso: str) -> None:
    row = read_manifest(write(HEADER + line(file="甲.txt", **{column: cell})))["甲.txt"]
    assert getattr(row, column) == iso


STATUS = [
    pytest.param("current", "current", "", "", id="current"),
    pytest.param("现行有效", "current", "", "", id="in force"),
    pytest.param("superseded by 示例县办法（2023）", "superseded", "示例县办法（2023）", "", id="superseded"),
    pytest.param("superseded by the 2003 条例", "superseded", "the 2003 条例", "", id="in words"),
    pytest.param("status unverified (check)", "unverified", "", "", id="unverified"),
    pytest.param("repealed 2020-01-01", "repealed", "", "2020-01-01", id="repealed"),
    pytest.param("已废止", "repealed", "", "", id="repealed in Chinese"),
    pytest.param("", "", "", "", id="left open"),
]


@pytest.mark.parametrize(("cell", "validity", "successor", "repealed"), STATUS)
def test_status_cells(write: Write, cell: str, validity: str, successor: str, repealed: str) -> None:
    row = read_manifest(write(HEADER + line(file="甲.txt", status=cell)))["甲.txt"]
    assert (row.validity, row.successor, row.repealed) == (validity, successor, repealed)


def test_remarks_are_no_part_of_an_issuer(write: Write) -> None:
    row = read_manifest(write(HEADER + line(file="甲.txt", issuer="中央纪委 (source does not say)")))["甲.txt"]
    assert row.issuer == "中央纪委"


WRONG = [
    pytest.param("title\tissuer\n甲\t乙\n", "第1行没有 file 列。第1行应是以制表符分隔的列名", id="no file column"),
    pytest.param("", "第1行没有 file 列", id="empty"),
    pytest.param("file,title\n甲.txt,甲\n", "第1行没有 file 列", id="commas"),
    pytest.param("file\tfile\n甲\t乙\n", "第1行的列名重复：file", id="column twice"),
    pytest.param(HEADER + "甲.txt\t甲\n", "第2行有2格，应有9格。请检查制表符", id="cells"),
    pytest.param(HEADER + line(title="甲"), "第2行没有文件名", id="no name"),
    pytest.param(HEADER + line(file="甲.txt") * 2, "第3行：文件“甲.txt”重复出现", id="twice"),
    pytest.param(
        HEADER + line(file="甲.txt", issued="2018-02-30"), "第2行的 issued 列：没有“2018-02-30”这一天", id="no such day"
    ),
    pytest.param(
        HEADER + line(file="甲.txt", effective="2018-13"), "第2行的 effective 列：没有“2018-13”", id="no such month"
    ),
    pytest.param(HEADER + line(file="甲.txt", issued="7月8日"), "第2行的 issued 列：“7月8日”不是日期", id="no year"),
    pytest.param(
        HEADER + line(file="甲.txt", articles="十九"), "第2行的 articles 列：“十九”不是条数", id="count in words"
    ),
    pytest.param(
        HEADER + line(file="甲.txt", status="maybe"), "第2行的 status 列：不认识“maybe”。请填 current", id="status"
    ),
    pytest.param(b"file\n\xff\xfe\x81\n", "编码无法识别。请另存为 UTF-8", id="no text"),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_errors_name_file_line_and_cure(write: Write, content: str | bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_manifest(write(content))
    assert message in str(error.value)
    assert "manifest.tsv" in str(error.value)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"无法读取清单 .*none\.tsv"):
        read_manifest(tmp_path / "none.tsv")


@pytest.fixture
def facts() -> Facts:
    body = "第一条 为了规范工作，制定本办法。\n第二条 本办法自印发之日起施行。"
    return read_metadata("示例县办法", "（2020年4月8日中共示例县委印发）", body, "", "办法（2020）.txt")


def test_without_a_row_nothing_changes(facts: Facts) -> None:
    assert merge(facts, None) == (facts, ())


def test_an_empty_row_leaves_the_text_s_facts(facts: Facts) -> None:
    merged, conflicts = merge(facts, ManifestRow("办法（2020）.txt"))
    assert (merged, conflicts) == (facts, ())


def test_the_manifest_wins_and_conflicts_are_told(facts: Facts) -> None:
    row = ManifestRow("", title="示例县工作办法", issuer="示例县人民政府", issued="2020-04-18", effective="2020-06-01")
    merged, conflicts = merge(facts, row)
    told = merged.metadata
    assert (merged.title, merged.date) == ("示例县工作办法", "2020-04-18")
    assert (told.issuer, told.issued, told.effective) == ("示例县人民政府", "2020-04-18", "2020-06-01")
    assert conflicts == (
        "标题不一致：正文为“示例县办法”，清单为“示例县工作办法”，以清单为准",
        "发布机关不一致：正文为“中共示例县委”，清单为“示例县人民政府”，以清单为准",
        "发布日期不一致：正文为“2020-04-08”，清单为“2020-04-18”，以清单为准",
    )


def test_a_stated_day_that_the_manifest_denies_is_told() -> None:
    body = "第二条 本办法自2020年5月1日起施行。"
    facts = read_metadata("示例县办法", "（2020年4月8日中共示例县委印发）", body, "", "办法.txt")
    merged, conflicts = merge(facts, ManifestRow("", effective="2020-06-01"))
    assert merged.metadata.effective == "2020-06-01"
    assert conflicts == ("施行日期不一致：正文为“2020-05-01”，清单为“2020-06-01”，以清单为准",)


def test_precision_and_spelling_are_no_conflict(facts: Facts) -> None:
    row = ManifestRow("", title="示例县 办法（2020）", issuer="中共示例县委员会", issued="2020", effective="2020-04")
    merged, conflicts = merge(facts, replace(row, title="示例县办法"))
    assert conflicts == ()
    assert (merged.date, merged.metadata.issued) == ("2020-04-08", "2020-04-08")


def test_the_manifest_s_issue_names_the_edition_and_starts_the_clock() -> None:
    body = "第二十七条 本办法自发布之日起30日后施行。"
    facts = read_metadata("示例县办法", "", body, "", "办法（2013）.txt")
    assert (facts.date, facts.metadata.effective) == ("2013", "")
    merged, conflicts = merge(facts, ManifestRow("", issued="2013-12-20"))
    assert (merged.date, merged.metadata.effective, conflicts) == ("2013-12-20", "2014-01-19", ())


def test_an_edition_without_issue_is_named_by_its_entry_into_force() -> None:
    facts = read_metadata("示例县办法", "", "第一条 总则。", "", "办法.txt")
    merged, _ = merge(facts, ManifestRow("", effective="2016-07-01"))
    assert (facts.date, merged.date) == ("不详", "2016-07-01")


def test_an_amended_text_s_old_day_is_no_conflict() -> None:
    facts = read_metadata("示例县办法", "", "第二条 本办法自2015年8月3日起施行。", "", "办法.txt")
    row = ManifestRow("", issued="2017-07-01", effective="2017-07-01")
    merged, conflicts = merge(facts, row)
    assert (merged.date, merged.metadata.effective, conflicts) == ("2017-07-01", "2017-07-01", ())


def test_an_issuer_from_the_manifest_decides_rank_and_place() -> None:
    facts = read_metadata("事业单位人事管理条例", "", "第一条 制定本条例。", "", "条例.txt")
    merged, _ = merge(facts, ManifestRow("", issuer="国务院", source="官方网站"))
    assert (merged.metadata.level, merged.metadata.region, merged.metadata.licence) == ("行政法规", "", "官方网站")
    named, _ = merge(facts, ManifestRow("", level="其他", region="示例县"))
    assert (named.metadata.level, named.metadata.region) == ("其他", "示例县")


def test_what_the_manifest_gives_is_evidence(facts: Facts) -> None:
    merged, _ = merge(facts, ManifestRow("", issued="2020-04-08"))
    assert ("issued", "清单：2020-04-08") in merged.evidence


def test_counts_are_compared() -> None:
    row = ManifestRow("", articles=19)
    assert check_articles(row, 18) == "条数不一致：清单为19条，正文识别出18条"
    assert check_articles(row, 19) == ""
    assert check_articles(ManifestRow(""), 18) == ""


REAL = [
    pytest.param("中国共产党纪律处分条例（2023）.txt", "2023-12-19", "2024-01-01", "current", "", id="third revision"),
    pytest.param(
        "中国共产党巡视工作条例（2017）.txt",
        "2017-07-01",
        "2017-07-01",
        "superseded",
        "中国共产党巡视工作条例（2024）",
        id="amended",
    ),
    pytest.param("监察工作信息公开条例（2026）.txt", "2026-01-20", "2026-03-01", "current", "", id="see text"),
    pytest.param(
        "用公款出国（境）旅游及相关违纪行为处分规定（2010）.txt",
        "2010-08-10",
        "2010-08-10",
        "unverified",
        "",
        id="issue not in source",
    ),
    pytest.param(
        "因公临时出国经费管理办法（2013）.txt", "2013-12-20", "2014-01-19", "unverified", "", id="thirty days"
    ),
    pytest.param("纪检监察机关案件档案管理办法（年份不详）.txt", "不详", "", "unverified", "", id="undated"),
]


@pytest.mark.parametrize(("name", "date", "effective", "validity", "successor"), REAL)
def test_real_rows(
    shared: Callable[[str], Path], name: str, date: str, effective: str, validity: str, successor: str
) -> None:
    folder = shared("corpus/regs")
    text = (folder / name).read_text("utf-8")
    row = read_manifest(folder / "manifest.tsv")[name]
    merged, _ = merge(read_metadata(text.splitlines()[0], "", text, "", name), row)
    told = merged.metadata
    assert (merged.date, told.effective, told.validity, told.successor) == (date, effective, validity, successor)


def test_the_local_manifest_is_read(shared: Callable[[str], Path]) -> None:
    rows = read_manifest(shared("corpus/local/manifest.tsv"))
    assert len(rows) == 33
    assert rows["居民区党支部组织生活会制度（2018）.txt"].issued == ""
    assert rows["中共山东省委贯彻《中国共产党巡视工作条例》实施办法（2017）.txt"].issued == "2017-12"
