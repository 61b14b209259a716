"""`danggui quiz-status`: which items of a saved quiz time has overtaken, and why (试题是否过时)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danggui.options import as_json_option, as_of_option, dumps, existing_file, home_option

if TYPE_CHECKING:
    from answer.quiz.status import Standing


@click.command("quiz-status")
@click.argument("file", type=existing_file)
@as_of_option
@home_option
@as_json_option
def quiz_status(file: Path, on: date | None, home: Path, as_json: bool) -> None:
    """逐题查看 danggui quiz --out 存下的试题是否过时、为什么；有过时的，退出码为 1。"""
    from answer.quiz.status import standings
    from danggui.base import KnowledgeBase
    from danggui.quiz_files import read_quiz

    items = read_quiz(file)
    with KnowledgeBase(home) as base:
        found = standings(items, base.lookup, on or date.today())
    stale = [one for one in found if one.is_stale]
    report = {"items": [one.to_json() for one in found], "stale": len(stale)}
    click.echo(dumps(report) if as_json else "\n".join(_lines(found)))
    sys.exit(1 if stale else 0)


def _lines(found: Sequence[Standing]) -> Iterator[str]:
    for number, one in enumerate(found, 1):
        if one.is_stale:
            yield f"{number}. {one.item.stem}\n   答案：{one.item.key}\n   {one.message}"
    yield f"共 {len(found)} 题，过时 {sum(one.is_stale for one in found)} 题"
