"""Templates filled in (页面): every value is escaped, and nothing but our own files may be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from answer.verify import State
from corpus.citation import edition_words
from corpus.model import Kind
from corpus.validity import Status
from danggui.output import STATE_WORDS, STATUS_WORDS

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers send forms with the origin "null"
}


def page(template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> Response:  # noqa: ANN401
    """Return a template's page; `values` are what it shows."""
    text = _environment().get_template(template).render(today=date.today().isoformat(), **values)
    body = text.encode("utf-8", "replace")
    return Response(body, status, {**(headers or {}), **HEADERS}, "text/html; charset=utf-8")


def read_address(any_id: str) -> str:
    """Return where an edition, or a provision of it, is read: /read/title@date#art_7/para_1."""
    title, at, rest = any_id.rpartition("@")
    day, _, path = rest.partition("/")
    return f"/read/{quote(f'{title}{at}{day}', safe='@')}" + (f"#{quote(path)}" if path else "")


def address(path: str, **parameters: str) -> str:
    """Return a path with those parameters that are not empty."""
    return address_of(path, parameters.items())


def address_of(path: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return a path with those fields that are not empty, of which several may have the same name."""
    filled = [(name, value) for name, value in fields if value]
    return f"{path}?{urlencode(filled)}" if filled else path


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet (分面), how many rows have it, and where choosing it (or giving it up) leads."""

    words: str
    count: int
    href: str
    chosen: bool


def day_words(day: str) -> str:
    """Return an ISO day, month or year as it is written: 2016年7月8日."""
    return edition_words(day)[1:-1]


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """Return a text in stretches, each with whether it lies within one of the marks."""
    parts, at = [], 0
    for start, end in sorted(marks):
        start = max(at, start)
        if start < end:
            parts += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [(words, is_marked) for words, is_marked in [*parts, (text[at:], False)] if words]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("api.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        read=read_address,
        day=day_words,
        span=lambda value: "至".join(map(day_words, value.split("/"))),
        edition_title=lambda any_id: f"《{any_id.rpartition('@')[0]}》（{day_words(any_id.rpartition('@')[2])}）",
        status_word=lambda status: STATUS_WORDS[Status(status)],
        state_word=lambda state: STATE_WORDS[State(state)],
    )
    environment.globals.update(address=address, marked=marked, Kind=Kind)
    return environment
