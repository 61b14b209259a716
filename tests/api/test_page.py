from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.keys import KeyRing, Scope
from api.settings import ServiceSettings
from danggui.ingesting import Order, ingest
from tests.api.conftest import opened

BROWSER = {"accept": "text/html"}
WORK = "示例县党支部“三会一课”实施细则"
NEW, OLD = f"{WORK}@2023-05-12", f"{WORK}@2019-06-18"
LATER = ["2023年5月12日 公布", "2023年6月1日 施行"]
EARLIER = ["2019年6月18日 公布", "2019年7月1日 施行", "2023年6月1日 被修订或取代"]


def test_answer_stands_first_with_its_clause_and_badges(api: TestClient) -> None:
    text = api.get("/", params={"q": "支部的党课多长时间要上一次？", "as_of": "2026-11-01"}).text
    assert text.index("党支部每季度至少安排1次党课") < text.index("《示例县党支部“三会一课”实施细则》第十一条</a>")
    for words in ("已回答", "2023年5月12日版", "现行有效", "引文属实", "以 2026年11月1日 的效力为准"):
        assert words in text
    assert f'href="/read/{quote(NEW, safe="@")}#art_11"' in text


def test_the_words_that_answer_are_marked(api: TestClient) -> None:
    text = api.get("/", params={"q": "来客没有公函，能不能先接待？", "as_of": "2026-11-01"}).text
    assert "无公函的公务活动和来访人员一律不予接待。</mark>" in text


def test_what_has_no_basis_is_said(api: TestClient) -> None:
    text = api.get("/", params={"q": "火星上的首都叫什么名字？"}).text
    assert "没有找到依据" in text
    assert 'class="citation"' not in text


def test_a_further_question_is_read_after_the_one_before(api: TestClient) -> None:
    text = api.get("/", params={"q": "那县委书记呢？", "after": "支部的党课多长时间要上一次？"}).text
    assert "县委书记每年至少讲1次党课" in text


def test_an_edition_has_contents_anchors_and_the_other_edition(api: TestClient) -> None:
    text = api.get(f"/read/{quote(NEW)}").text
    assert 'id="art_11"' in text
    assert 'href="#art_11"' in text
    assert f'href="/read/{quote(OLD, safe="@")}"' in text
    assert "已被修订或取代" in text
    assert "/diff?title=" in text


def test_the_time_line_tells_when_an_edition_began_and_what_came_after(api: TestClient) -> None:
    text = api.get(f"/read/{quote(OLD)}").text
    events = re.findall(r'class="event"[^>]*>([^<]+)<', text)
    assert [words for words in events if words.startswith("20")] == [*LATER, *EARLIER]
    assert f'后来的文本：<a href="/read/{quote(NEW, safe="@")}">' in text


def test_a_clause_is_shown_by_itself_for_a_link_to_it(api: TestClient) -> None:
    shown = api.get(f"/preview/{quote(NEW)}", params={"path": "art_11"})
    assert "党支部每季度至少安排1次党课" in shown.text
    assert "<html" not in shown.text
    assert api.get(f"/preview/{quote(NEW)}", params={"path": "art_99"}).status_code == 404


def test_two_editions_are_compared(api: TestClient) -> None:
    text = api.get("/diff", params={"title": WORK}).text
    assert "<ins>" in text
    assert "<del>" in text
    assert "2019年6月18日版" in text


def test_of_several_editions_any_two_are_compared(own_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "first.txt"
    file.write_text(
        f"{WORK}\n（2016年3月1日中共示例县委组织部印发）\n第一条 党支部每年上1次党课。\n第二条 自印发之日起施行。\n",
        "utf-8",
    )
    ingest(own_home, Order((file,), workers=1))
    with opened(ServiceSettings(own_home)) as client:
        latest = client.get("/diff", params={"title": WORK}).text
        assert re.findall(r'<option value="([^"]+)" selected', latest) == ["2019-06-18", "2023-05-12"]
        first = client.get("/diff", params={"title": WORK, "old": "2016-03-01", "new": "2023-05-12"}).text
        assert re.findall(r'<option value="([^"]+)" selected', first) == ["2016-03-01", "2023-05-12"]
        assert "每年上1次党课" in re.sub(r"</?(?:del|ins)>", "", first)


def test_search_narrows_to_an_organ(api: TestClient) -> None:
    every = api.get("/search", params={"q": "党课"}).text
    organ = "中共示例县委组织部"
    assert re.search(rf'<a href="/search\?[^"]*">{organ} <span class="count">\d+', every)
    narrowed = api.get("/search", params={"q": "党课", "issuer": organ}).text
    assert set(re.findall(r'<span class="plain issuer">([^<]+)<', narrowed)) == {organ}


def test_search_marks_words_and_narrows(api: TestClient) -> None:
    every = api.get("/search", params={"q": "党课"}).text
    assert "<mark>党课</mark>" in every
    assert "2019年6月18日版" in every
    narrowed = api.get("/search", params={"q": "党课", "status": "in_force"}).text
    assert "2019年6月18日版" not in narrowed
    assert "2023年5月12日版" in narrowed


@pytest.mark.parametrize("words", ["《示例县党务公开实施细则》第五条第一款", "示例县党务公开实施细则第5条第1款"])
def test_a_citation_in_any_spelling_leads_to_its_clause(api: TestClient, words: str) -> None:
    answer = api.get("/goto", params={"citation": words}, follow_redirects=False)
    assert answer.status_code == 303
    place = quote("示例县党务公开实施细则@2022-03-18", safe="@")
    assert answer.headers["location"] == f"/read/{place}#art_5/para_1"


def test_a_wrong_citation_is_told_what_there_is(api: TestClient) -> None:
    answer = api.get("/goto", params={"citation": "《示例县党务公开实施细则》第九十九条"})
    assert answer.status_code == 404
    assert "共25条，没有第九十九条" in answer.text


def test_browsers_get_a_page_for_an_error_and_programs_a_problem(api: TestClient) -> None:
    page = api.get("/nowhere", headers=BROWSER)
    assert page.status_code == 404
    assert "没有这个页面 /nowhere" in page.text
    assert api.get("/api/v1/nowhere", headers=BROWSER).headers["content-type"] == "application/problem+json"
    assert api.get("/", params={"as_of": "昨天"}, headers=BROWSER).status_code == 422


def test_nothing_from_elsewhere_may_be_loaded(api: TestClient) -> None:
    policy = api.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for file in ("page.css", "page.js", "icon.svg"):
        assert api.get(f"/static/{file}").status_code == 200
    assert "http" not in api.get("/static/page.css").text


def test_what_is_asked_is_shown_and_never_run(api: TestClient) -> None:
    hostile = "<script>alert(1)</script>党课"
    for place in ("/", "/search"):
        text = api.get(place, params={"q": hostile}).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


def test_a_hostile_title_and_text_are_shown_and_never_run(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    file = tmp_path / "x.txt"
    file.write_text(
        f"示例县{evil}管理办法\n（2024年1月5日印发）\n第一条 为了考勤{evil}，制定本办法。\n第二条 干部应当签到。\n",
        "utf-8",
    )
    home = tmp_path / "base"
    ingest(home, Order((file,), workers=1))
    with opened(ServiceSettings(home)) as client:
        row = client.get("/api/v1/documents").json()[0]
        assert evil in client.get(f"/api/v1/editions/{quote(row['id'], safe='@')}").json()["text"]
        for place in ("/documents", f"/read/{quote(row['id'], safe='@')}", "/search?q=签到", "/?q=干部要签到吗"):
            shown = client.get(place)
            assert shown.status_code == 200
            assert "<script>alert" not in shown.text


def test_feedback_is_kept_and_not_taken_from_another_site(own_home: Path) -> None:
    said = {"question": "党课多久上一次？", "kind": "wrong", "note": "少了一款"}
    with opened(ServiceSettings(own_home)) as client:
        assert client.post("/feedback", data=said, headers={"origin": "http://evil.test"}).status_code == 403
        answer = client.post("/feedback", data=said, headers={"origin": "http://localhost"})
        assert "反馈已记下" in answer.text
    (line,) = (own_home / "feedback.jsonl").read_text("utf-8").splitlines()
    kept = json.loads(line)
    assert (kept["question"], kept["kind"], kept["note"]) == ("党课多久上一次？", "wrong", "少了一款")


def test_an_empty_base_says_how_to_begin(tmp_path: Path) -> None:
    with opened(ServiceSettings(tmp_path / "none")) as client:
        text = client.get("/").text
    assert "知识库还是空的" in text
    assert 'type="file"' in text


def test_where_keys_are_needed_the_page_asks_for_one_and_keeps_it(own_home: Path) -> None:
    ring = KeyRing(own_home)
    reader, admin = ring.add("reader", Scope.READ), ring.add("admin", Scope.ADMIN)
    removing: dict[str, Any] = {"params": {"id": OLD}, "headers": BROWSER}
    with opened(ServiceSettings(own_home, require_keys=True)) as client:
        shut = client.get("/", headers=BROWSER)
        assert shut.status_code == 401
        assert 'name="key"' in shut.text
        assert client.post("/login", data={"key": "wrong"}, headers=BROWSER).status_code == 401
        opened_by = client.post("/login", data={"key": reader, "then": "//evil.test"}, follow_redirects=False)
        assert opened_by.headers["location"] == "/"
        cookie = opened_by.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert client.get("/").status_code == 200
        assert client.get("/documents/remove", **removing).status_code == 403
        assert client.get("/api/v1/editions").status_code == 401  # a cookie opens no interface
        client.post("/login", data={"key": admin})
        assert "移除这个版本？" in client.get("/documents/remove", **removing).text
