"""`danggui eval review`: sentences planted from the clauses of a base, and what the check finds (审查评测)."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from answer.review.findings import Review
from danggui.options import as_json_option, as_of_option, dumps, home_option

FLOORS = (1.0, 0.85, 0.02)  # citations and quotations found, parameters found, right sentences faulted


@click.command()
@click.option("--size", type=click.IntRange(1, 1000), default=50, show_default=True, help="每类埋设几处。")
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子。")
@as_of_option
@home_option
@as_json_option
def review(size: int, seed: int, on: date | None, home: Path, as_json: bool) -> None:
    """审查评测：取库中条款写成正误两种句子和文件，看错的是否全部发现、对的是否误报。"""
    from answer.review.wording import load_table
    from danggui.base import KnowledgeBase
    from danggui.checking import check_document
    from eval import planted_documents
    from eval.planted_findings import PARAMETERS, Planted, measure, plant

    today = on or date.today()
    with KnowledgeBase(home) as base:

        def check(text: str, day: date) -> Review:
            return check_document(base, text.encode(), "核查材料.txt", day)

        report = measure(plant(base.lookup, today, size, seed), check)
        drafter = planted_documents.Drafter(base.lookup, load_table(), today, seed)
        documents = planted_documents.measure(drafter, today, check, size, works=max(1, size // 5))
    figures = {**report.to_json(), "documents": documents.to_json()}
    click.echo(dumps(figures) if as_json else f"{report.table()}\n{documents.table()}")
    cited = [kind for kind in Planted if kind not in PARAMETERS]
    found = report.share(cited) >= FLOORS[0] and report.share(PARAMETERS) >= FLOORS[1]
    sys.exit(0 if found and report.faulted <= FLOORS[2] * report.right else 1)
