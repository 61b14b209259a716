"""A text's own entry into force is read; other rules' are not."""

from __future__ import annotations

import pytest

from ingest.effective import Basis, Term, find_entry, find_term, note_entry

DAYS = [
    pytest.param("第十三条 本条例自2016年7月8日起施行。", "2016-07-08", id="usual"),
    pytest.param(
        "第五十条　本条例自一九九四年五月一日起施行，《工作条例（试行）》同时废止。", "1994-05-01", id="Chinese"
    ),
    pytest.param("第十五条 办法自 2015 年 10 月 3 日起施行。", "2015-10-03", id="no 本, spaces"),
    pytest.param("本办法由县财政局负责解释，自2016年7月1日起施行。", "2016-07-01", id="behind the interpreter"),
    pytest.param("《办法》已经局长办公会议审议通过，现予公布，自2010年2月15日起施行。", "2010-02-15", id="order"),
    pytest.param("本规定从2020年1月1日起生效。", "2020-01-01", id="生效"),
    pytest.param("本标准于2009年9月9日正式实施。", "2009-09-09", id="于 without 起"),
    pytest.param("六、本通知自2004年12月31日起执行，原有规定以本通知为准。", "2004-12-31", id="point"),
    pytest.param(
        "本办法自2020年5月1日起施行，2025年修订的内容自2025年9月1日起施行。", "2025-09-01", id="revised parts"
    ),
]

FROM_ISSUE = [
    pytest.param("第九条 本规定自发布之日起施行。", 0, id="发布"),
    pytest.param("第九条 本法自公布之日起施行。", 0, id="公布"),
    pytest.param("第九条 本细则自印发之日起施行。", 0, id="印发"),
    pytest.param("第九条 本条例自发布之日起试行。", 0, id="试行"),
    pytest.param("本制度即日起施行。", 0, id="即日"),
    pytest.param("第二十七条 本办法自发布之日起30日后施行。", 30, id="thirty days"),
    pytest.param("本办法自公布之日起三十日后生效。", 30, id="thirty days in Chinese"),
]

NOT_OWN = [
    pytest.param("第三十条 规章应当自公布之日起三十日后施行。", id="rules in general"),
    pytest.param("专利权的转让自登记之日起生效。", id="transfer"),
    pytest.param("承诺通知到达要约人时生效。", id="acceptance"),
    pytest.param("自2008年起实施企业年度报告。", id="year of a measure"),
    pytest.param("2006年7月1日起施行的《供水条例》由市水务局解释。", id="another text's day"),
    pytest.param("本条例施行前已经登记的，不再登记。", id="before"),
    pytest.param("本补充规定第一条、第四条自2020年11月27日起施行。", id="single articles"),
]


@pytest.mark.parametrize(("body", "day"), DAYS)
def test_a_named_day(body: str, day: str) -> None:
    entry = find_entry(f"示例县办法\n第一条 为了规范工作，制定本办法。\n{body}")
    assert entry is not None
    assert (entry.basis, entry.date) == (Basis.DATE, day)
    assert entry.words in body


@pytest.mark.parametrize(("body", "days"), FROM_ISSUE)
def test_counted_from_the_issue(body: str, days: int) -> None:
    entry = find_entry(body)
    assert entry is not None
    assert (entry.basis, entry.days) == (Basis.ISSUE, days)


@pytest.mark.parametrize("body", NOT_OWN)
def test_not_the_text_s_own(body: str) -> None:
    assert find_entry(body) is None


def test_days_behind_the_issue_need_a_full_date() -> None:
    entry = find_entry("本办法自发布之日起30日后施行。")
    assert entry is not None
    assert entry.on("2013-12-20", "") == "2014-01-19"
    assert entry.on("2013-12", "") == ""
    assert entry.on("", "2013-12-01") == ""


def test_adoption_counts_only_where_it_is_named() -> None:
    entry = find_entry("本办法自通过之日起施行。")
    assert entry is not None
    assert entry.on("2020-02-01", "2020-01-20") == "2020-01-20"


def test_a_day_of_no_calendar_stays_unknown() -> None:
    entry = find_entry("本条例自2023年2月29日起施行。")
    assert entry is not None
    assert (entry.basis, entry.on("2023-01-01", "")) == (Basis.UNKNOWN, "")


@pytest.mark.parametrize("lag", ["三个月后", "1年后", "10个工作日后"])
def test_what_cannot_be_counted_stays_unknown(lag: str) -> None:
    entry = find_entry(f"本办法自公布之日起{lag}施行。")
    assert entry is not None
    assert (entry.basis, entry.on("2020-01-01", "2020-01-01")) == (Basis.UNKNOWN, "")


def test_a_note_names_no_text() -> None:
    entry = note_entry("（1990年11月22日国务院令第66号发布　自发布之日起施行）")
    assert entry is not None
    assert entry.on("1990-11-22", "") == "1990-11-22"


TERMS = [
    pytest.param("第二条 本办法自发布之日起施行，有效期两年。", Term("有效期两年", months=24), id="length"),
    pytest.param(
        "本办法自2010年2月1日起施行。试行期两年，有效期至2012年1月31日。",
        Term("有效期至2012年1月31日", "2012-01-31"),
        id="the day before the length",
    ),
    pytest.param(
        "本办法自2020年1月1日起施行至2022年12月31日。", Term("至2022年12月31日", "2022-12-31"), id="from and until"
    ),
    pytest.param(
        "本办法自印发之日起实施，有效期自2020年1月1日至2024年12月31日。",
        Term("有效期自2020年1月1日至2024年12月31日", "2024-12-31"),
        id="with its beginning",
    ),
    pytest.param("本办法有效期18个月。", Term("有效期18个月", months=18), id="behind its subject"),
    pytest.param("本办法由县财政局负责解释，有效期5年。", Term("有效期5年", months=60), id="behind the interpreter"),
    pytest.param(
        "本规定自2021年1月1日起施行，有效期至2025年12月31日，期满自动失效。",
        Term("有效期至2025年12月31日", "2025-12-31", lapses=True),
        id="lapses",
    ),
    pytest.param(
        "本办法自2021年1月1日起施行，有效期为3年。有效期届满，自动失效。",
        Term("有效期为3年", months=36, lapses=True),
        id="lapses, says the next sentence",
    ),
]


@pytest.mark.parametrize(("body", "term"), TERMS)
def test_a_term_of_validity(body: str, term: Term) -> None:
    assert find_term(f"示例县办法\n第一条 制定本办法。\n{body}") == term


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("许可证有效期五年。", id="licence"),
        pytest.param("本办法自2020年1月1日起施行，原许可证有效期至2022年1月1日。", id="licence beside the entry"),
        pytest.param("本办法所称证件，有效期五年。", id="licence in a clause of its own"),
        pytest.param("本法自2007年1月1日起施行。本法施行前签发的护照在有效期内继续有效。", id="passports"),
        pytest.param("第六十五条 规范性文件有效期5年。", id="rules in general"),
    ],
)
def test_a_term_of_something_else(body: str) -> None:
    assert find_term(body) is None


def test_a_term_ends_the_day_before_it_began_anew() -> None:
    two_years = Term("有效期两年", months=24)
    assert two_years.ends("2018-03-01") == "2020-02-29"
    assert two_years.ends("2020-02-29") == "2022-02-28"
    assert two_years.ends("2018-03") == "2020-03"
    assert two_years.ends("2018") == "2020"
    assert two_years.ends("") == ""
