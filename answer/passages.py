"""The passages that may say what a statement says (候选条文): whole articles, of the editions that a hint names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from answer.align import Letters, letters
from answer.question import bigrams
from answer.sentences import sentences, trail_to, words_of
from corpus.hit import Hit, make_hit
from corpus.locate import Locator
from corpus.model import Edition, Kind, Provision
from corpus.titles import work_key

DEPTH = 25  # provisions searched for a stem
OPTION_DEPTH = 8  # and for a stem with one of its options
MOST = 12  # passages that are aligned
_LONGEST = 6000  # characters read of a provision
_PUNCTUATION = " \u3000\n，。；：、！？“”"
_PHRASE = re.compile(r"[^，。；：！？\s“”][^，。；：！？\n“”]*")
_NAMED_YEARS = re.compile(r"(?:(?P<names>[^=；;：:]+)=)?(?P<years>\d{4}(?:[/-]\d{4})*)")
_YEAR = re.compile(r"\d{4}")


class Sources(Protocol):
    """Where passages come from."""

    def search(self, question: str, k: int) -> Sequence[Hit]:
        """Return the k best provisions, best first, at most one per article."""

    def locator(self, edition_id: str) -> Locator:
        """Return what finds the provisions of an edition."""

    def title_in(self, question: str) -> Sequence[str]:
        """Return the titles that the question names."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A whole 条, or a paragraph of a text without articles; `start` is where its letters' offsets count from."""

    hit: Hit
    locator: Locator
    provision: Provision
    start: int
    letters: Letters

    @property
    def edition(self) -> Edition:
        """The edition that the passage stands in."""
        return self.locator.edition

    @property
    def text(self) -> str:
        """The words of the passage."""
        start, end = words_of(self.edition.text, self.provision)
        return self.edition.text[start:end]

    def words(self, behind: int | None, before: int | None) -> str:
        """Return the edition's words between two letters, to the end or from the beginning of a phrase without one."""
        text = self.edition.text[self.start :]
        first = 0 if behind is None else self.letters.ends[behind]
        last = len(text) if before is None else self.letters.starts[before]
        phrases = _PHRASE.findall(text[first:last])
        if behind is None or before is None:
            return (phrases[-1] if behind is None else phrases[0]) if phrases else ""
        return text[first:last].strip(_PUNCTUATION)

    def cite(self, places: Iterable[int]) -> Hit:
        """Return the citation of the sentences in which letters stand, the whole passage where there are none."""
        found = [place for place in places if place >= 0]
        if not found:
            return self._cited(words_of(self.edition.text, self.provision))
        first, last = self.start + self.letters.starts[min(found)], self.start + self.letters.ends[max(found)]
        spans = [(one.start, one.end) for one in sentences(self.edition, self.provision)]
        touched = [span for span in spans if span[0] < last and first < span[1]] or [(first, last)]
        return self._cited((touched[0][0], touched[-1][1]))

    def _cited(self, span: tuple[int, int]) -> Hit:
        node = next(
            node for node in reversed(list(self.provision.walk())) if node.start <= span[0] and span[1] <= node.end
        )
        return make_hit(self.locator, node.path, self.hit.status, span, self.hit.score)


def passages(queries: Mapping[str, int], hint: str, sources: Sources) -> tuple[Passage, ...]:
    """Return the passages found for queries, each to its depth, that share most pairs of letters with one of them.

    Of works whose edition the hint names, other editions are left out. In force comes first where passages tie.
    """
    hits = [hit for query, depth in queries.items() for hit in sources.search(query, depth)]
    hits = [hit for hit in hits if _admitted(hit, hits, hint, sources)]
    found = {(one.edition.id, one.provision.path): one for one in (_passage(hit, sources) for hit in hits)}
    wanted = [frozenset(bigrams(letters(query).text)) for query in queries]

    def likeness(passage: Passage) -> tuple[int, bool, str]:
        pairs = frozenset(bigrams(passage.letters.text))
        return max(len(pairs & one) for one in wanted), passage.hit.status == "in_force", passage.edition.date

    return tuple(sorted(found.values(), key=likeness, reverse=True)[:MOST])


def _passage(hit: Hit, sources: Sources) -> Passage:
    locator = sources.locator(hit.edition_id)
    edition = locator.edition
    trail = trail_to(edition, hit.path, hit.start)
    provision = next((node for node in trail if node.kind is Kind.ARTICLE), trail[-1])
    start, end = words_of(edition.text, provision)
    return Passage(hit, locator, provision, start, letters(edition.text[start : min(end, start + _LONGEST)]))


def _admitted(hit: Hit, hits: Iterable[Hit], hint: str, sources: Sources) -> bool:
    """Tell whether a hit's edition is one that a hint means, among the editions of its work that were found."""
    years = _years(hint, hit.title, sources)
    work = work_key(hit.title)
    return not years or hit.edition in meant({one.edition for one in hits if work_key(one.title) == work}, years)


def _years(hint: str, title: str, sources: Sources) -> tuple[str, ...]:
    """Return the years that a hint names for a title, or else for every title."""
    general: tuple[str, ...] = ()
    for match in _NAMED_YEARS.finditer(hint):
        years = tuple(_YEAR.findall(match["years"]))
        if not match["names"]:
            general = general or years
        elif any(_names(name, title, sources) for name in match["names"].split("/")):
            return years
    return general


def _names(name: str, title: str, sources: Sources) -> bool:
    return name in title or work_key(title) in map(work_key, sources.title_in(f"《{name}》"))


def meant(editions: Collection[str], years: Collection[str]) -> frozenset[str]:
    """Return the editions (dates) of some years; where a year has none, those on both sides of it."""
    found = frozenset(date for date in editions if date[:4] in years)
    return found or frozenset(date for year in years for date in _neighbours(editions, year))


def _neighbours(editions: Collection[str], year: str) -> Iterator[str]:
    earlier, later = [one for one in editions if one < year], [one for one in editions if one > year]
    yield from ([max(earlier)] if earlier else []) + ([min(later)] if later else [])
