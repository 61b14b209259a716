"""Chromium over `danggui serve` with the sample base; skipped, with the reason, where one of them is not there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.conftest import served  # noqa: F401  a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.api.conftest import Served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(sample_home: Path, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: F811
    home = tmp_path_factory.mktemp("browsed") / "base"
    shutil.copytree(sample_home, home)
    with served(home) as address:
        yield address
