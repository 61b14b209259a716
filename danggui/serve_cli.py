"""`danggui serve` and `danggui keys`: the HTTP service and the keys to it (服务与密钥)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danggui.options import as_json_option, dumps, home_option

if TYPE_CHECKING:
    from api.keys import Key

_SCOPE_WORDS = {"read": "查阅", "write": "入库", "admin": "管理"}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="在哪个地址上；本机之外的地址要先有密钥。")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口，0 表示任选一个。")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="进程数。")
@click.option("--allow-host", "names", multiple=True, help="还接受以此为主机名的请求，如反向代理的域名；可多次给出。")
@click.option("--require-keys", is_flag=True, help="在本机上也要密钥。")
@home_option
def serve(host: str, port: int, workers: int, names: tuple[str, ...], require_keys: bool, home: Path) -> None:
    """启动网页和 HTTP 服务，接口说明在 /api/v1/openapi.json。"""
    from api.serve import Listening
    from api.serve import serve as start

    def announce(address: str) -> None:
        click.echo(f"党规网页在 {address}/ ，接口在 {address}/api/v1/ ，按 Ctrl-C 停止", err=True)

    start(home, Listening(host, port, workers, names, require_keys), announce)


@click.group()
def keys() -> None:
    """管理 HTTP 服务的密钥。"""


@keys.command("add")
@click.argument("name")
@click.option("--scope", type=click.Choice(list(_SCOPE_WORDS)), default="read", show_default=True, help="权限。")
@home_option
@as_json_option
def add(name: str, scope: str, home: Path, as_json: bool) -> None:
    """添加一把密钥；密钥只显示这一次，库中只存它的摘要。"""
    from api.keys import KeyRing, Scope

    key = KeyRing(home).add(name, Scope(scope))
    click.echo(dumps({"name": name, "scope": scope, "key": key}) if as_json else key)
    if not as_json:
        click.echo(f"密钥“{name}”（{_SCOPE_WORDS[scope]}）只显示这一次，请收好", err=True)


@keys.command("list")
@home_option
@as_json_option
def list_(home: Path, as_json: bool) -> None:
    """列出密钥的名字和权限。"""
    from api.keys import KeyRing

    found = KeyRing(home).keys()
    if as_json:
        click.echo(dumps([key.to_json() for key in found]))
        return
    for line in _lines(found):
        click.echo(line)


@keys.command("revoke")
@click.argument("name")
@home_option
def revoke(name: str, home: Path) -> None:
    """作废一把密钥，运行中的服务立刻不再接受它。"""
    from api.keys import KeyRing

    KeyRing(home).revoke(name)
    click.echo(f"密钥“{name}”已作废")


def _lines(found: Sequence[Key]) -> Iterator[str]:
    for key in found:
        yield f"{_SCOPE_WORDS[key.scope]}  {key.name}  {key.created[:10]}"
    yield f"共 {len(found)} 把密钥"
