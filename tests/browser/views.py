"""The views of the page, and how each is come to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORK = "示例县党支部“三会一课”实施细则"
QUESTION = "支部的党课多长时间要上一次？"
NONSENSE = "火星上的首都叫什么名字？"
DRAFT = Path(__file__).with_name("draft.md")
QUIZ = f"/teach/quiz?topic={quote(WORK)}&count=10&seed=7&as_of=2026-11-01"
VIEWS = {
    "ask": "/",
    "answer": f"/?q={quote(QUESTION)}&as_of=2026-11-01",
    "no-basis": f"/?q={quote(NONSENSE)}",
    "search": f"/search?q={quote('党课')}",
    "read": f"/read/{quote(WORK)}@2023-05-12",
    "diff": f"/diff?title={quote(WORK)}",
    "check": "/check",
    "review": "/check",
    "teach": "/teach",
    "lesson": f"/teach/lesson?topic={quote(WORK)}&minutes=30&as_of=2026-11-01",
    "duties": f"/teach/duties?organ={quote('党支部')}&as_of=2026-11-01",
    "quiz": QUIZ,
    "score": QUIZ,
    "documents": "/documents",
    "remove": f"/documents/remove?id={quote(WORK)}@2019-06-18",
    "error": "/nowhere",
}

SENT = ("review", "score")  # what a form on their page leads to


def show(page: Page, view: str) -> None:
    """Go to a view."""
    page.goto(VIEWS[view])
    if view == "review":
        hand_in(page)
    if view == "score":
        page.locator(".question input[type=radio]").first.check()
        page.get_by_role("button", name="交卷").click()
        page.locator(".score").wait_for()


def hand_in(page: Page) -> None:
    """Have the draft checked, from the view 审."""
    page.locator("#file").set_input_files(DRAFT)
    page.get_by_label("以哪一天的效力为准").fill("2026-11-01")
    page.get_by_role("button", name="开始审查").click()
    page.locator(".review").wait_for(timeout=60_000)
