"""`danggui lesson`: the outline of a party lesson (党课提纲), every line cited."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from danggui.options import as_json_option, as_of_option, dumps, home_option, new_file


@click.command()
@click.argument("topic")
@click.option(
    "--minutes", type=click.Choice(["30", "60", "90"]), default="60", show_default=True, help="多长的课，按此取舍内容。"
)
@click.option("--docx", type=new_file, help="写成 Word 文件，有目录和页码。")
@click.option("--pptx", type=new_file, help="写成幻灯片，备注里有条款原文。")
@click.option("--md", type=new_file, help="写成 Markdown 文件。")
@as_of_option
@home_option
@as_json_option
def lesson(
    topic: str,
    minutes: str,
    docx: Path | None,
    pptx: Path | None,
    md: Path | None,
    on: date | None,
    home: Path,
    as_json: bool,
) -> None:
    """按一部法规、一章、一个主题或一个问题写党课提纲，每一行都有条款依据。"""
    from danggui.base import KnowledgeBase
    from danggui.files import write
    from danggui.lesson_docx import docx_of
    from danggui.lesson_slides import pptx_of
    from danggui.lesson_text import markdown
    from danggui.lessons import lesson_of

    with KnowledgeBase(home) as base:
        found = lesson_of(base, topic, on or date.today(), int(minutes))
    if docx:
        write(docx, docx_of(found))
    if pptx:
        write(pptx, pptx_of(found))
    if md:
        write(md, markdown(found))
    written = "、".join(str(file) for file in (docx, pptx, md) if file)
    click.echo(dumps(found.to_json()) if as_json else f"已写入 {written}" if written else markdown(found).rstrip())
