"""Conversations are kept for all worker processes, each for its owner alone."""

from __future__ import annotations

from pathlib import Path

from api.conversations import FILE_NAME, Conversations


def test_the_last_question_is_kept_for_every_process(tmp_path: Path) -> None:
    one, other = Conversations(tmp_path), Conversations(tmp_path)
    one.keep("c1", "党费怎么交？", "key-a")
    one.keep("c1", "党费由谁收？", "key-a")
    assert other.last("c1", "key-a") == "党费由谁收？"
    assert other.last("c2", "key-a") == other.last("c1", "key-b") == ""


def test_only_the_owner_of_the_machine_account_may_read_the_file(tmp_path: Path) -> None:
    Conversations(tmp_path).keep("c1", "党费怎么交？")
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
