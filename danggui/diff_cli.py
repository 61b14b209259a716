"""`danggui diff`: two editions of a work side by side (新旧对照)."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import click

from danggui.options import as_json_option, as_of_option, dumps, home_option, new_file


@click.command()
@click.argument("title")
@click.argument("old", required=False, default="")
@click.argument("new", required=False, default="")
@click.option("--all", "everything", is_flag=True, help="连同未变的条文一并显示。")
@click.option("--html", "page", type=new_file, help="另存为网页。")
@click.option("--docx", "word", type=new_file, help="另存为 Word 文档。")
@as_of_option
@home_option
@as_json_option
def diff(
    title: str,
    old: str,
    new: str,
    everything: bool,
    page: Path | None,
    word: Path | None,
    on: date | None,
    home: Path,
    as_json: bool,
) -> None:
    """对照一部法规的两个版本（日期可只写年份）；不写日期时，对照现行版本和它的前一版。"""
    from danggui.base import KnowledgeBase
    from danggui.comparing import compare
    from danggui.diff_docx import docx_of
    from danggui.diff_view import html, terminal
    from danggui.files import write

    day = on or date.today()
    with KnowledgeBase(home) as base:
        found = compare(base, title, old, new, day)
        result = found.to_json(base, day)
    if page:
        write(page, html(found))
    if word:
        write(word, docx_of(found))
    if as_json:
        click.echo(dumps(result))
        return
    if files := [str(file) for file in (page, word) if file]:
        click.echo(f"已写入 {'、'.join(files)}")
        return
    width = min(shutil.get_terminal_size().columns, 160)
    for line in terminal(found, width, colour=sys.stdout.isatty(), everything=everything):
        click.echo(line)
