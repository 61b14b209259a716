"""The citations of a document (文中引用): which regulation each means, short names of the document's own included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from answer.review.paper import Paper
from answer.verify import Library
from corpus.citation import Citation
from corpus.mentions import FoundCitation, Relation, find_citations, points_elsewhere
from corpus.model import Kind
from corpus.titles import has_another_owner, is_generic, law_names, normalise, work_key
from ingest.references import is_rule

_SHORTEST_NAME = 4  # characters of a name without 书名号 that counts as one
_LONG_NAME = 8  # letters of a name that may be misspelt
_NAME_ENDS = re.compile(r"(?:准则|条例|规则|规定|办法|细则|章程|党章|法)\Z")
_GOES_ON = re.compile(r"\s*(?:实施|贯彻|补充|修正案|草案|的(?:通知|决定|意见))")
_OWN_AHEAD = re.compile(r"(?:实施|贯彻|落实|印发|转发|修改|废止)\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """A regulation, or a clause of one, named at [start, end) of the clean text.

    `citation` has the full title where the document defines a short one. `undefined` marks a general name
    (《条例》) that it does not define, `bare` a name without 书名号 and number.
    """

    start: int
    end: int
    words: str
    citation: Citation
    undefined: bool = False
    bare: bool = False


def mentions(paper: Paper, library: Library) -> list[Mention]:
    """Return every mention of another regulation, in reading order."""
    known = _Known(paper, library)
    found: list[Mention] = []
    for offset, line in paper.lines():
        found += _in_line(paper, library, known, offset, line)
    return found


class _Known:
    """Names that may stand without 书名号 before a number."""

    def __init__(self, paper: Paper, library: Library) -> None:
        self._short, self._titles, self._laws = paper.short, library.titles, law_names()

    def __contains__(self, name: object) -> bool:
        return name in self._short or name in self._laws or name in self._titles


def _in_line(paper: Paper, library: Library, known: _Known, offset: int, line: str) -> Iterator[Mention]:
    last: Citation | None = None
    taken: list[tuple[int, int]] = []
    for found in find_citations(line, known):
        taken.append((found.start, found.end))
        if found.relation is Relation.NAMED:
            mention = _named(paper, library, found, offset)
            if mention is not None:
                last = mention.citation
                yield mention
        elif found.relation is Relation.BARE and last and _belongs(paper, found, offset):
            cited = Citation(last.title, found.citation.units, last.edition)
            yield Mention(offset + found.start, offset + found.end, found.words, cited)
    yield from _plain(paper, library, offset, line, taken)


def _named(paper: Paper, library: Library, found: FoundCitation, offset: int) -> Mention | None:
    """Return the mention of a title, misspelt ones too, None for a form, a book and the document's own title."""
    title = paper.short.get(found.citation.title, found.citation.title)
    if points_elsewhere(title) or _is_own(paper, found, work_key(title), offset):
        return None
    if not found.citation.units and not is_rule(title) and not _is_misspelt(title, library):
        return None
    cited = replace(found.citation, title=title)
    return Mention(offset + found.start, offset + found.end, found.words, cited, is_generic(title))


def _is_misspelt(title: str, library: Library) -> bool:
    """Tell whether a long name is a regulation's but for one letter: 中国共产党党员权利保障条列."""
    if len(title) < _LONG_NAME:
        return False
    return any(is_rule(one) and _one_letter_off(one, title) for one in library.nearest(title))


def _one_letter_off(one: str, other: str) -> bool:
    changes = [change for change in SequenceMatcher(None, one, other).get_opcodes() if change[0] != "equal"]
    return len(changes) == 1 and all(last - first <= 1 for _, *ends in changes for first, last in (ends[:2], ends[2:]))


def _is_own(paper: Paper, found: FoundCitation, key: str, offset: int) -> bool:
    """Tell whether a name is the document's own, or in its title line a part of it (贯彻《…》实施办法)."""
    tail = "》" in found.citation.title
    general = is_generic(key) and not found.citation.units and paper.work.endswith(key)  # 按《规定》执行
    return key == paper.work or general or (tail and offset + found.start < paper.body and paper.work.endswith(key))


def _belongs(paper: Paper, found: FoundCitation, offset: int) -> bool:
    """Tell whether 第七条 without a name is one of the regulation named before it in the paragraph, no own article."""
    quoted = paper.is_quoted(offset + found.start, offset + found.end)
    if quoted or found.citation.units[0].kind is not Kind.ARTICLE:
        return False
    if not paper.has_articles:
        return True
    own = {(node.number, node.branch) for node in paper.edition.walk() if node.kind is Kind.ARTICLE}
    unit = found.citation.units[0]
    return (unit.number, unit.branch) not in own


def _plain(paper: Paper, library: Library, offset: int, line: str, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    """Yield the regulations of the base that are named without 书名号 and without a number."""
    for name in library.titles.find_in(line):
        words = line[name.start : name.end]
        inside = any(start < name.end and name.start < end for start, end in taken)
        named = len(name.titles) == 1 and len(normalise(words)) >= _SHORTEST_NAME and _NAME_ENDS.search(words)
        if inside or not named or work_key(name.titles[0]) == paper.work or _is_part(line, name.start, name.end):
            continue
        yield Mention(offset + name.start, offset + name.end, words, Citation(name.titles[0]), bare=True)


def _is_part(line: str, start: int, end: int) -> bool:
    """Tell whether a name is only a part of another: 实施问责条例办法, 某县信访条例."""
    before = line[max(0, start - 12) : start]
    return bool(_GOES_ON.match(line, end) or _OWN_AHEAD.search(before) or has_another_owner(before))
