"""What a line tells about paragraphs: its width, its indent, the number it begins with; joining broken lines (折行)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_NUMBER = "〇零一二三四五六七八九十百千两\\d０-９"
_NUMBERED = re.compile(
    rf"[ \u3000]*(?:第[ \u3000]?[{_NUMBER}]{{1,9}}[ \u3000]?(?:编|分编|章|节|条|部分)"
    rf"|[（(][{_NUMBER}]{{1,4}}[)）]|[一二三四五六七八九十]{{1,3}}[、．.]|[\d０-９]{{1,3}}[、．.)）](?![\d０-９])"
    rf"|[①-⑳]|附(?:件|录|表|则)[ \u3000]*[{_NUMBER}]*[ \u3000]*(?:[:：]|$))"
)
_REFERENCE = re.compile(  # 第三条规定的程序, （二）项所列: a number that stands in a sentence
    rf"第[ \u3000]?[{_NUMBER}]{{1,9}}[ \u3000]?[章节条](?:第|的|规定|所|[、，]|以?及|和|或|至|到|中|之|（)"
    rf"|[（(][{_NUMBER}]{{1,4}}[)）](?:项|目|[、，]|和|或|至)"
)
_END = frozenset("。；：！？.;:!?”）")  # after these a line can end a paragraph
_SENTENCE_END = re.compile(r"[。；：！？.;:!?][”’」）)]?$")
_INDENT = ("\u3000", "  ", "\t")
_MIN_LINES = 8
_MIN_WIDTH, _MAX_WIDTH = 30, 120  # columns; a Chinese character takes two
_SLACK = 4  # columns by which a full line may fall short: punctuation does not begin a line
_MIN_CONTINUED = 3  # lines that run on
_OVERLONG = 0.02  # share of lines that may stand out beyond the common width
_MIN_OPENING = 0.1  # share of lines that begin a paragraph
_MIN_APART = 0.8  # share of numbered lines set apart, where indents and blank lines show all paragraphs
_MIN_EXPLAINED = 0.8  # share of flush lines that follow a full one
_MAX_ENDED = 0.4  # share of those full lines that end a sentence
_MIN_BROKEN = 0.12  # share of lines that break off in mid-sentence, in a text that may be wrapped


def is_numbered(line: str) -> bool:
    """Tell whether a line begins as a numbered unit does: 第三条, 一、, （二）, 1., ①, 附件2:."""
    return _NUMBERED.match(line) is not None


def join(left: str, right: str) -> str:
    """Join two parts of a broken line, with a space only between Latin words."""
    return f"{left}{_between(left, right)}{right}"


@dataclass(frozen=True, slots=True)
class _Break:
    """The place between two lines that are not empty; `apart`: a blank line or an indent sets the second one apart."""

    before: str
    line: str
    apart: bool


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a text was wrapped: the columns of a full line, and whether every paragraph is set apart."""

    limit: int
    set_apart: bool

    def is_full(self, line: str) -> bool:
        """Tell whether a line was broken because the next word had no room on it."""
        return abs(_width(line) - self.limit) <= _SLACK

    def runs_on(self, at: _Break) -> bool:
        """Tell whether a line goes on with the sentence or the paragraph of the line before it."""
        ended = _SENTENCE_END.search(at.before) is not None
        if at.apart:
            return False
        if not ended and "，" in at.before and _REFERENCE.match(at.line):
            return True
        if not self.is_full(at.before):
            return False
        if self.set_apart:
            return not (at.before[-1] in _END and is_numbered(at.line))
        return not ended and (not is_numbered(at.line) or _REFERENCE.match(at.line) is not None)


def unwrap(lines: Sequence[str]) -> list[str]:
    """Return the lines that are not empty, paragraphs put together again where the text was clearly wrapped.

    Clearly wrapped is a text of which nearly every line that is not indented, numbered or behind a blank line follows
    one that reaches the common width, mostly in mid-sentence; any other text is returned line by line.
    """
    breaks = list(_breaks(lines))
    wrapping = _wrapping(breaks)
    paragraphs = [[line.rstrip()] for line in lines if line.strip()][:1]
    for at in breaks:
        if wrapping and wrapping.runs_on(at):
            paragraphs[-1] += [_between(at.before, at.line), at.line]
        else:
            paragraphs.append([at.line])
    return ["".join(parts) for parts in paragraphs]


def may_be_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether many lines break off in mid-sentence, as they do in a text wrapped by hand (疑似折行)."""
    breaks = list(_breaks(lines))
    broken = sum(1 for at in breaks if _goes_on(at) and "，" in at.before and not _SENTENCE_END.search(at.before))
    return broken >= max(_MIN_CONTINUED, _MIN_BROKEN * len(breaks))


def _breaks(lines: Sequence[str]) -> Iterator[_Break]:
    before, blank = "", False
    for line in map(str.rstrip, lines):
        if line and before:
            yield _Break(before, line, blank or line.startswith(_INDENT))
        before, blank = line or before, not line


def _goes_on(at: _Break) -> bool:
    """Tell whether nothing but its words shows that a line may begin a paragraph."""
    return not at.apart and not is_numbered(at.line)


def _wrapping(breaks: Sequence[_Break]) -> _Wrapping | None:
    """Return how a text is wrapped, None for one that is not clearly wrapped."""
    if len(breaks) < _MIN_LINES - 1:
        return None
    widths = sorted(_width(at.line) for at in breaks)
    numbered = [at for at in breaks if is_numbered(at.line) and not _REFERENCE.match(at.line)]
    apart = sum(1 for at in numbered if at.apart)
    wrapping = _Wrapping(widths[int((1 - _OVERLONG) * len(widths))], apart >= _MIN_APART * len(numbered))
    flush = [at for at in breaks if _goes_on(at)]
    continued = [at for at in flush if wrapping.is_full(at.before)]
    ended = sum(1 for at in continued if at.before[-1] in _END)
    wrapped = (
        _MIN_WIDTH <= wrapping.limit <= _MAX_WIDTH
        and len(flush) <= (1 - _MIN_OPENING) * len(breaks)
        and len(continued) >= max(_MIN_CONTINUED, _MIN_EXPLAINED * len(flush))
        and ended <= _MAX_ENDED * len(continued)
    )
    return wrapping if wrapped else None


def _between(left: str, right: str) -> str:
    words = left[-1:].isascii() and right[:1].isascii() and left[-1:].isalpha() and right[:1].isalpha()
    return " " if words else ""


def _width(line: str) -> int:
    """Return the columns a line takes on a screen."""
    return len(line) + sum(1 for char in line if char > "\u2e7f")
