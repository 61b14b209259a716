"""`danggui eval`: the measurements of docs/evaluation.md, for anyone with the data (评测命令)."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from danggui.options import as_json_option, as_of_option, dumps, home_option, scope_of, scope_options

if TYPE_CHECKING:
    from corpus.model import Edition
    from index.search import Index

_folder = click.argument("folder", type=click.Path(exists=True, path_type=Path))


@click.group("eval")
def evaluation() -> None:
    """评测：结构、检索、问答。"""


@evaluation.command()
@_folder
@click.option("--counts", type=click.Path(exists=True, path_type=Path), help="应有条数（TSV，file 和 articles 两列）。")
@as_json_option
def structure(folder: Path, counts: Path | None, as_json: bool) -> None:
    """解析一个文件夹或 tar 包里的所有文件：条数、缺号、往返、速度。"""
    from eval.structure import evaluate, read_counts

    summary = evaluate(folder, read_counts(counts) if counts else {})
    figures = summary.to_json()
    click.echo(dumps(figures) if as_json else "\n".join(f"{name}: {figure}" for name, figure in figures.items()))
    sys.exit(1 if figures["failed"] or figures["count_differs"] or figures["not_whole"] else 0)


@evaluation.command()
@_folder
@home_option
@as_json_option
def retrieval(folder: Path, home: Path, as_json: bool) -> None:
    """检索评测：BEIR 形式的数据自带语料，其他形式（Legal-DC、考试题与案例、章节）问已入库的知识库。"""
    from danggui.base import KnowledgeBase
    from eval.folders import evaluate_folder

    def knowledge_base() -> tuple[Index, list[Edition]]:
        base = KnowledgeBase(home)
        return base.index, [base.lookup.edition(edition_id) for edition_id in base.lookup.infos]

    reports = evaluate_folder(folder, knowledge_base)
    objects = [report.to_json() for report in reports]
    tables = "\n\n".join(report.table() for report in reports)
    click.echo(dumps(objects if len(objects) > 1 else objects[0]) if as_json else tables)


@evaluation.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@scope_options
@home_option
@as_json_option
def answers(file: Path, home: Path, as_json: bool, **scope: Any) -> None:
    """问答评测：一个问题文件（JSONL），看首条引文的位置、应有的原文、有无依据。"""
    from danggui.base import KnowledgeBase
    from eval.answers import measure, read_expected

    with KnowledgeBase(home) as base:
        report = measure(read_expected(file), lambda question: base.ask(question, scope_of(**scope))).to_json()
    click.echo(dumps(report) if as_json else "\n".join(f"{name}: {figure}" for name, figure in report.items()))


@evaluation.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--sample", type=click.IntRange(1), default=500, show_default=True, help="随机取多少个问题。")
@as_of_option
@home_option
@as_json_option
def refusal(file: Path, sample: int, on: date | None, home: Path, as_json: bool) -> None:
    """拒答评测：每个问题问两次，一次库里有所依据的法规，一次没有（每行有 query、title）。"""
    from danggui.base import KnowledgeBase
    from eval.refusal import measure, read_titled

    with KnowledgeBase(home) as base:

        def status(question: str, without: str) -> str:
            return base.ask(question, scope_of(on, without=without)).status

        figures = measure(read_titled(file, sample), status).to_json()
    click.echo(dumps(figures) if as_json else "\n".join(f"{name}: {figure}" for name, figure in figures.items()))
