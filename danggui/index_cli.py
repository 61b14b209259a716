"""`danggui reindex`: the index built anew, with another model or store where one is given (重建索引)."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import InputError
from danggui.bars import Bars
from danggui.options import as_json_option, dumps, home_option

if TYPE_CHECKING:
    from index.settings import IndexSettings


@click.command()
@click.option("--model", help="向量模型：sentence-transformers 的文件夹或名称；与 --endpoint 同用时是服务端的模型名。")
@click.option("--endpoint", help="OpenAI 兼容的向量服务，如 http://127.0.0.1:8080/v1；密钥放在环境变量 DANGGUI_KEY。")
@click.option("--query-prompt", help="加在问题前的提示语，按模型说明填写。")
@click.option("--passage-prompt", help="加在条文前的提示语，按模型说明填写。")
@click.option("--store", type=click.Choice(["faiss", "chroma", "none"]), help="向量库；none 表示只按词检索。")
@click.option("--bundled", is_flag=True, help="改用自带的模型。")
@home_option
@as_json_option
def reindex(bundled: bool, home: Path, as_json: bool, **changes: Any) -> None:
    """重建检索索引；可同时更换向量模型或向量库，设置记在知识库的 danggui.toml 里。"""
    from corpus.store import Store
    from danggui.indexing import build_index
    from danggui.settings import read_settings, write_settings

    settings = _changed(read_settings(home), bundled, changes)
    with Bars(hidden=as_json or not sys.stderr.isatty()) as bars, Store.open(home, write=True) as store:
        build_index(store, settings, bars.start("重建索引", len(store.infos())), anew=True)
        write_settings(home, settings)
    model, endpoint = settings.embedding.model, settings.embedding.endpoint
    figures = {"model": model, "endpoint": endpoint, "store": settings.store}
    click.echo(dumps(figures) if as_json else f"索引已重建（{model or endpoint or '自带模型'}，{settings.store}）")


def _changed(settings: IndexSettings, bundled: bool, changes: dict[str, Any]) -> IndexSettings:
    """Return the settings with what was given on the command line."""
    from index.embedding import EmbeddingSettings

    given = {name: value for name, value in changes.items() if value is not None}
    store = given.pop("store", settings.store)
    if bundled and given:
        raise InputError("--bundled 不能与 --model、--endpoint 和提示语同用")
    if "model" in given and "endpoint" not in given:
        given["endpoint"] = ""  # a model of one's own takes the place of a service
    embedding = EmbeddingSettings(key=settings.embedding.key) if bundled else replace(settings.embedding, **given)
    return replace(settings, embedding=embedding, store=store)
