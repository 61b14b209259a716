"""问: a question and its answer, what the reader says of it, and the key of the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request, Response

from answer.ask import Answer
from answer.verify import State
from api import keys
from api.models import LONGEST_QUESTION
from api.page import feedback
from api.page.access import READ, AsOf, go, keep_key
from api.page.views import address, page
from api.service import Here
from corpus.hit import Hit
from corpus.locate import Locator
from corpus.store import FILE_NAME
from danggui.base import KnowledgeBase, Scope

router = APIRouter(include_in_schema=False)

_SHORT = 300
_FAILED = (State.NOT_FOUND, State.TEXT_MISMATCH, State.NOT_CHECKED)

Question = Annotated[str, Query(max_length=LONGEST_QUESTION)]


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation on the page: its state, and the article around it where the quote is only a part of that."""

    hit: Hit
    state: str
    around: str

    @property
    def has_failed(self) -> bool:
        """Whether the citation does not stand by itself."""
        return State(self.state) in _FAILED


@router.get("/", dependencies=[READ])
def ask(
    service: Here, on: AsOf, q: Question = "", after: Question = "", told: Annotated[str, Query(max_length=1)] = ""
) -> Response:
    """Show the question box, and the answer where something is asked; `after` is the question before a further one."""
    if not (service.settings.home / FILE_NAME).exists():
        return page("empty.html", view="ask")
    question = " ".join(q.split())
    with service.library.borrow() as base:
        shown: Mapping[str, Any] = _answered(base, base.follow_up(question, after), on) if question else {}
        size = len(base.lookup.infos)
    if not size:
        return page("empty.html", view="ask")
    if shown:
        service.metrics.asked.labels(shown["answer"].status.value).inc()
    return page(
        "ask.html", view="ask", q=question, after=after, as_of=on.isoformat(), told=told, size=size, **_none(shown)
    )


@router.post("/feedback", dependencies=[READ])
def tell(
    service: Here,
    question: Annotated[str, Form(max_length=LONGEST_QUESTION)],
    kind: Annotated[Literal["wrong", "incomplete"], Form()],
    as_of: Annotated[str, Form(max_length=10)] = "",
    after: Annotated[str, Form(max_length=LONGEST_QUESTION)] = "",
    note: Annotated[str, Form(max_length=_SHORT)] = "",
) -> Response:
    """Keep what a reader says of an answer, and go back to it."""
    said = {"kind": kind, "question": question, "after": after, "as_of": as_of, "note": note}
    feedback.keep(service.settings.home, {name: value for name, value in said.items() if value})
    return go(address("/", q=question, as_of=as_of, after=after, told="1"))


@router.post("/login")
def login(
    request: Request,
    service: Here,
    key: Annotated[str, Form(max_length=200)],
    then: Annotated[str, Form(max_length=8000)] = "/",
) -> Response:
    """Take a key for the browser, if it is one, and go on to where it was asked for."""
    service.admit(key.strip() or "-", keys.Scope.READ)
    response = go(then)
    keep_key(request, response, key.strip())
    return response


def _answered(base: KnowledgeBase, question: str, on: date) -> dict[str, Any]:
    answer = base.final_answer(question, Scope(on, free=on == date.today()))
    return {"answer": answer, "lines": _lines(answer), "cited": _cited(base, answer)}


def _none(shown: Mapping[str, Any]) -> Mapping[str, Any]:
    return shown or {"answer": None, "lines": (), "cited": ()}


def _lines(answer: Answer) -> Sequence[str]:
    return [line for line in answer.answer.split("\n") if line.strip()]


def _cited(base: KnowledgeBase, answer: Answer) -> list[Cited]:
    return [Cited(hit, state, _around(base.lookup.locator(hit.edition_id), hit)) for hit, state in answer.checked()]


def _around(locator: Locator, hit: Hit) -> str:
    """Return the whole article of a quote."""
    top = next((node for node in locator.trail(hit.path) if node.label and node.label == hit.article), None)
    return locator.edition.slice(top).strip() if top else hit.text
