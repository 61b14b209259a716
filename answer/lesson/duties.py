"""Who must, may or must not do what, how often and until when (职责清单): rows whose words are spans of the clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from answer.lesson.actors import organ_named
from answer.lesson.cadence import Cadence, cadences, deadlines
from answer.lesson.mood import MODE_WORDS, Mode
from answer.lesson.reading import Reader, Row, Span, ended
from answer.sentences import Sentence
from answer.topic import Clause
from corpus.hit import Hit

__all__ = ["MODE_WORDS", "UNSAID", "Duty", "Mode", "Span", "duties"]
UNSAID = "未写明"


@dataclass(frozen=True, slots=True)
class Duty:
    """A row of the duty table: spans of the text of the edition that `source` cites, (0, 0) for what it leaves unsaid.

    `condition` is what stands before the act (…的，), `whens` are its frequency and periods, `cadence` the frequency as
    a calendar counts it.
    """

    text: str
    mode: Mode
    subject: Span
    modal: Span
    condition: Span
    act: Span
    whens: tuple[Span, ...]
    cadence: Cadence | None
    source: Hit

    def words(self, span: Span) -> str:
        """Return the words of a span."""
        return self.text[span[0] : span[1]]

    @property
    def actor(self) -> str:
        """Who, or 未写明."""
        return self.words(self.subject) or UNSAID

    @property
    def when(self) -> str:
        """How often and until when, in the clause's words, "" where it does not say."""
        return "，".join(map(self.words, self.whens))

    @property
    def deed(self) -> str:
        """What is done, with what it depends on."""
        condition, act = self.words(self.condition), self.words(self.act)
        return f"{condition}，{act}" if condition else act

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the interface."""
        return {
            "subject": self.actor,
            "mode": MODE_WORDS[self.mode],
            "modal": self.words(self.modal),
            "condition": self.words(self.condition),
            "act": self.words(self.act),
            "when": self.when,
            "period": self.cadence.name if self.cadence else "",
            "citation": self.source.to_json(),
        }


def duties(clauses: Iterable[Clause]) -> Iterator[Duty]:
    """Yield the duties of clauses in their order; what an article says of the work itself (施行、解释) is none."""
    for clause in clauses:
        reader = Reader(clause)
        heading = _of_heading(clause)
        for sentence, row in reader.rows():
            if row.subject == (0, 0) and heading and row.modal != (0, 0):
                row.subject = heading
            yield _duty(clause, sentence, row)


def _duty(clause: Clause, sentence: Sentence, row: Row) -> Duty:
    text = clause.edition.text
    act = (row.start, ended(text, row.start, row.end))
    often = [(one, _moved(row.since, (one.start, one.end))) for one in cadences(text[row.since : act[1]])]
    whens = [span for _, span in often]
    for part in ((row.since, act[1]), _last_part(text, row.condition)):
        spans = [_moved(part[0], span) for span in deadlines(text[slice(*part)])]
        whens += [span for span in spans if not any(a < span[1] and span[0] < b for a, b in whens)]
    hit = clause.hit(sentence.path, (sentence.start, sentence.end))
    cadence = next((one for one, _ in often), None)
    return Duty(text, row.mode, row.subject, row.modal, row.condition, act, tuple(sorted(whens)), cadence, hit)


def _moved(by: int, span: Span) -> Span:
    return by + span[0], by + span[1]


def _last_part(text: str, condition: Span) -> Span:
    """Return the last part of what an act depends on where it is a time within which it is due, else nothing."""
    start = max(condition[0], text.rfind("，", *condition) + 1)
    return (start, condition[1]) if text[start : condition[1]].endswith("内") else (0, 0)


def _of_heading(clause: Clause) -> Span | None:
    """Return the span of the organ that the chapter of a clause is about."""
    for node in clause.locator.ancestors(clause.provision):
        if node.heading:
            start, end = organ_named(node.heading)
            place = clause.edition.text.find(node.heading, node.start, node.end)
            if end and place >= 0:
                return place + start, place + end
    return None
