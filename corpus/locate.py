"""From a citation to the provision it means (定位), as tolerantly as people cite, and never by a guess.

第六条第一款第（三）项 finds art_6/item_3 where 第六条 has one 款; 第七条第三项 finds the item where only one 款 has it.
What is not there is said with the range that is: 共13条，没有第十四条.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.citation import Citation, edition_words
from corpus.errors import AmbiguousError, InputError, NotFoundError
from corpus.model import DIVISIONS, Edition, Kind, Provision
from corpus.numerals import to_chinese
from corpus.titles import normalise
from corpus.units import Unit, canonical_label

_COUNTERS = {
    Kind.PART: "编",
    Kind.SUBPART: "分编",
    Kind.CHAPTER: "章",
    Kind.SECTION: "节",
    Kind.ARTICLE: "条",
    Kind.PARAGRAPH: "款",
    Kind.ITEM: "项",
    Kind.SUBITEM: "目",
    Kind.HEADING: "个标题",
    Kind.ANNEX: "个附件",
    Kind.TABLE: "个表",
    Kind.NOTE: "个注",
}
_MOST_RANGES = 8
_INSIDE_ARTICLE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.SUBITEM})


def locate(edition: Edition, citation: Citation) -> Provision:
    """Return the provision of an edition that a citation names; its title is not looked at.

    Raises InputError when the citation names no provision, NotFoundError, with what exists, when there is none or
    when several could be meant.
    """
    return Locator(edition).find(citation)


def cite(edition: Edition, path: str) -> Citation:
    """Return the citation of an edition's provision, headings by their own labels; raises NotFoundError."""
    return Locator(edition).cite(path)


class Locator:
    """Finds provisions of one edition; `name` is what messages call it, by default 《title》（date）."""

    def __init__(self, edition: Edition, name: str = "") -> None:
        self.edition = edition
        self.name = name or f"《{edition.title}》{edition_words(edition.date)}"
        self.nodes = {provision.path: provision for provision in edition.walk()}
        self._parents = {child.path: node for node in edition.walk() for child in node.children}

    def ancestors(self, provision: Provision) -> list[Provision]:
        """Return what lies above a provision, the nearest first."""
        above = []
        parent = self._parents.get(provision.path)
        while parent is not None:
            above.append(parent)
            parent = self._parents.get(parent.path)
        return above

    def siblings(self, provision: Provision) -> Sequence[Provision]:
        """Return the children of a provision's parent, itself included."""
        parent = self._parents.get(provision.path)
        return parent.children if parent else self.edition.provisions

    def trail(self, path: str) -> list[Provision]:
        """Return the provisions from the root down to a path; raises NotFoundError."""
        provision = self.nodes.get(path)
        if provision is None:
            raise NotFoundError(f"{self.name}没有条款 {path}")
        return [*reversed(self.ancestors(provision)), provision]

    def cite(self, path: str) -> Citation:
        """Return the citation of a provision; raises NotFoundError."""
        within = [node for node in self.trail(path) if path == node.path or path.startswith(f"{node.path}/")]
        labels = [self._name(node) for node in within if node.kind in (Kind.HEADING, Kind.PART)]
        return Citation.of(self.edition.title, path, labels)

    def _name(self, heading: Provision) -> str:
        """Return a heading's label, or its words where no sibling has the same."""
        same = [node for node in self.siblings(heading) if node.heading == heading.heading and not node.label]
        return heading.label or (heading.heading if len(same) == 1 else "")

    def find(self, citation: Citation, scope: Provision | None = None) -> Provision:
        """Return the provision that a citation names, looked for below `scope` (an annex) or in the whole edition.

        Raises as `locate` does.
        """
        if not citation.units:
            raise InputError(f"引文没有指明条款：{citation}")
        exact = self.nodes.get("/".join(filter(None, (scope.path if scope else "", citation.path))))
        if exact is not None and not _has_own_label(exact, citation):
            return exact
        node = scope
        for unit in _counting(citation.units):
            node = self._step(node, unit)
        if node is None:
            raise InputError(f"引文没有指明条款：{citation}")
        return node

    def existing(self, citation: Citation) -> str:
        """Return what there is where a citation names what there is not: 第一条至第六十三条, "" where all is found.

        Numbers that are missing or begin anew part the range: 第一条至第五十三条、第五十五条至第六十条.
        """
        node = None
        for unit in _counting(citation.units):
            try:
                node = self._step(node, unit)
            except NotFoundError:
                return self._ranges(node, unit)
        return ""

    def _ranges(self, node: Provision | None, unit: Unit) -> str:
        among = self._children(node) if unit.kind is Kind.HEADING else self._below(node)
        runs: list[list[Provision]] = []
        for one in among:
            if one.kind is not unit.kind:
                continue
            if runs and _follows(self.cite(runs[-1][-1].path), self.cite(one.path)):
                runs[-1].append(one)
            else:
                runs.append([one])
        if not runs and unit.kind is Kind.PARAGRAPH and node is not None and node.kind is Kind.ARTICLE:
            return str(Unit(Kind.PARAGRAPH, 1))
        above = self.cite(node.path).address if node else ""
        return "、".join(self._range(run, above) for run in runs[:_MOST_RANGES]) + "等" * (len(runs) > _MOST_RANGES)

    def _range(self, run: Sequence[Provision], above: str) -> str:
        first = self.cite(run[0].path).address.removeprefix(above).removeprefix("的")
        return first if len(run) == 1 else f"{first}至{self.cite(run[-1].path).units[-1]}"

    def _step(self, node: Provision | None, unit: Unit) -> Provision:
        """Return what `unit` names below `node`, or below the whole edition."""
        if unit.kind is Kind.HEADING:
            return self._heading(node, unit)
        if unit.kind is Kind.PARAGRAPH and node is not None and node.kind is Kind.ARTICLE:
            return self._paragraph(node, unit)
        if unit.kind is Kind.ITEM and node is not None and node.kind is Kind.HEADING:
            return self._heading(node, Unit(Kind.HEADING, unit.number, label=f"（{to_chinese(unit.number or 0)}）"))
        if unit.kind is Kind.PART and unit.label and not _candidates(self._below(node), unit):
            return self._heading(node, Unit(Kind.HEADING, unit.number, label=unit.label))
        found = _candidates(self._children(node), unit) or _candidates(self._below(node), unit)
        if unit.kind is Kind.ARTICLE and not found and node is None:
            found = _candidates(self.edition.walk(), unit) or self._numbered_as_article(unit)
        return self._only(found, node, unit)

    def _numbered_as_article(self, unit: Unit) -> list[Provision]:
        """Return 三、 of a text without 条, which such decisions themselves cite as 第三条."""
        if unit.branch or any(node.kind is Kind.ARTICLE for node in self.nodes.values()):
            return []
        label = f"{to_chinese(unit.number or 0)}、"
        return [node for node in self.edition.provisions if canonical_label(node.label) == label]

    def _paragraph(self, article: Provision, unit: Unit) -> Provision:
        """Return a 款 of an article; an article without a para level is its own first 款."""
        if any(child.kind is Kind.PARAGRAPH for child in article.children):
            return self._only(_candidates(article.children, unit), article, unit)
        if unit.number == 1 and unit.repeat == 1:
            return article
        raise NotFoundError(self._missing(article, unit))

    def _heading(self, node: Provision | None, unit: Unit) -> Provision:
        """Return a heading: the child with the label, the only one with it anywhere below, or the child by number."""
        children = [child for child in self._children(node) if child.kind is Kind.HEADING]
        below = [child for child in self._below(node) if child.kind is Kind.HEADING]
        for among in (children, below):
            same = [heading for heading in among if _matches(heading, unit)]
            if same:
                return self._only(_candidates(same, unit) or same, node, unit)
        return self._only(_candidates(children, unit), node, unit)

    def _children(self, node: Provision | None) -> Sequence[Provision]:
        return self.edition.provisions if node is None else node.children

    def _below(self, node: Provision | None) -> Iterator[Provision]:
        """Yield what lies below a node in document order; the edition itself does not reach into its annexes."""
        for child in self._children(node):
            yield child
            if child.kind is not Kind.ANNEX:
                yield from self._below(child)

    def _only(self, found: Sequence[Provision], node: Provision | None, unit: Unit) -> Provision:
        if not found:
            raise NotFoundError(self._missing(node, unit))
        if len(found) > 1:
            places = [self.cite(provision.path).address for provision in found[:4]]
            raise AmbiguousError(f"{self._say(node)}有多处{unit}，请写明是哪一处：{'、'.join(places)}")
        return found[0]

    def _say(self, node: Provision | None) -> str:
        return self.name + (self.cite(node.path).address if node else "")

    def _missing(self, node: Provision | None, unit: Unit) -> str:
        """Return the sentence that says what a node has instead of `unit`."""
        has = self._counts(node, unit)
        if has:
            return f"{self._say(node)}共{has}，没有{unit}"
        lacking = _COUNTERS.get(unit.kind, str(unit)).removeprefix("个")
        return self._say(node) + ("不分条" if unit.kind is Kind.ARTICLE else f"没有{lacking}")

    def _counts(self, node: Provision | None, unit: Unit) -> str:
        """Return how many of the unit's kind a node has, for an article also how many 款: 1款、11项."""
        kinds = [unit.kind]
        if node is not None and node.kind is Kind.ARTICLE and unit.kind in _INSIDE_ARTICLE:
            kinds = [Kind.PARAGRAPH, *(kind for kind in (Kind.ITEM, Kind.SUBITEM) if kind is unit.kind)]
        parts = []
        for kind in kinds:
            among = self._children(node) if kind is Kind.HEADING else self._below(node)
            count = sum(provision.kind is kind for provision in among)
            count = count or int(kind is Kind.PARAGRAPH and node is not None and node.kind is Kind.ARTICLE)
            if count:
                parts.append(f"{count}{_COUNTERS.get(kind, '处')}")
        return "、".join(parts)


def _counting(units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield the units that lead to a provision; articles count on through 编, 章 and 节, which are passed over."""
    for index, unit in enumerate(units):
        if unit.kind not in DIVISIONS or all(later.kind is not Kind.ARTICLE for later in units[index:]):
            yield unit


def _follows(one: Citation, other: Citation) -> bool:
    """Say whether a place is the next one in the same list: 第七条 or 第六条之一 behind 第六条."""
    before, after = one.units[-1], other.units[-1]
    counted = after.number is not None and after.number - (before.number or 0) in (0, 1)
    return counted and one.path.rpartition("/")[0] == other.path.rpartition("/")[0]


def _candidates(provisions: Sequence[Provision] | Iterator[Provision], unit: Unit) -> list[Provision]:
    """Return the provisions whose own path segment is the unit's."""
    return [one for one in provisions if one.kind is unit.kind and one.path.rpartition("/")[2] == unit.segment]


def _matches(heading: Provision, unit: Unit) -> bool:
    """Say whether a heading has the unit's label, or, unnumbered, its words."""
    if unit.number is None:
        return normalise(heading.heading) == normalise(unit.label)
    return bool(unit.label) and canonical_label(heading.label) == unit.label


def _has_own_label(provision: Provision, citation: Citation) -> bool:
    """Say whether a heading found by its number carries another label than the one cited: （二） is not 二、."""
    last = citation.units[-1]
    return last.kind is Kind.HEADING and canonical_label(provision.label) not in ("", last.label)
