"""What cleaning guarantees, and what it must leave as it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean, count_invisible

CLEANED = [
    pytest.param("第一条\u00a0为了", "第一条 为了", id="no-break space"),
    pytest.param("第一条\t为了", "第一条 为了", id="tab"),
    pytest.param("第一条\u2003为了", "第一条 为了", id="em space"),
    pytest.param("第一条\u3000为了", "第一条\u3000为了", id="ideographic space inside stays"),
    pytest.param("\u3000\u3000第一条\u3000", "第一条", id="white space at the ends goes"),
    pytest.param("党\u200b组\ufeff织\u2060", "党组织", id="zero width"),
    pytest.param("党\u00ad组织", "党组织", id="soft hyphen"),
    pytest.param("\u202e党组织\u202c", "党组织", id="bidi controls"),
    pytest.param("党\U000e0041组织", "党组织", id="tag characters"),
    pytest.param("党\x00组\x07织", "党组织", id="controls"),
    pytest.param("党\n组织", "党 组织", id="line feed"),
    pytest.param("\uf9e4", "\u7406", id="compatibility ideograph"),
    pytest.param("人⺠政府⼯作⼾籍", "人民政府工作户籍", id="radicals of pdf fonts"),
    pytest.param("（一）“①”〔2016〕５％——…", "（一）“①”〔2016〕５％——…", id="punctuation and widths stay"),
    pytest.param("cafe\u0301", "café", id="composed"),
]


@pytest.mark.parametrize(("raw", "cleaned"), CLEANED)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(st.text())
def test_clean_keeps_its_contract(raw: str) -> None:
    text = clean(raw)
    assert clean(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    assert count_invisible(text) == 0
    assert {char for char in text if char.isspace()} <= {" ", "\u3000"}
    assert text.encode("utf-8").decode("utf-8") == text


def test_invisible_characters_are_counted() -> None:
    assert count_invisible("党\u200b组\u200b织\ufeff 第一条\u3000") == 3
