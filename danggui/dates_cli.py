"""`danggui dates`: the timeline of a regulation, and dates settled by a human's word (时间轴、确认日期)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from danggui.options import as_json_option, as_of_option, dumps, home_option, together
from danggui.usage import ChineseGroup

_SHOW = "show"


class _ShownByDefault(ChineseGroup):
    """A group whose first word, where it names no command, is the title to show."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the words of the call, `show` put before a title."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = [_SHOW, *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ShownByDefault)
def dates() -> None:
    """列出一部法规各版本的日期及出处（danggui dates 标题）；确认或更正日期（dates set）。"""


_who = together(
    click.argument("edition"),
    click.argument("field"),
)
_signed = together(
    click.option("--by", required=True, help="由谁确认，写入变更记录。"),
    click.option("--note", default="", help="依据，如文号或页码。"),
    home_option,
    as_json_option,
)


@dates.command(_SHOW)
@click.argument("title")
@as_of_option
@home_option
@as_json_option
def show(title: str, on: date | None, home: Path, as_json: bool) -> None:
    """列出各版本的通过、公布、施行、废止等日期，每一个都注明出处。"""
    from danggui import dating
    from danggui.base import KnowledgeBase

    with KnowledgeBase(home) as base:
        found = dating.timeline(base, title, on or date.today())
    if as_json:
        click.echo(dumps([one.to_json() for one in found]))
        return
    for line in dating.lines(found):
        click.echo(line)


@dates.command("set")
@_who
@click.argument("day")
@_signed
def set_(edition: str, field: str, day: str, by: str, note: str, home: Path, as_json: bool) -> None:
    """确认或更正一个日期，如 dates set 中国共产党问责条例@2016-07-08 effective 2016-07-08 --by 张三。

    FIELD 为 adopted、issued、effective、superseded、repealed、expires 之一；DAY 不知道写“不详”，没有废止写“无”。
    """
    from corpus.confirmed import FIELDS
    from danggui import dating

    one = dating.set_date(home, edition, field, day, by, note)
    facts = {"id": one.edition_id, "field": one.field, "value": one.value, "by": one.person, "note": one.note}
    words = f"已确认 {one.edition_id} 的{FIELDS[one.field]}日期：{one.words}"
    click.echo(dumps({**facts, "at": one.at}) if as_json else words)


@dates.command("unset")
@_who
@_signed
def unset(edition: str, field: str, by: str, note: str, home: Path, as_json: bool) -> None:
    """撤回人工确认的日期，恢复正文或清单所载的。"""
    from danggui import dating

    dating.unset_date(home, edition, field, by, note)
    name = dating.plain_id(edition)
    click.echo(dumps({"id": name, "field": field}) if as_json else f"已撤回 {name} 的 {field}")
