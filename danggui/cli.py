"""The command line (命令行): results on stdout, progress on stderr, exit 0 / 1 error / 2 usage."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from corpus.errors import InputError
from danggui.backup_cli import backup, restore
from danggui.bars import Bars
from danggui.batch import Question, read_questions
from danggui.catalogue_cli import catalogue
from danggui.check_cli import check
from danggui.dates_cli import dates
from danggui.diff_cli import diff
from danggui.duties_cli import duties
from danggui.eval_cli import evaluation
from danggui.glossary_cli import glossary
from danggui.index_cli import reindex
from danggui.lesson_cli import lesson
from danggui.options import as_json_option, as_of_option, dumps, home_option, scope_of, scope_options
from danggui.quiz_check_cli import quiz_check
from danggui.quiz_cli import quiz
from danggui.quiz_status_cli import quiz_status
from danggui.relation_cli import graph, relations
from danggui.serve_cli import keys, serve
from danggui.train_cli import train_embedding
from danggui.usage import ChineseGroup
from danggui.watch_cli import radar, watch

if TYPE_CHECKING:
    from corpus.hit import Hit
    from index.explain import Explanation


@click.group(cls=ChineseGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="danggui")
def main() -> None:
    """党规知识库：入库、查条款、检索、问答，答案逐字引自库中条款。"""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--manifest", type=click.Path(path_type=Path), help="清单（TSV），其中的标题、日期、效力优先。")
@click.option("--allow-marked", is_flag=True, help="允许标有密级或“内部”的文件入库。")
@click.option("--workers", type=click.IntRange(1), help="解析进程数，默认每核一个。")
@home_option
@as_json_option
@click.option("--quiet", "-q", is_flag=True, help="不显示进度。")
def ingest(
    paths: tuple[Path, ...],
    manifest: Path | None,
    allow_marked: bool,
    workers: int | None,
    home: Path,
    as_json: bool,
    quiet: bool,
) -> None:
    """把文件或文件夹（docx、pdf、html、txt、md）入库，并输出报告。"""
    from danggui.ingesting import Order
    from danggui.ingesting import ingest as take_in

    with Bars(hidden=quiet or not sys.stderr.isatty()) as bars:
        report = take_in(home, Order(paths, manifest, allow_marked, workers), bars.start)
    click.echo(dumps(report.to_json()) if as_json else report.to_text())
    if report.failed and len(report.failed) == len(report.files):
        sys.exit(1)


@main.command("list")
@as_of_option
@home_option
@as_json_option
def list_(on: date | None, home: Path, as_json: bool) -> None:
    """列出库中各版本及其效力。"""
    from danggui.base import KnowledgeBase
    from danggui.output import listing

    with KnowledgeBase(home) as base:
        rows = base.editions(on or date.today())
    _emit([row.to_json() for row in rows] if as_json else listing(rows), as_json)


@main.command()
@click.argument("citation")
@as_of_option
@home_option
@as_json_option
def show(citation: str, on: date | None, home: Path, as_json: bool) -> None:
    """显示一条款的原文，如 "《中国共产党问责条例》第六条第（三）项"。"""
    from danggui.base import KnowledgeBase
    from danggui.output import shown

    with KnowledgeBase(home) as base:
        hit = base.show(citation, on or date.today())
    _emit(hit.to_json() if as_json else shown(hit), as_json)


@main.command()
@click.argument("question", required=False)
@click.option("--queries", type=click.File("rb"), help='每行一个 {"id", "text"}，逐行输出 JSON。')
@click.option("-k", "count", type=click.IntRange(1, 1000), default=10, show_default=True, help="给出几条。")
@click.option("--explain", is_flag=True, help="说明每条为什么排在这里。")
@scope_options
@home_option
@as_json_option
def search(
    question: str | None,
    queries: IO[bytes] | None,
    count: int,
    explain: bool,
    home: Path,
    as_json: bool,
    **scope: Any,
) -> None:
    """按问题检索条款。"""
    from danggui.base import KnowledgeBase
    from danggui.batch_search import search_batch
    from danggui.output import explained, found

    asked = _questions(question, queries)
    with KnowledgeBase(home) as base:
        if asked.batch:
            ranked = search_batch(base, [text for _, text in asked.rows], count, scope_of(**scope))
            for (name, _), hits in zip(asked.rows, ranked, strict=True):
                click.echo(json.dumps({"id": name, "hits": [hit.to_json() for hit in hits]}, ensure_ascii=False))
            return
        text = asked.rows[0][1]
        if explain:
            pairs = base.explain(text, count, scope_of(**scope))
            _emit([_explained_json(*pair) for pair in pairs] if as_json else explained(pairs), as_json)
            return
        hits = base.search(text, count, scope_of(**scope))
    _emit([hit.to_json() for hit in hits] if as_json else found(hits), as_json)


@main.command()
@click.argument("question", required=False)
@click.option("--questions", type=click.File("rb"), help='每行一个 {"id", "text"}，逐行输出 JSON。')
@click.option("--after", default="", metavar="QUESTION", help="上一问；追问（那预备党员呢？）据它来理解。")
@click.option("--llm/--no-llm", default=None, help="用不用语言模型；默认设置了就用。")
@scope_options
@home_option
@as_json_option
def ask(
    question: str | None,
    questions: IO[bytes] | None,
    after: str,
    llm: bool | None,
    home: Path,
    as_json: bool,
    **scope: Any,
) -> None:
    """回答问题，逐字引用库中条款；没有依据就直说。"""
    from danggui.base import KnowledgeBase
    from danggui.output import answered

    asked = _questions(question, questions)
    with KnowledgeBase(home) as base:
        if asked.batch:
            for name, text in asked.rows:
                answer = base.final_answer(text, scope_of(**scope), llm)
                click.echo(json.dumps({"id": name, **answer.to_json()}, ensure_ascii=False))
            return
        answer = base.final_answer(base.follow_up(asked.rows[0][1], after), scope_of(**scope), llm)
    _emit(answer.to_json() if as_json else answered(answer), as_json)


@main.command("verify-citation")
@click.argument("citation")
@click.option("--quote", default="", help="引自该条款的文字，逐字核对；省略处写“……”。")
@as_of_option
@home_option
@as_json_option
def verify_citation(citation: str, quote: str, on: date | None, home: Path, as_json: bool) -> None:
    """核对一处引文：条款在不在、是否有效、文字对不对；不属实时退出码为 1。"""
    from danggui.base import KnowledgeBase
    from danggui.output import verified

    with KnowledgeBase(home) as base:
        result = base.verify_citation(citation, quote, on)
    _emit(result.to_json() if as_json else verified(result), as_json)
    sys.exit(0 if result.state == "ok" else 1)


@main.command()
@click.argument("edition")
@click.option("--yes", "-y", is_flag=True, help="不再询问。")
@home_option
@as_json_option
def remove(edition: str, yes: bool, home: Path, as_json: bool) -> None:
    """移除一个版本，如 "中国共产党问责条例@2016-07-08"；先询问，变更记录里留名。"""
    from danggui import removing

    found = removing.removal(home, edition)
    if not (yes or _confirmed(f"将从知识库移除{found}。确定吗？")):
        raise InputError("没有移除：未经确认（在脚本里请加 --yes）")
    with Bars(hidden=as_json or not sys.stderr.isatty()) as bars:
        removing.remove(home, found.info.id, bars.start)
    _emit(found.to_json() if as_json else [f"已移除{found}"], as_json)


@main.command()
@home_option
@as_json_option
def verify(home: Path, as_json: bool) -> None:
    """检查知识库是否完好：文件、条款位置、摘要、索引。"""
    from danggui.base import KnowledgeBase

    with KnowledgeBase(home) as base:
        faults = base.verify()
        count = len(base.store.infos())
    if as_json:
        _emit({"editions": count, "faults": faults}, as_json)
    else:
        _emit([*faults, f"共 {count} 个版本，{f'发现 {len(faults)} 处问题' if faults else '全部完好'}"], as_json)
    sys.exit(1 if faults else 0)


main.add_command(catalogue)
main.add_command(dates)
main.add_command(diff)
main.add_command(relations)
main.add_command(graph)
main.add_command(radar)
main.add_command(watch)
main.add_command(check)
main.add_command(reindex)
main.add_command(backup)
main.add_command(restore)
main.add_command(duties)
main.add_command(glossary)
main.add_command(lesson)
main.add_command(quiz)
main.add_command(quiz_check)
main.add_command(quiz_status)
main.add_command(serve)
main.add_command(keys)
main.add_command(train_embedding)
main.add_command(evaluation)


def _confirmed(question: str) -> bool:
    try:
        return click.confirm(question, err=True)
    except click.Abort:  # no terminal to answer on, or Ctrl-C
        return False


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions of one call, (id, text) each; `batch` when they come from a file."""

    rows: tuple[Question, ...]
    batch: bool


def _questions(question: str | None, file: IO[bytes] | None) -> _Asked:
    if (question is None) == (file is None):
        raise click.UsageError("请给出一个问题，或用选项给出一个问题文件（二者取一）", click.get_current_context())
    if file is None:
        return _Asked(((None, question or ""),), batch=False)
    return _Asked(read_questions(file), batch=True)


def _explained_json(hit: Hit, explanation: Explanation | None) -> dict[str, object]:
    return {**hit.to_json(), "explanation": explanation.to_json() if explanation else None}


def _emit(what: Any, as_json: bool) -> None:
    if as_json:
        click.echo(dumps(what))
        return
    lines: Iterable[str] = what
    for line in lines:
        click.echo(line)
