"""Questions on party regulations written by others (考试题、答网友问、案例), judged by the article they cite.

The same article has another number in another edition, so a citation is first bound to the edition it was written
from: the one that `edition_hint` names, else the one whose articles of those numbers the answer quotes, else the
latest one issued by the question's `date`; then the article of every other edition that says the same counts as well.
Where none of these is known, the number counts in any edition. One of the articles that count is enough. Questions
whose edition is known and not in the base are left out and counted.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.citation import Citation
from corpus.errors import InputError
from corpus.model import Edition, Kind
from corpus.titles import TitleIndex, work_key
from eval.retrieval import Dataset, Question

CASE = "case"
_FILE = "questions.jsonl"
_QUOTED = 0.5  # share of an article's bigrams that an answer quoting it holds
_SAME = 0.6  # likeness (Dice, of bigrams) of two editions' wordings of one article
_HINT = re.compile(r"(?:(?P<name>[^=；;]+)=)?(?P<years>[\d/-]+)(?:现行)?版?")


@dataclass(frozen=True, slots=True)
class _Article:
    """One 条 of one edition, named `<edition>/<path>`, with the bigrams of its words."""

    name: str
    path: str
    bigrams: frozenset[str]


def is_party_quiz(folder: Path) -> bool:
    """Tell whether a folder holds questions in this form."""
    try:
        with (folder / _FILE).open(encoding="utf-8") as file:
            return set(json.loads(file.readline())) >= {"stem", "regulation", "article"}
    except (OSError, ValueError, AttributeError):
        return False


def load_party_quiz(folder: Path, editions: Iterable[Edition]) -> tuple[Dataset, Dataset]:
    """Read the questions that cite an article, to be asked of an index over `editions`: short ones, then cases.

    A case is asked by its description alone. Raises InputError when the file is missing or a line is not of this form.
    """
    articles = Articles(editions)
    short: list[Question] = []
    cases: list[Question] = []
    file = folder / _FILE
    try:
        for line in file.read_text("utf-8").rstrip("\n").split("\n"):  # not splitlines: texts may hold U+2028
            row = json.loads(line)
            if row["article"] or row.get("cites"):
                (cases if row.get("kind") == CASE else short).append(articles.question(row))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} 不是考试题形式的问题文件：每行应有 id、stem、regulation、article") from error
    return _dataset("party-quiz/short", short), _dataset("party-quiz/case", cases)


def _dataset(name: str, questions: Sequence[Question]) -> Dataset:
    judged = tuple(question for question in questions if question.gold)
    return Dataset(
        name,
        judged,
        lambda chunk: f"{chunk.edition}/{chunk.article}",
        len(questions) - len(judged),
        one_suffices=True,
    )


class Articles:
    """The articles of the editions of a base, and which of them a question cites."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._works: dict[str, list[Edition]] = defaultdict(list)
        for edition in editions:
            self._works[work_key(edition.title)].append(edition)
        self._known: dict[str, dict[str, _Article]] = {}

    @cached_property
    def _titles(self) -> TitleIndex:
        return TitleIndex(edition.title for editions in self._works.values() for edition in editions)

    def question(self, row: dict[str, Any]) -> Question:
        """Return a line of the file as a question, with the articles that count for it."""
        counting = list(self._cited_by(row))
        meant = frozenset(name for name, is_meant in counting if is_meant)
        return Question(row["id"], row["stem"], frozenset(name for name, _ in counting), meant)

    def _cited_by(self, row: dict[str, Any]) -> Iterator[tuple[str, bool]]:
        """Yield the names of all articles that count, and whether each is one of the edition that is meant."""
        paths: dict[str, list[str]] = defaultdict(list)
        for cite in row.get("cites") or [f"《{row['regulation']}》{row['article']}"]:
            citation = Citation.parse(cite)
            titles = self._titles.resolve(citation.title)
            if len(titles) == 1 and citation.article is not None:
                paths[titles[0]].append(Citation(units=citation.units[:1]).path)
        answer = _bigrams(f"{row['answer']}{row['explanation']}")
        hint, day = str(row.get("edition_hint") or ""), str(row.get("date") or "")
        for title, cited in paths.items():
            editions = self._works[work_key(title)]
            known = self._meant(editions, cited, years_of(hint, title), day, answer)
            yield from self._everywhere(editions, cited) if known is None else self._counting(editions, known)

    def _meant(
        self, editions: Sequence[Edition], paths: Sequence[str], years: Sequence[str], day: str, answer: frozenset[str]
    ) -> list[_Article] | None:
        """Return the articles of these paths in the edition that is meant; None where it is not known."""
        candidates = [edition for edition in editions if edition.date[:4] in years] if years else editions
        best = max((self._at(one, paths) for one in candidates), key=lambda cited: _quoted(cited, answer), default=[])
        if years or _quoted(best, answer) >= _QUOTED:
            return best
        if not day:
            return None
        issued = [edition for edition in editions if edition.date[: len(day)] <= day]
        return self._at(max(issued, key=lambda edition: edition.date), paths) if issued else []

    def _everywhere(self, editions: Iterable[Edition], paths: Sequence[str]) -> Iterator[tuple[str, bool]]:
        return ((article.name, False) for edition in editions for article in self._at(edition, paths))

    def _counting(self, editions: Sequence[Edition], meant: Iterable[_Article]) -> Iterator[tuple[str, bool]]:
        for article in meant:
            yield article.name, True
            yield from ((other.name, False) for edition in editions for other in self._like(article, edition))

    def _at(self, edition: Edition, paths: Iterable[str]) -> list[_Article]:
        known = self._of(edition)
        return [known[path] for path in paths if path in known]

    def _like(self, article: _Article, edition: Edition) -> Iterator[_Article]:
        """Yield the article of an edition that says the same, if one does."""
        best = max(self._of(edition).values(), key=lambda other: _dice(article.bigrams, other.bigrams), default=None)
        if best is not None and _dice(article.bigrams, best.bigrams) >= _SAME:
            yield best

    def _of(self, edition: Edition) -> dict[str, _Article]:
        if edition.id not in self._known:
            self._known[edition.id] = {
                provision.path: _Article(
                    f"{edition.id}/{provision.path}", provision.path, _bigrams(edition.slice(provision))
                )
                for provision in edition.walk()
                if provision.kind is Kind.ARTICLE
            }
        return self._known[edition.id]


def years_of(hint: str, title: str) -> tuple[str, ...]:
    """Return the years an `edition_hint` names for a title: 2018版; 纪律处分条例=2015版；党章=2012/2017."""
    for match in _HINT.finditer(hint):
        if not match["name"] or match["name"] in title:
            first, *rest = re.findall(r"\d{4}", match["years"]) or [""]
            if rest and "-" in match["years"]:
                return tuple(str(year) for year in range(int(first), int(rest[-1]) + 1))
            return tuple(filter(None, (first, *rest)))
    return ()


def _bigrams(text: str) -> frozenset[str]:
    letters = re.sub(r"[^\u4e00-\u9fff]", "", text)
    return frozenset(letters[place : place + 2] for place in range(len(letters) - 1))


def _quoted(articles: Sequence[_Article], answer: frozenset[str]) -> float:
    """Return which part of the bigrams of some articles stands in an answer, 0–1."""
    held = sum(len(article.bigrams & answer) for article in articles)
    return held / max(sum(len(article.bigrams) for article in articles), 1)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / max(len(one) + len(other), 1)
