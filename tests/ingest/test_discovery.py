"""Which files a run takes, and what it says of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import InputError
from ingest.discovery import discover, readable


def touch(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def names(*paths: Path) -> list[str]:
    return [file.name for file in discover(paths).files]


def test_documents_are_taken_recursively_and_others_set_aside(tmp_path: Path) -> None:
    touch(tmp_path, "乙.txt", "甲/丙.docx", "无扩展名", "图.png", "readme办法.txt", "__补充.txt", "__私/丁.md")
    touch(tmp_path, "README", "README.zh.md", "LICENSE-2.0.txt", "甲/manifest.tsv", ".隐藏.txt", "~$乙.docx")
    touch(tmp_path, ".git/objects/ab/cd", "__pycache__/x.txt", "数据.csv", "甲/问题.JSONL", "生成.py")
    found = discover([tmp_path])
    assert [file.name for file in found.files] == [
        "__私/丁.md", "__补充.txt", "readme办法.txt", "乙.txt", "图.png", "无扩展名", "甲/丙.docx",
    ]  # fmt: skip
    assert found.left_out == ("数据.csv", "生成.py", "甲/问题.JSONL")
    assert found.manifests == (tmp_path / "甲" / "manifest.tsv",)


def test_a_path_named_outright_is_always_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, ".隐藏/甲.txt", ".乙.txt", "数据.csv", "下级/丙.txt")
    assert names(tmp_path / ".隐藏", tmp_path / ".乙.txt", tmp_path / "数据.csv") == ["甲.txt", ".乙.txt", "数据.csv"]
    monkeypatch.chdir(tmp_path / "下级")
    assert names(Path("..")) == ["下级/丙.txt"]
    assert names(Path()) == ["丙.txt"]


def test_links_that_lead_nowhere_or_elsewhere_are_named(tmp_path: Path) -> None:
    touch(tmp_path, "别处/甲.txt", "夹/乙.txt")
    (tmp_path / "夹" / "断.txt").symlink_to("没有.txt")
    (tmp_path / "夹" / "外").symlink_to(tmp_path / "别处")
    (tmp_path / "夹" / "绕").symlink_to(tmp_path / "夹")
    assert names(tmp_path / "夹") == ["乙.txt", "外", "断.txt", "绕"]


def test_empty_folders_are_told(tmp_path: Path) -> None:
    touch(tmp_path, "空/数据.csv", "满/甲.txt")
    assert discover([tmp_path / "空", tmp_path / "满"]).empty == (tmp_path / "空",)
    with pytest.raises(InputError, match="没有这个文件或文件夹"):
        discover([tmp_path / "无"])


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("示例县办法.txt".encode(), "示例县办法.txt"),
        ("示例县办法.txt".encode("gbk"), "示例县办法.txt"),
        (b"\xff\xfe.txt", "\ufffd\ufffd.txt"),
    ],
    ids=["utf-8", "gbk", "no text"],
)
def test_names_become_readable(name: bytes, read: str) -> None:
    assert readable(os.fsdecode(name)) == read
