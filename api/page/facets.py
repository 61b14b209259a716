"""Facets of a list (分面): the values among its rows, each a link that chooses it or gives it up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, how many rows have it, and where choosing it (or giving it up) leads."""

    words: str
    count: int
    href: str
    chosen: bool
