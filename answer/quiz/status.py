"""Whether an item made earlier still counts (试题是否过时): its edition, its clause and the words of its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from answer.items import ItemKind
from answer.quiz.model import QuizItem
from answer.verify import Library, State, Verification, verify_hit
from corpus.citation import edition_words
from corpus.errors import NotFoundError
from corpus.folding import fold
from corpus.hit import Hit

_BORDER = re.compile(r"[。\n]")


class Freshness(StrEnum):
    """What has become of an item; the native term stands beside each."""

    CURRENT = "current"  # 有效
    SUPERSEDED = "superseded"  # 所据版本已被修订或取代
    REPEALED = "repealed"  # 所据条款已废止
    NOT_YET_IN_FORCE = "not_yet_in_force"  # 所据版本尚未施行
    MISSING = "missing"  # 所据版本不在库中
    CHANGED = "changed"  # 库中原文与出题时不同


class Kept(StrEnum):
    """What a later clause still has of an item; the native term stands beside each."""

    SENTENCE = "sentence"  # 原句
    WORDS = "words"  # 只有答案的文字
    NOTHING = "nothing"  # 都没有


_STATES = {
    State.OK: Freshness.CURRENT,
    State.SUPERSEDED: Freshness.SUPERSEDED,
    State.REPEALED: Freshness.REPEALED,
    State.NOT_YET_IN_FORCE: Freshness.NOT_YET_IN_FORCE,
}
_KEPT = {
    Kept.SENTENCE: "有关文字未变，题目仍可用，改注新条款即可",
    Kept.WORDS: "有关文字已改，但仍有答案的文字，请核对题干和选项",
    Kept.NOTHING: "有关文字已改，请据新条款重新出题",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """An item, what has become of it and a Chinese sentence that says why.

    `successor` is the clause that took the place of one that counts no more, a whole text where no clause of it is like
    the old one, and `kept` what it still has of the item; both None where there is no successor.
    """

    item: QuizItem
    state: Freshness
    message: str
    successor: Hit | None = None
    kept: Kept | None = None

    @property
    def is_stale(self) -> bool:
        """Whether it is no longer to be used as it is."""
        return self.state is not Freshness.CURRENT

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {
            "stem": self.item.stem,
            "kind": self.item.kind.value,
            "key": self.item.key,
            "clause": self.item.clause.id,
            "label": self.item.clause.label,
            "state": self.state.value,
            "message": self.message,
            "successor": self.successor.to_json() if self.successor else None,
            "kept": self.kept.value if self.kept else None,
        }


def standing(item: QuizItem, library: Library, on: date) -> Standing:
    """Return what has become of an item by a day."""
    hit = item.clause
    label = hit.cited
    if hit.edition_id not in library.infos:
        return Standing(item, Freshness.MISSING, f"{label}已不在库中{_instead(hit, library, on)}")
    found = verify_hit(hit, library, on)
    text = library.locator(hit.edition_id).edition.text
    if found.state in (State.NOT_FOUND, State.TEXT_MISMATCH) or text[slice(*item.span)] != item.words:
        return Standing(item, Freshness.CHANGED, f"库中{label}的文字与出题时不同，请核对后重新出题")
    state = _STATES[found.state]
    if state is Freshness.CURRENT:
        return Standing(item, state, f"{label}有效，文字未变")
    return _outdated(item, label, state, found, text)


def standings(items: Sequence[QuizItem], library: Library, on: date) -> tuple[Standing, ...]:
    """Return what has become of items, in order; see `standing`."""
    return tuple(standing(item, library, on) for item in items)


def _instead(hit: Hit, library: Library, on: date) -> str:
    """Return which edition the base has instead of one that it lost."""
    try:
        info = library.choose(library.title(hit.title), on)
    except NotFoundError:
        return "，也没有别的版本"
    return f"；库中现有《{info.title}》{edition_words(info.date)}，请据以重新出题"


def _outdated(item: QuizItem, label: str, state: Freshness, found: Verification, text: str) -> Standing:
    """Return the standing of an item whose clause is stored as it was and does not count on the day."""
    words = {
        Freshness.SUPERSEDED: "已被修订或取代",
        Freshness.REPEALED: "已废止",
        Freshness.NOT_YET_IN_FORCE: "尚未施行",
    }
    if found.successor is None:
        return Standing(item, state, f"{label}{words[state]}")
    now = found.successor.cited
    if not found.successor.path:
        said = f"{label}{words[state]}，{now}中没有相近的条款，请重新出题"
        return Standing(item, state, said, found.successor, Kept.NOTHING)
    kept = _kept(item, text, found.successor.text)
    return Standing(item, state, f"{label}{words[state]}，现为{now}：{_KEPT[kept]}", found.successor, kept)


def _kept(item: QuizItem, text: str, later: str) -> Kept:
    """Return what a later clause still has: the sentence of the key, or list, letter by letter, or only the key."""
    folded = fold(later)
    if fold(_sentence(text, item.span)) in folded:
        return Kept.SENTENCE
    right = [words for letter, words in item.options if letter in item.key] or [item.words]
    if item.kind is not ItemKind.JUDGE and all(fold(words) in folded for words in right):
        return Kept.WORDS
    return Kept.NOTHING


def _sentence(text: str, span: tuple[int, int]) -> str:
    """Return the sentences of a text that a span touches, from one full stop or line to the next."""
    start = max((match.end() for match in _BORDER.finditer(text, 0, span[0])), default=0)
    behind = _BORDER.search(text, max(span[0], span[1] - 1))
    return text[start : behind.start() if behind else len(text)].strip()
