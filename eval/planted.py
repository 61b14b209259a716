"""Wrong citations planted by script among right ones (埋设的错误引文): does each get the state it must have?

They are made from the clauses of a base with a seed: the number of an article, 款 or 项 beyond the range, a title that
does not exist, one character of a quotation changed, the quotation of another article, an edition that counts no more
or not yet, and right ones beside them. What must come out is taken from the clauses and the manifest's words, never
from the verification itself.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from answer.verify import State, Verification
from corpus.citation import Citation
from corpus.hit import make_hit
from corpus.locate import Locator
from corpus.model import Edition, Kind, Provision
from corpus.numerals import to_chinese
from corpus.titles import work_key
from corpus.units import Unit
from corpus.validity import ANYTIME, days

Verify = Callable[[str, str, date], Verification]  # citation, quotation ("" for none), day

_QUOTED = (12, 60)  # characters of a quotation
_SHORTEST = 30  # characters of an article that is quoted from
_NUMBERS_BEYOND = 20
_CHANGED_TO = "甲乙丙丁戊己庚辛壬癸"  # a changed character is one of these


class Planted(StrEnum):
    """The kinds of citation planted."""

    ARTICLE = "article_beyond"  # 条号超出范围
    PART = "part_beyond"  # 款、项超出范围
    TITLE = "title_unknown"  # 名称不存在
    CHARACTER = "one_character"  # 引文错一字
    OTHER_ARTICLE = "other_article"  # 张冠李戴
    EDITION = "edition_not_in_force"  # 版本已失效或尚未施行
    RIGHT = "right"  # 属实


@dataclass(frozen=True, slots=True)
class Case:
    """A planted citation, and what must come out: one of `states`, the words of `range`, the place it really stands.

    `successor` is the date of the edition in force that has a clause in its place. `changed` is the pair of stored and
    quoted character of a quotation with one changed.
    """

    kind: Planted
    words: str
    on: date
    states: frozenset[State]
    quote: str = ""
    range: str = ""
    elsewhere: str = ""
    successor: str = ""
    changed: tuple[str, str] | None = None

    def holds(self, found: Verification) -> bool:
        """Tell whether a verification says what must come out."""
        changes = [(old, new) for operation, old, new in found.diff if operation != "equal"]
        return (
            found.state in self.states
            and (not self.range or found.range == self.range)
            and (not self.elsewhere or self.elsewhere in [hit.label for hit in found.elsewhere])
            and (not self.successor or (found.successor is not None and found.successor.edition == self.successor))
            and (self.changed is None or changes == [self.changed])
        )


@dataclass(frozen=True, slots=True)
class Report:
    """How many planted citations of each kind there were, how many got the right state, and those that did not."""

    planted: Mapping[Planted, int]
    right: Mapping[Planted, int]
    missed: tuple[tuple[Case, Verification], ...] = field(default=(), repr=False)

    def to_json(self) -> dict[str, object]:
        """Return counts per kind and in all, and what went wrong."""
        return {
            "kinds": {
                kind.value: {"planted": self.planted[kind], "right": self.right.get(kind, 0)} for kind in self.planted
            },
            "planted": sum(self.planted.values()),
            "right": sum(self.right.values()),
            "missed": [
                {"kind": case.kind.value, "quote": case.quote, "on": case.on.isoformat(), **found.to_json()}
                for case, found in self.missed
            ],
        }

    def lines(self) -> Iterator[str]:
        """Yield one line for each kind, then one for each that went wrong."""
        for kind, count in self.planted.items():
            yield f"{kind.value}: {self.right.get(kind, 0)}/{count}"
        for case, found in self.missed:
            yield f"{case.kind.value} {case.words} “{case.quote}” {case.on}: {found.state.value}, {found.message}"


def measure(cases: Sequence[Case], verify: Verify) -> Report:
    """Verify every case."""
    judged = [(case, verify(case.words, case.quote, case.on)) for case in cases]
    missed = tuple((case, found) for case, found in judged if not case.holds(found))
    planted = Counter(case.kind for case in cases)
    return Report(planted, planted - Counter(case.kind for case, _ in missed), missed)


def plant(editions: Sequence[Edition], counting: Callable[[Edition, date], bool], on: date, size: int) -> list[Case]:
    """Return up to `size` cases of each kind, the same at every call; `counting` says what is in force on a day."""
    draw = random.Random(0)
    current = [Locator(edition) for edition in editions if counting(edition, on) and _articles(edition)]
    makers: dict[Planted, Iterator[Case]] = {
        Planted.ARTICLE: _beyond_articles(current, on, draw),
        Planted.PART: _beyond_parts(current, on, draw),
        Planted.TITLE: _unknown_titles(editions, current, on, draw),
        Planted.CHARACTER: _changed_characters(current, on, draw),
        Planted.OTHER_ARTICLE: _other_articles(current, on, draw),
        Planted.EDITION: _not_in_force(editions, current, on, draw),
        Planted.RIGHT: _right(current, on, draw),
    }
    return [case for maker in makers.values() for case in _first(maker, size)]


def _first(cases: Iterator[Case], size: int) -> list[Case]:
    """Return the first different cases, giving up where a small base has no more of them."""
    found: dict[tuple[str, str], Case] = {}
    for _, case in zip(range(size * 20), cases, strict=False):
        found.setdefault((case.words, case.quote), case)
        if len(found) == size:
            break
    return list(found.values())


def _articles(edition: Edition) -> list[Provision]:
    """Return the articles that are cited by number alone and long enough to be quoted from."""
    every = [node for node in edition.walk() if node.kind is Kind.ARTICLE]
    return [node for node in every if node.path == f"art_{node.number}" and node.end - node.start >= _SHORTEST]


def _spelled(citation: Citation, draw: random.Random) -> str:
    """Return a citation in one of its customary spellings."""
    words = str(citation)
    number = citation.article
    arabic = words.replace(f"第{to_chinese(number)}条", f"第{number}条") if number else words
    return draw.choice([words, arabic, words.replace("》", "》 "), words.replace("（", "(").replace("）", ")")])


def _drawn(locators: Sequence[Locator], draw: random.Random) -> Iterator[tuple[Locator, Provision]]:
    while True:
        locator = draw.choice(locators)
        yield locator, draw.choice(_articles(locator.edition))


def _passage(locator: Locator, article: Provision, draw: random.Random) -> str:
    """Return a slice of an article without the number in front."""
    text = locator.edition.slice(article).rstrip()
    first = len(article.label)
    length = min(draw.randint(*_QUOTED), len(text) - first)
    start = draw.randint(first, len(text) - length)
    return text[start : start + length].strip()


def _beyond_articles(locators: Sequence[Locator], on: date, draw: random.Random) -> Iterator[Case]:
    whole = [one for one in locators if _numbers(one) == list(range(1, len(_numbers(one)) + 1))]
    for locator, _ in _drawn(whole, draw):
        last = len(_numbers(locator))
        unit = Unit(Kind.ARTICLE, last + draw.randint(1, _NUMBERS_BEYOND))
        words = _spelled(Citation(locator.edition.title, (unit,)), draw)
        there = f"第一条至第{to_chinese(last)}条"
        yield Case(Planted.ARTICLE, words, on, frozenset({State.NOT_FOUND}), range=there)


def _numbers(locator: Locator) -> list[int | None]:
    return [node.number for node in locator.edition.walk() if node.kind is Kind.ARTICLE]


def _beyond_parts(locators: Sequence[Locator], on: date, draw: random.Random) -> Iterator[Case]:
    for locator, article in _drawn(locators, draw):
        kind = draw.choice([Kind.PARAGRAPH, Kind.ITEM])
        there = sum(node.kind is kind for node in article.walk()) or int(kind is Kind.PARAGRAPH)
        units = (Unit(Kind.ARTICLE, article.number), Unit(kind, there + draw.randint(1, 5)))
        words = _spelled(Citation(locator.edition.title, units), draw)
        yield Case(Planted.PART, words, on, frozenset({State.NOT_FOUND}), range=_parts_there(article, kind))


def _parts_there(article: Provision, kind: Kind) -> str:
    """Return the range of 款 or 项, "" where they stand in several lists."""
    count = sum(node.kind is kind for node in article.children)
    if count != sum(node.kind is kind for node in article.walk()):
        return ""
    if kind is Kind.PARAGRAPH:
        return f"第一款至第{to_chinese(count)}款" if count > 1 else "第一款"
    return f"第（一）项至第（{to_chinese(count)}）项" if count > 1 else ""


def _unknown_titles(
    editions: Sequence[Edition], locators: Sequence[Locator], on: date, draw: random.Random
) -> Iterator[Case]:
    """Yield citations of real articles under titles with two characters of other titles put in."""
    works = {work_key(edition.title) for edition in editions}
    for locator, article in _drawn(locators, draw):
        title = locator.edition.title
        place = draw.randrange(2, max(3, len(title) - 3))
        name = title[:place] + "".join(draw.sample(draw.choice(locators).edition.title[:-2], 2)) + title[place:]
        if work_key(name) not in works and not set("（）《》") & set(name):
            words = _spelled(Citation(name, (Unit(Kind.ARTICLE, article.number),)), draw)
            yield Case(Planted.TITLE, words, on, frozenset({State.NOT_FOUND}))


def _changed_characters(locators: Sequence[Locator], on: date, draw: random.Random) -> Iterator[Case]:
    for locator, article in _drawn(locators, draw):
        passage = _passage(locator, article, draw)
        place = draw.randrange(len(passage))
        new = draw.choice(_CHANGED_TO)
        if "\u4e00" <= passage[place] <= "\u9fff" and passage[place] != new:
            words = _spelled(locator.cite(article.path), draw)
            quote = passage[:place] + new + passage[place + 1 :]
            mismatch = frozenset({State.TEXT_MISMATCH})
            yield Case(Planted.CHARACTER, words, on, mismatch, quote, changed=(passage[place], new))


def _other_articles(locators: Sequence[Locator], on: date, draw: random.Random) -> Iterator[Case]:
    for locator, article in _drawn(locators, draw):
        other = draw.choice(_articles(locator.edition))
        passage = _passage(locator, other, draw)
        if other.path != article.path and locator.edition.text.count(passage) == 1:
            inner = [node for node in other.walk() if passage in locator.edition.slice(node)][-1]
            label = make_hit(locator, inner.path, "").label
            words, mismatch = _spelled(locator.cite(article.path), draw), frozenset({State.TEXT_MISMATCH})
            yield Case(Planted.OTHER_ARTICLE, words, on, mismatch, passage, elsewhere=label)


def _not_in_force(
    editions: Sequence[Edition], current: Sequence[Locator], on: date, draw: random.Random
) -> Iterator[Case]:
    """Yield dated citations of editions that the manifest calls ended, and of any edition before its first day."""
    gone = [one for one in editions if one.metadata.validity.startswith(("superseded", "repealed")) and _dated(one)]
    coming = [one for one in editions if days(one.metadata.effective) != ANYTIME and _dated(one)]
    present = {work_key(one.edition.title): one.edition.date for one in current}
    while gone or coming:
        edition = draw.choice(draw.choice([pool for pool in (gone, coming) if pool]))
        article = draw.choice(_articles(edition))
        words = _spelled(Citation(edition.title, (Unit(Kind.ARTICLE, article.number),), edition.date), draw)
        if edition in gone:
            over = frozenset({State.SUPERSEDED, State.REPEALED})
            yield Case(Planted.EDITION, words, on, over, successor=present.get(work_key(edition.title), ""))
        elif days(edition.metadata.effective).first > days(edition.date).first:
            before = days(edition.metadata.effective).first - timedelta(days=1)
            yield Case(Planted.EDITION, words, before, frozenset({State.NOT_YET_IN_FORCE}))


def _dated(edition: Edition) -> bool:
    return days(edition.date) != ANYTIME and bool(_articles(edition))


def _right(locators: Sequence[Locator], on: date, draw: random.Random) -> Iterator[Case]:
    for locator, article in _drawn(locators, draw):
        words = _spelled(locator.cite(article.path), draw)
        yield Case(Planted.RIGHT, words, on, frozenset({State.OK}), _passage(locator, article, draw))
