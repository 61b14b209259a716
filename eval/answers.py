"""How good answers are (问答评测): the right place cited first, the words required inside the quotes, no basis made up.

The measures know nothing of how an answer is made: they take questions and a function that answers them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from corpus.errors import InputError
from corpus.hit import Hit
from corpus.model import Edition
from corpus.titles import work_key

NO_BASIS = "no_basis"
_NUMBER = re.compile(r"^第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")


class Answered(Protocol):
    """What is judged: a status of the contract and the citations."""

    @property
    def status(self) -> str:
        """answered, partial or no_basis."""

    @property
    def citations(self) -> Sequence[Hit]:
        """The quotations, the best one first."""


Ask = Callable[[str], Answered]


@dataclass(frozen=True, slots=True)
class Expected:
    """A question and what its answer must show; all empty for a question without basis.

    `path` holds the beginnings of headings, `required` the words that must stand in the quotes, `title` and
    `articles` the regulation and the labels of the 条 one of which is to be cited, `gold` texts of clauses that answer.
    """

    question: str
    path: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    title: str = ""
    articles: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One question judged: `first` says that the first citation is in the right place, `cited` that any one is,
    `complete` that every required word is quoted, `gold` how many of `golden` gold texts stand whole in a quote.

    `longer` is how many times as long as the gold texts the quotes are, `inexact` how many quotes are no slices.
    """

    question: str
    status: str
    first: bool
    cited: bool
    complete: bool
    gold: int = 0
    golden: int = 0
    longer: float = 0.0
    inexact: int = 0

    @property
    def right(self) -> bool:
        """Tell whether the right place is cited first and everything required is quoted."""
        return self.first and self.complete


@dataclass(frozen=True, slots=True)
class Report:
    """All questions judged; shares are between 0 and 1."""

    judged: tuple[Judged, ...] = field(repr=False)

    def _gold(self) -> dict[str, object]:
        """Return the shares of questions with a gold text quoted, with all of them, and how long quotes are."""
        judged = [one for one in self.judged if one.golden]
        if not judged:
            return {}
        answered = [one.longer for one in judged if one.longer]
        return {
            "gold_quoted": round(sum(one.gold > 0 for one in judged) / len(judged), 4),
            "all_gold_quoted": round(sum(one.gold == one.golden for one in judged) / len(judged), 4),
            "quotes_to_gold": round(sum(answered) / max(len(answered), 1), 2),
        }

    @property
    def refused(self) -> int:
        """The number of questions answered with no_basis."""
        return sum(one.status == NO_BASIS for one in self.judged)

    def to_json(self) -> dict[str, object]:
        """Return the counts, and the questions that were not answered as required."""
        return {
            "questions": len(self.judged),
            "right": sum(one.right for one in self.judged),
            "first": sum(one.first for one in self.judged),
            "cited": sum(one.cited for one in self.judged),
            "complete": sum(one.complete for one in self.judged),
            "no_basis": self.refused,
            "quotes_not_exact": sum(one.inexact for one in self.judged),
            **self._gold(),
            "missed": [one.question for one in self.judged if not one.right],
        }


def measure(expected: Iterable[Expected], ask: Ask, edition_of: Callable[[str], Edition]) -> Report:
    """Ask every question and judge its answer."""
    return Report(tuple(judge(one, ask(one.question), edition_of) for one in expected))


def judge(expected: Expected, answer: Answered, edition_of: Callable[[str], Edition]) -> Judged:
    """Judge one answer."""
    places = [_in_place(expected, hit) for hit in answer.citations]
    quoted = "\n".join(hit.quote for hit in answer.citations)
    complete = bool(places) and all(words in quoted for words in expected.required)
    gold = [_letters(text) for text in expected.gold]
    quotes = [_letters(hit.quote) for hit in answer.citations]
    return Judged(
        expected.question,
        str(answer.status),
        places[:1] == [True],
        any(places),
        complete,
        sum(any(text in quote for quote in quotes) for text in gold),
        len(gold),
        sum(map(len, quotes)) / max(sum(map(len, gold)), 1) if gold else 0.0,
        inexact(answer.citations, edition_of),
    )


def _letters(text: str) -> str:
    """Return a clause's letters alone, without the number that it begins with."""
    return "".join(char for char in _NUMBER.sub("", text.strip()) if char.isalnum())


def inexact(citations: Iterable[Hit], edition_of: Callable[[str], Edition]) -> int:
    """Return how many quotes are not the slice of the stored edition that they say they are."""
    return sum(edition_of(f"{hit.title}@{hit.edition}").text[hit.start : hit.end] != hit.quote for hit in citations)


def read_expected(file: Path) -> tuple[Expected, ...]:
    """Read questions as JSON lines: q, query or text; path; answer (a list) or contains; title; articles.

    Raises InputError for a line of another form.
    """
    try:
        return tuple(_expected(json.loads(line)) for line in file.read_text("utf-8").split("\n") if line.strip())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file} 不是问答评测的问题文件：每行应是 JSON 对象，含 q、query 或 text") from error


def _expected(row: dict[str, object]) -> Expected:
    return Expected(
        str(row.get("q") or row.get("query") or row["text"]),
        _strings(row.get("path")),
        _strings(row.get("answer")) or _strings(row.get("contains")),
        str(row.get("title", "")),
        _strings(row.get("articles")),
        _strings(row.get("gold")),
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _in_place(expected: Expected, hit: Hit) -> bool:
    """Tell whether a citation stands where it should: every step of the path begins a heading, the 条 is a gold one."""
    on_path = all(any(heading.startswith(step) for heading in hit.headings) for step in expected.path)
    in_article = not expected.articles or hit.article in expected.articles
    in_title = not expected.title or work_key(hit.title) == work_key(expected.title.rstrip("."))
    return on_path and in_article and in_title
