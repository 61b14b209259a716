"""Words turned into their opposites (改错): what makes a statement of a clause wrong and keeps it readable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TURNS: tuple[tuple[str, str], ...] = (
    (r"不得超过", "不得少于"),
    (r"不得少于", "不得超过"),
    (r"(?<!不得)不少于", "不超过"),
    (r"(?<![得能])不超过", "不少于"),
    (r"至少(?=[0-9一二两三每])", "至多"),
    (r"(?<=[年月日元人名])(?<![一二两1-2][人名])以上", "以下"),
    (r"(?:不得|不准|(?:(?<=[，。；])|^)(?:严禁|禁止))(?!超过|少于|低于|高于|多于|不|的)", "可以"),
    (r"(?<![不也])可以(?!说|看)", "应当"),
    (r"(?<![享所具没拥国])有权(?![利益属限威])", "无权"),
    (r"不予(?!或者)", "予以"),
    (r"书面", "口头"),
    (r"(?<![不规固指法约特限])定期(?![限间满内存])", "不定期"),
    (r"不定期", "定期"),
    (r"(?<!不)及时(?=向|报|公|通|反)", "定期"),
    (r"(?<!无)记名", "无记名"),
    (r"无记名", "记名"),
    (r"差额(?=选举|表决|推荐|考察|选)", "等额"),
    (r"等额(?=选举|表决|推荐|考察|选)", "差额"),
    (r"集体(?=研究|讨论|决定|审议|审核)", "主要负责人个人"),
    (r"(?<=[报经向由请])上一?级", "本级"),
    (r"(?<=[报经向由])(?:本级|同级)", "上级"),
    (r"主体责任", "监督责任"),
    (r"监督责任", "主体责任"),
    (r"全面领导责任", "直接领导责任"),
    (r"第一责任人", "直接责任人"),
    (r"主要领导责任", "重要领导责任"),
    (r"重要领导责任", "主要领导责任"),
    (r"从轻或者减轻", "从重或者加重"),
    (r"从重或者加重", "从轻或者减轻"),
    (r"(?<!或者)从重(?!或者)", "从轻"),
    (r"(?<!或者)从轻(?!或者)", "从重"),
    (r"事前|事先", "事后"),
    (r"逐级", "越级"),
    (r"无偿", "有偿"),
    (r"主要负责(?:人|同志)", "分管负责人"),
    (r"分管负责人", "主要负责人"),
    (r"民主集中制", "首长负责制"),
    (r"党员大会", "党员代表会议"),
    (r"属地管理", "垂直管理"),
    (r"分级负责", "集中负责"),
    (r"专款专用", "统筹使用"),
)
_RULES = tuple((re.compile(pattern), opposite) for pattern, opposite in _TURNS)
_MODES = frozenset({"可以", "应当", "无权", "予以"})
_CONDITION = re.compile(r"[^，；。]*(?:的|时|后|前)[，；]")
_MORE = re.compile(r"应当?(?!急|对)|要求|不得|可以|必须|不准|严禁|禁止")


@dataclass(frozen=True, slots=True)
class Turn:
    """Another reading of the words at [start, end) of a text; `duty` tells that it turns what must or may be done."""

    start: int
    end: int
    words: str
    duty: bool


def turns(text: str) -> Iterator[Turn]:
    """Yield the words of a text that may be turned; each stands in it once, so that one opposite makes it wrong."""
    for pattern, opposite in _RULES:
        found = list(pattern.finditer(text))
        if len(found) != 1 or opposite in text:
            continue
        match, duty = found[0], opposite in _MODES
        if not duty or not (_CONDITION.match(text, match.end()) or _in_a_row(text, match[0])):
            yield Turn(*match.span(), opposite, duty)


def _in_a_row(text: str, mode: str) -> bool:
    """Tell whether other duties stand beside one, so that turning it alone would read badly."""
    return len(_MORE.findall(text)) > bool(_MORE.fullmatch(mode))


def turned(text: str, turn: Turn) -> str:
    """Return a text with a turn in it."""
    return text[: turn.start] + turn.words + text[turn.end :]
