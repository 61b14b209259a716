"""Our base inside a llama-index application: retriever and node parser under a query engine of its own."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import Document, MetadataMode, NodeRelationship

from danggui.base import KnowledgeBase, Scope
from danggui.llama import DangguiRetriever, ProvisionNodeParser

TODAY = date(2026, 11, 1)
QUESTION = "党支部多久安排一次党课"
CLAUSE = "示例县党支部“三会一课”实施细则@2023-05-12/art_11"
RULES = """示例县会议办法
（2020年1月2日中共示例县委印发）
第一章　总则
第一条　会议从简。
第二条　有下列情形之一的，不得召开会议：
（一）可以用电话解决的；
（二）没有准备好的。
前款规定由办公室解释。
第二章　附则
第三条　本办法自印发之日起施行。
"""
REPORT = """示例县工作报告
一、抓实组织建设
全年选派45名机关干部。
（一）建好阵地
改造场所27个。
"""


def test_a_query_engine_answers_from_our_provisions(sample_home: Path) -> None:
    retriever = DangguiRetriever(sample_home, k=3, as_of=TODAY)
    response = RetrieverQueryEngine.from_args(retriever, llm=MockLLM()).query(QUESTION)
    with KnowledgeBase(sample_home) as base:
        hits = base.search(QUESTION, 3, Scope(TODAY))
    assert [node.node_id for node in response.source_nodes] == [hit.id for hit in hits]
    assert [node.text for node in response.source_nodes] == [hit.quote for hit in hits]
    assert [node.score for node in response.source_nodes] == [hit.score for hit in hits]
    assert hits[0].id == CLAUSE
    assert f"label: {hits[0].label}\n" in str(response)  # MockLLM gives the prompt back
    assert hits[0].quote in str(response)
    retriever.close()


def test_nodes_say_where_they_stand_and_filters_hold(sample_home: Path) -> None:
    retriever = DangguiRetriever(str(sample_home), k=2, as_of=date(2022, 1, 1), title="示例县党支部“三会一课”实施细则")
    first, second = retriever.retrieve("党课多久一次")
    assert {first.metadata["edition"], second.metadata["edition"]} == {"2019-06-18"}
    assert first.metadata == {
        "id": "示例县党支部“三会一课”实施细则@2019-06-18/art_9",
        "title": "示例县党支部“三会一课”实施细则",
        "edition": "2019-06-18",
        "status": "in_force",
        "label": "《示例县党支部“三会一课”实施细则》第九条",
        "headings": "第二章 会议和党课",
        "start": first.metadata["start"],
        "end": first.metadata["end"],
    }
    with KnowledgeBase(sample_home) as base:
        edition = base.lookup.edition("示例县党支部“三会一课”实施细则@2019-06-18")
    assert edition.text[first.metadata["start"] : first.metadata["end"]] == first.text
    retriever.close()


def test_a_document_is_parted_by_its_articles_and_none_is_cut() -> None:
    document = Document(text=RULES, metadata={"file_name": "会议.txt"})
    nodes = ProvisionNodeParser().get_nodes_from_documents([document])
    assert [(node.metadata["label"], node.metadata["path"], node.metadata["headings"]) for node in nodes] == [
        ("《示例县会议办法》第一条", "art_1", "第一章 总则"),
        ("《示例县会议办法》第二条", "art_2", "第一章 总则"),
        ("《示例县会议办法》第三条", "art_3", "第二章 附则"),
    ]
    assert nodes[1].get_content(MetadataMode.NONE).split("\n") == RULES.split("\n")[4:8]
    assert {node.metadata["file_name"] for node in nodes} == {"会议.txt"}
    assert {node.relationships[NodeRelationship.SOURCE].node_id for node in nodes} == {document.node_id}
    assert [node.node_id for node in nodes] == [f"{document.node_id}/art_{number}" for number in (1, 2, 3)]


def test_a_text_without_articles_is_parted_by_paragraphs() -> None:
    nodes = ProvisionNodeParser().get_nodes_from_documents([Document(text=REPORT)])
    assert [(node.get_content(MetadataMode.NONE), node.metadata["headings"]) for node in nodes] == [
        ("全年选派45名机关干部。", "一、 抓实组织建设"),
        ("改造场所27个。", "一、 抓实组织建设 > （一） 建好阵地"),
    ]
    assert {node.metadata["title"] for node in nodes} == {"示例县工作报告"}


@pytest.mark.parametrize("module", ["danggui.base", "danggui.cli", "danggui.llm"])
def test_llama_index_is_imported_by_those_who_use_it(module: str) -> None:
    code = f"import sys, {module}; print('llama_index' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
