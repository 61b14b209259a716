"""What a text cites (引用): every citation becomes a link, resolved in its own text or with the reason why not.

Citations of other texts are found here and resolved later, when those texts are stored (`resolve_external`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from corpus.citation import Citation
from corpus.errors import DangguiError, NotFoundError
from corpus.locate import Locator
from corpus.mentions import FoundCitation, Relation, find_citations, points_elsewhere
from corpus.model import Edition, Kind, Provision, Reference
from corpus.titles import TYPES, abbreviations, is_generic, law_names, work_key
from corpus.validity import days

PENDING = "待解析"

_SKIPPED = frozenset({Kind.TITLE, Kind.CONTENTS})
_INSIDE_ARTICLE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.SUBITEM})
_AMENDS = re.compile(r"修正案|关于修改|的修改决定")
_IS_RULE = re.compile(rf"(?:{TYPES}|党章|条约|协定|修正案)(?:\([^()]*\))?\Z")
_RULES_FOR = re.compile(
    r"《?(?P<title>[^《》]+?(?:条例|规定|办法|规则|准则|章程|法))》?(?:实施细则|实施办法|实施条例|实施意见)"
)
_WORDS = {
    Kind.ARTICLE: "条",
    Kind.PARAGRAPH: "款",
    Kind.ITEM: "项",
    Kind.SUBITEM: "目",
    Kind.PART: "编",
    Kind.CHAPTER: "章",
    Kind.SECTION: "节",
}


class Library(Protocol):
    """Where texts that are cited are looked up."""

    def resolve(self, name: str) -> tuple[str, ...]:
        """Return the full titles a name can stand for: none, one, or several when it is ambiguous."""

    def edition(self, title: str, on: str) -> Edition | None:
        """Return the edition of a work that a date names or that is in force on it, "" for the newest.

        Of a work whose every edition is younger, the earliest.
        """


def find_references(edition: Edition) -> tuple[Reference, ...]:
    """Return every citation in an edition's text, in reading order.

    Those of the edition itself (本条例第七条, 前款, 第七条) have a target or the reason why they have none; those of
    other texts have the reason 待解析 and their canonical `citation`.
    """
    return tuple(_Finder(edition).references())


def resolve_external(reference: Reference, library: Library, on: str = "") -> Reference:
    """Return a reference to another text with its target, or with the reason why it has none.

    `on` is the ISO date on which the cited text counts unless the citation names an edition, "" for the newest. Of a
    work whose every edition is younger than that day the work is linked, but no article. A reference inside its own
    text comes back as it is.
    """
    if not reference.citation:
        return reference
    citation = Citation.parse(reference.citation)
    titles = library.resolve(citation.title)
    if len(titles) != 1:
        several = f"标题不唯一：{Citation(citation.title)}可指" + "、".join(str(Citation(title)) for title in titles)
        return replace(reference, target="", reason=several if titles else f"未入库：{Citation(citation.title)}")
    edition = library.edition(titles[0], citation.edition or on)
    if edition is None:
        return replace(reference, target="", reason=f"未入库：{Citation(titles[0], (), citation.edition or on)}")
    if not citation.units:
        return replace(reference, target=edition.id, reason="")
    if not citation.edition and days(edition.date).first > days(on).last:  # numbers move between editions
        return replace(reference, target="", reason=f"当时有效的版本未入库（库中最早为{edition.date}）")
    try:
        provision = Locator(edition).find(citation)
    except DangguiError as error:
        return replace(reference, target="", reason=str(error))
    return replace(reference, target=f"{edition.id}/{provision.path}", reason="")


class _Finder:
    """Finds the references of one edition and resolves those that stay in it."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.locator = Locator(edition, "本文")
        self.short = short_names(edition)
        self.known = law_names() | self.short.keys()
        self.amends = bool(_AMENDS.search(edition.title))
        self.articles = [node for node in edition.walk() if node.kind is Kind.ARTICLE]
        self.said: dict[str, Provision] = {}  # path of a provision -> what its words cited last in another article

    def references(self) -> Iterator[Reference]:
        """Yield the references, provision by provision."""
        for provision in self.edition.walk():
            if provision.kind not in _SKIPPED:
                yield from self._in(provision)

    def _in(self, provision: Provision) -> Iterator[Reference]:
        """Yield the references in a provision's own words, its number left out."""
        self._carry_down(provision)
        words = self.edition.text[provision.start : provision.lead_end]
        blank = len(words) - len(words.lstrip())
        start = blank + len(provision.label) if words.startswith(provision.label, blank) else 0
        for found in find_citations(words[start:], self.known):
            title = self.short.get(found.citation.title, found.citation.title)
            if not (found.citation.units or found.kind or is_rule(title)):
                continue  # 《入党志愿书》, a book, a form
            offset = provision.start + start
            plain = Reference(provision.path, offset + found.start, offset + found.end, found.words)
            yield from self._resolved(plain, found, provision)

    def _carry_down(self, provision: Provision) -> None:
        """Let a list go on from what the words above it cited; a new 款 starts afresh."""
        above = self.locator.ancestors(provision)
        if above and above[0].path in self.said and provision.kind is not Kind.PARAGRAPH:
            self.said[provision.path] = self.said[above[0].path]

    def _resolved(self, plain: Reference, found: FoundCitation, provision: Provision) -> Iterator[Reference]:
        if found.relation is Relation.NAMED:
            self.said.pop(provision.path, None)
            yield self._external(plain, found.citation)
            return
        if found.head and found.head in self.short:
            yield self._external(plain, replace(found.citation, title=found.head))
            return
        try:
            targets = self._targets(found, provision)
        except DangguiError as error:
            yield replace(plain, reason=str(error))
            return
        if found.citation.article and targets[0] not in (provision, *self.locator.ancestors(provision)):
            self.said[provision.path] = targets[0]
        for target in targets:
            yield replace(plain, target=f"{self.edition.id}/{target.path}")

    def _external(self, plain: Reference, citation: Citation) -> Reference:
        """Return the reference to another text, short names replaced by what this text defines them to be."""
        title = self.short.get(citation.title, citation.title)
        if points_elsewhere(title):
            return replace(plain, reason=f"“{title}”所指的文件须看上文")
        if is_generic(title):
            return replace(plain, reason=f"简称《{title}》在本文中没有定义")
        return replace(plain, reason=PENDING, citation=str(replace(citation, title=title)))

    def _targets(self, found: FoundCitation, provision: Provision) -> Sequence[Provision]:
        """Return the provisions of this edition that a citation without a title means; raises NotFoundError."""
        if found.relation is Relation.PRECEDING:
            before = self._before(found, provision)
            return [self._below(node, found.citation) for node in before]
        if found.relation is Relation.HERE:
            return [self._below(self._around(provision, found.kind), found.citation)]
        first = found.citation.units[0].kind
        if first in _INSIDE_ARTICLE:
            return [self._nearby(provision, found.citation)]
        if found.relation is Relation.BARE and self.amends:
            raise NotFoundError("修改决定中的条文序号指被修改的文件")
        scope = self._annex(provision) if first is not Kind.ANNEX else None
        return [self.locator.find(found.citation, scope)]

    def _below(self, node: Provision, citation: Citation) -> Provision:
        return self.locator.find(citation, node) if citation.units else node

    def _annex(self, provision: Provision) -> Provision | None:
        """Return the annex a provision stands in, if it has articles of its own."""
        annex = self._nearest(provision, Kind.ANNEX)
        return annex if annex and any(node.kind is Kind.ARTICLE for node in annex.walk()) else None

    def _nearest(self, provision: Provision, kind: Kind | None) -> Provision | None:
        trail = [provision, *self.locator.ancestors(provision)]
        return next((node for node in trail if node.kind is kind), None)

    def _around(self, provision: Provision, kind: Kind | None) -> Provision:
        """Return what 本条, 本款, 本章 stand in; in an article of one 款, 本款 is the article."""
        node = self._nearest(provision, kind)
        if node is None and kind is Kind.PARAGRAPH:
            node = self._nearest(provision, Kind.ARTICLE)
        if node is None:
            raise NotFoundError(f"此处不在任何{_WORDS.get(kind, '条款') if kind else '条款'}之内")
        return node

    def _nearby(self, provision: Provision, citation: Citation) -> Provision:
        """Return what 第二款, 第（三）项 without 条 mean.

        An item is one of the article cited just before (违反第八条……：（一）违反第二项的), else of the own 款 or 条;
        a 款 is one of the own 条, else of the article cited before.
        """
        if self._nearest(provision, Kind.ARTICLE) is None:
            raise NotFoundError(f"此处不在任何条之内，{citation.address}所指须看上文")
        said = self.said.get(provision.path)
        if said is None:
            return self._upwards(provision, citation)
        first, second = (provision, said) if citation.paragraph else (said, provision)
        try:
            return self._upwards(first, citation)
        except NotFoundError:
            return self._upwards(second, citation)

    def _upwards(self, provision: Provision, citation: Citation) -> Provision:
        """Return what a citation names below a provision or, step by step, below what is above it."""
        for node in (provision, *self.locator.ancestors(provision)):
            if node.kind is Kind.ARTICLE:
                return self.locator.find(citation, node)
            if not citation.paragraph:
                try:
                    return self.locator.find(citation, node)
                except NotFoundError:
                    continue
        raise NotFoundError(f"此处不在任何条之内，{citation.address}所指须看上文")

    def _before(self, found: FoundCitation, provision: Provision) -> Sequence[Provision]:
        """Return the `count` units right before the one a provision stands in; raises NotFoundError."""
        kind, word = found.kind or Kind.PARAGRAPH, _WORDS[found.kind or Kind.PARAGRAPH]
        here = self._nearest(provision, kind)
        if here is None and kind is Kind.PARAGRAPH and self._nearest(provision, Kind.ARTICLE):
            raise NotFoundError(f"本条只有一款，“{found.words}”无所指")
        if here is None:
            raise NotFoundError(f"此处不在任何{word}之内，“{found.words}”无所指")
        row = self.articles if kind is Kind.ARTICLE else [s for s in self.locator.siblings(here) if s.kind is kind]
        index = row.index(here)
        if index < found.count:
            lacking = f"前面只有{index}{word}" if index else f"本{word}是第一{word}"
            raise NotFoundError(f"{lacking}，“{found.words}”无所指")
        return row[index - found.count : index]


def is_rule(title: str) -> bool:
    """Tell whether a title is that of rules, no book or form: it ends with 条例, 办法, 通知 and the like."""
    return _IS_RULE.search(work_key(title)) is not None


def short_names(edition: Edition) -> dict[str, str]:
    """Return the short names a text defines, and 《条例》 for the 条例 that its title says it implements."""
    names = {}
    rules = _RULES_FOR.search(edition.title)
    if rules:
        title = rules["title"]
        names = {kind: title for kind in ("条例", "规定", "办法", "规则", "准则", "章程", "法") if title.endswith(kind)}
    return names | abbreviations(edition.text)
