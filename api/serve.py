"""Starts the service (启动服务): one process, or several that share the port and the files of the index."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from api.keys import KeyRing
from api.metrics import MULTIPROCESS
from api.settings import LOOPBACK_HOSTS, ServiceSettings, is_loopback
from corpus.errors import InputError
from danggui.llm import read_language_settings

_GRACE = 10  # seconds that requests under way may take when the service is stopped
_BACKLOG = 2048


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen; `names` are further host names by which clients call the service, as behind a proxy."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    names: tuple[str, ...] = ()
    require_keys: bool = False


def settings_for(home: Path, listening: Listening) -> ServiceSettings:
    """Return the settings that fit an address: keys are asked for wherever others than this machine may call.

    Raises InputError when there is no key yet, or for wrong settings of a language model.
    """
    read_language_settings(home)  # what is wrong with them is told before anything starts
    local = is_loopback(listening.host)
    hosts = (*LOOPBACK_HOSTS, listening.host, *listening.names) if local else listening.names
    required = listening.require_keys or not local or bool(listening.names)
    if required and not KeyRing(home).keys():
        raise InputError(
            f"在 {listening.host} 上提供服务要有密钥，知识库 {home} 还没有；"
            "请先运行 danggui keys add 名字 --scope read，或只在本机使用（--host 127.0.0.1）"
        )
    return ServiceSettings(home.resolve(), required, tuple(dict.fromkeys(hosts)))


def serve(home: Path, listening: Listening, announce: Callable[[str], None]) -> None:
    """Serve the base in `home` until the process is told to stop; `announce` is called with the address.

    Raises InputError when a key is missing or the address cannot be had.
    """
    settings = settings_for(home, listening)
    bound = _bound(listening)
    with bound, _environment(settings.to_environment()), _shared_figures(listening.workers):
        announce(_address(bound, listening.host))
        uvicorn.run(
            "api.app:create_app",
            factory=True,
            fd=bound.fileno(),
            workers=listening.workers,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_GRACE,
        )


def _bound(listening: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # What is accepted inherits it: uvicorn takes a socket given by its number for another kind and leaves it out,
        # and each answer's second packet would wait 40 ms.
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        bound.bind((listening.host, listening.port))
        bound.listen(_BACKLOG)
    except OSError as error:
        bound.close()
        place = f"{listening.host} 的 {listening.port} 端口"
        raise InputError(f"不能在 {place}上提供服务（{error.strerror or error}）；请换一个 --port 或 --host") from error
    bound.set_inheritable(True)
    return bound


def _address(bound: socket.socket, host: str) -> str:
    port = bound.getsockname()[1]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


@contextmanager
def _shared_figures(workers: int) -> Iterator[None]:
    """Let several processes keep their figures in one folder; see `api.metrics`."""
    if workers == 1:
        yield
        return
    folder = tempfile.mkdtemp(prefix="danggui-metrics-")
    try:
        with _environment({MULTIPROCESS: folder}):
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
