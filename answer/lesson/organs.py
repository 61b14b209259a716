"""Whose duties are asked for (机关): 党支部, 党委（党组）, 纪委, 党员, or any other name as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from answer.lesson.duties import Duty, Mode

_WRITTEN = {  # how a name is written in regulations, by what it begins with
    "党支部": r"支部(?!委员会委员)|支委",
    "支部": r"支部(?!委员会委员)|支委",
    "党委": r"党委(?!各?(?:组织部|宣传部|统战部|政法委|工作机关|工作部门|办公|派出|职能部门|有关部门))"
    r"|党工委|党的(?![^，]{0,12}纪律)[^，]{0,8}委员会",
    "党组": r"党组(?!织|纪)",
    "纪委": r"纪委|纪检|纪律检查",
    "监委": r"监委|监察委员会|监察机关",
    "党总支": r"总支",
    "党员": r"党员(?!大会|代表|领导干部|干部)",
    "党员干部": r"党员(?:领导)?干部|领导干部",
    "领导干部": r"领导干部",
    "党小组": r"党小组",
}
_PARTY = ("党支部", "支部", "党总支", "党委", "党组")
_ANY = re.compile(
    r"^(?:各级|基层|机关|机关基层|农村|所在|本单位|所有|每个)?(?:党组织|党的基层组织|党的各级组织|基层党组织)(?:和[^，]{1,8})?$"
)
_SPLIT = re.compile(r"[、，,/（(）)\s]+")


def organ_pattern(organ: str) -> re.Pattern[str]:
    """Return what finds an organ in the names of actors; of several (党委（党组）) any of them."""
    parts = [part for part in _SPLIT.split(organ) if part]
    return re.compile("|".join(_WRITTEN.get(part, re.escape(part)) for part in parts))


def duties_of(organ: str, duties: Iterable[Duty]) -> Iterator[Duty]:
    """Yield the duties of an organ; those of every party organisation (党组织) are those of 党支部 and 党委 too."""
    pattern = organ_pattern(organ)
    every = any(part in _PARTY for part in _SPLIT.split(organ))
    for one in duties:
        if pattern.search(one.actor) or (every and _ANY.match(one.actor)):
            yield one


def periodic(duties: Iterable[Duty]) -> list[Duty]:
    """Return what is due again and again, the most frequent first."""
    due = [one for one in duties if one.cadence and one.mode is Mode.MUST]
    return sorted(due, key=lambda one: one.cadence.order if one.cadence else 0)
