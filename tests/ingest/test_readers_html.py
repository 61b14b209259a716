"""Web pages: the text and nothing but the text, and not a clause less."""

from __future__ import annotations

import pytest

from corpus.errors import InputError
from ingest.document import Block, BlockKind, Document
from ingest.readers import read


def page(body: str, title: str = "") -> Document:
    return read(
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>".encode(), "样.html"
    )


def texts(body: str, title: str = "") -> list[str]:
    return [block.text for block in page(body, title).blocks]


SITE = """
<div id="top"><a href="/">首页</a> | <a href="/xw">新闻</a> 今天是2024年3月1日</div>
<div class="nav"><ul><li><h4><a href="/1">政务公开</a></h4></li><li><a href="/2">规章制度</a></li></ul></div>
<div class="left"><h3>最新信息</h3><ul><li><a href="/3">示例县召开专题会议</a><span>2024-01-02</span></li></ul></div>
<div class="wrap">
  <h1>关于印发租车规定的通知</h1>
  <div class="info"><span>来源：本站</span> <span>发布时间：2019年04月04日</span> 字号：大 中 小</div>
  <div class="editor">
    <p>各处室：</p><p>　　现将租车规定予以公布，请遵照执行。</p>
    <p><b>第一条</b><span>&nbsp; 为规范租车，明确申报、
审批流程，制定本规定。</span></p>
    <p>第二条 适用范围：<br/>　　1.教研活动；<br>　　2.其他。</p>
    <p>附：<a href="/a.doc">租车申请审批单</a></p>
    <p align="right">示例中学</p><p align="right">2019年4月3日</p>
    <p>【打印此页】【关闭窗口】</p>
  </div>
  <div class="share">分享到：微信</div><p>上一篇：<a href="/9">无</a></p>
</div>
<footer>主办单位：示例中学。</footer><div class="bottom">版权所有 示例中学 示ICP备00000号</div>
"""


def test_main_text_of_a_site() -> None:
    assert texts(SITE, "关于印发租车规定的通知--党政办-示例中学") == [
        "关于印发租车规定的通知",
        "各处室：",
        "现将租车规定予以公布，请遵照执行。",
        "第一条  为规范租车，明确申报、审批流程，制定本规定。",
        "第二条 适用范围：",
        "1.教研活动；",
        "2.其他。",
        "附：租车申请审批单",
        "示例中学",
        "2019年4月3日",
    ]


def test_old_page_of_nested_tables() -> None:
    menu = "<table><tr><td><a href='/'>首页</a></td><td><a href='/2'>机构</a></td></tr></table>"
    body = (
        f"<table><tr><td>{menu}</td></tr></table><table><tr><td width=200>{menu}</td><td><table>"
        "<tr><td align=center><font size=5>租车规定</font></td></tr>"
        "<tr><td align=center>发布日期：2010-01-01 浏览次数：9</td></tr>"
        "<tr><td>　　第一条 甲。<br>　　第二条 乙。<br>　　第三条 丙。</td></tr></table></td></tr></table>"
    )
    assert texts(body, "租车规定") == ["租车规定", "第一条 甲。", "第二条 乙。", "第三条 丙。"]


LOSSLESS = [
    pytest.param("<nav><p>第一条 甲。</p></nav><p>第二条 乙。</p>", id="clause in a nav"),
    pytest.param("<div class='sidebar'>第一条 甲。</div><div>第二条 乙。</div>", id="clause in a sidebar"),
    pytest.param("<div><p>第一条 甲。</p></div><div><div><p>第二条 乙。</p></div></div>", id="clauses apart"),
    pytest.param("<p>第一条 甲。</p></body></html><p>第二条 乙。</p>", id="premature end of the page"),
    pytest.param("<font>第一条 甲。<p><font><b>" * 1 + "第二条 乙。", id="unclosed tags"),
    pytest.param("<div><span>" * 400 + "第一条 甲。<p>第二条 乙。", id="deep nesting"),
    pytest.param("<pre>第一条 甲。\n第二条 乙。\n</pre>", id="preformatted"),
    pytest.param("<form id='aspnetForm'><p>第一条 甲。</p><p>第二条 乙。</p></form>", id="page inside a form"),
    pytest.param(
        "<table><tr><td>第一条 甲。</td></tr><tr><td></td><td>第二条 乙。</td></tr></table>", id="layout table"
    ),
    pytest.param("<p><a href='/1'>第一条</a> 甲。</p><p>第二条 乙。</p>", id="linked number"),
]


@pytest.mark.parametrize("body", LOSSLESS)
def test_no_clause_is_lost(body: str) -> None:
    assert texts(body)[-2:] == ["第一条 甲。", "第二条 乙。"]


ENCODINGS = [
    pytest.param("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', id="gb2312"),
    pytest.param("gb18030", "<meta charset=GBK>", id="gbk"),
    pytest.param("utf-8", '<meta charset="utf-8">', id="utf-8"),
    pytest.param("big5", "<meta charset=big5>", id="big5"),
    pytest.param("gb18030", '<meta charset="utf-8">', id="declared wrongly"),
    pytest.param("utf-8", '<meta charset="gb2312">', id="declared wrongly the other way"),
    pytest.param("gb18030", "", id="undeclared"),
    pytest.param("utf-8-sig", "<meta charset=gbk>", id="mark beats declaration"),
    pytest.param("utf-16", "", id="utf-16"),
    pytest.param("utf-8", '<meta charset="zip">', id="declared nonsense"),
]


@pytest.mark.parametrize(("encoding", "declaration"), ENCODINGS)
def test_encodings(encoding: str, declaration: str) -> None:
    words = "第一條 本條例由中央解釋。" if encoding == "big5" else "第一条 本条例由镕办解释。"
    source = f"<html><head>{declaration}</head><body><p>{words}</p></body></html>"
    assert read(source.encode(encoding), "样.html").blocks[0].text == words


HIDDEN = [
    pytest.param("<p style='display:none'>暗文</p>", True, id="display"),
    pytest.param("<p style='VISIBILITY: Hidden'>暗文</p>", True, id="visibility"),
    pytest.param("<p style='font-size:0px'>暗文</p>", True, id="size 0"),
    pytest.param("<p style='font-size:1pt'>暗文</p>", True, id="size 1 pt"),
    pytest.param("<p style='font-size:0.8em'>暗文</p>", False, id="relative size"),
    pytest.param("<p style='color:#fff'>暗文</p>", True, id="white"),
    pytest.param("<p style='color: rgb(255, 255, 255)'>暗文</p>", True, id="white as rgb"),
    pytest.param("<p><font color=white>暗文</font></p>", True, id="white font"),
    pytest.param("<div style='background:#c00'><p style='color:#fff'>暗文</p></div>", False, id="white on red"),
    pytest.param("<table><tr><td bgcolor=#003366><font color=white>暗文</font></table>", False, id="white on bgcolor"),
    pytest.param("<p style='position:absolute;left:-9999px'>暗文</p>", True, id="off the page"),
    pytest.param("<p style='opacity:0'>暗文</p>", True, id="transparent"),
    pytest.param("<p style='mso-hide:all'>暗文</p>", True, id="hidden in Word"),
    pytest.param("<p hidden>暗文</p>", True, id="attribute"),
]


@pytest.mark.parametrize(("body", "hidden"), HIDDEN)
def test_hidden_text_is_kept_apart(body: str, hidden: bool) -> None:
    document = page(f"<p>第一条 甲。</p>{body}<p>第二条 乙。</p>")
    assert [block.text for block in document.blocks] == ["第一条 甲。"] + ["暗文"] * (not hidden) + ["第二条 乙。"]
    assert document.hidden == (("暗文",) if hidden else ())


LISTS = [
    pytest.param("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"], id="decimal"),
    pytest.param("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", ["3. 甲", "7. 乙", "8. 丙"], id="start and value"),
    pytest.param("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"], id="reversed"),
    pytest.param("<ol type=A><li>甲</ol><ol type=i><li>乙</ol>", ["A. 甲", "i. 乙"], id="types"),
    pytest.param("<ol style='list-style-type: cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"], id="chinese"),
    pytest.param("<ol style='list-style:none'><li>甲</ol>", ["甲"], id="no marker"),
    pytest.param("<ul><li>甲</ul>", ["甲"], id="bullets"),
    pytest.param("<ol><li>一、甲<li>（二）乙</ol>", ["一、甲", "（二）乙"], id="typed numbers are not doubled"),
    pytest.param("<ol><li>甲<ol><li>子<li>丑</ol><li>乙</ol>", ["1. 甲", "1. 子", "2. 丑", "2. 乙"], id="nested"),
    pytest.param("<ol><li><p>甲</p><p>续</p><li><p>乙</p></ol>", ["1. 甲", "续", "2. 乙"], id="paragraphs in items"),
]


@pytest.mark.parametrize(("body", "expected"), LISTS)
def test_ordered_lists_show_their_numbers(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_label_stands_apart() -> None:
    assert page("<ol><li>甲</ol>").blocks == (Block("1. 甲", label="1."),)


def test_tables_and_headings() -> None:
    document = page(
        "<h2>标准</h2><table><caption>表1</caption><tr><th>项目<th>数<tr><td>车<td>1<br>2</table><h3>附则</h3>"
    )
    assert [(block.text, block.kind, block.level) for block in document.blocks] == [
        ("标准", BlockKind.TEXT, 2),
        ("表1", BlockKind.TEXT, 0),
        ("项目 | 数\n车 | 1 2", BlockKind.TABLE, 0),
        ("附则", BlockKind.TEXT, 3),
    ]


CLAUSES = "<p>第一条 甲。</p><p>第二条 乙。</p>"
TITLES = [
    pytest.param(
        f"<table><tr><td>示例县用车办法</td></tr><tr><td>{CLAUSES}</td></tr></table>", ["示例县用车办法"], id="row"
    ),
    pytest.param(
        f"<table><tr><td>中共示例县委</td></tr><tr><td>用车办法</td></tr><tr><td>{CLAUSES}</td></tr></table>",
        ["中共示例县委", "用车办法"],
        id="two rows",
    ),
    pytest.param(
        "<table><tr><td>欢迎访问</td></tr><tr><td><table><tr><td>示例县用车办法</td></tr>"
        f"<tr><td>{CLAUSES}</td></tr></table></td></tr></table>",
        ["示例县用车办法"],
        id="row of an inner table",
    ),
    pytest.param(
        f"<div><a href='/'>首页</a></div><div>示例县用车办法</div><div>{CLAUSES}</div>", ["示例县用车办法"], id="block"
    ),
    pytest.param(
        "<table><tr><td><a href='/'>规章制度</a></td></tr><tr><td>欢迎访问</td><td><table><tr><td>"
        f"{CLAUSES}</td></tr></table></td></tr></table>",
        [],
        id="site's rows are no title",
    ),
    pytest.param(
        f"<table><tr><td>本网规章制度</td></tr><tr><td><p>示例县用车办法</p>{CLAUSES}</td></tr></table>",
        ["示例县用车办法"],
        id="title stands with the text",
    ),
]  # fmt: skip


@pytest.mark.parametrize("page_title", ["", "示例县人民政府网"], ids=["untitled page", "page named after the site"])
@pytest.mark.parametrize(("body", "title"), TITLES)
def test_title_above_the_text(body: str, title: list[str], page_title: str) -> None:
    assert texts(body, page_title) == [*title, "第一条 甲。", "第二条 乙。"]


def test_numbers_in_a_column_of_their_own() -> None:
    document = page(
        "<table><tr><td colspan=2>示例县用车办法</td></tr><tr><td>第一章</td><td>总则</td></tr>"
        "<tr><td>第一条</td><td><p>为了规范用车，制定本办法。</p><p>第二款。</p></td></tr>"
        "<tr><td>第二条<br>（情形）</td><td>下列情形：<ol><li>公务</ol></td></tr></table>"
    )
    assert [(block.text, block.kind) for block in document.blocks] == [
        (text, BlockKind.TEXT)
        for text in (
            "示例县用车办法",
            "第一章　总则",
            "第一条　为了规范用车，制定本办法。",
            "第二款。",
            "第二条 （情形）　下列情形：",
            "1. 公务",
        )
    ]


def test_white_space_is_shown_as_a_browser_does() -> None:
    assert texts("<p>第一条&emsp;党\n组织\tA\n B&#8203;&mdash;&ldquo;甲&rdquo;</p>") == ["第一条 党组织 A B—“甲”"]


def test_scripts_styles_and_comments_are_no_text() -> None:
    body = (
        "<script>var a='第九条';</script><style>p{}</style><!-- 第八条 --><noscript>第七条</noscript><p>第一条 甲。</p>"
    )
    assert texts(body) == ["第一条 甲。"]


def test_external_entity_is_not_opened() -> None:
    source = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>第一条 甲&x;。</p></body></html>'
    )
    assert read(source.encode(), "样.html").blocks[0].text.startswith("第一条 甲&x;")


def test_a_page_too_deep_to_be_read_whole_is_refused() -> None:
    with pytest.raises(InputError, match="嵌套过深"):
        page("<div>" * 5000 + "第一条 甲。")


@pytest.mark.slow
def test_large_pages_are_read_in_linear_time() -> None:
    for part in (
        "<p>第一条 甲。</p>",
        "<font>",
        "<",
        "<td>",
        "&nbsp;",
        " \n",
        "<div class='nav'></div>",
        "<ol><li></li></ol>",
    ):
        body = part * (1_000_000 // len(part) if part[0] != "<" or "</" in part else 1500)
        assert texts(body + "<p>第二条 终。</p>")[-1].endswith("第二条 终。")
