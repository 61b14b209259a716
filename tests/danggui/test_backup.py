"""A base put into one file and taken out again is the same base; what is there already is never overwritten."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.store import Store
from danggui.cli import main

RULES = "《示例县党务公开实施细则》第五条第一款"


def run(home: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments), "--home", str(home)])


def test_a_base_comes_back_as_it_was(own_home: Path, tmp_path: Path) -> None:
    assert run(own_home, "watch", "add", "党务公开实施细则").exit_code == 0
    dated = "示例县党务公开实施细则@2022-03-18"
    assert run(own_home, "dates", "set", dated, "effective", "2022-05-01", "--by", "法规科").exit_code == 0
    saved = run(own_home, "backup", tmp_path / "库.backup")
    assert (saved.exit_code, saved.stdout) == (0, f"已备份到 {tmp_path / '库.backup'}：16 个版本\n")
    other = tmp_path / "other"
    restored = run(other, "restore", tmp_path / "库.backup")
    assert (restored.exit_code, restored.stdout) == (0, f"已恢复到 {other}：16 个版本\n")
    with Store.open(own_home) as ours, Store.open(other) as theirs:
        assert theirs.digest() == ours.digest()
        assert theirs.verify() == []
        assert theirs.info(dated).metadata.effective == "2022-05-01"
    for command in (("show", RULES), ("watch", "list"), ("search", "党课多久一次")):
        assert run(other, *command, "--json").stdout == run(own_home, *command, "--json").stdout
    assert run(other, "verify").exit_code == 0


def test_nothing_is_overwritten(own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "库.backup"
    assert run(own_home, "backup", file).exit_code == 0
    before = file.read_bytes()
    again = run(own_home, "backup", file)
    assert (again.exit_code, "已有文件" in again.stderr, file.read_bytes() == before) == (1, True, True)
    onto = run(own_home, "restore", file)
    assert (onto.exit_code, "里已有danggui.db，没有恢复" in onto.stderr) == (1, True)
    settings = tmp_path / "半途"
    settings.mkdir()
    (settings / "danggui.toml").write_text("", "utf-8")
    assert "里已有danggui.toml" in run(settings, "restore", file).stderr
    assert run(tmp_path / "无", "backup", tmp_path / "空.backup").exit_code == 1
    assert not (tmp_path / "空.backup").exists()


@pytest.mark.parametrize("fault", ["changed", "cut", "escape", "other"])
def test_what_is_no_whole_backup_leaves_nothing(own_home: Path, tmp_path: Path, fault: str) -> None:
    file, bad, home = tmp_path / "库.backup", tmp_path / "坏.backup", tmp_path / "other"
    run(own_home, "backup", file)
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if fault == "changed" and name == "danggui.db":
                content = content[:-1] + bytes([content[-1] ^ 1])
            if fault == "escape" and name == "danggui-backup.json":
                listed = json.loads(content)
                content = json.dumps({**listed, "files": {**listed["files"], "../外.txt": "0"}}).encode()
            target.writestr(name, content)
    if fault == "cut":
        bad.write_bytes(bad.read_bytes()[:-200])
    if fault == "other":
        bad.write_text("不是压缩包", "utf-8")
    refused = run(home, "restore", bad)
    assert (refused.exit_code, "不是完好的知识库备份" in refused.stderr) == (1, True)
    assert list(home.iterdir()) == []
    assert not (tmp_path / "外.txt").exists()
