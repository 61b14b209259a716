"""Comparisons of two things (比较): each is looked up by itself and answered side by side."""

from __future__ import annotations

import re

_BEHIND = r"(?:之间)?(?:的|有何|有什么|有哪些|存在)*(?:主要)?(?:区别|不同|差异|差别|异同|联系)"
_COMPARED = re.compile(
    rf"^(?:请问|比较(?:一下)?|说说|试比较)?(?P<one>[^，,。？?]{{2,20}}?)(?:与|和|跟|同|、)(?P<other>[^，,。？?]{{2,20}}?){_BEHIND}"
)
_ASKED_TO = re.compile(
    r"^(?:请)?(?:试)?比较(?:一下)?(?P<one>[^，,。？?]{2,20}?)(?:与|和|跟|同)(?P<other>[^，,。？?的]{2,20})"
)


def compared(text: str) -> tuple[str, str] | None:
    """Return the two things that a question compares, None where it compares none."""
    match = _COMPARED.search(text.strip()) or _ASKED_TO.search(text.strip())
    return (match["one"].strip('“”"'), match["other"].strip('“”"')) if match else None
