"""`danggui quiz-check`: the keys of an existing question bank held against the clauses (题库核对)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danggui.options import as_json_option, as_of_option, dumps, existing_file, home_option, new_file

if TYPE_CHECKING:
    from answer.bank.check import Finding

_SHOWN = 60  # characters of a stem in a line


@click.command("quiz-check")
@click.argument("file", type=existing_file)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="栏=列",
    help="改正认错的列，如 题干=B、答案=正确选项、选项A=；可多次给出。",
)
@click.option("--xlsx", type=new_file, help="逐题的核对报告写到这个 Excel 文件。")
@click.option("--columns-only", is_flag=True, help="只看各列认作什么、读出多少题，不核对。")
@as_of_option
@home_option
@as_json_option
def quiz_check(
    file: Path,
    columns: tuple[str, ...],
    xlsx: Path | None,
    columns_only: bool,
    on: date | None,
    home: Path,
    as_json: bool,
) -> None:
    """核对现有题库（xlsx、csv、docx、JSON）：每题答案找出条文，标出与条文不符、只合旧版、没有依据的。"""
    from danggui.base import KnowledgeBase
    from danggui.files import write
    from danggui.quiz_check_xlsx import xlsx_of
    from danggui.quiz_checking import check_bank, columns_of, read_keyed_file, reading_of, report_of

    bank = read_keyed_file(file, columns_of(columns))
    for line in () if as_json else (*bank.layouts, *(f"未核对 {reason}" for reason in bank.unread)):
        click.echo(line, err=not columns_only)
    if columns_only:
        click.echo(dumps(reading_of(bank)) if as_json else f"共读出 {len(bank.items)} 题")
        return
    day = on or date.today()
    with KnowledgeBase(home) as base:
        findings = list(check_bank(base, bank.items, day))
    if xlsx:
        write(xlsx, xlsx_of(findings, file.name, day.isoformat(), bank.unread))
    click.echo(dumps(report_of(bank, findings)) if as_json else "\n".join(_lines(findings)))


def _lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield what is not borne out, the worst first, then the counts."""
    from answer.bank.check import State
    from danggui.quiz_check_xlsx import STATE_WORDS
    from danggui.quiz_checking import counts_of

    for state in (State.WRONG, State.OUTDATED, State.NO_BASIS):
        for one in (one for one in findings if one.state is state):
            stem = " ".join(one.keyed.item.stem.split())[:_SHOWN]
            yield f"〔{STATE_WORDS[state]}〕第 {one.number} 题（{one.keyed.place}）{stem}"
            yield f"    答案 {one.keyed.key}；{one.why}"
            if one.hit and state is not State.NO_BASIS:
                yield f"    {one.hit.cited}：{' '.join(one.hit.quote.split())}"
            if one.now:
                yield f"    现行 {one.now.label}：{' '.join(one.now.quote.split())}"
    counts = counts_of(findings)
    told = "，".join(f"{words} {counts[state.value]} 题" for state, words in STATE_WORDS.items())
    yield f"共核对 {len(findings)} 题：{told}"
