"""From bytes to text: byte order marks, declared names, and a choice between utf-8, gb18030 and big5 (编码)."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from types import MappingProxyType

from ingest.readers.xml import DamagedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What files call themselves, and the superset that their bytes are really in; other names are left to detection.
_CODECS = MappingProxyType(
    dict.fromkeys(("gb18030", "gb2312", "gbk", "x-gbk", "cp936", "ms936", "gb_2312-80", "hz-gb-2312"), "gb18030")
    | dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8")
    | dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cp950"), "big5hkscs")
)
# The commonest signs of official Chinese, simplified and traditional; a wrong decoding hits few of them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "條員會應當責規監機關單問題領導辦處與為國這個時來們動產種經對發過後說"
    "条员会应当责规定监督机关党组织委部门单位问题领导办处理工作与第。，、；：（）《》　\n"
)  # fmt: skip
_SAMPLE = 20_000  # characters judged
_BINARY = frozenset(range(0x20)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B}
_MAX_BINARY = 0.01  # share of control characters that a text may hold
_MAX_LOST = 0.02  # share of characters that may be beyond repair
_MIN_FAMILIAR = 0.2  # share of ASCII and common Chinese that makes bytes UTF-16 text
_CLEARLY = 2.0  # big5 must be this many times as plausible as gb18030
_UNKNOWN = "无法识别文件的格式或文字编码；请另存为 docx，或另存为 UTF-8 编码的文本文件"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read with, and how many characters could not be read."""

    text: str
    encoding: str
    lost: int = 0


def decode(data: bytes, declared: str = "") -> Decoded:
    """Return the text of `data`: by its mark, by the declared name if that fits, else by detection.

    Raises DamagedError when the bytes are no text in any encoding known here.
    """
    mark = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), None)
    if mark is not None:
        return _checked(_strict_or_lossy(data[len(mark[0]) :], mark[1]))
    if b"\x00" in data[:_SAMPLE]:
        return _checked(_wide(data))
    for name in dict.fromkeys((_CODECS.get(declared.strip().lower(), "utf-8"), "utf-8")):
        if (text := _strict(data, name)) is not None:
            return _checked(Decoded(text, name))
    return _checked(_chinese(data))


def _chinese(data: bytes) -> Decoded:
    """Choose between gb18030 and big5; a text in neither is read in the encoding that loses least."""
    simplified, traditional = _strict(data, "gb18030"), _strict(data, "big5hkscs")
    if simplified is not None and (
        traditional is None or _plausibility(traditional) < _CLEARLY * _plausibility(simplified)
    ):
        return Decoded(simplified, "gb18030")
    if traditional is not None:
        return Decoded(traditional, "big5")
    return min((_strict_or_lossy(data, name) for name in ("utf-8", "gb18030")), key=lambda decoded: decoded.lost)


def _wide(data: bytes) -> Decoded:
    """Read UTF-16 without a mark, told by its zero bytes; raises DamagedError when it is no text."""
    readings = [_strict_or_lossy(data, name) for name in ("utf-16-le", "utf-16-be")]
    best = max(readings, key=lambda decoded: _familiar(decoded.text))
    if _familiar(best.text) < _MIN_FAMILIAR:
        raise DamagedError(_UNKNOWN)
    return best


def _familiar(text: str) -> float:
    """Return the share of characters that are ASCII or common in Chinese."""
    sample = text[:_SAMPLE]
    return sum(1 for char in sample if " " <= char <= "~" or char in _COMMON) / max(len(sample), 1)


def _plausibility(text: str) -> float:
    """Return the share of characters beyond ASCII that are common in Chinese."""
    sample = text[:_SAMPLE]
    foreign = sum(1 for char in sample if char > "\x7f")
    return sum(1 for char in sample if char > "\x7f" and char in _COMMON) / max(foreign, 1)


def _checked(decoded: Decoded) -> Decoded:
    """Return a reading that is text; raises DamagedError for one that is binary or mostly unreadable."""
    sample = decoded.text[:_SAMPLE]
    binary = sum(1 for char in sample if ord(char) in _BINARY)
    if binary > _MAX_BINARY * len(sample) or decoded.lost > _MAX_LOST * max(len(decoded.text), 1):
        raise DamagedError(_UNKNOWN)
    return decoded


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _strict_or_lossy(data: bytes, name: str) -> Decoded:
    text = data.decode(name, errors="replace")
    return Decoded(text, name, text.count("\ufffd"))
