"""审: a document checked; nothing of it goes into the base, and what was found is deleted after an hour or at once."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Path, Query, Response, UploadFile

from api.job_process import WORD_FILE
from api.jobs import CHECKS_KEPT, Job, Phase
from api.page import review
from api.page.access import READ, go, read_day
from api.page.files import attached
from api.page.views import page
from api.problems import ProblemError
from api.service import Here
from corpus.errors import NotFoundError
from corpus.store import FILE_NAME

router = APIRouter(include_in_schema=False, dependencies=[READ])

_GONE = "没有这份审查结果：留够 {minutes} 分钟就自动删除，或者已经有人删了；请重新送审"
JobId = Annotated[str, Path(max_length=100)]
Value = Annotated[str, Query(max_length=20)]


@router.get("/check")
def begin(service: Here) -> Response:
    """Show where a document is handed in."""
    if not (service.settings.home / FILE_NAME).exists():
        return page("empty.html", view="check")
    return _form(service)


@router.post("/check")
def hand_in(
    file: Annotated[UploadFile, File()], service: Here, as_of: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """Take a document to be checked and show how far that is."""
    if not file.filename:
        raise ProblemError(422, "没有选文件；请先选一个文件再送审")
    if as_of:
        read_day(as_of)
    return go(f"/check/{service.checks.check(file.filename, file.file, as_of).id}")


@router.get("/check/{job_id}")
def checked(job_id: JobId, service: Here, severity: Value = "", kind: Value = "") -> Response:
    """Show how far a check is, or what it found, narrowed to a severity and a kind."""
    job = _job(service, job_id)
    if job.state is not Phase.DONE:
        return page("checking.html", view="check", job=job) if not job.is_over else _form(service, job)
    found, chosen = _report(job), {"severity": severity, "kind": kind}
    shown = review.notes(found["review"], chosen)
    return page(
        "review.html",
        view="check",
        job=job,
        report=found,
        names=review.FACETS,
        facets=review.facets(found["review"], chosen, f"/check/{job.id}"),
        notes=shown,
        text=review.text(found["paragraphs"], shown),
        mark_words=review.mark_words,
        minutes=CHECKS_KEPT // 60,
    )


@router.post("/check/{job_id}/delete")
def delete(job_id: JobId, service: Here) -> Response:
    """Delete what was found, or give the check up."""
    service.checks.delete(_job(service, job_id).id)
    return go("/check")


@router.get("/check/{job_id}/report.json")
def as_json(job_id: JobId, service: Here) -> Response:
    """Send what was found as the interface gives it."""
    job = _job(service, job_id)
    body = json.dumps(_report(job)["review"], ensure_ascii=False, indent=1)
    return attached(body.encode("utf-8", "replace"), _name(job, "json"))


@router.get("/check/{job_id}/report.docx")
def as_word(job_id: JobId, service: Here) -> Response:
    """Send the Word report, with a comment at each finding."""
    job = _job(service, job_id)
    return attached(service.checks.file(job.id, WORD_FILE).read_bytes(), _name(job, "docx"))


def _form(service: Here, job: Job | None = None) -> Response:
    largest = service.settings.max_upload >> 20
    return page("check.html", view="check", job=job, minutes=CHECKS_KEPT // 60, largest=largest)


def _job(service: Here, job_id: str) -> Job:
    try:
        return service.checks.find(job_id)
    except NotFoundError as error:
        raise NotFoundError(_GONE.format(minutes=CHECKS_KEPT // 60)) from error


def _report(job: Job) -> dict[str, Any]:
    if job.report is None:
        raise NotFoundError(f"审查“{job.what[0]}”还没有做完，或没有做成；请回到“审”里看")
    return job.report


def _name(job: Job, ending: str) -> str:
    """Return the name under which a browser keeps a report."""
    return f"审查报告_{job.what[0].rpartition('.')[0] or job.what[0]}.{ending}"
