"""How an index is built (索引设置): which model embeds, which store keeps the vectors."""

from __future__ import annotations

from dataclasses import dataclass

from index.embedding import EmbeddingSettings

STORES = ("faiss", "chroma", "none")


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """The default is the bundled model in FAISS; with the store "none" provisions are found by their words alone."""

    embedding: EmbeddingSettings = EmbeddingSettings()
    store: str = "faiss"
