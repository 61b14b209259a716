"""An item of a quiz with its key and the clause that says it (试题)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from answer.items import FALSE, ItemKind
from corpus.errors import InputError
from corpus.hit import Hit

LETTERS = "ABCDEF"


class Difficulty(StrEnum):
    """How much of the clause an item asks for; the native words stand in `DIFFICULTY_WORDS`.

    Easy: a statement of which only what must or may be done could be wrong, a value among customary ones. Medium: a
    statement of which a value or another word could be wrong, a value among those of sibling clauses, a value or term
    to be written, items of a list among those of sibling lists. Hard: items of a list among changed ones, a member of
    a row of set phrases to be written, a whole list.
    """

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


DIFFICULTY_WORDS = {Difficulty.EASY: "易", Difficulty.MEDIUM: "中", Difficulty.HARD: "难"}


@dataclass(frozen=True, slots=True)
class QuizItem:
    """An item: `key` is letters, 正确 or 错误, or the clause's words.

    `span` is where the key's words stand in the edition's clean text, and `words` is what stands there: for a statement
    to be judged, the words that decide it, for several right options the list they stand in.
    """

    kind: ItemKind
    stem: str
    options: tuple[tuple[str, str], ...]
    key: str
    clause: Hit
    span: tuple[int, int]
    words: str = ""
    difficulty: Difficulty = Difficulty.MEDIUM

    @property
    def answer(self) -> str:
        """The words of the right options, or the key itself."""
        right = [words for letter, words in self.options if letter in self.key]
        return "；".join(right) if self.options else self.key

    @property
    def basis(self) -> str:
        """The words of its clause, the number of the article left out."""
        return self.clause.quote.removeprefix(self.clause.article or "").lstrip()

    @property
    def correction(self) -> str:
        """What a false statement should say, "" for other items."""
        return f"应为“{self.words}”。" if self.key == FALSE else ""

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {
            "kind": self.kind.value,
            "difficulty": self.difficulty.value,
            "stem": self.stem,
            "options": dict(self.options),
            "key": self.key,
            "clause": self.clause.to_json(),
            "span": list(self.span),
            "words": self.words,
        }


def read_item(value: Mapping[str, Any]) -> QuizItem:
    """Return the item of a JSON object; raises InputError for one of another form."""
    try:
        kind, options, span = ItemKind(value["kind"]), value["options"], value["span"]
        clause, stem, key = _hit(value["clause"]), value["stem"], value["key"]
        words, difficulty = str(value["words"]), Difficulty(value["difficulty"])
        place = (int(span[0]), int(span[1]))
        return QuizItem(kind, str(stem), tuple(dict(options).items()), str(key), clause, place, words, difficulty)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise InputError("不是 danggui quiz --json 输出的试题；请用那条命令重新出题") from error


def _hit(value: Mapping[str, Any]) -> Hit:
    known = {field.name: value[field.name] for field in fields(Hit) if field.name != "marks"}
    return Hit(**{**known, "headings": tuple(known["headings"])})
