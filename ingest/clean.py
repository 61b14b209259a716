"""Cleaning one line of text: str in, str out, the wording and the punctuation untouched (文本清洗)."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType

# Characters that show nothing: zero-width and joining marks, bidi controls, soft hyphen, variation selectors, tags.
_INVISIBLE_RANGES = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_CONTROL_RANGES = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_SPACE_RANGES = "\t-\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f"
_RADICAL_RANGES = "\u2e80-\u2fdf"

_INVISIBLE = re.compile(f"[{_INVISIBLE_RANGES}]")
_DROPPED = re.compile(f"[{_CONTROL_RANGES}{_INVISIBLE_RANGES}]+")
_SPACE = re.compile(f"[{_SPACE_RANGES}]")
_RADICAL = re.compile(f"[{_RADICAL_RANGES}]")

# Radicals whose compatibility form is missing or is the traditional character; PDF fonts map plain glyphs onto them.
_IDEOGRAPHS = MappingProxyType(
    dict(
        zip(
            "\u2e81\u2e87\u2e9f\u2ea0\u2ea9\u2eab\u2eac\u2eae\u2ebc\u2ec1\u2ec4\u2ec5\u2ec6\u2ec9\u2ecb\u2ed3\u2ed4"
            "\u2ed8\u2ed9\u2eda\u2edb\u2edc\u2edd\u2ee2\u2ee3\u2ee4\u2ee5\u2ee6\u2ee7\u2ee8\u2ee9\u2eec\u2eee\u2ef0\u2ef3\u2f3e",
            "厂几母民王目示竹肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟户",
            strict=True,
        )
    )
)


def clean(text: str) -> str:
    """Return one line of text with its outward form made regular and its words as they were.

    Guaranteed afterwards: NFC (never NFKC: ① and （ stay); no control character, no invisible character and no line
    break; every space is U+0020 or, inside the line, U+3000, which structure reads as a mark; no white space at
    either end; a Kangxi radical is the ideograph it looks like. Punctuation and brackets are never changed, since
    the form of the original is what is quoted. Idempotent.
    """
    text = _SPACE.sub(" ", _DROPPED.sub("", text))
    if _RADICAL.search(text):
        text = _RADICAL.sub(_ideograph, text)
    return unicodedata.normalize("NFC", text).strip()


def count_invisible(text: str) -> int:
    """Return how many characters `clean` drops that a machine reads and a human does not see (零宽字符)."""
    return len(_INVISIBLE.findall(text))


def _ideograph(match: re.Match[str]) -> str:
    radical = match.group()
    return _IDEOGRAPHS.get(radical) or unicodedata.normalize("NFKC", radical)
