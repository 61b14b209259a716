"""Choosing the sentences that answer (选句): every sentence of the hits is compared with the question.

A sentence is good when it holds the question's content words, the rare ones above all, in the question's order,
when its provision and headings hold the rest, and when the kind of value asked for stands in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from answer.question import Question, Term, bigrams
from answer.sentences import Sentence, clauses, sentences, trail_to
from corpus.hit import Hit
from corpus.locate import Locator
from corpus.model import Edition, Kind
from corpus.numerals import to_chinese
from corpus.titles import normalise


@dataclass(frozen=True, slots=True)
class Evidence:
    """How far a sentence answers a question; every share is between 0 and 1.

    `words` is the share of the content words' weight found in the sentence, `pairs` that of neighbouring characters,
    `context` the content words found in the sentence, its provision, headings and title. `value` says how close the
    kind of value asked for stands to the content words, `year` whether a year that the question names is found,
    `rank` compares the hit's score with the best one, `length` counts the characters of the words that answer.
    """

    words: float
    pairs: float
    context: float
    value: float
    year: bool
    rank: float
    length: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with the words that it hangs on before it, as they are and folded."""

    sentence: Sentence
    words: str
    folded: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A provision as it is read for any question: its lines, and `around`, title, headings and text folded."""

    locator: Locator
    around: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit, what speaks for it, and its score (higher is better)."""

    hit: Hit
    locator: Locator
    sentence: Sentence
    evidence: Evidence
    score: float

    @property
    def edition(self) -> Edition:
        """The edition of the hit."""
        return self.locator.edition


# How much each piece of evidence counts in the choice between sentences.
WEIGHTS = {"words": 0.6, "pairs": 0.3, "context": 0.6, "value": 0.4, "rank": 1.0}
MOST_SENTENCES = 5000  # read of one provision; no regulation comes near
_BREVITY = 0.05  # of two clauses with the same evidence the shorter one answers; lost at _LONG characters
_LONG = 400
_HEADING_FACTOR = 0.6  # the line of a heading names a matter; the text under it answers
_FAR_VALUE = 0.5  # a value of the right kind whose clause holds no content word
_FIGURES = 12  # digits of the largest number that has a Chinese numeral
_PARTIAL = 0.8  # the most that a word counts that is found only in pieces
_RANK_POWER = 0.25  # scores of the ranker fall steeply; this keeps the second hit in play


def candidates(question: Question, hits: Sequence[Hit], read: Callable[[Hit], Reading]) -> tuple[Candidate, ...]:
    """Return every sentence of the hits as a candidate, best first."""
    top = max((hit.score for hit in hits), default=0.0)
    found = [one for hit in hits for one in _of_hit(question, hit, read(hit), top)]
    return tuple(sorted(found, key=lambda one: -one.score))


def read(hit: Hit, locator: Locator) -> Reading:
    """Read the article of a hit, or its provision where it stands in none."""
    edition = locator.edition
    trail = trail_to(edition, hit.path, hit.start)
    provision = next((node for node in trail if node.kind is Kind.ARTICLE), trail[-1])
    around = normalise("\n".join((edition.title, edition.date, *hit.headings, edition.slice(provision))))
    found = islice(sentences(edition, provision), MOST_SENTENCES)
    return Reading(locator, around, tuple(_line(edition, sentence) for sentence in found))


def _line(edition: Edition, sentence: Sentence) -> Line:
    words = f"{edition.text[slice(*sentence.lead)]}\n{edition.text[sentence.start : sentence.end]}"
    return Line(sentence, words, normalise(words))


def _of_hit(question: Question, hit: Hit, reading: Reading, top: float) -> Iterator[Candidate]:
    rank = (hit.score / top) ** _RANK_POWER if top else 1.0
    context = context_in(question, reading.around, rank)
    for line in reading.lines:
        evidence = weigh(question, line, context)
        yield Candidate(hit, reading.locator, line.sentence, evidence, _score(evidence, line.sentence.title))


@dataclass(frozen=True, slots=True)
class Context:
    """What all sentences of a provision share: `share` of the content words, `year` and `rank` as in `Evidence`."""

    share: float
    year: bool = True
    rank: float = 1.0


def context_in(question: Question, around: str, rank: float = 1.0) -> Context:
    """Return what a provision with headings and title, folded, says for each of its sentences."""
    return Context(_share(question, around), all(year in around for year in question.years), rank)


def weigh(question: Question, line: Line, context: Context) -> Evidence:
    """Return what speaks for a sentence in its context."""
    value, length = _value(question, line.words)
    return Evidence(
        _share(question, line.folded),
        _pairs(question, line.folded),
        context.share,
        value,
        context.year,
        context.rank,
        length,
    )


def coverage(term: Term, text: str) -> float:
    """Return how much of a term stands in a folded text: 1 for the whole, less for pieces of two characters or more."""
    word, numeral, pairs = _forms(term.text)
    if word in text or (numeral and numeral in text):
        return 1.0
    if term.exact or len(word) < 3:
        return 0.0
    found = {place + step for place, pair in enumerate(pairs) if pair in text for step in (0, 1)}
    return _PARTIAL * len(found) / len(word)


@lru_cache(maxsize=4096)
def _forms(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Return a word folded, as a Chinese numeral where it is a number, and its neighbouring characters."""
    word = normalise(text)
    numeral = to_chinese(int(word)) if word.isdecimal() and len(word) <= _FIGURES else ""
    return word, numeral, tuple(bigrams(word))


def _share(question: Question, text: str) -> float:
    total = sum(term.weight for term in question.terms)
    found = sum(term.weight * coverage(term, text) for term in question.terms)
    return found / total if total else 0.0


def _value(question: Question, sentence: str) -> tuple[float, int]:
    """Return how close the value wanted stands to the content words, and the length of the clause it stands in.

    1 where one clause holds them all, less the fewer it holds; without a value the length is the sentence's.
    """
    wanted = question.wanted
    if wanted.value is None:
        return 1.0, len(sentence)
    if wanted.value.search(sentence) is None:
        return wanted.missing, len(sentence)
    if wanted.shaped:
        return 1.0, len(sentence)
    shares = [(_share(question, normalise(one)), -len(one)) for one in clauses(sentence) if wanted.value.search(one)]
    share, length = max(shares, default=(0.0, -len(sentence)))
    return _FAR_VALUE + (1 - _FAR_VALUE) * share, -length


def _pairs(question: Question, text: str) -> float:
    if not question.pairs:
        return _share(question, text)
    return sum(pair in text for pair in question.pairs) / len(question.pairs)


def _score(evidence: Evidence, title: bool) -> float:
    score = sum(weight * float(getattr(evidence, name)) for name, weight in WEIGHTS.items())
    score += _BREVITY * max(0.0, 1 - evidence.length / _LONG)
    return score * (_HEADING_FACTOR if title else 1.0)
