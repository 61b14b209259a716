"""The schema of the knowledge base as an ordered list of SQL scripts (数据库结构的历次升级).

A script is never edited once released: a change of the schema is a new file, and its place in the list is the
schema version it leads to (`user_version` of the file).
"""

from __future__ import annotations

from importlib import resources

_NAMES = ("001_initial.sql", "002_confirmed.sql")


def scripts() -> tuple[str, ...]:
    """Return the SQL of every migration, oldest first; the first one builds an empty file."""
    folder = resources.files(__name__)
    return tuple(folder.joinpath(name).read_text("utf-8") for name in _NAMES)
