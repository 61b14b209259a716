"""Numerals both ways: what a reader writes, what the text prints."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import NUMERAL, to_chinese, to_int

BOTH_WAYS = [
    (0, "零"),
    (7, "七"),
    (10, "十"),
    (11, "十一"),
    (20, "二十"),
    (100, "一百"),
    (103, "一百零三"),
    (110, "一百一十"),
    (120, "一百二十"),
    (999, "九百九十九"),
    (1000, "一千"),
    (1010, "一千零一十"),
    (1260, "一千二百六十"),
    (10_000, "一万"),
    (10_010, "一万零一十"),
    (100_000, "十万"),
    (110_305, "十一万零三百零五"),
    (20_000_003, "二千万零三"),
    (100_000_000, "一亿"),
]


@pytest.mark.parametrize(("number", "words"), BOTH_WAYS)
def test_printed_form_reads_back(number: int, words: str) -> None:
    assert to_chinese(number) == words
    assert to_int(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        pytest.param("7", 7, id="ascii"),
        pytest.param("１２", 12, id="full-width"),
        pytest.param("〇", 0, id="zero"),
        pytest.param("二〇二三", 2023, id="digit-string"),
        pytest.param("二○一八", 2018, id="circle-as-zero"),
        pytest.param("一百〇三", 103, id="circle-inside"),
        pytest.param("一百十一", 111, id="short-ten"),
        pytest.param("一百一十", 110, id="long-ten"),
        pytest.param("一十五", 15, id="spoken-ten"),
        pytest.param("两千", 2000, id="two-thousand"),
        pytest.param("两", 2, id="two"),
        pytest.param("两百零二", 202, id="two-hundred"),
        pytest.param("一千零三十", 1030, id="thousand-and-tens"),
        pytest.param("三万", 30_000, id="ten-thousands"),
    ],
)
def test_other_spellings(words: str, number: int) -> None:
    assert to_int(words) == number


@pytest.mark.parametrize(
    "words", ["", "条", "一百二", "百", "万", "一百零", "十百", "一1", "3万", "-1", "1.5", "亿万", "零百"]
)
def test_what_is_not_a_numeral(words: str) -> None:
    with pytest.raises(ValueError, match="不是数字"):
        to_int(words)


@pytest.mark.parametrize("number", [-1, 10**12])
def test_out_of_range(number: int) -> None:
    with pytest.raises(ValueError, match="超出范围"):
        to_chinese(number)


@given(st.integers(0, 99_999_999))
def test_inverse(number: int) -> None:
    assert to_int(to_chinese(number)) == number


@given(st.integers(0, 99_999_999))
def test_every_printed_numeral_matches_the_fragment(number: int) -> None:
    assert re.fullmatch(NUMERAL, to_chinese(number))


@given(st.text("〇零一二两三四五六七八九十百千万亿0９", max_size=12))
def test_any_numeral_characters_give_a_number_or_a_value_error(text: str) -> None:
    try:
        number = to_int(text)
    except ValueError:
        return
    assert number >= 0
