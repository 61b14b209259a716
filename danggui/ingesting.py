"""Files into the knowledge base (入库): parsed in parallel, stored one by one, linked, indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus.errors import ConflictError, DangguiError, InputError
from corpus.model import Edition
from corpus.store import Store
from corpus.stored import Outcome as Stored
from corpus.validity import ANYTIME, days
from danggui.indexing import build_index, is_index_current
from danggui.lookup import LookUp
from danggui.settings import read_settings
from ingest.discovery import Discovery, discover, readable
from ingest.matching import given_rows, listed, own_rows
from ingest.pipeline import Job, Parsed, parse_files
from ingest.references import resolve_external
from ingest.report import FileReport, Outcome, Report

Progress = Callable[[str, int], "Step"]
"""Called with the name and length of a step; returns what is called with the number of units done."""
Step = Callable[[int], None]

KINDS = "docx、pdf、html、txt、md"


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

    Raises InputError for a path or manifest that is wrong or when there is nothing to take, StoreError when another
    process is writing. What is wrong with a single file stands in the report.
    """
    found = discover(order.paths)
    if not found.files:
        raise InputError("；".join(_set_aside(found)) or f"没有可导入的文件（可导入 {KINDS}）")
    matched = given_rows(found, order.manifest) if order.manifest else own_rows(found)
    jobs = [Job(file.path, file.name, matched.rows.get(file.path), order.allow_marked) for file in found.files]
    with Store.open(home, write=True) as store:
        reports = _take_in(store, jobs, order.workers, progress("解析入库", len(jobs)))
        refresh(store, progress)
        files = tuple(_with_unresolved(store, report) for report in reports)
    return Report(files, (*matched.notes, *_set_aside(found)))


def _set_aside(found: Discovery) -> Iterator[str]:
    """Yield a sentence for each empty folder, and one on the files that are no documents."""
    for folder in found.empty:
        yield f"文件夹 {readable(str(folder))} 中没有可导入的文件（可导入 {KINDS}）"
    if found.left_out:
        yield f"另有 {len(found.left_out)} 个文件不是文档类文件，没有导入：{listed(found.left_out)}"


def _take_in(store: Store, jobs: Sequence[Job], workers: int | None, step: Step) -> list[FileReport]:
    reports = []
    with closing(parse_files(jobs, workers)) as outcomes:  # an interrupt ends the processes before the lock is let go
        for parsed in outcomes:
            reports.append(_store(store, parsed))
            step(1)
    return reports


def refresh(store: Store, progress: Progress = silent) -> None:
    """Link references and build the index anew where editions came or went since, in this run or one cut short."""
    if not store.is_linked:
        link(store, progress)
    settings = read_settings(store.home)
    if not is_index_current(store, settings):
        build_index(store, settings, progress("建立索引", len(store.infos())))


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
    except Exception as error:  # a bug must name its file and spare the other files
        fault = f"入库出错（{type(error).__name__}：{error}）；请把这个文件报告给维护者"
        return replace(report, outcome=Outcome.REFUSED, refused=fault)
    return replace(report, outcome=Outcome.UNCHANGED if stored is Stored.UNCHANGED else Outcome.ADDED)


def link(store: Store, progress: Progress = silent) -> None:
    """Resolve the references between editions anew: what came in may answer what was open."""
    lookup = LookUp(store)
    shelf = Shelf(lookup)
    step = progress("链接引用", len(lookup.infos))
    for info in lookup.infos.values():
        references = store.references_from(info.id)
        found = [resolve_external(reference, shelf, info.date) for reference in references]
        if found != references:
            store.set_references(info.id, found)
        step(1)
    store.mark_linked()


class Shelf:
    """Finds the text a reference means: the edition it names, else the one that counted on the citing text's day."""

    def __init__(self, lookup: LookUp) -> None:
        self._lookup = lookup

    def resolve(self, name: str) -> tuple[str, ...]:
        """Return the full titles a name can stand for."""
        return self._lookup.titles.resolve(name)

    def edition(self, title: str, on: str) -> Edition | None:
        """Return the edition of a full title that a date names or that counts on it, "" for today."""
        span = days(on)
        day = date.today() if span == ANYTIME else span.last
        named = on if any(on and info.date.startswith(on) for info in self._lookup.editions_of(title)) else ""
        return self._lookup.edition(self._lookup.choose(title, day, named).id)


def _with_unresolved(store: Store, report: FileReport) -> FileReport:
    """Return a report with the references that point nowhere, as they stand now."""
    if report.outcome not in (Outcome.ADDED, Outcome.UNCHANGED):
        return report
    references = store.references_from(store.find_bytes(report.sha256) or f"{report.title}@{report.edition}")
    open_ones = tuple(f"{one.words}：{one.reason}" for one in references if not one.target)
    return replace(report, references=len(references), unresolved=open_ones)
