"""From a question to candidates and what they are worth (研判): all that is decided before an answer is composed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from answer.question import Question, read_question
from answer.select import Candidate, Reading, candidates
from answer.signals import Compared, signals
from answer.support import Status, shipped_judge
from corpus.hit import Hit
from corpus.locate import Locator
from corpus.titles import work_key

DEPTH = 20  # provisions read for each question
_FAR_DEPTH = 200  # searched when the regulation that a question names is not among the best


class Sources(Protocol):
    """What an answer is made from: provisions that may answer on a day, and how rare words are in the base."""

    def search(self, question: str, k: int) -> Sequence[Hit]:
        """Return the k best provisions, best first, at most one per article."""

    def find(self, question: str, k: int) -> tuple[Sequence[Hit], Compared]:
        """Return what `search` does, and by the id of a hit its features against the question."""

    def read(self, hit: Hit) -> Reading:
        """Return a hit's article as it is read for any question."""

    def look_up(self, question: str) -> Sequence[Hit]:
        """Return the provisions that the question names by citation; raises NotFoundError where there is no such."""

    def locator(self, edition_id: str) -> Locator:
        """Return what finds the provisions of an edition."""

    def title_in(self, question: str) -> Sequence[str]:
        """Return the titles that the question names."""

    def weight(self, word: str) -> float:
        """Return how rare a word is in the base (inverse document frequency), higher is rarer."""

    def words(self, text: str) -> Sequence[str]:
        """Return the words of a text."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A question read, the provisions found, their sentences as candidates, best first, and what speaks for them.

    `signals` are empty where nothing was found.
    """

    question: Question
    hits: tuple[Hit, ...] = ()
    found: tuple[Candidate, ...] = ()
    signals: dict[str, float] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """What an answer from the best candidate is worth."""
        if not self.found:
            return Status.NO_BASIS
        return shipped_judge().status(self.question, self.found[0].evidence, self.signals)


def consider(text: str, sources: Sources) -> Considered:
    """Search the provisions for a question and weigh their sentences."""
    question = read_question(text, sources.words, sources.weight, sources.title_in)
    hits, compared = _found(question, f"{text} {question.wanted.wording}".strip(), sources)
    best = candidates(question, hits, sources.read)
    if not best:
        return Considered(question, tuple(hits))
    return Considered(question, tuple(hits), best, signals(question, best, hits, compared))


def _found(question: Question, query: str, sources: Sources) -> tuple[Sequence[Hit], Compared]:
    """Return the provisions to read: the best ones, those of the regulations that the question names alone."""
    hits, compared = sources.find(query, DEPTH)
    if not question.titles:
        return hits, compared
    works = {work_key(title) for title in question.titles}
    own = [hit for hit in hits if work_key(hit.title) in works]
    if own:
        return own, compared
    hits, compared = sources.find(query, _FAR_DEPTH)
    return [hit for hit in hits if work_key(hit.title) in works][:DEPTH], compared
