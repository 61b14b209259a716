"""The service as its callers meet it: in this process over the sample base, and as `danggui serve` on a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.library import Library
from api.settings import ServiceSettings
from danggui.client import Client

ROOT = Path(__file__).resolve().parents[2]
_ADDRESS = re.compile(r"http://\S+(?=/api/v1/)")
_START = "from danggui.cli import main; main()"

Served = Callable[..., AbstractContextManager[str]]


@contextmanager
def opened(settings: ServiceSettings) -> Iterator[TestClient]:
    """Yield a client of the application itself, its base loaded."""
    app = create_app(settings)
    library: Library = app.state.service.library
    with TestClient(app, base_url="http://localhost") as client:
        library.catch_up()
        yield client


@pytest.fixture(scope="session")
def api(sample_home: Path) -> Iterator[TestClient]:
    """Yield a client of the service over the sample base, open to this machine; nothing there is to be changed."""
    with opened(ServiceSettings(sample_home)) as client:
        yield client


@pytest.fixture(scope="session")
def served() -> Served:
    """Return what runs `danggui serve` with some options and gives its address once it is ready."""

    @contextmanager
    def run(home: Path, *options: str, key: str = "", ready: bool = True) -> Iterator[str]:
        command = [sys.executable, "-c", _START, "serve", "--port", "0", "--home", str(home), *options]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=environment) as process:
            try:
                assert process.stderr is not None
                told = _ADDRESS.search(process.stderr.readline())
                assert told, process.stderr.read()
                if ready:  # a base that is empty is not
                    with Client(told[0], key) as client:
                        client.wait_ready()
                yield told[0]
            finally:
                process.terminate()
                process.communicate(timeout=30)

    return run
