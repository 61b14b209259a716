"""The systems that the benchmark sets side by side (对照系统), each behind the same two methods.

A peer gets an article as one string, title and text, and is set as its own documents say for Chinese, else left as it
comes; `settings` says which. Peers are imported when they are made, so that only those measured need be installed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from corpus.errors import InputError
from eval.bench_texts import Text, as_editions
from index.embedding import Embedder, embedder_for

Search = Callable[[str, int], list[int]]
"""From a query and k to the ids of the k best articles, best first."""

_HAN = r"[\u4e00-\u9fff]|[a-zA-Z0-9]+"  # each Chinese character a token


class System(Protocol):
    """A search system: `index` builds and saves, `open` loads what was saved, in another process, and searches."""

    settings: str

    def index(self, texts: Iterable[Text], folder: Path) -> None:
        """Index the texts and save the index in an empty folder."""

    def open(self, folder: Path) -> Search:
        """Load the index from a folder."""


class Danggui:
    """The index of this project, as `danggui search` uses it."""

    settings = "as shipped, every stage of `danggui search`; 2 processes for indexing"

    def index(self, texts: Iterable[Text], folder: Path) -> None:
        """Build a generation from editions made of the texts."""
        from index.build import build

        build(as_editions(texts), folder, "", workers=2)

    def open(self, folder: Path) -> Search:
        """Open the generation."""
        from index.search import Index

        index = Index.open(folder)
        return lambda query, k: [int(hit.chunk.article) for hit in index.search(query, k)]

    def open_within(self, folder: Path, editions: Callable[[], set[str]]) -> Search:
        """Open the generation for searches among some editions, chosen anew for every query."""
        from index.search import Index

        index = Index.open(folder)
        return lambda query, k: [int(hit.chunk.article) for hit in index.search(query, k, editions())]


class Txtai:
    """txtai's keyword index (BM25 in SQLite); its default model must be downloaded, so it cannot be measured."""

    settings = "Embeddings(keyword=True); tokens by Unicode word boundaries, as it comes (each Chinese character one)"

    def __init__(self) -> None:
        """Import txtai."""
        from txtai import Embeddings

        self._embeddings = Embeddings

    def index(self, texts: Iterable[Text], folder: Path) -> None:
        """Stream the texts in and save."""
        embeddings = self._embeddings(keyword=True)
        embeddings.index((text.id, _whole(text), None) for text in texts)
        embeddings.save(str(folder))

    def open(self, folder: Path) -> Search:
        """Load the saved index."""
        embeddings = self._embeddings()
        embeddings.load(str(folder))
        return lambda query, k: [int(place) for place, _ in embeddings.search(query, k)]


class Haystack:
    """haystack's InMemoryBM25Retriever over InMemoryDocumentStore."""

    settings = "InMemoryBM25Retriever, tokens as they come (each Chinese character one)"

    def __init__(self) -> None:
        """Import haystack."""
        from haystack import Document
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._document, self._store, self._retriever = Document, InMemoryDocumentStore, InMemoryBM25Retriever

    def index(self, texts: Iterable[Text], folder: Path) -> None:
        """Write the texts into the store and save it."""
        store = self._store()
        store.write_documents([self._document(id=str(text.id), content=_whole(text)) for text in texts])
        store.save_to_disk(str(folder / "store.json"))

    def open(self, folder: Path) -> Search:
        """Load the store; its retriever counts the tokens again."""
        retriever = self._retriever(self._store.load_from_disk(str(folder / "store.json")))
        return lambda query, k: [int(one.id) for one in retriever.run(query=query, top_k=k)["documents"]]


class LlamaIndex:
    """llama-index's default retriever: VectorStoreIndex over its own SimpleVectorStore."""

    def __init__(self) -> None:
        """Import llama-index."""
        from llama_index.core import StorageContext, VectorStoreIndex, load_index_from_storage
        from llama_index.core.schema import TextNode

        self._index, self._node, self._storage = VectorStoreIndex, TextNode, StorageContext
        self._load = load_index_from_storage
        model = embedder_for()
        self.settings = (
            f"VectorStoreIndex.as_retriever(), SimpleVectorStore; the embedding that danggui bundles ({model.identity})"
        )
        self._embedding = _llama_index_embedding(model)

    def index(self, texts: Iterable[Text], folder: Path) -> None:
        """Embed the texts as nodes and save."""
        nodes = [self._node(id_=str(text.id), text=_whole(text)) for text in texts]
        index = self._index(nodes, embed_model=self._embedding)
        index.storage_context.persist(str(folder))

    def open(self, folder: Path) -> Search:
        """Load the saved index."""
        storage = self._storage.from_defaults(persist_dir=str(folder))
        index = self._load(storage, embed_model=self._embedding)

        def search(query: str, k: int) -> list[int]:
            return [int(hit.node.node_id) for hit in index.as_retriever(similarity_top_k=k).retrieve(query)]

        return search


class LlamaIndexBM25:
    """llama-index's BM25Retriever (bm25s)."""

    settings = "BM25Retriever, token_pattern: each Chinese character a token, skip_stemming (by default a line is one)"

    def __init__(self) -> None:
        """Import the retriever."""
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever

        self._retriever, self._node = BM25Retriever, TextNode

    def index(self, texts: Iterable[Text], folder: Path) -> None:
        """Index the texts as nodes and save."""
        nodes = [self._node(id_=str(text.id), text=_whole(text)) for text in texts]
        retriever = self._retriever.from_defaults(
            nodes=nodes, similarity_top_k=10, token_pattern=_HAN, skip_stemming=True
        )
        retriever.persist(str(folder))

    def open(self, folder: Path) -> Search:
        """Load the saved index."""
        retriever = self._retriever.from_persist_dir(str(folder))
        retriever.token_pattern, retriever.skip_stemming = _HAN, True  # it does not save them

        def search(query: str, k: int) -> list[int]:
            retriever.similarity_top_k = k
            return [int(hit.node.node_id) for hit in retriever.retrieve(query)]

        return search


_PACKAGES = MappingProxyType(
    {
        "danggui": "danggui",
        "txtai": "txtai",
        "haystack": "haystack-ai",
        "llama-index": "llama-index-core",
        "llama-index-bm25": "llama-index-retrievers-bm25",
    }
)
SYSTEMS: Mapping[str, Callable[[], System]] = MappingProxyType(
    {
        "danggui": Danggui,
        "txtai": Txtai,
        "haystack": Haystack,
        "llama-index": LlamaIndex,
        "llama-index-bm25": LlamaIndexBM25,
    }
)


def make(name: str) -> System:
    """Return a system by name. Raises InputError for an unknown name or one that is not installed."""
    if name not in SYSTEMS:
        raise InputError(f"没有名为 {name} 的系统；可选：{'、'.join(SYSTEMS)}")
    try:
        return SYSTEMS[name]()
    except ImportError as error:
        cure = "在项目文件夹运行 pip install --group bench"
        raise InputError(f"没有安装 {name}（{error.name}）；请{cure}，或用 --systems 略过它") from error


def version_of(name: str) -> str:
    """Return the installed version of a system, "" when it runs from a source tree."""
    try:
        return metadata.version(_PACKAGES[name])
    except metadata.PackageNotFoundError:
        return ""


def _whole(text: Text) -> str:
    return f"{text.title}\n{text.text}"


def _llama_index_embedding(model: Embedder) -> Any:  # noqa: ANN401 - its base class is untyped without the package
    from llama_index.core.embeddings import BaseEmbedding

    class Given(BaseEmbedding):  # type: ignore[misc]
        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            rows: list[list[float]] = model.passages(texts).tolist()
            return rows

        def _get_query_embedding(self, query: str) -> list[float]:
            row: list[float] = model.queries([query])[0].tolist()
            return row

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return Given(embed_batch_size=256)
