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


def ancestry(edition: Edition, path: str) -> tuple[Provision, ...]:
    """Return the provisions from the root down to `path`, empty where there is none."""
    trail: list[Provision] = []
    level = edition.provisions
    target = next((node for node in edition.walk() if node.path == path), None)
    while target is not None and (not trail or trail[-1] is not target):
        trail.append(next(n for n in level if n is target or (n.start <= target.start and target.end <= n.end)))
        level = trail[-1].children
    return tuple(trail)


def make_hit(
    edition: Edition,
    path: str,
    status: str,
    span: tuple[int, int] | None = None,
    score: float = 0.0,
) -> Hit:
    """Return the hit for a provision; `span` is the part to quote, by default the whole without trailing white space.

    Raises KeyError where the edition has no such path.
    """
    trail = ancestry(edition, path)
    if not trail:
        raise KeyError(path)
    provision = trail[-1]
    text = edition.slice(provision).rstrip()
    start, end = span or (provision.start, provision.start + len(text))
    article = next((node.label for node in trail if node.kind is Kind.ARTICLE), None)
    return Hit(
        f"{edition.id}/{path}",
        edition.title,
        edition.date,
        status,
        label_of(edition, trail),
        article,
        heading_lines(edition, trail),
        text,
        edition.text[start:end],
        start,
        end,
        score,
    )


def heading_lines(edition: Edition, trail: tuple[Provision, ...]) -> tuple[str, ...]:
    """Return the headings above (and of) a provision as written: 第二章 总则, (三)以高素质……为目标."""
    return tuple(_heading_line(edition, node) for node in trail if node.kind in _HEADED)


def _heading_line(edition: Edition, node: Provision) -> str:
    if node.kind is Kind.HEADING:
        space = (
            " " if edition.text[node.start + len(node.label) : node.start + len(node.label) + 1] in " \u3000" else ""
        )
        return f"{node.label}{space if node.label else ''}{node.heading}"
    return f"{node.label} {node.heading}".strip()


def label_of(edition: Edition, trail: tuple[Provision, ...]) -> str:
    """Return a provision's official citation: 《…》第七条第一款第（三）项, or the headings of a text without 条."""
    provision = trail[-1]
    if not any(node.kind is Kind.HEADING and node.number for node in trail):
        return str(Citation.of(edition.title, provision.path))
    steps = "".join(node.label.rstrip("、.．") for node in trail if node.label)
    return f"《{edition.title}》{steps}"
