"""What a text repeals is named with its date, issuer and number; general rules repeal nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.repeals import Repeal, find_repeals

Facts = tuple[str, str, str, str]

REPEALS: list[object] = [
    pytest.param(
        "本办法自2020年1月1日起施行。2014年3月20日中共示例县委印发的《示例县公务接待暂行规定》同时废止。",
        [("示例县公务接待暂行规定", "2014-03-20", "中共示例县委", "")],
        id="date and issuer",
    ),
    pytest.param(
        "示例县人民政府1988年9月22日发布施行的《甲条例》同时废止。",
        [("甲条例", "1988-09-22", "示例县人民政府", "")],
        id="issuer before the date",
    ),
    pytest.param(
        "1996年5月3日办公室发布的《甲条例》和2000年8月24日国务院发布的《乙办法》停止执行。",
        [("甲条例", "1996-05-03", "办公室", ""), ("乙办法", "2000-08-24", "国务院", "")],
        id="two, 停止执行",
    ),
    pytest.param(
        "《甲办法》（示财行〔2013〕286号）同时废止。",
        [("甲办法", "", "", "示财行〔2013〕286号")],
        id="number behind",
    ),
    pytest.param(
        "2008年8月25日国家知识产权局令第47号发布的《甲办法》、第48号发布的《乙规则》同时废止。",
        [("甲办法", "2008-08-25", "国家知识产权局", "国家知识产权局令第47号"), ("乙规则", "", "", "")],
        id="order",
    ),
    pytest.param(
        "自本办法施行之日起，《甲》《乙》《丙》即行废止。",
        [("甲", "", "", ""), ("乙", "", "", ""), ("丙", "", "", "")],
        id="即行",
    ),
    pytest.param(
        "1994年公布的《甲》，2003年公布的《乙》，同时废止。",
        [("甲", "1994", "", ""), ("乙", "2003", "", "")],
        id="commas",
    ),
    pytest.param(
        "现决定废止《甲办法》、《乙办法》。", [("甲办法", "", "", ""), ("乙办法", "", "", "")], id="verb first"
    ),
    pytest.param(
        "一、废止《甲条例》（1992年9月19日第九届人民代表大会常务委员会第三十六次会议通过）",
        [("甲条例", "", "", "")],
        id="decision",
    ),
    pytest.param(
        "下列文件予以废止：\n1.《甲办法》\n2.《乙办法》\n二、其他事项见《丙办法》。",
        [("甲办法", "", "", ""), ("乙办法", "", "", "")],
        id="list",
    ),
    pytest.param(
        "《关于印发〈甲办法〉的通知》（县发〔2006〕3号）同时废止。",
        [("甲办法", "", "", "县发〔2006〕3号")],
        id="carrying notice",
    ),
    pytest.param(
        "《关于修改〈甲办法〉的决定》同时废止。", [("关于修改《甲办法》的决定", "", "", "")], id="inner brackets"
    ),
    pytest.param(
        "《中共示例县委工作规则(试行)》同时废止。",
        [("中共示例县委工作规则（试行）", "", "", "")],
        id="full-width brackets",
    ),
    pytest.param("根据《甲条例》制定的《乙办法》同时废止。", [("乙办法", "", "", "")], id="not its basis"),
]

NOT_REPEALS = [
    pytest.param("根据2013年7月18日《国务院关于废止和修改部分行政法规的决定》修订", id="title of a decision"),
    pytest.param("规章与《立法法》不一致的，应当予以废止。", id="general"),
    pytest.param("委托合同终止的，《批件》自动废止。", id="permit lapses"),
    pytest.param("《许可证》有效期满不办理延续手续的，《许可证》自行废止。", id="permit expires"),
    pytest.param("有关规定与《条例》和本办法抵触的，同时失效。", id="whatever conflicts"),
    pytest.param("依照《民事诉讼法》规定的程序，请求人民法院宣告该股票失效。", id="share"),
    pytest.param("复议期间《决定书》不停止执行。", id="not suspended"),
    pytest.param("以前有关规定，凡与《办法》不一致的，以本办法为准。", id="precedence"),
]


@pytest.mark.parametrize(("body", "facts"), REPEALS)
def test_repeals(body: str, facts: list[Facts]) -> None:
    assert [(one.title, one.date, one.issuer, one.number) for one in find_repeals(body)] == facts


@pytest.mark.parametrize("body", NOT_REPEALS)
def test_nothing_is_repealed(body: str) -> None:
    assert find_repeals(body) == ()


@pytest.mark.parametrize(
    "part", ["第三条", "第三条、第五条", "中有关认证标志的规定", "中关于反补贴的规定", "第二章的规定"]
)
def test_a_part_is_told_from_the_whole(part: str) -> None:
    body = f"《甲办法》和《乙办法》{part}同时废止。"
    assert [(one.title, one.partial) for one in find_repeals(body)] == [("甲办法", False), ("乙办法", True)]


def test_the_clause_is_kept_as_written() -> None:
    body = "第二十条 本办法自印发之日起施行。2017年3月15日印发的《示例县问责办法》同时废止。其他从其规定。"
    assert find_repeals(body) == (
        Repeal("示例县问责办法", "2017年3月15日印发的《示例县问责办法》同时废止", "2017-03-15"),
    )


@pytest.mark.slow
def test_every_repeal_clause_of_the_benchmark_is_read(shared: Callable[[str], Path]) -> None:
    """Of the sentences of legal-dc that end 《…》…同时废止 none is missed; what is found is a title, never empty."""
    docx = pytest.importorskip("docx")
    clause = re.compile(r"》[^。；]{0,40}同时废止$")
    said, missed, titles = 0, [], []
    for path in sorted(shared("corpus/legal-dc").glob("*.docx")):
        for paragraph in docx.Document(str(path)).paragraphs:
            found = find_repeals(paragraph.text)
            titles += [repeal.title for repeal in found]
            for sentence in re.split("[。；]", paragraph.text):
                if clause.search(sentence):
                    said += 1
                    missed += [] if found else [sentence]
    assert said > 150
    assert missed == []
    assert all(re.fullmatch(r"[^。；]{2,80}", title) for title in titles)
