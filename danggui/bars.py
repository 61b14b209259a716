"""Progress on a terminal (进度条): bars on stderr, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click


class Bars:
    """Progress bars on stderr, one after the other."""

    def __init__(self, *, hidden: bool) -> None:
        self._hidden = hidden
        self._bar: Any = None

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, *_error: object) -> None:
        self._finish()

    def start(self, name: str, length: int) -> Callable[[int], None]:
        """Begin a step of `length` units and return what counts them."""
        self._finish()
        self._bar = click.progressbar(length=length, label=name, file=sys.stderr, hidden=self._hidden)
        self._bar.__enter__()
        advance: Callable[[int], None] = self._bar.update
        return advance

    def _finish(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
