"""`danggui eval quiz-check`: wrong keys planted in a question bank, and how many are flagged (题库核对评测)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from danggui.options import as_json_option, as_of_option, dumps, existing_file, home_option


@click.command("quiz-check")
@click.argument("file", type=existing_file)
@click.option("--share", type=click.FloatRange(0, 1), default=0.1, show_default=True, help="把多少答案改错。")
@click.option("--seed", type=int, default=0, show_default=True, help="随机种子；改哪些题、改成什么由它定。")
@click.option("--seeds", type=click.IntRange(1), default=1, show_default=True, help="从这个种子起，合计几次抽取。")
@as_of_option
@home_option
@as_json_option
def quiz_check(file: Path, share: float, seed: int, seeds: int, on: date | None, home: Path, as_json: bool) -> None:
    """题库核对评测：把一部分答案改错，看查出多少；其余的题标出多少，逐题列出，供人判断。"""
    from answer.bank.check import check
    from danggui.base import KnowledgeBase
    from danggui.quiz_checking import BankClauses, read_keyed_file
    from eval.planted_keys import measure, together

    bank = read_keyed_file(file).items
    with KnowledgeBase(home) as base:
        clauses = BankClauses(base, on or date.today())
        draws = range(seed, seed + seeds)
        report = together([measure(bank, lambda keyed: check(keyed, clauses), share, one) for one in draws])
    click.echo(dumps(report.to_json()) if as_json else "\n".join(report.lines()))
