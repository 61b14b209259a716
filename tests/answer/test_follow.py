"""Questions that follow on another."""

from __future__ import annotations

import pytest

from answer.follow import resolved

FORMER = "正式党员多久参加一次组织生活会？"
CASES = [
    pytest.param("那预备党员呢？", "预备党员多久参加一次组织生活会？", id="another-subject"),
    pytest.param("预备党员呢", "预备党员多久参加一次组织生活会？", id="without-那"),
    pytest.param("那党小组会呢？", "正式党员多久参加一次党小组会？", id="another-object-by-its-ending"),
    pytest.param("它由谁主持？", "正式党员多久参加一次组织生活会，它由谁主持？", id="pointing-back"),
    pytest.param("党费每月什么时候交？", "党费每月什么时候交？", id="stands-by-itself"),
]


@pytest.mark.parametrize(("asked", "meant"), CASES)
def test_resolved(asked: str, meant: str) -> None:
    assert resolved(asked, FORMER, ("正式党员", "参加", "组织生活会")) == meant


def test_without_a_former_question_nothing_changes() -> None:
    assert resolved("那预备党员呢？", "", ()) == "那预备党员呢？"
