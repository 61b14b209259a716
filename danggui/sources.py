"""What answers are made from, within one scope of a base (答问所据)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from answer.select import Reading
from answer.signals import Compared
from corpus.hit import Hit
from corpus.locate import Locator

if TYPE_CHECKING:
    from danggui.base import KnowledgeBase, Scope


class BaseSources:
    """The provisions of a base that may answer within a scope; see `answer.consider.Sources`."""

    def __init__(self, base: KnowledgeBase, scope: Scope) -> None:
        """Read a base within a scope."""
        self._base = base
        self._scope = scope

    def search(self, question: str, k: int) -> Sequence[Hit]:
        """Return the k best provisions, best first."""
        return self.find(question, k)[0]

    def find(self, question: str, k: int) -> tuple[Sequence[Hit], Compared]:
        """Return what `search` does, and the features of each hit by its id."""
        return self._base.find(question, k, self._scope)

    def read(self, hit: Hit) -> Reading:
        """Return a hit's article as it is read for any question."""
        return self._base.read(hit)

    def look_up(self, question: str) -> Sequence[Hit]:
        """Return the provisions that a question names; raises NotFoundError, InputError."""
        return self._base.look_up(question, self._scope)

    def locator(self, edition_id: str) -> Locator:
        """Return what finds the provisions of an edition."""
        return self._base.lookup.locator(edition_id)

    def title_in(self, question: str) -> Sequence[str]:
        """Return the titles that a question names."""
        mentions = self._base.lookup.titles.find_in(question)
        return [title for mention in mentions for title in mention.titles]

    def weight(self, word: str) -> float:
        """Return how rare a word is in the base."""
        return self._base.index.weight(word)

    def words(self, text: str) -> Sequence[str]:
        """Return the words of a text."""
        return self._base.index.words(text)
