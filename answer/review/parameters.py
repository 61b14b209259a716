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
_NEAR_WORDS = 14  # letters on either side of a figure
_SUBJECT = re.compile(
    r"\s*(?:第[^条]{1,8}条\s*|[（(][一二三四五六七八九十]+[）)]\s*)?(?P<subject>[^，。；：由每]{2,24}?)(?:由|应当?|须|必须|不得|每|可以|一般|实行|至少)"
)
_CONDITION = re.compile(r"[^。；]{0,40}?的[，,]")
_SENTENCE = re.compile(r"[^。；\n]+")


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
            if shared < _LEAST_SHARED or shared < least[0] * small or shared < least[1] * large:
                continue
            if not cited and not _same_subject(rule.text, other.text):
                continue
            likeness = shared / large  # what stands for the nearness of a figure with no words around it
            near = max(same_kind, key=lambda one: _nearness(rule.text, figure, other.text, one, likeness))
            nearness = _nearness(rule.text, figure, other.text, near, likeness)
            agrees = any(_agree(figure, one) for one in same_kind)
            if agrees or nearness >= 0.5:
                yield _Pairing(hit, other, near, shared / small + nearness, agrees)

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


def _nearness(text: str, figure: Measure, other: str, written: Measure, default: float) -> float:
    """Return the share of the letters around one figure, the nearer side, that stand around the other, 0 to 1."""
    ours, theirs = _around(text, figure), _around(other, written)
    shares = [len(a & b) / min(len(a), len(b)) for a, b in zip(ours, theirs, strict=True) if a and b]
    return max(shares, default=default)


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
