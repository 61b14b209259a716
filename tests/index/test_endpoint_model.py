"""The embeddings endpoint against a real HTTP server on the loopback address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np
import pytest

from corpus.errors import InputError
from index.embedding import EmbeddingSettings, embedder_for

Answer = tuple[int, dict[str, str], object]  # status, headers, JSON or raw text
Respond = Callable[[int, dict[str, Any]], Answer]
BUSY: Answer = (503, {"Retry-After": "0"}, "starting")


class Seen(list[tuple[str, str, dict[str, Any]]]):
    """The requests that came in: path, Authorization, body."""


@contextmanager
def server(respond: Respond) -> Iterator[tuple[str, Seen]]:
    """Serve on a free port; `respond` gets the number of the request, from 0, and its body."""
    seen = Seen()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, content = respond(len(seen), body)
            seen.append((self.path, self.headers.get("Authorization", ""), body))
            data = (content if isinstance(content, str) else json.dumps(content)).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{httpd.server_address[1]}/v1", seen
        finally:
            httpd.shutdown()
            thread.join()


def lengths(_number: int, body: dict[str, Any]) -> Answer:
    """Answer with (length of the text, 1), the last text first."""
    rows = [{"index": place, "embedding": [len(text), 1.0]} for place, text in enumerate(body["input"])]
    return 200, {}, {"data": rows[::-1]}


def settings(url: str, **others: Any) -> EmbeddingSettings:  # noqa: ANN401
    return EmbeddingSettings(model="m", endpoint=url, key="k-1", **others)


def test_vectors_come_in_the_order_of_the_texts_and_of_unit_length() -> None:
    with server(lengths) as (url, seen):
        vectors = embedder_for(settings(url)).passages(["一二三", "", "一二三四"])
    expected = np.array([[3, 1], [0, 0], [4, 1]]) / np.array([[10**0.5], [1], [17**0.5]])
    assert np.allclose(vectors, expected, atol=1e-6)
    path, key, body = seen[-1]
    assert (path, key) == ("/v1/embeddings", "Bearer k-1")
    assert (body["model"], body["input"]) == ("m", ["一二三", "一二三四"])


def test_prompts_stand_before_questions_and_passages() -> None:
    with server(lengths) as (url, seen):
        model = embedder_for(settings(url, query_prompt="问：", passage_prompt="文："))
        model.queries(["甲"])
        model.passages(["乙"])
    assert [body["input"] for _, _, body in seen[1:]] == [["问：甲"], ["文：乙"]]


def test_many_texts_go_in_batches() -> None:
    with server(lengths) as (url, seen):
        vectors = embedder_for(settings(url)).passages(["字" * (1 + place % 5) for place in range(150)])
    assert [len(body["input"]) for _, _, body in seen[1:]] == [64, 64, 22]
    assert np.allclose(vectors[149], vectors[4])


def test_a_busy_server_is_asked_again() -> None:
    with server(lambda number, body: BUSY if number < 3 else lengths(number, body)) as (url, seen):
        assert embedder_for(settings(url)).dimension == 2
    assert len(seen) == 4


def test_a_server_that_stays_busy_is_given_up() -> None:
    answer: Answer = (429, {"Retry-After": "0"}, "slow down")
    with server(lambda *_: answer) as (url, seen), pytest.raises(InputError, match="繁忙或未就绪（HTTP 429）"):
        embedder_for(settings(url)).queries(["甲"])
    assert len(seen) == 5


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((401, {}, "no"), "密钥不对"),
        ((404, {}, "no"), "地址或模型名不对"),
        ((200, {}, "<html>"), "不是 JSON"),
        ((200, {}, {"data": []}), "没有 1 个向量"),
        ((200, {}, {"data": [{"index": 0, "embedding": "abc"}]}), "没有 1 个向量"),
        ((200, {}, {"data": [{"index": 0, "embedding": [float("nan")]}]}), "不是等长的数字"),
        ((200, {}, {"data": [{"index": 0, "embedding": []}]}), "不是等长的数字"),
    ],
)
def test_a_broken_answer_is_named_in_chinese_without_the_key(answer: Answer, message: str) -> None:
    with server(lambda *_: answer) as (url, _), pytest.raises(InputError, match=message) as caught:
        embedder_for(settings(url)).queries(["甲"])
    assert url in str(caught.value)
    assert "k-1" not in str(caught.value)


@pytest.mark.parametrize(("url", "model"), [("127.0.0.1:80", "m"), ("http://127.0.0.1", "")])
def test_an_endpoint_without_address_or_model_is_refused_at_once(url: str, model: str) -> None:
    with pytest.raises(InputError):
        embedder_for(EmbeddingSettings(model=model, endpoint=url))


def test_identity_follows_model_and_prompts_not_the_key() -> None:
    one = embedder_for(EmbeddingSettings("m", "http://h/v1", key="a")).identity
    assert one == embedder_for(EmbeddingSettings("m", "http://h/v1/", key="b")).identity
    assert one != embedder_for(EmbeddingSettings("n", "http://h/v1")).identity
    assert one != embedder_for(EmbeddingSettings("m", "http://h/v1", query_prompt="问：")).identity
