"""Quizzes, and question banks held against the base (试题、题库); nothing of a bank is stored."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Query, Response, UploadFile

from answer.items import ItemKind
from api.models import Day
from api.quiz_models import QuizCheckOut, QuizIn, QuizOut
from api.service import READ, Here, reply
from corpus.errors import InputError
from danggui.quiz_checking import check_bank, columns_of, read_keyed, report_of
from danggui.quizzes import make_quiz

router = APIRouter(prefix="/api/v1", tags=["试题"], dependencies=[READ])
_MOST_ITEMS = 200  # of one request: each takes up to half a second


@router.post("/quizzes", summary="出题", response_model=QuizOut)
def quizzes(body: QuizIn, service: Here) -> Response:
    """按一部法规、一章或一个主题出题，每题的答案都是条文中的一段；同一种子出同样的题。"""
    kinds = dict.fromkeys(ItemKind(kind) for kind in body.kinds)
    with service.library.borrow() as base:
        return reply(make_quiz(base, body.topic, body.count, kinds, body.seed, body.as_of or date.today()).to_json())


@router.post("/quiz-checks", summary="核对一份题库", response_model=QuizCheckOut, response_model_exclude_unset=True)
def quiz_checks(
    file: Annotated[UploadFile, File(description="xlsx、csv、docx、json、jsonl 文件，至多 200 题")],
    service: Here,
    column: Annotated[list[str] | None, Query(description="改正认错的列，如 题干=B；可多次给出")] = None,
    as_of: Annotated[Day | None, Query(description="以哪一天的效力为准，默认今天")] = None,
) -> Response:
    """逐题找出答案所据的条文：与条文不符、只合旧版、未找到依据、有据；文件不入库，也不留存。"""
    name = file.filename or "未命名.jsonl"
    bank = read_keyed(file.file.read(), name, columns_of(column or []))
    if len(bank.items) > _MOST_ITEMS:
        raise InputError(f"{name} 有 {len(bank.items)} 题，一次至多 {_MOST_ITEMS} 题；请拆分，或用 danggui quiz-check")
    with service.library.borrow() as base:
        return reply(report_of(bank, list(check_bank(base, bank.items, as_of or date.today()))))
