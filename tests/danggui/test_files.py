"""Files that a user names: where one cannot be read or written, the user is told so in Chinese."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.errors import InputError
from danggui.cli import main
from danggui.files import read

LESSONS = "示例县党支部“三会一课”实施细则"
ITEM = {"question": "党支部多久安排一次党课？", "options": {"A": "每季度", "B": "每年"}, "answer": "A"}
COMMANDS = {
    ("quiz", LESSONS, "-n", "2"): ("--out", "--docx", "--xlsx", "--csv"),
    ("lesson", LESSONS, "--minutes", "30"): ("--docx", "--pptx", "--md"),
    ("duties", LESSONS): ("--ics", "--xlsx"),
    ("diff", LESSONS): ("--html", "--docx"),
    ("check", "草案.txt"): ("--html", "--docx"),
    ("quiz-check", "题库.jsonl"): ("--xlsx",),
    ("graph",): ("--out",),
    ("eval", "exam", "题库.jsonl"): ("--predictions",),
    ("eval", "quiz", "-n", "2", "--regulations", "1"): ("--out",),
}
CASES = [
    pytest.param(command, option, id=" ".join(("".join(command[:1]), option)))
    for command, options in COMMANDS.items()
    for option in options
]


@pytest.mark.parametrize(("command", "option"), CASES)
def test_a_place_that_cannot_be_written_is_told(
    command: tuple[str, ...], option: str, sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("草案.txt").write_text(f"示例县办法\n第一条　依照《{LESSONS}》第一条办理。\n", encoding="utf-8")
    Path("题库.jsonl").write_text(json.dumps(ITEM, ensure_ascii=False) + "\n", encoding="utf-8")
    place = Path("没有") / "文件.json"
    result = CliRunner().invoke(main, [*command, option, str(place), "--home", str(sample_home)])
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == f"错误：写不了 {place}（没有这个文件夹）；请换一个位置"
    assert not place.exists()


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"无法读取 .*没有\.txt（没有这个文件）"):
        read(tmp_path / "没有.txt")
    with pytest.raises(InputError, match="那是一个文件夹"):
        read(tmp_path)
