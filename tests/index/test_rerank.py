"""The learned ranker: trees read as written, contributions that add up, features that say what they say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.model import Edition
from index.build import build
from index.explain import LABELS
from index.features import Evidence
from index.rerank import Ranker, Tree, ranker
from index.search import Index, Stage
from index.settings import IndexSettings

MakeEdition = Callable[..., Edition]
# a ≤ 0.5 ? (b ≤ 2 ? 1 : 2) : 4
TREE = Tree((0, 1), (0.5, 2.0), (1, ~0), (~2, ~1), (1.0, 2.0, 4.0), (2.0, 1.5))
RULES = (
    "示例县公务接待管理办法",
    "第一条　为了规范公务接待，制定本办法。",
    "第二条　本办法所称公务接待，是指接待来县执行公务的人员。",
    "第三条　接待对象应当按照规定标准自行用餐。",
    "第四条　陪餐人数不得超过3人。",
    "第五条　违反本办法的，给予处分。",
    "第六条　本办法自2020年1月1日起施行。",
)


@pytest.fixture(scope="module")
def index(make_edition: MakeEdition, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("ranked")
    build(
        [make_edition(*RULES), make_edition("示例县党费管理办法", "第一条　党费按月交纳。", "第二条　党费公布。")],
        folder,
        "",
    )
    return Index.open(folder)


def evidence(*rows: tuple[float, float]) -> Evidence:
    values = np.array(rows, np.float32).T
    return Evidence(np.arange(len(rows), dtype=np.int32), ("a", "b"), np.ascontiguousarray(values))


def test_a_candidate_ends_in_the_leaf_that_its_features_lead_to() -> None:
    found = evidence((0.5, 2.0), (0.4, 2.1), (0.6, 0.0))
    assert Ranker(("a", "b"), (TREE,)).raw(found.values).tolist() == [1.0, 2.0, 4.0]
    assert Ranker(("a", "b"), (TREE, TREE)).raw(found.values).tolist() == [2.0, 4.0, 8.0]


def test_scores_lie_between_0_and_1_in_the_order_of_the_sums() -> None:
    scores = Ranker(("a", "b"), (TREE,), 2.0, -4.0).scores(evidence((0.5, 2.0), (0.4, 2.1), (0.6, 0.0)))
    assert scores == pytest.approx([1 / (1 + np.exp(2)), 0.5, 1 / (1 + np.exp(-4))])


def test_contributions_and_the_expected_value_add_up_to_the_sum() -> None:
    model = ranker(with_vectors=True)
    values = np.random.default_rng(0).random((len(model.names), 20)).astype(np.float32)
    expected = sum(tree.means[0] if tree.means else tree.values[0] for tree in model.trees)
    sums = [expected + sum(model.contributions(values[:, place].tolist()).values()) for place in range(20)]
    assert sums == pytest.approx(model.raw(values).tolist(), abs=1e-3)


@pytest.mark.parametrize("with_vectors", [True, False])
def test_the_shipped_rankers_are_whole_and_every_feature_has_a_name(with_vectors: bool) -> None:
    model = ranker(with_vectors)
    assert Ranker.from_json(json.loads(json.dumps(model.to_json()))) == model
    assert set(model.names) <= set(LABELS)
    assert ("cosine" in model.names) is with_vectors
    assert len(model.trees) > 50
    assert model.scale > 0


QUESTIONS = [
    pytest.param("什么是公务接待？", "art_2", id="definition"),
    pytest.param("陪餐最多几个人", "art_4", id="amount"),
    pytest.param("公务接待管理办法什么时候施行", "art_6", id="entry into force"),
    pytest.param("违反公务接待管理办法怎么处理", "art_5", id="sanction"),
]


@pytest.mark.parametrize(("question", "path"), QUESTIONS)
def test_the_kind_of_question_finds_its_article(index: Index, question: str, path: str) -> None:
    assert index.search(question, 1)[0].chunk.path == path


def test_an_explanation_belongs_to_each_hit_in_order(index: Index) -> None:
    hits, reasons = index.search("陪餐最多几个人", 3), index.explain("陪餐最多几个人", 3)
    assert [index.chunk(one.row) for one in reasons] == [hit.chunk for hit in hits]
    shown = reasons[0].to_json()
    assert json.loads(json.dumps(shown)) == shown
    assert reasons[0].lines()[0].startswith("+")
    assert index.explain("", 3) == []


def test_scores_fall_from_stage_to_stage_and_lie_within_0_and_1(index: Index) -> None:
    for stage in (Stage.FUSED, Stage.FINAL):
        scores = [hit.score for hit in index.search("公务接待用餐标准", 5, stage=stage)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_an_index_without_vectors_is_ranked_by_words(make_edition: MakeEdition, tmp_path: Path) -> None:
    build([make_edition(*RULES)], tmp_path, "", settings=IndexSettings(store="none"))
    words_only = Index.open(tmp_path)
    assert words_only.search("陪餐最多几个人", 1)[0].chunk.path == "art_4"
    assert words_only.search("陪餐", 3, stage=Stage.DENSE) == []
