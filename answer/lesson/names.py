"""Names of organs and persons (机关和人员的名称) at the beginning of words: 党支部书记、副书记, 受处分的党员.

A name is known by its end (actors.toml) and counts where what stands behind it can follow a subject: a modal verb, a
preposition, an adverb or a verb.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

from index.words import WordCutter, own_terms

FOLLOWS = re.compile(
    r"(?:应|必须|不(?!足|满|设)|可|须|严禁|禁止|要|有权|均|都|也|还|一般|每|按|至少|依|对|向|与|为|自|从|于|经|由|就|以|因|除|将"
    r"|把|如|确|未|没有|是)[^关]?[^，。]?|定期|原则上|主要|根据|在|会同|分别|共同|负责|及时|凭|凡|报|应当|可以"
)
_NOT_BEHIND = re.compile(
    r"的|和|与其|及|或|、|以上|以下|以外|之间|等|(?:合计|总数|人数|共)?(?:不足|不满|超过|达到|少于)(?=[0-9一二三四五六七八九十])"
)
_BRACKETS = re.compile(r"（[^（）]{1,40}）")
_NOT_A_NAME = re.compile(
    r"[《》：]|是指|(?:报|经|向|由|对)(?:上级|各级|县|同级|党委|党组|党支部|所在|有关|乡镇|纪委)[^的]*\Z"
)
_PLACES = ("村", "县", "市", "省")  # with a bracket they are actors by themselves: 村（社区）
_PLACE = re.compile(r".")
_GATHERINGS = ("会议", "大会")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at [start, end) of what was cut, with its class in jieba's letters."""

    text: str
    tag: str
    start: int
    end: int


class Names:
    """Finds names by the words of actors.toml."""

    def __init__(self) -> None:
        with resources.files("answer.lesson").joinpath("actors.toml").open("rb") as file:
            lists = {name: tuple(words.split()) for name, words in tomllib.load(file).items()}
        self._cutter = WordCutter(own_terms())
        self._lists = {name: frozenset(words) for name, words in lists.items()}
        self._own, self._compounds = lists["own_names"], lists["compounds"]
        heads = "|".join(sorted((*lists["bodies"], *lists["persons"]), key=len, reverse=True))
        self.head = re.compile(rf"(?:{heads})")
        self._ends = re.compile(rf"(?:{heads})\Z")
        self._done_to = re.compile(rf"(?:{'|'.join(lists['done_to_persons'])})(?:{'|'.join(lists['persons'])})")
        self.tasked = re.compile(
            rf"[^，。的]{{0,16}}?(?:{heads})(?=的?(?:基本|主要|工作)?(?:职责|任务|职权|义务|权限))"
        )

    def is_body(self, name: str) -> bool:
        """Tell whether a name is that of an organ, not of a person."""
        end = self._ends.search(name)
        return end is not None and end[0] in self._lists["bodies"]

    def cut(self, words: str) -> list[Word]:
        """Return words as jieba cuts them."""
        found, place = list[Word](), 0
        for text, tag in self._cutter.tag(words):
            found.append(Word(text, tag, place, place + len(text)))
            place += len(text)
        return found

    def length(self, words: str, predicate: bool) -> int:
        """Return the length of the name that words begin with, 0 for none; with `predicate` they may end with it.

        That is the shortest that something stands behind which can follow a subject; a word behind it that may be
        part of a longer name (机关工作委员会, 人员较少的单位) is tried first.
        """
        cut = self.cut(words)
        ends = list(self._found(words, cut, predicate))
        if not ends:
            return 0
        behind = [word for word in cut if word.start >= ends[0]][:2]
        if not behind or len(ends) == 1:
            return ends[0]
        if behind[0].text == "工作" and ends[1] == behind[-1].end:
            return ends[1]
        qualified = behind[0].tag in ("a", "d") and "的" in words[ends[0] :]
        verbal = predicate and not FOLLOWS.fullmatch(behind[0].text)
        return ends[-1] if ends[-1] == len(words) and (qualified or verbal) else ends[0]

    def _found(self, words: str, cut: Sequence[Word], predicate: bool) -> Iterator[int]:
        """Yield the lengths of the names that words may begin with, the shortest first."""
        for number, last in enumerate(cut):
            head = self._ends.search(words, 0, last.end)
            if not number and last.text in _PLACES and _BRACKETS.match(words, last.end):
                head = _PLACE.match(last.text)
            if head is None or (head.start() < last.start and len(head[0]) == 1):
                continue
            bracket = _BRACKETS.match(words, last.end)
            end = bracket.end() if bracket else last.end
            if self._can_end(last, head[0], end == len(words)) and self._is_name(words[: last.end], cut[: number + 1]):
                behind = next((word for word in cut[number + 1 :] if word.start >= end), None)
                if behind is None or self._can_follow(words[end:], behind, predicate):
                    yield end

    def _can_end(self, word: Word, head: str, at_end: bool) -> bool:
        """Tell whether a word may be the end of an actor's name."""
        if word.text == "本人" or (len(head) == 1 and word.text in _PLACES):
            return word.start == 0
        if len(head) == 1:
            shortest = 3 if head in self._lists["persons"] else 2
            named = len(word.text) >= shortest and word.tag.startswith(("n", "j"))
            return named and word.text not in self._lists["no_actors"]
        if head in _GATHERINGS and word.text == head and not at_end:
            return False
        verb = word.tag.startswith("v")
        return not word.tag.startswith(("a", "d", "p")) and (not verb or at_end or head != "组织")

    def _is_name(self, name: str, cut: Sequence[Word]) -> bool:
        """Tell whether words are one name: nothing handed over in it, nothing done to persons or organs."""
        if _NOT_A_NAME.search(name) or (cut[0].tag in ("d", "ad", "p", "u") and cut[0].text != "被"):
            return False
        own = cut[max((number for number, word in enumerate(cut) if _qualifies(cut, number)), default=-1) + 1 :]
        if any(word.text in self._lists["inside"] for word in own):
            return False
        if len(own) == len(cut) and self._has_object(cut):
            return False
        done = self._done_to.fullmatch(name) or (len(own) > 1 and self._done_to.fullmatch(own[-2].text + own[-1].text))
        return not done or name.endswith(self._compounds)

    def _has_object(self, cut: Sequence[Word]) -> bool:
        """Tell whether words are a verb and its object: 指导督促党支部, 联系群众."""
        if any(one.tag in ("v", "i") and other.text.startswith(self._own) for one, other in pairwise(cut)):
            return True
        verb = cut[0].tag == "v" and cut[0].text not in self._lists["begin_names"]
        return verb and len(cut) > 1 and (len(cut) > 2 or cut[1].text in self._lists["persons"])

    def _can_follow(self, rest: str, behind: Word, predicate: bool) -> bool:
        """Tell whether the words behind a name, beginning with the word `behind`, can follow a subject."""
        if _NOT_BEHIND.match(rest) or behind.text in self._lists["persons"]:
            return False
        verb, follows = behind.tag.startswith("v"), FOLLOWS.fullmatch(behind.text) is not None
        if verb and not follows and (rest.endswith("》") or (predicate and "的" in rest)):
            return False
        return verb or follows or behind.tag in ("d", "ad", "p")


def _qualifies(cut: Sequence[Word], number: int) -> bool:
    """Tell whether a word is the 的 behind words that qualify a name; that of 党的委员会 belongs to it."""
    return cut[number].text == "的" and not (number and cut[number - 1].text in ("党", "国家"))


@lru_cache(maxsize=1)
def names() -> Names:
    """Return what finds names, made once (0.1 s)."""
    return Names()
