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
]
UNMARKED = [
    "保守党的秘密，对党忠诚，积极工作。",
    "机密级",
    "内部监督",
    "内部公开",
    "第三条 秘密文件由专人管理。",
    "（一）泄露国家秘密、工作秘密的；",
    "涉密公文应当根据涉密程度分别标注“绝密”“机密”“秘密”和保密期限。",
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
