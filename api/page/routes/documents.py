"""库: the editions of the base, files into it and out of it, and how far that is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Path, Query, Response, UploadFile

from api.page.access import ADMIN, READ, WRITE, AsOf, go
from api.page.views import page
from api.problems import ProblemError
from api.service import Here
from corpus.store import FILE_NAME
from danggui.removing import removal

router = APIRouter(include_in_schema=False)

_JOBS = 5  # jobs shown beside the list
EditionName = Annotated[str, Query(max_length=500)]


@router.get("/documents", dependencies=[READ])
def documents(service: Here, on: AsOf, name: Annotated[str, Query(max_length=200)] = "") -> Response:
    """List the editions whose titles hold some words, and take files."""
    if not (service.settings.home / FILE_NAME).exists():
        return page("empty.html", view="documents")
    with service.library.borrow() as base:
        rows = [row for row in base.editions(on) if name in row.info.title]
    jobs = service.jobs.all()[:_JOBS]
    return page("documents.html", view="documents", as_of=on.isoformat(), rows=rows, name=name, jobs=jobs)


@router.post("/documents", dependencies=[WRITE])
def upload(files: Annotated[list[UploadFile], File()], service: Here) -> Response:
    """Take files to be ingested and show how far that is."""
    named = [(file.filename or "", file.file) for file in files if file.filename]
    most = service.settings.max_files
    if not named:
        raise ProblemError(422, "没有选文件；请先选一个或几个文件再上传")
    if len(named) > most:
        raise ProblemError(413, f"一次最多上传 {most} 个文件，这里有 {len(named)} 个；请分几次上传")
    return go(f"/jobs/{service.jobs.ingest(named).id}")


@router.get("/documents/remove", dependencies=[ADMIN])
def confirm(service: Here, id: EditionName) -> Response:
    """Ask whether an edition is really to be removed."""
    return page("confirm.html", view="documents", removal=removal(service.settings.home, id))


@router.post("/documents/remove", dependencies=[ADMIN])
def remove(service: Here, id: Annotated[str, Form(max_length=500)]) -> Response:
    """Remove an edition and show how far that is."""
    found = removal(service.settings.home, id)
    return go(f"/jobs/{service.jobs.remove(found.info.id).id}")


@router.post("/jobs/{job_id}/cancel", dependencies=[WRITE])
def cancel(job_id: Annotated[str, Path(max_length=100)], service: Here) -> Response:
    """Give a job up and show what became of it."""
    return go(f"/jobs/{service.jobs.cancel(job_id).id}")


@router.get("/jobs/{job_id}", dependencies=[READ])
def job(job_id: Annotated[str, Path(max_length=100)], service: Here) -> Response:
    """Show how far a job is and what came of it; the page renews itself until it is over."""
    return page("job.html", view="documents", job=service.jobs.find(job_id))
