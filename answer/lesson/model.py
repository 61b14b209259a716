"""What a lesson is (党课提纲): sections of lines, each line a fixed phrase around words of a clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from answer.lesson.duties import Duty
from corpus.hit import Hit


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a lesson: `words` are a slice of the cited provision, `before` and `after` fixed phrases."""

    words: str
    citation: Hit | None
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The line as it is read."""
        return f"{self.before}{self.words}{self.after}"

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {"text": self.text, "citation": self.citation.to_json() if self.citation else None}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a lesson; `minutes` is the time planned for it, 0 for what is read later."""

    heading: str
    minutes: int
    lines: tuple[Line, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        lines = [line.to_json() for line in self.lines]
        return {"heading": self.heading, "minutes": self.minutes, "lines": lines}


@dataclass(frozen=True, slots=True)
class Lesson:
    """An outline for a lesson of some minutes, by what counts on a day; `duties` is the table of the section on them.

    `title` is the regulation or part of one (《…》第二章), else the theme.
    """

    title: str
    on: date
    minutes: int
    sections: tuple[Section, ...]
    duties: tuple[Duty, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {
            "title": self.title,
            "as_of": self.on.isoformat(),
            "minutes": self.minutes,
            "sections": [section.to_json() for section in self.sections],
            "duties": [duty.to_json() for duty in self.duties],
        }
