from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

PICTURES = os.environ.get("DANGGUI_SCREENSHOTS")  # a folder: the views are kept there
WORK = "示例县党支部“三会一课”实施细则"
QUESTION = "支部的党课多长时间要上一次？"
VIEWS = {
    "ask": "/",
    "answer": f"/?q={quote(QUESTION)}&as_of=2026-11-01",
    "no-basis": f"/?q={quote('火星上的首都叫什么名字？')}",
    "search": f"/search?q={quote('党课')}",
    "read": f"/read/{quote(WORK)}@2023-05-12",
    "diff": f"/diff?title={quote(WORK)}",
    "documents": "/documents",
    "error": "/nowhere",
}
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """Yield a page, and see to it that it asked nobody else and complained of nothing."""
    context = browser.new_context(base_url=site, locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert set(asked) == {urlsplit(site).netloc}
    assert [words for words in complaints if "404 (Not Found)" not in words] == []


def test_ask_read_the_clause_and_come_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label("问题", exact=True).fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("党支部每季度至少安排1次党课").first.wait_for()
    page.get_by_text("原文（第十一条全条）").click()
    assert "第十一条" in page.locator(".whole").first.inner_text()
    page.locator(".citation h3 a").first.click()
    page.wait_for_url("**/read/**#art_11")
    assert page.locator("#art_11").evaluate("node => node.matches(':target')")
    page.go_back()
    page.locator(".answer").wait_for()
    page.goto("/")
    assert QUESTION in page.locator("#history a").first.inner_text()


def test_search_and_narrow_then_look_a_citation_up(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("词语或问题").fill("党课")
    page.get_by_role("button", name="检索").click()
    page.locator(".facets a", has_text="现行有效").click()
    page.locator(".facets [aria-current]").wait_for()
    assert set(page.locator(".hits .badge").all_inner_texts()) == {"现行有效"}
    page.get_by_label("引文，写法不拘").fill("示例县党务公开实施细则第5条第1款")
    page.get_by_role("button", name="打开").click()
    page.wait_for_url("**/read/**#art_5/para_1")


def test_read_and_switch_the_edition(page: Page) -> None:
    page.goto(VIEWS["read"])
    page.locator(".editions a:not([aria-current])").click()
    page.locator(".centre .badge.superseded").wait_for()


def test_upload_then_delete(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "考勤办法.txt"
    file.write_text(
        "示例县考勤办法\n（2020年1月1日印发）\n第一条 为了考勤，制定本办法。\n第二条 干部应当签到。\n", "utf-8"
    )
    page.goto("/documents")
    page.locator("#files").set_input_files(file)
    page.get_by_role("button", name="上传入库").click()
    page.get_by_role("heading", name="入库完成").wait_for(timeout=60_000)
    page.get_by_role("link", name="回到文件列表").click()
    page.get_by_role("link", name="移除《示例县考勤办法》2020年1月1日版").click()
    page.get_by_role("button", name="确认移除").click()
    page.get_by_role("heading", name="移除完成").wait_for(timeout=60_000)
    page.goto("/documents")
    assert page.get_by_role("link", name="示例县考勤办法", exact=True).count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_view_shuts_anybody_out(page: Page, view: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(VIEWS[view])
    found = axe.Axe().run(page).response["violations"]
    grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
    assert grave == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_no_view_is_wider_than_the_screen(page: Page, view: str, size: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(VIEWS[view])
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{view}-{size}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
