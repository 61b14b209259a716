"""What a line tells about paragraphs: its width, its indent, the number it begins with; joining broken lines (折行)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBER = "〇零一二三四五六七八九十百千两\\d０-９"
_NUMBERED = re.compile(
    rf"[ \u3000]*(?:第[ \u3000]?[{_NUMBER}]{{1,9}}[ \u3000]?(?:编|分编|章|节|条|部分)"
    rf"|[（(][{_NUMBER}]{{1,4}}[)）]|[一二三四五六七八九十]{{1,3}}[、．.]|[\d０-９]{{1,3}}[、．.)）](?![\d０-９])"
    rf"|[①-⑳]|附(?:件|录|表|则)[ \u3000]*[{_NUMBER}]*[ \u3000]*(?:[:：]|$))"
)
_END = frozenset("。；：！？.;:!?”）")  # after these a line can end a paragraph
_INDENT = ("\u3000", "  ", "\t")
_MIN_LINES = 8
_MIN_WIDTH, _MAX_WIDTH = 30, 120  # columns; a Chinese character takes two
_SLACK = 4  # columns by which a full line may fall short: punctuation does not begin a line
_MIN_CONTINUED = 3  # lines that run on
_MIN_INDENTED = 0.1  # share of lines that begin a paragraph
_MIN_EXPLAINED = 0.8  # share of flush lines that follow a full one
_MAX_ENDED = 0.4  # share of those full lines that end a sentence


def is_numbered(line: str) -> bool:
    """Tell whether a line begins as a numbered unit does: 第三条, 一、, （二）, 1., ①, 附件2:."""
    return _NUMBERED.match(line) is not None


def join(left: str, right: str) -> str:
    """Join two parts of a broken line, with a space only between Latin words."""
    between_words = left[-1:].isascii() and right[:1].isascii() and left[-1:].isalpha() and right[:1].isalpha()
    return f"{left} {right}" if between_words else left + right


def unwrap(lines: Sequence[str]) -> list[str]:
    """Return the lines with paragraphs put together again where the text was clearly wrapped at a fixed width.

    Clearly wrapped is a text of which nearly every line at the margin follows a line that reaches the common width,
    mostly in mid-sentence, and new paragraphs are indented; any other text is returned as it is.
    """
    filled = [line.rstrip() for line in lines if line.strip()]
    full_width = _wrap_width(filled)
    if not full_width:
        return list(lines)
    out: list[str] = []
    open_end = False
    for line in (line.rstrip() for line in lines):
        if open_end and line and not line.startswith(_INDENT) and not (out[-1][-1] in _END and is_numbered(line)):
            out[-1] = join(out[-1], line)
        else:
            out.append(line)
        open_end = _width(line) >= full_width
    return out


def _wrap_width(lines: Sequence[str]) -> int:
    """Return the columns from which a line is full, 0 for a text that is not clearly wrapped."""
    if len(lines) < _MIN_LINES:
        return 0
    limit = max(map(_width, lines))
    flush = [before for before, line in pairwise(lines) if not line.startswith(_INDENT)]
    continued = [line for line in flush if _width(line) >= limit - _SLACK]
    ended = sum(1 for line in continued if line[-1] in _END)
    wrapped = (
        _MIN_WIDTH <= limit <= _MAX_WIDTH
        and len(flush) <= (1 - _MIN_INDENTED) * len(lines)
        and len(continued) >= max(_MIN_CONTINUED, _MIN_EXPLAINED * len(flush))
        and ended <= _MAX_ENDED * len(continued)
    )
    return limit - _SLACK if wrapped else 0


def _width(line: str) -> int:
    """Return the columns a line takes on a screen."""
    return len(line) + sum(1 for char in line if char > "\u2e7f")
