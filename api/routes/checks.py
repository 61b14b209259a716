"""Documents checked against the base (合规审查); nothing of them is stored."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Query, Response, UploadFile

from api.models import Day, ReviewOut
from api.service import READ, Here, reply
from danggui.checking import check_document

router = APIRouter(prefix="/api/v1", tags=["审查"], dependencies=[READ])


@router.post("/check", summary="审查一个文件", response_model=ReviewOut, response_model_exclude_unset=True)
def check(
    file: Annotated[UploadFile, File(description="docx、pdf、html、txt、md 文件")],
    service: Here,
    as_of: Annotated[Day | None, Query(description="以哪一天的效力为准；默认看成文日期和今天")] = None,
) -> Response:
    """审查一个文件的引用、引文、数字期限、体例、表述、依据和覆盖；文件不入库，也不留存。"""
    data = file.file.read()
    with service.library.borrow() as base:
        return reply(check_document(base, data, file.filename or "未命名.txt", as_of).to_json())
