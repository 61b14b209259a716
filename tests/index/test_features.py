"""What is said of a candidate: shares, runs, places and signs, worked out by hand on a small base."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from corpus.model import Edition
from index.build import build
from index.cues import KINDS, SIGNS, kinds_of
from index.explain import LABELS
from index.features import Evidence
from index.search import Index

MakeEdition = Callable[..., Edition]


@pytest.fixture(scope="module")
def index(make_edition: MakeEdition, tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    rules = make_edition(
        "示例县公务接待办法",
        "第一条　为了规范公务接待，制定本办法。",
        "第二条　本办法所称公务接待，是指对来访公务人员的接待。",
        "第三条　接待对象应当按照标准用餐，工作餐不得提供香烟。",
        "第四条　违反本办法的，责令退赔。",
    )
    dues = make_edition("示例县党费办法", "第一条　党员应当按月交纳党费。", "第二条　本办法自印发之日起施行。")
    build([rules, dues], folder, "")
    return Index.open(folder)


def of(index: Index, found: Evidence, title: str, path: str, name: str) -> float:
    (place,) = [
        place
        for place, row in enumerate(found.rows.tolist())
        if (index.chunk(row).title, index.chunk(row).path) == (title, path)
    ]
    return float(found.column(name)[place])


def test_shares_of_the_question_that_a_candidate_holds(index: Index) -> None:
    found = index.evidence("工作餐不得提供香烟")
    assert of(index, found, "示例县公务接待办法", "art_3", "bigrams_covered") == pytest.approx(1)
    assert of(index, found, "示例县公务接待办法", "art_3", "run_share") == pytest.approx(1)
    assert of(index, found, "示例县公务接待办法", "art_3", "run") == 8
    assert of(index, found, "示例县公务接待办法", "art_3", "words_missed") == 0
    assert of(index, found, "示例县公务接待办法", "art_3", "lexical_rank") == 0
    assert of(index, found, "示例县公务接待办法", "art_4", "characters_covered") == 0


def test_a_named_title_is_seen_and_unnamed_ones_are_told_from_no_name(index: Index) -> None:
    named = index.evidence("党费办法何时施行")
    assert of(index, named, "示例县党费办法", "art_2", "title_named") == 1
    assert of(index, named, "示例县公务接待办法", "art_1", "title_named") == 0
    assert set(index.evidence("何时施行").column("title_named")) == {0.5}


def test_places_and_signs_of_provisions(index: Index) -> None:
    found = index.evidence("公务接待是什么")
    places = [of(index, found, "示例县公务接待办法", f"art_{number}", "position") for number in (1, 2, 3, 4)]
    assert places == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert of(index, found, "示例县公务接待办法", "art_2", "holds_是指") == 1
    assert of(index, found, "示例县公务接待办法", "art_1", "holds_是指") == 0
    assert of(index, found, "示例县公务接待办法", "art_1", "holds_制定") == 1
    assert set(found.column("asks_meaning")) == {1.0}
    assert set(found.column("asks_sanction")) == {0.0}


def test_candidates_ascend_and_every_number_is_finite(index: Index) -> None:
    for question in ("党", "示例县公务接待办法", "啊" * 2000, "abc 党费 2020"):
        found = index.evidence(question)
        assert (np.diff(found.rows) > 0).all()
        assert np.isfinite(found.values).all()
        assert found.values.shape == (len(found.names), len(found.rows))


def test_the_kind_of_rule_is_read_from_the_question() -> None:
    asked = dict(zip(KINDS, kinds_of("未经批准用餐的，由哪个部门处罚？"), strict=True))
    assert (asked["who"], asked["sanction"], asked["meaning"], asked["amount"]) == (True, True, False, False)
    assert len(set(SIGNS)) == len(SIGNS) <= 64


def test_every_feature_has_a_chinese_name(index: Index) -> None:
    assert set(index.evidence("党费").names) <= set(LABELS)
