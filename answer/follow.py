"""Questions that follow on another (追问): 那预备党员呢？ is the former question about another subject."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SHORT = 16  # characters of a question that only names another subject
_OTHER_SUBJECT = re.compile(
    r"^(?:那|那么|那如果是|如果是|要是|换成|若是|还有)?[，,]?(?P<subject>[^，,。？?呢]{2,12}?)(?:的话)?(?:又)?(?:呢|怎么样|如何)[？?]?$"
)
_POINTING = re.compile(r"^(?:那|那么)|它|该(?=条|办法|条例|规定)|这(?:个|种|条|项|些|样)|上述|前面|刚才")


def resolved(question: str, previous: str, words: Sequence[str]) -> str:
    """Return a question as it reads by itself, given the one before it and that one's content words.

    A new subject takes the place of the old one; a question that points back (它、这种情况) is put behind the former
    one. A question that stands by itself comes back unchanged.
    """
    asked = question.strip()
    if not previous:
        return question
    other = _OTHER_SUBJECT.match(asked) if len(asked) <= _SHORT else None
    if other and (old := _replaced(other["subject"], previous, words)):
        return previous.replace(old, other["subject"], 1)
    if other or _POINTING.search(asked):
        return f"{previous.rstrip('？?。 ')}，{asked.removeprefix('那么').removeprefix('那')}"
    return question


def _replaced(subject: str, previous: str, words: Sequence[str]) -> str:
    """Return the word that a new subject takes the place of: the one most alike at its end, then the first."""
    present = [word for word in words if word in previous and word != subject]
    return max(present, key=lambda word: (_common_end(word, subject), -previous.index(word)), default="")


def _common_end(one: str, other: str) -> int:
    return next((n for n in range(min(len(one), len(other)), 0, -1) if one[-n:] == other[-n:]), 0)
