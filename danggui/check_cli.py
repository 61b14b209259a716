"""`danggui check`: a document or a folder of them against the base (合规审查)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import InputError
from danggui.options import as_json_option, as_of_option, dumps, home_option, new_file

if TYPE_CHECKING:
    from answer.review.findings import Review


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@as_of_option
@click.option("--html", type=new_file, help="另把审查报告写成一个网页文件。")
@click.option("--docx", type=new_file, help="另把审查报告写成 Word 文件，意见批注在原文相应位置。")
@click.option("--allow-marked", is_flag=True, help="允许审查标有密级或“内部”的文件。")
@home_option
@as_json_option
def check(
    path: Path, on: date | None, html: Path | None, docx: Path | None, allow_marked: bool, home: Path, as_json: bool
) -> None:
    """审查一个文件（草案、报告、通知等）或一个文件夹：引用、引文、数字期限、体例、表述、依据，逐条指出。"""
    from danggui.base import KnowledgeBase
    from danggui.checking import check_path

    if path.is_dir() and (html or docx):
        raise InputError("--html 和 --docx 一次只写一个文件的报告；请指定文件而不是文件夹")
    with KnowledgeBase(home) as base:
        reviews = list(check_path(base, path, on, allow_marked=allow_marked))
    if not path.is_dir():
        _write(reviews[0][1], html, docx)
    click.echo(_shown(reviews, path.is_dir(), as_json))
    if all(isinstance(review, str) for _, review in reviews):
        sys.exit(1)


def _shown(reviews: Sequence[tuple[str, Review | str]], folder: bool, as_json: bool) -> str:
    from danggui.review_output import folder_json, lines, table

    if not folder:
        review = reviews[0][1]
        assert not isinstance(review, str)
        return dumps(review.to_json()) if as_json else "\n".join(lines(review))
    return dumps(folder_json(reviews)) if as_json else "\n".join(table(reviews))


def _write(review: Review | str, html: Path | None, docx: Path | None) -> None:
    """Write the reports that were asked for."""
    from answer.review.page import page
    from danggui.files import write
    from danggui.review_docx import docx_of

    assert not isinstance(review, str)
    if html:
        write(html, page(review))
    if docx:
        write(docx, docx_of(review))
