"""Rank and place of a text (效力位阶、地域), told from its title and issuer."""

from __future__ import annotations

import re

PROVINCES = (
    *("北京市", "天津市", "上海市", "重庆市", "河北省", "山西省", "辽宁省", "吉林省", "黑龙江省", "江苏省"),
    *("浙江省", "安徽省", "福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省", "广东省", "海南省"),
    *("四川省", "贵州省", "云南省", "陕西省", "甘肃省", "青海省", "台湾省", "内蒙古自治区", "广西壮族自治区"),
    *("西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区", "香港特别行政区", "澳门特别行政区"),
)

_PROVINCE = "|".join(PROVINCES)
_OFFICES = "委员会|委|人民代表大会|人大|人民政府|政府|纪委|政协|党委|监委|监察委|教育局|公安局|财政局|第"
_H = "[\\u4e00-\\u9fff]"
_CITY = (
    rf"(?!城市|都市)(?:{_H}{{2,14}}?(?:自治州|地区(?={_H}{{0,6}}(?:行署|地委))|盟(?=委|行署))"
    rf"|{_H}{{2,4}}?(?<![上超集股都全各本])(?<![大中小型点放慧态明园生卫全各本名]城)市(?!场))"
)
_COUNTY = (
    rf"(?!贫困县)(?:{_H}{{1,14}}?(?:自治县|自治旗)"
    rf"|{_H}{{1,5}}?(?<![全各市区本在乡])县(?![级以乡域城处市区直属长])|{_H}{{1,5}}?旗(?=委|人民|政府|人大))"
)
_DISTRICT = rf"{_H}{{1,6}}?(?:新区|区)(?={_OFFICES})"
_PLACE = re.compile(
    rf"(?P<province>{_PROVINCE})(?:{_CITY}|{_COUNTY}|{_DISTRICT})?(?:{_COUNTY}|{_DISTRICT})?"
    rf"|{_CITY}(?:{_COUNTY}|{_DISTRICT})?|{_COUNTY}"
)
_LEAD = re.compile(r"^(?:关于(?:印发|发布|转发)《)?(?:中国共产党|中共)?")
_QUOTED = re.compile(r"《[^《》]*》")
_CENTRAL = re.compile(
    r"中华人民共和国|全国|国家|国务院|中央|中共中央|最高人民|中国(?!共产党)|县级|县以上|县乡|城市|直辖市|设区的市"
)
_ZONE = re.compile(r"([\u4e00-\u9fff]{2,4})经济特区")
_COURT = re.compile(r"最高人民(?:法院|检察院)")

_CABINET = re.compile(r"国务院|政务院|国务院、(?:中共|中华人民共和国)?中央(?:军委|军事委员会)")
_LAW = re.compile(r"(?<!办)法(?:$|[（(])")
_SUFFIX = re.compile(r"(准则|条例|规则|规定|办法|细则)(?:[（(][^（）()]{0,20}[）)]|汇编|全文)*$")
_TRIAL = re.compile(r"试行|暂行")
_PARTY = re.compile(r"中共|中央(?!军|人民)|中国共产党|党委|党组|纪委|纪律检查|组织部|宣传部|统战部|政法委")
_PARTY_TITLE = re.compile(r"中国共产党|党内|党员|党组|党委|党政|党支部|党的|纪检|纪律检查|巡视|巡察|入党")
_PARTY_BASIS = re.compile(r"根据[^。]{0,200}(?:中国共产党章程|党章|党内法规)")
_MINISTRY = re.compile(r"(?:部|委员会|委|局|署|银行|院|会|办公室|总社)(?=、|$)")


def region_of(title: str, issuer: str) -> str:
    """Return the place a text is made for, "" for a central one: 上海市, 山东省, 甘肃省定西市陇西县, 示例县."""
    if _CENTRAL.match(issuer) and not _place(title, only_province=True):
        return ""
    return _place(title) or _place(issuer)


def _place(text: str, only_province: bool = False) -> str:
    name = _QUOTED.sub("", _LEAD.sub("", text.strip()))
    zone = _ZONE.match(name)
    if zone:
        return f"{zone[1]}市"
    if _CENTRAL.match(name):
        return ""
    place = _PLACE.match(name)
    if place is None or (only_province and not place["province"]):
        return _short_province(name)
    return place.group()


def _short_province(name: str) -> str:
    """Read 山东省委 written as 中共山东省委, and 内蒙古、广西 without 自治区."""
    for province in PROVINCES:
        short = re.sub(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$", "", province)
        if short != province and name.startswith(short):
            return province
    return ""


def is_trial(title: str) -> bool:
    """Say whether a title is one on trial (试行、暂行); titles it only quotes do not count."""
    return bool(_TRIAL.search(_QUOTED.sub("", title)))


def level_of(title: str, issuer: str, region: str, number: str = "", opening: str = "") -> str:
    """Return the rank of a text (效力位阶) as `corpus.model.Metadata.level` lists them.

    Party texts rank by the last word of their title (党章, 准则, 条例, 规则, 规定, 办法, 细则:
    《中国共产党党内法规制定条例》), state texts by who made them (《中华人民共和国立法法》), local ones as 地方性法规
    of a people's congress or else 规范性文件. Where no issuer is known a central 条例 is the Party's if its `opening`
    rests on the Party's constitution, else the State's.
    """
    bare = _QUOTED.sub("", title)
    suffix = _SUFFIX.search(bare)
    word = suffix[1] if suffix else ""
    if "中国共产党章程" in bare or bare == "党章":
        return "党章"
    if bare.startswith("中华人民共和国宪法"):
        return "宪法"
    if region:
        return _local_level(bare, issuer)
    by_party = _PARTY.search(issuer) if issuer else _PARTY_TITLE.search(bare) or _PARTY_BASIS.search(opening)
    if by_party:
        return word or "其他"
    if issuer:
        return _state_level(issuer, word, number)
    if _LAW.search(bare):
        return "法律"
    return "行政法规" if word == "条例" else word or "其他"


def _local_level(title: str, issuer: str) -> str:
    by_congress = "人民代表大会" in issuer or "人大" in issuer or (not issuer and title.endswith("条例"))
    return "地方性法规" if by_congress else "规范性文件"


def _state_level(issuer: str, word: str, number: str) -> str:
    """Rank a central state text by its maker; a ministry's paper (财行〔2013〕531号) is no 规章, its order (令) is."""
    if "全国人民代表大会" in issuer:
        return "法律"
    if _COURT.search(issuer):
        return "其他"
    if "国家监察委员会" in issuer:
        return "监察法规" if word == "条例" else "其他"
    if _CABINET.fullmatch(issuer):
        return "行政法规" if word else "其他"
    if word and _MINISTRY.search(issuer) and not re.search("[党军]", issuer):
        if word == "条例":  # no ministry makes a 条例 of its own: approved by the State Council
            return "行政法规"
        return word if "〔" in number else "部门规章"
    return word or "其他"
