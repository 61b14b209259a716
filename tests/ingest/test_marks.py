"""Secrecy marks stop a file; the same words in a sentence do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import Block, BlockKind, Document
from ingest.marks import secrecy_mark
from ingest.readers import read

MARKED = [
    ("秘密★1年", "秘密★1年"),
    ("机密 ★ 长期", "机密★长期"),
    ("绝密★", "绝密★"),
    ("机 密", "机密"),
    ("秘密 10年", "秘密10年"),
    ("000012 机密★1年 特急", "机密★1年"),
    ("密级：秘密", "秘密"),
    ("内部", "内部"),
    ("内部文件", "内部文件"),
    ("内部资料 注意保存", "内部资料注意保存"),
    ("内部资料，注意保存", "内部资料，注意保存"),
    ("【内部资料 严禁外传】", "内部资料严禁外传"),
    ("内部参考", "内部参考"),
    ("仅供内部使用", "仅供内部使用"),
    ("仅限内部学习使用", "仅限内部学习使用"),
    ("机密▲长期", "机密▲长期"),
    ("秘密级", "秘密级"),
    ("机密级★10年", "机密级★10年"),
    ("特急 机密", "机密"),
    ("工作秘密", "工作秘密"),
    ("工作秘密★3年", "工作秘密★3年"),
    ("不公开", "不公开"),
    ("公开属性：不予公开", "公开属性：不予公开"),
    ("（此件不公开）", "此件不公开"),
]
UNMARKED = [
    "保守党的秘密，对党忠诚，积极工作。",
    "内部监督",
    "内部公开",
    "主动公开",
    "公开属性：主动公开",
    "不公开的除外",
    "保守工作秘密",
    "第三条 秘密文件由专人管理。",
    "（一）泄露国家秘密、工作秘密的；",
    "涉密公文应当根据涉密程度分别标注“绝密”“机密”“秘密”和保密期限。",
]


LISTED = [
    pytest.param(("示例县保密工作办法", "绝密", "机密", "秘密"), id="title speaks of secrecy"),
    pytest.param(("示例县定密事项一览表（试行）", "工作秘密"), id="title of a table of secrets"),
    pytest.param(("示例县办文规则", "密级分为：", "绝密", "机密"), id="behind a colon"),
    pytest.param(("示例县办文规则", "第一条 密级标志", "机密"), id="behind an article"),
    pytest.param(("示例县办文规则", "一、密级", "秘密级"), id="behind a number"),
    pytest.param(("示例县办文规则", "公开方式有：", "主动公开", "不公开"), id="kinds of publicity"),
    pytest.param(("示例县保密规定", "保密期限", "绝密 30年", "机密 20年"), id="periods"),
]
LETTERHEADS = [
    pytest.param(("密级：", "机密", "示例县保密工作办法"), id="label above"),
    pytest.param(("编号：12", "机密", "通知"), id="number above"),
    pytest.param(("中共示例县委保密委员会办公室文件", "机密", "通知"), id="issuer that keeps secrets"),
]


def document(*lines: str, margins: tuple[str, ...] = ()) -> Document:
    return Document(tuple(map(Block, lines)), "docx", margins=margins)


@pytest.mark.parametrize(("line", "mark"), MARKED, ids=[line for line, _ in MARKED])
def test_marks_near_the_top_or_in_the_header(line: str, mark: str) -> None:
    assert secrecy_mark(document(line, "办法")) == mark
    assert secrecy_mark(document("办法", "正文。", margins=(line,))) == mark


@pytest.mark.parametrize("line", UNMARKED)
def test_words_in_running_text_are_no_marks(line: str) -> None:
    assert secrecy_mark(document("办法", line)) == ""


@pytest.mark.parametrize("lines", LISTED)
def test_a_class_in_a_list_is_no_mark(lines: tuple[str, ...]) -> None:
    assert secrecy_mark(document(*lines)) == ""


@pytest.mark.parametrize("lines", LETTERHEADS)
def test_a_class_in_a_letterhead_is_a_mark(lines: tuple[str, ...]) -> None:
    assert secrecy_mark(document(*lines)) == "机密"


def test_a_word_alone_counts_near_the_top_only() -> None:
    body = ["正文。"] * 20
    assert secrecy_mark(document(*body, "秘密")) == ""
    assert secrecy_mark(document(*body, "秘密★1年")) == "秘密★1年"


def test_letterhead_set_as_a_table() -> None:
    table = Block("000012 | 机密★1年\n| 特急", BlockKind.TABLE)
    assert secrecy_mark(Document((table, Block("通知")), "docx")) == "机密★1年"


@pytest.mark.parametrize("folder", ["regs", "local", "seed", pytest.param("legal-dc", marks=pytest.mark.slow)])
def test_no_false_alarm_on_public_texts(shared: Callable[[str], Path], folder: str) -> None:
    files = [file for file in sorted(shared(f"corpus/{folder}").iterdir()) if file.suffix in (".txt", ".docx")]
    assert files
    assert [file.name for file in files if secrecy_mark(read(file.read_bytes(), file.name))] == []
