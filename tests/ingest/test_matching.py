"""A manifest's line finds its file, no other, and says when it finds none."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ingest.discovery import discover
from ingest.matching import Matched, given_rows, own_rows


def put(folder: Path, **manifests: dict[str, str]) -> None:
    """Write a manifest, file to title, into each folder named (a_b stands for a/b), and make every file there is."""
    for name, rows in manifests.items():
        path = folder / name.replace("_", "/") / "manifest.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["file\ttitle", *("\t".join(row) for row in rows.items())]), encoding="utf-8")
    for name in ("A/x.txt", "A/s/x.txt", "B/x.txt", "B/y.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def titles(folder: Path, matched: Matched) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): row.title for path, row in matched.rows.items()}


def test_each_folder_has_its_own(tmp_path: Path) -> None:
    put(tmp_path, A={"x.txt": "甲规定"}, B={"x.txt": "乙规定"})
    expected = {"A/x.txt": "甲规定", "B/x.txt": "乙规定"}
    assert titles(tmp_path, own_rows(discover([tmp_path / "A", tmp_path / "B"]))) == expected
    assert titles(tmp_path, own_rows(discover([tmp_path]))) == expected
    outright = discover([tmp_path / "A" / "x.txt", tmp_path / "A" / "manifest.tsv"])  # A/* as the shell writes it
    assert titles(tmp_path, own_rows(outright)) == {"A/x.txt": "甲规定"}


def test_the_nearest_manifest_counts(tmp_path: Path) -> None:
    put(tmp_path, A={"x.txt": "近"})
    (tmp_path / "manifest.tsv").write_text("file\ttitle\nA/x.txt\t远\nA\\s\\x.txt\t下级\n./B/x.txt\t乙\n", "utf-8")
    assert titles(tmp_path, own_rows(discover([tmp_path]))) == {"A/x.txt": "近", "A/s/x.txt": "下级", "B/x.txt": "乙"}


def test_lines_without_a_file_are_told(tmp_path: Path) -> None:
    put(tmp_path, A={"x.txt": "甲", "无.txt": "丙", "y.txt": "丁"})
    (note,) = own_rows(discover([tmp_path])).notes
    assert note == f"清单 {tmp_path / 'A' / 'manifest.tsv'} 中有 2 行没有对应的文件：y.txt、无.txt"


@pytest.mark.parametrize(
    ("rows", "expected", "note"),
    [
        pytest.param({"y.txt": "乙"}, {"B/y.txt": "乙"}, "", id="bare name"),
        pytest.param({"s/x.txt": "丙"}, {"A/s/x.txt": "丙"}, "", id="below the folder given"),
        pytest.param({"A/x.txt": "甲", "B/x.txt": "乙"}, {"A/x.txt": "甲", "B/x.txt": "乙"}, "", id="below its own"),
        pytest.param({"x.txt": "甲"}, {}, "“x.txt”可能是几个文件", id="several files"),
        pytest.param({"z.txt": "甲"}, {}, "有 1 行没有对应的文件：z.txt", id="no file"),
    ],
)
def test_a_manifest_named_outright(tmp_path: Path, rows: dict[str, str], expected: dict[str, str], note: str) -> None:
    put(tmp_path)
    manifest = tmp_path / "清单.tsv"
    manifest.write_text("\n".join(["file\ttitle", *("\t".join(row) for row in rows.items())]), encoding="utf-8")
    matched = given_rows(discover([tmp_path / "A", tmp_path / "B"]), manifest)
    assert titles(tmp_path, matched) == expected
    assert note in "".join(matched.notes)
    assert bool(note) == bool(matched.notes)


def test_names_match_whatever_their_unicode_form(tmp_path: Path) -> None:
    name = "Ⅱ期é.txt"
    (tmp_path / unicodedata.normalize("NFD", name)).touch()
    (tmp_path / "manifest.tsv").write_text(f"file\ttitle\n{unicodedata.normalize('NFC', name)}\t甲\n", "utf-8")
    assert [row.title for row in own_rows(discover([tmp_path])).rows.values()] == ["甲"]
