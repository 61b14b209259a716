"""Which clauses of others a text repeals or suspends (条款的废止、暂停): 《…》第三条同时废止, 暂停执行《…》第五条.

Whole texts are the business of `ingest.repeals`; here only citations with a 条, 款 or 项 count, and only where the verb
belongs to them: it ends their clause, or stands right before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.citation import Citation
from corpus.mentions import FoundCitation, Relation, find_citations
from corpus.titles import TitleIndex
from ingest.dates import find_dates


class ClauseState(StrEnum):
    """What becomes of a clause; the native term stands beside each."""

    REPEALED = "repealed"  # 废止、停止执行
    SUSPENDED = "suspended"  # 暂停执行


@dataclass(frozen=True, slots=True)
class ClauseEnd:
    """A clause of another text that a text repeals or suspends; `words` is the sentence as written.

    `since` is the ISO day named beside the verb (自…起暂停执行), "" where it ends with the text's entry into force.
    """

    citation: Citation
    state: ClauseState
    words: str
    since: str = ""


_DO = "执行|施行|实施|适用"
_VERB = rf"(?P<pause>暂停(?:{_DO})|暂时停止(?:{_DO})|暂不(?:{_DO}))|废止|失效|停止(?:{_DO})|不再(?:{_DO})"
_HOW = r"[，,]?(?:同时|同日|随之|即行|即|一律|一并|均|也|全部|予以|相应|宣布)*"
_WHEN = r"(?:[，,]?(?:自|从|在)[^，。；《》]{1,30}(?:之日|日|起|内|期间)起?[，,]?)?"
_BEHIND = re.compile(
    rf"(?:中|里)?的?(?:有关|相关)?(?:规定|条款|内容|部分|条文)?{_WHEN}{_HOW}(?:{_VERB})(?=[，,：、（(]|$)"
)
_BEFORE = re.compile(rf"(?:^|[，,、\s]|决定|现|同时|[.．）)])(?:{_VERB})$")
_AFTER = re.compile(r"(?:中|里)?的?(?:有关|相关)?(?:规定|条款|内容|部分|条文)?(?=[，,：、（(和及]|$)")
_JOINT = re.compile(r"\s*(?:[、和及与，,]|以及)?\s*")
_GENERAL = re.compile(r"应当|应予|情形|可以|不得|违反")
_SENTENCE = re.compile(r"[^。；;\n]+")
_QUICK = re.compile(r"》[^。；;\n]{0,40}第")


def find_clause_ends(body: str, titles: TitleIndex) -> tuple[ClauseEnd, ...]:
    """Return the clauses of other texts that a text repeals or suspends, in order."""
    sentences = (match.group() for match in _SENTENCE.finditer(body))
    likely = (words for words in sentences if _QUICK.search(words) and re.search(_VERB, words))
    return tuple(end for words in likely if not _GENERAL.search(words) for end in _in_sentence(words, titles))


def _in_sentence(words: str, titles: TitleIndex) -> Iterator[ClauseEnd]:
    found = [one for one in find_citations(words, titles) if one.relation is Relation.NAMED and one.citation.units]
    for run in _runs(words, found):
        behind, before = _BEHIND.match(words, run[-1].end), _BEFORE.search(words[: run[0].start])
        verb = behind or (before if before and _AFTER.match(words, run[-1].end) else None)
        if verb:
            state = ClauseState.SUSPENDED if verb["pause"] else ClauseState.REPEALED
            named = find_dates(behind.group()) if behind else ()
            since = named[0].iso if named else ""
            yield from (ClauseEnd(one.citation, state, words.strip(), since) for one in run)


def _runs(words: str, found: list[FoundCitation]) -> Iterator[list[FoundCitation]]:
    """Yield the citations that stand in one list, parted by nothing but 、 and 和."""
    run: list[FoundCitation] = []
    for one in found:
        if run and not _JOINT.fullmatch(words[run[-1].end : max(run[-1].end, one.start)]):
            yield run
            run = []
        run.append(one)
    if run:
        yield run
