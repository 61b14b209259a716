"""`danggui catalogue`: what is known of regulations whose text may not be in the base (目录)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from danggui.options import as_json_option, as_of_option, dumps, home_option


@click.command()
@click.argument("words", required=False, default="")
@click.option("--missing", is_flag=True, help="只列库中缺少的。")
@click.option("--check", "file", type=click.Path(path_type=Path), help="检查一个目录文件，指出不可能的行。")
@as_of_option
@home_option
@as_json_option
def catalogue(words: str, missing: bool, file: Path | None, on: date | None, home: Path, as_json: bool) -> None:
    """按名称、简称、机关、类别查法规目录；目录知道效力和日期，不含正文。"""
    from danggui import cataloguing

    if file is not None:
        count = cataloguing.check_file(file)
        click.echo(
            dumps({"file": str(file), "editions": count}) if as_json else f"{file}：{count} 个版本，没有不可能的行"
        )
        return
    rows = cataloguing.search(home, words, on or date.today(), missing=missing)
    if as_json:
        click.echo(dumps([row.to_json() for row in rows]))
        return
    for line in cataloguing.lines(rows):
        click.echo(line)
