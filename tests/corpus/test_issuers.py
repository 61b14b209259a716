"""Issuers compared by name: the same, another, or not to be told."""

from __future__ import annotations

import pytest

from corpus.issuers import same_issuer


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("中共示例县委", "中共示例县委员会", True, id="committee in full"),
        pytest.param("中共示例县委", "示例县委办公室", True, id="its office"),
        pytest.param("示例县人民政府办公室", "示例县政府", True, id="government office"),
        pytest.param("中共中央办公厅、国务院办公厅", "国务院", True, id="one of two organs"),
        pytest.param("全国人民代表大会", "全国人民代表大会常务委员会", True, id="congress and its committee"),
        pytest.param("中国共产党第十九次全国代表大会", "中国共产党第二十次全国代表大会", True, id="two congresses"),
        pytest.param("中央纪委", "国家监委", None, id="both central"),
        pytest.param("国家工商行政管理总局", "国家市场监督管理总局", None, id="renamed ministry"),
        pytest.param("卫生部", "国家卫生健康委员会", None, id="merged ministry"),
        pytest.param("示例县委", "县委办公室", None, id="without its place"),
        pytest.param("", "示例县委", None, id="unknown"),
        pytest.param("示例县纪委", "示例乡党委", False, id="county and township"),
        pytest.param("示例县委", "示例县人民政府", False, id="Party and State"),
        pytest.param("示例县委组织部", "财政部", False, id="a county's department is no ministry"),
        pytest.param("示例学校", "第二示范学校", False, id="two schools"),
    ],
)
def test_same_issuer(one: str, other: str, same: bool | None) -> None:
    assert same_issuer(one, other) is same
    assert same_issuer(other, one) is same
