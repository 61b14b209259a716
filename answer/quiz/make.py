"""Items made of clauses (出题): what is asked for is a span of the clause, and nothing in the stem gives it away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from answer.items import FALSE, TRUE, ItemKind
from answer.quiz.choice import Candidate, chosen
from answer.quiz.lists import Listing, changed_items, foreign_items, is_option, listings
from answer.quiz.model import LETTERS, Difficulty, QuizItem
from answer.quiz.statements import Statement, statements
from answer.quiz.turns import turned, turns
from answer.quiz.values import DEFINITION, NUMERIC, Value, ValueKind, members, values
from answer.quiz.wrong import Sibling, size, wrong_values
from answer.topic import Clause, Topic
from corpus.folding import fold

BLANK = "（　）"
_LINE = "________"
_OPTIONS = 4
_FEWEST_RIGHT = 2
_ORDERED = NUMERIC | {ValueKind.FREQUENCY}
_MIXED = 0.5  # share of the items with options of other lists that have a changed one as well


@dataclass(frozen=True, slots=True)
class _Matter:
    """What the clauses of a topic say: statements with their values, and lists."""

    said: Sequence[tuple[Statement, Sequence[Value]]]
    siblings: Sequence[Sibling]
    lists: Sequence[Listing]


def make(topic: Topic, count: int, kinds: Collection[ItemKind], seed: int) -> tuple[QuizItem, ...]:
    """Return at most `count` items on a topic, the kinds, chapters and clauses spread; the same for the same seed."""
    random = Random(seed)
    matter = _matter(topic.clauses)
    makers = {
        ItemKind.SINGLE: _singles,
        ItemKind.MULTI: _multis,
        ItemKind.JUDGE: _judged,
        ItemKind.FILL: _fills,
        ItemKind.SHORT: _shorts,
    }
    return chosen({kind: _shuffled(makers[kind](matter, random), random) for kind in kinds}, count)


def _matter(clauses: Sequence[Clause]) -> _Matter:
    said = [(one, _askable(one)) for clause in clauses for one in statements(clause)]
    siblings = [Sibling(value, one) for one, found in said for value in found]
    return _Matter(said, siblings, [one for clause in clauses for one in listings(clause)])


def _askable(statement: Statement) -> list[Value]:
    """Return the values that stand once in a statement and its title, so that its other words do not tell them."""
    words = statement.words
    shown = fold(words + statement.clause.edition.title)
    return [one for one in (*values(words), *members(words)) if shown.count(fold(one.words)) == 1]


def _shuffled(candidates: Iterator[Candidate], random: Random) -> list[Candidate]:
    found = list(candidates)
    return random.sample(found, len(found))


def _framed(clause: Clause, words: str, place: str = "") -> str:
    title = clause.edition.title.replace("《", "〈").replace("》", "〉")
    return f"根据《{title}》{place}，{' '.join(words.split())}"


def _blanked(statement: Statement, value: Value, blank: str) -> str:
    words = statement.words
    return _framed(statement.clause, words[: value.start] + blank + words[value.end :])


def _candidate(
    kind: ItemKind,
    stem: str,
    options: tuple[tuple[str, str], ...],
    key: str,
    source: Statement | Listing,
    span: tuple[int, int],
    difficulty: Difficulty,
) -> Candidate:
    path = source.path if isinstance(source, Statement) else source.node.path
    shown = (source.start, source.end) if isinstance(source, Statement) else (source.lead[0], source.whole[1])
    words = source.clause.edition.text[slice(*span)]
    return Candidate(QuizItem(kind, stem, options, key, source.clause.hit(path), span, words, difficulty), shown)


def _place(statement: Statement, value: Value) -> tuple[int, int]:
    return statement.start + value.start, statement.start + value.end


def _singles(matter: _Matter, random: Random) -> Iterator[Candidate]:
    for statement, found in matter.said:
        for value in found:
            wrong = list(wrong_values(value, statement, matter.siblings))[: _OPTIONS - 1]
            if len(wrong) < _OPTIONS - 1 or value.kind is ValueKind.MEMBER:
                continue
            options = _options([value.words], [words for words, _ in wrong], value.kind in _ORDERED, random)
            near = sum(sibling for _, sibling in wrong) >= 2
            level = Difficulty.MEDIUM if near else Difficulty.EASY
            stem, key = _blanked(statement, value, BLANK), _letters(options, [value.words])
            yield _candidate(ItemKind.SINGLE, stem, options, key, statement, _place(statement, value), level)


def _options(right: Sequence[str], wrong: Sequence[str], ordered: bool, random: Random) -> tuple[tuple[str, str], ...]:
    words = [*right, *wrong]
    return tuple(zip(LETTERS, _in_order(words) if ordered else random.sample(words, len(words)), strict=False))


def _in_order(words: Sequence[str]) -> list[str]:
    """Return numbers from small to great; words that are none stay as they are."""
    return sorted(words, key=size)


def _letters(options: Sequence[tuple[str, str]], right: Collection[str]) -> str:
    return "".join(letter for letter, words in options if words in right)


def _fills(matter: _Matter, random: Random) -> Iterator[Candidate]:
    for statement, found in matter.said:
        for value in found:
            level = Difficulty.HARD if value.kind is ValueKind.MEMBER else Difficulty.MEDIUM
            stem = _blanked(statement, value, _LINE)
            yield _candidate(ItemKind.FILL, stem, (), value.words, statement, _place(statement, value), level)


def _judged(matter: _Matter, random: Random) -> Iterator[Candidate]:
    """Yield statements as they stand, and with a value or another word turned into a wrong one."""
    for statement, found in matter.said:
        changes = list(_changes(statement, found, matter))
        level = Difficulty.EASY if all(duty for *_, duty in changes) else Difficulty.MEDIUM
        if changes:
            start, end, wrong, _ = random.choice([one for one in changes if not one[3]] or changes)
            stem = _framed(statement.clause, statement.words[:start] + wrong + statement.words[end:])
            span = statement.start + start, statement.start + end
            yield _candidate(ItemKind.JUDGE, stem, (), FALSE, statement, span, level)
        if changes or statement.is_norm:
            stem, span = _framed(statement.clause, statement.words), (statement.start, statement.end)
            yield _candidate(ItemKind.JUDGE, stem, (), TRUE, statement, span, level)


def _changes(statement: Statement, found: Sequence[Value], matter: _Matter) -> Iterator[tuple[int, int, str, bool]]:
    for value in found:
        wrong = next(wrong_values(value, statement, matter.siblings), None)
        if wrong and value.kind is not ValueKind.MEMBER:
            yield value.start, value.end, wrong[0], False
    for turn in turns(statement.words):
        if fold(turned(statement.words, turn)) not in fold(statement.clause.text):
            yield turn.start, turn.end, turn.words, turn.duty


def _multis(matter: _Matter, random: Random) -> Iterator[Candidate]:
    for listing in matter.lists:
        words = [one for one in listing.items if is_option(one)]
        changed = dict(changed_items(listing))
        foreign = list(foreign_items(listing, matter.lists))
        if len(words) < _FEWEST_RIGHT or not (changed or foreign):
            continue
        right, wrong = _parted(words, changed, foreign, random)
        if not wrong or len(right) + len(wrong) < _OPTIONS:
            continue
        options = _options(right, wrong, ordered=False, random=random)
        stem = f"{_framed(listing.clause, listing.question, listing.clause.provision.label)}{BLANK}"
        span = listing.spans[0][0], listing.spans[-1][1]
        level = Difficulty.HARD if set(wrong) & set(changed.values()) else Difficulty.MEDIUM
        yield _candidate(ItemKind.MULTI, stem, options, _letters(options, right), listing, span, level)


def _parted(
    words: Sequence[str], changed: dict[str, str], foreign: Sequence[str], random: Random
) -> tuple[list[str], list[str]]:
    """Return right options and wrong ones, four together; an item that is changed is not right beside it."""
    rights = random.choice((2, 3, 3))
    given_up = random.sample(sorted(changed), min(len(changed), max(1, _OPTIONS - rights - len(foreign))))
    given_up = (
        given_up if len(words) - len(given_up) >= _FEWEST_RIGHT and (not foreign or random.random() < _MIXED) else []
    )
    left = [one for one in words if one not in given_up]
    right = random.sample(left, min(rights, len(left)))
    wrong = [*(changed[one] for one in given_up), *foreign][: _OPTIONS - len(right)]
    return right, wrong


def _shorts(matter: _Matter, random: Random) -> Iterator[Candidate]:
    for statement, _ in matter.said:
        defined = DEFINITION.fullmatch(statement.words)
        if defined:
            stem = _framed(statement.clause, f"{defined['term']}是指什么？")
            span = statement.start + defined.start("meaning"), statement.start + defined.end("meaning")
            yield _candidate(ItemKind.SHORT, stem, (), defined["meaning"], statement, span, Difficulty.HARD)
    for listing in matter.lists:
        stem = _framed(listing.clause, listing.question, listing.clause.provision.label)
        words = listing.clause.edition.text[slice(*listing.whole)]
        yield _candidate(ItemKind.SHORT, stem, (), words, listing, listing.whole, Difficulty.HARD)
