"""`danggui eval load`: the service under many clients (压力测试)."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from danggui.batch import read_questions
from danggui.options import as_json_option, dumps, home_option


@click.command()
@click.argument("questions", type=click.File("rb"))
@click.option("--clients", type=click.IntRange(1, 256), default=16, show_default=True, help="同时提问的客户端数。")
@click.option("--seconds", type=click.FloatRange(1), default=60, show_default=True, help="问多少秒。")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="服务进程数。")
@home_option
@as_json_option
def load(questions: IO[bytes], clients: int, seconds: float, workers: int, home: Path, as_json: bool) -> None:
    """压力测试：启动服务，许多客户端同时提问（每行 {"id", "text"}），看每秒答多少、最慢多慢、内存涨不涨。"""
    from eval.load import Plan
    from eval.load import load as put_load

    texts = [text for _, text in read_questions(questions)]
    figures = put_load(home, texts, Plan(clients, seconds, workers)).to_json()
    click.echo(dumps(figures) if as_json else "\n".join(f"{name}: {figure}" for name, figure in figures.items()))
