"""Rank and place follow from title and issuer."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.levels import is_trial, level_of, region_of

LEVELS = [
    pytest.param("中国共产党章程", "中国共产党第二十次全国代表大会", "", "党章", id="Party constitution"),
    pytest.param("中国共产党廉洁自律准则", "中共中央", "", "准则", id="准则"),
    pytest.param("中国共产党巡视工作条例（试行）", "中共中央", "", "条例", id="on trial"),
    pytest.param("干部教育培训工作规划", "中共中央办公厅", "", "其他", id="no regulation"),
    pytest.param("信访工作条例", "中共中央、国务院", "", "条例", id="Party and State"),
    pytest.param("中华人民共和国宪法", "全国人民代表大会", "", "宪法", id="constitution"),
    pytest.param("中华人民共和国监察法", "全国人民代表大会", "", "法律", id="law"),
    pytest.param("中华人民共和国监察法", "", "", "法律", id="law without issuer"),
    pytest.param("政府信息公开条例", "国务院", "", "行政法规", id="State Council"),
    pytest.param("征兵工作条例", "国务院、中央军委", "", "行政法规", id="with the military commission"),
    pytest.param("监察工作信息公开条例", "国家监察委员会", "", "监察法规", id="supervision"),
    pytest.param("事业单位处分规定", "人力资源社会保障部、监察部", "", "部门规章", id="ministries"),
    pytest.param("示例县公务接待办法", "中共示例县委", "示例县", "规范性文件", id="county"),
    pytest.param("山东省信访条例", "山东省人民代表大会常务委员会", "山东省", "地方性法规", id="people's congress"),
]

REGIONS = [
    pytest.param("示例县党务公开实施细则", "", "示例县", id="county"),
    pytest.param("中共示例县委常委会议事决策规则", "", "示例县", id="Party committee"),
    pytest.param("中国共产党示例县委员会工作规则", "", "示例县", id="full name"),
    pytest.param("甘肃省定西市陇西县公务接待办法", "", "甘肃省定西市陇西县", id="three tiers"),
    pytest.param("聊城市大气污染防治条例", "", "聊城市", id="city on 城"),
    pytest.param("恩施土家族苗族自治州水资源条例", "", "恩施土家族苗族自治州", id="prefecture"),
    pytest.param("内蒙古自治区信访条例", "", "内蒙古自治区", id="region"),
    pytest.param("深圳经济特区绿色建筑条例", "", "深圳市", id="zone"),
    pytest.param("上海市实施《中华人民共和国村民委员会组织法》办法", "", "上海市", id="quoted law"),
    pytest.param("关于印发《示例县巡察工作办法》的通知", "", "示例县", id="notice"),
    pytest.param("公务租车管理规定", "绍兴市第一中学", "绍兴市", id="from the issuer"),
    pytest.param("中国共产党问责条例", "中共中央", "", id="central"),
    pytest.param("城市供水条例", "国务院", "", id="cities"),
    pytest.param("市场主体登记管理条例", "国务院", "", id="market"),
    pytest.param("县级党委巡察工作办法", "", "", id="counties"),
    pytest.param("风景名胜区条例", "", "", id="scenic areas"),
    pytest.param("人力资源市场暂行条例", "", "", id="labour market"),
    pytest.param("社区党组织工作规则", "", "", id="communities"),
    pytest.param("驻村帮扶管理办法", "", "", id="villages"),
]


@pytest.mark.parametrize(("title", "issuer", "region", "level"), LEVELS)
def test_level(title: str, issuer: str, region: str, level: str) -> None:
    assert level_of(title, issuer, region) == level


def test_a_ministry_s_paper_is_no_order() -> None:
    assert level_of("差旅费管理办法", "财政部", "", "财行〔2013〕531号") == "办法"
    assert level_of("广告管理办法", "国家工商行政管理局", "", "国家工商行政管理局令第5号") == "部门规章"


def test_a_title_without_issuer_goes_by_what_it_rests_on() -> None:
    party = "第一条 为了加强干部工作，根据《中国共产党章程》，制定本条例。"
    assert level_of("干部工作条例", "", "", opening=party) == "条例"
    assert level_of("公平竞争审查条例", "", "", opening="第一条 根据反垄断法，制定本条例。") == "行政法规"


@pytest.mark.parametrize(("title", "issuer", "region"), REGIONS)
def test_region(title: str, issuer: str, region: str) -> None:
    assert region_of(title, issuer) == region


def test_trial_is_the_text_s_own() -> None:
    assert is_trial("示例县巡察工作办法（试行）")
    assert is_trial("示例县公务接待暂行规定")
    assert not is_trial("关于废止《示例县公务接待暂行规定》的决定")


def test_the_catalogue_s_ranks(shared: Callable[[str], Path]) -> None:
    """At least 98 of 100 rows get the catalogue's level and none of its central texts a region."""
    with shared("catalogue/catalogue.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    titles = [(re.sub("（[一二十]+大.*", "", row["title"]), row["issuer"], row["level"]) for row in rows]
    assert [title for title, issuer, _ in titles if region_of(title, issuer)] == []
    right = sum(level_of(title, issuer, "") == level for title, issuer, level in titles)
    assert right >= 0.98 * len(titles)
