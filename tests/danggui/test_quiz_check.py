"""An existing question bank held against the sample base: what is read from each form, what is said of each key."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from openpyxl import Workbook, load_workbook

from answer.bank.read import Bank, read_bank
from corpus.errors import InputError
from danggui.cli import main

RULES = "示例县党支部“三会一课”实施细则"
LESSONS = "党支部（ ）至少安排1次党课，每次不少于45分钟。"
FORMER = "党支部一般（ ）安排1次党课，党支部书记每年至少讲1次党课。"
RECORDED = "党支部应当在会后3日内将（ ）等如实记入《党支部工作手册》。"
HOURS = "党员每年集中学习培训时间不少于（ ）学时，党支部班子成员不少于56学时。"
OFTEN = ("每月", "每季度", "每半年", "每年")
HEAD = ("题型", "题目", "选项A", "选项B", "选项C", "选项D", "正确答案")
ROWS: tuple[tuple[str, ...], ...] = (
    ("单选", LESSONS, *OFTEN, "B"),
    ("单选", LESSONS, *OFTEN, "A"),
    ("单选", FORMER, *OFTEN, "C"),
    ("多选", RECORDED, "会议时间", "缺席原因", "党费数额", "议定事项", "ABD"),
    ("多选", RECORDED, "会议时间", "缺席原因", "党费数额", "议定事项", "ABC"),
    ("判断", "纸质记录保存期限不少于5年。", "", "", "", "", "√"),
    ("判断", "纸质记录保存期限不少于3年。", "", "", "", "", "对"),
    ("填空", HOURS, "", "", "", "", "32"),
    ("填空", HOURS, "", "", "", "", "40"),
    ("单选", "水稻育秧棚内温度应当控制在（ ）摄氏度。", "10", "25", "40", "50", "B"),
)
STATES = ["ok", "wrong", "outdated", "ok", "wrong", "ok", "outdated", "ok", "wrong", "no_basis"]


def workbook(path: Path, *sheets: tuple[str, Sequence[Sequence[object]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def run(file: Path, home: Path, *options: str) -> Result:
    command = ["quiz-check", str(file), "--as-of", "2026-11-01", "--home", str(home), *options]
    return CliRunner().invoke(main, command)


def checked(file: Path, home: Path, *options: str) -> dict[str, Any]:
    result = run(file, home, "--json", *options)
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def read(path: Path, **columns: str) -> Bank:
    return read_bank(path.read_bytes(), path.name, columns)


def keys(bank: Bank) -> list[tuple[str, str]]:
    return [(one.item.kind.value, one.key) for one in bank.items]


def test_every_key_has_a_state_and_its_clause(tmp_path: Path, sample_home: Path) -> None:
    report = checked(workbook(tmp_path / "示例题库.xlsx", ("党建题", (HEAD, *ROWS))), sample_home)
    findings = report["findings"]
    assert [one["state"] for one in findings] == STATES
    assert report["counts"] == {"ok": 4, "wrong": 3, "outdated": 2, "no_basis": 1}
    assert [one["clause"]["label"] for one in findings[:9]] == [
        f"《{RULES}》第十一条",
        f"《{RULES}》第十一条",
        f"《{RULES}》第九条第一款",
        f"《{RULES}》第二十条",
        f"《{RULES}》第二十条",
        f"《{RULES}》第二十条",
        f"《{RULES}》第十五条",
        f"《{RULES}》第十五条",
        f"《{RULES}》第十五条",
    ]
    assert [one["says"] for one in findings[:9]] == ["B", "B", "", "ABD", "ABD", "正确", "错误", "32", "32"]
    assert findings[1]["why"] == "条文写的是 B“每季度”，不是 A“每月”"
    assert findings[4]["why"] == "条文另有 D“议定事项”；条文中没有 C“党费数额”"
    assert findings[6]["why"] == "只合2019年6月18日版；按现行版，题干说“3年”，条文写的是“5年”"
    assert findings[6]["clause"]["quote"] == "记录本保存期限不少于3年。"
    assert findings[6]["now"]["quote"] == "纸质记录保存期限不少于5年。"


def test_a_key_of_an_older_edition_names_it_and_the_clause_in_force(tmp_path: Path, sample_home: Path) -> None:
    finding = checked(workbook(tmp_path / "示例.xlsx", ("题", (HEAD, ROWS[2]))), sample_home)["findings"][0]
    assert (finding["state"], finding["clause"]["edition"], finding["clause"]["status"]) == (
        "outdated", "2019-06-18", "superseded",
    )  # fmt: skip
    assert finding["clause"]["quote"] == "党支部一般每半年安排1次党课，党支部书记每年至少讲1次党课。"
    assert (finding["now"]["edition"], finding["now"]["status"]) == ("2023-05-12", "in_force")
    assert finding["why"].startswith("只见于2019年6月18日版")


def test_a_key_that_the_revision_turned_is_outdated(tmp_path: Path, sample_home: Path) -> None:
    kept = ("判断", "记录本保存期限不少于3年。", "", "", "", "", "正确")
    absent = ("单选", "无正当理由连续（ ）次不参加的，由党支部书记进行批评教育。", "1", "2", "3", "4", "C")
    file = workbook(tmp_path / "示例.xlsx", ("题", (HEAD, kept, absent)))
    findings = checked(file, sample_home)["findings"]
    assert [(one["state"], one["clause"]["label"], one["clause"]["edition"]) for one in findings] == [
        ("outdated", f"《{RULES}》第十五条", "2019-06-18"),
        ("outdated", f"《{RULES}》第十三条", "2019-06-18"),
    ]
    assert findings[0]["now"]["label"] == f"《{RULES}》第二十条"


def test_answers_in_sentences(tmp_path: Path, sample_home: Path) -> None:
    asked = "党支部每年集中学习培训多长时间？"
    right = "党员每年集中学习培训时间不少于32学时，党支部班子成员不少于56学时。"
    rows = [("题型", "题目", "答案"), ("简答", asked, right), ("简答", asked, right.replace("32", "40"))]
    findings = checked(workbook(tmp_path / "示例.xlsx", ("题", rows)), sample_home)["findings"]
    assert [(one["state"], one["clause"]["label"]) for one in findings] == [
        ("ok", f"《{RULES}》第十五条"),
        ("wrong", f"《{RULES}》第十五条"),
    ]
    assert findings[1]["why"] == "答案说“40”，条文写的是“32”"


def test_the_terminal_shows_the_columns_and_the_worst_first(tmp_path: Path, sample_home: Path) -> None:
    result = run(workbook(tmp_path / "示例.xlsx", ("党建题", (HEAD, *ROWS))), sample_home)
    assert "工作表“党建题”：题型＝A列“题型”；题干＝B列“题目”；选项A＝C列“选项A”" in result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == f"〔与条文不符〕第 2 题（工作表“党建题”第 3 行）{LESSONS}"
    assert lines[1] == "    答案 A；条文写的是 B“每季度”，不是 A“每月”"
    assert lines[2].startswith(f"    《{RULES}》第十一条（2023年5月12日）：党支部每季度至少安排1次党课")
    assert lines[-1] == "共核对 10 题：与条文不符 3 题，只合旧版 2 题，未找到依据 1 题，有据 4 题"


def test_the_report_has_a_row_an_item_with_clause_and_colour(tmp_path: Path, sample_home: Path) -> None:
    out = tmp_path / "report.xlsx"
    run(workbook(tmp_path / "示例.xlsx", ("党建题", (HEAD, *ROWS))), sample_home, "--xlsx", str(out))
    book = load_workbook(out)
    sheet = book["核对结果"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows[:3]] == ["有据", "与条文不符", "只合旧版"]
    assert rows[1][3:11] == (
        LESSONS,
        "A. 每月\nB. 每季度\nC. 每半年\nD. 每年",
        "A",
        "B",
        "条文写的是 B“每季度”，不是 A“每月”",
        f"《{RULES}》第十一条（2023年5月12日）",
        "现行有效",
        "党支部每季度至少安排1次党课，每次不少于45分钟，其中集中讲授时间不少于30分钟。",
    )
    assert [sheet.cell(row, 2).fill.fgColor.rgb[2:] for row in (2, 3, 4, 11)] == [
        "C6E0B4",
        "F8CBAD",
        "FFE699",
        "E7E6E6",
    ]
    assert rows[9][7].startswith("最接近的《")
    assert rows[9][8:11] == (None, None, None)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:O11")
    assert book["汇总"]["B4"].value == 3


def as_csv(encoding: str, delimiter: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows([("序号", *HEAD[1:], "出处"), ("1", *ROWS[0][1:], "第十一条")])
        (folder / "示例.csv").write_bytes(out.getvalue().encode(encoding))
        return folder / "示例.csv"

    return write


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ","), ("gb18030", ";"), ("utf-8", "\t"), ("gb18030", "|")]
)
def test_csv_in_customary_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    bank = read(as_csv(encoding, delimiter)(tmp_path))
    assert bank.layouts == (
        "题号＝A列“序号”；题干＝B列“题目”；选项A＝C列“选项A”；选项B＝D列“选项B”；选项C＝E列“选项C”；"
        "选项D＝F列“选项D”；答案＝G列“正确答案”；依据＝H列“出处”",
    )
    assert (bank.items[0].key, bank.items[0].basis, bank.items[0].place) == ("B", "第十一条", "第 2 行")
    assert bank.items[0].item.stem == LESSONS


def test_columns_without_headings_are_seen_by_their_contents(tmp_path: Path) -> None:
    rows = [(str(number), *row) for number, row in enumerate(ROWS, 1)]
    bank = read(workbook(tmp_path / "示例.xlsx", ("题", rows)))
    assert bank.layouts == (
        "工作表“题”：题号＝A列；题型＝B列；题干＝C列；选项A＝D列；选项B＝E列；选项C＝F列；选项D＝G列；答案＝H列",
    )
    assert keys(bank)[3:7] == [("multi", "ABD"), ("multi", "ABC"), ("judge", "正确"), ("judge", "正确")]


def test_options_in_one_cell_key_before_them_and_a_title_line(tmp_path: Path) -> None:
    options = "A.每月 B.每季度 C.每半年 D.每年"
    rows = [
        ("示例县知识竞赛题库", "", ""),
        ("答案", "试题内容（必填）", "备选项"),
        ("B", LESSONS, options),
        ("a、c", LESSONS, "每月|每季度|每半年"),
    ]
    bank = read(workbook(tmp_path / "示例.xlsx", ("题", rows)))
    assert bank.layouts == ("工作表“题”：题干＝B列“试题内容（必填）”；选项＝C列“备选项”；答案＝A列“答案”",)
    assert keys(bank) == [("single", "B"), ("multi", "AC")]
    assert bank.items[0].item.options == tuple(zip("ABCD", OFTEN, strict=True))
    assert [one.place for one in bank.items] == ["工作表“题”第 3 行", "工作表“题”第 4 行"]


def test_one_heading_over_several_columns_of_options(tmp_path: Path) -> None:
    rows = [("题干", "选项", "", "", "", "答案"), ("", "A", "B", "C", "D", ""), (LESSONS, *OFTEN, "B")]
    file = workbook(tmp_path / "示例.xlsx", ("题", rows))
    bank = read(file.rename(tmp_path / "示例.xls"))  # named wrongly, as some systems do
    assert (
        bank.layouts[0]
        == "工作表“题”：题干＝A列“题干”；选项A＝B列“选项”；选项B＝C列；选项C＝D列；选项D＝E列；答案＝F列“答案”"
    )
    assert bank.items[0].item.options == tuple(zip("ABCD", OFTEN, strict=True))
    assert bank.unread == ("工作表“题”第 2 行：没有题干",)


def test_options_under_unknown_headings_are_found_where_keys_are_letters(tmp_path: Path) -> None:
    rows = [("题目", "一", "二", "三", "标准答案", "难度"), (LESSONS, "每月", "每季度", "每半年", "B", "易")]
    bank = read(workbook(tmp_path / "示例.xlsx", ("题", rows)))
    assert bank.layouts[0].startswith(
        "工作表“题”：题干＝A列“题目”；选项A＝B列“一”；选项B＝C列“二”；选项C＝D列“三”；答案＝E列"
    )
    assert bank.items[0].item.options == (("A", "每月"), ("B", "每季度"), ("C", "每半年"))


def test_the_guess_is_put_right_by_letter_or_heading(tmp_path: Path, sample_home: Path) -> None:
    rows = [("题目", "别名", "对应字母", "甲", "乙"), ("示例一", LESSONS, "B", "每月", "每季度")]
    file = workbook(tmp_path / "示例.xlsx", ("题", rows))
    told = ("题干=B", "答案=对应字母", "选项A=D", "选项B=乙")
    report = checked(file, sample_home, *(part for one in told for part in ("--column", one)))
    assert report["columns"] == ["工作表“题”：题干＝B列“别名”；选项A＝D列“甲”；选项B＝E列“乙”；答案＝C列“对应字母”"]
    assert [(one["stem"], one["key"], one["state"]) for one in report["findings"]] == [(LESSONS, "B", "ok")]
    seen = run(file, sample_home, "--columns-only", *(part for one in told for part in ("--column", one)))
    assert seen.stdout.splitlines() == [*report["columns"], "共读出 1 题"]


@pytest.mark.parametrize(
    ("written", "key"),
    [("对", "正确"), ("√", "正确"), ("T", "正确"), ("A", "正确"), ("正确", "正确"), (True, "正确"),
     ("错", "错误"), ("×", "错误"), ("F", "错误"), ("B", "错误"), ("错误", "错误"), (False, "错误")],
)  # fmt: skip
def test_judgements_in_any_customary_form(tmp_path: Path, written: object, key: str) -> None:
    rows = [("题型", "题干", "答案"), ("判断题", "纸质记录保存期限不少于5年。", written)]
    assert keys(read(workbook(tmp_path / "示例.xlsx", ("题", rows)))) == [("judge", key)]


def test_a_statement_with_true_and_false_for_options_is_judged(tmp_path: Path) -> None:
    rows = [("题干", "A", "B", "答案"), ("纸质记录保存期限不少于5年。", "错误", "正确", "B")]
    assert keys(read(workbook(tmp_path / "示例.xlsx", ("题", rows)))) == [("judge", "正确")]


def test_sheets_that_are_no_bank_and_rows_that_are_no_items_are_told(tmp_path: Path, sample_home: Path) -> None:
    beyond = ("单选", LESSONS, *OFTEN, "E")
    file = workbook(
        tmp_path / "示例.xlsx",
        ("说明", [("本表由示例县编写",)]),
        ("题", [HEAD, ROWS[0], beyond, ("单选", FORMER, *OFTEN, "")]),
    )
    report = checked(file, sample_home)
    assert [one["place"] for one in report["findings"]] == ["工作表“题”第 2 行"]
    assert report["unread"] == [
        "工作表“说明”没有认出题干和答案，未读",
        "工作表“题”第 3 行：答案 E 不在选项 A、B、C、D 之中",
        "工作表“题”第 4 行：没有答案",
    ]


def paper(path: Path, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def test_a_paper_with_sections_options_and_keys(tmp_path: Path, sample_home: Path) -> None:
    file = paper(
        tmp_path / "示例.docx",
        "示例县党建知识测试", "一、单项选择题（每题2分）",
        f"1. {LESSONS}", "A. 每月  B. 每季度", "C. 每半年  D. 每年", "答案：A", "解析：见实施细则第十一条。",
        f"2、{LESSONS.replace('（ ）', '（B）')}", "A、每月", "B、每季度",
        "二、多项选择题", f"1. {RECORDED}", "A．会议时间 B．缺席原因 C．党费数额 D．议定事项", "【答案】ABD",
        "三、判断题", "1. 每次会议和党课应当提前3日将时间、地点和内容通知党员。（×）",
        "四、填空题", "1. 党员每年集中学习培训时间不少于____学时，党支部班子成员不少于56学时。", "答案：32；依据：第十五条",
    )  # fmt: skip
    findings = checked(file, sample_home)["findings"]
    assert [(one["kind"], one["key"], one["state"]) for one in findings] == [
        ("single", "A", "wrong"), ("single", "B", "ok"), ("multi", "ABD", "ok"), ("judge", "错误", "wrong"), ("fill", "32", "ok"),
    ]  # fmt: skip
    assert [one["place"] for one in findings[:2]] == ["第 3 段第 1 题", "第 8 段第 2 题"]
    bank = read(file)
    assert [bank.items[0].basis, bank.items[4].basis] == ["见实施细则第十一条。", "第十五条"]


def test_options_that_speak_of_choosing_are_no_headings(tmp_path: Path) -> None:
    file = paper(
        tmp_path / "示例.docx", "1. 选举时（ ）。", "（A）选择他人", "（B）判断人选", "（C）弃权", "答案：（C）"
    )
    assert [(one.item.options, one.key) for one in read(file).items] == [
        ((("A", "选择他人"), ("B", "判断人选"), ("C", "弃权")), "C")
    ]


def test_a_paper_with_its_keys_at_the_end(tmp_path: Path) -> None:
    file = paper(
        tmp_path / "示例.docx",
        "一、单选题", f"1. {LESSONS}", "A. 每月 B. 每季度", f"2. {FORMER}", "A. 每月 B. 每半年",
        "二、判断题", "1. 纸质记录保存期限不少于5年。", "2. 纸质记录保存期限不少于3年。",
        "参考答案", "一、单选题", "1-2 BB", "二、判断题", "1. √ 2. ×",
    )  # fmt: skip
    assert keys(read(file)) == [("single", "B"), ("single", "B"), ("judge", "正确"), ("judge", "错误")]


def test_a_table_in_a_paper(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=0, cols=3)
    for row in (("题干", "选项", "答案"), (LESSONS, "A.每月 B.每季度", "B")):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(tmp_path / "示例.docx"))
    bank = read(tmp_path / "示例.docx")
    assert (keys(bank), bank.layouts) == (
        [("single", "B")],
        ("第 1 段的表格：题干＝A列“题干”；选项＝B列“选项”；答案＝C列“答案”",),
    )


def test_json_of_the_exam_of_a_quiz_and_with_native_names(tmp_path: Path, sample_home: Path) -> None:
    quiz = CliRunner().invoke(
        main, ["quiz", RULES, "-n", "5", "--json", "--as-of", "2026-11-01", "--home", str(sample_home)]
    )
    (tmp_path / "quiz.json").write_text(quiz.stdout, "utf-8")
    assert [one["state"] for one in checked(tmp_path / "quiz.json", sample_home)["findings"]] == ["ok"] * 5
    native = [
        {"题干": LESSONS, "选项": {"A": "每月", "B": "每季度"}, "答案": "B"},
        {"题干": "保存期限不少于5年。", "选项": {}, "答案": "×"},
    ]
    (tmp_path / "native.json").write_text(json.dumps(native, ensure_ascii=False), "utf-8")
    bank = read(tmp_path / "native.json")
    assert (keys(bank), bank.layouts) == (
        [("single", "B"), ("judge", "错误")],
        ("题干＝“题干”；选项＝“选项”；答案＝“答案”",),
    )


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("坏.xlsx", b"PK\x03\x04broken", "坏.xlsx 不是能读的 Excel 工作簿"),
        ("旧.xls", b"\xd0\xcf\x11\xe0rest", "旧.xls 是旧格式的 Excel 文件（xls）；请用 Excel 或 WPS 打开后另存为 xlsx"),
        ("空.csv", b"", "空.csv 是空的"),
        (
            "无.csv",
            "姓名,单位\n甲,乙\n".encode(),
            "认不出哪一列是题干、哪一列是答案（首行是：姓名、单位）；请用 --column",
        ),
        ("坏.json", b"{", "坏.json 第 1 行不是试题"),
        ("坏.jsonl", b'{"stem": "x", "answer": "y"}\n{"stem": 1}\n', "坏.jsonl 第 2 行不是试题"),
        ("散文.txt", "本县党员认真学习。".encode(), "散文.txt 中没有读出试题"),
    ],
)
def test_bad_input_names_file_place_and_cure(
    tmp_path: Path, sample_home: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    result = run(tmp_path / name, sample_home)
    assert (result.exit_code, message in result.stderr) == (1, True), result.stderr


def test_a_bank_without_keys_and_a_wrong_column_are_refused(tmp_path: Path, sample_home: Path) -> None:
    file = workbook(tmp_path / "示例.xlsx", ("题", [("题干", "备注"), (LESSONS, "")]))
    assert "没有一题有答案；请用 --column 答案=列" in run(file, sample_home).stderr
    assert "没有“答桉”这一栏；可指定的有：题号、题型" in run(file, sample_home, "--column", "答桉=B").stderr
    assert "列应写成 栏=列" in run(file, sample_home, "--column", "题干").stderr
    with pytest.raises(InputError, match="没有“丙”这一列"):
        read(file, 答案="丙")


def test_a_workbook_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    plain = workbook(tmp_path / "小.xlsx", ("题库", [HEAD, ROWS[0]]))
    bomb = tmp_path / "题库.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            padding = b" " * 20_000_000 if part == "xl/worksheets/sheet1.xml" else b""
            target.writestr(part, source.read(part) + padding)
    with pytest.raises(InputError, match=r"题库\.xlsx：xl/worksheets/sheet1\.xml 解压后过大（20 MB）"):
        read_bank(bomb.read_bytes(), bomb.name)


def test_a_table_with_a_quotation_mark_that_never_closes_is_told(tmp_path: Path) -> None:
    table = '题干,答案\n"党课每次不少于45分钟,对\n' + "党支部每季度至少安排1次党课,对\n" * 9_000
    with pytest.raises(InputError, match="英文引号没有成对"):
        read_bank(table.encode(), "题库.csv")


def test_a_paper_whose_statements_begin_with_the_bracket(tmp_path: Path) -> None:
    lines = (
        "一、判断题",
        "（　　）1. 纸质记录保存期限不少于5年。",
        "（×）2．纸质记录保存期限不少于3年。",
        "参考答案",
        "1. 正确",
    )
    bank = read_bank("\n".join(lines).encode(), "试卷.txt")
    assert [(one.item.stem, one.key) for one in bank.items] == [
        ("纸质记录保存期限不少于5年。（　　）", "正确"),
        ("纸质记录保存期限不少于3年。（ ）", "错误"),
    ]


def test_the_paper_that_a_quiz_makes_is_read_whole(tmp_path: Path, sample_home: Path) -> None:
    paper = tmp_path / "试卷.docx"
    made = CliRunner().invoke(main, ["quiz", RULES, "-n", "20", "--docx", str(paper), "--home", str(sample_home)])
    assert made.exit_code == 0, made.output
    bank = read_bank(paper.read_bytes(), paper.name)
    assert ([one.item.id for one in bank.items], bank.unread) == ([str(number) for number in range(1, 21)], ())


def test_rows_that_a_format_alone_makes_do_not_count(tmp_path: Path) -> None:
    path = workbook(tmp_path / "题库.xlsx", ("题库", [HEAD, ROWS[0]]))
    book = load_workbook(path)
    book.worksheets[0].cell(60_000, 1).number_format = "@"
    book.worksheets[0].cell(59_000, 1).value = " "
    for number in range(3, 51_000):
        book.worksheets[0].cell(number, 1).number_format = "@"
    book.save(path)
    assert [one.item.stem for one in read_bank(path.read_bytes(), path.name).items] == [LESSONS]


def test_a_table_of_more_rows_than_any_bank_is_refused() -> None:
    with pytest.raises(InputError, match=r"题库\.csv 超过 50000 行"):
        read_bank(("题干,答案\n" + "党课,对\n" * 50_000).encode(), "题库.csv")
