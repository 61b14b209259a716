"""The application (应用): parts made from settings, routes, errors and guard put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from api import openapi, problems
from api.conversations import Conversations
from api.guard import Guard
from api.jobs import CHECKS, CHECKS_KEPT, Jobs
from api.keys import KeyRing
from api.library import Library
from api.metrics import Metrics
from api.page import errors
from api.page.files import Files
from api.page.routes import asking, checking, reading, searching, teaching
from api.page.routes import documents as library_pages
from api.page.routes import lessons as lesson_pages
from api.routes import answers, checks, dates, documents, lessons, quizzes, state, texts
from api.service import Service
from api.settings import ServiceSettings
from danggui.base import KnowledgeBase
from danggui.llm import read_language_settings

VERSION = "1"
_WAITING = 32  # threads where a language model is set up
_DESCRIPTION = (
    "每个答案都由库中真实存在的条款组成，取所问日期有效的版本，逐字引用；没有依据就直说。"
    "出错时一律回答 RFC 9457 的 application/problem+json，其中的 detail 说明出了什么错、怎样改正。"
)


def create_app(settings: ServiceSettings | None = None) -> FastAPI:
    """Return the application for a base, by default the one that the environment names (`ServiceSettings`)."""
    settings = settings or ServiceSettings.from_environment()
    service = _service(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _threads(settings)
        service.library.start()
        service.jobs.start()
        service.checks.start()
        yield
        service.checks.stop()
        service.jobs.stop()
        service.library.stop()

    app = FastAPI(
        title="党规知识库",
        version=VERSION,
        description=_DESCRIPTION,
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # these pages would fetch their scripts from the network
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.service = service
    app.openapi = partial(_described, app)  # type: ignore[method-assign]
    problems.install(app)
    for module in (
        answers,
        dates,
        texts,
        checks,
        quizzes,
        lessons,
        documents,
        state,
    ):  # dates of editions before editions of any id
        app.include_router(module.router)
    for module in (asking, reading, searching, checking, teaching, lesson_pages, library_pages):
        app.include_router(module.router)
    app.mount("/static", Files())
    errors.install(app)
    app.add_middleware(Guard, settings=settings, metrics=service.metrics)
    return app


def _threads(settings: ServiceSettings) -> int:
    """Return how many questions are worked on at a time: many more where they wait for a language model."""
    return max(settings.worker_threads, _WAITING) if read_language_settings(settings.home) else settings.worker_threads


def _service(settings: ServiceSettings) -> Service:
    metrics = Metrics()

    def loaded(base: KnowledgeBase, former: str) -> None:
        metrics.loaded(base.index.manifest.generation, former)

    library = Library(settings.home, settings.watch, loaded)
    jobs = Jobs(settings.home, settings.max_jobs, library.catch_up)
    checks = Jobs(settings.home, settings.max_jobs, name=CHECKS, kept=CHECKS_KEPT)
    return Service(settings, library, KeyRing(settings.home), jobs, checks, Conversations(settings.home), metrics)


def _described(app: FastAPI) -> dict[str, object]:
    app.openapi_schema = app.openapi_schema or openapi.describe(app)
    return app.openapi_schema
