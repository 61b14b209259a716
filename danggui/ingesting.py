"""Files into the knowledge base (入库): parsed in parallel, stored one by one, linked, indexed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus.errors import ConflictError, DangguiError
from corpus.model import Edition
from corpus.store import Outcome as Stored
from corpus.store import Store
from corpus.validity import ANYTIME, days
from danggui.base import INDEX_FOLDER, build_index
from danggui.lookup import LookUp
from index.storage import is_current
from ingest.manifest import ManifestRow, read_manifest
from ingest.pipeline import MANIFEST_NAME, Job, Parsed, discover, manifest_row, parse_files
from ingest.references import resolve_external
from ingest.report import FileReport, Outcome, Report

Progress = Callable[[str, int], "Step"]
"""Called with the name and length of a step; returns what is called with the number of units done."""
Step = Callable[[int], None]


def silent(_name: str, _length: int) -> Step:
    """Show no progress."""
    return lambda _done: None


@dataclass(frozen=True, slots=True)
class Order:
    """What to ingest and how; without a `manifest`, a folder's own manifest.tsv is used."""

    paths: Sequence[Path]
    manifest: Path | None = None
    allow_marked: bool = False
    workers: int | None = None


def ingest(home: Path, order: Order, progress: Progress = silent) -> Report:
    """Take files into the base in `home`, building it if need be, and bring references and index up to date.

    Raises InputError for a path or manifest that is wrong, StoreError when another process is writing. What is
    wrong with a single file stands in the report.
    """
    rows, notes = _manifests(order)
    jobs = [Job(path, name, manifest_row(rows, name), order.allow_marked) for path, name in discover(order.paths)]
    with Store.open(home, write=True) as store:
        step = progress("解析入库", len(jobs))
        reports = []
        for parsed in parse_files(jobs, order.workers):
            reports.append(_store(store, parsed))
            step(1)
        if any(report.outcome is Outcome.ADDED for report in reports):
            link(store, progress)
        if not is_current(home / INDEX_FOLDER, store.digest()):
            build_index(store, progress("建立索引", len(store.infos())))
        return Report(tuple(_with_unresolved(store, report) for report in reports), notes)


def _manifests(order: Order) -> tuple[dict[str, ManifestRow], tuple[str, ...]]:
    """Return the rows of the manifest given, else of the manifests in the folders, and what is odd about them."""
    folders = [path / MANIFEST_NAME for path in order.paths if (path / MANIFEST_NAME).is_file()]
    manifests = [read_manifest(path) for path in ([order.manifest] if order.manifest else folders)]
    rows = {name: row for manifest in manifests for name, row in manifest.items()}
    return rows, tuple(warning for manifest in manifests for warning in manifest.warnings)


def _store(store: Store, parsed: Parsed) -> FileReport:
    """Store one parsed file; a conflict or fault is reported and changes nothing."""
    edition, report = parsed.edition, parsed.report
    if edition is None:
        return report
    try:
        # A file that came with a manifest keeps its facts when it comes again without.
        stored = store.add(edition, report.to_json(), replace=parsed.listed)
    except ConflictError as error:
        return replace(report, outcome=Outcome.CONFLICT, refused=str(error))
    except DangguiError as error:
        return replace(report, outcome=Outcome.REFUSED, refused=str(error))
    return replace(report, outcome=Outcome.UNCHANGED if stored is Stored.UNCHANGED else Outcome.ADDED)


def link(store: Store, progress: Progress = silent) -> None:
    """Resolve the references between editions anew: what came in may answer what was open."""
    lookup = LookUp(store)
    shelf = _Shelf(lookup)
    step = progress("链接引用", len(lookup.infos))
    for edition_id in lookup.infos:
        edition = lookup.edition(edition_id)
        found = tuple(resolve_external(reference, shelf, edition.date) for reference in edition.references)
        if found != edition.references:
            store.set_references(edition_id, found)
        step(1)


class _Shelf:
    """Finds the text a reference means: the edition it names, else the one that counted on the citing text's day."""

    def __init__(self, lookup: LookUp) -> None:
        self._lookup = lookup

    def resolve(self, name: str) -> tuple[str, ...]:
        return self._lookup.titles.resolve(name)

    def edition(self, title: str, on: str) -> Edition | None:
        named = [info for info in self._lookup.editions_of(title) if on and info.date == on]
        span = days(on)
        day = date.today() if span == ANYTIME else span.last
        return self._lookup.edition((named or [self._lookup.choose(title, day)])[0].id)


def _with_unresolved(store: Store, report: FileReport) -> FileReport:
    """Return a report with the references that point nowhere, as they stand now."""
    if report.outcome not in (Outcome.ADDED, Outcome.UNCHANGED):
        return report
    references = store.references_from(store.find_bytes(report.sha256) or f"{report.title}@{report.edition}")
    open_ones = tuple(f"{one.words}：{one.reason}" for one in references if not one.target)
    return replace(report, references=len(references), unresolved=open_ones)
