"""Chromium over `danggui serve` with the sample base; skipped, with the reason, where one of them is not there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.api.conftest import served  # noqa: F401  a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.api.conftest import Served

TOLD = (
    "401 (Unauthorized)",
    "403 (Forbidden)",
    "404 (Not Found)",
    "409 (Conflict)",
    "422 (Unprocessable",
)  # a page of an error is what was asked for


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
def home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the base that is served, which tests may change and look into."""
    home = tmp_path_factory.mktemp("browsed") / "base"
    shutil.copytree(sample_home, home)
    return home


@pytest.fixture(scope="session")
def site(home: Path, served: Served) -> Iterator[str]:  # noqa: F811
    with served(home) as address:
        yield address


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """Yield a page, and see to it that it asked nobody else and complained of nothing."""
    with watched(browser, site) as page:
        yield page


@contextmanager
def watched(browser: Browser, site: str, *, script: bool = True) -> Iterator[Page]:
    """Yield a page of a site; at the end it may have asked nobody else nor complained of anything."""
    context = browser.new_context(base_url=site, locale="zh-CN", java_script_enabled=script)
    context.set_default_timeout(15_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert set(asked) == {urlsplit(site).netloc}
    assert [words for words in complaints if not any(told in words for told in TOLD)] == []


def faults(page: Page) -> list[tuple[str, str]]:
    """Return the serious findings of axe, in light and dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    found = []
    for dark in (False, True):
        page.emulate_media(color_scheme="dark" if dark else "light")
        rows = axe.Axe().run(page).response["violations"]
        grave = [one for one in rows if one["impact"] in ("serious", "critical")]
        found += [(one["id"], one["nodes"][0]["html"]) for one in grave]
    return found
