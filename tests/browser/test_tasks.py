"""What people come to the page for, each task from its beginning to its end in a real browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from api.keys import KeyRing, Scope
from corpus.store_lock import WriterLock
from tests.browser.conftest import faults, watched
from tests.browser.views import DRAFT, NONSENSE, QUESTION, VIEWS, WORK, hand_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.api.conftest import Served

pytestmark = pytest.mark.slow

TEXT = "示例县{}办法\n（2020年1月1日印发）\n第一条 为了考勤，制定本办法。\n第二条 干部应当签到。\n"


def test_ask_read_the_clause_and_come_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label("问题", exact=True).fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("党支部每季度至少安排1次党课").first.wait_for()
    first = page.locator(".citation").first
    assert first.locator(".badge").all_inner_texts() == ["现行有效", "引文属实"]
    page.get_by_text("原文（第十一条全条）").click()
    assert "第十一条" in page.locator(".whole").first.inner_text()
    first.get_by_role("button", name="复制出处").click()
    page.get_by_role("button", name="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"《{WORK}》第十一条"
    first.locator("h3 a").click()
    page.wait_for_url("**/read/**#art_11")
    assert page.locator("#art_11").evaluate("node => node.matches(':target')")
    page.go_back()
    page.locator(".answer").wait_for()


def test_the_words_that_answer_are_marked(page: Page) -> None:
    page.goto(f"/?q={quote('来客没有公函，能不能先接待？')}&as_of=2026-11-01")
    marked = page.locator(".citation mark").all_inner_texts()
    assert any(words.endswith("无公函的公务活动和来访人员一律不予接待。") for words in marked)


def test_ask_about_a_former_day_and_further(page: Page) -> None:
    page.goto("/")
    page.get_by_label("问题", exact=True).fill(QUESTION)
    page.get_by_label("以哪一天的效力为准").fill("2021-05-01")
    page.get_by_role("button", name="提问").click()
    page.get_by_text("以 2021年5月1日 的效力为准").wait_for()
    assert page.locator(".edition").first.inner_text() == "2019年6月18日版"
    page.get_by_label("接着问").fill("那县委书记呢？")
    page.get_by_role("button", name="追问").click()
    page.get_by_text("接着“支部的党课多长时间要上一次？”问").wait_for()


def test_say_that_an_answer_is_wrong(page: Page, home: Path) -> None:
    page.goto(VIEWS["answer"])
    page.get_by_label("这个答案有问题？").fill("少了一款")
    page.get_by_role("button", name="不完整").click()
    page.get_by_text("反馈已记下").wait_for()
    kept = json.loads((home / "feedback.jsonl").read_text("utf-8").splitlines()[-1])
    assert (kept["question"], kept["kind"], kept["note"]) == (QUESTION, "incomplete", "少了一款")


def test_what_was_asked_stays_in_the_browser_until_it_is_forgotten(page: Page) -> None:
    page.goto(VIEWS["answer"])
    page.goto("/")
    assert QUESTION in page.locator("#history a").first.inner_text()
    page.get_by_role("button", name="清除").click()
    page.reload()
    assert page.locator("#history").is_hidden()


def test_nothing_found_says_what_to_do(page: Page) -> None:
    page.goto(VIEWS["no-basis"])
    page.get_by_text("没有找到依据").first.wait_for()
    page.get_by_role("link", name="“查”里看相近的条款").click()
    assert page.get_by_label("词语或问题").input_value() == NONSENSE


def test_search_and_narrow_then_look_a_citation_up(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("词语或问题").fill("党课")
    page.get_by_role("button", name="检索").click()
    assert page.locator(".hits mark").first.inner_text() == "党课"
    for facet in ("现行有效", "中共示例县委组织部", "2023"):
        page.locator(".facets a", has_text=facet).first.click()
        page.locator(".facets [aria-current]", has_text=facet).wait_for()
    assert set(page.locator(".hits .badge").all_inner_texts()) == {"现行有效"}
    assert set(page.locator(".hits .issuer").all_inner_texts()) == {"中共示例县委组织部"}
    assert set(page.locator(".hits .edition").all_inner_texts()) == {"2023年5月12日版"}
    page.get_by_label("引文，写法不拘").fill("示例县党务公开实施细则第5条第1款")
    page.get_by_role("button", name="打开").click()
    page.wait_for_url("**/read/**#art_5/para_1")


def test_read_by_contents_and_links_and_switch_the_edition(page: Page) -> None:
    page.goto(VIEWS["read"])
    page.get_by_role("navigation", name="目录").get_by_role("link", name="第十一条").click()
    page.wait_for_url("**#art_11")
    citing = page.get_by_text("被引用")
    citing.click()
    page.get_by_role("link", name="《中共示例县委2025年工作报告》").click()
    page.wait_for_url(f"**/read/{quote('中共示例县委2025年工作报告')}**")
    page.goto(VIEWS["read"])
    assert "2023年6月1日 施行" in page.locator(".timeline .current").inner_text()
    page.locator(".timeline").get_by_role("link", name="2019年6月18日版").click()
    page.locator(".centre .badge.superseded").wait_for()
    page.locator(".timeline").get_by_role("link", name=f"《{WORK}》（2023年5月12日）").click()
    page.locator(".centre .badge.in_force").wait_for()


def test_a_reference_shows_its_clause_to_mouse_and_keyboard(page: Page) -> None:
    page.goto(VIEWS["read"])
    link, box = page.locator("a.reference", has_text="本细则第六条"), page.get_by_role("tooltip")
    link.hover()
    box.get_by_text("第六条").first.wait_for()
    page.keyboard.press("Escape")
    assert box.is_hidden()
    page.locator("a.number", has_text="第一条").first.focus()
    while not link.evaluate("node => node === document.activeElement"):
        page.keyboard.press("Tab")
    box.wait_for()
    assert link.get_attribute("aria-describedby") == "preview"
    page.keyboard.press("Enter")
    page.wait_for_url("**#art_6")


def test_see_what_changed_between_editions(page: Page) -> None:
    page.goto(VIEWS["read"])
    page.get_by_role("link", name="新旧对照").click()
    page.locator("ins").first.wait_for()
    assert page.locator("del").count()
    assert "2019年6月18日版" in page.locator("thead").inner_text()


def test_have_a_document_checked_and_take_the_report_away(page: Page, home: Path, tmp_path: Path) -> None:
    page.goto("/check")
    hand_in(page)
    page.locator(".to-place").first.click()
    number = page.evaluate("location.hash").removeprefix("#p")
    assert page.locator(f"#p{number}").evaluate("node => node.matches(':target')")
    page.locator(f"#p{number} .to-note").click()
    assert page.locator(f"#f{number}").evaluate("node => node.matches(':target')")
    every = page.locator(".finding").count()
    page.locator(".facets a", has_text="引用").click()
    page.locator(".facets [aria-current]", has_text="引用").wait_for()
    assert 0 < page.locator(".finding").count() < every
    with page.expect_download() as report:
        page.get_by_role("link", name="导出 Word").click()
    report.value.save_as(tmp_path / "report.docx")
    assert report.value.suggested_filename == "审查报告_draft.docx"
    assert len(list(Document(str(tmp_path / "report.docx")).comments)) == every
    with page.expect_download() as table:
        page.get_by_role("link", name="导出 JSON").click()
    table.value.save_as(tmp_path / "report.json")
    assert len(json.loads((tmp_path / "report.json").read_text("utf-8"))["findings"]) == every
    page.get_by_role("button", name="删除这次结果").click()
    page.get_by_role("heading", name="审查文件").wait_for()
    assert not list((home / "checks").iterdir())


def test_drop_a_document_and_give_the_check_up(page: Page, home: Path) -> None:
    page.goto("/check")
    dropped = page.evaluate_handle(
        """text => {
          const dropped = new DataTransfer();
          dropped.items.add(new File([text], "草案.md"));
          return dropped;
        }""",
        DRAFT.read_text("utf-8"),
    )
    page.dispatch_event("form.upload", "drop", {"dataTransfer": dropped})
    assert page.locator("#file").evaluate("node => node.files[0].name") == "草案.md"
    page.get_by_role("button", name="开始审查").click()
    page.get_by_role("heading", name="正在审查“草案.md”").wait_for()
    assert page.get_by_role("progressbar").is_visible()
    page.get_by_role("button", name="取消审查").click()
    page.get_by_role("heading", name="审查文件").wait_for()
    assert page.locator(".trouble").count() == 0


def test_findings_are_walked_through_by_keyboard(page: Page) -> None:
    page.goto("/check")
    hand_in(page)
    page.locator(".to-place").first.focus()
    page.keyboard.press("ArrowDown")
    second = page.locator(".to-place").nth(1)
    assert second.evaluate("node => node === document.activeElement")
    here = page.locator(".place.here")
    assert f"#{here.get_attribute('id')}" == second.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.classList.contains('to-note')")


def test_outline_a_lesson_and_take_it_and_its_calendar_away(page: Page, tmp_path: Path) -> None:
    page.goto("/teach")
    page.get_by_label("讲什么").fill(WORK)
    page.get_by_label("时长").select_option("30")
    page.get_by_role("button", name="写提纲").click()
    page.get_by_role("heading", name=f"《{WORK}》学习提纲").wait_for()
    assert page.locator(".duties tbody tr").count() == 8
    files = (("导出 Word", "docx"), ("导出幻灯片", "pptx"), ("导出 Markdown", "md"), ("导出履职日历", "ics"))
    for words, ending in files:
        with page.expect_download() as taken:
            page.get_by_role("link", name=words).click()
        taken.value.save_as(tmp_path / f"lesson.{ending}")
    assert len(Document(str(tmp_path / "lesson.docx")).tables[-1].rows) > 1
    assert len(Presentation(str(tmp_path / "lesson.pptx")).slides) > 5
    assert "## 一、为什么学" in (tmp_path / "lesson.md").read_text("utf-8")
    assert b"RRULE:FREQ=" in (tmp_path / "lesson.ics").read_bytes()
    page.locator(".outline .source").first.click()
    page.wait_for_url(f"**/read/{quote(WORK)}@2023-05-12#**")


def test_list_the_duties_of_an_organ(page: Page) -> None:
    page.goto("/teach")
    page.get_by_label("谁的职责").fill("党支部")
    page.get_by_role("button", name="列职责").click()
    page.get_by_role("heading", name="党支部职责清单").wait_for()
    row = page.locator(".duties tr", has_text="1次党课").first
    assert row.locator("td").nth(3).inner_text().startswith("每季度")
    row.get_by_role("link").click()
    page.wait_for_url("**/read/**#art_11**")


def test_answer_a_quiz_and_take_the_paper_away(page: Page, tmp_path: Path) -> None:
    page.goto("/teach")
    page.get_by_label("考什么").fill(WORK)
    page.get_by_label("简答题").uncheck()
    page.get_by_label("题数").select_option("5")
    page.get_by_role("button", name="出题").click()
    items = page.locator(".question")
    items.first.wait_for()
    assert items.count() == 5
    for item in items.all():
        item.locator("input").first.check() if item.locator(".option").count() else item.locator("input").fill("每月")
    page.get_by_role("button", name="交卷").click()
    page.get_by_text("/ 5 题").wait_for()
    assert page.locator(".question blockquote").count() == 5
    right, wrong = page.locator("legend .ok").count(), page.locator("legend .failed").count()
    assert page.locator(".score").inner_text() == f"答对 {right} / {right + wrong} 题"
    for ending in ("docx", "xlsx"):
        with page.expect_download() as taken:
            page.locator(f'a[href^="/teach/quiz.{ending}"]').click()
        taken.value.save_as(tmp_path / f"quiz.{ending}")
    stems = [row[1] for row in load_workbook(tmp_path / "quiz.xlsx").active.iter_rows(min_row=2, values_only=True)]
    assert len(stems) == 5
    words = "\n".join(one.text for one in Document(str(tmp_path / "quiz.docx")).paragraphs)
    assert all(str(stem) in words for stem in stems)


def test_upload_then_delete(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "考勤办法.txt"
    file.write_text(TEXT.format("考勤"), "utf-8")
    page.goto("/documents")
    page.locator("#files").set_input_files(file)
    page.get_by_role("button", name="上传入库").click()
    page.get_by_role("heading", name="入库完成").wait_for(timeout=60_000)
    assert "《示例县考勤办法》2020年1月1日版，2 条" in page.locator(".report").inner_text()
    page.get_by_role("link", name="回到文件列表").click()
    page.get_by_role("link", name="移除《示例县考勤办法》2020年1月1日版").click()
    page.get_by_role("button", name="确认移除").click()
    page.get_by_role("heading", name="移除完成").wait_for(timeout=60_000)
    page.goto("/documents")
    assert page.get_by_role("link", name="示例县考勤办法", exact=True).count() == 0


def test_cancel_an_upload_that_waits(page: Page, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "会务办法.txt"
    file.write_text(TEXT.format("会务"), "utf-8")
    lock = WriterLock(home)
    try:
        page.goto("/documents")
        page.locator("#files").set_input_files(file)
        page.get_by_role("button", name="上传入库").click()
        page.get_by_text("等候另一个写入者").wait_for(timeout=60_000)
        assert faults(page) == []
        page.get_by_role("button", name="取消任务").click()
        page.get_by_role("heading", name="入库已取消").wait_for(timeout=60_000)
    finally:
        lock.release()
    page.goto("/documents")
    page.get_by_text("最近的任务").click()
    assert page.get_by_role("listitem").filter(has_text="会务办法.txt").filter(has_text="已取消").count() == 1
    assert page.get_by_role("link", name="示例县会务办法", exact=True).count() == 0


def test_a_wrong_citation_and_a_wrong_address_say_what_to_do(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("引文，写法不拘").fill("《示例县党务公开实施细则》第九十九条")
    page.get_by_role("button", name="打开").click()
    assert "共25条" in page.get_by_role("alert").inner_text()
    page.goto("/nowhere")
    assert "没有这个页面" in page.get_by_role("alert").inner_text()
    page.get_by_role("link", name="回到提问").click()
    page.get_by_label("问题", exact=True).wait_for()


def test_everything_is_reached_by_keyboard_alone(page: Page) -> None:
    page.goto("/search")
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("node => node === document.activeElement")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.get_by_label("词语或问题").evaluate("node => node === document.activeElement")
    page.keyboard.type("党课")
    page.keyboard.press("Enter")
    page.locator(".hits").wait_for()
    for column in ("问 提问", "查 检索", "审 审查", "讲 教学", "库 文件"):
        page.goto("/search")
        link = page.get_by_role("link", name=column)
        for _ in range(10):
            page.keyboard.press("Tab")
            if link.evaluate("node => node === document.activeElement"):
                break
        assert link.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        page.locator("nav [aria-current]", has_text=column).wait_for()


def test_a_key_opens_the_page(browser: Browser, served: Served, sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "base"
    shutil.copytree(sample_home, home)
    key = KeyRing(home).add("reader", Scope.READ)
    with served(home, "--require-keys", key=key) as address, watched(browser, address) as page:
        page.goto("/search")
        assert faults(page) == []
        page.get_by_role("textbox", name="密钥").fill(key)
        page.get_by_role("button", name="进入").click()
        page.get_by_label("词语或问题").wait_for()
        page.goto("/documents")
        page.get_by_role("link", name=f"移除《{WORK}》2019年6月18日版").click()
        assert "没有管理（admin）权限" in page.get_by_role("alert").inner_text()


def test_it_works_without_script(browser: Browser, site: str) -> None:
    with watched(browser, site, script=False) as page:
        page.goto("/")
        page.get_by_label("问题", exact=True).fill(QUESTION)
        page.get_by_role("button", name="提问").click()
        page.get_by_text("党支部每季度至少安排1次党课").first.wait_for()
        page.goto("/check")
        hand_in(page)
        assert page.locator(".finding").count()
        page.goto(VIEWS["quiz"])
        page.get_by_role("button", name="交卷").click()
        page.locator(".score").wait_for()
        page.goto(VIEWS["read"])
        page.locator("a.reference", has_text="本细则第六条").click()
        page.wait_for_url("**#art_6")
