"""A lesson on a topic (党课提纲): why, terms, duties, what changed, consequences, questions, further reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from answer.figures import figures
from answer.lesson.duties import Duty, duties
from answer.lesson.model import Lesson, Line, Section
from answer.lesson.parts import consequences, meanings, purposes, questions, weighty
from answer.lesson.terms import terms
from answer.review.wording import load_table
from answer.sentences import sentences
from answer.topic import Clause, Topic, clause_at, clauses_of, unique
from corpus.citation import Citation, edition_words
from corpus.errors import DangguiError
from corpus.hit import Hit, make_hit
from corpus.relations import Tie
from corpus.validity import EditionInfo
from danggui.base import KnowledgeBase, Scope
from danggui.comparing import Pair, compare
from danggui.duties import is_norm
from danggui.radar import is_local
from danggui.relating import Edge
from danggui.topics import topic_of

WHY, TERMS, DUTIES = "为什么学", "关键术语", "谁在什么时候必须做什么"
CHANGES, FAULTS, QUESTIONS, READING = "与上一版相比的变化", "常见违纪情形与后果", "讨论题", "延伸阅读"
_SHARES = {WHY: 12, TERMS: 12, DUTIES: 34, CHANGES: 14, FAULTS: 14, QUESTIONS: 14}  # of the time, in hundredths
_COUNTS = {WHY: 2, TERMS: 3, DUTIES: 8, CHANGES: 3, FAULTS: 3, QUESTIONS: 3, READING: 6}  # lines in half an hour
_DISCIPLINE = "中国共产党纪律处分条例"
_WORKS = 3  # works of a theme whose purpose is told
_TIES = {
    Tie.BASED_ON: ("是{}的依据", "以{}为依据"),
    Tie.IMPLEMENTS: ("由{}实施", "实施{}"),
    Tie.CITES: ("为{}所引用", "引用{}"),
}
_PLAIN = re.compile(
    r"中国共产党|中华人民共和国|(?:实施)?(?:条例|规定|办法|细则|规则|准则|章程|制度|意见|通知)|工作|管理|若干|试行|暂行|[《》（）“”]|第.{1,6}[章节条]"
)
_NEW, _NOW = "新增：", "现规定："
_ALIKE = 0.35  # likeness from which two sentences say the same thing otherwise
_LONGEST = 240  # characters of a sentence whose change is told
_CLOSING = re.compile(r"施行|负责解释|同时废止")
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")


@dataclass(frozen=True, slots=True)
class _Maker:
    """What the parts of a lesson are made of."""

    base: KnowledgeBase
    topic: Topic
    on: date
    times: int  # half hours

    def count(self, heading: str) -> int:
        """Return how many lines a part may have."""
        return _COUNTS[heading] * self.times


def lesson_of(base: KnowledgeBase, words: str, on: date, minutes: int = 60) -> Lesson:
    """Return the outline of a lesson of 30, 60 or 90 minutes on a regulation, a chapter, a theme or a question.

    Every line is a slice of a clause between fixed phrases and carries its citation; a part of which the base has
    nothing is left out and its time given to the others. Raises NotFoundError where nothing is found for the topic.
    """
    topic = topic_of(base, words, on)
    make = _Maker(base, topic if topic.edition else _narrowed(base, topic), on, max(1, round(minutes / 30)))
    table = _table(make)
    why, changed, faults = (list(part(make)) for part in (_why, _changes, _faults))
    defined = list(meanings(terms(make.topic.clauses, load_table(base.home).formulations), make.count(TERMS)))
    news = [one for one in changed if one.before == _NEW]
    parts = {
        WHY: why, TERMS: defined, DUTIES: [_told(one) for one in table], CHANGES: changed, FAULTS: faults,
        QUESTIONS: questions(table, faults, news, defined, make.count(QUESTIONS)), READING: list(_reading(make)),
    }  # fmt: skip
    times = _planned([name for name, lines in parts.items() if lines and name in _SHARES], minutes)
    sections = (Section(name, times.get(name, 0), tuple(lines)) for name, lines in parts.items() if lines)
    return Lesson(topic.heading, on, minutes, tuple(sections), tuple(table))


def _narrowed(base: KnowledgeBase, topic: Topic) -> Topic:
    """Return a theme with the clauses of regulations alone, those of a place or unit last.

    Reports tell what was done, not what is to be done.
    """
    kept = [one for one in topic.clauses if is_norm(one.edition.title)] or list(topic.clauses)
    return Topic(topic.title, tuple(sorted(kept, key=lambda one: is_local(base.lookup.infos[one.edition.id]))))


def _duties(make: _Maker) -> list[Duty]:
    """Return the duties of a topic; of a theme those whose clause speaks of it."""
    found = list(duties(make.topic.clauses))
    if make.topic.edition:
        return found
    named = [word for word in make.base.index.words(make.topic.title) if len(word) > 1]
    return [one for one in found if any(word in one.source.quote for word in named)] or found


def _table(make: _Maker) -> list[Duty]:
    """Return the duties that are told: of a theme two thirds from regulations of the whole country, if there are."""
    found, count = _duties(make), make.count(DUTIES)
    if make.topic.edition:
        return weighty(found, count)
    local = [one for one in found if is_local(make.base.lookup.infos[one.source.edition_id])]
    central = [one for one in found if one not in local]
    own = weighty(local, max(count // 3, count - len(central)))
    return [*weighty(central, count - len(own)), *own]


def _planned(headings: Sequence[str], minutes: int) -> dict[str, int]:
    """Return the minutes of each part, their sum what is given: by their shares, the rest to the largest."""
    total = sum(_SHARES[name] for name in headings)
    times = {name: minutes * _SHARES[name] // total for name in headings}
    if headings:
        times[max(headings, key=lambda name: _SHARES[name])] += minutes - sum(times.values())
    return times


def _told(duty: Duty) -> Line:
    return Line(duty.source.quote, duty.source, f"{duty.actor}：")


def _works(make: _Maker) -> list[EditionInfo]:
    """Return the regulations that the clauses of a topic stand in, local ones last, those with most clauses first."""
    ids = [one.edition.id for one in make.topic.clauses]
    infos = make.base.lookup.infos
    ranked = sorted(dict.fromkeys(ids), key=lambda one: (is_local(infos[one]), -ids.count(one), ids.index(one)))
    return [infos[one] for one in ranked]


def _whole(make: _Maker, info: EditionInfo) -> tuple[Clause, ...]:
    return clauses_of(make.base.lookup.locator(info.id), make.base.lookup.status(info.id, make.on))


def _why(make: _Maker) -> Iterator[Line]:
    works = _works(make)[: 1 if make.topic.edition else _WORKS]
    each = max(1, make.count(WHY) // len(works))
    for info in works:
        yield from purposes(_whole(make, info), each)


def _changes(make: _Maker) -> Iterator[Line]:
    """Yield what the edition says anew, other than the one before it, or no longer."""
    if make.topic.edition is None:
        return
    try:
        found = compare(make.base, make.topic.edition.title, "", make.topic.edition.date, make.on)
    except DangguiError:
        return
    own = {one.key for one in make.topic.clauses}
    whole = len(own) == len(_whole(make, found.new))
    pairs = [one for one in found.pairs if (one.new.id in own if one.new else whole) and not _is_closing(one)]
    for state, heading in (("added", _NEW), ("changed", ""), ("removed", "删去")):
        several = [one for one in pairs if one.state == state]
        chosen = sorted(several, key=_changed_little)[: make.count(CHANGES)]
        for pair in (one for one in several if one in chosen):
            yield from _change(pair, heading)


def _is_closing(pair: Pair) -> bool:
    """Tell whether a change concerns the entry into force and the like alone."""
    return any(_CLOSING.search(hit.text) for hit in (*pair.olds, *pair.news))


def _changed_little(pair: Pair) -> tuple[bool, float]:
    """Return what changes are sorted by: first those of figures and bounds, then those of more words."""
    old, new = (" ".join(hit.text for hit in side) for side in (pair.olds, pair.news))
    return figures(old.removeprefix(_number(pair.old))) == figures(new.removeprefix(_number(pair.new))), pair.similarity


def _number(hit: Hit | None) -> str:
    return (hit.article or "") if hit else ""


def _change(pair: Pair, heading: str) -> Iterator[Line]:
    if pair.state == "added" and pair.new:
        yield Line(_own_words(pair.new), pair.new, heading)
    elif pair.state == "removed" and pair.old:
        yield Line(_own_words(pair.old), pair.old, f"{heading}{edition_words(pair.old.edition)}：")
    elif pair.old and pair.new and (pairs := _differing(pair.old, pair.new)):
        yield Line(pairs[1], pair.new, _NOW)
        yield Line(pairs[0], pair.old, f"原规定{edition_words(pair.old.edition)}：")


def _own_words(hit: Hit) -> str:
    return hit.text.removeprefix(hit.article or "").strip()


def _differing(old: Hit, new: Hit) -> tuple[str, str] | None:
    """Return the sentences of two provisions that say the same thing otherwise and are most alike, None for none."""
    ours, theirs = ([one[0].strip() for one in _SENTENCE.finditer(_own_words(hit))] for hit in (old, new))
    pairs = [
        (SequenceMatcher(None, one, other, autojunk=False).ratio(), one, other)
        for one in ours
        for other in theirs
        if one not in theirs and other not in ours and max(len(one), len(other)) <= _LONGEST
    ]
    ratio, one, other = max(pairs, default=(0.0, "", ""))
    return (one, other) if ratio >= _ALIKE else None


def _faults(make: _Maker) -> Iterator[Line]:
    """Yield what breaks the rules of the topic and what follows: by the clauses themselves, then by 纪律处分条例."""
    count = make.count(FAULTS)
    other = consequences(_disciplined(make), count)
    own = consequences(make.topic.clauses, max(count - len(other), count * 2 // 3))
    yield from own
    yield from other[: count - len(own)]


def _disciplined(make: _Maker) -> Sequence[Clause]:
    """Return the clauses of 纪律处分条例 in which all words of the topic's name stand."""
    base = make.base
    if not base.lookup.editions_of(_DISCIPLINE) or any(info.title == _DISCIPLINE for info in _works(make)):
        return ()
    name = _PLAIN.sub(" ", make.topic.title)
    words = [word for word in base.index.words(name) if len(word) > 1]
    hits = base.search(f"{name} 处分", make.count(FAULTS) * 2, Scope(make.on, title=_DISCIPLINE)) if words else []
    about = [hit for hit in hits if all(word in hit.text for word in words)]
    return unique([clause_at(base.lookup.locator(hit.edition_id), hit) for hit in about])


def _reading(make: _Maker) -> Iterator[Line]:
    """Yield what stands above and below the regulations of a topic, as far as the base holds it."""
    left, told = make.count(READING), set[str]()
    for info in _works(make)[: 1 if make.topic.edition else _WORKS]:
        above = [(edge, edge.target, 0) for edge in make.base.network.upstream(info)]
        below = [(edge, edge.source, 1) for edge in make.base.network.downstream(info)]
        for edge, other, side in (*above, *below):
            counts = other is not None and make.base.lookup.counts(other, make.on)
            if left and other and counts and other.work not in told and edge.tie in _TIES:
                told.add(other.work)
                left -= 1
                yield _read(make, edge, other, _TIES[edge.tie][side].format(_called(make, info)))


def _called(make: _Maker, info: EditionInfo) -> str:
    return "本规定" if make.topic.edition else str(Citation(info.title))


def _read(make: _Maker, edge: Edge, other: EditionInfo, tie: str) -> Line:
    """Return a work to be read with the words by which one of the two names the other."""
    tied = next((one for one in edge.places if one.reference), None)
    before = f"{Citation(other.title, (), other.date)}，{tie}："
    if tied is None or tied.reference is None:
        hit = make.base.hit(edge.source.id, "title", make.on)
        return Line(hit.quote, hit, before)
    locator, reference = make.base.lookup.locator(edge.source.id), tied.reference
    inside = (one for one in sentences(locator.edition, locator.nodes[tied.path]) if one.end >= reference.end)
    whole = next(inside, None)
    span = (whole.start, whole.end) if whole else (reference.start, reference.end)
    hit = make_hit(locator, tied.path, make.base.lookup.status(edge.source.id, make.on).value, span)
    return Line(hit.quote, hit, before)
