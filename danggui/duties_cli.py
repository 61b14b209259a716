"""`danggui duties`: who must do what and when, as a table or a calendar (职责清单、履职日历)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danggui.options import as_json_option, as_of_option, dumps, home_option, new_file

if TYPE_CHECKING:
    from answer.lesson.duties import Duty


@click.command()
@click.argument("topic", required=False, default="")
@click.option("--organ", default="", help="只要这一主体的，如 党支部、党委（党组）、纪委、党员。")
@click.option("--region", default="", help="地方文件只取这一地域的，如 示例县。")
@click.option("--calendar", "periodic_only", is_flag=True, help="只要定期履行的，按周期排列。")
@click.option("--ics", type=new_file, help="定期履行的写成日历文件（.ics），可导入日历软件。")
@click.option("--xlsx", type=new_file, help="清单写到这个 Excel 文件。")
@as_of_option
@home_option
@as_json_option
def duties(
    topic: str,
    organ: str,
    region: str,
    periodic_only: bool,
    ics: Path | None,
    xlsx: Path | None,
    on: date | None,
    home: Path,
    as_json: bool,
) -> None:
    """列出一部法规、一章、一个主题或一个主体的职责：谁应当、不得、可以做什么，多久一次，依据哪一条。"""
    from answer.lesson.organs import periodic
    from danggui.base import KnowledgeBase
    from danggui.duties import duties_for, to_json
    from danggui.duty_calendar import calendar, is_dated
    from danggui.duty_files import xlsx_of
    from danggui.files import write

    day = on or date.today()
    with KnowledgeBase(home) as base:
        found = duties_for(base, topic, organ, day, region)
    shown = periodic(found) if periodic_only else found
    told = []
    if ics:
        write(ics, calendar(found, organ or topic, day))
        told.append(f"已写入 {ics}（{sum(map(is_dated, found))} 项）")
    if xlsx:
        write(xlsx, xlsx_of(shown))
        told.append(f"已写入 {xlsx}")
    if as_json:
        click.echo(dumps(to_json(topic, organ, day, shown)))
        return
    click.echo("\n".join(told or (_by_period(shown) if periodic_only else _table(shown))))


def _table(rows: Sequence[Duty]) -> Iterator[str]:
    for number, one in enumerate(rows, 1):
        yield f"{number}. {_row(one)}"
        yield f"   {one.source.label}"
    yield f"共 {len(rows)} 项"


def _row(one: Duty) -> str:
    when = f"〔{one.when}〕" if one.when else ""
    return f"{one.actor}　{one.words(one.modal) or '（直述）'}　{one.deed}{when}"


def _by_period(rows: Sequence[Duty]) -> Iterator[str]:
    for name, group in groupby(rows, key=lambda one: one.cadence.name if one.cadence else ""):
        several = list(group)
        yield f"{name}（{len(several)} 项）"
        for one in several:
            yield f"  {one.actor}　{one.deed}"
            yield f"      {one.source.label}"
    yield f"共 {len(rows)} 项"
