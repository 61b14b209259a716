"""Nested lists: which open list a numbered line continues (项目的层次).

The same rule serves 项 and 目 inside an article and the outline of a text without 条: a number that counts on
continues the innermost list of its style, a 1 opens a list below the nearest wider style, and anything else is
a gap in a list that is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.labels import Label, Style


@dataclass(slots=True)
class OpenLists:
    """The lists that are open, outermost first, each with its style and last number."""

    _stack: list[tuple[Style, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._stack)

    @property
    def styles(self) -> tuple[Style, ...]:
        """The styles of the open lists, outermost first."""
        return tuple(style for style, _ in self._stack)

    def clear(self) -> None:
        """Close all lists."""
        self._stack.clear()

    def truncate(self, depth: int) -> None:
        """Close the lists at `depth` (0 is the outermost) and below."""
        del self._stack[depth:]

    def continues(self, label: Label | None) -> int:
        """Return the depth of the innermost list that `label` counts on, or -1."""
        if label is not None:
            for depth in range(len(self._stack) - 1, -1, -1):
                if self._stack[depth] == (label.style, label.number - 1):
                    return depth
        return -1

    def place(self, label: Label, inside: int = -1) -> int:
        """Put `label` into a list, closing those below it, and return its depth.

        `inside` is the depth of a list known to go on behind the new one, which is then nested in it.
        """
        depth = self.continues(label)
        if depth < 0 <= inside:
            depth = inside + 1
        if depth < 0:
            depth = self._depth_of_style(label.style)
        if depth < 0:
            depth = sum(1 for style, _ in self._stack if style < label.style)
        self._stack[depth:] = [(label.style, label.number)]
        return depth

    def _depth_of_style(self, style: Style) -> int:
        return next((d for d in range(len(self._stack) - 1, -1, -1) if self._stack[d][0] is style), -1)
