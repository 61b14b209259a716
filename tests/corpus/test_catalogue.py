"""The catalogue of works whose text may not be at hand: names, status on a day, impossible rows refused."""

from __future__ import annotations

from collections import Counter
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, check
from corpus.catalogue_file import COLUMNS
from corpus.errors import AmbiguousError, InputError
from corpus.unread import Unread

TODAY = date(2026, 11, 1)
HEADER = "\t".join(COLUMNS)
GOOD = {
    "title": "示例县公务用车管理办法",
    "short_titles": "公车办法",
    "level": "办法",
    "issuer": "中共示例县委",
    "adopted": "2024-03-01",
    "issued": "2024-03-05",
    "effective": "2024-04-01",
    "status": "in_force",
    "articles": "20",
    "source": "县委办公室档案",
    "confidence": "read",
}


def file_of(*rows: dict[str, str]) -> bytes:
    return "\n".join([HEADER, *("\t".join(row.get(column, "") for column in COLUMNS) for row in rows)]).encode()


@pytest.fixture(scope="module")
def unread() -> Unread:
    return Unread(Catalogue.load(), ())


def test_the_bundled_table_is_possible_and_every_row_has_source_and_confidence() -> None:
    entries = check(resources.files("corpus").joinpath("catalogue.tsv").read_bytes(), "catalogue.tsv")
    assert (len(entries), len({entry.work for entry in entries})) == (433, 346)
    assert Counter(entry.confidence for entry in entries) == {"read": 399, "derived": 32, "memory": 2}
    assert all(entry.source for entry in entries)


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("《党章》", ["中国共产党章程"]),
        ("廉政准则", ["中国共产党党员领导干部廉洁从政若干准则"]),
        ("节约条例", ["党政机关厉行节约反对浪费条例"]),
        ("保密法实施条例", ["中华人民共和国保守国家秘密法实施条例"]),
        ("党校条例", ["中国共产党党校工作条例", "中国共产党党校（行政学院）工作条例"]),
        ("《准则》", []),
        ("实施条例", []),
        ("不存在的条例", []),
    ],
)
def test_short_names(name: str, titles: list[str]) -> None:
    assert [work.title for work in Catalogue.load().named(name)] == titles


@pytest.mark.parametrize(
    ("name", "edition", "day", "status"),
    [
        ("中国共产党纪律处分条例", "2018", date(2018, 9, 30), "not_yet_in_force"),
        ("中国共产党纪律处分条例", "2018", date(2018, 10, 1), "in_force"),
        ("中国共产党纪律处分条例", "2018", date(2023, 12, 31), "in_force"),
        ("中国共产党纪律处分条例", "2018", date(2024, 1, 1), "superseded"),
        ("信访条例", "1995", date(2005, 4, 30), "unknown"),  # its own entry into force is not known
        ("信访条例", "1995", date(2005, 5, 1), "repealed"),
        ("中国共产党中央委员会工作条例", "", date(2020, 9, 29), "not_yet_in_force"),
        ("中国共产党中央委员会工作条例", "", date(2021, 1, 1), "unknown"),  # issued; since when in force is not known
        ("中国共产党中央委员会工作条例", "", TODAY, "in_force"),
        ("中国共产党地方委员会工作条例", "2015", TODAY, "unknown"),  # a revision was adopted, its issue not reported
    ],
)
def test_status_on_a_day(unread: Unread, name: str, edition: str, day: date, status: str) -> None:
    known = unread.find(name, day, edition)
    assert known is not None
    assert known.status.value == status


def test_the_statuses_of_today_are_those_of_the_rows(unread: Unread) -> None:
    entries = list(unread.catalogue.entries())
    assert [entry.id for entry in entries if unread.status(entry, TODAY).value != entry.status] == []


def test_the_edition_of_the_day_answers_for_a_work(unread: Unread) -> None:
    found = [unread.find("纪律处分条例", day) for day in (date(2017, 1, 1), date(2019, 1, 1), TODAY)]
    assert [known.entry.date for known in found if known] == ["2015-10-18", "2018-08-18", "2023-12-19"]
    with pytest.raises(AmbiguousError, match=r"党校工作条例.*行政学院.*请写明全称"):
        unread.find("党校条例", TODAY)


IMPOSSIBLE = [
    ({"effective": "2024-02-01"}, r"第 2 行《示例县公务用车管理办法》的 effective 列：2024-02-01 早于 adopted 列的 2024-03-01"),
    ({"issued": "2024-02"}, "issued 列：2024-02 早于 adopted 列"),
    ({"adopted": "2024-02-30"}, "adopted 列：“2024-02-30”不是日期。请写成 2016-07-08"),
    ({"level": "红头"}, "level 列：不认识“红头”。请填 党章、准则"),
    ({"status": "current"}, "status 列：不认识“current”。请填 in_force、superseded、repealed、unknown 之一"),
    ({"status": "superseded"}, "superseded_by 列：是空的，而 status 是 superseded。请写明"),
    ({"superseded_by": "中国共产党章程"}, "status 列：是 in_force，而 superseded_by 写着“中国共产党章程”"),
    ({"status": "superseded", "superseded_by": "示例县没有的办法（2030）"}, "目录里没有“示例县没有的办法（2030）”"),
    ({"status": "superseded", "superseded_by": "中国共产党问责条例（2016）"}, r"（2019-08-25）比它还早"),
    ({"articles": "二十"}, "articles 列：“二十”不是条数。请填数字"),
    ({"source": ""}, "source 列：是空的。请填写"),
    ({"confidence": "sure"}, "confidence 列：不认识“sure”"),
    ({"url": "县委办"}, "url 列：“县委办”不是网址"),
    ({"repeals": "示例县公务用车管理办法"}, "repeals 列：写着它自己的名称"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), IMPOSSIBLE)
def test_an_impossible_row_is_named_with_its_cure(change: dict[str, str], message: str) -> None:
    check(file_of(GOOD), "自己的目录.tsv")
    with pytest.raises(InputError, match=message) as caught:
        check(file_of({**GOOD, **change}), "自己的目录.tsv")
    assert "自己的目录.tsv 有 1 处不可能的内容" in str(caught.value)


def test_the_same_edition_twice_strange_columns_and_encodings_are_refused() -> None:
    with pytest.raises(InputError, match=r"第 3 行.*与第 2 行是同一部同一日期（2024-03-05）。请删去一行"):
        check(file_of(GOOD, GOOD), "目录.tsv")
    with pytest.raises(InputError, match="第 1 行：表头不认识“名称”、缺“title”"):
        check("名称\tlevel\tstatus\tsource\tconfidence\n".encode(), "目录.tsv")
    with pytest.raises(InputError, match="不是 UTF-8 编码"):
        check("title\t示例".encode("gb18030"), "目录.tsv")


def test_a_users_own_file_wins_over_the_bundled_rows(tmp_path: Path) -> None:
    own = tmp_path / "catalogue.tsv"
    later = {**GOOD, "title": "中国共产党问责条例", "short_titles": "追责条例", "articles": "30"}
    own.write_bytes(file_of(GOOD, later))
    catalogue = Catalogue.load(own)
    assert [(entry.date, entry.articles, entry.own) for entry in catalogue.works["中国共产党问责条例"].entries] == [
        ("2024-03-05", 30, True)
    ]
    assert [work.title for name in ("追责条例", "公车办法") for work in catalogue.named(name)] == [
        "中国共产党问责条例",
        "示例县公务用车管理办法",
    ]
    assert len(Catalogue.load(tmp_path / "none.tsv").works["中国共产党问责条例"].entries) == 2
