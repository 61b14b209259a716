"""Figures held to the clause that governs the same matter (数字与期限): 每半年 for 每季度, 六个月 for 一年.

A sentence of the document and one of a clause speak of the same matter where nearly all neighbouring letters around
their figures are the same, figures left out. Then the figures of one kind are compared. A rule stricter than its
clause is noted, not faulted; what the clause says 一般 of is told more softly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from answer.review.citations import Judge, Judged
from answer.review.findings import Finding, Kind, Mark, Severity
from answer.review.measures import KIND_WORDS, Bound, Measure, measures
from answer.review.measures import Kind as Figure
from answer.review.paper import Paper, Sentence
from answer.review.wordmap import pairs
from corpus.citation import edition_words
from corpus.hit import Hit
from corpus.validity import days

_CANDIDATES = 6
_LEAST_SHARED = 6  # pairs of letters that two contexts must share
_SAME, _SAME_CITED = 0.72, 0.5  # share of the smaller context's pairs
_BOTH, _BOTH_CITED = 0.5, 0.3  # and of the larger one's
_OPENING, _SAME_OPENING = 7, 0.9  # pairs of two openings that are one, and their share of the larger
_NEAR_WORDS = 14  # letters on either side of a figure
_NEAR_ENOUGH = 0.5  # share of them that must stand around the other figure
_SUBJECT = re.compile(
    r"\s*(?:第[^条]{1,8}条\s*|[（(][一二三四五六七八九十]+[）)]\s*)?(?P<subject>[^，。；：由每]{2,24}?)(?:由|应当?|须|必须|不得|每|可以|一般|实行|至少)"
)
_CONDITION = re.compile(r"[^。；]{0,40}?的[，,]")
_SENTENCE = re.compile(r"[^。；\n]+")
_COMMA = re.compile("[，,、：:]")


class Governing(Protocol):
    """Where the clauses come from that may govern a sentence."""

    def likest(self, text: str, k: int) -> Sequence[Hit]:
        """Return the k provisions in force whose words are most like a text's, those of other places left out."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A sentence with its figures; `words` are the pairs of its letters without them."""

    text: str
    figures: tuple[Measure, ...]
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Rule:
        """Read a sentence."""
        found = measures(text)
        return cls(text, tuple(found), pairs(_blanked(text, found)))


def _blanked(text: str, found: Sequence[Measure]) -> str:
    for one in found:
        text = text[: one.start] + "，" * (one.end - one.start) + text[one.end :]
    return text


class Parameters:
    """Compares the figures of one document with the clauses of the base."""

    def __init__(self, paper: Paper, judge: Judge, governing: Governing) -> None:
        """Take the document and the base."""
        self._paper, self._judge, self._governing = paper, judge, governing
        self._rules: dict[str, tuple[Rule, ...]] = {}

    def findings(self, judged: Sequence[Judged], skipped: Sequence[tuple[int, int]]) -> Iterator[Finding]:
        """Yield the findings; `skipped` are spans that were held to their clauses already."""
        for sentence in self._paper.sentences():
            if any(start < sentence.end and sentence.start < end for start, end in skipped):
                continue
            rule = Rule.of(sentence.text)
            if rule.figures and len(rule.words) >= _LEAST_SHARED:
                cited = [one for one in judged if sentence.start <= one.mention.start < sentence.end]
                yield from self._of(sentence, rule, cited)

    def _of(self, sentence: Sentence, rule: Rule, cited: Sequence[Judged]) -> Iterator[Finding]:
        """Yield at most one finding for each figure of a sentence."""
        named = [one.clause for one in cited if one.clause and one.provision]
        hits = named or self._governing.likest(sentence.text, _CANDIDATES)
        for figure in rule.figures:
            found = [one for hit in hits for one in self._against(rule, figure, hit, bool(named))]
            if found and not any(one.agrees for one in found):
                best = max(found, key=lambda one: one.likeness)
                yield self._finding(sentence, rule, figure, best)

    def _against(self, rule: Rule, figure: Measure, hit: Hit, cited: bool) -> Iterator[_Pairing]:
        """Yield the sentences of a clause that speak of the same matter with a figure of the same kind."""
        least = (_SAME_CITED, _BOTH_CITED) if cited else (_SAME, _BOTH)
        for other in self._rules_of(hit):
            same_kind = [one for one in other.figures if one.kind is figure.kind]
            if not same_kind:
                continue
            shared = len(rule.words & other.words)
            small, large = sorted((len(rule.words), len(other.words)))
            alike = shared >= max(_LEAST_SHARED, least[0] * small, least[1] * large)
            if not alike and not _same_opening(rule, figure, other, same_kind):
                continue
            if not cited and not _same_subject(rule.text, other.text):
                continue
            near = _nearnesses(rule.text, figure, other.text, same_kind, shared / large)
            best = max(near, key=near.__getitem__)
            agrees = any(_agree(figure, one) for one in same_kind)
            opposite = _opposite(rule, figure, same_kind)
            if agrees and opposite and not _agree(figure, opposite) and not _agree(figure, best):
                agrees, best = False, opposite
            if agrees or near[best] >= _NEAR_ENOUGH:
                yield _Pairing(hit, other, best, shared / small + near[best], agrees)

    def _is_later(self, hit: Hit) -> bool:
        """Tell whether a clause is younger than the document, which may have been right in its day."""
        return self._judge.then is not None and days(hit.edition).first > self._judge.then

    def _rules_of(self, hit: Hit) -> tuple[Rule, ...]:
        if hit.id not in self._rules:
            text = hit.text.removeprefix(hit.article or "")
            self._rules[hit.id] = tuple(Rule.of(part) for part in _SENTENCE.findall(text))
        return self._rules[hit.id]

    def _finding(self, sentence: Sentence, rule: Rule, figure: Measure, pairing: _Pairing) -> Finding:
        written = pairing.rule.text[pairing.figure.start : pairing.figure.end]
        said = rule.text[figure.start : figure.end]
        place = self._paper.place(sentence.start + figure.start, sentence.start + figure.end)
        hit = _quoted(pairing)
        kind, dated = KIND_WORDS[figure.kind], edition_words(hit.edition)
        if _is_stricter(figure, pairing.figure, pairing.rule.text):
            message = f"{kind}“{said}”严于{hit.label}的“{written}”"
            return Finding(Kind.PARAMETER, Mark.STRICTER, Severity.NOTE, place, message, hit, "请确认是有意从严")
        severity = Severity.WARNING if pairing.figure.soft else Severity.ERROR
        message = f"{kind}“{said}”与{hit.label}{dated}规定的“{written}”不一致"
        if self._is_later(hit):
            severity, message = Severity.WARNING, f"{message}（该版本晚于本文件）"
        return Finding(Kind.PARAMETER, Mark.CONFLICT, severity, place, message, hit, f"请对照{hit.label}核对数字")


@dataclass(frozen=True, slots=True)
class _Pairing:
    hit: Hit
    rule: Rule
    figure: Measure
    likeness: float
    agrees: bool


def _quoted(pairing: _Pairing) -> Hit:
    """Return the clause with the sentence that governs as its quotation."""
    text = pairing.rule.text.strip()
    place = pairing.hit.text.find(text)
    if place < 0:
        return pairing.hit
    origin = pairing.hit.start if pairing.hit.quote == pairing.hit.text else -1
    return (
        replace(pairing.hit, quote=text, start=origin + place, end=origin + place + len(text))
        if origin >= 0
        else pairing.hit
    )


def _same_subject(text: str, other: str) -> bool:
    """Tell whether two sentences may have one subject: one's is the other's, wider or narrower, or is not written."""
    ours, theirs = _SUBJECT.match(text), _SUBJECT.match(other)
    if not ours or not theirs:
        return True
    return ours["subject"].strip() in theirs["subject"] or theirs["subject"].strip() in ours["subject"]


def _same_opening(rule: Rule, figure: Measure, other: Rule, written: Sequence[Measure]) -> bool:
    """Tell whether a sentence opens with the words of another up to the comma behind our and one of its figures."""
    ours = pairs(_opening(rule, figure))
    theirs = (pairs(_opening(other, one)) for one in written)
    least = max(_OPENING, _SAME_OPENING * len(ours))
    return any(len(ours & words) >= max(least, _SAME_OPENING * len(words)) for words in theirs)


def _opening(rule: Rule, figure: Measure) -> str:
    """Return a sentence's words up to the comma behind a figure, blanks for figures."""
    comma = _COMMA.search(rule.text, figure.end)
    return _blanked(rule.text, rule.figures)[: comma.start() if comma else len(rule.text)]


def _opposite(rule: Rule, figure: Measure, written: Sequence[Measure]) -> Measure | None:
    """Return the written figure in the same turn as ours, None where there is one alone or not as many."""
    own = [one for one in rule.figures if one.kind is figure.kind]
    return written[own.index(figure)] if len(own) == len(written) > 1 else None


def _nearnesses(
    text: str, figure: Measure, other: str, written: Sequence[Measure], default: float
) -> dict[Measure, float]:
    """Return for each written figure the share of the letters around ours, the nearer side, that stand around it.

    From 0 to 1; `default` stands for what has no words around it.
    """
    ours = _around(text, figure)
    sides = {one: zip(ours, _around(other, one), strict=True) for one in written}
    shares = {one: [len(a & b) / min(len(a), len(b)) for a, b in both if a and b] for one, both in sides.items()}
    return {one: max(found, default=default) for one, found in shares.items()}


def _around(text: str, figure: Measure) -> tuple[frozenset[str], frozenset[str]]:
    """Return the pairs of letters before and behind a figure, up to the figures beside it."""
    others = [one for one in measures(text) if one.start != figure.start]
    first = max((one.end for one in others if one.end <= figure.start), default=0)
    last = min((one.start for one in others if one.start >= figure.end), default=len(text))
    before = text[max(first, figure.start - _NEAR_WORDS) : figure.start]
    return pairs(before), pairs(text[figure.end : min(last, figure.end + _NEAR_WORDS)])


def _agree(figure: Measure, written: Measure) -> bool:
    """Tell whether two figures say the same, opposite bounds told apart."""
    if written.low is not None:
        return written.low <= (figure.value if figure.low is None else figure.low) and figure.value <= written.value
    opposed = {figure.bound, written.bound} == {Bound.LEAST, Bound.MOST}
    return figure.value == written.value and not opposed


def _is_stricter(figure: Measure, written: Measure, text: str) -> bool:
    """Tell whether a rule goes further than its clause in the direction that the clause bounds.

    What a clause sets as a condition (三人以上的，应当…) has no such direction.
    """
    if figure.value == written.value or _CONDITION.match(text, written.end):
        return False
    more = figure.value > written.value
    if written.bound is Bound.MOST:
        return not more
    if written.bound is Bound.LEAST:
        return more
    return figure.kind is Figure.FREQUENCY and more
