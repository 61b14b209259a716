"""What a question says about validity, and what it does not."""

from __future__ import annotations

from datetime import date

import pytest

from index.query import Query, read_query

READ = [
    pytest.param("2017年时适用的条例怎么规定", {"on": date(2017, 12, 31), "matter": "条例怎么规定"}, id="year"),
    pytest.param("2018年2月有效的纪律处分条例", {"on": date(2018, 2, 28), "matter": "纪律处分条例"}, id="month"),
    pytest.param("2016年7月8日施行的条例", {"on": date(2016, 7, 8), "matter": "条例"}, id="day"),
    pytest.param("2018年版纪律处分条例对礼金的规定", {"edition": "2018"}, id="edition"),
    pytest.param("2015年修订的版本第三条", {"edition": "2015"}, id="edition in other words"),
    pytest.param("修订前的巡视条例怎么写", {"earlier": True}, id="before the revision"),
    pytest.param("旧条例里有没有这一条", {"earlier": True}, id="the old one"),
    pytest.param("只看条例，党员有哪些权利", {"level": "条例"}, id="only one level"),
    pytest.param("县里的接待标准是多少", {"local": True}, id="local"),
    pytest.param("2020年脱贫攻坚考核结果怎么运用", {}, id="a year that is part of the matter"),
    pytest.param("2021年以来受理信访多少件", {}, id="a year that is part of the matter, since"),
    pytest.param("条例规定党员大会多久召开一次", {}, id="a level that is only named"),
    pytest.param("2017年13月有效的条例", {"on": None, "matter": "条例"}, id="no such month"),
    pytest.param("县城规划", {}, id="a county that is part of the matter"),
]


@pytest.mark.parametrize(("question", "facts"), READ)
def test_read(question: str, facts: dict[str, object]) -> None:
    assert read_query(question) == Query(question, **{"matter": question, **facts})  # type: ignore[arg-type]


def test_negation_and_everyday_words_stay_and_formal_terms_follow() -> None:
    assert read_query("哪些情形不得入党").text == "哪些情形不得入党 发展党员 申请入党"
