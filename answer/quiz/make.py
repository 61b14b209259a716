"""Items made of clauses (出题): what is asked for is a span of the clause, and nothing in the stem gives it away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from answer.quiz.model import LETTERS, QuizItem, QuizKind
from answer.quiz.values import Value, values, wrong_values
from answer.sentences import Sentence, ends_open, lead_of_list, trimmed, words_of
from answer.topic import Clause, Topic
from corpus.folding import fold
from corpus.likeness import Likeness, Words
from corpus.model import Kind, Provision

TRUE, FALSE = "正确", "错误"
BLANK = "（　）"
_LINE = "________"
_SHORTEST, _LONGEST = 14, 110  # characters of a sentence that is asked about
_OPTIONS = 4
_ITEM_LONGEST = 60  # characters of an option of several
_ALIKE = 0.4  # likeness from which a wrong option is too near a right one
_OPENING = re.compile(r"^(?:前款|前项|本款|其|其中|该|这|但|但是|上述|并|同时|此外|对前|有前|依照前|因前)")
_POINTS_AWAY = re.compile(r"前款|前条|前项|本条|上述|下列|以下简称|如下|[：:]$|第[一二三四五六七八九十百]+条")
_UNSAID = re.compile(r"下列|以下(?!简称|的|（|罚|职)")
_OPPOSITES = (("应当", "可以"), ("不得", "可以"), ("可以", "不得"))
_MODE = re.compile(r"(?<![不])应当|不得|(?<![不])可以")


@dataclass(slots=True)
class _Pool:
    """What the clauses of a topic have of each kind, from which wrong options come."""

    values: list[tuple[str, Value]] = field(default_factory=list)
    points: list[tuple[str, str]] = field(default_factory=list)  # the clause's key, words of an item of its list

    def others(self, clause: Clause) -> list[Value]:
        return [value for key, value in self.values if key != clause.key]


def make(topic: Topic, count: int, kinds: Collection[QuizKind], seed: int) -> tuple[QuizItem, ...]:
    """Return at most `count` items on a topic, the kinds and clauses in turn; the same for the same seed."""
    random = Random(seed)
    pool = _pool(topic.clauses)
    found = {kind: list(_spread(_of_kind(kind, topic.clauses, pool, random), random)) for kind in kinds}
    return tuple(_in_turn(found, count))


def _pool(clauses: Iterable[Clause]) -> _Pool:
    pool = _Pool()
    for clause in clauses:
        pool.values.extend((clause.key, value) for value in values(clause.text))
        for _, points in _lists(clause):
            pool.points.extend((clause.key, clause.edition.text[slice(*span)]) for span in points)
    return pool


def _of_kind(kind: QuizKind, clauses: Sequence[Clause], pool: _Pool, random: Random) -> Iterator[QuizItem]:
    for clause in clauses:
        if kind is QuizKind.MULTI:
            yield from _multis(clause, pool, random)
        elif kind is QuizKind.SHORT:
            yield from _shorts(clause)
        else:
            for sentence in clause.sentences():
                if _is_whole(clause, sentence):
                    yield from _of_sentence(kind, clause, sentence, pool, random)


def _is_whole(clause: Clause, sentence: Sentence) -> bool:
    """Tell whether a sentence says something by itself."""
    words = clause.edition.text[sentence.start : sentence.end]
    listed = sentence.lead[1] > 0
    fits = _SHORTEST <= len(words) <= _LONGEST
    return fits and not listed and not _OPENING.match(words) and not _POINTS_AWAY.search(words)


def _of_sentence(kind: QuizKind, clause: Clause, sentence: Sentence, pool: _Pool, random: Random) -> Iterator[QuizItem]:
    words = clause.edition.text[sentence.start : sentence.end]
    found = [value for value in values(words) if fold(words).count(fold(value.words)) == 1]
    if kind is QuizKind.JUDGE:
        yield from _judged(clause, sentence, found, pool, random)
        return
    for value in found:
        span = sentence.start + value.start, sentence.start + value.end
        blank = BLANK if kind is QuizKind.SINGLE else _LINE
        stem = _framed(clause, words[: value.start] + blank + words[value.end :])
        wrong = list(wrong_values(value, pool.others(clause), clause.text, words))[: _OPTIONS - 1]
        if kind is QuizKind.FILL:
            yield QuizItem(kind, stem, (), value.words, clause.hit(sentence.path), span)
        elif len(wrong) == _OPTIONS - 1:
            options = _lettered([value.words, *wrong], random)
            key = next(letter for letter, text in options if text == value.words)
            yield QuizItem(kind, stem, options, key, clause.hit(sentence.path), span)


def _lettered(words: Sequence[str], random: Random) -> tuple[tuple[str, str], ...]:
    shuffled = random.sample(words, len(words))
    return tuple(zip(LETTERS, shuffled, strict=False))


def _framed(clause: Clause, words: str) -> str:
    return f"根据《{clause.edition.title}》，{' '.join(words.split())}"


def _judged(
    clause: Clause, sentence: Sentence, found: Sequence[Value], pool: _Pool, random: Random
) -> Iterator[QuizItem]:
    """Yield a sentence as it stands, or with a value or a duty turned round."""
    words = clause.edition.text[sentence.start : sentence.end]
    changes = list(_changes(clause, words, found, pool))
    hit = clause.hit(sentence.path)
    if changes and random.random() < 0.5:
        start, end, wrong = random.choice(changes)
        stem = _framed(clause, words[:start] + wrong + words[end:])
        yield QuizItem(QuizKind.JUDGE, stem, (), FALSE, hit, (sentence.start + start, sentence.start + end))
    elif changes:
        yield QuizItem(QuizKind.JUDGE, _framed(clause, words), (), TRUE, hit, (sentence.start, sentence.end))


def _changes(clause: Clause, words: str, found: Sequence[Value], pool: _Pool) -> Iterator[tuple[int, int, str]]:
    for value in found:
        wrong = next(wrong_values(value, pool.others(clause), clause.text, words), None)
        if wrong:
            yield value.start, value.end, wrong
    modes = list(_MODE.finditer(words))
    if len(modes) == 1 and not found and modes[0][0] != "应当":
        opposite = dict(_OPPOSITES)[modes[0][0]]
        yield *modes[0].span(), opposite


def _lists(clause: Clause) -> Iterator[tuple[Provision, list[tuple[int, int]]]]:
    """Yield each provision of a clause that introduces a list of at least three, and the spans of the list's words."""
    text = clause.edition.text
    for node in clause.provision.walk():
        items = [child for child in node.children if child.kind in (Kind.ITEM, Kind.SUBITEM)]
        lead = lead_of_list(clause.edition, node)
        said = text[lead[0] : lead[1]].rstrip("：: ")
        asks = _UNSAID.search(said) or said.endswith(("包括", "有", "分为", "是", "为"))
        if len(items) < 3 or not lead[1] or not asks or _OPENING.match(text[lead[0] : lead[1]]):
            continue
        yield node, [_without_end(text, *words_of(text, child)) for child in items]


def _without_end(text: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(text[start:end].rstrip("；;。，"))


def _question(lead: str) -> str:
    """Return the words that introduce a list as a question: 有下列情形之一的 becomes 有哪些情形的."""
    words = lead.rstrip("：: ")
    if _UNSAID.search(words):
        return _UNSAID.sub("哪些", words, count=1).replace("之一", "") + "？"
    if words.endswith(("包括", "有", "分为")):
        return f"{words}哪些？"
    return f"{words}什么？"


def _multis(clause: Clause, pool: _Pool, random: Random) -> Iterator[QuizItem]:
    text = clause.edition.text
    for node, spans in _lists(clause):
        words = [text[slice(*span)] for span in spans]
        right = [one for one in words if len(one) <= _ITEM_LONGEST and "\n" not in one]
        wrong = list(_wrong_points(clause, words, pool, random))
        if len(right) < 2 or not wrong:
            continue
        chosen = random.sample(right, min(len(right), random.choice((2, 3, 3, 4))))
        options = _lettered([*chosen, *wrong[: max(1, _OPTIONS + 1 - len(chosen))]][: len(LETTERS)], random)
        key = "".join(letter for letter, one in options if one in chosen)
        lead = text[slice(*lead_of_list(clause.edition, node))]
        number = clause.provision.label
        stem = f"根据《{clause.edition.title}》{number}，{_question(lead)}{BLANK}"
        yield QuizItem(QuizKind.MULTI, stem, options, key, clause.hit(node.path), (spans[0][0], spans[-1][1]))


def _wrong_points(clause: Clause, right: Sequence[str], pool: _Pool, random: Random) -> Iterator[str]:
    """Yield items of other clauses' lists that are unlike those of the clause and do not stand in it."""
    length = sum(map(len, right)) / len(right)
    others = sorted({words for key, words in pool.points if key != clause.key})
    random.shuffle(others)
    others.sort(key=lambda words: abs(len(words) - length) > length / 2)
    whole = fold(clause.text)
    fitting = [words for words in others if _is_option(words) and fold(words) not in whole]
    likest = Likeness([Words.of(one) for one in right], [Words.of(one) for one in fitting]).matrix.max(axis=0)
    yield from (words for words, like in zip(fitting, likest, strict=True) if like < _ALIKE)


def _is_option(words: str) -> bool:
    return len(words) <= _ITEM_LONGEST and "\n" not in words and not words.startswith("其他")


def _shorts(clause: Clause) -> Iterator[QuizItem]:
    text = clause.edition.text
    for node, spans in _lists(clause):
        span = spans[0][0], trimmed(text, spans[-1][0], spans[-1][1])[1]
        lead = text[slice(*lead_of_list(clause.edition, node))]
        stem = _framed(clause, _question(lead))
        if not ends_open(stem, len(stem)):
            yield QuizItem(QuizKind.SHORT, stem, (), text[slice(*span)], clause.hit(node.path), span)


def _spread(items: Iterable[QuizItem], random: Random) -> Iterator[QuizItem]:
    """Yield items so that every clause has had one before any has a second, in an order of chance."""
    by_clause: dict[str, list[QuizItem]] = defaultdict(list)
    for item in items:
        by_clause[f"{item.clause.edition_id}{item.clause.article or item.clause.id}"].append(item)
    groups = [random.sample(group, len(group)) for group in by_clause.values()]
    random.shuffle(groups)
    for depth in range(max(map(len, groups), default=0)):
        yield from (group[depth] for group in groups if depth < len(group))


def _in_turn(found: dict[QuizKind, list[QuizItem]], count: int) -> Iterator[QuizItem]:
    """Yield items kind by kind in turn; one span is asked about once, and no stem comes twice."""
    spans: set[tuple[str, tuple[int, int]]] = set()
    stems: set[str] = set()
    queues = {kind: list(reversed(items)) for kind, items in found.items()}
    chosen: list[QuizItem] = []
    while len(chosen) < count and any(queues.values()):
        for queue in queues.values():
            while queue and len(chosen) < count:
                item = queue.pop()
                place = (item.clause.edition_id, item.span)
                if place not in spans and item.stem not in stems:
                    spans.add(place)
                    stems.add(item.stem)
                    chosen.append(item)
                    break
    order = list(QuizKind)
    yield from sorted(chosen, key=lambda item: order.index(item.kind))
