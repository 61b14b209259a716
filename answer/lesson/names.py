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
    r"|把|如|确|未|没有|是)[^关]?[^，。]?|定期|原则上|主要|根据|在|会同|分别|共同|集体|办理|立案|立案审查|审查调查|负责|及时|凭|凡|报|应当|可以"
)
_NOT_BEHIND = re.compile(
    r"的|和|以及|组成|各|所属|有关|全体|与其|与(?=[^，]{1,12}的)|及|或|、|以上|以下|以外|之间|等|(?:合计|总数|人数|共)?(?:不足|不满|超过|达到|少于)(?=[0-9一二三四五六七八九十])"
)
_BRACKETS = re.compile(r"[（(][^（）()]{1,40}[）)]")
_SHORT = 20  # characters of a preposition and whom it is about
_LONGEST = 120  # characters of a name
_LEADS = re.compile(r"领导(?!班子|干部|成员|人员|小组|机关|体制|机构|同志|职务|下)")
_CHARGED = re.compile(r"(?:被[\u4e00-\u9fff]{2,4}|的)人\Z")
_NOT_A_NAME = re.compile(
    r"[《》：]|，(?![^（]*）)|是指|期间|(?<![驻所现存内])在(?![职岗编校册读])[^的]*\Z|[委组部关织门位记员会]对(?!口|外)|(?:或者|和|并)经(?!常)|(?:报|经|向|由|对)(?:上级|各级|县|同级|党委|党组|党支部|所在|有关|乡镇|纪委)[^的]*\Z"
)
_ALONE = ("本人", "全党")  # names that nothing stands before
_COMPOSED = (
    "委员会",
    "人员",
    "部门",
    "工委",
    "机构",
    "纪检组",
    "监察组",
    "纪检监察组",
)  # with a verb before them they are one name: 选举委员会, 涉密人员
_PLACES = ("村", "县", "市", "省")  # with a bracket they are actors by themselves: 村（社区）
_PLACE = re.compile(r".")
_GATHERINGS = ("会议", "大会")
MEETING = re.compile(r"(?P<organ>党小组|支部委员会|常务委员会|常委会|党组|党委|委员会|办公会)(?:会议|全体会议|会)\Z")


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
        self._persons = lists["persons"]
        self._own, self._compounds = lists["own_names"], lists["compounds"]
        heads = "|".join(sorted((*lists["bodies"], *lists["persons"]), key=len, reverse=True))
        self.head = re.compile(rf"(?:{heads})")
        self.ends = re.compile(rf"(?:{heads})\Z")
        self._done_to = re.compile(
            rf"(?:{'|'.join(lists['done_to_persons'])})(?:流动|预备)?(?:{'|'.join(lists['persons'])})\Z"
        )
        self._begins = re.compile("|".join(lists["no_beginnings"]))
        self.tasked = re.compile(
            rf"[^，。的]{{0,16}}?(?:{heads})(?=的?(?:基本|主要|工作)?(?:职责|任务|职权|义务|权限))"
        )

    def is_body(self, name: str) -> bool:
        """Tell whether a name is that of an organ, not of a person."""
        end = self.ends.search(name)
        return end is not None and end[0] in self._lists["bodies"]

    def is_open(self, words: str) -> bool:
        """Tell whether words are a preposition and whom it is about, with nothing done yet: 向所在地党组织."""
        first, *others = self.cut(words) or [Word("", "", 0, 0)]
        done = (word for word in others if word.tag == "v" and word.text not in self._lists["begin_names"])
        return first.tag == "p" and len(words) < _SHORT and next(done, None) is None

    def begins_with_verb(self, name: str) -> bool:
        """Tell whether a name begins with a verb that is no usual beginning of names."""
        first = self.cut(name)[0]
        return first.tag == "v" and first.text not in self._lists["begin_names"]

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
        if len(ends) > 1 and behind and behind[0].text in ("派驻", "派出"):
            return ends[-1]
        composed = bool(behind) and behind[0].tag.startswith("v") and behind[-1].text in _COMPOSED
        if not behind or len(ends) == 1:
            return 0 if composed and behind[-1].text in _COMPOSED[:3] else ends[0]
        if behind[0].text == "工作" and ends[1] == behind[-1].end:
            return ends[1]
        qualified = behind[0].tag in ("a", "d") and "的" in words[ends[0] :]
        if composed and ends[1] == behind[-1].end:
            return ends[1]
        compound = behind[0].text in self._lists["begin_names"]  # 派驻人员
        verbal = compound or (predicate and not FOLLOWS.fullmatch(behind[0].text))
        return ends[-1] if ends[-1] == len(words) and (qualified or verbal) else ends[0]

    def _found(self, words: str, cut: Sequence[Word], predicate: bool) -> Iterator[int]:
        """Yield the lengths of the names that words may begin with, the shortest first."""
        for number, last in enumerate(cut):
            head = _CHARGED.search(words, 0, last.end) or self.ends.search(words, 0, last.end)
            if not number and last.text in _PLACES and _BRACKETS.match(words, last.end):
                head = _PLACE.match(last.text)
            if head is None or (head.start() < last.start and len(head[0]) == 1):
                continue
            bracket = _BRACKETS.match(words, last.end)
            end = bracket.end() if bracket else last.end
            if self._can_end(words[: last.end], last, head[0], end == len(words)) and self._is_name(
                words[: last.end], cut[: number + 1]
            ):
                behind = next((word for word in cut[number + 1 :] if word.start >= end), None)
                if behind is None or self._can_follow(words[end:], behind, predicate):
                    yield end

    def _can_end(self, name: str, word: Word, head: str, at_end: bool) -> bool:
        """Tell whether a word may be the end of an actor's name."""
        if name == "其本人":
            return True
        if word.text in _ALONE or (len(head) == 1 and word.text in _PLACES):
            return word.start == 0
        if len(head) == 1:
            shortest = 3 if head in self._lists["persons"] else 2
            named = len(word.text) >= shortest and word.tag.startswith(("n", "j"))
            return named and word.text not in self._lists["no_actors"]
        if head in _GATHERINGS and word.text == head and not at_end and not MEETING.search(name):
            return False
        verb = word.tag.startswith("v")
        return not word.tag.startswith(("a", "d", "p")) and (not verb or at_end or head != "组织")

    def _is_name(self, name: str, cut: Sequence[Word]) -> bool:
        """Tell whether words are one name: nothing handed over in it, nothing done to persons or organs."""
        if len(name) > 2 and name in self._lists["persons"]:
            return True
        if _NOT_A_NAME.search(name) or len(name) > _LONGEST or _opens_otherwise(cut) or self._begins.match(name):
            return False
        own = cut[max((number for number, word in enumerate(cut) if _qualifies(cut, number)), default=-1) + 1 :]
        if any(word.text in self._lists["inside"] for word in own) or any(word.text in ("把", "将") for word in cut):
            return False
        if len(own) == len(cut) and self._has_object(cut):
            return False
        done = self._done_to.search(own[-1].text) or (len(own) > 1 and self._is_done_to(own[-2], own[-1]))
        return not done or name.endswith(self._compounds)

    def _is_done_to(self, verb: Word, whom: Word) -> bool:
        return verb.text in self._lists["done_to_persons"] and whom.text.endswith(self._persons)

    def _has_object(self, cut: Sequence[Word]) -> bool:
        """Tell whether words are a verb and its object: 指导督促党支部, 联系群众."""
        passive = cut[0].text == "被"  # 被巡视党组织
        if not passive and any(
            one.tag in ("v", "i") and other.text.startswith(self._own) for one, other in pairwise(cut)
        ):
            return True
        verb = cut[0].tag == "v" and cut[0].text not in self._lists["begin_names"]
        return verb and len(cut) > 1 and (len(cut) > 2 or cut[1].text.endswith(self._persons))

    def _can_follow(self, rest: str, behind: Word, predicate: bool) -> bool:
        """Tell whether the words behind a name, beginning with the word `behind`, can follow a subject."""
        if _NOT_BEHIND.match(rest) or behind.text in self._lists["persons"]:
            return False
        verb, follows = behind.tag.startswith("v"), FOLLOWS.fullmatch(behind.text) is not None
        if rest.startswith("的", len(behind.text)):
            return False
        if verb and not follows and (rest.endswith("》") or (predicate and "的" in rest)):
            return False
        return verb or follows or behind.tag in ("d", "ad", "p") or _LEADS.match(rest) is not None


def _opens_otherwise(cut: Sequence[Word]) -> bool:
    """Tell whether the first of some words begins no name: an adverb, a preposition."""
    if (
        (cut[0].text == "与" and any(word.text == "的" for word in cut))
        or cut[0].text == "被"
        or (cut[0].tag == "ad" and len(cut) == 2)
    ):  # 被审查人, 公开单位
        return False
    return cut[0].tag in ("d", "ad", "p", "u")


def _qualifies(cut: Sequence[Word], number: int) -> bool:
    """Tell whether a word is the 的 behind words that qualify a name; that of 党的委员会 belongs to it."""
    return cut[number].text == "的" and not (number and cut[number - 1].text in ("党", "国家"))


@lru_cache(maxsize=1)
def names() -> Names:
    """Return what finds names, made once (0.1 s)."""
    return Names()
