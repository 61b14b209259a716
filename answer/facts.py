"""Case descriptions (案情): the clauses that may bear on the facts, of then and of today, and never a verdict.

What governed when the facts happened and what governs today may differ; by 从旧兼从轻 a handler needs both, so both
are shown where they differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from answer.counterpart import counterpart
from answer.quote import Quotation, citation_words
from answer.sentences import sentences, words_of
from answer.verify import Library
from corpus.folding import fold
from corpus.hit import Hit, make_hit
from corpus.model import Kind
from corpus.validity import EditionInfo, Status

ARTICLES = 5  # articles shown, each with its other wording
_LONGEST = 300  # characters of an article quoted whole
_OPENING = "以下条款可能与所述事实有关，供研判时查对；本系统不判断是否构成违纪违法，也不提出处理意见。"


@dataclass(frozen=True, slots=True)
class Bearing:
    """A clause that may bear on the facts: as it governed then and as it governs today; None where it did not."""

    then: Quotation | None
    today: Quotation | None


def bearings(hits: Sequence[Hit], library: Library, then: date | None, today: date) -> Iterator[Bearing]:
    """Yield the articles found, each once whichever edition it was found in, with its wording then and today."""
    told: set[str] = set()
    for hit in hits:
        if hit.id in told or not hit.path:
            continue
        forms = {day: _at(hit, library, day, today) for day in ({then, today} if then else {today}) if day}
        told |= {hit.id, *(one.hit.id for one in forms.values() if one)}
        yield Bearing(forms.get(then) if then else None, forms.get(today))


def lines(found: Sequence[Bearing], then: date | None) -> Iterator[str]:
    """Yield the lines of the answer."""
    yield _OPENING
    for number, one in enumerate(found, 1):
        if one.then and one.today and not _same(one.then, one.today):
            yield f"{number}. 事实发生时适用：{_line(one.then)}"
            yield f"   现行：{_line(one.today)}"
        elif one.today:
            lacking = "" if one.then or not then else "现行（库中没有事实发生时的版本）："
            yield f"{number}. {lacking}{_line(one.today)}"
        elif one.then:
            yield f"{number}. 事实发生时适用，现行版本中没有对应条文：{_line(one.then)}"


def remark(found: Sequence[Bearing], then: date | None) -> tuple[str, ...]:
    """Return what is to be said about the two days."""
    if then is None:
        return ("所述事实没有写明时间，只列出现行条款；写明时间可同时查看当时适用的条款",)
    day = f"{then.year}年{then.month}月{then.day}日"
    if any(one.then and one.today and not _same(one.then, one.today) for one in found):
        return (f"所述事实截至{day}，当时适用的条款与现行条款不同的，两者都已列出，请按从旧兼从轻的原则研判",)
    return (f"所述事实截至{day}，所列条款当时与现在文字相同，或库中没有另一版本",)


def _line(quotation: Quotation) -> str:
    return f"{citation_words(quotation.hit, quotation.label)}：{quotation.words}"


def _same(one: Quotation, other: Quotation) -> bool:
    return one.hit.id == other.hit.id or fold(one.hit.text) == fold(other.hit.text)


def _at(hit: Hit, library: Library, day: date, today: date) -> Quotation | None:
    """Return the article of a hit as it governed on a day, None where its work had no such article then."""
    info = _governing(hit, library, day)
    if info is None:
        return None
    old = library.locator(hit.edition_id)
    article = next((node for node in old.trail(hit.path) if node.kind is Kind.ARTICLE), old.nodes[hit.path])
    new = library.locator(info.id)
    node = article if info.id == hit.edition_id else counterpart(old, article, new)
    if node is None:
        return None
    span = words_of(new.edition.text, node)
    if span[1] - span[0] > _LONGEST:
        first = next(sentences(new.edition, node), None)
        span = (first.start, first.end) if first else span
    cited = make_hit(new, node.path, library.status(info.id, today), span, hit.score)
    return Quotation(cited, cited.quote, cited.label)


def _governing(hit: Hit, library: Library, day: date) -> EditionInfo | None:
    """Return the edition of a hit's work that governed on a day, its own where nothing is known of that."""
    editions = library.editions_of(hit.title)
    in_force = [info for info in editions if library.status(info.id, day) is Status.IN_FORCE]
    if in_force:
        return max(in_force, key=lambda info: info.date)
    own = library.infos[hit.edition_id]
    return own if library.status(own.id, day) is Status.UNKNOWN else None
