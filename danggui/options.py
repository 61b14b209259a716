"""What the commands share: options, and how JSON is written (命令行公用部分)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from danggui.base import Scope

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """An ISO day."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; fails with the cure for anything else."""
        try:
            return value if isinstance(value, date) else datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value} 不是日期，请写成 2017-05-01 这样", param, ctx)


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return one decorator for several options."""

    def apply(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return apply


home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="DANGGUI_HOME",
    default=lambda: Path.home() / ".danggui",
    help="知识库所在的文件夹（也可设环境变量 DANGGUI_HOME），默认 ~/.danggui。",
)
existing_file = click.Path(exists=True, dir_okay=False, path_type=Path)
new_file = click.Path(dir_okay=False, path_type=Path)
as_json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
as_of_option = click.option("--as-of", "on", type=Day(), help="以哪一天的效力为准，默认今天。")
scope_options = together(
    as_of_option,
    click.option("--all-editions", is_flag=True, help="不论效力，所有版本都找。"),
    click.option("--level", default="", help="只找这一位阶，如 条例。"),
    click.option("--region", default="", help="只找这一地域，如 示例县。"),
    click.option("--title", default="", help="只找这一部，可用简称。"),
)


def scope_of(on: date | None, **filters: Any) -> Scope:
    """Return the scope that `scope_options` name, today where no day is given."""
    from danggui.base import Scope

    return Scope(on or date.today(), free=on is None, **filters)


def dumps(value: object) -> str:
    """Return a value as readable JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2)
