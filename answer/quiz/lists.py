"""Lists of clauses that an item may ask for (列举), and items of other lists that could stand among theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.quiz.turns import turned, turns
from answer.sentences import lead_of_list, words_of
from answer.topic import Clause
from corpus.folding import fold
from corpus.likeness import Likeness, Words
from corpus.model import Kind, Provision

_FEWEST = 3  # items of a list
_LONGEST = 60  # characters of an option of several
_LONGEST_LEAD = 110
_ALIKE = 0.35  # likeness from which a wrong option is too near a right one
_NEAR_LEAD = 0.4  # likeness from which cases may be taken for each other
_SAME_LEAD = 0.55  # likeness from which two lists are about the same matter
_UNSAID = re.compile(
    r"(?:下列|如下|以下(?!简称|的|（|罚|职[务级]))(?![0-9一二三四五六七八九十]+[种项个类])(?:几[种个项])?"
)
_ENDINGS = ("主要包括", "包括", "分为", "是", "为", "有")
_BACKWARD = re.compile(
    r"前款|前条|前项|本条(?!例)|上述|第[一二三四五六七八九十百]+[条款项]|分别|区别|区分|除下列|根据下列|按照下列规定|所称|下列规定"
)
_OPENING = re.compile(r"^(?:前款|前项|其|该|这|但|上述|并|同时|对前|有前|依照前|因前)")
_CATCH_ALL = re.compile(r"其他|其它|另有规定|规定的.{0,6}(?:情形|事项|职责|职权)$")
_CITED = re.compile(
    r"第[零一二三四五六七八九十百、]+[条款项]|本章|本节|[前上]款|前项"
)  # an item that takes in what others list
_NOMINAL = re.compile(r"的[^，。；、的]{2,10}$")
_RUN_ON = re.compile(r"。\s")  # an item that a later paragraph has run into
_OFFENCE = re.compile(r"处分|处理|警告|记过|撤职|责令|追究|开除|问责|处罚|批评|通报|调整|承担|不得|不准|严禁|禁止|违反")
_DEGREE = re.compile(r"从轻|减轻|从重|加重|免予")
_TYPES = (
    ("职责", "任务", "职权", "职能"),
    ("义务",),
    ("权利",),
    ("原则",),
    ("条件", "要求", "资格"),
    ("情形", "情况", "行为", "表现"),
    ("程序", "步骤", "方式", "方法", "途径", "形式"),
    ("内容", "事项", "材料", "信息"),
    ("措施",),
)
_NOUN = re.compile("|".join(noun for kinds in _TYPES for noun in kinds))


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a clause: the provision it hangs on, the words that introduce it and the spans of its items' words."""

    clause: Clause
    node: Provision
    lead: tuple[int, int]
    spans: tuple[tuple[int, int], ...]

    @property
    def said(self) -> str:
        """The words that introduce it, without the colon."""
        return " ".join(self.clause.edition.text[slice(*self.lead)].rstrip("：: ").split())

    @property
    def items(self) -> list[str]:
        """The words of its items."""
        return [self.clause.edition.text[slice(*span)] for span in self.spans]

    @property
    def whole(self) -> tuple[int, int]:
        """The span of all items, the number of the first among them."""
        first = min(child.start for child in self.node.children if child.kind in (Kind.ITEM, Kind.SUBITEM))
        return first, self.spans[-1][1]

    @property
    def question(self) -> str:
        """The words that introduce it as a question: 有下列情形之一的 becomes 有哪些情形的, 程序如下 程序有哪些."""
        if self.said.endswith(("如下", "以下")):
            return f"{self.said[:-2]}有哪些？"
        if _UNSAID.search(self.said):
            return _UNSAID.sub("哪些", self.said, count=1).replace("之一", "", 1) + "？"
        ending = next((one for one in ("包括", "分为", "有") if self.said.endswith(one)), "")
        return f"{self.said}哪些？" if ending else f"{self.said}什么？"

    @property
    def type(self) -> tuple[str, ...]:
        """What its items are: duties, rights, conditions …; () where the lead does not say, or names persons.

        Of persons one may be of several lists.
        """
        asked = _UNSAID.search(self.said)
        nouns = [match[0] for match in _NOUN.finditer(self.said, asked.end() if asked else 0)]
        noun = nouns[0 if asked else -1] if nouns else ""
        return next((kinds for kinds in _TYPES if noun in kinds), ())

    @property
    def is_of_offences(self) -> bool:
        """Whether what it lists is forbidden or brings a sanction, as acts that other clauses list may do as well."""
        return bool(_OFFENCE.search(self.said)) and not _DEGREE.search(self.said)


def listings(clause: Clause) -> Iterator[Listing]:
    """Yield the lists of a clause whose lead asks for them and says what they are about."""
    text = clause.edition.text
    for node in clause.provision.walk():
        items = [child for child in node.children if child.kind in (Kind.ITEM, Kind.SUBITEM)]
        lead = lead_of_list(clause.edition, node)
        if len(items) >= _FEWEST and lead[1]:
            found = Listing(clause, node, lead, tuple(_without_end(text, *words_of(text, child)) for child in items))
            if _asks(found.said) and not any(_RUN_ON.search(words) for words in found.items):
                yield found


def _asks(said: str) -> bool:
    asks = _UNSAID.search(said) or said.endswith(_ENDINGS)
    return bool(asks) and len(said) <= _LONGEST_LEAD and not _OPENING.match(said) and not _BACKWARD.search(said)


def _without_end(text: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(text[start:end].rstrip("；;。，和"))


def is_option(words: str) -> bool:
    """Tell whether an item can be an option: short, in one piece, and no 其他情形."""
    return 2 <= len(words) <= _LONGEST and "\n" not in words and not _CATCH_ALL.search(words) and "：" not in words


def foreign_items(listing: Listing, others: Sequence[Listing]) -> Iterator[str]:
    """Yield items of lists of the same type about other matters that stand nowhere in the clause.

    The likest in form come first: those that begin as the right ones do, then those of their length.
    """
    right = listing.items
    if listing.is_of_offences or not listing.type or any(_CITED.search(one) for one in right):
        return
    kindred = [one for one in others if _is_kindred(one, listing)]
    candidates = sorted(
        {words for one in kindred for words in one.items if is_option(words) and not _CITED.search(words)}
    )
    whole = fold(listing.clause.text)
    form = Counter(map(_form, right)).most_common(1)[0][0]
    fitting = [words for words in candidates if fold(words) not in whole and _form(words) == form]
    if not fitting:
        return
    likest = Likeness([Words.of(one) for one in right], [Words.of(one) for one in fitting]).matrix.max(axis=0)
    length, starts = sum(map(len, right)) / len(right), {one[:2] for one in right}
    apart = [words for words, like in zip(fitting, likest, strict=True) if like < _ALIKE]
    yield from sorted(apart, key=lambda words: (words[:2] not in starts, abs(len(words) - length)))


def _is_kindred(other: Listing, listing: Listing) -> bool:
    """Tell whether a list has the type of another one and is about another matter.

    Cases (情形) are of all sorts, so theirs must be near, or both weigh in the degree of a sanction (从轻, 从重).
    """
    if other.clause.key == listing.clause.key or other.type != listing.type or other.is_of_offences:
        return False
    if all(_DEGREE.search(one.said) for one in (other, listing)):
        return True
    like = float(Likeness([Words.of(listing.said)], [Words.of(other.said)]).matrix[0, 0])
    return (_NEAR_LEAD if "情形" in listing.type else 0) <= like < _SAME_LEAD


def _form(words: str) -> tuple[bool, ...]:
    """Return the form of an item: whether it ends in 的, is a noun with what describes it, asks, is a term."""
    return words.endswith("的"), bool(_NOMINAL.search(words)), "是否" in words, len(words) <= 8 and "，" not in words


def changed_items(listing: Listing) -> Iterator[tuple[str, str]]:
    """Yield items with a word turned into its opposite, each behind the one it was; none stands in the clause.

    A list of offences has none: its items are wrong acts already. No prohibition is lifted: that tells itself.
    """
    whole = fold(listing.clause.text)
    for one in () if listing.is_of_offences else filter(is_option, listing.items):
        for turn in (turn for turn in turns(one) if turn.words != "可以"):
            wrong = turned(one, turn)
            if fold(wrong) not in whole and is_option(wrong):
                yield one, wrong
                break
