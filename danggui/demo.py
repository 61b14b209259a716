"""`make demo`: the bundled samples ingested, three questions answered with citations, and how to go on (演示)."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import click

from danggui.bars import Bars
from danggui.base import KnowledgeBase, Scope
from danggui.ingesting import Order, ingest
from danggui.output import answered

QUESTIONS = (
    "支部的党课多长时间要上一次？",
    "常委会讨论干部任免，要有多少常委到会才行？",
    "来客没有公函，能不能先接待？",
)
_GO_ON = """
接下来可以：
  {command} ask "县委书记一年要讲几次党课？" --home {home}
  {command} show "《示例县党务公开实施细则》第五条" --home {home}
  {command} search "谈心谈话" -k 5 --home {home}
  {command} ingest 你的文件或文件夹 --home my-base      # 建自己的知识库（docx、pdf、html、txt、md）
  {command} --help
用法见 docs/用户手册.md。示例县及其文件均为虚构，仅供演示。"""


@click.command()
@click.option("--home", type=click.Path(path_type=Path), required=True)
def main(home: Path) -> None:
    """Build the sample base in `home` and answer three questions from it."""
    with resources.as_file(resources.files("corpus.samples")) as samples, Bars(hidden=False) as bars:
        report = ingest(home, Order((samples,)), bars.start)
    click.echo(f"示例知识库已建好：{len(report.files)} 个文件，{report.totals()['articles']} 条。\n")
    with KnowledgeBase(home) as base:
        for question in QUESTIONS:
            click.secho(f"问：{question}", bold=True)
            for line in answered(base.ask(question, Scope(date.today()))):
                click.echo(line)
            click.echo()
    click.echo(_GO_ON.format(command=".venv/bin/danggui", home=home))


if __name__ == "__main__":
    main()
