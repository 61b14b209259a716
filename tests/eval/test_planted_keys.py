"""Keys made wrong in a small bank on the samples: which are found, which of the others are flagged."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from answer.bank.items import Keyed, keyed
from answer.items import ItemKind
from danggui.cli import main
from eval.planted_keys import wrong_key

BANK: tuple[dict[str, Any], ...] = (
    {
        "type": "single",
        "stem": "党支部（ ）至少安排1次党课，每次不少于45分钟。",
        "options": {"A": "每月", "B": "每季度"},
        "answer": "B",
    },
    {"type": "judge", "stem": "党员每年集中学习培训时间不少于32学时。", "answer": "正确"},
    {"type": "fill", "stem": "党支部班子成员不少于（ ）学时。", "answer": "56"},
    {
        "type": "multi",
        "stem": "党支部应当在会后3日内将（ ）等如实记入《党支部工作手册》。",
        "options": {"A": "会议时间", "B": "缺席原因", "C": "党费数额", "D": "议定事项"},
        "answer": "ABD",
    },
    {"type": "short", "stem": "党课多久一次？", "answer": "党支部每季度至少安排1次党课，每次不少于45分钟。"},
)


def figures(home: Path, file: Path, *options: str) -> dict[str, Any]:
    file.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in BANK), "utf-8")
    command = ["eval", "quiz-check", str(file), "--as-of", "2026-11-01", "--home", str(home), "--json", *options]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_every_key_made_wrong_is_found(sample_home: Path, tmp_path: Path) -> None:
    report = figures(sample_home, tmp_path / "bank.jsonl", "--share", "1")
    assert report["kinds"] == {
        "single": {"planted": 1, "found": 1, "rest": 0, "flagged": 0},
        "multi": {"planted": 1, "found": 1, "rest": 0, "flagged": 0},
        "judge": {"planted": 1, "found": 1, "rest": 0, "flagged": 0},
        "fill": {"planted": 1, "found": 1, "rest": 0, "flagged": 0},
        "short": {"planted": 0, "found": 0, "rest": 1, "flagged": 0},
    }
    assert (report["planted_found"], report["missed"]) == (1.0, [])


def test_right_keys_are_left_alone_and_draws_add_up(sample_home: Path, tmp_path: Path) -> None:
    report = figures(sample_home, tmp_path / "bank.jsonl", "--share", "0", "--seeds", "3")
    assert report["rest_states"] == {"ok": 15, "wrong": 0, "outdated": 0, "no_basis": 0}
    assert (report["rest_flagged"], report["flags_on_rest"]) == (0.0, [])


def test_wrong_keys_are_of_the_same_form() -> None:
    def made(kind: ItemKind, key: str, *others: Keyed) -> str:
        options = (
            tuple(zip("ABC", ("甲", "乙", "丙"), strict=True)) if kind in (ItemKind.SINGLE, ItemKind.MULTI) else ()
        )
        item = keyed("1", "示例（ ）", key, options, kind)
        return wrong_key(item, (item, *others), random.Random(1))

    assert made(ItemKind.SINGLE, "A") in ("B", "C")
    assert made(ItemKind.MULTI, "AB") in ("A", "B", "ABC")
    assert made(ItemKind.JUDGE, "对") == "错误"
    assert made(ItemKind.FILL, "三个月") in ("四个月", "五个月", "六个月")
    assert made(ItemKind.FILL, "党员大会", keyed("2", "示例（ ）", "支部委员会")) == "支部委员会"
    assert made(ItemKind.SHORT, "每季度一次。") == ""
