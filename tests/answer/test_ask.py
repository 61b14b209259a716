"""Questions to cited answers: exact words, exact places, and no answer where there is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answer.ask import ask
from answer.support import Status

from .conftest import Shelf

AS_OF = "2026-01-01"

ANSWERS = [
    pytest.param(
        "党员大会多久召开一次？",
        "党支部每季度召开一次党员大会，每月召开一次支部委员会会议",
        "《示例县党支部组织生活实施细则》第三条",
        "党支部每季度召开一次党员大会，每月召开一次支部委员会会议。\n党员大会由支部书记召集并主持。书记因故不能参加的，可以委托副书记召集并主持。",
        id="frequency",
    ),
    pytest.param(
        "党员大会由谁召集？",
        "党员大会由支部书记召集并主持。书记因故不能参加的，可以委托副书记召集并主持。",
        "《示例县党支部组织生活实施细则》第三条",
        "党支部每季度召开一次党员大会，每月召开一次支部委员会会议。\n党员大会由支部书记召集并主持。书记因故不能参加的，可以委托副书记召集并主持。",
        id="who",
    ),
    pytest.param(
        "什么是“四会一课”？",
        "本细则所称“四会一课”，是指支部党员大会、支部委员会会议、党小组会、述职评议会和党课。",
        "《示例县党支部组织生活实施细则》第二条",
        "本细则所称“四会一课”，是指支部党员大会、支部委员会会议、党小组会、述职评议会和党课。",
        id="definition",
    ),
    pytest.param(
        "组织生活会议记录保存多久？",
        "组织生活会议记录保存期限为三年，参会党员人数不得少于应到会党员的百分之八十",
        "《示例县党支部组织生活实施细则》第六条",
        "组织生活会议记录保存期限为三年，参会党员人数不得少于应到会党员的百分之八十。",
        id="duration",
    ),
    pytest.param(
        "《示例县党支部组织生活实施细则》什么时候施行？",
        "本细则自2021年3月1日起施行",
        "《示例县党支部组织生活实施细则》第七条",
        "本细则自2021年3月1日起施行。",
        id="entry-into-force",
    ),
    pytest.param(
        "制定《示例县党支部组织生活实施细则》的目的是什么？",
        "为了严格党的组织生活，根据《中国共产党章程》，结合示例县实际，制定本细则。",
        "《示例县党支部组织生活实施细则》第一条",
        "为了严格党的组织生活，根据《中国共产党章程》，结合示例县实际，制定本细则。",
        id="purpose",
    ),
    pytest.param(
        "连续三次不参加组织生活的怎么处理？",
        "党员无正当理由连续三次不参加组织生活的，由支部书记进行谈话提醒；经提醒仍不改正的，给予批评教育。",
        "《示例县党支部组织生活实施细则》第五条",
        "党员无正当理由连续三次不参加组织生活的，由支部书记进行谈话提醒；经提醒仍不改正的，给予批评教育。",
        id="consequence",
    ),
    pytest.param(
        "选派了多少名机关干部任第一书记？",
        "全年选派45名机关干部到村任第一书记，培训农村党员1200人次",
        "《示例县基层党建工作报告》一、（一）第一段",
        "全年选派45名机关干部到村任第一书记，培训农村党员1200人次。",
        id="amount-in-a-report",
    ),
    pytest.param(
        "“三定两评”工作法是什么？",
        "完善管理制度。制定《示例县村级活动场所管理办法》，推行“三定两评”工作法，即定人员、定职责、定时间，群众评议、组织评定。",
        "《示例县基层党建工作报告》一、（二）二是",
        "完善管理制度。制定《示例县村级活动场所管理办法》，推行“三定两评”工作法，即定人员、定职责、定时间，群众评议、组织评定。",
        id="number-abbreviation",
    ),
    pytest.param(
        "《示例县党支部组织生活实施细则》第四条第（二）项是什么？",
        "（二）患重病住院治疗的；",
        "《示例县党支部组织生活实施细则》第四条第一款第（二）项",
        "（二）患重病住院治疗的；",
        id="looked-up",
    ),
]


@pytest.mark.parametrize(("question", "first_line", "label", "quote"), ANSWERS)
def test_answer(shelf: Shelf, question: str, first_line: str, label: str, quote: str) -> None:
    answer = ask(question, shelf, AS_OF)
    first = answer.citations[0]
    assert answer.status is Status.ANSWERED
    assert answer.answer.split("\n")[0] == first_line
    assert (first.label, first.quote) == (label, quote)
    assert shelf.edition(f"{first.title}@{first.edition}").text[first.start : first.end] == quote


def test_list_is_quoted_whole(shelf: Shelf) -> None:
    answer = ask("哪些情形可以不参加党员大会？", shelf, AS_OF)
    whole = (
        "党员有下列情形之一的，经本人申请、支部同意，可以不参加党员大会：\n"
        "（一）年老体弱、行动不便的；\n（二）患重病住院治疗的；\n（三）经组织批准外出学习的。"
    )
    (hit,) = answer.citations
    assert (hit.label, hit.quote) == (
        "《示例县党支部组织生活实施细则》第四条",
        f"{whole}\n前款规定以外的，应当事先书面请假。",
    )
    assert [hit.quote[slice(*mark)] for mark in hit.marks] == [whole]
    assert answer.answer == f"{whole}\n依据：《示例县党支部组织生活实施细则》（2021年版）第四条第一款"
    assert answer.notes == ()


def test_what_answers_is_marked_in_its_article_and_cited_to_the_paragraph(shelf: Shelf) -> None:
    answer = ask("党员大会由谁召集？", shelf, AS_OF)
    (hit,) = answer.citations
    assert [hit.quote[slice(*mark)] for mark in hit.marks] == [
        "党员大会由支部书记召集并主持。书记因故不能参加的，可以委托副书记召集并主持。"
    ]
    assert answer.answer.split("\n")[1] == "依据：《示例县党支部组织生活实施细则》（2021年版）第三条第二款"
    assert hit.to_json()["marks"] == [[30, 68]]


def test_item_of_a_short_list_brings_the_list(shelf: Shelf) -> None:
    answer = ask("党员患重病住院治疗可以不参加党员大会吗？", shelf, AS_OF)
    (hit,) = answer.citations
    (mark,) = hit.marks
    assert hit.label == "《示例县党支部组织生活实施细则》第四条"
    assert hit.quote[slice(*mark)].endswith("（三）经组织批准外出学习的。")


def test_item_of_a_long_list_comes_behind_its_lead(shelf: Shelf) -> None:
    answer = ask("在信访工作中推诿扯皮能不能确定为优秀等次？", shelf, AS_OF)
    lead, item = answer.citations
    assert lead.quote == "有下列情形之一的，年度考核不得确定为优秀等次："
    assert item.label == "《示例县干部考核办法》第一条第（二）项"
    assert item.quote.startswith("在信访工作中推诿扯皮，")
    assert answer.answer.split("\n")[:2] == [lead.quote, item.quote]
    assert answer.notes == ("《示例县干部考核办法》第一条的列举较长，此处未全部引出",)


def test_long_list_asked_for_is_quoted_whole(shelf: Shelf) -> None:
    answer = ask("哪些情形年度考核不得确定为优秀等次？", shelf, AS_OF)
    assert answer.citations[0].label == "《示例县干部考核办法》第一条"
    assert answer.citations[0].quote.count("\n") == 10
    assert answer.notes == ()


BASELESS = [
    pytest.param("如何申请美国签证？", id="other-matter"),
    pytest.param("村党支部书记可以休几天年假？", id="named-thing-absent"),
    pytest.param("党员大会记录本用什么颜色的封面？", id="detail-absent"),
    pytest.param("党支部书记每月工资多少元？", id="amount-absent"),
    pytest.param("2019年选派了多少名机关干部任第一书记？", id="other-year"),
    pytest.param("《示例县出差管理办法》对住宿费有什么规定？", id="unknown-regulation"),
    pytest.param("", id="empty"),
    pytest.param("？", id="no-words"),
]


@pytest.mark.parametrize("question", BASELESS)
def test_no_basis(shelf: Shelf, question: str) -> None:
    answer = ask(question, shelf, AS_OF)
    assert answer.status is Status.NO_BASIS
    assert answer.citations == ()
    assert answer.answer == "没有找到依据：本库条款中没有能回答这个问题的内容。"


def test_nearest_clause_is_named_when_nothing_answers(shelf: Shelf) -> None:
    answer = ask("2019年选派了多少名机关干部任第一书记？", shelf, AS_OF)
    assert answer.notes == (
        "最相近的是《示例县基层党建工作报告》一、（一）第一段：“全年选派45名机关干部到村任第一书记，"
        "培训农村党员1200人次。”，但不足以认定它回答了所问",
    )


def test_clause_that_does_not_exist(shelf: Shelf) -> None:
    answer = ask("示例县党支部组织生活实施细则第99条规定了什么", shelf, AS_OF)
    message = "《示例县党支部组织生活实施细则》（2021年2月20日）共7条，没有第九十九条"
    assert (answer.status, answer.answer, answer.notes) == (Status.NO_BASIS, f"没有找到依据：{message}", (message,))


def test_matter_without_the_value_is_partial(shelf: Shelf) -> None:
    answer = ask("什么是支部委员会会议？", shelf, AS_OF)
    assert answer.status is Status.PARTIAL
    assert answer.notes[0] == "所引条款与问题相关，但未必完全回答所问，请核对原文"


STATUSES = [
    pytest.param(
        "会议伙食费每人每天多少元？", "《示例县会议费管理办法》（2010年5月）已废止，引用前请核对", id="repealed"
    ),
    pytest.param(
        "改造提升了多少个村级活动场所？", "《示例县基层党建工作报告》（2022年）效力不详，引用前请核对", id="unknown"
    ),
]


@pytest.mark.parametrize(("question", "note"), STATUSES)
def test_status_is_noted(shelf: Shelf, question: str, note: str) -> None:
    assert ask(question, shelf, AS_OF).notes == (note,)


def test_outline_is_cited_by_headings(shelf: Shelf) -> None:
    answer = ask("选派了多少名机关干部任第一书记？", shelf, AS_OF)
    assert (
        answer.answer.split("\n")[1] == "依据：《示例县基层党建工作报告》（2022年版）一、抓实组织建设 > （一）建强队伍"
    )


def test_json_is_the_contract(shelf: Shelf) -> None:
    answer = json.loads(json.dumps(ask("党员大会多久召开一次？", shelf, AS_OF).to_json(), ensure_ascii=False))
    assert list(answer) == ["question", "as_of", "status", "answer", "citations", "notes"]
    assert (answer["question"], answer["as_of"], answer["status"]) == ("党员大会多久召开一次？", AS_OF, "answered")
    assert answer["citations"][0]["article"] == "第三条"


def test_long_question_comes_back_whole(shelf: Shelf) -> None:
    question = "党员大会多久召开一次？" + "甲" * 50_000
    assert ask(question, shelf, AS_OF).question == question


PIECES = st.sampled_from(
    [
        "党员大会",
        "多久",
        "召开一次",
        "第三条",
        "第九十九条",
        "《示例县干部考核办法》",
        "哪些",
        "“",
        "”",
        "《",
        "》",
        "村",
        "2022年",
        "多少",
        "？",
    ]
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)))
def test_any_question_gets_exact_quotes(shelf: Shelf, question: str) -> None:
    answer = ask(question, shelf, AS_OF)
    assert (answer.status is Status.NO_BASIS) == (answer.citations == ())
    for hit in answer.citations:
        assert hit.quote
        assert shelf.edition(f"{hit.title}@{hit.edition}").text[hit.start : hit.end] == hit.quote
