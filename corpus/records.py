"""Editions as rows and rows as editions (存取): the only module that knows the tables' columns."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from corpus.confirmed import Confirmation, with_confirmed
from corpus.database import Database, Row
from corpus.integrity import digest, tree_rows
from corpus.model import Edition, Kind, Metadata, Provision, Reference, Source
from corpus.titles import is_draft, work_key
from corpus.validity import UNDATED, EditionInfo

_METADATA = tuple(field.name for field in fields(Metadata) if field.name != "repeals")
_FACTS = ", ".join(f"edition.{name}" for name in _METADATA)
_INFO = f"""
    SELECT edition.id, edition.title, edition.date, regulation.work, edition.articles, edition.provisions,
           edition.characters, source.file, source.sha256, source.kind, source.ingested, {_FACTS}
    FROM edition
    JOIN regulation ON regulation.id = edition.regulation_id
    JOIN source ON source.edition_id = edition.id AND source.position = 0
"""
# Undated editions come first, as the least that is known of a work.
_ORDER = f" ORDER BY regulation.work, edition.date <> '{UNDATED}', edition.date, edition.title"
_NODE = "position, parent, kind, path, number, branch, label, heading, start, stop"
_REFERENCE = "path, start, stop, words, target, reason, citation"


def insert_edition(database: Database, edition: Edition) -> int:
    """Store an edition without its source and references; return its row number."""
    work, rows = work_key(edition.title), tree_rows(edition.provisions)
    facts = {name: getattr(edition.metadata, name) for name in _METADATA}
    columns = {
        "regulation_id": _regulation(database, work, edition.title),
        "title": edition.title,
        "date": edition.date,
        **facts,
        "articles": sum(row[2] == Kind.ARTICLE for row in rows),
        "provisions": len(rows),
        "characters": len(edition.text),
        "digest": digest(edition.text, rows),
        "text": edition.text,
    }
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    number = database.insert(f"INSERT INTO edition ({names}) VALUES ({marks})", *columns.values())
    nodes = f"INSERT INTO provision (edition_id, {_NODE}) VALUES ({number}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    database.insert_many(nodes, rows)
    repeals = ((number, n, title, work_key(title)) for n, title in enumerate(edition.metadata.repeals))
    database.insert_many("INSERT INTO repeal VALUES (?, ?, ?, ?)", repeals)
    _name_regulation(database, work)
    return number


def insert_source(database: Database, number: int, source: Source, report: Mapping[str, object] | None) -> None:
    """Store one more file that an edition was read from, with the ingest report on it."""
    position = database.rows("SELECT count(*) FROM source WHERE edition_id = ?", number)[0][0]
    words = "" if report is None else json.dumps(dict(report), ensure_ascii=False)
    values = (number, position, source.file, source.sha256, source.kind, source.ingested, words)
    database.insert("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)", *values)


def replace_references(database: Database, number: int, references: Iterable[Reference]) -> None:
    """Store the references found in an edition in place of those stored before."""
    database.rows("DELETE FROM reference WHERE edition_id = ?", number)
    found = enumerate(references)
    rows = ((number, n, r.path, r.start, r.end, r.words, r.target, r.reason, r.citation) for n, r in found)
    database.insert_many(f"INSERT INTO reference (edition_id, position, {_REFERENCE}) VALUES (?,?,?,?,?,?,?,?,?)", rows)


def delete_edition(database: Database, info: EditionInfo) -> None:
    """Delete an edition with all that hangs on it; its work goes with its last edition."""
    number = edition_number(database, info.id)
    database.insert("INSERT INTO removal VALUES (?)", number)  # opens the triggers for this edition alone
    for table in ("reference", "repeal", "source", "provision"):
        database.rows(f"DELETE FROM {table} WHERE edition_id = ?", number)
    database.rows("DELETE FROM edition WHERE id = ?", number)
    database.rows("DELETE FROM removal")
    database.rows("DELETE FROM regulation WHERE id NOT IN (SELECT regulation_id FROM edition)")
    _name_regulation(database, info.work)


def _regulation(database: Database, work: str, title: str) -> int:
    database.insert("INSERT OR IGNORE INTO regulation (work, title) VALUES (?, ?)", work, title)
    return int(database.rows("SELECT id FROM regulation WHERE work = ?", work)[0][0])


def _name_regulation(database: Database, work: str) -> None:
    """Call a work by the title of its latest edition, without 试行 once that is gone, or else of its latest draft."""
    latest_first = f"""
        SELECT edition.title FROM edition JOIN regulation ON regulation.id = edition.regulation_id WHERE work = ?
        ORDER BY edition.date <> '{UNDATED}' DESC, edition.date DESC, edition.title
    """
    titles = [title for (title,) in database.rows(latest_first, work)]
    title = next((title for title in titles if not is_draft(title)), titles[0] if titles else "")
    database.rows("UPDATE regulation SET title = ? WHERE work = ?", title, work)


def edition_number(database: Database, edition_id: str) -> int | None:
    """Return the row number of the edition ``<title>@<date>``, None if there is none."""
    title, _, date = edition_id.rpartition("@")
    found = database.rows("SELECT id FROM edition WHERE title = ? AND date = ?", title, date)
    return int(found[0][0]) if found else None


def select_infos(database: Database, where: str = "1", *parameters: object) -> list[EditionInfo]:
    """Return what is known about the editions that fit an SQL condition, by work and date.

    Dates that a human settled stand in place of those of text and manifest.
    """
    settled: dict[str, dict[str, str]] = defaultdict(dict)
    for edition, field, value in database.rows("SELECT edition, field, value FROM confirmed ORDER BY edition, field"):
        settled[edition][field] = value
    infos = select_stated(database, where, *parameters)
    return [_settled(info, settled[info.id]) if info.id in settled else info for info in infos]


def _settled(info: EditionInfo, values: Mapping[str, str]) -> EditionInfo:
    return replace(info, metadata=with_confirmed(info.metadata, values), confirmed=tuple(values.items()))


def select_stated(database: Database, where: str = "1", *parameters: object) -> list[EditionInfo]:
    """Return what texts and manifests state about the editions that fit an SQL condition, by work and date."""
    repeals: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for number, title, work in database.rows(
        "SELECT edition_id, title, work FROM repeal ORDER BY edition_id, position"
    ):
        repeals[number].append((title, work))
    rows = database.rows(f"{_INFO} WHERE {where}{_ORDER}", *parameters)
    return [_info(row, repeals.get(row[0], ())) for row in rows]


def _info(row: Row, repeals: Sequence[tuple[str, str]]) -> EditionInfo:
    _, title, date, work, articles, provisions, characters, file, sha256, kind, ingested, *facts = row
    known = dict(zip(_METADATA, facts, strict=True))
    known |= {name: bool(known[name]) for name in ("trial", "lapses")}
    metadata = Metadata(**known, repeals=tuple(title for title, _ in repeals))
    source = Source(file, sha256, kind, ingested)
    repealed = tuple(work for _, work in repeals)
    return EditionInfo(title, date, work, metadata, source, repealed, articles, provisions, characters)


def select_confirmed(database: Database, edition_id: str) -> list[Confirmation]:
    """Return the dates of an edition that a human settled, by field."""
    sql = "SELECT edition, field, value, person, note, at FROM confirmed WHERE edition = ? ORDER BY field"
    return [Confirmation(*row) for row in database.rows(sql, edition_id)]


def insert_confirmed(database: Database, one: Confirmation) -> None:
    """Store a date that a human settled in place of one settled before."""
    values = (one.edition_id, one.field, one.value, one.person, one.note, one.at)
    database.insert("INSERT OR REPLACE INTO confirmed VALUES (?, ?, ?, ?, ?, ?)", *values)


def delete_confirmed(database: Database, edition_id: str, field: str) -> None:
    """Give a date back to text and manifest."""
    database.rows("DELETE FROM confirmed WHERE edition = ? AND field = ?", edition_id, field)


def rename_confirmed(database: Database, former: str, edition_id: str) -> None:
    """Let an edition that is called otherwise now keep the dates settled for it."""
    database.rows("UPDATE OR IGNORE confirmed SET edition = ? WHERE edition = ?", edition_id, former)


def select_tree(database: Database, number: int, path: str = "") -> tuple[Provision, ...]:
    """Return an edition's trees, or the one tree whose root has the given path, if there is one."""
    if not path:
        return _tree(database.rows(f"SELECT {_NODE} FROM provision WHERE edition_id = ? ORDER BY position", number))
    below = f"""
        WITH RECURSIVE below (position) AS (
            SELECT position FROM provision WHERE edition_id = ?1 AND path = ?2
            UNION ALL
            SELECT child.position FROM below CROSS JOIN provision AS child
            ON child.edition_id = ?1 AND child.parent = below.position
        )
        SELECT {_NODE} FROM provision WHERE edition_id = ?1 AND position IN below ORDER BY position
    """
    return _tree(database.rows(below, number, path))


def select_paths(database: Database, number: int) -> frozenset[str]:
    """Return the paths of all provisions of an edition."""
    rows = database.rows("SELECT path FROM provision WHERE edition_id = ?", number)
    return frozenset(path for (path,) in rows)


def _tree(rows: Sequence[Row]) -> tuple[Provision, ...]:
    """Build trees from rows in document order, from the last row up, so that children exist before their parent."""
    kinds = {kind.value: kind for kind in Kind}
    children: dict[int | None, list[Provision]] = defaultdict(list)
    top = rows[0][1] if rows else None
    for position, parent, kind, path, number, branch, label, heading, start, stop in reversed(rows):
        below = tuple(reversed(children.pop(position, ())))
        node = Provision(kinds[kind], path, number, branch, label, heading, below, start, stop)
        children[parent].append(node)
    return tuple(reversed(children[top]))


def select_references(database: Database, number: int) -> tuple[Reference, ...]:
    """Return the references found in an edition, in the order they were stored."""
    rows = database.rows(f"SELECT {_REFERENCE} FROM reference WHERE edition_id = ? ORDER BY position", number)
    return tuple(Reference(*row) for row in rows)


def select_citing(database: Database, target: str) -> list[tuple[str, Reference]]:
    """Return the references to an edition or provision, or to anything below it, each with its edition's id."""
    sql = f"""
        SELECT edition.title || '@' || edition.date, {", ".join(f"reference.{c}" for c in _REFERENCE.split(", "))}
        FROM reference JOIN edition ON edition.id = reference.edition_id
        WHERE target <> '' AND target >= ?1 AND target < ?1 || '0'  -- a range of the index: '0' follows '/'
        AND (target = ?1 OR target > ?1 || '/')
        ORDER BY edition.title, edition.date, reference.position
    """
    return [(row[0], Reference(*row[1:])) for row in database.rows(sql, target)]
