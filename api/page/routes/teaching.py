"""讲: where lessons, duties and quizzes begin; a quiz answered here or taken away; nothing of the answers is kept."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from answer.items import KIND_WORDS, ItemKind
from answer.quiz.model import QuizItem
from api.page.access import READ, read_day
from api.page.files import attached
from api.page.grading import grade
from api.page.routes.lessons import ORGANS
from api.page.views import address_of, page
from api.problems import ProblemError
from api.service import Here
from corpus.store import FILE_NAME
from danggui import quiz_docx, quiz_files
from danggui.base import KnowledgeBase
from danggui.quizzes import Quiz, make_quiz

router = APIRouter(include_in_schema=False, dependencies=[READ])

COUNTS = (5, 10, 20, 50)
_MOST = 100
_SEEDS = 1_000_000
_NO_ITEMS = "“{topic}”里没有能出成题的条款；请换一个主题，或多选几种题型"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a quiz is asked for; the same is made again of the same, so that nothing of it is kept."""

    topic: str
    count: int
    kinds: tuple[ItemKind, ...]
    on: date
    seed: int

    def made(self, base: KnowledgeBase) -> Quiz:
        """Return the quiz. Raises NotFoundError, ProblemError where no item can be made."""
        quiz = make_quiz(base, self.topic, self.count, self.kinds, self.seed, self.on)
        if not quiz.items:
            raise ProblemError(404, _NO_ITEMS.format(topic=self.topic))
        return quiz

    def at(self, path: str) -> str:
        """Return the address of this quiz below a path."""
        fields = [("topic", self.topic), ("count", str(self.count)), *(("kinds", kind.value) for kind in self.kinds)]
        return address_of(path, [*fields, ("as_of", self.on.isoformat()), ("seed", str(self.seed))])


def wanted(
    topic: Annotated[str, Query(min_length=1, max_length=200)],
    count: Annotated[int, Query(ge=1, le=_MOST)] = 10,
    kinds: Annotated[list[ItemKind] | None, Query(max_length=10)] = None,
    as_of: Annotated[str, Query(max_length=10)] = "",
    seed: Annotated[int | None, Query(ge=0, lt=_SEEDS)] = None,
) -> Wanted:
    """Return the quiz that an address asks for; without a seed, any."""
    chosen = tuple(dict.fromkeys(kinds or ItemKind))
    return Wanted(
        " ".join(topic.split()), count, chosen, read_day(as_of), secrets.randbelow(_SEEDS) if seed is None else seed
    )


Asked = Annotated[Wanted, Depends(wanted)]


async def answers(request: Request) -> Mapping[int, Sequence[str]]:
    """Return the answers of a form by the item's number."""
    found: dict[int, list[str]] = defaultdict(list)
    for name, value in (await request.form(max_fields=_MOST * 10, max_files=0)).multi_items():
        if name.startswith("a") and name[1:].isascii() and name[1:].isdigit() and isinstance(value, str):
            found[int(name[1:])].append(value)
    return found


@router.get("/teach")
def begin(service: Here) -> Response:
    """Show where a lesson, a quiz and a table of duties begin."""
    if not (service.settings.home / FILE_NAME).exists():
        return page("empty.html", view="teach")
    with service.library.borrow() as base:
        titles = sorted({info.title for info in base.lookup.infos.values()})
    return page("teach.html", view="teach", titles=titles, kinds=KIND_WORDS, counts=COUNTS, organs=ORGANS)


@router.get("/teach/quiz")
def quiz(service: Here, asked: Asked) -> Response:
    """Show a quiz to be answered."""
    with service.library.borrow() as base:
        made = asked.made(base)
        generation = base.index.manifest.generation
    return page(
        "quiz.html",
        view="teach",
        quiz=asked,
        title=made.title,
        rows=grade(made.items, {}),
        score=None,
        generation=generation,
    )


@router.post("/teach/quiz")
def score(
    service: Here,
    asked: Asked,
    given: Annotated[Mapping[int, Sequence[str]], Depends(answers)],
    generation: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Show how many answers are right, and the clause behind each."""
    with service.library.borrow() as base:
        if generation != base.index.manifest.generation:
            raise ProblemError(409, "答题期间知识库有变动，题目可能已经不同；请重新出题")
        made = asked.made(base)
    rows = grade(made.items, given)
    marked = [row.right for row in rows if row.right is not None]
    return page(
        "quiz.html",
        view="teach",
        quiz=asked,
        title=made.title,
        rows=rows,
        score=(sum(marked), len(marked)),
        generation=generation,
    )


_WRITERS: Mapping[str, Callable[[Sequence[QuizItem], str], bytes]] = {
    "docx": quiz_docx.docx_of,
    "xlsx": lambda items, _title: quiz_files.xlsx_of(items),
    "csv": lambda items, _title: quiz_files.csv_of(items),
}


@router.get("/teach/quiz.{ending}")
def as_file(ending: Literal["docx", "xlsx", "csv"], service: Here, asked: Asked) -> Response:
    """Send a quiz as a paper with its key, or as a table."""
    with service.library.borrow() as base:
        made = asked.made(base)
    return attached(_WRITERS[ending](made.items, made.title), f"{made.title}测试题.{ending}")
