"""What a clause makes of an act (应当、不得、可以): the modal verbs of a part of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from answer.lesson.actors import subject_of


class Mode(StrEnum):
    """What a clause makes of an act; the native word stands beside each."""

    MUST = "must"  # 应当
    MUST_NOT = "must_not"  # 不得
    MAY = "may"  # 可以


MODE_WORDS = {Mode.MUST: "应当", Mode.MUST_NOT: "不得", Mode.MAY: "可以"}
MODAL = re.compile(
    r"不应当|不应该|应当(?![^，。]{1,30}而(?:未|不|没))|应该|必须|不得(?!不)|不准(?!确)|不许|严禁|禁止|不能(?!胜任|正常|按|够|力|腐)|可以|有权(?!限|益|机关|的|[^，。]{1,6}的)"
    r"|(?<![适反相响对供回效理本照感呼顺因])应(?![当用对急届邀聘有试付税得缴交到收]|[^，。]{0,4}(?:未|而未|不)应)|(?<![必无])须(?![知要])"
    r"|(?<![重主需必只纲摘概首简紧扼次想提将还既若])要(?![求素害点闻件案么职务是道领情目])"
)
_MUST_NOT = re.compile(r"不|严禁|禁止")
_MAY = re.compile(r"可以|有权")
BANS = ("严禁", "禁止")  # who is barred stands behind them, if anywhere
_BARE = "要应须"  # modal verbs of one letter: they stand behind an actor or at the beginning
_NOMINAL = re.compile(r"(?:对|对于|规定|属于|认为|依法|依规|凡|其他|所|按照|根据|是否|符合|发现|需要|为|确)\Z")
_TOLD = re.compile(r"告知[^，。；]{2,20}\Z")  # what somebody else may do
WITHIN = re.compile(r"[（(“][^（）()“”]*[）)”]")


def mode_of(modal: str) -> Mode:
    """Return what a modal verb makes of an act."""
    return Mode.MUST_NOT if _MUST_NOT.search(modal) else Mode.MAY if _MAY.search(modal) else Mode.MUST


def modals(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the modal verbs of a part; none in brackets, none that qualifies a noun (对应当…的党员)."""
    covered = [match.span() for match in WITHIN.finditer(text, start, end)]
    for match in MODAL.finditer(text, start, end):
        inside = any(a <= match.start() < b for a, b in covered)
        if inside or _NOMINAL.search(text[start : match.start()]) or _TOLD.search(text[start : match.start()]):
            continue
        if match[0] in _BARE and not _stands_alone(text, start, match.start()):
            continue
        yield match


def _stands_alone(text: str, start: int, place: int) -> bool:
    """Tell whether a modal verb of one letter begins a part or follows an actor, and is no part of a word."""
    found = subject_of(text, start, place, predicate=True)
    return place == start or (
        found is not None and found.actor and (found.behind == place or text[found.behind] in "对在按")
    )
