"""Quizzes (试题)."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Response

from answer.quiz.model import QuizKind
from api.models import QuizIn, QuizOut
from api.service import READ, Here, reply
from danggui.quizzes import make_quiz

router = APIRouter(prefix="/api/v1", tags=["试题"], dependencies=[READ])


@router.post("/quizzes", summary="出题", response_model=QuizOut)
def quizzes(body: QuizIn, service: Here) -> Response:
    """按一部法规、一章或一个主题出题，每题的答案都是条文中的一段；同一种子出同样的题。"""
    kinds = dict.fromkeys(QuizKind(kind) for kind in body.kinds)
    with service.library.borrow() as base:
        return reply(make_quiz(base, body.topic, body.count, kinds, body.seed, body.as_of or date.today()).to_json())
