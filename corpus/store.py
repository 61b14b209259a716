"""The knowledge base (知识库): every edition with its tree, references, sources and history, in one SQLite file.

A reader sees a whole state and never waits; one writer at a time holds the lock. Editions are immutable: a text is
added or removed as a whole, in one transaction, and the log keeps both.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus import records
from corpus.confirmed import FIELDS, UNKNOWN, Confirmation, check_order, read_value
from corpus.conflict import conflict_message, same_words
from corpus.database import Database
from corpus.errors import ConflictError, InputError, NotFoundError, StoreError
from corpus.integrity import digest, faults, reference_faults, tree_rows
from corpus.model import Edition, Provision, Reference, Source
from corpus.store_lock import WriterLock
from corpus.stored import Change, Citing, Outcome, Regulation
from corpus.titles import work_key
from corpus.validity import EditionInfo, Status, Timeline

FILE_NAME = "danggui.db"


class Store(AbstractContextManager["Store"]):
    """The knowledge base in a folder; open it with `Store.open`, one object for each thread.

    One that was opened for reading may serve several threads after `hold`.
    """

    def __init__(self, home: Path, database: Database, lock: WriterLock | None = None) -> None:
        self.home = home
        self._database = database
        self._lock = lock

    @classmethod
    def open(cls, home: Path, *, write: bool = False) -> Self:
        """Open the knowledge base in `home`, for reading alone unless `write`, which also builds a missing one.

        A file of an older schema is migrated first. Raises StoreError when it is missing, damaged, not ours, of a
        newer schema, or, for writing, when another process is writing.
        """
        path = home / FILE_NAME
        if not write:
            database = Database.open_readable(path)
            if not database.is_old:
                return cls(home, database)
            database.close()
            cls.open(home, write=True).close()
            return cls(home, Database.open_readable(path))
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"不能建立知识库目录 {home}（{error.strerror}）；请换一个位置或检查权限") from error
        lock = WriterLock(home)
        try:
            return cls(home, Database.open_writable(path), lock)
        except BaseException:
            lock.release()
            raise

    def hold(self) -> None:
        """Keep to the state of this moment, whatever is written later, until closing."""
        self._database.hold()

    def close(self) -> None:
        """Close the file and let the next writer in."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def add(self, edition: Edition, report: Mapping[str, object] | None = None, *, replace: bool = False) -> Outcome:
        """Store an edition, its references and the ingest report on its file, in one transaction.

        The same bytes (sha256) again change nothing; with `replace`, for files whose facts come from a manifest or
        from a newer parser, what those bytes gave before makes way if it differs. The same title, date and words
        from other bytes are kept as another source of the stored edition. Raises ConflictError, with the
        difference, when the same title and date are stored with another text, InputError when the edition is not
        sound (see `corpus.integrity`), StoreError when the store is open for reading alone.
        """
        for fault in faults(edition):
            raise InputError(f"解析结果不完整，未入库。{fault}")
        source = dataclasses.replace(edition.source, ingested=edition.source.ingested or _now())
        with self._writing():
            former = self._made_of(source.sha256)
            if former is None:
                return self._add_new(edition, source, report)
            if not replace or former.sha256 != source.sha256 or self._is_same(former, edition):
                return Outcome.UNCHANGED
            others = self._sources(former.id)[1:]
            records.delete_edition(self._database, former)
            self._add_new(edition, source, report)
            records.rename_confirmed(self._database, former.id, edition.id)
            for other, words in others:
                records.insert_source(self._database, self._number(edition.id), other, json.loads(words or "null"))
            self._log("corrected", edition.id, former.id)
            return Outcome.CORRECTED

    def _add_new(self, edition: Edition, source: Source, report: Mapping[str, object] | None) -> Outcome:
        """Store an edition whose bytes are new, or only its source where its text is known."""
        number = records.edition_number(self._database, edition.id)
        if number is None:
            number = records.insert_edition(self._database, edition)
            records.replace_references(self._database, number, edition.references)
            self._unlink()
            outcome, action = Outcome.ADDED, "added"
        else:
            stored = self.edition(edition.id)
            if not same_words(stored, edition):
                raise ConflictError(conflict_message(stored, edition))
            outcome, action = Outcome.UNCHANGED, "source"
        records.insert_source(self._database, number, source, report)
        self._log(action, edition.id, source.file)
        return outcome

    def remove(self, edition_id: str) -> None:
        """Delete an edition and log it; references of others to it stay until they are resolved anew.

        Raises NotFoundError.
        """
        with self._writing():
            info = self.info(edition_id)
            records.delete_edition(self._database, info)
            self._unlink()
            self._log("removed", edition_id, info.file)

    def set_references(self, edition_id: str, references: Iterable[Reference]) -> None:
        """Store the references found in an edition in place of those stored before, as new works resolve more.

        Raises NotFoundError, and InputError when a reference's provision or words are not there.
        """
        found = tuple(references)
        with self._writing():
            number, text = self._number(edition_id), self.text(edition_id)
            for fault in reference_faults(edition_id, text, records.select_paths(self._database, number), found):
                raise InputError(f"引用未保存。{fault}")
            records.replace_references(self._database, number, found)

    def confirm(self, edition_id: str, field: str, words: str, person: str, note: str = "") -> Confirmation:
        """Settle a date of an edition by a human's word, over text and manifest; the log keeps what stood before.

        `field` is one of `corpus.confirmed.FIELDS`, `words` an ISO date, whole or cut, 不详, or 无 for an end. Raises
        NotFoundError, and InputError for what is no date, cannot be beside others settled, or bears no name.
        """
        value = read_value(field, words.strip())
        if not person.strip():
            raise InputError("没有写明由谁确认；请用 --by 写上姓名或单位")
        one = Confirmation(edition_id, field, value, person.strip(), note.strip(), _now())
        with self._writing():
            info = self.info(edition_id)
            check_order({**dict(info.confirmed), field: value})
            before = self._date_words(info, field)
            records.insert_confirmed(self._database, one)
            because = f"：{one.note}" if one.note else ""
            self._log("dated", edition_id, f"{FIELDS[field]}日期 {before} → {one.words}（{one.person}{because}）")
        return one

    def unconfirm(self, edition_id: str, field: str, person: str, note: str = "") -> None:
        """Give a date that was settled back to text and manifest; the log keeps it. Raises NotFoundError."""
        with self._writing():
            info = self.info(edition_id)
            if field not in dict(info.confirmed):
                raise NotFoundError(f"{edition_id} 的 {field} 没有人工确认过，无从撤回；用 danggui dates 查看")
            before = self._date_words(info, field)
            records.delete_confirmed(self._database, edition_id, field)
            because = f"：{note}" if note else ""
            self._log("dated", edition_id, f"{FIELDS[field]}日期 {before} 撤回（{person}{because}）")

    def _date_words(self, info: EditionInfo, field: str) -> str:
        settled = {one.field: one.words for one in records.select_confirmed(self._database, info.id)}
        return settled.get(field) or getattr(info.metadata, field, "") or UNKNOWN

    def confirmations(self, edition_id: str) -> list[Confirmation]:
        """Return the dates of an edition that a human settled, by field. Raises NotFoundError."""
        with self._database.snapshot():
            self._number(edition_id)
            return records.select_confirmed(self._database, edition_id)

    def mark_linked(self) -> None:
        """Note that the references of all editions are resolved; adding or removing an edition undoes that."""
        with self._writing():
            self._database.rows("DELETE FROM stale WHERE what = 'links'")

    # Reading

    @property
    def is_linked(self) -> bool:
        """Whether references were resolved since an edition was last added or removed (`mark_linked`)."""
        return not self._database.rows("SELECT 1 FROM stale WHERE what = 'links'")

    def infos(self) -> list[EditionInfo]:
        """Return what is known about every edition, by work and date, without reading any text."""
        with self._database.snapshot():
            return records.select_infos(self._database)

    def stated(self, edition_id: str) -> EditionInfo:
        """Return what text and manifest state about one edition, whatever a human settled. Raises NotFoundError."""
        with self._database.snapshot():
            return records.select_stated(self._database, "edition.id = ?", self._number(edition_id))[0]

    def info(self, edition_id: str) -> EditionInfo:
        """Return what is known about one edition. Raises NotFoundError."""
        with self._database.snapshot():
            return records.select_infos(self._database, "edition.id = ?", self._number(edition_id))[0]

    def works(self) -> list[Regulation]:
        """Return every work with its editions, ordered by key."""
        with self._database.snapshot():
            titles = self._database.rows("SELECT work, title FROM regulation ORDER BY work")
            infos = records.select_infos(self._database)
        editions: dict[str, list[EditionInfo]] = {work: [] for work, _ in titles}
        for info in infos:
            editions[info.work].append(info)
        return [Regulation(work, title, tuple(editions[work])) for work, title in titles]

    def editions_of(self, title: str) -> list[EditionInfo]:
        """Return the editions of a work, given any edition's full title or the work's key; empty if not stored."""
        with self._database.snapshot():
            return records.select_infos(self._database, "regulation.work = ?", work_key(title))

    def edition(self, edition_id: str) -> Edition:
        """Return a whole edition, equal to what was added. Raises NotFoundError."""
        with self._database.snapshot():
            info, number = self.info(edition_id), self._number(edition_id)
            provisions = records.select_tree(self._database, number)
            references = records.select_references(self._database, number)
            text = self.text(edition_id)
        return Edition(info.title, info.date, text, provisions, info.metadata, info.source, references)

    def text(self, edition_id: str) -> str:
        """Return an edition's clean text. Raises NotFoundError."""
        with self._database.snapshot():
            rows = self._database.rows("SELECT text FROM edition WHERE id = ?", self._number(edition_id))
        return str(rows[0][0])

    def provision(self, provision_id: str) -> Provision:
        """Return a provision ``<title>@<date>/<path>`` with all below it. Raises NotFoundError."""
        edition_id, path = split_id(provision_id)
        with self._database.snapshot():
            found = records.select_tree(self._database, self._number(edition_id), path) if path else ()
        if not found:
            raise NotFoundError(f"《{edition_id.rpartition('@')[0]}》里没有这一条款：{provision_id}")
        return found[0]

    def slice(self, provision_id: str) -> str:
        """Return a provision's words, an exact slice of the stored text. Raises NotFoundError."""
        with self._database.snapshot():
            provision = self.provision(provision_id)
            return self.text(split_id(provision_id)[0])[provision.start : provision.end]

    def references_from(self, any_id: str) -> list[Reference]:
        """Return the references that stand in an edition or in one provision of it. Raises NotFoundError."""
        edition_id, path = split_id(any_id)
        with self._database.snapshot():
            found = records.select_references(self._database, self._number(edition_id))
            if not path:
                return list(found)
            whole = self.provision(any_id)
        return [one for one in found if whole.start <= one.start and one.end <= whole.end]

    def references_to(self, any_id: str) -> list[Citing]:
        """Return who cites an edition or provision, or anything below it, by citing edition and place."""
        return [Citing(*row) for row in records.select_citing(self._database, any_id)]

    def sources(self, edition_id: str) -> list[Source]:
        """Return the files an edition was read from, the one it was stored from first. Raises NotFoundError."""
        with self._database.snapshot():
            return [source for source, _ in self._sources(edition_id)]

    def report(self, edition_id: str) -> dict[str, Any] | None:
        """Return the ingest report on the file an edition was stored from, if there is one. Raises NotFoundError."""
        with self._database.snapshot():
            words = self._sources(edition_id)[0][1]
        report: dict[str, Any] | None = json.loads(words or "null")
        return report

    def find_bytes(self, sha256: str) -> str | None:
        """Return the id of the edition that was read from bytes of this digest, if there is one."""
        with self._database.snapshot():
            found = self._made_of(sha256)
        return found.id if found else None

    def changes(self) -> list[Change]:
        """Return the log of all changes, oldest first."""
        return [Change(*row) for row in self._database.rows("SELECT at, action, edition, detail FROM log ORDER BY id")]

    @property
    def last_change(self) -> int:
        """The number of the latest change in the log, 0 before the first."""
        return int(self._database.rows("SELECT coalesce(max(id), 0) FROM log")[0][0])

    def timeline(self) -> Timeline:
        """Return all editions in time, for the status of many of them."""
        return Timeline(self.infos())

    def status(self, edition_id: str, on: date) -> Status:
        """Return the status of an edition on a day, in the light of all others. Raises NotFoundError."""
        with self._database.snapshot():
            return self.timeline().status(self.info(edition_id), on)

    def digest(self) -> str:
        """Return the sha256 over every edition's id, text and tree, whatever the order they came in.

        What is built from the store (chunks, vectors) is stale when this has changed.
        """
        rows = sorted(self.digests().items())
        return hashlib.sha256(json.dumps(rows).encode("ascii")).hexdigest()

    def digests(self) -> dict[str, str]:
        """Return the sha256 over text and tree of each edition, by its id."""
        return dict(self._database.rows("SELECT title || '@' || date, digest FROM edition"))

    def verify(self) -> list[str]:
        """Check file, links, trees and digests; return a Chinese sentence for each fault, empty when all is well."""
        try:
            with self._database.snapshot():
                return [*self._file_faults(), *(fault for info in self.infos() for fault in self._edition_faults(info))]
        except StoreError as error:
            return [str(error)]

    def _file_faults(self) -> Iterable[str]:
        for (message,) in self._database.rows("PRAGMA integrity_check"):
            if message != "ok":
                yield f"数据库文件 {self._database.path} 损坏：{message}"
        for table, row, parent, _ in self._database.rows("PRAGMA foreign_key_check"):
            yield f"数据表 {table} 的记录（{row or '编号不详'}）在 {parent} 中没有对应的记录"

    def _edition_faults(self, info: EditionInfo) -> Iterable[str]:
        edition = self.edition(info.id)
        yield from faults(edition)
        (stored,) = self._database.rows("SELECT digest FROM edition WHERE id = ?", self._number(info.id))[0]
        if stored != digest(edition.text, tree_rows(edition.provisions)):
            yield f"{info.id}：正文或条款与入库时的摘要不符"

    # Inside

    def _writing(self) -> AbstractContextManager[None]:
        if self._lock is None:
            raise StoreError(f"知识库 {self.home} 是以只读方式打开的，不能写入")
        return self._database.transaction()

    def _number(self, edition_id: str) -> int:
        number = records.edition_number(self._database, edition_id)
        if number is None:
            raise NotFoundError(f"知识库里没有这个版本：{edition_id}；用 danggui list 查看已入库的版本")
        return number

    def _made_of(self, sha256: str) -> EditionInfo | None:
        where = "edition.id IN (SELECT edition_id FROM source WHERE sha256 = ? AND sha256 <> '')"
        return next(iter(records.select_stated(self._database, where, sha256)), None)

    def _is_same(self, info: EditionInfo, edition: Edition) -> bool:
        (stored,) = self._database.rows("SELECT digest FROM edition WHERE id = ?", self._number(info.id))[0]
        same_text = bool(stored == digest(edition.text, tree_rows(edition.provisions)))
        return same_text and (info.id, info.metadata) == (edition.id, edition.metadata)

    def _sources(self, edition_id: str) -> list[tuple[Source, str]]:
        sql = "SELECT file, sha256, kind, ingested, report FROM source WHERE edition_id = ? ORDER BY position"
        return [(Source(*row[:4]), row[4]) for row in self._database.rows(sql, self._number(edition_id))]

    def _unlink(self) -> None:
        self._database.rows("INSERT OR IGNORE INTO stale VALUES ('links')")

    def _log(self, action: str, edition_id: str, detail: str) -> None:
        values = (_now(), action, edition_id, detail)
        self._database.insert("INSERT INTO log (at, action, edition, detail) VALUES (?, ?, ?, ?)", *values)


def split_id(any_id: str) -> tuple[str, str]:
    """Split a provision's id into its edition's id and its path, which is "" for an edition's id."""
    title, at, rest = any_id.rpartition("@")
    edition_date, _, path = rest.partition("/")
    return f"{title}{at}{edition_date}", path


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
