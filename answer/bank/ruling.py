"""What the clauses found for an item say to its key (答案与条文): they bear it out, contradict it, or do not decide.

An item is chosen for without its key (`answer.exam`); the key is then held against what each option, or the statement,
scored. A key of words is tried as the only option of its stem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from answer.align import letters
from answer.bank.items import Keyed
from answer.exam import Choice
from answer.figures import figures
from answer.items import FALSE, TRUE, Item, ItemKind, reading
from corpus.hit import Hit

Choose = Callable[[Item], Choice]
_PLACED = 0.5  # part of an option's letters in place from which the clause has it
_MARGIN = 0.1  # by which another option must be better
_ONE_OF_SEVERAL, _NOT_ONE = 0.7, 0.6
_STATED = {TRUE: 0.6, FALSE: 0.6}  # confidence that decides a statement
_OTHER_NUMBER = 0.5  # and one in which a number differs
_WORDS_PLACED, _WORDS_ELSEWHERE = 0.7, 0.4  # part of a key of words in place: there, and something else there
_STEM_STANDS = 0.6  # part of a stem in the clause from which the words at its blank tell against a key
_WHOLE = 0.9  # and from which the clause says all of it
_LONGEST_BLANK, _EXACT_BLANK = 40, 12  # letters at a blank that are still its words
_SHORTEST = 6  # letters of a sentence of a key that are looked for
_MOST_SENTENCES = 8
_OTHERWISE = 0.8  # confidence from which the clause says otherwise than such a sentence, which stands by itself
_SOURCE = re.compile(r"\W{0,3}(?:根据|按照|依据|依照)?《(?P<title>[^》（(]{2,40})")
_SENTENCES = re.compile(r"[。；;！？\n]")


class Stand(StrEnum):
    """How clauses stand to a key."""

    HOLDS = "holds"
    CONTRADICTED = "contradicted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Ruling:
    """How the clause stands to a key, what it supports (letters, 正确 or 错误, words; "" where undecided), and why.

    `whole` tells that it says all that the item says: another edition cannot bear it out better.
    """

    stand: Stand
    says: str = ""
    hit: Hit | None = None
    why: str = ""
    whole: bool = True


def rule(keyed: Keyed, choose: Choose) -> Ruling:
    """Return how the clauses from which `choose` chooses stand to a key."""
    choice = choose(keyed.item)
    if choice.hit is None:
        return Ruling(Stand.UNDECIDED)
    if _is_elsewhere(keyed.item.stem, choice.hit.title):
        return Ruling(Stand.UNDECIDED, "", choice.hit)
    if keyed.item.kind is ItemKind.FILL:
        return _of_words(keyed, choice, choose)
    return _of_sentences(keyed, choose) if keyed.item.kind is ItemKind.SHORT else ruling(keyed, choice)


def _is_elsewhere(stem: str, title: str) -> bool:
    """Tell whether a stem begins with a source that the clause is not of; short titles are parts of the full one."""
    named = _SOURCE.match(stem)
    rest = iter(title)
    return named is not None and not all(char in rest for char in letters(named["title"]).text)


def ruling(keyed: Keyed, choice: Choice) -> Ruling:
    """Return how a choice stands to the key of an item with options or of a statement."""
    if choice.hit is None or not keyed.key:
        return Ruling(Stand.UNDECIDED)
    if keyed.item.kind is ItemKind.JUDGE:
        return _of_statement(keyed, choice)
    inverted = reading(keyed.item)[1]
    if inverted and 2 * sum(gain >= _PLACED for gain in choice.scores.values()) < len(choice.scores):
        return Ruling(Stand.UNDECIDED, "", choice.hit)  # what does not belong is told only by what does
    gains = {letter: 1 - gain if inverted else gain for letter, gain in choice.scores.items()}
    several = keyed.item.kind is ItemKind.MULTI
    return _of_several(keyed, choice, gains) if several else _of_one(keyed, choice, gains)


def _of_one(keyed: Keyed, choice: Choice, gains: Mapping[str, float]) -> Ruling:
    chosen, key = choice.choice, keyed.key
    best = (
        chosen if _is_part(keyed.item, key, chosen, gains) else max(gains, key=lambda one: (gains[one], one == chosen))
    )
    told = gains[best] >= _PLACED and (
        gains[best] - gains[key] >= _MARGIN or (best == chosen and choice.confidence > 0)
    )
    if told and key not in (best, chosen):
        why = f"条文写的是 {_named(keyed.item, best)}，不是 {_named(keyed.item, key)}"
        return Ruling(Stand.CONTRADICTED, best, choice.hit, why)
    if gains[key] >= _PLACED and choice.confidence > 0:
        return Ruling(Stand.HOLDS, key, choice.hit, f"{_named(keyed.item, key)} 见于条文")
    return Ruling(Stand.UNDECIDED, "", choice.hit)


def _is_part(item: Item, key: str, chosen: str, gains: Mapping[str, float]) -> bool:
    """Tell whether a key is part of the option that the clause has whole (集中 beside 民主集中制)."""
    words = {letter: letters(option).text for letter, option in item.options}
    return gains[chosen] >= _WHOLE and words[key] in words[chosen]


def _of_several(keyed: Keyed, choice: Choice, gains: Mapping[str, float]) -> Ruling:
    if max(gains.values()) < _ONE_OF_SEVERAL:
        return Ruling(Stand.UNDECIDED, "", choice.hit)
    others = (letter for letter in gains if letter not in keyed.key and letter not in choice.unlike)
    missing = [letter for letter in others if gains[letter] >= _ONE_OF_SEVERAL]
    beside = [letter for letter, gain in gains.items() if letter in keyed.key and gain < _NOT_ONE]
    if not missing and not beside:
        return Ruling(Stand.HOLDS, keyed.key, choice.hit, "所选各项均见于条文")
    if 2 * len(beside) > len(keyed.key):  # the clause is about something else
        return Ruling(Stand.UNDECIDED, "", choice.hit)
    says = "".join(sorted((set(keyed.key) | set(missing)) - set(beside)))
    told = [f"条文另有 {_all_named(keyed.item, missing)}"] if missing else []
    told += [f"条文中没有 {_all_named(keyed.item, beside)}"] if beside else []
    return Ruling(Stand.CONTRADICTED, says, choice.hit, "；".join(told))


def _of_statement(keyed: Keyed, choice: Choice) -> Ruling:
    if choice.confidence < (_OTHER_NUMBER if all(map(figures, choice.differs)) else _STATED[choice.choice]):
        return Ruling(Stand.UNDECIDED, "", choice.hit)
    stand = Stand.HOLDS if choice.choice == keyed.key else Stand.CONTRADICTED
    whole = choice.choice == FALSE or choice.confidence >= _WHOLE
    return Ruling(stand, choice.choice, choice.hit, _told(choice, keyed.item.stem), whole)


def _told(choice: Choice, statement: str) -> str:
    """Return what makes a statement hold or fail, by the words that differ."""
    if choice.choice == TRUE:
        return "题干与条文相符"
    said = _as_written(choice.differs[0], statement)
    written = _as_written(choice.differs[1], choice.hit.text if choice.hit else "")
    if said and written:
        return f"题干说“{said}”，条文写的是“{written}”"
    return f"题干多出“{said}”" if said else f"题干少了“{written}”"


def _as_written(compared: str, text: str) -> str:
    """Return letters as a text has them where that writes them otherwise: 2 for 二, 20% for 百分之二十."""
    read = letters(text)
    places = (match.start() for match in re.finditer(re.escape(compared), read.text) if compared)
    written = (text[read.starts[at] : read.ends[at + len(compared) - 1]] for at in places)
    return next((words for words in written if words != compared), compared)


def _of_words(keyed: Keyed, choice: Choice, choose: Choose) -> Ruling:
    """Return how the words that a clause has at the blanks stand to a key of words; alternatives are parted by |."""
    alternatives = keyed.key.split("|")
    there = letters(choice.choice).text
    if any(letters(one).text == there for one in alternatives):
        return Ruling(Stand.HOLDS, choice.choice, choice.hit, "条文此处正是这些字")
    gain, hit = max((_placed(keyed.item, one, choose) for one in alternatives), key=lambda one: one[0])
    miscounted = all(_miscounted(one, choice.choice) for one in alternatives)
    if gain >= _WORDS_PLACED and not miscounted:
        return Ruling(Stand.HOLDS, keyed.key, hit or choice.hit, "所填文字见于条文此处")
    within = any(_within(letters(one).text, there) for one in alternatives)
    elsewhere = gain < _WORDS_ELSEWHERE and _is_short(choice.choice, _LONGEST_BLANK) and not within
    exactly = choice.confidence >= _WHOLE and _is_short(choice.choice, _EXACT_BLANK) and not within
    if choice.confidence >= _STEM_STANDS and there and (miscounted or elsewhere or exactly):
        return Ruling(Stand.CONTRADICTED, choice.choice, choice.hit, f"条文此处是“{choice.choice}”")
    return Ruling(Stand.UNDECIDED, "", choice.hit)


def _is_short(words: str, most: int) -> bool:
    """Tell whether words may be those of a blank: one phrase of at most so many letters."""
    return "。" not in words and len(letters(words).text) <= most


def _miscounted(words: str, written: str) -> bool:
    """Tell whether words have figures of which the clause's have others in their place."""
    told, there = figures(words), figures(written)
    return bool(told and there) and not told <= there


def _placed(item: Item, words: str, choose: Choose) -> tuple[float, Hit | None]:
    """Return the part of some words that stands at an item's blank, and the clause."""
    choice = choose(replace(item, kind=ItemKind.SINGLE, options=(("A", words),)))
    return choice.scores.get("A", 0.0), choice.hit


def _within(one: str, other: str) -> bool:
    return one in other or other in one


def _of_sentences(keyed: Keyed, choose: Choose) -> Ruling:
    """Return how clauses stand to a key of sentences, each taken for a statement; half of them must be borne out."""
    gain, hit = _placed(keyed.item, keyed.key, choose)
    if gain >= _WORDS_PLACED:
        return Ruling(Stand.HOLDS, keyed.key, hit, "答案文字见于条文")
    sentences = [one for one in _SENTENCES.split(keyed.key) if len(letters(one).text) >= _SHORTEST][:_MOST_SENTENCES]
    item = replace(keyed.item, kind=ItemKind.JUDGE, options=())
    choices = [choose(replace(item, stem=one)) for one in sentences]
    told = zip(sentences, choices, strict=True)
    said, against = next(
        ((words, one) for words, one in told if one.choice == FALSE and one.confidence >= _OTHERWISE), ("", None)
    )
    held = [one for one in choices if one.choice == TRUE and one.confidence >= _STATED[TRUE]]
    if against and against.hit and len(held) * 2 >= len(sentences) - 1:
        return Ruling(Stand.CONTRADICTED, against.hit.quote, against.hit, _told(against, said).replace("题干", "答案"))
    if held and len(held) * 2 >= len(sentences):
        return Ruling(Stand.HOLDS, keyed.key, held[0].hit, "答案语句见于条文")
    return Ruling(Stand.UNDECIDED, "", hit)


def _all_named(item: Item, chosen: list[str]) -> str:
    return "、".join(_named(item, letter) for letter in chosen)


def _named(item: Item, letter: str) -> str:
    words = dict(item.options).get(letter, "")
    return f"{letter}“{words}”"
