"""Our base inside a llama-index application (LlamaIndex 组件): a retriever, and a parser that never cuts a clause.

    retriever = DangguiRetriever("base", k=5)
    engine = RetrieverQueryEngine.from_args(retriever, llm=llm)

Nothing else imports this module, so that llama-index is loaded by those alone who use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import (
    BaseNode,
    MetadataMode,
    NodeRelationship,
    NodeWithScore,
    QueryBundle,
    TextNode,
)

from corpus.hit import Hit
from corpus.locate import Locator
from corpus.model import DIVISIONS, Edition, Kind, Provision
from danggui.base import KnowledgeBase, Scope
from ingest.clean import clean
from ingest.document import Block
from ingest.structure import parse

_UNSEARCHED = frozenset({Kind.TITLE, Kind.HEADER, Kind.CONTENTS, Kind.SIGNATURE})
_CONTAINERS = DIVISIONS | {Kind.HEADING, Kind.ANNEX, Kind.PREAMBLE}
_EXCLUDED = ["id", "status", "start", "end", "path"]  # metadata that neither a model nor an embedding reads


class DangguiRetriever(BaseRetriever):  # type: ignore[misc]  # llama-index is not followed by mypy
    """Finds provisions of a base as nodes: whole clauses with their label, edition and status.

    A node's `id_` is the provision's id, its text the words quoted, an exact slice of the edition at `start` to `end`.
    """

    def __init__(
        self,
        home: str | Path,
        k: int = 10,
        as_of: date | None = None,
        **filters: Any,  # noqa: ANN401
    ) -> None:
        """Open the base in `home`; `filters` are those of `Scope`: level, region, title, all_editions.

        Without `as_of` the law of the day of each question counts. Raises StoreError when there is no base.
        """
        super().__init__()
        self._base = KnowledgeBase(Path(home))
        self._k = k
        self._as_of = as_of
        self._filters = filters

    def close(self) -> None:
        """Close the base."""
        self._base.close()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        scope = Scope(self._as_of or date.today(), free=self._as_of is None, **self._filters)
        hits = self._base.search(query_bundle.query_str, self._k, scope)
        return [NodeWithScore(node=_hit_node(hit), score=hit.score) for hit in hits]


class ProvisionNodeParser(NodeParser):  # type: ignore[misc]
    """Parts documents by their provisions: a node for each article, or each paragraph of a text without articles.

    Every node is a slice of the clean text, `metadata` says its title, label, path and headings; no node is cut.
    """

    @classmethod
    def class_name(cls) -> str:
        """Return the name under which llama-index keeps it."""
        return "ProvisionNodeParser"

    def _parse_nodes(self, nodes: Sequence[BaseNode], show_progress: bool = False, **_: Any) -> list[BaseNode]:  # noqa: ANN401
        return [node for document in nodes for node in _document_nodes(document)]


def _hit_node(hit: Hit) -> TextNode:
    metadata = {
        "id": hit.id,
        "title": hit.title,
        "edition": hit.edition,
        "status": hit.status,
        "label": hit.label,
        "headings": " > ".join(hit.headings),
        "start": hit.start,
        "end": hit.end,
    }
    return _node(hit.id, hit.quote, metadata)


def _document_nodes(document: BaseNode) -> Iterator[TextNode]:
    text = document.get_content(MetadataMode.NONE)
    named = str(document.metadata.get("title") or document.metadata.get("file_name") or "无题")
    structure = parse([Block(clean(line)) for line in text.split("\n")], named)
    edition = Edition(structure.title, "", structure.text, structure.provisions)
    locator = Locator(edition)
    source = document.as_related_node_info()
    for provision in _units(edition.provisions):
        trail = locator.trail(provision.path)
        headed = [f"{node.label} {node.heading}".strip() for node in trail if node.kind in DIVISIONS | {Kind.HEADING}]
        metadata = {
            **document.metadata,
            "title": edition.title or named,
            "label": str(locator.cite(provision.path)),
            "path": provision.path,
            "headings": " > ".join(headed),
        }
        node = _node(f"{document.node_id}/{provision.path}", edition.slice(provision).rstrip(), metadata)
        node.relationships[NodeRelationship.SOURCE] = source
        yield node


def _units(provisions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield articles, and outside of them paragraphs and tables, each whole."""
    for provision in provisions:
        if provision.kind in _UNSEARCHED:
            continue
        if provision.kind in _CONTAINERS and provision.children:
            yield from _units(provision.children)
        else:
            yield provision


def _node(name: str, text: str, metadata: dict[str, Any]) -> TextNode:
    return TextNode(
        id_=name,
        text=text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(_EXCLUDED),
        excluded_llm_metadata_keys=list(_EXCLUDED),
    )
