"""How well examination items are answered with the book open (开卷考试评测), and which keys the clauses contradict.

The measure knows nothing of how an item is answered: it takes items with their keys and a function that chooses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from answer.align import letters
from answer.exam import FALSE, HOLDS, TRUE, Choice, several
from answer.items import Item, ItemKind, reading
from corpus.errors import InputError

Choose = Callable[[Item], Choice]
# Confidence from which a clause that says otherwise than the key is listed: an option in its place, a statement that
# stands there whole, a statement with one stretch replaced.
_CONTRADICTED = {ItemKind.SINGLE: 0.85, ItemKind.MULTI: 0.85, ItemKind.JUDGE: 0.9}
_VERBATIM = 0.97
_FOLDS = 5
_GRID = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
_WRITTEN = {
    **dict.fromkeys(("对", "√", "是", "T", "TRUE"), TRUE),
    **dict.fromkeys(("错", "×", "否", "F", "FALSE"), FALSE),
}
_SHOWN = 80  # characters of a stem in a line


@dataclass(frozen=True, slots=True)
class Keyed:
    """An item and its key, "" where there is none."""

    item: Item
    key: str = ""


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
        """Tell whether the clause says nearly word for word otherwise than the key."""
        kind = self.keyed.item.kind
        if not self.keyed.key or self.right or kind is ItemKind.FILL or self.choice.hit is None:
            return False
        verbatim = kind is ItemKind.JUDGE and self.choice.choice == TRUE
        return self.choice.confidence >= (_VERBATIM if verbatim else _CONTRADICTED[kind])

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
    """Read items as JSON lines: id, type, stem; options, answer, edition_hint where there are any.

    Return the items with their keys, and how many are of kinds that are not answered. Raises InputError for a line of
    another form, naming it.
    """
    kinds = set(ItemKind)
    try:
        lines = [line for line in file.read_text("utf-8").split("\n") if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"{file} 读不出来：应是 UTF-8 的 JSONL 文件，每行一道试题") from error
    rows = [_row(line, f"{file.name} 第 {number} 行") for number, line in enumerate(lines, 1)]
    known = [_keyed(row) for row in rows if row["type"] in kinds]
    return tuple(known), len(rows) - len(known)


def _row(line: str, place: str) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
        known = (
            isinstance(row["stem"], str) and isinstance(row["type"], str) and isinstance(row.get("options", {}), dict)
        )
        row["id"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _wrong(place) from error
    if not known:
        raise _wrong(place)
    return row


def _wrong(place: str) -> InputError:
    return InputError(
        f'{place}不是试题：应是 {{"id": …, "type": "single", "stem": "…", "options": {{"A": "…"}}}} 形式的 JSON'
    )


def _keyed(row: dict[str, Any]) -> Keyed:
    options = tuple((str(letter), str(words)) for letter, words in (row.get("options") or {}).items())
    item = Item(str(row["id"]), ItemKind(row["type"]), row["stem"], options, str(row.get("edition_hint") or ""))
    return Keyed(item, _key(item.kind, str(row.get("answer") or "").strip()))


def _key(kind: ItemKind, written: str) -> str:
    """Return a key in one form: letters in order without commas, 正确 or 错误."""
    if kind is ItemKind.JUDGE:
        return _WRITTEN.get(written.upper(), written)
    return written if kind is ItemKind.FILL else "".join(sorted(re.findall(r"\w", written.upper())))


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
