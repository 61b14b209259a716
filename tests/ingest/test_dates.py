"""One day, one string: every spelling of a date is read, and what no calendar has is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import to_chinese
from ingest.dates import add_days, agree, find_dates, finer, iso_of, leading_date

DATES = [
    pytest.param("2016年7月8日印发", "2016-07-08", id="usual"),
    pytest.param("２０１６年７月８日", "2016-07-08", id="full width"),
    pytest.param("二〇一六年七月八日", "2016-07-08", id="Chinese"),
    pytest.param("二○一六年十二月三十一日", "2016-12-31", id="tens"),
    pytest.param("二OO一年八月二十八日", "2001-08-28", id="letter O for zero"),
    pytest.param("二0一0年一月五日", "2010-01-05", id="zero among Chinese digits"),
    pytest.param("一九八六年十月二十日", "1986-10-20", id="twentieth"),
    pytest.param("2010 年 8 月 10 日", "2010-08-10", id="spaces"),
    pytest.param("2018年04月16日", "2018-04-16", id="leading zero"),
    pytest.param("2016-07-08", "2016-07-08", id="iso"),
    pytest.param("2016.7.8", "2016-07-08", id="points"),
    pytest.param("2016/7/8", "2016-07-08", id="strokes"),
    pytest.param("2013年12月", "2013-12", id="month"),
    pytest.param("2004年发布的", "2004", id="year"),
    pytest.param("（2021年3月5号）", "2021-03-05", id="day as 号"),
    pytest.param("（县办发〔1995〕7号1995年4月30）", "1995-04-30", id="day without 日 before a bracket"),
    pytest.param("2013年6月2", "2013-06", id="cut off day"),
    pytest.param("2024年2月29日", "2024-02-29", id="leap day"),
]

NO_DATES = [
    "2016年2月30日",
    "2023年2月29日",
    "2016年13月1日",
    "2016年0月1日",
    "2016年4月31日",
    "2020年度预算",
    "重点名单（2023年版）",
    "县政府令2016年第3号",
    "10.3.5.1",
    "第2016.7.8.1条",
    "12016年",
    "二十年",
    "",
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_a_date_is_read(text: str, iso: str) -> None:
    assert [span.iso for span in find_dates(text)] == [iso]


@pytest.mark.parametrize("text", NO_DATES)
def test_no_date_is_made_up(text: str) -> None:
    assert find_dates(text) == ()


def test_spans_give_the_words_back() -> None:
    text = "2020年3月1日通过，自二〇二〇年四月一日起施行"
    assert [text[span.start : span.end] for span in find_dates(text)] == ["2020年3月1日", "二〇二〇年四月一日"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_in_every_spelling(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    for words in (
        f"{year}年{month}月{number}日",
        f"{year}.{month}.{number}",
        f"{chinese}年{to_chinese(month)}月{to_chinese(number)}日",
    ):
        assert [span.iso for span in find_dates(words)] == [day.isoformat()]


@given(st.text(alphabet="12０〇一十年月日-.号 （）", max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for span in find_dates(text):
        assert iso_of(text[span.start : span.end]) == span.iso


LEADING = [
    pytest.param("2018-03-11 (last amended)", "2018-03-11", id="remark"),
    pytest.param("2013-12", "2013-12", id="month"),
    pytest.param("2013", "2013", id="year"),
    pytest.param("2016/7/8", "2016-07-08", id="strokes"),
    pytest.param("2016年7月", "2016-07", id="Chinese"),
]


@pytest.mark.parametrize(("cell", "iso"), LEADING)
def test_a_cell_begins_with_a_date(cell: str, iso: str) -> None:
    found = leading_date(cell)
    assert found is not None
    assert (found.iso, found.start) == (iso, 0)


@pytest.mark.parametrize("cell", ["see text", "不详", "", "not dated in source (data of 2018)"])
def test_a_cell_of_words_has_no_date(cell: str) -> None:
    assert leading_date(cell) is None


@pytest.mark.parametrize("cell", ["2018-02-30", "2018-13", "2018年2月30日"])
def test_an_impossible_cell_is_an_error(cell: str) -> None:
    with pytest.raises(ValueError, match="no such date"):
        leading_date(cell)


def test_days_are_added_to_a_full_date_only() -> None:
    assert add_days("2013-12-20", 30) == "2014-01-19"
    assert add_days("2013-12", 30) == ""


def test_dates_agree_when_one_is_only_less_precise() -> None:
    assert agree("2020", "2020-05-14")
    assert agree("", "2020-05-14")
    assert not agree("2020-05-13", "2020-05-14")
    assert finer("2020", "2020-05-14") == "2020-05-14"
    assert finer("2020-05-14", "2020") == "2020-05-14"
    assert finer("2020-05-13", "2020-05-14") == "2020-05-13"
