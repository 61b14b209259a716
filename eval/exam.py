"""How well examination items are answered with the book open (开卷考试评测), and which keys the clauses contradict.

The measure knows nothing of how an item is answered: it takes items with their keys and a function that chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from answer.align import letters
from answer.bank.items import Keyed
from answer.bank.read import read_bank
from answer.bank.ruling import Stand, ruling
from answer.exam import HOLDS, Choice, several
from answer.items import Item, ItemKind, reading
from danggui.files import read

Choose = Callable[[Item], Choice]
_FOLDS = 5
_GRID = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
_SHOWN = 80  # characters of a stem in a line


@dataclass(frozen=True, slots=True)
class Outcome:
    """An item, its key and what was chosen."""

    keyed: Keyed
    choice: Choice

    @property
    def right(self) -> bool:
        """Tell whether the choice is the key; blanks are compared by their letters, alternatives parted by |."""
        if self.keyed.item.kind is not ItemKind.FILL:
            return self.choice.choice == self.keyed.key
        return letters(self.choice.choice).text in {letters(one).text for one in self.keyed.key.split("|")}

    @property
    def contradicts(self) -> bool:
        """Tell whether the clause says otherwise than the key of an item with options or of a statement."""
        return self.keyed.item.kind is not ItemKind.FILL and ruling(self.keyed, self.choice).stand is Stand.CONTRADICTED

    def to_json(self) -> dict[str, object]:
        """Return a line of the predictions."""
        hit = self.choice.hit
        return {
            "id": self.keyed.item.id,
            "choice": self.choice.choice,
            "citation": hit.to_json() if hit else None,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All items answered; `skipped` counts those of kinds that are not answered."""

    outcomes: tuple[Outcome, ...] = field(repr=False)
    skipped: int = 0

    def to_json(self) -> dict[str, object]:
        """Return the counts, the accuracies per kind where there are keys, and the contradicted keys."""
        return {
            "items": len(self.outcomes),
            "skipped": self.skipped,
            "cited": sum(one.choice.hit is not None for one in self.outcomes),
            "kinds": {kind.value: _figures(list(group)) for kind, group in _by_kind(self.outcomes)},
            "contradicted": [_contradiction(one) for one in self.outcomes if one.contradicts],
        }

    def table(self) -> str:
        """Return the figures as lines of text."""
        lines = [f"{len(self.outcomes)} 题（另有 {self.skipped} 题不属选择、判断、填空）"]
        for kind, group in _by_kind(self.outcomes):
            figures = _figures(list(group))
            shares = "  ".join(f"{name} {value}" for name, value in figures.items())
            lines.append(f"{kind.value:8}{shares}")
        found = [one for one in self.outcomes if one.contradicts]
        lines += [f"答案与条文不符，请核对（{len(found)} 题）："] if found else []
        return "\n".join([*lines, *map(_line, found)])


def measure(keyed: Iterable[Keyed], choose: Choose, skipped: int = 0) -> Report:
    """Choose for every item."""
    return Report(tuple(Outcome(one, choose(one.item)) for one in keyed), skipped)


def read_exam(file: Path) -> tuple[tuple[Keyed, ...], int]:
    """Return the items of a bank with their keys, and how many are of kinds that are not answered.

    Raises InputError for what is no bank; see `answer.bank.read`.
    """
    bank = read_bank(read(file), file.name)
    answered = tuple(one for one in bank.items if one.item.kind is not ItemKind.SHORT)
    return answered, len(bank.items) - len(answered)


def _by_kind(outcomes: Iterable[Outcome]) -> Iterator[tuple[ItemKind, Iterator[Outcome]]]:
    order = list(ItemKind)
    ranked = sorted(outcomes, key=lambda one: order.index(one.keyed.item.kind))
    return groupby(ranked, key=lambda one: one.keyed.item.kind)


def _figures(outcomes: Sequence[Outcome]) -> dict[str, int | float]:
    """Return the figures of one kind; `held_out` is measured with the threshold chosen on the other folds."""
    keyed = [one for one in outcomes if one.keyed.key]
    figures: dict[str, int | float] = {
        "items": len(outcomes),
        "cited": sum(one.choice.hit is not None for one in outcomes),
    }
    if keyed:
        right = sum(one.right for one in keyed)
        figures |= {"keyed": len(keyed), "right": right, "accuracy": round(right / len(keyed), 3)}
    if keyed and keyed[0].keyed.item.kind is ItemKind.MULTI:
        figures["held_out"] = round(_held_out(keyed), 3)
    return figures


def _held_out(outcomes: Sequence[Outcome]) -> float:
    """Return the accuracy over folds, each with the threshold that is best on the others."""
    right = 0
    for fold in range(_FOLDS):
        others = [one for place, one in enumerate(outcomes) if place % _FOLDS != fold]
        best = max(_GRID, key=lambda holds: (_right_with(others, holds), -abs(holds - HOLDS)))
        right += _right_with(outcomes[fold::_FOLDS], best)
    return right / len(outcomes)


def _right_with(outcomes: Iterable[Outcome], holds: float) -> int:
    return sum(
        several(one.choice.scores, holds, inverted=reading(one.keyed.item)[1]) == one.keyed.key for one in outcomes
    )


def _contradiction(one: Outcome) -> dict[str, object]:
    item = one.keyed.item
    return {"kind": item.kind.value, "stem": item.stem, "key": one.keyed.key, **one.to_json()}


def _line(one: Outcome) -> str:
    item, hit = one.keyed.item, one.choice.hit
    cited = f"{hit.label}（{hit.edition}）：{' '.join(hit.quote.split())}" if hit else ""
    return f"  {item.id} 答案 {one.keyed.key}，条文 {one.choice.choice}  {item.stem[:_SHOWN]}\n    {cited}"
