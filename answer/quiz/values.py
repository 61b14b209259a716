"""The values in a clause that an item may ask for (频次、期限、数额、比例、处分、机关、术语)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class ValueKind(StrEnum):
    """Kinds of value; the native word stands beside each."""

    FREQUENCY = "frequency"  # 频次
    PERIOD = "period"  # 期限
    AMOUNT = "amount"  # 数额
    RATIO = "ratio"  # 比例
    MAJORITY = "majority"  # 多数
    SANCTION = "sanction"  # 处分
    ORGAN = "organ"  # 机关
    TERM = "term"  # 所定义的术语
    MEMBER = "member"  # 并列成语中的一个


NUMERIC = frozenset({ValueKind.PERIOD, ValueKind.AMOUNT, ValueKind.RATIO, ValueKind.MAJORITY})


@dataclass(frozen=True, slots=True)
class Value:
    """A value at [start, end) of the text it was found in; `unit` is what follows its number."""

    kind: ValueKind
    words: str
    start: int
    end: int
    unit: str = ""


NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千]*[一二两三四五六七八九十]|[一二两三四五六七八九][百千])"
_NO_NUMBER = r"(?<![0-9一二两三四五六七八九十百千万零第年月.分至前个-])(?<!(?<!达)到)"
_DEGREES = "严重警告|警告|记过|记大过|降级|撤职|开除党籍|开除|撤销党内职务|留党察看"
DEGREE = re.compile(_DEGREES)
_HAN = r"[\u4e00-\u9fff]"
_NO_LINK = r"(?:(?![由经报送请商会同及和或与、有]|其[他它]|应当|按照|规定|以上|相应|需要|负责|可以|讨论)" + _HAN + ")"
_ORGAN_END = (
    r"委员会|党委|党组|组织部|宣传部|统战部|办公厅|办公室|支部|支委会|党员大会|代表大会|纪委|监委|党组织|人民政府"
    r"|党小组|领导小组|联席会议|部门|机关|机构|党中央|总支部|书记|常委会|国务院"
)
_ORGAN_DOES = (
    "批准|审批|备案|审核|审定|同意|负责|决定|讨论|研究|召集|主持|作出|任命|统一|审议|选举|牵头|制定|委派|指定"
    "|组织(?!部|人事|（)"
)
_PATTERNS = (
    (
        ValueKind.FREQUENCY,
        r"(?<![第于在])(?P<all>每(?:半年|两年|[三五3]年|年|季度|月|周))"
        r"(?![度内底末初年农生份的]|第|国家|[0-9一二三四五六七八九十]+[月日]|[，。；、]|人民|[^，。；、]{0,8}[日节](?:[和为、至]|活动|期间))",
    ),
    (
        ValueKind.MAJORITY,
        r"(?P<all>(?:(?<![百千])[二三四五1-9]分之[一二三四1-9](?![0-9])|(?<!过)半数)(?P<unit>以上)?(?!以下)|(?P<over>过半数))",
    ),
    (ValueKind.RATIO, rf"(?<![至—-])(?<!(?<!达)到)(?P<all>百分之{NUMBER}(?!点)|(?<![0-9.])[0-9]+[%％])(?![至到—-])"),
    (
        ValueKind.PERIOD,
        _NO_NUMBER
        + rf"(?<!每)(?P<all>(?P<number>{NUMBER})(?P<unit>个工作日|个月|日|天|年|小时|分钟|周|个?学时|个?课时))"
        r"(?![0-9一二三四五六七八九十]+[月日]|[0-9]|[生度级底初常份终代轻至均间岁制检]|年|以来)",
    ),
    (
        ValueKind.AMOUNT,
        _NO_NUMBER + rf"(?<!每)(?P<all>(?P<number>{NUMBER})(?P<unit>万元|元|人|名|票|平方米|岁|周岁|倍|次))"
        r"(?![0-9一二三四五六七八九十至民次单义员数类事]|否决|性|以来|[^，。；]{0,6}(?:间隔|之间))",
    ),
    (
        ValueKind.SANCTION,
        rf"(?<=给予|予以)(?P<all>(?:{_DEGREES})(?:(?:、(?:{_DEGREES}))*或者(?:{_DEGREES}))?(?:处分)?)(?=[。；，])",
    ),
    (
        ValueKind.ORGAN,
        rf"(?<=[由经报])(?P<all>(?![过其该]|本单位|所在单位|全国人民){_NO_LINK}{{1,11}}?(?:{_ORGAN_END}))(?={_ORGAN_DOES})",
    ),
    (
        ValueKind.TERM,
        r"(?:^|。)本(?:条例|规定|办法|规则|细则|准则|法)所称的?“?(?P<all>[\u4e00-\u9fff]{2,10}?)”?，?是指",
    ),
)
DEFINITION = re.compile(
    r"(?P<term>本(?:条例|规定|办法|规则|细则|准则|法|意见)所称的?[^，。；]{2,20}?)，?是指(?P<meaning>[^。]{10,})。"
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_YEARS = re.compile(r"[0-9]{4}年|一(?:人|名|次|票|元|岁|倍)|1次")
_MEMBERS = re.compile(r"(?<=、)(?P<all>[\u4e00-\u9fff]{4,6})(?=、)")
_PLACES = re.compile(r"[省市县乡镇区州盟旗]|[一二三四五六七八九十]级|等|以及|其他|或者|不得")


def values(text: str) -> Iterator[Value]:
    """Yield the values of a text by kind; none overlaps a former one."""
    taken: list[tuple[int, int]] = []
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            span = match.span("all")
            if any(span[0] < end and start < span[1] for start, end in taken) or _YEARS.fullmatch(match["all"]):
                continue
            taken.append(span)
            groups = match.groupdict()
            yield Value(kind, match["all"], *span, groups.get("unit") or ("以上" if groups.get("over") else ""))


def members(text: str) -> Iterator[Value]:
    """Yield the inner members of a row of set phrases as long as each other: 集体领导、民主集中、个别酝酿、会议决定."""
    for match in _MEMBERS.finditer(text):
        length = len(match["all"])
        before = re.search(rf"{_HAN}+(?=、$)", text[: match.start()])
        behind = re.match(rf"、({_HAN}+)", text[match.end() :])
        if not before or not behind or min(len(before[0]), len(behind[1])) < length or _PLACES.search(match["all"]):
            continue
        if _differ(before[0][-length:], match["all"]) and _differ(behind[1][:length], match["all"]):
            yield Value(ValueKind.MEMBER, match["all"], *match.span("all"))


def _differ(one: str, other: str) -> bool:
    """Tell whether two members of a row differ in more than a letter, so that one does not tell the other."""
    return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) > 1
