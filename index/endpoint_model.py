"""An embeddings endpoint of the OpenAI form over HTTP (向量接口): ``POST …/embeddings`` with model and input.

The only place where texts leave this process, and only when an endpoint is configured. A server that is busy or
starting (429, 5xx, no connection) is asked again, after the time it names or after 1, 2, 4, 8 s.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import InputError
from index.embedding import EmbeddingSettings, Vectors, unit_rows

if TYPE_CHECKING:
    import httpx

_BATCH = 64  # texts a request
_TRIES = 5
_LONGEST_WAIT = 60.0  # seconds; a server that names more is not waited for longer
_CAUSES = {
    400: "接口不接受这些文字（模型名不对，或某段文字过长）",
    401: "密钥不对或缺密钥",
    403: "密钥无权使用该模型",
    404: "地址或模型名不对",
    413: "一批文字过多",
}


class EndpointModel:
    """A model behind an endpoint; nothing is asked before the first text."""

    def __init__(self, settings: EmbeddingSettings) -> None:
        """Remember the endpoint; raises InputError when it is no address or no model is named."""
        if not settings.endpoint.startswith(("http://", "https://")):
            raise InputError(f"向量接口的地址应以 http:// 或 https:// 开头：{settings.endpoint}")
        if not settings.model:
            raise InputError("使用向量接口时须给出模型名")
        self._settings = settings
        base = settings.endpoint.rstrip("/")
        self._url = base if base.endswith("/embeddings") else f"{base}/embeddings"

    @cached_property
    def identity(self) -> str:
        """Address, model and prompts; the key takes no part."""
        settings = self._settings
        parts = (self._url, settings.model, settings.query_prompt, settings.passage_prompt)
        return f"endpoint-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:16]}"

    @cached_property
    def dimension(self) -> int:
        """The length of a vector; asked of the endpoint once."""
        return len(self._asked(["向量"])[0])

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, shape (n_texts, dimension); raises InputError when there is no answer."""
        return self._vectors(texts, self._settings.query_prompt)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (n_texts, dimension); raises InputError when there is no answer."""
        return self._vectors(texts, self._settings.passage_prompt)

    def _vectors(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Return a vector for each text; empty ones are not sent, endpoints refuse them."""
        full = [place for place, text in enumerate(texts) if text.strip()]
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(full), _BATCH):
            places = full[start : start + _BATCH]
            rows = self._asked([prompt + texts[place] for place in places])
            if len(rows[0]) != vectors.shape[1]:
                raise self._error(f"向量的维数前后不一（{vectors.shape[1]}、{len(rows[0])}）")
            vectors[places] = rows
        return unit_rows(vectors)

    def _asked(self, texts: list[str]) -> Vectors:
        """Return the endpoint's vectors in the order of the texts."""
        body = self._answer({"model": self._settings.model, "input": texts, "encoding_format": "float"})
        try:
            rows = {int(row["index"]): row["embedding"] for row in body["data"]}
            vectors = np.array([rows[place] for place in range(len(texts))], dtype=np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise self._error(f"回答里没有 {len(texts)} 个向量（应有 data，每项有 index 和 embedding）") from error
        if vectors.ndim != 2 or not vectors.shape[1] or not np.isfinite(vectors).all():
            raise self._error("回答里的向量不是等长的数字")
        return vectors

    def _answer(self, body: dict[str, Any]) -> Any:  # noqa: ANN401 (JSON)
        """Return the endpoint's JSON, asking again while it is busy."""
        import httpx

        trouble: InputError | None = None
        for attempt in range(_TRIES):
            pause = 2.0**attempt
            try:
                response = self._client.post(self._url, json=body)
            except httpx.TimeoutException:
                trouble = self._error(f"{self._settings.timeout:g} 秒内没有回答")
            except httpx.HTTPError as error:
                trouble = self._error(f"连接失败（{type(error).__name__}）")
            else:
                if not _is_busy(response.status_code):
                    return self._json(response)
                trouble = self._error(f"接口一直繁忙或未就绪（HTTP {response.status_code}）")
                pause = _wait(response.headers.get("Retry-After", ""), pause)
            if attempt + 1 < _TRIES:
                time.sleep(min(pause, _LONGEST_WAIT))
        assert trouble is not None
        raise trouble

    def _json(self, response: httpx.Response) -> Any:  # noqa: ANN401 (JSON)
        if response.status_code != 200:
            cause = _CAUSES.get(response.status_code, "接口报错")
            raise self._error(f"{cause}（HTTP {response.status_code}：{' '.join(response.text.split())[:200]}）")
        try:
            return response.json()
        except ValueError as error:
            raise self._error("回答不是 JSON") from error

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        headers = {"Authorization": f"Bearer {self._settings.key}"} if self._settings.key else {}
        return httpx.Client(headers=headers, timeout=self._settings.timeout)

    def _error(self, cause: str) -> InputError:
        return InputError(
            f"向量接口 {self._url}（模型 {self._settings.model}）不能用：{cause}；请检查地址、模型名和密钥"
        )


def _is_busy(status: int) -> bool:
    return status == 429 or status >= 500


def _wait(named: str, otherwise: float) -> float:
    """Return the seconds of a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3)."""
    if named.strip().isdigit():
        return float(named)
    try:
        return max((parsedate_to_datetime(named) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return otherwise
