"""Everyday words stand for the terms of regulations, and the table is sound."""

from __future__ import annotations

import pytest

from index.synonyms import formal_terms, synonyms

QUESTIONS = [
    pytest.param("入党要哪些手续", ("发展党员", "申请入党"), id="everyday word"),
    pytest.param("申请入党要哪些手续", ("入党申请人", "发展党员"), id="the longest word counts"),
    pytest.param("收了红包和礼金怎么办", (), id="said already"),
    pytest.param("老婆孩子做生意", ("配偶", "经商办企业", "从事营利活动"), id="several"),
    pytest.param("党务公开的内容", (), id="formal question"),
    pytest.param("", (), id="nothing"),
]


@pytest.mark.parametrize(("question", "terms"), QUESTIONS)
def test_formal_terms(question: str, terms: tuple[str, ...]) -> None:
    assert formal_terms(question) == terms


def test_the_table_gives_each_word_terms_other_than_itself() -> None:
    assert len(synonyms()) > 70
    for word, terms in synonyms().items():
        assert terms
        assert word not in terms
        assert len(set(terms)) == len(terms)
        assert all(term.strip() == term for term in (word, *terms))
