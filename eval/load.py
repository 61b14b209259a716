"""The service under load (压力测试): many clients ask at once; how many answers a second, how late the latest.

Clients are threads with a connection of their own that ask one question after the other, each going through the
questions from another place. The machine is shared with the service, so its figures hold what asking costs as well.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from time import monotonic, perf_counter, sleep

from corpus.errors import InputError
from eval.bench_process import tree_memory
from eval.metrics import percentile

_ASK = "/api/v1/ask"
_READY = "/api/v1/ready"
_START = 120.0  # seconds that the service may take to be ready
_WATCH = 0.5  # seconds between two looks
_TIMEOUT = 60.0
_IN_A_ROW = 20  # times that the service must be ready: each answer may come from another of its processes


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: `clients` ask for `seconds`, of a service of `workers` processes."""

    clients: int = 16
    seconds: float = 60.0
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: `milliseconds` of every answer, `statuses` by HTTP status or error, `memory` in MB over time."""

    seconds: float
    milliseconds: tuple[float, ...]
    statuses: Counter[str]
    memory: tuple[float, ...]

    def to_json(self) -> dict[str, object]:
        """Return the figures."""
        times = {f"p{share}_ms": round(percentile(share / 100, self.milliseconds), 1) for share in (50, 95, 99)}
        tenth = max(len(self.memory) // 10, 1)
        return {
            "requests": len(self.milliseconds),
            "requests_per_second": round(len(self.milliseconds) / self.seconds, 1),
            **times,
            "errors": sum(count for status, count in self.statuses.items() if status != "200"),
            "statuses": dict(self.statuses),
            "memory_mb_first_tenth": round(sum(self.memory[:tenth]) / tenth, 1),
            "memory_mb_last_tenth": round(sum(self.memory[-tenth:]) / tenth, 1),
        }


def load(home: Path, questions: Sequence[str], plan: Plan) -> Load:
    """Start the service over a base, ask it the questions and stop it. Raises InputError when it does not start."""
    with _service(home, plan.workers) as (port, process):
        return _driven(port, process, questions, plan)


def _driven(port: int, process: int, questions: Sequence[str], plan: Plan) -> Load:
    times: list[list[float]] = [[] for _ in range(plan.clients)]
    statuses: list[Counter[str]] = [Counter() for _ in range(plan.clients)]
    began = perf_counter()
    end = began + plan.seconds
    clients = [
        Thread(target=_ask, args=(port, _turned(questions, number, plan.clients), end, times[number], statuses[number]))
        for number in range(plan.clients)
    ]
    memory: list[float] = []
    for client in clients:
        client.start()
    while any(client.is_alive() for client in clients):
        memory.append(tree_memory(process) / 1e6)
        sleep(_WATCH)
    spent = perf_counter() - began
    return Load(spent, tuple(t for each in times for t in each), sum(statuses, Counter()), tuple(memory))


def _turned(questions: Sequence[str], number: int, clients: int) -> list[str]:
    start = len(questions) * number // clients
    return [*questions[start:], *questions[:start]]


def _ask(port: int, questions: Sequence[str], end: float, times: list[float], statuses: Counter[str]) -> None:
    """Ask until the end; what goes wrong is counted by its name, on a new connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    asked = 0
    while perf_counter() < end:
        body = json.dumps({"question": questions[asked % len(questions)]}, ensure_ascii=False).encode()
        asked += 1
        began = perf_counter()
        try:
            connection.request("POST", _ASK, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            statuses[str(answer.status)] += 1
        except (OSError, HTTPException) as error:
            statuses[type(error).__name__] += 1
            connection.close()
        times.append((perf_counter() - began) * 1000)
    connection.close()


@contextmanager
def _service(home: Path, workers: int) -> Iterator[tuple[int, int]]:
    """Yield port and process of a service that is ready; it ends with the block."""
    port = _free_port()
    command = [sys.executable, "-c", "from danggui.cli import main; main()", "serve", "--home", str(home)]
    child = subprocess.Popen([*command, "--port", str(port), "--workers", str(workers)], stdout=subprocess.DEVNULL)
    try:
        _wait(port, child)
        yield port, child.pid
    finally:
        child.terminate()
        child.wait(30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, child: subprocess.Popen[bytes]) -> None:
    """Wait until the service is ready, as far as can be told from outside."""
    until, ready = monotonic() + _START, 0
    while ready < _IN_A_ROW:
        if child.poll() is not None or monotonic() > until:
            raise InputError("服务没有启动；请先运行 danggui serve 看它说什么")
        ready = ready + 1 if _is_ready(port) else 0
        if not ready:
            sleep(_WATCH)


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", _READY)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
