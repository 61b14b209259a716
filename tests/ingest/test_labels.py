"""Labels are read as people number; what only looks like one is not."""

from __future__ import annotations

import pytest

from ingest.labels import Style, read_label

LABELS = [
    pytest.param("第七条　内容", Style.ARTICLE, 7, 0, "第七条", "内容", id="article"),
    pytest.param("第7条 内容", Style.ARTICLE, 7, 0, "第7条", "内容", id="arabic"),
    pytest.param("第７条内容", Style.ARTICLE, 7, 0, "第７条", "内容", id="full-width, no space"),
    pytest.param("第一百二十条之一　内容", Style.ARTICLE, 120, 1, "第一百二十条之一", "内容", id="branch"),
    pytest.param("第一百〇三条 内容", Style.ARTICLE, 103, 0, "第一百〇三条", "内容", id="circle zero"),
    pytest.param("第一编　总则", Style.PART, 1, 0, "第一编", "总则", id="part"),
    pytest.param("第二分编 典型合同", Style.SUBPART, 2, 0, "第二分编", "典型合同", id="subpart"),
    pytest.param("第十章 附 则", Style.CHAPTER, 10, 0, "第十章", "附 则", id="chapter"),
    pytest.param("第三节  回避", Style.SECTION, 3, 0, "第三节", "回避", id="section"),
    pytest.param("一、总体要求", Style.COMMA, 1, 0, "一、", "总体要求", id="comma"),
    pytest.param("二 加强基层建设", Style.COMMA, 2, 0, "二", "加强基层建设", id="bare numeral"),
    pytest.param("（十二）其他", Style.PAREN, 12, 0, "（十二）", "其他", id="paren"),
    pytest.param("(三)其他", Style.PAREN, 3, 0, "(三)", "其他", id="ascii paren"),
    pytest.param("3.严格执行", Style.ARABIC, 3, 0, "3.", "严格执行", id="arabic point"),
    pytest.param("3、严格执行", Style.ARABIC, 3, 0, "3、", "严格执行", id="arabic comma"),
    pytest.param("（2）登记", Style.PAREN_ARABIC, 2, 0, "（2）", "登记", id="paren arabic"),
    pytest.param("2）登记", Style.PAREN_ARABIC, 2, 0, "2）", "登记", id="half paren arabic"),
    pytest.param("③登记", Style.CIRCLED, 3, 0, "③", "登记", id="circled"),
    pytest.param("二是改进方式。", Style.SHI, 2, 0, "二是", "改进方式。", id="first-is"),
]

NOT_LABELS = [
    "2017.5以来",
    "十二月底前完成",
    "三级干部会议",
    "一、二级公务员",
    "第三方评估",
    "党员大会",
    "",
    "两个维护",
    "一是否",
]


@pytest.mark.parametrize(("line", "style", "number", "branch", "text", "rest"), LABELS)
def test_label(line: str, style: Style, number: int, branch: int, text: str, rest: str) -> None:
    label = read_label(line)
    assert label is not None
    assert (label.style, label.number, label.branch, label.text) == (style, number, branch, text)
    assert line[label.end :] == rest


@pytest.mark.parametrize("line", NOT_LABELS)
def test_no_label(line: str) -> None:
    assert read_label(line) is None
