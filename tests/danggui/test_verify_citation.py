"""Citations verified against a base: every state, with what there is instead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from answer.verify import State, verify_hit, verify_text
from danggui.base import KnowledgeBase, Scope
from danggui.cli import main
from danggui.ingesting import Order, ingest

TODAY = date(2026, 11, 1)
OLD = """示例县会议管理办法
（2018年1月2日中共示例县委印发）
第一条　为了精简会议，制定本办法。
第二条　会议伙食费每人每天不得超过一百二十元。
第三条　有下列情形之一的，不得召开会议：
（一）可以用电话解决的；
（二）没有准备好的。
第四条　会议应当在本单位会议室召开，不得到风景名胜区召开会议。
第五条　本办法自2018年2月1日起施行。
"""
NEW = """示例县会议管理办法
（2022年3月1日中共示例县委印发）
第一条　为了精简会议、改进会风，制定本办法。
第二条　会议实行计划管理，年初由县委办公室统一编制计划。
第三条　会议伙食费每人每天不得超过一百三十元。
第四条　有下列情形之一的，不得召开会议：
（一）没有准备好、议题不成熟的；
（二）可以用电话、视频解决的。
前款规定由县委办公室负责解释。
第五条　会议应当在本单位内部会议室召开，不得到风景名胜区召开会议。
第六条　本办法自2022年4月1日起施行。
"""
REPEALING = """示例县机关运行办法
（2023年5月1日中共示例县委印发）
第一条　机关用车实行统一调度，由县机关事务中心统一派车。
第二条　本办法自2023年6月1日起施行。《示例县机关用车办法》同时废止。
"""
REPEALED = """示例县机关用车办法
（2015年5月1日中共示例县委印发）
第一条　机关用车由各单位统一派车。
第二条　本办法自2015年6月1日起施行。
"""
COMING = """示例县值班办法
（2026年10月1日中共示例县委印发）
第一条　节假日实行双人值班。
第二条　本办法自2027年1月1日起施行。
"""
TITLE = "《示例县会议管理办法》"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    for name, text in {"旧": OLD, "新": NEW, "废": REPEALED, "立": REPEALING, "将": COMING}.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    home = tmp_path_factory.mktemp("verify") / "base"
    ingest(home, Order((folder,), workers=1))
    return home


@pytest.fixture(scope="module")
def base(home: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(home) as opened:
        yield opened


def test_a_clause_in_force_is_ok_and_quoted_as_stored(base: KnowledgeBase) -> None:
    found = base.verify_citation(f"{TITLE}第3条", "伙食费 每人每天不得超过一百三十元", TODAY)
    assert (found.state, found.diff, found.range) == ("ok", (), "")
    assert found.hit is not None
    assert found.hit.quote == "伙食费每人每天不得超过一百三十元"
    assert base.lookup.edition("示例县会议管理办法@2022-03-01").text[found.hit.start : found.hit.end] == found.hit.quote
    assert found.message == f"{TITLE}第三条（2022年3月1日版）现行有效，引文与原文一致"


@pytest.mark.parametrize(
    ("words", "there"),
    [
        (f"{TITLE}第七条", "第一条至第六条"),
        (f"{TITLE}（2018年版）第六条", "第一条至第五条"),
        (f"{TITLE}第四条第三款", "第一款至第二款"),
        (f"{TITLE}第三条第二款", "第一款"),
        (f"{TITLE}第四条第（三）项", "第一款第（一）项至第（二）项"),
        (f"{TITLE}第五条第（一）项", ""),
        (f"{TITLE}（2020年版）第一条", "2018-01-02、2022-03-01"),
        ("《示例县会议管理规定》第一条", "《示例县会议管理办法》"),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(base: KnowledgeBase, words: str, there: str) -> None:
    found = base.verify_citation(words, on=TODAY)
    assert (found.state, found.range, found.hit) == ("not_found", there, None)
    assert found.citation == words


def test_a_superseded_clause_names_its_successor_by_words_not_by_number(base: KnowledgeBase) -> None:
    found = base.verify_citation(f"{TITLE}（2018年版）第二条", on=TODAY)
    assert (found.state, found.hit and found.hit.edition) == ("superseded", "2018-01-02")
    assert found.successor is not None
    assert found.successor.id == "示例县会议管理办法@2022-03-01/art_3"
    assert found.message == f"{TITLE}第二条（2018年1月2日版）已被修订或取代；现对应{TITLE}第三条（2022年3月1日）"
    item = base.verify_citation(f"{TITLE}（2018年版）第三条第（一）项", on=TODAY)
    assert item.successor is not None
    assert item.successor.id == "示例县会议管理办法@2022-03-01/art_4/para_1/item_2"


def test_the_day_decides(base: KnowledgeBase) -> None:
    assert base.verify_citation(f"{TITLE}第二条", on=date(2019, 1, 1)).state == "ok"
    coming = base.verify_citation("《示例县值班办法》第一条", on=TODAY)
    assert (coming.state, coming.message) == ("not_yet_in_force", "《示例县值班办法》第一条（2026年10月1日版）尚未施行")
    assert base.verify_citation("《示例县值班办法》第一条", on=date(2027, 1, 1)).state == "ok"


def test_a_repealed_clause_names_what_repealed_it(base: KnowledgeBase) -> None:
    found = base.verify_citation("《示例县机关用车办法》第一条", on=TODAY)
    assert (found.state, found.successor and found.successor.id) == ("repealed", "示例县机关运行办法@2023-05-01/art_1")


def test_one_wrong_character_is_shown(base: KnowledgeBase) -> None:
    found = base.verify_citation(f"{TITLE}第三条", "会议伙食费每人每天不得超过一百二十元", TODAY)
    assert found.state == "text_mismatch"
    assert found.diff == (
        ("equal", "会议伙食费每人每天不得超过一百", "会议伙食费每人每天不得超过一百"),
        ("replace", "三", "二"),
        ("equal", "十元", "十元"),
    )
    assert [hit.id for hit in found.elsewhere] == ["示例县会议管理办法@2018-01-02/art_2"]
    assert found.message == f"引文与{TITLE}第三条的原文不符：这段文字见于{TITLE}第二条（2018年1月2日）"
    made_up = base.verify_citation(f"{TITLE}第三条", "会议伙食费每人每天不得超过一百五十元", TODAY)
    assert (made_up.elsewhere, made_up.message) == ((), f"引文与{TITLE}第三条的原文不符：原文“三”，引作“五”")


def test_a_quotation_of_another_article_is_placed(base: KnowledgeBase) -> None:
    found = base.verify_citation(f"{TITLE}第一条", "会议实行计划管理", TODAY)
    assert (found.state, [hit.label for hit in found.elsewhere]) == ("text_mismatch", [f"{TITLE}第二条"])
    assert found.elsewhere[0].quote == "会议实行计划管理"
    nowhere = base.verify_citation(f"{TITLE}第一条", "企业所得税的税率", TODAY)
    assert nowhere.message == f"引文与{TITLE}第一条的原文不符：其中没有这段文字"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("《办法》第一条", "可能指"),
        ("第一条", "没有写明是哪部法规的第一条"),
        ("会议怎么开", "看不懂的引文"),
        (f"{TITLE}第一条至第三条", "一次只能指明一处条款"),
        ("", "看不懂的引文"),
    ],
)
def test_what_cannot_be_read_is_not_checked(base: KnowledgeBase, words: str, message: str) -> None:
    found = base.verify_citation(words, on=TODAY)
    assert (found.state, found.hit) == ("not_checked", None)
    assert message in found.message


def test_a_whole_work_is_verified_too(base: KnowledgeBase) -> None:
    found = base.verify_citation(f"{TITLE}（2018年版）", "不得到风景名胜区召开会议", TODAY)
    assert (found.state, found.successor and found.successor.id) == ("superseded", "示例县会议管理办法@2022-03-01")


def test_answers_carry_the_state_of_each_citation(base: KnowledgeBase) -> None:
    answer = base.ask("会议伙食费每人每天不得超过多少元", Scope(TODAY))
    assert answer.states == ("ok",) * len(answer.citations)
    older = base.ask(f"{TITLE}第二条规定了什么", Scope(date(2019, 1, 1)))
    assert [one["state"] for one in older.to_json()["citations"]] == ["ok"]  # type: ignore[attr-defined]


def test_a_forged_citation_of_an_answer_is_found(base: KnowledgeBase) -> None:
    hit = base.show(f"{TITLE}第三条", TODAY)
    assert verify_hit(hit, base.lookup, TODAY).state is State.OK
    text = hit.quote.replace("三十", "五十")
    forged = {
        State.TEXT_MISMATCH: [
            replace(hit, quote=text),
            replace(hit, text=text, quote=text),
            replace(hit, start=hit.start - 3),
            replace(hit, label=f"{TITLE}第四条"),
            replace(hit, end=hit.end + 40, quote="会议"),
        ],
        State.NOT_FOUND: [
            replace(hit, id=hit.id.replace("art_3", "art_9")),
            replace(hit, edition="2020-01-01"),
            replace(hit, id="示例县饮食办法@2020/art_1", title="示例县饮食办法"),
        ],
    }
    for state, hits in forged.items():
        assert [verify_hit(one, base.lookup, TODAY).state for one in hits] == [state] * len(hits)
    outdated = base.show(f"{TITLE}（2018年版）第二条", TODAY)
    assert verify_hit(outdated, base.lookup, TODAY).state is State.SUPERSEDED


def test_citations_of_any_text_are_verified(base: KnowledgeBase) -> None:
    text = "按照《示例县会议管理办法》第三条和第九条，以及《示例县饮食办法》第一条，会议从简。"
    states = [(one.citation, one.state.value) for one in verify_text(text, base.lookup, TODAY)]
    assert states == [
        ("《示例县会议管理办法》第三条", "ok"),
        ("第九条", "not_found"),
        ("《示例县饮食办法》第一条", "not_found"),
    ]


def test_the_command_prints_the_state_and_fails_where_it_is_not_ok(home: Path) -> None:
    options = ["--home", str(home), "--as-of", "2026-11-01"]
    right = CliRunner().invoke(main, ["verify-citation", f"{TITLE}第三条", *options])
    assert (right.exit_code, right.stdout.splitlines()[0]) == (0, f"属实：{TITLE}第三条（2022年3月1日版）现行有效")
    absent = CliRunner().invoke(main, ["verify-citation", f"{TITLE}第九条", *options])
    assert absent.exit_code == 1
    assert absent.stdout.splitlines() == [
        f"条款不存在：{TITLE}（2022年3月1日）共6条，没有第九条",
        "现有：第一条至第六条",
    ]
    wrong = CliRunner().invoke(main, ["verify-citation", f"{TITLE}第一条", "--quote", "计划管理", *options, "--json"])
    shown = json.loads(wrong.stdout)
    assert list(shown) == [
        "citation",
        "state",
        "message",
        "hit",
        "range",
        "successor",
        "diff",
        "elsewhere",
        "catalogue",
    ]
    assert (wrong.exit_code, shown["state"], shown["diff"]) == (1, "text_mismatch", [["insert", "", "计划管理"]])
