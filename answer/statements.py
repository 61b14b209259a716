"""What a model wrote, read as it comes (逐句读取): {"statements": [{"text", "clauses", "quotes"}, …]}."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.errors import ModelError

_LIST = re.compile(r'"statements"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_BROKEN = "语言模型的回答不是要求的 JSON"


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as a model wrote it, nothing of it verified: `clauses` are the numbers it names."""

    text: str
    clauses: tuple[int, ...]
    quotes: tuple[str, ...]


def drafts(pieces: Iterable[str], longest: int) -> Iterator[Draft | None]:
    """Yield each statement as soon as its object is complete, None for one of another form.

    Raises ModelError where what was written is no such JSON or longer than `longest` characters. Words around the
    object (```json) are passed over.
    """
    written, place, length = "", -1, 0
    for piece in pieces:
        written, length = written + piece, length + len(piece)
        if length > longest:
            raise ModelError(f"语言模型写得过长（超过 {longest} 个字符）")
        if place < 0 and (begin := _LIST.search(written)):
            place = begin.end()
        if place < 0 or not ("}" in piece or "]" in piece):
            continue
        complete, place, ended = _complete(written, place)
        yield from map(_draft, complete)
        if ended:
            return
    raise ModelError(_BROKEN)


def _complete(written: str, place: int) -> tuple[list[object], int, bool]:
    """Return the objects that are complete from a place on, where the next begins, and whether the list has ended."""
    found: list[object] = []
    decoder = json.JSONDecoder()
    while True:
        start = _next(written, place)
        if written[start : start + 1] == "]":
            return found, start, True
        try:
            value, place = decoder.raw_decode(written, start)
        except RecursionError as error:
            raise ModelError(_BROKEN) from error
        except ValueError:
            return found, start, False
        found.append(value)


def _next(written: str, place: int) -> int:
    match = _BETWEEN.match(written, place)
    return match.end() if match else place


def _draft(value: object) -> Draft | None:
    if not isinstance(value, dict):
        return None
    text, clauses, quotes = value.get("text"), value.get("clauses"), value.get("quotes")
    if not isinstance(text, str) or not isinstance(clauses, list) or not isinstance(quotes, list):
        return None
    numbered = all(isinstance(number, int) and not isinstance(number, bool) for number in clauses)
    if not numbered or not all(isinstance(quote, str) for quote in quotes):
        return None
    return Draft(text.strip(), tuple(clauses), tuple(quotes))
