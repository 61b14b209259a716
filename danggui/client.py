"""A client of the HTTP service (客户端): the same values and errors as the library itself gives.

with Client("http://127.0.0.1:8000", key="dg_…") as client:
    print(client.ask("支部的党课多长时间要上一次？").answer)
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx

from answer.ask import Answer
from answer.quiz.model import QuizItem, read_item
from answer.support import Status
from answer.verify import State, Verification
from corpus.errors import ConflictError, DangguiError, InputError, NotFoundError, StoreError
from corpus.hit import Hit

_ERRORS: Mapping[int, type[DangguiError]] = {404: NotFoundError, 409: ConflictError, 503: StoreError}
_WAIT = 5  # seconds that the service is asked to wait for a job's end
_OVER = ("done", "failed", "cancelled")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which editions may be found; see the options of `danggui search`."""

    as_of: date | None = None
    all_editions: bool = False
    level: str = ""
    region: str = ""
    title: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the fields of a request, those left alone not among them."""
        named = {"level": self.level, "region": self.region, "title": self.title}
        found: dict[str, Any] = {name: value for name, value in named.items() if value}
        if self.as_of:
            found["as_of"] = self.as_of.isoformat()
        return {**found, "all_editions": True} if self.all_editions else found


EVERYTHING = Narrowed()


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One edition, as `danggui list` shows it."""

    title: str
    edition: str
    status: str
    level: str
    issuer: str
    effective: str
    articles: int
    provisions: int
    file: str

    @property
    def id(self) -> str:
        """The edition's identifier."""
        return f"{self.title}@{self.edition}"


@dataclass(frozen=True, slots=True)
class Job:
    """A change of the base under way or over; see `api.models.JobOut`."""

    id: str
    kind: str
    what: tuple[str, ...]
    state: str
    step: str
    done: int
    total: int
    report: dict[str, Any] | None
    error: str

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in _OVER


class Client(AbstractContextManager["Client"]):
    """A connection to a running service.

    Every method raises NotFoundError, ConflictError, InputError (also for a key that is wrong or missing) or StoreError
    (the service is not ready) with the service's own sentence, DangguiError when it cannot be reached.
    """

    def __init__(self, url: str, key: str = "", timeout: float = 30) -> None:
        """Take the service's address, without /api/v1, a key where it wants one, and seconds to wait for an answer."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=f"{url.rstrip('/')}/api/v1", headers=headers, timeout=timeout)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def ask(
        self, question: str, scope: Narrowed = EVERYTHING, llm: bool | None = None, conversation: str = ""
    ) -> Answer:
        """Return the answer to a question; with `llm` None a language model helps where the service has one.

        A question that follows on another (那预备党员呢？) is understood from the last one of its `conversation`.
        """
        body = {"question": question, "llm": llm, "conversation": conversation, **scope.to_json()}
        return _answer(self._json("POST", "/ask", json=body))

    def stream(
        self, question: str, scope: Narrowed = EVERYTHING, llm: bool | None = None
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the events of an answer, (name, data) each, as they come."""
        body = {"question": question, "llm": llm, **scope.to_json()}
        try:
            with self._http.stream("POST", "/ask/stream", json=body) as response:
                if response.is_error:
                    response.read()
                    raise _error(response)
                yield from _events(response.iter_lines())
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error

    def search(self, question: str, k: int = 10, scope: Narrowed = EVERYTHING) -> list[Hit]:
        """Return the k best provisions for a question."""
        found = self._json("GET", "/search", params={"q": question, "k": k, **scope.to_json()})
        return [_hit(one) for one in found]

    def show(self, citation: str, as_of: date | None = None) -> Hit:
        """Return the provision that a citation names."""
        return _hit(self._json("GET", "/provisions", params={"citation": citation, **_on(as_of)}))

    def verify_citation(self, citation: str, quote: str = "", as_of: date | None = None) -> Verification:
        """Return whether a citation stands, and the words quoted from it."""
        body = {"citation": citation, "quote": quote, **_on(as_of)}
        return _verification(self._json("POST", "/verify-citation", json=body))

    def provision(self, provision_id: str, as_of: date | None = None) -> Hit:
        """Return the provision, or edition, of an identifier."""
        return _hit(self._json("GET", f"/provisions/{quote(provision_id)}", params=_on(as_of)))

    def editions(self, as_of: date | None = None) -> list[EditionRow]:
        """Return all editions."""
        return [_made(EditionRow, one) for one in self._json("GET", "/editions", params=_on(as_of))]

    def edition(self, edition_id: str, as_of: date | None = None) -> dict[str, Any]:
        """Return an edition's facts, tree and text as JSON."""
        found: dict[str, Any] = self._json("GET", f"/editions/{quote(edition_id)}", params=_on(as_of))
        return found

    def diff(self, title: str, old: str = "", new: str = "") -> dict[str, Any]:
        """Return two editions of a work side by side as JSON; by default the present one and the one before."""
        found: dict[str, Any] = self._json("GET", "/diff", params={"title": title, "old": old, "new": new})
        return found

    def relations(self, citation: str, as_of: date | None = None) -> dict[str, Any]:
        """Return what stands above and below a work or clause."""
        found: dict[str, Any] = self._json("GET", "/relations", params={"citation": citation, **_on(as_of)})
        return found

    def radar(self, as_of: date | None = None, *, everything: bool = False) -> list[dict[str, Any]]:
        """Return the local texts, or all, of which something above was changed after their own day."""
        found: list[dict[str, Any]] = self._json("GET", "/radar", params={"all": everything, **_on(as_of)})
        return found

    def quiz(
        self, topic: str, count: int = 20, kinds: Sequence[str] = (), seed: int = 0, as_of: date | None = None
    ) -> list[QuizItem]:
        """Return the items of a quiz on a regulation, a part of one or a theme; without `kinds` of every kind."""
        body = {"topic": topic, "count": count, "seed": seed, **({"kinds": list(kinds)} if kinds else {}), **_on(as_of)}
        return [read_item(one) for one in self._json("POST", "/quizzes", json=body)["items"]]

    def quiz_check(self, path: Path, columns: Sequence[str] = (), as_of: date | None = None) -> dict[str, Any]:
        """Return what is found of the keys of a question bank; `columns` put right what was guessed (题干=B)."""
        files = {"file": (path.name, path.read_bytes())}
        params = {"column": list(columns), **_on(as_of)}
        found: dict[str, Any] = self._json("POST", "/quiz-checks", files=files, params=params)
        return found

    def check(self, path: Path, as_of: date | None = None) -> dict[str, Any]:
        """Return the review of a document."""
        files = {"file": (path.name, path.read_bytes())}
        found: dict[str, Any] = self._json("POST", "/check", files=files, params=_on(as_of))
        return found

    def lesson(self, topic: str, minutes: int = 60, as_of: date | None = None) -> dict[str, Any]:
        """Return the outline of a party lesson of 30, 60 or 90 minutes."""
        params = {"topic": topic, "minutes": minutes, **_on(as_of)}
        found: dict[str, Any] = self._json("GET", "/lessons", params=params)
        return found

    def duties(self, topic: str = "", organ: str = "", as_of: date | None = None) -> list[dict[str, Any]]:
        """Return the duties that a topic sets, an organ has, or both."""
        params = {"topic": topic, "organ": organ, **_on(as_of)}
        found: list[dict[str, Any]] = self._json("GET", "/duties", params=params)["duties"]
        return found

    def glossary(self, topic: str = "", as_of: date | None = None) -> list[dict[str, Any]]:
        """Return the terms of a topic, by default of the whole base, with definition and source."""
        found: list[dict[str, Any]] = self._json("GET", "/glossary", params={"topic": topic, **_on(as_of)})["terms"]
        return found

    def upload(self, paths: Sequence[Path]) -> Job:
        """Send files to be ingested and return the job; `wait` tells its end."""
        files = [("files", (path.name, path.read_bytes())) for path in paths]
        return _job(self._json("POST", "/documents", files=files))

    def remove(self, edition_id: str) -> Job:
        """Have an edition removed and return the job."""
        return _job(self._json("DELETE", f"/documents/{quote(edition_id)}"))

    def job(self, job_id: str, wait: int = 0) -> Job:
        """Return how far a job is, once it is over or after `wait` seconds."""
        return _job(self._json("GET", f"/jobs/{quote(job_id)}", params={"wait": wait}))

    def cancel(self, job: Job) -> Job:
        """Have a job given up and return how far it is; one under way stops a little later."""
        return _job(self._json("POST", f"/jobs/{quote(job.id)}/cancel"))

    def wait(self, job: Job, timeout: float = 600) -> Job:
        """Return a job once it is over. Raises DangguiError when it failed or `timeout` seconds were not enough."""
        end = time.monotonic() + timeout
        while not (job := self.job(job.id, _WAIT)).is_over:
            if time.monotonic() > end:
                raise DangguiError(f"任务 {job.id} 在 {timeout:g} 秒内没有做完（{job.step}）；可以稍后再查")
        if job.state in ("failed", "cancelled"):
            raise DangguiError(job.error or f"任务 {job.id} 已取消")
        return job

    def is_ready(self) -> bool:
        """Tell whether questions can be answered yet."""
        return self._send("GET", "/ready").is_success

    def wait_ready(self, timeout: float = 60, pause: float = 0.1) -> None:
        """Return once questions can be answered. Raises DangguiError when `timeout` seconds were not enough."""
        end = time.monotonic() + timeout
        while not self._is_up():
            if time.monotonic() > end:
                raise DangguiError(f"服务 {self._http.base_url} 在 {timeout:g} 秒内没有就绪；请查看服务端的输出")
            time.sleep(pause)

    def _is_up(self) -> bool:
        """Tell whether the service can be reached and is ready."""
        try:
            return self._http.get("/ready").is_success
        except httpx.TransportError:
            return False

    def _json(self, method: str, path: str, **extra: Any) -> Any:  # noqa: ANN401 (JSON)
        response = self._send(method, path, **extra)
        if response.is_error:
            raise _error(response)
        return response.json()

    def _send(self, method: str, path: str, **extra: Any) -> httpx.Response:  # noqa: ANN401 (httpx's own options)
        try:
            return self._http.request(method, path, **extra)
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error

    def _unreachable(self, error: httpx.HTTPError) -> DangguiError:
        return DangguiError(f"连不上服务 {self._http.base_url}（{error}）；请检查地址，或先运行 danggui serve")


def _error(response: httpx.Response) -> DangguiError:
    """Return the error of the house that a problem stands for."""
    try:
        detail = str(response.json()["detail"])
    except (ValueError, KeyError, TypeError):
        detail = f"服务回答了 {response.status_code}，内容读不懂；请检查地址是不是党规服务"
    fallback = InputError if response.is_client_error else DangguiError
    return _ERRORS.get(response.status_code, fallback)(detail)


def _events(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def _on(day: date | None) -> dict[str, str]:
    return {"as_of": day.isoformat()} if day else {}


def _hit(row: Mapping[str, Any]) -> Hit:
    marks = tuple((start, end) for start, end in row.get("marks", ()))
    return _made(Hit, {**row, "headings": tuple(row["headings"]), "marks": marks})


def _answer(row: Mapping[str, Any]) -> Answer:
    citations = tuple(_hit(one) for one in row["citations"])
    states = tuple(one["state"] for one in row["citations"])
    return Answer(
        row["question"], row["as_of"], Status(row["status"]), row["answer"], citations, tuple(row["notes"]), states
    )


def _verification(row: Mapping[str, Any]) -> Verification:
    return Verification(
        row["citation"],
        State(row["state"]),
        row["message"],
        _hit(row["hit"]) if row["hit"] else None,
        row["range"],
        _hit(row["successor"]) if row["successor"] else None,
        tuple((op, stored, quoted) for op, stored, quoted in row["diff"]),
        tuple(_hit(one) for one in row["elsewhere"]),
    )


def _job(row: Mapping[str, Any]) -> Job:
    return _made(Job, {**row, "what": tuple(row["what"])})


def _made(kind: type[Value], row: Mapping[str, Any]) -> Value:
    """Return a value from a JSON object, of which a newer service may send more than is known here."""
    return kind(**{one.name: row[one.name] for one in fields(kind)})  # type: ignore[arg-type]
