"""The document under review (送审文件): read, parsed and cut into paragraphs, never stored."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from answer.review.findings import Place
from corpus.errors import InputError
from corpus.model import DIVISIONS, Edition, Kind
from corpus.titles import work_key
from corpus.validity import ANYTIME, days
from ingest.pipeline import Job, parse_bytes
from ingest.references import short_names

_SENTENCE = re.compile(r"[^。！？!?；;]*(?:[。！？!?；;]+[”’」』）)]*|$)")


_QUOTED = re.compile(r"“[^“”\n]*(?:“[^“”\n]*”[^“”\n]*)*”|「[^「」\n]*」")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at [start, end) of the clean text."""

    start: int
    end: int
    text: str


class Paper:
    """A parsed document; places in its clean text become characters of its non-empty paragraphs."""

    def __init__(self, name: str, edition: Edition, gaps: tuple[str, ...] = (), repeated: tuple[str, ...] = ()) -> None:
        """Take the parsed edition and what the parser noticed of its numbering."""
        self.name = name
        self.edition = edition
        self.gaps = gaps
        self.repeated = repeated
        self._starts: list[int] = []
        lines: list[str] = []
        offset = 0
        for line in edition.text.split("\n"):
            if line.strip():
                self._starts.append(offset)
                lines.append(line)
            offset += len(line) + 1
        self.paragraphs = tuple(lines)

    @classmethod
    def read(cls, data: bytes, name: str, *, allow_marked: bool = False) -> Paper:
        """Return a file's document. Raises InputError for what cannot be read, RefusedError for a secrecy mark."""
        parsed = parse_bytes(data, Job(Path(name), name, allow_marked=allow_marked))
        if parsed.edition is None:
            raise InputError(parsed.report.refused)
        report = parsed.report
        return cls(name, parsed.edition, report.gaps, (*report.duplicates, *report.out_of_order))

    @property
    def text(self) -> str:
        """The clean text; its non-empty lines are the paragraphs."""
        return self.edition.text

    @cached_property
    def day(self) -> date | None:
        """The last day that the document's own date may mean, None where it has none."""
        span = days(self.edition.date)
        return None if span == ANYTIME else span.last

    @cached_property
    def short(self) -> Mapping[str, str]:
        """The short names that the document defines: without 书名号 -> full title."""
        return short_names(self.edition)

    @cached_property
    def has_articles(self) -> bool:
        """Whether the document is parted into 条."""
        return any(node.kind is Kind.ARTICLE for node in self.edition.walk())

    @cached_property
    def body(self) -> int:
        """Where the first 条 or 章 begins, 0 in a text without them: title and 题注 stand before it."""
        kinds = (Kind.ARTICLE, *DIVISIONS)
        return next((node.start for node in self.edition.walk() if node.kind in kinds), 0)

    @cached_property
    def work(self) -> str:
        """The key of the document's own title."""
        return work_key(self.edition.title)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield where each paragraph starts in the clean text, and its words."""
        yield from zip(self._starts, self.paragraphs, strict=True)

    def sentences(self) -> Iterator[Sentence]:
        """Yield the sentences, which end at 。！？； and at the paragraph's end, in order."""
        for offset, line in self.lines():
            for match in _SENTENCE.finditer(line):
                if match[0].strip():
                    yield Sentence(offset + match.start(), offset + match.end(), match[0])

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence in which a character of the clean text stands."""
        found = bisect_right(self._sentence_starts, offset) - 1
        return self._sentences[max(0, found)]

    @cached_property
    def _sentences(self) -> list[Sentence]:
        return list(self.sentences())

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [one.start for one in self._sentences]

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """The spans of the clean text between quotation marks."""
        return [match.span() for match in _QUOTED.finditer(self.text)]

    def is_quoted(self, start: int, end: int) -> bool:
        """Tell whether a span stands between quotation marks: what is quoted speaks of its own text."""
        found = bisect_right(self.quotations, (start, len(self.text))) - 1
        return found >= 0 and end <= self.quotations[found][1]

    def place(self, start: int, end: int) -> Place:
        """Return a span of the clean text as a place; one that crosses a paragraph's end is cut there."""
        number = max(0, bisect_right(self._starts, start) - 1)
        line, first = self.paragraphs[number], self._starts[number]
        begin, stop = min(start - first, len(line)), min(end - first, len(line))
        return Place(number, begin, stop, line[begin:stop])
