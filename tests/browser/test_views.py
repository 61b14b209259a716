"""Every view of the page as it looks: shuts nobody out, fits the screen, prints."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import faults, watched
from tests.browser.views import SENT, VIEWS, show

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.api.conftest import Served

pytestmark = pytest.mark.slow

PICTURES = os.environ.get("DANGGUI_SCREENSHOTS")  # a folder: the views are kept there
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_shuts_anybody_out(page: Page, view: str) -> None:
    show(page, view)
    assert faults(page) == []


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_is_wider_than_the_screen(page: Page, view: str) -> None:
    show(page, view)
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        if view not in SENT:
            page.reload()  # what folds on a phone does so as it is loaded
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{view}-{size}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("view", ["read", "review", "answer", "score"])
def test_a_view_prints_without_what_is_for_the_screen(page: Page, view: str) -> None:
    show(page, view)
    page.emulate_media(media="print")
    assert not page.locator(".top nav").is_visible()
    assert not page.locator("main .button, main button").filter(visible=True).count()
    for pane in page.locator(".pane").all():
        assert pane.evaluate("node => node.scrollHeight <= node.clientHeight + 1")


def test_an_empty_base_says_how_to_begin_in_every_column(browser: Browser, served: Served, tmp_path: Path) -> None:
    with served(tmp_path / "none", ready=False) as address, watched(browser, address) as page:
        for column in ("问 提问", "审 审查", "讲 教学", "库 文件"):
            page.goto("/nowhere")
            page.get_by_role("link", name=column).click()
            page.get_by_role("heading", name="知识库还是空的").wait_for()
        assert faults(page) == []
