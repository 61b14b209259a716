"""The normalisation of quotations: what counts as the same, and nothing more."""

from __future__ import annotations

import pytest

from corpus.folding import Folded, fold

TEXT = "第五条　党支部（含党总支）每季度召开一次“党员大会”，\n书记因故不能参加的，可以委托副书记主持。"


@pytest.mark.parametrize(
    ("quote", "slice_"),
    [
        ("每季度召开一次", "每季度召开一次"),
        ("党支部(含党总支)每季度 召开一次", "党支部（含党总支）每季度召开一次"),
        ("党支部〔含党总支〕每季度", "党支部（含党总支）每季度"),
        ('一次"党员大会",书记', "一次“党员大会”，\n书记"),
        ("「党员大会」", "“党员大会”"),
        ("每季度召开一次……可以委托副书记主持", "每季度召开一次“党员大会”，\n书记因故不能参加的，可以委托副书记主持"),
        ("每季度召开...书记因故", "每季度召开一次“党员大会”，\n书记因故"),
    ],
)
def test_a_quotation_is_found_and_sliced_as_stored(quote: str, slice_: str) -> None:
    span = Folded.of(TEXT).find(quote)
    assert span is not None
    assert TEXT[slice(*span)] == slice_


@pytest.mark.parametrize(
    "quote",
    [
        "每季度召开两次",
        "每季度召开一次党员大会",  # the quotation marks are the text's
        "每季度召开一次“党员大会”。",  # a full stop is no comma
        "可以委托副书记主持……每季度召开一次",  # parts in the wrong order
        "每季度……一次",  # too short to say which words are meant
        "党支部含党总支",
        "",
        "……",
    ],
)
def test_anything_else_is_another_text(quote: str) -> None:
    assert Folded.of(TEXT).find(quote) is None


def test_every_place_is_found() -> None:
    folded = Folded.of("甲乙 丙甲\n乙")
    assert list(folded.find_all("甲乙")) == [(0, 2), (4, 7)]


def test_folding_is_idempotent() -> None:
    assert (
        fold(fold("（一） 【Ａ】〈条例〉“甲”，１")) == fold("（一） 【Ａ】〈条例〉“甲”，１") == '(一)(A)《条例》"甲",1'
    )
