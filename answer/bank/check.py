"""Each key of a bank judged by the clauses in force, and by those that counted before (题库核对)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from answer.align import letters
from answer.bank.items import Keyed
from answer.bank.ruling import Ruling, Stand, rule
from answer.exam import Choice
from answer.items import Item
from corpus.citation import edition_words
from corpus.hit import Hit
from corpus.titles import work_key

_BESIDE = 4  # letters on either side of a key's words


class State(StrEnum):
    """What is found of a key; the native word stands beside each."""

    OK = "ok"  # 有据
    WRONG = "wrong"  # 与条文不符
    OUTDATED = "outdated"  # 只合旧版
    NO_BASIS = "no_basis"  # 未找到依据


class Clauses(Protocol):
    """The clauses that keys are judged by."""

    def current(self, item: Item) -> Choice:
        """Choose for an item from what is in force."""

    def former(self, item: Item) -> Choice:
        """Choose for an item from editions that no longer count."""

    def successor(self, hit: Hit) -> Hit | None:
        """Return the clause in force that took a clause's place, None where there is none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An item and what was found of its key.

    `says` is what the clause supports (letters, 正确 or 错误, words), `hit` the clause that the state rests on, for
    no_basis the nearest one, None where there is none; `now` is the clause in force in its place where
    `hit` is none in force.
    """

    keyed: Keyed
    number: int
    state: State
    says: str
    hit: Hit | None
    now: Hit | None
    why: str

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        item = self.keyed.item
        return {
            "number": self.number,
            "id": item.id,
            "place": self.keyed.place,
            "kind": item.kind.value,
            "stem": item.stem,
            "options": dict(item.options),
            "key": self.keyed.key,
            "state": self.state.value,
            "says": self.says,
            "why": self.why,
            "clause": self.hit.to_json() if self.hit else None,
            "now": self.now.to_json() if self.now else None,
        }


def check(bank: Iterable[Keyed], clauses: Clauses) -> Iterator[Finding]:
    """Yield what is found of each key, in order."""
    for number, keyed in enumerate(bank, 1):
        yield _checked(number, keyed, clauses)


def _checked(number: int, keyed: Keyed, clauses: Clauses) -> Finding:
    current = rule(keyed, clauses.current)
    if current.stand is Stand.HOLDS and current.whole:
        return Finding(keyed, number, State.OK, current.says, current.hit, None, current.why)
    former = rule(keyed, clauses.former)
    if current.stand is Stand.HOLDS and not (former.stand is Stand.HOLDS and former.whole):
        return Finding(keyed, number, State.OK, current.says, current.hit, None, current.why)
    if current.stand is Stand.CONTRADICTED:
        return _contradicted(number, keyed, current, former)
    return _undecided(number, keyed, current, former, clauses)


def _contradicted(number: int, keyed: Keyed, current: Ruling, former: Ruling) -> Finding:
    if former.stand is Stand.HOLDS and former.hit and current.hit and _one_work(former.hit, current.hit):
        why = f"只合{edition_words(former.hit.edition)[1:-1]}版；按现行版，{current.why}"
        return Finding(keyed, number, State.OUTDATED, current.says, former.hit, current.hit, why)
    return Finding(keyed, number, State.WRONG, current.says, current.hit, None, current.why)


def _undecided(number: int, keyed: Keyed, current: Ruling, former: Ruling, clauses: Clauses) -> Finding:
    if former.stand is Stand.UNDECIDED or former.hit is None:
        why = f"最接近的{current.hit.label}不足以判定" if current.hit else "库中没有相近的条文"
        return Finding(keyed, number, State.NO_BASIS, "", current.hit, None, why)
    near = current.hit if current.hit and _one_work(former.hit, current.hit) else None
    follows = clauses.successor(former.hit)
    kept = next((hit for hit in (follows, near) if hit and _says_still(keyed, former.hit, hit)), None)
    if former.stand is Stand.HOLDS and kept:
        why = f"题干是{edition_words(former.hit.edition)[1:-1]}版的文字，答案处现行条文未变"
        return Finding(keyed, number, State.OK, former.says, kept, None, why)
    now = near or follows
    edition = f"{edition_words(former.hit.edition)[1:-1]}版"
    if former.stand is Stand.HOLDS:
        rest = f"，现行{now.label}已改写，请核对" if now else "，该版已不适用，库中没有相应的现行条文"
        return Finding(keyed, number, State.OUTDATED, "", former.hit, now, f"只见于{edition}{rest}")
    why = f"依据是已不适用的{edition}，{former.why}"
    return Finding(keyed, number, State.WRONG, former.says, former.hit, now, why)


def _says_still(keyed: Keyed, former: Hit, now: Hit) -> bool:
    """Tell whether the words of a key stand in the clause in force between the same letters as in the former one."""
    options = dict(keyed.item.options)
    keys = [options.get(letter, "") for letter in keyed.key] if options else re.split(r"[|；;，,]", keyed.key)
    there, here = letters(former.text).text, letters(now.text).text
    words = [letters(one).text for one in keys]
    places = [there.find(one) for one in words]
    return all(
        place >= 0 and there[max(0, place - _BESIDE) : place + len(one) + _BESIDE] in here
        for one, place in zip(words, places, strict=True)
    )


def _one_work(one: Hit, other: Hit) -> bool:
    return work_key(one.title) == work_key(other.title)
