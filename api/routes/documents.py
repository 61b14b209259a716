"""Documents into the base and out of it (文件入库、移除), as jobs that are followed by their id."""

from __future__ import annotations

from typing import Annotated

from anyio import move_on_after, sleep
from anyio.to_thread import run_sync
from fastapi import APIRouter, File, Path, Query, Response, UploadFile

from api.models import DocumentOut, JobOut
from api.problems import ProblemError
from api.service import ADMIN, READ, WRITE, Here, reply
from danggui.removing import removal

router = APIRouter(prefix="/api/v1", tags=["文件"])

_PAUSE = 0.1  # seconds between two looks at a job that is waited for


@router.post("/documents", summary="上传文件入库", status_code=202, response_model=JobOut, dependencies=[WRITE])
def upload(
    files: Annotated[list[UploadFile], File(description="docx、pdf、html、txt、md 文件")], service: Here
) -> Response:
    """收下文件，排队入库；返回任务，用它的 id 查进度和入库报告。"""
    most = service.settings.max_files
    if len(files) > most:
        raise ProblemError(413, f"一次最多上传 {most} 个文件，这里有 {len(files)} 个；请分几次上传")
    job = service.jobs.ingest([(file.filename or "", file.file) for file in files])
    return reply(job.to_json(), 202)


@router.get("/documents", summary="列出文件", response_model=list[DocumentOut], dependencies=[READ])
def documents(service: Here) -> Response:
    """列出库中各版本所出的文件。"""
    with service.library.borrow() as base:
        infos = sorted(base.lookup.infos.values(), key=lambda info: (info.title, info.date))
    rows = [
        {
            "id": info.id,
            "title": info.title,
            "edition": info.date,
            "file": info.source.file,
            "kind": info.source.kind,
            "sha256": info.source.sha256,
            "ingested": info.source.ingested,
        }
        for info in infos
    ]
    return reply(rows)


@router.delete(
    "/documents/{edition_id:path}", summary="移除一个版本", status_code=202, response_model=JobOut, dependencies=[ADMIN]
)
def remove(
    edition_id: Annotated[str, Path(max_length=500, examples=["示例县考勤办法@2020-01-01"])], service: Here
) -> Response:
    """从知识库移除一个版本（标题@版本日期）；返回任务。"""
    found = removal(service.settings.home, edition_id)
    return reply(service.jobs.remove(found.info.id).to_json(), 202)


@router.get("/jobs", summary="列出任务", response_model=list[JobOut], dependencies=[READ])
def jobs(service: Here) -> Response:
    """列出入库和移除的任务，最近的在前。"""
    return reply([job.to_json() for job in service.jobs.all()])


@router.post("/jobs/{job_id}/cancel", summary="取消任务", response_model=JobOut, dependencies=[WRITE])
def cancel(job_id: Annotated[str, Path(max_length=100, examples=["5f0c6a1e9b7d4c32"])], service: Here) -> Response:
    """取消排队或进行中的任务，知识库保持完好；进行中的过一会儿才停。"""
    return reply(service.jobs.cancel(job_id).to_json())


@router.get("/jobs/{job_id}", summary="查任务", response_model=JobOut, dependencies=[READ])
async def job(
    job_id: Annotated[str, Path(max_length=100, examples=["5f0c6a1e9b7d4c32"])],
    service: Here,
    wait: Annotated[int, Query(ge=0, le=30, description="任务没有做完时，最多等几秒再回答")] = 0,
) -> Response:
    """查一个任务的进度和结果。"""
    found = await run_sync(service.jobs.find, job_id)
    with move_on_after(wait):
        while not found.is_over:
            await sleep(_PAUSE)
            found = await run_sync(service.jobs.find, job_id)
    return reply(found.to_json())
