"""Files to editions (入库流程): read, mark, structure, metadata, references; one file never stops the others.

Parsing runs in worker processes and is pure: bytes in, an edition and its report out. Storing is the caller's.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Generator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import DangguiError, InputError, RefusedError
from corpus.model import Edition, Kind, Source
from corpus.workers import WorkerPool
from ingest.discovery import readable
from ingest.document import Document
from ingest.manifest import ManifestRow, check_articles, merge
from ingest.marks import secrecy_mark
from ingest.metadata import Facts, read_metadata
from ingest.readers import read
from ingest.references import find_references
from ingest.report import FileReport, Outcome
from ingest.structure import Structure, parse
from ingest.title import stem_of

_SMALL = 1_000_000  # bytes; parsing less than this takes no longer than starting processes
_TROUBLES = {errno.EACCES: "没有读取权限", errno.ENOENT: "链接已失效", errno.ELOOP: "链接已失效"}
_CLOSING_UNITS = 4  # last provisions looked at for 落款 and entry into force


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file's outcome: its edition, or None with the reason in `report.refused`."""

    edition: Edition | None
    report: FileReport
    listed: bool = False  # a manifest names the file


@dataclass(frozen=True, slots=True)
class Job:
    """One file to parse: its path, the name to report it by, and its manifest row."""

    path: Path
    name: str
    row: ManifestRow | None = None
    allow_marked: bool = False


def parse_files(jobs: Sequence[Job], workers: int | None = None) -> Generator[Parsed]:
    """Yield the outcome of each job in order, parsed in `workers` processes.

    By default there is one process per core, and none besides this one for a small load.
    """
    workers = min(workers or _fitting_workers(jobs), len(jobs))
    if workers <= 1:
        yield from map(parse_file, jobs)
        return
    with WorkerPool(workers) as pool:
        futures = [pool.submit(parse_file, job) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:
                yield _refused(job, "解析这个文件时进程异常退出（可能是内存不足）；其余文件请重新导入")


def _fitting_workers(jobs: Sequence[Job]) -> int:
    return 1 if sum(_size(job.path) for job in jobs) < _SMALL else os.cpu_count() or 1


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # reported when it is read
        return 0


def parse_file(job: Job) -> Parsed:
    """Parse one file; what is wrong with it becomes the report's `refused`, never an exception."""
    parsed = _parsed(job)
    if readable(str(job.path)) == str(job.path):
        return parsed
    warning = f"文件名不是 UTF-8 编码，已读作“{job.name}”"
    return replace(parsed, report=replace(parsed.report, warnings=(warning, *parsed.report.warnings)))


def _parsed(job: Job) -> Parsed:
    try:
        return parse_bytes(_read_bytes(job.path), job)
    except DangguiError as error:
        return _refused(job, str(error))
    except OSError as error:
        return _refused(job, f"无法读取：{_TROUBLES.get(error.errno or 0) or error.strerror or error}")
    except Exception as error:  # a bug in a reader must name its file and spare the other files
        return _refused(job, f"解析出错（{type(error).__name__}：{error}）；请把这个文件报告给维护者")


def _read_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise InputError("没有进入这个文件夹：它打不开，或是指向别处的链接；请检查权限，或直接指定它所指的文件夹")
    if path.exists() and not path.is_file():
        raise InputError("不是普通文件（是管道、设备等），没有导入")
    return path.read_bytes()


def _refused(job: Job, reason: str) -> Parsed:
    return Parsed(None, FileReport(job.name, refused=reason))


def parse_bytes(data: bytes, job: Job) -> Parsed:
    """Return the edition that a file's bytes hold; raises InputError for a file that is not to be taken."""
    document = read(data, job.name)
    mark = secrecy_mark(document)
    if mark and not job.allow_marked:
        raise RefusedError(f"文件标有“{mark}”，涉密或内部文件不得入库；确需导入请由管理员使用 --allow-marked")
    structure = parse(document.blocks, job.name)
    if not structure.text:
        raise InputError(f"{job.name} 中没有文字")
    facts, conflicts = merge(_facts(structure, job.name), job.row)
    source = Source(Path(job.name).name, hashlib.sha256(data).hexdigest(), document.kind)
    bare = Edition(facts.title, facts.date, structure.text, structure.provisions, facts.metadata, source)
    edition = replace(bare, references=find_references(bare))
    noticed = (*_title_warning(job, structure), *_count_warning(job.row, structure))
    warnings = (*document.warnings, *facts.warnings, *conflicts, *noticed)
    report = replace(_report(job, document, structure, edition, mark, warnings), evidence=facts.evidence)
    return Parsed(edition, report, job.row is not None)


def _facts(structure: Structure, name: str) -> Facts:
    return read_metadata(structure.title, structure.header, structure.text, _closing(structure), name)


def _closing(structure: Structure) -> str:
    """Return the 落款 and the last units before it, where entry into force and signature stand."""
    units = [
        node for root in structure.provisions for node in root.walk() if node.kind in (Kind.ARTICLE, Kind.PARAGRAPH)
    ]
    start = units[-_CLOSING_UNITS].start if len(units) >= _CLOSING_UNITS else 0
    return structure.closing or structure.text[start:][-2000:]


def _title_warning(job: Job, structure: Structure) -> tuple[str, ...]:
    listed = job.row is not None and job.row.title
    titled = any(node.kind is Kind.TITLE for node in structure.provisions)
    named = structure.title == stem_of(job.name)
    return ("正文中没有标题，以文件名为标题",) if named and not titled and not listed else ()


def _count_warning(row: ManifestRow | None, structure: Structure) -> tuple[str, ...]:
    warning = check_articles(row, structure.findings.articles) if row else ""
    return (warning,) if warning else ()


def _report(
    job: Job, document: Document, structure: Structure, edition: Edition, mark: str, warnings: tuple[str, ...]
) -> FileReport:
    findings = structure.findings
    return FileReport(
        file=job.name,
        outcome=Outcome.ADDED,
        sha256=edition.source.sha256,
        kind=document.kind,
        title=edition.title,
        edition=edition.date,
        form=findings.form,
        articles=findings.articles,
        headings=findings.headings,
        provisions=findings.provisions,
        gaps=findings.gaps,
        duplicates=findings.duplicates,
        out_of_order=findings.out_of_order,
        references=len(edition.references),
        hidden=document.hidden,
        mark=mark,
        warnings=tuple(dict.fromkeys(warnings)),
    )
