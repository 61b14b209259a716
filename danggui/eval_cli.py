"""`danggui eval`: the measurements of docs/evaluation.md, for anyone with the data (评测命令)."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from danggui.answerable_cli import answerable
from danggui.exam_cli import exam
from danggui.load_cli import load
from danggui.options import (
    as_json_option,
    as_of_option,
    dumps,
    existing_file,
    home_option,
    new_file,
    scope_of,
    scope_options,
)
from danggui.quiz_check_eval_cli import quiz_check
from danggui.ranking_cli import ranking
from danggui.review_cli import review

if TYPE_CHECKING:
    from corpus.model import Edition
    from index.search import Index

_folder = click.argument("folder", type=click.Path(exists=True, path_type=Path))
_data_folder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group("eval")
def evaluation() -> None:
    """评测：结构、检索、问答。"""


evaluation.add_command(ranking)
evaluation.add_command(exam)
evaluation.add_command(quiz_check)
evaluation.add_command(review)


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
@click.argument("file", type=existing_file)
@scope_options
@home_option
@as_json_option
def answers(file: Path, home: Path, as_json: bool, **scope: Any) -> None:
    """问答评测：一个问题文件（JSONL），看首条引文的位置、应有的原文、有无依据。"""
    from danggui.base import KnowledgeBase
    from eval.answers import measure, read_expected

    with KnowledgeBase(home) as base:
        edition_of = base.lookup.edition
        report = measure(read_expected(file), lambda asked: base.ask(asked, scope_of(**scope)), edition_of).to_json()
    click.echo(dumps(report) if as_json else "\n".join(f"{name}: {figure}" for name, figure in report.items()))


@evaluation.command()
@click.argument("file", type=existing_file)
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


evaluation.add_command(answerable)
evaluation.add_command(load)


@evaluation.command()
@click.option("--size", type=click.IntRange(1), default=50, show_default=True, help="每类埋设多少处。")
@as_of_option
@home_option
@as_json_option
def citations(size: int, on: date | None, home: Path, as_json: bool) -> None:
    """引文核对评测：从库中条款造出六类错误引文和属实的引文，看每一处是否得到应有的结论。"""
    from danggui.base import KnowledgeBase
    from eval.planted import measure, plant

    day = on or date.today()
    with KnowledgeBase(home) as base:
        lookup = base.lookup
        editions = [lookup.edition(edition_id) for edition_id in sorted(lookup.infos)]
        cases = plant(
            editions,
            lambda edition, then: (
                lookup.choose(edition.title, then).id == edition.id and lookup.counts(lookup.infos[edition.id], then)
            ),
            day,
            size,
        )
        report = measure(cases, base.verify_citation)
    figures = report.to_json()
    click.echo(dumps(figures) if as_json else "\n".join(report.lines()))
    sys.exit(0 if not report.missed else 1)


@evaluation.command()
@click.option("--size", type=click.IntRange(1), default=600, show_default=True, help="取多少个条款原句。")
@as_of_option
@home_option
@as_json_option
def statements(size: int, on: date | None, home: Path, as_json: bool) -> None:
    """模型答句核对评测（不需要模型）：条款原句是否留下，改了数字、口径或张冠李戴的是否删去。"""
    from answer.grounded import verified
    from corpus.validity import Status
    from danggui.base import KnowledgeBase
    from eval.planted_statements import measure, plant

    day = on or date.today()
    with KnowledgeBase(home) as base:
        lookup = base.lookup
        current = [name for name in sorted(lookup.infos) if lookup.status(name, day) is Status.IN_FORCE]
        planted = plant([lookup.edition(name) for name in current], size)
        counts = measure(planted, lambda draft, hit: verified(draft, [hit], lookup, day.isoformat()) is not None)
    lines = [f"{kind}: {count['planted']} 句中留下 {count['kept']} 句" for kind, count in counts.items()]
    click.echo(dumps(counts) if as_json else "\n".join(lines))


@evaluation.command()
@click.option("--data", type=_data_folder, required=True, help="数据所在的文件夹，其下有 eval/ 和 corpus/。")
@click.option("--only", multiple=True, metavar="NAME", help="只测这个数据集，可多次给出。")
@click.option("--floors", type=new_file, help="下限文件，默认是随程序的那一份。")
@click.option("--update", is_flag=True, help="把下限改写到本次结果之下一点，只升不降。")
@click.option("--allow-regression", is_flag=True, help="与 --update 同用：允许降低下限。")
@click.option("--missing-ok", is_flag=True, help="缺少的数据集略过，不算失败。")
@as_json_option
def gate(
    data: Path,
    only: tuple[str, ...],
    floors: Path | None,
    update: bool,
    allow_regression: bool,
    missing_ok: bool,
    as_json: bool,
) -> None:
    """检索评测门：结果低于下限，或数据与定下限时不同，以退出码 1 报告。"""
    from eval.gate import FLOORS, check, table
    from eval.suites import chosen

    verdicts = check(chosen(only), data, floors or FLOORS, update, allow_regression)
    click.echo(dumps([one.to_json() for one in verdicts]) if as_json else table(verdicts))
    sys.exit(0 if all(one.passed or (one.missing and missing_ok) for one in verdicts) else 1)


@evaluation.command()
@click.argument("name")
@click.option("--data", type=_data_folder, required=True, help="数据所在的文件夹，其下有 eval/ 和 corpus/。")
@click.option("-k", type=click.IntRange(1), default=10, show_default=True, help="不在前几位算漏检。")
@click.option("--sample", "size", type=click.IntRange(1), default=30, show_default=True, help="抽取多少个。")
@as_json_option
def misses(name: str, data: Path, k: int, size: int, as_json: bool) -> None:
    """漏检样本：评测门的一个数据集里没有检索到的问题，抽样列出并初步归类。"""
    from tempfile import TemporaryDirectory

    from eval.misses import counts, find_misses, lines, sample
    from eval.suites import chosen

    (suite,) = chosen([name])
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ready = suite.load(data, Path(folder))
        found = find_misses(ready.index, ready.dataset, ready.editions, k)
    kinds, drawn = counts(found), sample(found, size)
    if as_json:
        click.echo(dumps({"misses": len(found), "classes": kinds, "sample": [miss.to_json() for miss in drawn]}))
        return
    click.echo(f"{suite.name}：{len(ready.dataset.questions)} 个问题中 {len(found)} 个没有排进前 {k} 位")
    click.echo("；".join(f"{kind} {number}" for kind, number in kinds.items()))
    click.echo("\n".join(lines(drawn)))


@evaluation.command()
@click.option(
    "--texts",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    help="法规文件的 tar 包，条文取自其中，不够的合成；或 BEIR 形式的文件夹，问其中的问题。",
)
@click.option("--sizes", default="30000,60000,150000,1000000", show_default=True, help="条文数，逗号分隔。")
@click.option("--systems", default="danggui,txtai,haystack,llama-index", show_default=True, help="系统，逗号分隔。")
@click.option("--queries", type=click.IntRange(1), default=200, show_default=True, help="问多少次。")
@click.option("--limit", type=click.FloatRange(1), default=600, show_default=True, help="每次建索引至多几秒。")
@click.option("--memory", type=click.FloatRange(1), default=10, show_default=True, help="至多用多少 GB 内存。")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="结果放在哪个文件夹。")
@click.option("--no-plots", is_flag=True, help="不画图。")
def bench(
    texts: Path, sizes: str, systems: str, queries: int, limit: float, memory: float, out: Path, no_plots: bool
) -> None:
    """基准测试：与其他系统比建索引、检索的速度和内存，结果为 JSON、表和图。"""
    from danggui.files import write, writing
    from eval.bench import Plan, run, table, whole_numbers

    plan = Plan(texts, whole_numbers(sizes), systems.split(","), queries, limit, megabytes=memory * 1000)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    results = run(plan, lambda words: click.echo(words, err=True))
    write(out / "results.json", dumps(results) + "\n")
    write(out / "results.md", table(results) + "\n")
    click.echo(table(results))
    if not no_plots:
        from eval.plots import draw

        draw(results, out)


@evaluation.command()
@click.option("-n", "count", type=click.IntRange(1), default=200, show_default=True, help="共出几题。")
@click.option("--regulations", type=click.IntRange(1), default=20, show_default=True, help="随机取几部法规。")
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子。")
@click.option("--sample", type=click.IntRange(0), default=0, help="随机抽出几题列出来，供人评判。")
@click.option("--out", type=new_file, help="全部试题写到这个 JSON 文件。")
@as_of_option
@home_option
@as_json_option
def quiz(
    count: int, regulations: int, seed: int, sample: int, out: Path | None, on: date | None, home: Path, as_json: bool
) -> None:
    """出题评测：随机取现行法规出题，看够不够数、各章是否都问到、每题的答案是不是条文中的一段。"""
    from danggui.base import KnowledgeBase
    from danggui.files import write
    from danggui.quiz_cli import lines
    from danggui.topics import regulations_of
    from eval.quiz import draw, measure

    with KnowledgeBase(home) as base:
        report = measure(draw(list(regulations_of(base, on or date.today())), regulations, seed), count, seed)
    if out:
        write(out, dumps({"items": [item.to_json() for item in report.items]}) + "\n")
    figures = report.to_json()
    click.echo(dumps(figures) if as_json else "\n".join(f"{name}: {figure}" for name, figure in figures.items()))
    if sample and not as_json:
        click.echo("\n".join(lines(report.sample(sample, seed))))
    sys.exit(1 if report.faults else 0)


@evaluation.command()
@click.option("--works", default="", help="取标题合于这个正则表达式的文件，默认是支部、党员等方面的。")
@click.option("--sample", type=click.IntRange(0), default=40, show_default=True, help="随机抽出几项列出来，供人评判。")
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子。")
@click.option("--without", type=int, multiple=True, help="不再抽这个种子抽过的行；可多次给出。")
@as_of_option
@home_option
@as_json_option
def duties(
    works: str, sample: int, seed: int, without: tuple[int, ...], on: date | None, home: Path, as_json: bool
) -> None:
    """职责清单评测：看每一项的行为是不是所引原句中的一段；谁做、多久一次，抽样连同原句列出。"""
    from danggui.base import KnowledgeBase
    from eval.duties import WORKS, lines, measure

    with KnowledgeBase(home) as base:
        report = measure(base.lookup, works or WORKS, on or date.today())
    drawn, figures = report.sample(sample, seed, without), report.to_json()
    if as_json:
        click.echo(dumps({**figures, "sample": [one.to_json() for one in drawn]}))
    else:
        click.echo("\n".join([f"共 {len(report.rows)} 项，与原句不符 {len(report.faults)} 项", *lines(drawn)]))
    sys.exit(1 if report.faults else 0)
