"""A check laid out for reading (审查版面): findings beside the document, each marked where it stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answer.review.findings import KIND_WORDS, MARK_WORDS, SEVERITY_WORDS, Kind, Mark, Severity
from api.page.views import Option, address

FACETS = {"severity": "程度", "kind": "类别"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "severity": {one.value: words for one, words in SEVERITY_WORDS.items()},
    "kind": {one.value: words for one, words in KIND_WORDS.items()},
}


@dataclass(frozen=True, slots=True)
class Note:
    """A finding with its number in the whole report; `row` is that of the interface."""

    number: int
    row: Mapping[str, Any]

    @property
    def words(self) -> str:
        """Severity, kind and state: 错误·引用·不存在."""
        row = self.row
        severity, kind, mark = Severity(row["severity"]), Kind(row["kind"]), Mark(row["state"])
        return f"{SEVERITY_WORDS[severity]}·{KIND_WORDS[kind]}·{MARK_WORDS[mark]}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the document; with a note they are what it is about, and may be none."""

    words: str
    note: Note | None = None


def notes(review: Mapping[str, Any], chosen: Mapping[str, str]) -> list[Note]:
    """Return the findings of a check that have every value chosen."""
    found = [Note(number, row) for number, row in enumerate(review["findings"], 1)]
    return [note for note in found if all(note.row[name] == value for name, value in chosen.items() if value)]


def facets(review: Mapping[str, Any], chosen: Mapping[str, str], path: str) -> dict[str, list[Option]]:
    """Return the severities and kinds among the findings that the other choice leaves, in their own order."""
    return {name: list(_options(name, review, chosen, path)) for name in FACETS}


def _options(name: str, review: Mapping[str, Any], chosen: Mapping[str, str], path: str) -> Iterator[Option]:
    counts = Counter(note.row[name] for note in notes(review, {**chosen, name: ""}))
    for value, words in _WORDS[name].items():
        if counts[value] or chosen[name] == value:
            other = "" if chosen[name] == value else value
            yield Option(words, counts[value], address(path, **{**chosen, name: other}), chosen[name] == value)


def text(paragraphs: Sequence[str], shown: Sequence[Note]) -> list[list[Stretch]]:
    """Return the paragraphs in stretches, the words of each note marked; where notes overlap, the first has them."""
    placed: dict[int, list[Note]] = defaultdict(list)
    for note in shown:
        placed[note.row["paragraph"]].append(note)
    return [list(_marked(words, placed[number])) for number, words in enumerate(paragraphs)]


def _marked(words: str, found: Sequence[Note]) -> Iterator[Stretch]:
    at = 0
    for note in sorted(found, key=lambda note: (note.row["start"], note.row["end"])):
        start, end = max(note.row["start"], at), max(note.row["end"], at)
        yield Stretch(words[at:start])
        yield Stretch(words[start:end], note)
        at = end
    yield Stretch(words[at:])


def mark_words(state: str) -> str:
    """Return the state of a citation as it is written."""
    return MARK_WORDS[Mark(state)]
