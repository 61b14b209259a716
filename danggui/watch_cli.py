"""`danggui radar` and `danggui watch`: what time has overtaken, and what newly came in (雷达、关注)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danggui.options import as_json_option, as_of_option, dumps, home_option
from danggui.usage import ChineseGroup

if TYPE_CHECKING:
    from danggui.radar import Concern, Overtaken


@click.command()
@click.option("--all", "everything", is_flag=True, help="不只本地文件，所有文件都查。")
@as_of_option
@home_option
@as_json_option
def radar(everything: bool, on: date | None, home: Path, as_json: bool) -> None:
    """查出上位法规在其印发之后已修改或废止的文件，指明涉及的条款。"""
    from danggui.base import KnowledgeBase
    from danggui.radar import radar as scan

    with KnowledgeBase(home) as base:
        found = scan(base, on or date.today(), everything=everything)
    if as_json:
        click.echo(dumps([one.to_json() for one in found]))
        return
    for line in _overtaken(found):
        click.echo(line)


@click.group(cls=ChineseGroup, invoke_without_command=True)
@click.option("--keep", is_flag=True, help="看过仍算未看，下次再列。")
@as_of_option
@home_option
@as_json_option
@click.pass_context
def watch(context: click.Context, keep: bool, on: date | None, home: Path, as_json: bool) -> None:
    """列出上次看过之后新入库的文本触及了所关注的哪些法规、文件。"""
    from danggui import watch as watching
    from danggui.base import KnowledgeBase

    if context.invoked_subcommand:
        return
    with KnowledgeBase(home) as base:
        new, alerts = watching.look(base, on or date.today())
        if not keep:
            watching.mark_seen(base)
    if as_json:
        click.echo(dumps({"new": new, "alerts": [alert.to_json() for alert in alerts]}))
        return
    click.echo(f"新入库 {len(new)} 个版本，触及所关注的 {len({alert.followed.name for alert in alerts})} 项")
    for alert in alerts:
        click.echo(f"\n{alert.followed.name}\n  {alert.message}")
        for concern in alert.overtaken.concerns if alert.overtaken else ():
            click.echo(f"    {_concern(concern)}")


@watch.command("add")
@click.argument("name", metavar="TITLE|FILE")
@home_option
def add(name: str, home: Path) -> None:
    """关注一部法规（可用简称）或一个自己的文件。"""
    from danggui.base import KnowledgeBase
    from danggui.watch import follow

    with KnowledgeBase(home) as base:
        click.echo(f"已关注{follow(base, name, date.today()).name}")


@watch.command("list")
@home_option
@as_json_option
def list_(home: Path, as_json: bool) -> None:
    """列出关注了哪些。"""
    from danggui.watch import read

    kept = read(home).followed
    if as_json:
        click.echo(dumps([{"name": one.name, "file": one.is_file, "since": one.since} for one in kept]))
        return
    for one in kept:
        click.echo(f"{'文件' if one.is_file else '法规'}  {one.name}（{one.since}起）")
    click.echo(f"共 {len(kept)} 项")


@watch.command("remove")
@click.argument("name", metavar="TITLE|FILE")
@home_option
def remove(name: str, home: Path) -> None:
    """不再关注。"""
    from danggui.base import KnowledgeBase
    from danggui.watch import unfollow

    with KnowledgeBase(home) as base:
        click.echo(f"不再关注{unfollow(base, name).name}")


def _overtaken(found: Sequence[Overtaken]) -> Iterator[str]:
    from corpus.citation import Citation, edition_words

    for one in found:
        words = "废止" if one.change == "repealed" else "修改"
        yield str(Citation(one.text.title, (), one.text.date))
        when = f"已于{edition_words(one.since)[1:-1]}" if one.since else "已"
        now = f"现为{Citation(one.now.title, (), one.now.date)}" if one.now else _unread(one.listed)
        yield f"  {Citation(one.title)}{when}{words}，{now}"
        yield from (f"    {_concern(concern)}" for concern in one.concerns)
    yield f"共 {len({one.text.id for one in found})} 个文件，{len(found)} 处上位法规有变"


def _unread(listed: str) -> str:
    return f"据目录现为{listed}，正文未入库" if listed else "后来的版本未入库"


def _concern(concern: Concern) -> str:
    """Return a clause concerned in words: 第十条：与原第九条文字相同，该条已修改，现为第十一条."""
    from danggui.diff_view import KIND_WORDS

    place = concern.label.rpartition("》")[2]
    if concern.fate is None:
        return f"{place}：引用{concern.words}"
    old, new = _number(concern.then), "、".join(map(_number, concern.now))
    what = f"沿用原{old}的文字" if concern.restates else f"引用{concern.words}"
    return f"{place}：{what}，该条{KIND_WORDS[concern.fate]}{f'，现为{new}' if new else ''}"


def _number(provision_id: str) -> str:
    from corpus.citation import Citation
    from corpus.store import split_id

    edition_id, path = split_id(provision_id)
    return Citation.of(edition_id, path.partition("/")[0]).address
