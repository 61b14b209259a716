"""`danggui glossary`: terms with their definitions (术语表)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danggui.options import as_json_option, as_of_option, dumps, home_option

if TYPE_CHECKING:
    from answer.lesson.terms import Term


@click.command()
@click.argument("topic", required=False, default="")
@click.option("--short-names", is_flag=True, help="连同条文里的简称（以下简称……）一并列出。")
@as_of_option
@home_option
@as_json_option
def glossary(topic: str, short_names: bool, on: date | None, home: Path, as_json: bool) -> None:
    """列出术语和数字简称（如“三会一课”）的定义与出处；不写主题时列全库的。"""
    from danggui.base import KnowledgeBase
    from danggui.glossaries import glossary_of, to_json

    day = on or date.today()
    with KnowledgeBase(home) as base:
        found = glossary_of(base, topic, day, short_names=short_names)
    click.echo(dumps(to_json(topic, day, found)) if as_json else "\n".join(_lines(found)))


def _lines(found: Sequence[Term]) -> Iterator[str]:
    for one in found:
        said = f"（{one.origin}）" if one.origin else ""
        yield f"{one.name}：{' '.join(one.meaning.split()) or '（库中没有解释）'}{said}"
        yield f"    {'用于' if one.origin or not one.meaning else ''}{one.source.label}"
    yield f"共 {len(found)} 个"
