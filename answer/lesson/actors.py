"""Who does something (主体): the organ or person that a part of a sentence begins with, or the matter it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from answer.lesson.names import FOLLOWS, MEETING, names

_OPENING = re.compile(
    r"(?:但是|但|或者|以及|同时|其中|此外|另外|因此|因而|特殊情况下|必要时|凡是|对此|原则上|一般|而|并且|并|也|会上|会后|会前|任何时候|遇有|只有"
    r"|所有(?=的)|如果|[0-9]+[.．、]|[一二三四五六七八九十][是要]|每(?:半年|季度|[年月周]))+"
)
_TIME = re.compile(
    r"(?:在|自|于|当|遇|每次|如|经|从|到|根据|按照|依照)[^，。；：]{0,30}?"
    r"(?:后|时|前|期间|过程中|之内|内|情况下|之日起|规定|需要)(?=[^，。；：])"
    r"|[^，。；：]{2,14}?(?:前|后|时(?![间刻期代限效常]))(?=[^，。；：款条项述者的])"
)
_PREPOSED = re.compile(
    r"对(?!口|外联|外经)|向|由|经(?!济|办|营|开)|将|把|按(?!期)|根据|依照|依据|通过|除|为了|为(?!民)|就(?!读|业)|以(?!上)|与(?![^，]{1,16}的)"
    r"|同(?!志|级)|从(?!业)|在(?!职|岗|任|编|校)|关于|围绕|针对|结合|因(?!私|公)|如|即|发现|等(?!级)|及(?!其)|和|或|给|予以|报|作为|属于"
    r"|不(?!设|同)|未|没有|无|若(?!干)|每次|本着|使(?!用)|让|是|有(?!关|条件)(?![^，]{1,14}的)"
)
_HELD = re.compile(r"(?P<organ>[^，、。]{0,8}(?:党支部|党委|党组|党小组|党总支))(?:组织生活会|民主生活会)(?!的)")
_BRACKETS = re.compile(r"（[^（）]*）\Z")
_PRONOUNS = frozenset({"本人", "其本人", "其"})
_ADVERBIAL = ("d", "c", "t", "m", "q", "f", "r")  # classes of words that name nothing
_NOUNS = ("n", "j", "l", "i", "r", "vn", "x")  # classes of words of which one names something
_OPEN = ("c", "p")  # classes of words that join what is done, or whom it is done to, to what was said
_NEAR = 16  # characters behind a time within which a name must end


@dataclass(frozen=True, slots=True)
class Found:
    """What a part of a sentence begins with, at [start, end) of a text.

    `actor` is False for a matter (审查结果) that does nothing; `behind` is where the words behind its name begin.
    """

    start: int
    end: int
    behind: int
    actor: bool = True


def subject_of(text: str, start: int, end: int, *, predicate: bool = False) -> Found | None:
    """Return what the words at [start, end) of a text begin with, None where they name nothing.

    With `predicate` they stand right before a modal verb or a frequency: a name may end with them, and what is no
    actor is a matter. A meeting stands for the organ that meets (党支部委员会会议).
    """
    start = _opening(text, start, end)
    words = text[start:end]
    if not words.strip() or _PREPOSED.match(words):
        return None
    if held := _HELD.match(words):
        return Found(start, start + held.end("organ"), start + held.end())
    length = names().length(words, predicate)
    if not length:
        return _matter(start, end, words) if predicate else None
    meeting = MEETING.search(_BRACKETS.sub("", words[:length]))
    return Found(start, start + (meeting.end("organ") if meeting else length), start + length)


def is_body(name: str) -> bool:
    """Tell whether a name is that of an organ, not of a person."""
    return names().is_body(name)


def is_open(words: str) -> bool:
    """Tell whether words say to whom something is done and not yet what: 向所在地党组织."""
    return names().is_open(words)


def ends_with_actor(words: str) -> bool:
    """Tell whether words end like the name of an actor."""
    return names().ends.search(words) is not None


def holds_actor(words: str) -> bool:
    """Tell whether the name of an actor may stand in words."""
    return any(len(match[0]) > 1 for match in names().head.finditer(words))


def is_adverbial(words: str) -> bool:
    """Tell whether words name nothing and nobody, so that who acts was named before them."""
    words = words[_opening(words, 0, len(words)) :]
    return all(word.tag.startswith(_ADVERBIAL) or FOLLOWS.fullmatch(word.text) for word in names().cut(words))


def begins_with_verb(name: str) -> bool:
    """Tell whether a name may as well be what is done to somebody: 开发…的党员(教材)."""
    return names().begins_with_verb(name)


def is_pronoun(name: str) -> bool:
    """Tell whether a name points at somebody named before (本人、其)."""
    return name in _PRONOUNS


def organ_named(heading: str) -> tuple[int, int]:
    """Return the span of the organ or person whose tasks a heading tells (党支部的职责), (0, 0) for none."""
    match = names().tasked.match(heading)
    return match.span() if match else (0, 0)


def _matter(start: int, end: int, words: str) -> Found | None:
    """Return words that name a matter, None for adverbs and for what an elided actor does before (掌握动态并)."""
    cut = names().cut(words)
    adverbs = all(word.tag in _ADVERBIAL or FOLLOWS.match(word.text) for word in cut)
    named = any(word.tag.startswith(_NOUNS) or not word.tag for word in cut)
    return Found(start, end, end, actor=False) if named and not adverbs and cut[-1].tag not in _OPEN else None


def _opening(text: str, start: int, end: int) -> int:
    """Return where a part begins behind connectives and a time (调查结束后)."""
    if match := _OPENING.match(text, start, end):
        start = match.end()
    time = _TIME.match(text, start, end)
    named = names().head.search(text, time.end(), end) if time else None
    return time.end() if time and named and named.end() - time.end() < _NEAR else start
