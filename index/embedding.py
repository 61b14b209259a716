"""What turns texts into vectors (向量模型), whichever model a user has chosen.

The bundled model is the default; a sentence-transformers name or folder, or an endpoint of the OpenAI form, take its
place by setting. Vectors are rows of unit length, so a dot product is a cosine; a text without anything known is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]  # shape (n_texts, dimension), rows of unit length or zero

BUNDLED = Path(__file__).with_name("model")


class Embedder(Protocol):
    """A model that gives questions and passages vectors in one space; safe to share between threads."""

    @property
    def identity(self) -> str:
        """A name that changes whenever the vectors would; cheap, no model is loaded for it."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions, shape (n_texts, dimension)."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages, shape (n_texts, dimension)."""


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """Which model is used: by default the bundled one.

    `model` is a folder or a name on the hub, or, with `endpoint`, the name that is sent there. An `endpoint` is the
    address in front of ``/embeddings``, for example ``http://127.0.0.1:8080/v1``. The prompts stand before every
    question and passage. `timeout` is in seconds, for one request.
    """

    model: str = ""
    endpoint: str = ""
    key: str = ""
    query_prompt: str = ""
    passage_prompt: str = ""
    timeout: float = 60.0


def embedder_for(settings: EmbeddingSettings = EmbeddingSettings()) -> Embedder:
    """Return the model that the settings name; nothing is loaded or asked before the first text.

    Raises InputError for a folder that is missing or holds no model, and for an endpoint that is no address.
    """
    if settings.endpoint:
        from index.endpoint_model import EndpointModel

        return EndpointModel(settings)
    from index.static_model import StaticModel

    folder = Path(settings.model) if settings.model else BUNDLED
    if not (settings.query_prompt or settings.passage_prompt) and StaticModel.is_model(folder):
        return StaticModel(folder)
    from index.sentence_model import SentenceModel

    return SentenceModel(settings)


def unit_rows(vectors: npt.NDArray[np.floating]) -> Vectors:
    """Return the vectors scaled to length 1; what is zero, or not a number, becomes zero."""
    rows = np.nan_to_num(np.asarray(vectors, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled
