"""`danggui backup` and `danggui restore`: a base as one file, and back (备份、恢复)."""

from __future__ import annotations

from pathlib import Path

import click

from danggui.options import existing_file, home_option, new_file


@click.command()
@click.argument("file", type=new_file)
@home_option
def backup(file: Path, home: Path) -> None:
    """把知识库（文本、设置、密钥、关注清单）备份成一个文件；检索索引不在其中，恢复时重建。"""
    from danggui.backup import backup as write

    click.echo(f"已备份到 {file}：{write(home, file)} 个版本")


@click.command()
@click.argument("file", type=existing_file)
@home_option
def restore(file: Path, home: Path) -> None:
    """从备份恢复知识库；所给的文件夹里不能已有知识库。"""
    from corpus.store import Store
    from danggui.backup import restore as read
    from danggui.indexing import refresh_index
    from danggui.settings import read_settings

    count = read(home, file)
    with Store.open(home) as store:
        refresh_index(store, read_settings(home))  # now, so that the first question does not wait
    click.echo(f"已恢复到 {home}：{count} 个版本")
