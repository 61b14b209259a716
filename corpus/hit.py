"""A provision as it is shown: searched, cited or looked up (条款的呈现).

One shape serves `show`, `search`, `ask` and HTTP, so that a quotation is always a slice of a stored edition.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from corpus.citation import Citation
from corpus.model import DIVISIONS, Edition, Kind, Provision

_HEADED = DIVISIONS | {Kind.HEADING, Kind.ANNEX}


@dataclass(frozen=True, slots=True)
class Hit:
    """One provision of one edition; `quote` is the edition's clean text from `start` to `end`.

    `text` is the whole provision, `article` the label of its 条 or None, `headings` the heading lines above it
    from the top, `score` the ranking score (higher is better; 0 where nothing was ranked).
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

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {**asdict(self), "headings": list(self.headings), "score": round(self.score, 4)}


Trails = dict[str, tuple[Provision, ...]]  # path -> the provisions from the root down to it


def trails(edition: Edition) -> Trails:
    """Return the way from the root to every provision of an edition, by path."""
    found: Trails = {}

    def walk(provisions: tuple[Provision, ...], above: tuple[Provision, ...]) -> None:
        for provision in provisions:
            found[provision.path] = (*above, provision)
            walk(provision.children, found[provision.path])

    walk(edition.provisions, ())
    return found


def make_hit(
    edition: Edition,
    trail: tuple[Provision, ...],
    status: str,
    span: tuple[int, int] | None = None,
    score: float = 0.0,
) -> Hit:
    """Return the hit for the provision at the end of `trail`.

    `span` is the part to quote, by default the whole provision without trailing white space.
    """
    provision = trail[-1]
    text = edition.slice(provision).rstrip()
    start, end = span or (provision.start, provision.start + len(text))
    return Hit(
        f"{edition.id}/{provision.path}",
        edition.title,
        edition.date,
        status,
        label_of(edition, trail),
        next((node.label for node in trail if node.kind is Kind.ARTICLE), None),
        heading_lines(edition, trail),
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


def heading_lines(edition: Edition, trail: tuple[Provision, ...]) -> tuple[str, ...]:
    """Return the headings above (and of) a provision as written: 第二章 总则, (三)以高素质……为目标."""
    return tuple(_heading_line(edition, node) for node in trail if node.kind in _HEADED)


def _heading_line(edition: Edition, node: Provision) -> str:
    spaced = edition.text[node.start + len(node.label)] in " \u3000" if node.label and node.heading else False
    return f"{node.label}{' ' * spaced}{node.heading}"


def label_of(edition: Edition, trail: tuple[Provision, ...]) -> str:
    """Return a provision's official citation: 《…》第七条第一款第（三）项, or by headings 《…》二、（三）1.第一段."""
    labels = [node.label or node.heading for node in trail if node.kind is Kind.HEADING]
    return str(Citation.of(edition.title, trail[-1].path, labels))
