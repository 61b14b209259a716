"""Words attributed to a clause (引文核对): in quotation marks, or behind 规定, 指出, 明确.

A quotation is attributed to the mention right before it (《…》第七条规定：“…”) or right behind it in brackets
(“…”（《…》第七条）). The marks around a name (“三会一课”) attribute nothing. The punctuation at either end is not the
quotation's: it changes with the sentence it is put into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from answer.difference import Change, difference, in_words
from answer.figures import same_bounds, strange_figures
from answer.review.citations import Judge, Judged
from answer.review.findings import Finding, Kind, Mark, Severity
from answer.review.paper import Paper
from answer.verify import quoted_places
from corpus.folding import Folded, fold
from corpus.hit import Hit, make_hit
from corpus.model import Kind as NodeKind

_MARKED = re.compile(r"“(?P<curly>(?:[^“”]|“[^“”]*”)*)”|「(?P<corner>[^「」]*)」|\"(?P<plain>[^\"]*)\"")
_VERB = r"(?:规定|指出|明确|要求|提出|强调|载明|写明|写道|所称|表述为|表述)"
_TO_QUOTE = re.compile(rf"[^。；“”\"《》]{{0,24}}?(?:{_VERB}(?:了|的|为)?|关于|[：:，,])[ 　]*[：:，,]?[ 　]*\Z")
_SAYS = re.compile(rf"[^。；“”\"《》]{{0,16}}{_VERB}(?:了|的|为)?[ 　]*[：:，,]?[ 　]*\Z")
_NEXT_QUOTE = re.compile(r"[、，,；;和与及以]{0,3}\Z")
_BEHIND = re.compile(r"[。]?[ 　]*(?:[（(]|——)(?:见|参见|摘自|引自|出自|依据|根据)?[ 　]*\Z")
_STATED = re.compile(
    rf"(?:中|里)?(?:已经|已|也|还|进一步)?(?:明确|作出|作了)?{_VERB}(?:了|：|:|，|,)*[ 　]*(?=[^“「\"，。])"
)
_ENDS = " 　。；;，,、：:！？"
_NAME, _PHRASE = 6, 10  # letters up to which marks are those of a name; letters that make a quotation anywhere
_NEAR = 0.85  # share of a statement without marks that must be the clause's for its words to be held to it
_SHORTEST_STATEMENT = 12
_LETTER = re.compile(r"\w")
_MOST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Attributed:
    """Words at [start, end) of the clean text that are said to be those of a judged mention; `marked` if quoted."""

    judged: Judged
    start: int
    end: int
    words: str
    marked: bool


def attributed(paper: Paper, judged: Sequence[Judged]) -> Iterator[Attributed]:
    """Yield what the document attributes to the clauses and works it mentions, in reading order."""
    by_line: dict[int, list[Judged]] = {}
    for one in judged:
        by_line.setdefault(paper.place(one.mention.start, one.mention.end).paragraph, []).append(one)
    for number, (offset, line) in enumerate(paper.lines()):
        if number in by_line:
            quotes = list(_quotes(offset, line, by_line[number]))
            yield from quotes
            yield from _statements(offset, line, by_line[number], {id(one.judged) for one in quotes})


def _quotes(offset: int, line: str, judged: Sequence[Judged]) -> Iterator[Attributed]:
    """Yield the marked quotations of a paragraph."""
    last: Attributed | None = None
    for match in _MARKED.finditer(line):
        group = match.lastgroup or "curly"
        start, words = match.start(group), match[group]
        owner = _owner(line, match.start(), match.end(), offset, judged, words, last)
        last = None
        if owner is not None:
            last = Attributed(owner, offset + start, offset + start + len(words), words, marked=True)
            yield last


def _owner(
    line: str, start: int, end: int, offset: int, judged: Sequence[Judged], words: str, last: Attributed | None
) -> Judged | None:
    """Return the mention that a quotation is attributed to, None for the marks of a name."""
    letters = len(_LETTER.findall(words))
    if letters < _NAME:
        return None
    behind = next((one for one in judged if _BEHIND.fullmatch(line[end : max(end, one.mention.start - offset)])), None)
    if behind and behind.mention.start - offset >= end and letters >= _PHRASE:
        return behind
    if last and _NEXT_QUOTE.fullmatch(line[last.end + 1 - offset : start]):
        return last.judged
    before = [one for one in judged if one.mention.end - offset <= start]
    if not before:
        return None
    between = line[before[-1].mention.end - offset : start]
    if _SAYS.match(between):
        return before[-1]
    near = before[-1].mention.citation.units and letters >= _PHRASE and _TO_QUOTE.match(between)
    return before[-1] if near else None


def _statements(offset: int, line: str, judged: Sequence[Judged], quoted: set[int]) -> Iterator[Attributed]:
    """Yield what stands behind 《…》第七条规定 without quotation marks, up to the full stop."""
    for one in judged:
        match = _STATED.match(line, one.mention.end - offset)
        if not match or id(one) in quoted or not one.mention.citation.units:
            continue
        stop = line.find("。", match.end())
        words = line[match.end() : stop if stop >= 0 else len(line)]
        if len(_LETTER.findall(words)) >= _SHORTEST_STATEMENT:
            start = offset + match.end()
            yield Attributed(one, start, start + len(words), words, marked=False)


def misquoted(paper: Paper, judge: Judge, said: Attributed) -> Finding | None:
    """Return the finding on words that are not those of the clause they are attributed to, None where they are."""
    info, words = said.judged.info, said.words.strip(_ENDS)
    if info is None or len(fold(words)) < _NAME:
        return None
    text = _text(judge, said.judged)
    if Folded.of(text).find(words):
        return None
    hit = _nearest(judge, said.judged, words)
    changes = difference(hit.text if hit else text, words)
    if not said.marked and not _is_rendering(hit.text if hit else text, words, changes):
        return None
    message, suggestion = _told(judge, said, words, hit, changes)
    severity = Severity.ERROR if said.marked or _turned(changes) else Severity.WARNING
    place = paper.place(said.start, said.end)
    return Finding(Kind.QUOTATION, Mark.TEXT_MISMATCH, severity, place, message, hit, suggestion)


def _text(judge: Judge, judged: Judged) -> str:
    """Return the words of the clause, or of the whole work where none is cited."""
    assert judged.info is not None
    edition = judge.library.locator(judged.info.id).edition
    return edition.slice(judged.provision) if judged.provision else edition.text


def _nearest(judge: Judge, judged: Judged, words: str) -> Hit | None:
    """Return the clause cited, or, of a work cited whole, the clause most like the words."""
    if judged.clause:
        return judged.clause
    assert judged.info is not None
    found, _ = judge.word_map(judged.info.id).best(words)
    if found is None:
        return None
    locator = judge.library.locator(judged.info.id)
    return make_hit(locator, found.path, judge.library.status(judged.info.id, judge.now))


def _is_rendering(text: str, words: str, changes: Sequence[Change]) -> bool:
    """Tell whether words without marks repeat a clause so closely that they must repeat it rightly."""
    equal = sum(len(new) for operation, _, new in changes if operation == "equal")
    share = equal / len(fold(words))
    turned = bool(strange_figures(words, text)) or not same_bounds(words, text)
    return share >= _NEAR or (turned and share >= _NEAR - 0.15)


def _turned(changes: Sequence[Change]) -> bool:
    """Tell whether the change touches a figure or a word such as 不得, 应当."""
    changed = "".join(old + new for operation, old, new in changes if operation != "equal")
    return bool(re.search(r"[0-9一二三四五六七八九十百半两]|不|应|可以|必须", changed))


def _told(judge: Judge, said: Attributed, words: str, hit: Hit | None, changes: Sequence[Change]) -> tuple[str, str]:
    """Return the message and the suggestion: where the words really stand, or how they differ."""
    assert said.judged.info is not None
    named = hit.cited if hit else said.judged.mention.words
    places = list(islice(_elsewhere(judge, said, words), _MOST_PLACES))
    if places:
        found = "、".join(one.cited for one in places)
        return f"引文不在{said.judged.mention.words}，这段文字见于{found}", f"请对照{found}核对条号和版本"
    if all(operation == "insert" for operation, _, _ in changes):
        return f"{said.judged.mention.words}及其各版本中没有这段文字", "请核对出处，或去掉引号改为转述"
    return f"与{named}的原文不符：{in_words(changes)}", "请按条文原文核对"


def _elsewhere(judge: Judge, said: Attributed, words: str) -> Iterator[Hit]:
    """Yield where the words stand: in other clauses of the edition, then in the other editions of the work."""
    assert said.judged.info is not None
    seen = set()
    for hit in quoted_places(judge.library, judge.now, said.judged.info, words):
        article = hit.article and (hit.edition, hit.article)
        if hit.path.partition("/")[0].startswith((NodeKind.TITLE, "contents")) or article in seen:
            continue
        seen.add(article)
        yield hit
