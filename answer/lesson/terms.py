"""Terms that clauses define (术语): 本条例所称…，是指…; （以下简称…）; “三会一课”是指….

Beside these, the fixed formulations of the reviewed table (四个意识) where a clause uses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answer.review.wording import Formulation
from answer.sentences import Sentence, ends_open, trimmed
from answer.topic import Clause
from corpus.hit import Hit

_LONGEST = 24  # characters of a term
_CALLED = re.compile(
    r"所称的?(?P<term>[^，。；：]{1,40}?)[，,]?(?P<means>是指|指的是|系指|指(?!导|定|示|标|明|出|派)|包括)[：:]?(?P<meaning>[^。]+)"
)
_MEANS = re.compile(
    r"(?P<term>[^，。；：、\n是]{2,24})[，,]?(?P<means>是指(?!导|引|示|挥|定)|指的是|系指)[：:]?(?P<meaning>[^。]+)"
)
_SHORT = re.compile(
    r"(?P<meaning>(?:《[^》]+》|[^，。；：《》（）\n]){2,40}?)（(?:以下|下同?)(?:简|统|合|通)称[“《]?(?P<term>[^”》）]{1,20})[”》]?(?:[，；][^）]*)?）"
)
_MARKS = '“”"‘’ 的'
_QUOTED = re.compile(r"“([^“”]+)”[^“”]*\Z")
_ADVERBS = re.compile(r"(?:主要|一般|分别)\Z")
_NO_TERM = re.compile(r"^(?:本|该|这|前款|上述|其)|^(?:其中|一般)\Z|依照|按照|根据")
_SHORTEST_MEANING = 4
_OPENERS = re.compile(
    r"^.*?(?:由|向|对|将|和|与|及|或者|、|在|经|根据|按照|依照|是指|包括|设立|成立|建立|制定|是|为)(?=[^由向对将和与及、在经根]{2,})"
)
_NUMBERED = re.compile(r"“(?P<term>(?:[一二两三四五六七八九十]个|[一二两三四五六七八九十])[^“”，。；、]{1,8})”")
_ABBREVIATED = re.compile(r"^[二两三四五六七八九十].{2,}|双|^(.)(?:个)?[^\1]{1,3}[二两三四五六七八九十]")


class TermKind(StrEnum):
    """How a term is defined; the native word stands beside each."""

    DEFINITION = "definition"  # 定义
    SHORT_NAME = "short_name"  # 简称
    FORMULATION = "formulation"  # 规范表述, a number-abbreviation


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what it means.

    The meaning is a slice of the source's text, or of the reviewed table with `origin`, where it was said; "" where a
    number-abbreviation is used and nothing here says what it stands for.
    """

    kind: TermKind
    name: str
    meaning: str
    source: Hit
    origin: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the interface."""
        return {
            "kind": self.kind.value,
            "term": self.name,
            "definition": self.meaning,
            "origin": self.origin,
            "citation": self.source.to_json(),
        }


def terms(clauses: Iterable[Clause], formulations: Sequence[Formulation] = ()) -> list[Term]:
    """Return the terms of clauses, in their order, each name once; a defined one goes before the table's."""
    found: dict[str, Term] = {}
    used: dict[str, Term] = {}
    for clause in clauses:
        for sentence in clause.sentences():
            for term in _defined(clause, sentence):
                found.setdefault(term.name, term)
            for term in _numbered(clause, sentence, formulations):
                used.setdefault(term.name, term)
    return [*found.values(), *(term for name, term in used.items() if name not in found)]


def _defined(clause: Clause, sentence: Sentence) -> Iterator[Term]:
    text = clause.edition.text
    for pattern in (_CALLED, _MEANS):
        match = pattern.search(text, sentence.start, sentence.end)
        if match and (name := _name(match["term"])):
            span = _trimmed(text, match.start("meaning"), _meaning_end(clause, sentence, match))
            if span[1] - span[0] >= _SHORTEST_MEANING:
                hit = clause.hit(sentence.path, _whole(sentence, span))
                yield Term(TermKind.DEFINITION, name, text[slice(*span)], hit)
                break
    for match in _SHORT.finditer(text, sentence.start, sentence.end):
        start = match.start("meaning") + _behind_opening(match["meaning"])
        meaning, hit = text[start : match.end("meaning")], clause.hit(sentence.path, (sentence.start, sentence.end))
        if match["term"] not in meaning or match["term"] != meaning:
            yield Term(TermKind.SHORT_NAME, match["term"], meaning, hit)


def _name(words: str) -> str:
    """Return a term without quotation marks, "" where it is none."""
    quoted = _QUOTED.search(words)
    name = quoted[1] if quoted else _ADVERBS.sub("", words.strip(_MARKS))
    wrong = not 1 < len(name) <= _LONGEST or _NO_TERM.search(name) or any(mark in name for mark in _MARKS)
    return "" if wrong else name


def _meaning_end(clause: Clause, sentence: Sentence, match: re.Match[str]) -> int:
    """Return where a meaning ends: with its sentence, or with the list that the sentence introduces."""
    if not ends_open(clause.edition.text, sentence.end):
        return match.end("meaning")
    node = next(one for one in clause.provision.walk() if one.path == sentence.path)
    return node.end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without a colon and white space at its beginning."""
    while start < end and text[start] in "：: \n":
        start += 1
    return trimmed(text, start, end)


def _whole(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    return sentence.start, max(sentence.end, span[1])


def _behind_opening(words: str) -> int:
    """Return where a name begins in the words before a bracket."""
    if words.endswith("》"):
        return words.rfind("《")
    match = _OPENERS.match(words)
    return match.end() if match and "《" not in words else 0


def _numbered(clause: Clause, sentence: Sentence, formulations: Sequence[Formulation]) -> Iterator[Term]:
    text = clause.edition.text
    known = {one.name: one for one in formulations}
    for match in _NUMBERED.finditer(text, sentence.start, sentence.end):
        one = known.get(match["term"])
        if one is None and not _ABBREVIATED.search(match["term"]):
            continue
        meaning = one.words if one else ""
        hit = clause.hit(sentence.path, (sentence.start, sentence.end))
        yield Term(TermKind.FORMULATION, match["term"], meaning, hit, one.source if one else "")
