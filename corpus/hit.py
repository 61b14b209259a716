"""A provision as it is shown: searched, cited or looked up (条款的呈现).

One shape serves `show`, `search`, `ask` and HTTP, so that a quotation is always a slice of a stored edition.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from corpus.citation import Citation, edition_words
from corpus.locate import Locator
from corpus.model import DIVISIONS, Edition, Kind, Provision

_HEADED = DIVISIONS | {Kind.HEADING, Kind.ANNEX}


@dataclass(frozen=True, slots=True)
class Hit:
    """One provision of one edition; `quote` is the edition's clean text from `start` to `end`.

    `text` is the whole provision, `article` the label of its 条 or None, `headings` the heading lines above it
    from the top, `score` the ranking score (higher is better; 0 where nothing was ranked), `marks` the
    spans of the quote that answer, counted from its beginning; a key of the JSON only where there are any.
    """

    id: str
    title: str
    edition: str
    status: str
    label: str
    article: str | None
    headings: tuple[str, ...]
    text: str
    quote: str
    start: int
    end: int
    score: float = 0.0
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def edition_id(self) -> str:
        """The identifier of the edition: `<title>@<edition date>`."""
        return f"{self.title}@{self.edition}"

    @property
    def path(self) -> str:
        """The path of the provision in its edition, "" for a whole edition."""
        return self.id.removeprefix(self.edition_id).removeprefix("/")

    @property
    def cited(self) -> str:
        """The citation with its edition: 《…条例》第七条（2016年7月8日）."""
        return self.label + edition_words(self.edition)

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        fields = {**asdict(self), "headings": list(self.headings), "score": round(self.score, 4)}
        marks = fields.pop("marks")
        return {**fields, "marks": [list(mark) for mark in marks]} if marks else fields


def make_hit(locator: Locator, path: str, status: str, span: tuple[int, int] | None = None, score: float = 0.0) -> Hit:
    """Return the hit for a provision of the locator's edition; raises NotFoundError.

    `span` is the part to quote, by default the whole provision without trailing white space.
    """
    edition, trail = locator.edition, locator.trail(path)
    provision = trail[-1]
    text = edition.slice(provision).rstrip()
    start, end = span or (provision.start, provision.start + len(text))
    return Hit(
        f"{edition.id}/{path}",
        edition.title,
        edition.date,
        status,
        str(locator.cite(path)),
        next((node.label for node in trail if node.kind is Kind.ARTICLE), None),
        tuple(_heading_line(edition, node) for node in trail if node.kind in _HEADED),
        text,
        edition.text[start:end],
        start,
        end,
        score,
    )


def whole_hit(edition: Edition, status: str) -> Hit:
    """Return the hit for a whole edition, with the title alone as its label."""
    text = edition.text.rstrip()
    label = str(Citation(edition.title))
    return Hit(edition.id, edition.title, edition.date, status, label, None, (), text, text, 0, len(text))


def _heading_line(edition: Edition, node: Provision) -> str:
    """Return a heading as written: 第二章 总则, (三)以高素质……为目标."""
    spaced = edition.text[node.start + len(node.label)] in " \u3000" if node.label and node.heading else False
    return f"{node.label}{' ' * spaced}{node.heading}"
