"""A language model as answers see it (语言模型): messages in, pieces of text out, within a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic
from typing import Protocol

from corpus.errors import ModelError


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; `role` is system or user."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Budget:
    """What a model may spend on an answer: seconds in all, characters of clauses it is shown, tokens it may write."""

    seconds: float = 20.0
    context: int = 12_000
    tokens: int = 1024


class Model(Protocol):
    """A language model."""

    @property
    def budget(self) -> Budget:
        """What it may spend on an answer."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the pieces of the answer as they come; raises ModelError."""


def within(seconds: float, start: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Yield what an iterator gives until a time is over in all; raises ModelError then, and whatever it raises.

    The iterator runs in a thread of its own, so that a server that is silent or drips cannot hold the answer up; it
    is let go of, and ends with its next piece or its own time-out.
    """
    pieces: Queue[str | BaseException | None] = Queue()
    given_up = Event()
    Thread(target=_pump, args=(start, pieces, given_up), daemon=True, name="danggui-model").start()
    deadline = monotonic() + seconds
    try:
        while True:
            try:
                piece = pieces.get(timeout=max(0.0, deadline - monotonic()))
            except Empty:
                raise ModelError(f"语言模型 {seconds:g} 秒内没有答完") from None
            if piece is None:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        given_up.set()


def _pump(start: Callable[[], Iterator[str]], pieces: Queue[str | BaseException | None], given_up: Event) -> None:
    try:
        for piece in start():
            if given_up.is_set():
                return
            pieces.put(piece)
    except BaseException as error:  # told in the thread that waits
        pieces.put(error)
    else:
        pieces.put(None)
