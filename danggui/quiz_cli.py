"""`danggui quiz`: items whose every key is a clause (出题)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import InputError
from danggui.options import as_json_option, as_of_option, dumps, home_option, new_file

if TYPE_CHECKING:
    from answer.items import ItemKind
    from answer.quiz.model import QuizItem


@click.command()
@click.argument("topic")
@click.option("-n", "count", type=click.IntRange(1, 500), default=20, show_default=True, help="至多出几题。")
@click.option("--kinds", default="single,multi,judge,fill,short", show_default=True, help="题型，逗号分隔。")
@click.option("--seed", type=int, default=0, show_default=True, help="随机种子；同一种子出同样的题。")
@click.option("--out", type=new_file, help="试题存到这个 JSON 文件，供 danggui quiz-status 查看是否过时。")
@click.option("--docx", type=new_file, help="试卷和答案写到这个 Word 文件。")
@click.option("--xlsx", type=new_file, help="试题写到这个 Excel 文件。")
@click.option("--csv", "csv_", type=new_file, help="试题写到这个 CSV 文件。")
@as_of_option
@home_option
@as_json_option
def quiz(
    topic: str,
    count: int,
    kinds: str,
    seed: int,
    out: Path | None,
    docx: Path | None,
    xlsx: Path | None,
    csv_: Path | None,
    on: date | None,
    home: Path,
    as_json: bool,
) -> None:
    """按一部法规、一章或一个主题出题，每题的答案都是条文原文，附条款。"""
    from danggui.base import KnowledgeBase
    from danggui.files import write
    from danggui.quiz_docx import docx_of
    from danggui.quiz_files import csv_of, xlsx_of
    from danggui.quizzes import make_quiz

    with KnowledgeBase(home) as base:
        made = make_quiz(base, topic, count, _kinds(kinds), seed, on or date.today())
    text = dumps(made.to_json())
    if out:
        write(out, text + "\n")
    if docx:
        write(docx, docx_of(made.items, made.title))
    if xlsx:
        write(xlsx, xlsx_of(made.items))
    if csv_:
        write(csv_, csv_of(made.items))
    click.echo(text if as_json else "\n".join(lines(made.items)))


def _kinds(names: str) -> list[ItemKind]:
    from answer.items import ItemKind

    try:
        return list(dict.fromkeys(ItemKind(name.strip()) for name in names.split(",")))
    except ValueError as error:
        raise InputError(f"没有这种题型：{names}；可选 {'、'.join(ItemKind)}") from error


def lines(items: Sequence[QuizItem]) -> Iterator[str]:
    """Yield the items as they are shown, each with its key and clause."""
    for number, item in enumerate(items, 1):
        yield f"{number}. {item.stem}"
        yield from (f"   {letter}. {words}" for letter, words in item.options)
        yield f"   答案：{item.key}{f'，{item.correction}' if item.correction else ''}　依据：{item.clause.label}"
    yield f"共 {len(items)} 题"
