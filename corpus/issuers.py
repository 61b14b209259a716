"""Whether two issuers are the same organ (发布机关), as far as their names tell.

A county's rule never replaces a township's of the same title, but 中共示例县委办公室 speaks for 中共示例县委, and
central organs are merged and renamed: 国家工商行政管理总局 is 国家市场监督管理总局 today.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FOLDS = tuple(
    (re.compile(pattern), short)
    for pattern, short in (
        (r"^中华人民共和国(?=.)", ""),
        (r"^中国共产党第[^、]{1,6}(?:次全国代表大会|届中央委员会.*)$", "中央"),
        (r"中国共产党中央委员会", "中央"),
        (r"人民代表大会", "人大"),
        (r"常务委员会|常委会", ""),
        (r"纪律检查委员会", "纪委"),
        (r"监察委员会", "监委"),
        (r"委员会", "委"),
        (r"人民政府", "政府"),
        (r"^(?:中国共产党|中共)(?=.)", ""),
        (r"^中央政治局$", "中央"),
        (r"(?<=.)(?:办公厅|办公室|党组|(?<=[委府])办)$", ""),
    )
)
_CENTRAL = re.compile(
    r"(?:中央|国务院|全国|国家|最高人民|中国|海关总署).*|.*(?:总局|总署)|审计署|(?:[^省市县区乡镇村州旗委党校]|城乡){2,10}部"
)


def same_issuer(one: str, other: str) -> bool | None:
    """Say whether two issuers, each one or several organs, are the same.

    None where that cannot be told: one is unknown or written without its place (县委), or both are central organs.
    """
    first, second = _organs(one), _organs(other)
    if not first or not second:
        return None
    if first & second:
        return True
    if any(a.endswith(b) or b.endswith(a) for a in first for b in second):
        return None
    central = all(any(_CENTRAL.fullmatch(organ) for organ in organs) for organs in (first, second))
    return None if central else False


@lru_cache(maxsize=4096)
def _organs(issuer: str) -> frozenset[str]:
    """Return the organs of an issuer in one form: 中共示例县委员会、示例县人民政府办公室 are 示例县委, 示例县政府."""
    return frozenset(filter(None, map(_folded, re.split(r"[、，,；;\s]+", issuer))))


def _folded(name: str) -> str:
    for pattern, short in _FOLDS:
        name = pattern.sub(short, name)
    return name
