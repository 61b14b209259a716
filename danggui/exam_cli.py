"""`danggui eval exam`: examination items answered by evidence (开卷考试)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from danggui.options import as_json_option, as_of_option, dumps, existing_file, home_option, new_file, scope_of


@click.command()
@click.argument("file", type=existing_file)
@click.option("--predictions", type=new_file, help="每题的选择和引文写到哪个文件。")
@as_of_option
@home_option
@as_json_option
def exam(file: Path, predictions: Path | None, on: date | None, home: Path, as_json: bool) -> None:
    """开卷考试：单选、多选、判断、填空题按条文作答并引出条文；有答案的给出正确率，列出与条文不符的答案。"""
    from danggui.base import KnowledgeBase
    from danggui.files import write
    from eval.exam import measure, read_exam

    items, skipped = read_exam(file)
    with KnowledgeBase(home) as base:
        scope = scope_of(on, all_editions=True)
        report = measure(items, lambda item: base.choose(item, scope), skipped)
    if predictions:
        lines = (json.dumps(one.to_json(), ensure_ascii=False) for one in report.outcomes)
        write(predictions, "".join(f"{line}\n" for line in lines))
    click.echo(dumps(report.to_json()) if as_json else report.table())
