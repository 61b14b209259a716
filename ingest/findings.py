"""What the ingest report says of a text's numbering: counts, gaps, duplicates, numbers out of order (编号检查)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import DIVISIONS, Kind, Provision
from corpus.numerals import to_chinese
from ingest.sequence import Candidate

_COUNTED = (Kind.ARTICLE, Kind.ITEM, Kind.HEADING)


@dataclass(frozen=True, slots=True)
class Findings:
    """Counts and problems of one text; gaps and the like are labels such as 第五十四条 or 第二章第三节."""

    articles: int
    headings: int
    provisions: int
    form: str  # "articles", "outline" or "plain"
    gaps: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()


def find_problems(provisions: Sequence[Provision], refused: Sequence[Candidate], text: str) -> Findings:
    """Return a tree's counts and numbering problems; `refused` are 第X条 shaped like articles that do not count on."""
    nodes = [node for root in provisions for node in root.walk()]
    articles = [node for node in nodes if node.kind is Kind.ARTICLE]
    headings = sum(node.kind is Kind.HEADING or node.kind in DIVISIONS for node in nodes)
    form = "articles" if articles else "outline" if headings else "plain"
    numbers = {article.number for article in articles}
    refused_labels = [(c, f"第{to_chinese(c.number)}条") for c in refused]
    return Findings(
        len(articles),
        headings,
        len(nodes),
        form,
        tuple(_article_gaps(articles)) + tuple(_division_gaps(provisions)),
        (
            *(f"{label}（{_place(text, c.start)}）" for c, label in refused_labels if c.number in numbers),
            *_repeated(nodes, text),
        ),
        tuple(f"{label}（{_place(text, c.start)}）" for c, label in refused_labels if c.number not in numbers),
    )


def _article_gaps(articles: Iterable[Provision]) -> Iterable[str]:
    last = 0
    for article in articles:
        number = article.number or 0
        if number == 1 or number < last:  # a new count: an annex or another regulation in the same file
            last = 0
        yield from _missing(last + 1, number, "条")
        last = number


def _missing(first: int, behind: int, unit: str) -> Iterable[str]:
    """Yield the missing numbers first … behind-1 as labels, a long run as one range."""
    if behind - first > 3:
        yield f"第{to_chinese(first)}{unit}至第{to_chinese(behind - 1)}{unit}"
        return
    for number in range(first, behind):
        yield f"第{to_chinese(number)}{unit}"


def _division_gaps(provisions: Sequence[Provision]) -> Iterable[str]:
    """Yield missing chapters and sections, counted among the siblings of one kind."""
    last: dict[Kind, int] = {}
    for node in provisions:
        if node.kind in DIVISIONS and node.number:
            expected = last.get(node.kind, node.number - 1 if node.kind is Kind.CHAPTER else 0) + 1
            unit = {Kind.PART: "编", Kind.SUBPART: "分编", Kind.CHAPTER: "章", Kind.SECTION: "节"}[node.kind]
            yield from _missing(expected, node.number, unit)
            last[node.kind] = node.number
        if node.kind is not Kind.ARTICLE:
            yield from _division_gaps(node.children)


def _repeated(nodes: Iterable[Provision], text: str) -> Iterable[str]:
    """Yield the units that stand a second time, of a run that counts anew only the first."""
    last = (Kind.TITLE, 0)
    for node in nodes:
        if node.kind not in _COUNTED or not node.label or "~" not in node.path.rpartition("/")[2]:
            continue
        number = node.number or 0
        if last != (node.kind, number - 1):
            anew = "起另行编号，文件中可能有几部法规，建议分开入库" if number == 1 and node.kind is Kind.ARTICLE else ""
            yield f"{node.label}（{_place(text, node.start)}{anew}）"
        last = (node.kind, number)


def _place(text: str, start: int) -> str:
    line = text.count("\n", 0, start) + 1
    return f"第{line}行"
