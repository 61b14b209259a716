"""`danggui relations` and `danggui graph`: what stands above and below a text, and all of it as a graph (关系)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from corpus.errors import InputError
from danggui.options import as_json_option, as_of_option, dumps, home_option, new_file

_SUFFIXES = (".json", ".png", ".svg")


@click.command()
@click.argument("words", metavar="TITLE|CITATION")
@as_of_option
@home_option
@as_json_option
def relations(words: str, on: date | None, home: Path, as_json: bool) -> None:
    """一部法规或一条款的上下位关系：依据谁、实施谁、废止谁、被谁引用。"""
    from danggui.base import KnowledgeBase
    from danggui.relating import related, to_json

    day = on or date.today()
    with KnowledgeBase(home) as base:
        found = to_json(base, related(base, words, day), day)
    for line in [dumps(found)] if as_json else _shown(found):
        click.echo(line)


@click.command()
@click.option("--out", "file", required=True, type=new_file, help="写到哪个文件。")
@click.option("--title", default="", help="只画这一部及与它有关系的，可用简称。")
@as_of_option
@home_option
def graph(file: Path, title: str, on: date | None, home: Path) -> None:
    """导出关系图：.json 是节点和边，.png、.svg 是图（需要 matplotlib）。"""
    from danggui.base import KnowledgeBase
    from danggui.files import writing
    from danggui.graph import graph as of
    from danggui.graph_picture import draw

    if file.suffix not in _SUFFIXES:
        raise InputError(f"不能导出 {file.name}；文件名要以 {'、'.join(_SUFFIXES)} 结尾")
    with KnowledgeBase(home) as base:
        found = of(base, on or date.today(), title)
    with writing(file):
        if file.suffix == ".json":
            file.write_text(dumps(found.to_json()) + "\n", "utf-8")
        else:
            draw(found, file)
    click.echo(f"已写入 {file}：{len(found.nodes)} 部，{len(found.edges)} 条关系")


def _shown(found: dict[str, Any]) -> Iterator[str]:
    clause = found["clause"]
    from corpus.citation import Citation

    yield clause["label"] if clause else str(Citation(found["title"]))
    yield _version(found)
    for name, key in (
        ("向上（依据、实施、废止、引用谁）", "upstream"),
        ("向下（谁依据、实施、废止、引用它）", "downstream"),
    ):
        yield ""
        yield f"{name}："
        if not found[key]:
            yield "  没有"
        for edge in found[key]:
            yield from _edge(edge)


def _edge(edge: dict[str, Any]) -> Iterator[str]:
    from corpus.citation import Citation
    from corpus.relations import Tie
    from danggui.graph import TIE_WORDS

    known = _version(edge) if edge["in_base"] else "正文未入库"
    yield f"  {TIE_WORDS[Tie(edge['kind'])]}  {Citation(edge['title'])}（{known}）"
    for place in edge["places"]:
        if place["label"]:
            yield f"        {place['label'].rpartition('》')[2]}：{place['words']}"


def _version(facts: dict[str, Any]) -> str:
    from corpus.citation import edition_words
    from corpus.validity import Status
    from danggui.output import STATUS_WORDS

    words = [f"{edition_words(facts['edition'])[1:-1]}版", STATUS_WORDS[Status(facts["status"])]]
    return "，".join([*words, *(facts[key] for key in ("level", "region") if facts[key])])
