"""Question banks checked against a base (题库核对)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from answer.bank.check import Finding, State, check
from answer.bank.items import Keyed
from answer.bank.read import Bank, read_bank
from answer.exam import Choice, choose
from answer.items import Item
from answer.verify import verify_hit
from corpus.errors import InputError
from corpus.hit import Hit
from corpus.locate import Locator
from corpus.validity import Status
from danggui.base import KnowledgeBase, Scope
from danggui.files import read
from danggui.sources import BaseSources

_OVER = (Status.SUPERSEDED, Status.REPEALED)
_DEEPER = 3  # times as many provisions are searched for those that no longer count
_KEPT = 4096  # items for which what was chosen is kept


def read_keyed_file(path: Path, columns: Mapping[str, str] = MappingProxyType({})) -> Bank:
    """Return the bank in a file; see `read_keyed`."""
    return read_keyed(read(path), path.name, columns)


def read_keyed(data: bytes, name: str, columns: Mapping[str, str] = MappingProxyType({})) -> Bank:
    """Return the bank in a file's bytes, items without a key among what is not read; see `answer.bank.read.read_bank`.

    Raises InputError where no item has a key.
    """
    bank = read_bank(data, name, columns)
    keyed = tuple(one for one in bank.items if one.key)
    if not keyed:
        raise InputError(
            f"{name} 读出 {len(bank.items)} 题，没有一题有答案；请用 --column 答案=列 指定答案所在的列，或补上答案"
        )
    without = (f"{one.place}：没有答案" for one in bank.items if not one.key)
    return replace(bank, items=keyed, unread=(*bank.unread, *without))


def columns_of(told: Sequence[str]) -> dict[str, str]:
    """Return the columns that the user gives by field. Raises InputError for another form."""
    pairs = [one.replace("＝", "=").partition("=") for one in told]
    if any(not sign for _, sign, _ in pairs):
        raise InputError("列应写成 栏=列，如 题干=B、答案=正确选项")
    return {field.strip(): column.strip() for field, _, column in pairs}


def check_bank(base: KnowledgeBase, bank: Sequence[Keyed], on: date) -> Iterator[Finding]:
    """Yield what the clauses in force on a day, and those before them, say to each key of a bank."""
    return check(bank, BankClauses(base, on))


def reading_of(bank: Bank) -> dict[str, object]:
    """Return how a bank was read, as an object of the contract."""
    return {"columns": list(bank.layouts), "items": len(bank.items), "unread": list(bank.unread)}


def report_of(bank: Bank, findings: Sequence[Finding]) -> dict[str, object]:
    """Return how a bank was read and what was found, as an object of the contract."""
    return {**reading_of(bank), "counts": counts_of(findings), "findings": [one.to_json() for one in findings]}


def counts_of(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many keys are of each state."""
    counts = Counter(one.state for one in findings)
    return {state.value: counts[state] for state in State}


class BankClauses:
    """What keys are judged by; see `answer.bank.check.Clauses`. What was chosen for an item is kept."""

    def __init__(self, base: KnowledgeBase, on: date) -> None:
        self._base, self._on = base, on
        current, former = BaseSources(base, Scope(on)), _Former(BaseSources(base, Scope(on, all_editions=True)))
        self._current = lru_cache(maxsize=_KEPT)(lambda item: choose(item, current))
        self._former = lru_cache(maxsize=_KEPT)(lambda item: choose(item, former))

    def current(self, item: Item) -> Choice:
        """Choose for an item from what is in force, whatever edition it was written from."""
        return self._current(replace(item, id="", hint=""))

    def former(self, item: Item) -> Choice:
        """Choose for an item from editions that no longer count, those that it was written from where it says so."""
        return self._former(replace(item, id=""))

    def successor(self, hit: Hit) -> Hit | None:
        """Return the clause in force that took a clause's place."""
        return verify_hit(hit, self._base.lookup, self._on).successor


class _Former:
    """The provisions of sources that no longer count."""

    def __init__(self, sources: BaseSources) -> None:
        self._sources = sources

    def search(self, question: str, k: int) -> Sequence[Hit]:
        """Return the best provisions that no longer count, at most k."""
        found = self._sources.search(question, _DEEPER * k)
        return [hit for hit in found if hit.status in _OVER][:k]

    def locator(self, edition_id: str) -> Locator:
        """Return what finds the provisions of an edition."""
        return self._sources.locator(edition_id)

    def title_in(self, question: str) -> Sequence[str]:
        """Return the titles that a question names."""
        return self._sources.title_in(question)
