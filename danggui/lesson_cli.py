"""`danggui lesson`: the outline of a party lesson (党课提纲), every line cited."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from corpus.errors import InputError
from danggui.options import as_json_option, as_of_option, dumps, home_option

_out = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("topic")
@click.option(
    "--minutes", type=click.Choice(["30", "60", "90"]), default="60", show_default=True, help="多长的课，按此取舍内容。"
)
@click.option("--docx", type=_out, help="写成 Word 文件，有目录和页码。")
@click.option("--pptx", type=_out, help="写成幻灯片，备注里有条款原文。")
@click.option("--md", type=_out, help="写成 Markdown 文件。")
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
    from danggui.lesson_docx import write_docx
    from danggui.lesson_slides import write_pptx
    from danggui.lesson_text import markdown
    from danggui.lessons import lesson_of

    with KnowledgeBase(home) as base:
        found = lesson_of(base, topic, on or date.today(), int(minutes))
    try:
        if docx:
            write_docx(found, docx)
        if pptx:
            write_pptx(found, pptx)
        if md:
            md.write_text(markdown(found), "utf-8")
    except OSError as error:
        raise InputError(f"写不了 {error.filename}（{error.strerror}）；请换一个位置或检查权限") from error
    written = "、".join(str(file) for file in (docx, pptx, md) if file)
    click.echo(dumps(found.to_json()) if as_json else f"已写入 {written}" if written else markdown(found).rstrip())
