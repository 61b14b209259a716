"""How a clause is read for duties (条文解读): part by part, with who was spoken of.

A part with a modal verb, a frequency or 由 and an actor begins a row, parts behind it belong to what is done. Where a
part names no actor, the one before it in the article counts; an actor that the words leave open is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answer.lesson import phrases
from answer.lesson.actors import (
    Found,
    begins_with_verb,
    ends_with_actor,
    holds_actor,
    is_adverbial,
    is_body,
    is_open,
    is_pronoun,
    subject_of,
)
from answer.lesson.cadence import cadences
from answer.lesson.mood import BANS, MODAL, WITHIN, Mode, modals, mode_of
from answer.sentences import Sentence, ends_open
from answer.topic import Clause

Span = tuple[int, int]


@dataclass(slots=True)
class Row:
    """A row as it is read: `since` is where its words begin behind the actor, `end` where its act ends so far."""

    subject: Span
    mode: Mode
    modal: Span
    condition: Span
    since: int
    start: int
    end: int


class Reader:
    """Reads the sentences of a clause in order and keeps who was spoken of."""

    def __init__(self, clause: Clause) -> None:
        self.clause, self.text = clause, clause.edition.text
        self.subject: Span = (0, 0)
        self.path = ""
        self.topics: dict[str, Span] = {}  # by the path of a provision
        self.fresh = True  # nobody was named in this sentence so far
        self.topic: Span = (0, 0)  # the last one of them that was not named by 由
        self.banned = False  # the last row of the sentence said 严禁
        self.begins = 0  # where the sentence begins
        self.went_on = False  # it goes on with whom the sentence before it named
        self.other: Span = (0, 0)  # whom else a condition names
        self.aside = False  # within 对…, where a name is not who acts
        self.leads: dict[Span, tuple[Span, Mode, Span] | None] = {}

    def rows(self) -> Iterator[tuple[Sentence, Row]]:
        """Yield the rows of the clause with the sentence that each stands in."""
        for sentence in self.clause.sentences():
            words = self.text[sentence.start : sentence.end]
            if sentence.path != self.path and not sentence.lead[1]:
                self._enter(sentence.path)
            if phrases.EXPLAINED.search(words):
                continue
            if sentence.lead[1]:
                yield from ((sentence, row) for row in self._item(sentence))
            elif phrases.opens_acts(words):
                self._lead((sentence.start, sentence.end))
            else:
                end = self._open_end(sentence.start, sentence.end)
                yield from ((sentence, row) for row in self._sentence(sentence.start, end))

    def _open_end(self, start: int, end: int) -> int:
        """Return where a sentence ends without the words that only introduce a list: …，监督方式包括："""
        comma = self.text.rfind("，", start, end)
        opens = ends_open(self.text, end) and comma > 0 and next(modals(self.text, comma + 1, end), None) is None
        return comma if opens and not self.text.startswith("之一", end - 4) else end

    def _enter(self, path: str) -> None:
        """Begin a provision: an item goes on with whom the words above its list speak of, a 款 with nobody."""
        above, _, last = path.rpartition("/")
        self.topic = self.subject = self.topics.get(above, (0, 0)) if last.startswith(("item", "sub", "h_")) else (0, 0)
        self.path = path

    def _item(self, sentence: Sentence) -> Iterator[Row]:
        """Yield the row of an item, by what the words above the list say; those of a list of cases have none."""
        lead = self._lead(sentence.lead)
        if lead is None:
            return
        subject, mode, modal = lead
        self.subject = self.topic = (0, 0)
        own = list(self._sentence(sentence.start, sentence.end))
        if own and own[0].modal != (0, 0) and own[0].subject != (0, 0):  # an item that is a rule by itself
            yield from own
            return
        named = subject_of(self.text, sentence.start, sentence.end) if subject == (0, 0) else None
        subject = (named.start, named.end) if named else subject
        if own and own[0].modal[0] == sentence.start:  # 严禁…
            mode, modal = own[0].mode, own[0].modal
        start = modal[1] if modal[0] == sentence.start else sentence.start
        yield Row(subject, mode, modal, (0, 0), start, start, ended(self.text, start, sentence.end))

    def _lead(self, span: Span) -> tuple[Span, Mode, Span] | None:
        if span not in self.leads:
            self.leads[span] = self._read_lead(*span) if phrases.opens_acts(self.text[slice(*span)]) else None
        return self.leads[span]

    def _read_lead(self, start: int, end: int) -> tuple[Span, Mode, Span] | None:
        """Return who, how and by which words the acts of a list are bound: by its last sentence."""
        start = max(start, self.text.rfind("。", start, end) + 1)
        if phrases.URGED.search(self.text, start, end):
            return None
        rows = list(self._sentence(start, end))
        task = phrases.TASK.search(self.text, start, end)
        if task and not any(row.modal[1] - row.modal[0] > 1 for row in rows):
            self._speak(max(start, self.text.rfind("，", start, task.start()) + 1), task.start(), predicate=True)
            return self.subject, Mode.MAY if "权" in task[0] else Mode.MUST, task.span("task")
        return (rows[-1].subject, rows[-1].mode, rows[-1].modal) if rows else None

    def _sentence(self, start: int, end: int) -> Iterator[Row]:
        """Yield the rows of a sentence."""
        row: Row | None = None
        condition, self.fresh, self.aside, self.banned, self.begins = start, True, False, False, start
        self.went_on = False
        for a, b in _parts(self.text, start, end):
            if a > start and self.text[a - 1] in "；;":
                yield from [row] if row else []
                row, condition, self.aside = None, a, False
                self.subject = self.topic
            opened = self._opened(a, b, condition, row)
            if opened:
                yield from [row] if row and not self._merged(row, opened) else []
                row, condition, self.aside = opened, b + 1, False
            elif row and not self._is_other(row, a, b):
                condition = condition if _depends(self.text, a, b) else b + 1
                row.end = b if condition > b else row.end
            else:
                yield from [row] if row else []
                row, condition = None, a if row else condition
                self._speak(a, b)
        if row and condition < end:
            row.end = end
        yield from [row] if row else []
        self.subject = self.topics[self.path] = self.topic

    def _merged(self, row: Row, opened: Row) -> bool:
        """Let a row by 由 be bound by the modal verb of one that tells no more than a basis: 应当按照…，由…决定."""
        by = self.text[slice(*opened.modal)] == "由" and row.subject in ((0, 0), opened.subject)
        if not by or not phrases.BASIS.match(self.text[row.start : opened.modal[0] - 1]):
            return False
        opened.mode, opened.modal, opened.condition = row.mode, row.modal, row.condition
        opened.start = row.start
        return True

    def _opened(self, start: int, end: int, condition: int, row: Row | None) -> Row | None:
        """Return the row that a part begins, None where it goes on or says on what the next one depends."""
        modal = next(modals(self.text, start, end), None)
        before = (condition, start - 1) if condition < start - 1 else (0, 0)
        if modal is None:
            return self._by(start, end, before) or self._frequent(start, end, before)
        if (
            self.text[end - 1] in "的者"
            or self._is_relative(modal, start, end)
            or self._is_inside(modal, start, end)
            or phrases.EXCEPT.fullmatch(self.text, start, end)
            or phrases.LISTS.match(self.text, modal.end())
            or self._is_hindered(modal, end)
            or (
                phrases.IS.search(self.text, start, modal.start())
                and phrases.QUALIFIES.fullmatch(self.text, modal.end(), end)
            )
        ):
            return None
        return self._bound(modal, start, end, before, row)

    def _is_hindered(self, modal: re.Match[str], end: int) -> bool:
        """Tell whether 不能 says that something cannot be done, on which what follows depends: 不能主持会议，应委托…"""
        return modal[0] == "不能" and phrases.THEN.match(self.text, end) is not None

    def _is_inside(self, modal: re.Match[str], start: int, end: int) -> bool:
        """Tell whether a modal verb stands in what qualifies a noun: 新的应当受到处分的行为."""
        qualifies = phrases.QUALIFIES.fullmatch(self.text, modal.end(), end)
        passive = self.text.startswith(("受", "由"), modal.end())
        return passive and self.text[start : modal.start()].endswith("的") and qualifies is not None

    def _is_relative(self, modal: re.Match[str], start: int, end: int) -> bool:
        """Tell whether a part only says of whom the next one speaks: 本身又不能纠正的党组织，上级党组织应当…"""
        hindered = modal[0] in ("不能", "可以") and self.text.startswith("，", end)
        if not hindered or not phrases.QUALIFIES.fullmatch(self.text, modal.end(), end):
            return False
        return ends_with_actor(self.text[start:end]) and subject_of(self.text, start, modal.start()) is None

    def _bound(self, modal: re.Match[str], start: int, end: int, before: Span, row: Row | None) -> Row:
        """Return the row of a part with a modal verb."""
        mode = mode_of(modal[0])
        act, found = modal.end(), subject_of(self.text, start, modal.start(), predicate=True)
        by = phrases.BY_WHOM.match(self.text, act, end)
        if not by and not (found and found.actor):
            by = phrases.BY_RULE.match(self.text, act, end)
        if by:
            found = subject_of(self.text, by.end(), end)
            if found is None or phrases.BECOMES.match(self.text, found.behind, end):  # a post that somebody is to hold
                found = Found(act, act, act, actor=False)
        elif self.text.startswith("是", act):
            found = Found(act, act, act, actor=False)
        if found is None and self._is_unread(start, modal.start()):
            found = Found(act, act, act, actor=False)
        if modal[0] in BANS:
            found = found or subject_of(self.text, act, end)
            act = found.behind if found and found.actor and found.start >= act else act
            self.subject = self.subject if self.banned else (0, 0)
        self.banned = modal[0] in BANS
        subject = self._resolved(found, before, (act, end))
        if found is None and mode is Mode.MUST_NOT and row and phrases.GUIDED.match(self.text, row.start, row.end):
            subject = (0, 0)  # whom it is to guide must not
        since = (
            found.behind if found and found.actor and start == found.start < found.behind <= modal.start() else start
        )
        matter = found is not None and not found.actor
        return Row(subject, mode, modal.span(), _conditional(self.text, before), since, since if matter else act, end)

    def _is_unread(self, start: int, end: int) -> bool:
        """Tell whether words end like an actor without being a known name, and are not whom something is done to."""
        words = self.text[start:end]
        return ends_with_actor(words) and not is_adverbial(words) and not phrases.WITH.match(words)

    def _by(self, start: int, end: int, before: Span) -> Row | None:
        """Return the row of a part in which somebody acts by 由: 会议由书记召集."""
        found = self._agent(start, end)
        if (
            found is None
            or self.text[end - 1] == "的"
            or phrases.BECOMES.match(self.text, found.behind, end)
            or phrases.ELSE.match(self.text, found.behind, end)
            or phrases.QUALIFIES.fullmatch(self.text, found.behind, end)
        ):
            return None
        self.subject = span = (found.start, found.end)
        by = (found.start - 1, found.start)
        topic = subject_of(self.text, start, by[0], predicate=True)
        condition = _conditional(self.text, before)
        if topic:  # 停止党籍的决定由…作出
            condition = (condition[0] if condition[1] else start, by[0])
        return Row(span, Mode.MUST, by, condition, found.behind, found.behind, end)

    def _agent(self, start: int, end: int) -> Found | None:
        """Return who acts by 由 where nobody else is named before it."""
        match = phrases.BY.match(self.text, start, end)
        topic = subject_of(self.text, start, match.end() - 1, predicate=True) if match else None
        if match is None or (topic and topic.actor):
            return None
        found = subject_of(self.text, match.end(), end)
        return found if found and found.start == match.end() and found.behind < end else None

    def _frequent(self, start: int, end: int, before: Span) -> Row | None:
        """Return the row of a part without a modal verb that says how often something is done."""
        cadence = next(cadences(self.text[start:end]), None)
        if cadence is None or phrases.WAITS.search(self.text[start:end]):
            return None
        found = subject_of(self.text, start, start + cadence.start, predicate=True)
        found = self._agent(start, end) or found
        subject = self._resolved(found, (0, 0), (start, end))
        held = found is not None and found.end < found.behind  # the meeting belongs to what is done
        act = found.behind if found and not held and found.actor and found.behind <= start + cadence.start else start
        return Row(subject, Mode.MUST, (0, 0), _conditional(self.text, before), act, act, end)

    def _resolved(self, found: Found | None, before: Span, act: Span) -> Span:
        """Return who acts: whom the part names, else whom the words before it named."""
        if found is None:
            case = self.text[slice(*before)]
            if by := self._decider(case, before):
                return by
            if phrases.PASSED.match(self.text, act[0]) or not self._goes_on(act[0]):
                return (0, 0)  # what happens with a case, not who acts
            handled = phrases.CASE.search(case) and phrases.HANDLED.match(self.text, *act)
            if handled:
                return self._handling(before)
            if before[0] <= self.other[0] < before[1] and phrases.CASE.search(case):  # whoever it is of the two
                return self.other if phrases.ASKS.match(self.text, *act) else (0, 0)
            person = not is_body(self.text[slice(*self.subject)])
            told = phrases.CASE.search(case) or "的，" in case or ends_with_actor(case)
            done_to = (phrases.TO.match(case) and told) or phrases.TAKEN.match(self.text, *act)
            return (0, 0) if person and done_to else self.subject
        if not found.actor:
            self.subject = (0, 0)
            return self.subject
        if is_pronoun(self.text[found.start : found.end]):
            return (found.start, found.end)
        self.subject = self.topic = (found.start, found.end)
        self.fresh = False
        return self.subject

    def _decider(self, case: str, before: Span) -> Span | None:
        """Return which organ decides (经全体会议决定，可以…) where a sentence names nobody else."""
        decided = phrases.DECIDED.search(case) if self.subject[0] < self.begins else None
        by = subject_of(self.text, before[0] + decided.end(), before[1]) if decided else None
        return (by.start, by.end) if by else None

    def _goes_on(self, act: int) -> bool:
        """Tell whether who was spoken of last acts: in the same sentence, or where nothing but a time is before it."""
        if self.subject[0] >= self.begins or self.went_on:
            return True
        *before, last = self.text[self.begins : act].split("，")
        if not all(
            phrases.BESIDE.match(part) or (phrases.TIMES.match(part) and not holds_actor(part)) for part in before
        ):
            return False
        self.went_on = is_adverbial(MODAL.sub("", last))
        return self.went_on

    def _handling(self, before: Span) -> Span:
        """Return who handles a case: the organ spoken of, unless the case itself names it; never a person."""
        inside = before[0] <= self.subject[0] < before[1] and "认为" not in self.text[self.subject[1] : before[1]]
        return (0, 0) if inside or not is_body(self.text[slice(*self.subject)]) else self.subject

    def _speak(self, start: int, end: int, *, predicate: bool = False) -> None:
        """Remember whom a part without a row speaks of; one that is a condition names whom only at the beginning."""
        self.aside = self.aside or phrases.ASIDE.match(self.text, start, end) is not None
        if self.text[end - 1] == "》" and MODAL.match(self.text, end + 1):
            self.subject = (0, 0)  # 《…》，可以作为…
            return
        found = self._topic(start, end) or subject_of(self.text, start, end, predicate=predicate)
        if found is None and not self.aside and self._is_unknown(start, end):
            self.subject = (0, 0)
        if found is None or not found.actor:
            return
        if self.text.startswith("被", found.behind) and not phrases.BARRED.match(self.text, end):
            return
        named_only, condition = found.behind == end, phrases.WAITS.search(self.text[start:end]) is not None
        name = self.text[found.start : found.end]
        thinks = is_body(name) and phrases.THINKS.match(self.text, found.behind, end)
        if (
            not self.fresh
            and self.text[end - 1] == "的"
            and not is_body(name)
            and name != self.text[slice(*self.subject)]
        ):
            self.other = (found.start, found.end)
        if (self.fresh or not condition or thinks) and not (self.aside and named_only):
            self.subject, self.fresh = (found.start, found.end), False
            self.topic = self.topic if is_pronoun(name) else self.subject
            self.aside = self.aside or self.text.startswith("对", found.behind)

    def _is_unknown(self, start: int, end: int) -> bool:
        """Tell whether words right before a modal verb end like an actor without being a name that is known."""
        return MODAL.match(self.text, end + 1) is not None and ends_with_actor(self.text[start:end])

    def _topic(self, start: int, end: int) -> Found | None:
        """Return the name that words right before a modal verb are as a whole: 工作地点分散的党支部，应当…"""
        modal, words = MODAL.match(self.text, end + 1), self.text[start:end]
        if "的" not in words or not (modal or phrases.WHOM.search(words)):
            return None
        found = subject_of(self.text, start, end, predicate=True)
        return found if found and found.actor and found.behind == end else None

    def _is_other(self, row: Row, start: int, end: int) -> bool:
        """Tell whether a part behind a row speaks of somebody else, so that it is no part of what is done."""
        found = None if is_open(self.text[row.start : row.end]) else subject_of(self.text, start, end)
        name = self.text[found.start : found.end] if found and found.actor else ""
        return bool(name) and not begins_with_verb(name) and name != self.text[slice(*row.subject)]


def ended(text: str, start: int, end: int) -> int:
    """Return where words end without punctuation and white space behind them."""
    return start + len(text[start:end].rstrip("；;。，、 \n"))


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what stands between commas; a comma inside brackets or quotation marks parts nothing."""
    covered = [match.span() for match in WITHIN.finditer(text, start, end)]
    begun = start
    for place in (*range(start, end), end):
        if place == end or (text[place] in "，；：。！？,;\n" and not any(a <= place < b for a, b in covered)):
            if place > begun:
                yield begun, place
            begun = place + 1


def _depends(text: str, start: int, end: int) -> bool:
    """Tell whether words say on what an act depends, or to whom it is done."""
    return (
        end > start and (phrases.CONDITION.search(text[start:end]) or phrases.ASIDE.match(text, start, end)) is not None
    )


def _conditional(text: str, span: Span) -> Span:
    """Return a span where it says on what an act depends, else (0, 0)."""
    return span if _depends(text, *span) else (0, 0)
