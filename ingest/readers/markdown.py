"""Reading markdown: the marks go, the words and the numbers as typed stay (Markdown)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from ingest.document import BlockKind
from ingest.readers.builder import DocumentBuilder

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+|$)")
_CLOSING = re.compile(r"[ \t]#+[ \t]*$")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+")
_QUOTE = re.compile(r"(?:[ \t]*>)+[ \t]?")
_FENCE = re.compile(r"[ \t]*(?:`{3,}[^`]*|~{3,}[^~]*)")
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:[ \t]*")
_DEFINITION = re.compile(r" {0,3}\[[^\]^]{1,80}\]:[ \t]*<?(?:https?:|[./#])\S*")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,500})>")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\(([^()\s]{0,500})(?:[ \t]+\"[^\"]{0,200}\")?\)")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_EMPHASIS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\*\*(?=\S)([^*]+)(?<=\S)\*\*",
        r"__(?=\S)([^_]+)(?<=\S)__",
        r"~~(?=\S)([^~]+)(?<=\S)~~",
        r"(?<![*0-9A-Za-z])\*(?=\S)([^*]+)(?<=\S)\*(?![*0-9A-Za-z])",
        r"(?<!\w)_(?=\S)([^_]+)(?<=\S)_(?!\w)",
        r"`{1,3}([^`]+)`{1,3}",
    )
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHELTER = 0x10F000  # escaped signs wait at private code points while the marks are taken away
_SHELTERED = re.compile("[\U0010f021-\U0010f07e]")
_MIN_HEADINGS = 2
_MIN_RULE = 3


def is_markdown(text: str, name: str) -> bool:
    """Tell whether a text is markdown: by the name's ending, or by headings with # in it."""
    if name.lower().endswith((".md", ".markdown")):
        return True
    headings = sum(1 for line in text.splitlines() if line.startswith("#") and _HEADING.match(line))
    return headings >= _MIN_HEADINGS


def read_markdown(text: str, builder: DocumentBuilder) -> None:
    """Lay the paragraphs, headings, notes and tables of a markdown text into `builder`, one line one paragraph."""
    lines = _without_comments(_without_front_matter(text)).splitlines()
    at = 0
    while at < len(lines):
        if rows := _table_at(lines, at):
            builder.table([[_plain(cell) for cell in _cells(row)] for row in (rows[0], *rows[2:])])
            at += len(rows)
        else:
            _read_line(lines[at], lines[at + 1] if at + 1 < len(lines) else "", builder)
            at += 1


def _read_line(line: str, following: str, builder: DocumentBuilder) -> None:
    if _FENCE.fullmatch(line) or _is_rule(line) or _DEFINITION.fullmatch(line.rstrip()):
        return
    if quote := _QUOTE.match(line):
        line = line[quote.end() :]
    level = 0
    if match := _HEADING.match(line):
        level, line = len(match[1]), _CLOSING.sub("", line[match.end() :])
    elif following.startswith("===") and _is_rule(following):
        level = 1
    note = _NOTE.match(line)
    kind = BlockKind.NOTE if note else BlockKind.TEXT
    line = line[note.end() :] if note else line
    if bullet := _BULLET.match(line):
        line = line[bullet.end() :]
    builder.text(_plain(line), level=level, kind=kind)


def _is_rule(line: str) -> bool:
    """Tell whether a line is a rule or the line under a heading: ---, * * *, ___, ===."""
    marks = line.replace(" ", "").replace("\t", "")
    return len(marks) >= _MIN_RULE and marks[0] in "-*_=" and marks == marks[0] * len(marks)


def _plain(text: str) -> str:
    """Return the words of a line; <br> becomes a line feed."""
    text = _ESCAPED.sub(lambda match: chr(_SHELTER + ord(match[1])), text)
    if "[" in text:
        text = _LINK.sub(_link_text, _NOTE_MARK.sub("", text))
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", _AUTOLINK.sub(r"\1", text)))
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    text = html.unescape(text) if "&" in text else text
    return _SHELTERED.sub(lambda match: chr(ord(match[0]) - _SHELTER), text)


def _link_text(match: re.Match[str]) -> str:
    """Return a link's words; 国发[2019](12)号 is no link, its second part being no address."""
    return match[1] if re.search(r"[./#:]", match[2]) else match[0]


def _table_at(lines: Sequence[str], at: int) -> Sequence[str]:
    """Return the lines of a pipe table that begins here, none otherwise."""
    if at + 1 >= len(lines) or "|" not in lines[at] or not _is_delimiter(lines[at + 1]):
        return ()
    end = at + 2
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        end += 1
    return lines[at:end]


def _is_delimiter(line: str) -> bool:
    return "-" in line and "|" in line and not line.strip(" \t|:-")


def _cells(row: str) -> list[str]:
    return [
        cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|"))
    ]


def _without_front_matter(text: str) -> str:
    """Return the text without the YAML between two lines of --- at its very beginning."""
    text = text.lstrip("\ufeff\n\r ")
    if not text.startswith("---\n") and not text.startswith("---\r\n"):
        return text
    end = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE).search(text, 4)
    return text[end.end() :] if end and ":" in text[: end.start()] else text


def _without_comments(text: str) -> str:
    """Return the text without <!-- … -->; one that is not closed stays."""
    return "".join(_outside_comments(text))


def _outside_comments(text: str) -> Iterator[str]:
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        yield text[at:start]
        at = end + 3
    yield text[at:]
