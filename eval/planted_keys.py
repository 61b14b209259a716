"""Wrong keys planted in a question bank (埋设的错误答案): are they flagged, and the others left alone?

A share of the keys is made wrong with a seed: another option, one option more or fewer, the other judgement, another
number, the words of another blank. Keys of sentences (简答) are left as they are.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from answer.bank.check import Finding, State
from answer.bank.items import Keyed
from answer.items import FALSE, TRUE, ItemKind
from corpus.numerals import NUMERAL, to_chinese, to_int

Key = TypeVar("Key", ItemKind, State)
Check = Callable[[Sequence[Keyed]], Iterable[Finding]]
_NUMBER = re.compile(rf"\d{{1,4}}|{NUMERAL}")
_FLAGS = (State.WRONG, State.OUTDATED)
_MOST_ADDED = 3  # that a number is raised by


@dataclass(frozen=True, slots=True)
class Report:
    """By kind, how many keys were made wrong and found, and how many of the others there are and were flagged.

    `states` counts the states of the others, `on_rest` are the findings that flag one of them, `missed` those on keys
    made wrong that flag none.
    """

    planted: Mapping[ItemKind, int]
    found: Mapping[ItemKind, int]
    rest: Mapping[ItemKind, int]
    flagged: Mapping[ItemKind, int]
    states: Mapping[State, int]
    on_rest: tuple[Finding, ...]
    missed: tuple[Finding, ...]

    @property
    def kinds(self) -> list[ItemKind]:
        """The kinds that there are items of."""
        return [kind for kind in ItemKind if self.rest[kind] or self.planted[kind]]

    def to_json(self) -> dict[str, object]:
        """Return the figures by kind and together, and the findings on the rest that flag one."""
        counts = {"planted": self.planted, "found": self.found, "rest": self.rest, "flagged": self.flagged}
        return {
            "kinds": {kind.value: {name: count[kind] for name, count in counts.items()} for kind in self.kinds},
            "planted_found": _share(self.found, self.planted),
            "rest_flagged": _share(self.flagged, self.rest),
            "rest_states": {state.value: self.states[state] for state in State},
            "flags_on_rest": [one.to_json() for one in self.on_rest],
            "missed": [one.to_json() for one in self.missed],
        }

    def lines(self) -> Iterator[str]:
        """Yield the figures as lines of text."""
        for kind in self.kinds:
            found, flagged = f"{self.found[kind]}/{self.planted[kind]}", f"{self.flagged[kind]}/{self.rest[kind]}"
            yield f"{kind.value:8}改错的查出 {found}，其余的标出 {flagged}"
        yield f"合计：改错的查出 {_share(self.found, self.planted)}，其余的标出 {_share(self.flagged, self.rest)}"
        yield "其余各题：" + "，".join(f"{state.value} {self.states[state]}" for state in State)


def _share(some: Mapping[ItemKind, int], whole: Mapping[ItemKind, int]) -> float:
    return round(sum(some.values()) / max(sum(whole.values()), 1), 3)


def measure(bank: Sequence[Keyed], check: Check, share: float, seed: int) -> Report:
    """Make a share of the keys that can be made wrong so, check all, and count what was flagged."""
    chance = random.Random(seed)
    fit = [place for place, keyed in enumerate(bank) if wrong_key(keyed, bank, random.Random(seed))]
    planted = set(chance.sample(fit, round(share * len(fit))))
    mixed = [
        replace(keyed, key=wrong_key(keyed, bank, chance)) if place in planted else keyed
        for place, keyed in enumerate(bank)
    ]
    findings = list(check(mixed))
    wrong = [one for place, one in enumerate(findings) if place in planted]
    rest = [one for place, one in enumerate(findings) if place not in planted]
    return Report(
        _by_kind(wrong),
        _by_kind(filter(_flagged, wrong)),
        _by_kind(rest),
        _by_kind(filter(_flagged, rest)),
        Counter(one.state for one in rest),
        tuple(filter(_flagged, rest)),
        tuple(one for one in wrong if not _flagged(one)),
    )


def together(reports: Sequence[Report]) -> Report:
    """Return the counts of several draws as one, each finding on the rest once."""
    on_rest = {one.number: one for report in reports for one in report.on_rest}
    return Report(
        _sum(one.planted for one in reports),
        _sum(one.found for one in reports),
        _sum(one.rest for one in reports),
        _sum(one.flagged for one in reports),
        _sum(one.states for one in reports),
        tuple(on_rest[number] for number in sorted(on_rest)),
        tuple(one for report in reports for one in report.missed),
    )


def _sum(counts: Iterable[Mapping[Key, int]]) -> Counter[Key]:
    return sum(map(Counter, counts), Counter())


def _flagged(finding: Finding) -> bool:
    return finding.state in _FLAGS


def _by_kind(findings: Iterable[Finding]) -> Counter[ItemKind]:
    return Counter(one.keyed.item.kind for one in findings)


def wrong_key(keyed: Keyed, bank: Sequence[Keyed], chance: random.Random) -> str:
    """Return a wrong key for an item, "" where none can be made."""
    kind, key = keyed.item.kind, keyed.key
    letters = [letter for letter, _ in keyed.item.options]
    if kind is ItemKind.JUDGE:
        return FALSE if key == TRUE else TRUE
    if kind is ItemKind.SINGLE:
        return chance.choice([letter for letter in letters if letter != key] or [""])
    if kind is ItemKind.MULTI:
        turned = ("".join(sorted(set(key) ^ {letter})) for letter in letters)
        return chance.choice([one for one in turned if one] or [""])
    if kind is ItemKind.FILL:
        return _other_number(key.split("|")[0], chance) or _other_words(keyed, bank, chance)
    return ""


def _other_number(words: str, chance: random.Random) -> str:
    """Return words with one number raised, "" for words without one."""
    found = _NUMBER.search(words)
    try:
        number = to_int(found[0]) if found else 0
    except ValueError:
        number = 0
    if found is None or not number:
        return ""
    other = number + chance.randint(1, _MOST_ADDED)
    written = str(other) if found[0].isascii() else to_chinese(other)
    return words[: found.start()] + written + words[found.end() :]


def _other_words(keyed: Keyed, bank: Sequence[Keyed], chance: random.Random) -> str:
    """Return the key of another item with blanks."""
    others = [one.key.split("|")[0] for one in bank if one.item.kind is ItemKind.FILL and one.key != keyed.key]
    return chance.choice(sorted(set(others)) or [""])
