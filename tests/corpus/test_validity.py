"""Status of editions in time, rule by rule; every case is a base of a few editions and a day."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.model import Metadata, Source
from corpus.titles import work_key
from corpus.validity import ANYTIME, EditionInfo, Span, Status, Timeline, days, in_force_from, status

IN_FORCE, NOT_YET, SUPERSEDED = Status.IN_FORCE, Status.NOT_YET_IN_FORCE, Status.SUPERSEDED
REPEALED, UNKNOWN = Status.REPEALED, Status.UNKNOWN

TODAY = "2026-10-01"
INGESTED = "2026-09-01T08:00:00+00:00"


def info(
    title: str,
    dated: str,
    effective: str = "",
    validity: str = "",
    *,
    successor: str = "",
    repealed: str = "",
    repeals: tuple[str, ...] = (),
    ingested: str = INGESTED,
    issuer: str = "",
    expires: str = "",
    lapses: bool = False,
) -> EditionInfo:
    metadata = Metadata(
        effective=effective,
        validity=validity,
        successor=successor,
        repealed=repealed,
        repeals=repeals,
        issuer=issuer,
        expires=expires,
        lapses=lapses,
    )
    source = Source(f"{title}.txt", "", "txt", ingested)
    return EditionInfo(title, dated, work_key(title), metadata, source, tuple(work_key(one) for one in repeals))


def span(first: str, last: str = "") -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last) if last else date.max)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("2016-07-08", span("2016-07-08", "2016-07-08"), id="day"),
        pytest.param("2016-02", span("2016-02-01", "2016-02-29"), id="month of a leap year"),
        pytest.param("2013", span("2013-01-01", "2013-12-31"), id="year"),
        pytest.param("", ANYTIME, id="empty"),
        pytest.param("不详", ANYTIME, id="undated"),
        pytest.param("see text", ANYTIME, id="words"),
        pytest.param("2018-02-30", ANYTIME, id="no such day"),
        pytest.param("0000", ANYTIME, id="no such year"),
        pytest.param("２０１６", ANYTIME, id="full-width digits are not ISO"),
    ],
)
def test_days(words: str, expected: Span) -> None:
    assert days(words) == expected


@pytest.mark.parametrize(
    ("effective", "dated", "expected"),
    [
        pytest.param("2019-09-01", "2019-08-25", span("2019-09-01", "2019-09-01"), id="after publication"),
        pytest.param("1982-12-04", "2018-03-11", span("2018-03-11", "2019-03-11"), id="revised law prints its old day"),
        pytest.param("2016-07-01", "2016-07-08", span("2016-07-08", "2016-07-08"), id="printed a week late"),
        pytest.param("2013-12", "2013-12-08", span("2013-12-08", "2013-12-31"), id="month of effect cut by the date"),
        pytest.param("2018-10-01", "2018", span("2018-10-01", "2018-10-01"), id="date known to the year"),
        pytest.param("1989", "2012-11", span("2012-11-01", "2013-11-30"), id="revised within a month"),
        pytest.param("1989", "9999-12-31", span("9999-12-31", "9999-12-31"), id="no calendar goes further"),
        pytest.param("", "2025-10-28", span("2025-10-28"), id="publication alone leaves the day open"),
        pytest.param("2014-01-01", "不详", span("2014-01-01", "2014-01-01"), id="undated"),
        pytest.param("", "不详", ANYTIME, id="nothing known"),
    ],
)
def test_in_force_from(effective: str, dated: str, expected: Span) -> None:
    assert in_force_from(Metadata(effective=effective), dated) == expected


ACCOUNTABILITY_2016 = info(
    "中国共产党问责条例", "2016-07-08", "2016-07-08", "superseded", successor="中国共产党问责条例（2019）"
)
ACCOUNTABILITY_2019 = info("中国共产党问责条例", "2019-08-25", "2019-09-01", "current")
SUPERVISION_2018 = info("中华人民共和国监察法", "2018-03-20", "2018-03-20", "superseded", successor="监察法（2024）")
SUPERVISION_2024 = info("中华人民共和国监察法", "2024-12-25", "2025-06-01", "current")
CHARTER_2017 = info("中国共产党章程（十九大）", "2017-10-24")
CHARTER_2022 = info("中国共产党章程（二十大）", "2022-10-22")
TRIAL_1997 = info("中国共产党纪律处分条例（试行）", "1997-02-27", "1997-02-27", "superseded", successor="the 2003 条例")
DISCIPLINE_2015 = info("中国共产党纪律处分条例", "2015-10-18", "2016-01-01")
DISCIPLINE_2023 = info("中国共产党纪律处分条例", "2023-12-19", "2024-01-01")
PETITIONS_2005 = info("信访条例", "2005-01-10", "2005-05-01", "superseded", successor="信访工作条例（2022）")
PETITIONS_2022 = info("信访工作条例", "2022-02-25", "2022-05-01", "current", repeals=("《信访条例》",))
SANCTIONS_2018 = info(
    "公职人员政务处分暂行规定", "2018-04-16", "2018-04-16", "superseded", successor="公职人员政务处分法（2020）"
)
SANCTIONS_2020 = info("中华人民共和国公职人员政务处分法", "2020-06-20", "2020-07-01", "current")
MEETINGS_2013 = info("示例县会议费管理办法", "2013-05-01", "2013-05-01")
MEETINGS_2016 = info("示例县机关会议管理规定", "2016-06-29", "2016-07-01", repeals=("示例县会议费管理办法",))
MONTHLY = info("示例县公务接待管理规定", "2013-12", "2013-12")
REVISED_LAW = info("示例法", "2018-12-29", "1995-01-01", repeals=("示例办法",))
AMENDED_2018 = info("示例监察法", "2018-03-20", "2018-03-20", issuer="全国人民代表大会")
AMENDED_2024 = info("示例监察法", "2024-12-25", "2018-03-20", issuer="全国人民代表大会常务委员会")
RULES_2020 = info("示例县会议办法", "2020-01-02", "2020-02-01", issuer="中共示例县委办公室")
DRAFT_2024 = info("示例县会议办法（征求意见稿）", "2024-05-06", "2024-06-01", repeals=("示例县督查办法",))
NOTICE_2023 = info("关于开展纪律教育的通知", "2023-03-01", "2023-03-01", issuer="示例县纪委")
TERM_2012 = info("示例县补助办法", "2010-01-20", "2010-02-01", expires="2012-01-31")
NAMESAKE_1990 = info("示例办法", "1990-03-01", "1990-03-01")
NAMESAKE_2000 = info("示例办法", "2000-03-01", "2000-03-01")

CASES = [
    # Its own dates and the manifest's words.
    pytest.param(ACCOUNTABILITY_2019, [], "2019-08-31", NOT_YET, id="published, not yet in force"),
    pytest.param(ACCOUNTABILITY_2019, [], "2019-09-01", IN_FORCE, id="first day in force"),
    pytest.param(DISCIPLINE_2023, [], TODAY, IN_FORCE, id="no validity word, dates known"),
    pytest.param(MONTHLY, [], "2013-11-30", NOT_YET, id="before a month of effect"),
    pytest.param(MONTHLY, [], "2013-12-15", UNKNOWN, id="inside a month of effect"),
    pytest.param(MONTHLY, [], "2014-01-01", IN_FORCE, id="after a month of effect"),
    pytest.param(info("示例县工作报告", "2024-01-10"), [], TODAY, UNKNOWN, id="issued, no word on effect"),
    pytest.param(info("示例县工作报告", "2024-01-10"), [], "2023-12-31", NOT_YET, id="before its issue"),
    pytest.param(info("示例县办法", "不详"), [], TODAY, UNKNOWN, id="no date at all"),
    pytest.param(info("示例县办法", "不详", validity="current"), [], TODAY, IN_FORCE, id="undated, manifest: current"),
    pytest.param(info("示例县办法", "不详", validity="current"), [], "2020-01-01", UNKNOWN, id="current now, not then"),
    pytest.param(info("示例法", "2025-10-28", "", "current"), [], TODAY, IN_FORCE, id="current, day of effect unknown"),
    pytest.param(info("示例法", "2025-10-28", "", "current"), [], "2025-12-01", UNKNOWN, id="current, that day open"),
    pytest.param(info("示例规定", "2013-05-01", "2013-05-01", "unverified"), [], TODAY, UNKNOWN, id="unverified"),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "status unverified (superseded in 2019?)"),
        [],
        TODAY,
        UNKNOWN,
        id="unverified, manifest's own words",
    ),
    pytest.param(info("示例规定", "2013-05-01", "2013-05-01", "有效吧"), [], TODAY, UNKNOWN, id="word not known"),
    pytest.param(info("示例规定", "2013-05-01", "2013-05-01", "unverified"), [], "2013-01-01", NOT_YET, id="too early"),
    # A successor named by the manifest alone.
    pytest.param(ACCOUNTABILITY_2016, [], "2017-05-01", IN_FORCE, id="before the successor's year"),
    pytest.param(ACCOUNTABILITY_2016, [], "2019-06-01", UNKNOWN, id="in the successor's year"),
    pytest.param(ACCOUNTABILITY_2016, [], "2020-01-01", SUPERSEDED, id="after the successor's year"),
    pytest.param(ACCOUNTABILITY_2016, [], TODAY, SUPERSEDED, id="superseded today"),
    pytest.param(
        info("中国共产党问责条例", "2016-07-08", "2016-07-08", "superseded by 中国共产党问责条例（2019）"),
        [],
        "2019-06-01",
        UNKNOWN,
        id="successor inside the validity words",
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", successor="示例规定（2019）"),
        [],
        TODAY,
        SUPERSEDED,
        id="successor without a validity word",
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "superseded"), [], TODAY, SUPERSEDED, id="no year, read by now"
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "superseded"), [], "2015-01-01", UNKNOWN, id="no year, that day"
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "superseded", ingested="2026-10-02T02:00:00+00:00"),
        [],
        TODAY,
        SUPERSEDED,
        id="read just now, where the day begins later than in UTC",
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "superseded by 示例条例（1990）的修订版（2019）"),
        [],
        "2018-12-31",
        IN_FORCE,
        id="years before the edition name no successor",
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "superseded", successor="条例（2019）"),
        [info("示例县督查条例", "2019-01-01", "2019-01-01")],
        "2019-06-01",
        UNKNOWN,
        id="general name is nobody's",
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "repealed"), [], TODAY, REPEALED, id="repealed, day not given"
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", repealed="2020-03"), [], "2020-02-29", IN_FORCE, id="not repealed"
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", repealed="2020-03"), [], "2020-03-15", UNKNOWN, id="repeal month"
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", repealed="2020-03"), [], "2020-04-01", REPEALED, id="repealed"
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "repealed", repealed="2020-03-01"),
        [],
        "2020-02-29",
        IN_FORCE,
        id="the word repealed has its date",
    ),
    # A later edition in the base.
    pytest.param(ACCOUNTABILITY_2016, [ACCOUNTABILITY_2019], "2019-06-01", IN_FORCE, id="successor's dates are known"),
    pytest.param(ACCOUNTABILITY_2016, [ACCOUNTABILITY_2019], "2019-08-31", IN_FORCE, id="publication is not effect"),
    pytest.param(ACCOUNTABILITY_2016, [ACCOUNTABILITY_2019], "2019-09-01", SUPERSEDED, id="the very day"),
    pytest.param(ACCOUNTABILITY_2019, [ACCOUNTABILITY_2016], TODAY, IN_FORCE, id="older edition changes nothing"),
    pytest.param(SUPERVISION_2018, [SUPERVISION_2024], "2025-03-01", IN_FORCE, id="in force past the successor's year"),
    pytest.param(SUPERVISION_2018, [SUPERVISION_2024], "2025-06-01", SUPERSEDED, id="until the successor is in force"),
    pytest.param(CHARTER_2017, [CHARTER_2022], TODAY, SUPERSEDED, id="later edition without a day of effect"),
    pytest.param(CHARTER_2017, [CHARTER_2022], "2020-01-01", UNKNOWN, id="own day of effect open"),
    pytest.param(DISCIPLINE_2015, [DISCIPLINE_2023], "2023-12-31", IN_FORCE, id="no word needed before"),
    pytest.param(DISCIPLINE_2015, [DISCIPLINE_2023], "2024-01-01", SUPERSEDED, id="no word needed after"),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "current"),
        [info("示例规定", "2026-09-15", "2026-09-20")],
        TODAY,
        SUPERSEDED,
        id="a manifest older than the newest file",
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "unverified"),
        [info("示例规定", "2020-05-01", "2020-05-01")],
        TODAY,
        SUPERSEDED,
        id="the base settles what was unverified",
    ),
    pytest.param(
        info("示例规定", "2013-05-01", "2013-05-01", "superseded"),
        [info("示例规定", "2020-05-01", "2020-05-01")],
        "2020-04-30",
        IN_FORCE,
        id="the base dates the manifest's word",
    ),
    pytest.param(TRIAL_1997, [DISCIPLINE_2015], "2002-12-31", IN_FORCE, id="试行 before its successor"),
    pytest.param(TRIAL_1997, [DISCIPLINE_2015], "2003-06-01", UNKNOWN, id="missing edition named by year"),
    pytest.param(TRIAL_1997, [DISCIPLINE_2015], "2005-01-01", SUPERSEDED, id="superseded by the missing edition"),
    pytest.param(
        info("示例规定", "2018", "2018"),
        [info("示例规定", "2018-03-01", "2018-03-01")],
        TODAY,
        UNKNOWN,
        id="order open",
    ),
    pytest.param(
        info("示例规定", "2018", "2018", "current"),
        [info("示例规定", "2018-03-01", "2018-03-01")],
        TODAY,
        IN_FORCE,
        id="order open, the manifest settles it",
    ),
    pytest.param(
        info("示例规定", "2018-03-01", "2018-03-01"), [info("示例规定", "不详")], TODAY, IN_FORCE, id="undated sibling"
    ),
    pytest.param(
        info("示例规定", "2018-03-01", "2018-03-01"),
        [info("示例规定", "2030-01-01", "2030-01-01")],
        TODAY,
        IN_FORCE,
        id="later edition still to come",
    ),
    pytest.param(AMENDED_2024, [AMENDED_2018], "2025-03-01", UNKNOWN, id="amended, the day of effect not stated"),
    pytest.param(AMENDED_2018, [AMENDED_2024], "2025-03-01", UNKNOWN, id="former words while that day is open"),
    pytest.param(AMENDED_2018, [AMENDED_2024], "2024-12-24", IN_FORCE, id="former words before"),
    pytest.param(AMENDED_2024, [AMENDED_2018], "2025-12-25", IN_FORCE, id="amended a year ago"),
    pytest.param(AMENDED_2018, [AMENDED_2024], "2025-12-25", SUPERSEDED, id="former words a year later"),
    # Drafts, papers and namesakes.
    pytest.param(RULES_2020, [DRAFT_2024], TODAY, IN_FORCE, id="a draft supersedes nothing"),
    pytest.param(DRAFT_2024, [RULES_2020], TODAY, UNKNOWN, id="a draft is never in force"),
    pytest.param(DRAFT_2024, [], "2024-05-05", NOT_YET, id="before the draft"),
    pytest.param(
        info("示例县会议办法（草案）", "2024-05-06", "2024-06-01", "current"), [], TODAY, UNKNOWN, id="nor if so listed"
    ),
    pytest.param(
        DRAFT_2024, [info("示例县会议办法", "2024-09-01", "2024-09-01")], TODAY, SUPERSEDED, id="a draft once adopted"
    ),
    pytest.param(
        info("示例县督查办法", "2019-01-01", "2019-01-01"), [DRAFT_2024], TODAY, IN_FORCE, id="a draft repeals nothing"
    ),
    pytest.param(
        info("示例县会议办法", "2015-01-01", "2015-01-01", "superseded", successor="会议办法（2024）"),
        [DRAFT_2024],
        "2024-06-15",
        UNKNOWN,
        id="a draft is not the successor that a manifest names",
    ),
    pytest.param(
        RULES_2020,
        [info("示例县会议办法", "2024-05-06", "2024-05-06", issuer="示例县教育局")],
        TODAY,
        IN_FORCE,
        id="another issuer's rules of the same title",
    ),
    pytest.param(
        RULES_2020,
        [info("示例县会议办法", "2024-05-06", "2024-05-06", issuer="中共示例县委员会")],
        TODAY,
        SUPERSEDED,
        id="the same issuer in other words",
    ),
    pytest.param(
        RULES_2020, [info("示例县会议办法", "2024-05-06", "2024-05-06")], TODAY, SUPERSEDED, id="issuer unknown, rules"
    ),
    pytest.param(
        NOTICE_2023,
        [info("关于开展纪律教育的通知", "2024-03-01", "2024-03-01", issuer="示例县纪委")],
        TODAY,
        IN_FORCE,
        id="next year's notice",
    ),
    pytest.param(
        info("关于规范会议的意见", "2020-03-01", "2020-03-01", issuer="示例县委"),
        [info("关于规范会议的意见（2024年修订）", "2024-03-01", "2024-03-01", issuer="中共示例县委")],
        TODAY,
        SUPERSEDED,
        id="revised opinion",
    ),
    pytest.param(
        info("示例学校会议制度", "2020-03-01", "2020-03-01"),
        [info("示例学校会议制度", "2024-03-01", "2024-03-01")],
        TODAY,
        IN_FORCE,
        id="制度 of unknown issuers",
    ),
    pytest.param(
        info("示例学校会议制度", "2020-03-01", "2020-03-01", issuer="示例学校"),
        [info("示例学校会议制度", "2024-03-01", "2024-03-01", issuer="示例学校")],
        TODAY,
        SUPERSEDED,
        id="制度 of one issuer",
    ),
    # Terms of validity.
    pytest.param(TERM_2012, [], "2012-01-31", IN_FORCE, id="last day of the term"),
    pytest.param(TERM_2012, [], "2012-02-01", UNKNOWN, id="term run out"),
    pytest.param(
        info("示例办法", "2010-01-20", "2010-02-01", expires="2012-01-31", lapses=True),
        [],
        "2012-02-01",
        REPEALED,
        id="期满自动失效",
    ),
    pytest.param(
        info("示例办法", "2010-01-20", "2010-02-01", expires="2012", lapses=True),
        [],
        "2012-06-01",
        UNKNOWN,
        id="in 2012",
    ),
    pytest.param(
        info("示例办法", "2010-01-20", "2010-02-01", "current", expires="2012-01-31", lapses=True),
        [],
        TODAY,
        IN_FORCE,
        id="extended, says the manifest",
    ),
    pytest.param(
        info("示例办法", "2010-01-20", "2010-02-01", "superseded", expires="2012-01-31"),
        [],
        TODAY,
        SUPERSEDED,
        id="a term does not stand for the manifest's end",
    ),
    # Texts that replace or repeal another work.
    pytest.param(PETITIONS_2005, [PETITIONS_2022], "2022-04-30", IN_FORCE, id="other work, day before"),
    pytest.param(PETITIONS_2005, [PETITIONS_2022], "2022-05-01", SUPERSEDED, id="the manifest's word wins"),
    pytest.param(
        SANCTIONS_2018, [SANCTIONS_2020], "2020-06-30", IN_FORCE, id="successor without its full name, before"
    ),
    pytest.param(SANCTIONS_2018, [SANCTIONS_2020], "2020-07-01", SUPERSEDED, id="successor without its full name"),
    pytest.param(MEETINGS_2013, [MEETINGS_2016], "2016-06-30", IN_FORCE, id="day before the repeal"),
    pytest.param(MEETINGS_2013, [MEETINGS_2016], "2016-07-01", REPEALED, id="同时废止"),
    pytest.param(MEETINGS_2016, [MEETINGS_2013], TODAY, IN_FORCE, id="the repealing text itself"),
    pytest.param(
        info("示例县会议费管理办法", "2020-05-01", "2020-05-01"),
        [MEETINGS_2016],
        TODAY,
        IN_FORCE,
        id="newer than the repealing text",
    ),
    pytest.param(info("示例县会议费管理办法", "不详"), [MEETINGS_2016], TODAY, UNKNOWN, id="undated, perhaps repealed"),
    pytest.param(
        info("示例县会议费管理办法实施细则", "2013-05-01", "2013-05-01"),
        [MEETINGS_2016],
        TODAY,
        IN_FORCE,
        id="another work with a longer name",
    ),
    pytest.param(NAMESAKE_1990, [REVISED_LAW], "1996-01-01", REPEALED, id="repeal of the first edition, still printed"),
    pytest.param(NAMESAKE_2000, [REVISED_LAW], TODAY, IN_FORCE, id="newer namesake is not touched"),
    pytest.param(
        info("示例规定", "2010-01-01", "2010-01-01"),
        [info("示例规定", "2015-01-01", "2015-02-01", repeals=("《示例规定》",))],
        "2015-02-01",
        SUPERSEDED,
        id="a work that repeals its own earlier edition",
    ),
    pytest.param(
        info("示例规定", "2010-01-01", "2010-01-01"),
        [info("示例规定", "2015-01-01", "2012-01-01", repeals=("《示例规定》",))],
        "2013-01-01",
        IN_FORCE,
        id="such a repeal is not older than its edition",
    ),
    pytest.param(
        info("示例规定（试行）", "2010-01-01", "2010-01-01"),
        [info("示例规定", "2015-01-01", "2015-02-01", repeals=("《示例规定（试行）》",))],
        "2015-01-31",
        IN_FORCE,
        id="its own 试行 edition until then",
    ),
]


@pytest.mark.parametrize(("edition", "others", "on", "expected"), CASES)
def test_status(edition: EditionInfo, others: list[EditionInfo], on: str, expected: Status) -> None:
    assert status(edition, others, date.fromisoformat(on)) is expected


def test_status_does_not_depend_on_order() -> None:
    infos = [TRIAL_1997, DISCIPLINE_2015, DISCIPLINE_2023, PETITIONS_2005, PETITIONS_2022, MEETINGS_2013, MEETINGS_2016]
    day = date.fromisoformat(TODAY)
    forward, backward = Timeline(infos), Timeline(reversed(infos))
    assert [forward.status(one, day) for one in infos] == [backward.status(one, day) for one in infos]


def test_at_most_one_dated_edition_of_a_work_is_in_force_on_any_day() -> None:
    editions = [TRIAL_1997, DISCIPLINE_2015, DISCIPLINE_2023]
    timeline = Timeline(editions)
    for year in range(1996, 2027):
        for month in (1, 6, 12):
            found = [timeline.status(one, date(year, month, 20)) for one in editions]
            assert found.count(IN_FORCE) <= 1


def test_ends_name_their_cause() -> None:
    timeline = Timeline([MEETINGS_2013, MEETINGS_2016, ACCOUNTABILITY_2016])
    assert [end.by for end in timeline.ends(MEETINGS_2013)] == ["示例县机关会议管理规定@2016-06-29"]
    assert [end.by for end in timeline.ends(ACCOUNTABILITY_2016)] == ["中国共产党问责条例（2019）"]
    assert timeline.ends(MEETINGS_2016) == ()


def test_manifest_word_without_ingest_time_is_not_dated() -> None:
    undated_word = info("示例规定", "2013-05-01", "2013-05-01", "superseded", ingested="")
    assert status(undated_word, [], date.fromisoformat(TODAY)) is UNKNOWN
