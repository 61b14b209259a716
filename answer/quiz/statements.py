"""Statements that an item may be made of (出题的句子): whole sentences of a clause that say something by themselves.

A sentence that goes on from the one before it (在特殊情况下，可以延长一次) is asked about together with that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from answer.sentences import Sentence
from answer.topic import Clause
from corpus.model import Kind

_SHORTEST, _LONGEST = 14, 130  # characters
_FULL = 28  # characters of a sentence behind others that may say all by itself
_DEPENDENT = re.compile(
    r"前款|前条|前项|本条(?!例)|上述|下列|如下|以下(?:简称|称|几|情|要|方|内|事|程|步)|第[一二三四五六七八九十百]+[条款项]|附件|附表|详见|[:：]$|[:：]\s*\n"
)
_CLOSING = re.compile(
    r"起施行|同时废止|负责解释|解释权|由.{2,40}解释。|同时停止执行|自发布之日|自印发之日|参照本|比照本|参照执行"
)
_OPENING = re.compile(
    r"^(?:其|该|这|此|但|上述|并|同时|对前|有前|依照前|因前|另外|再|也|还|以上|否则|届时|期间|期满|逾期|情节|到期|对此|为此)"
)
_BARE = re.compile(
    r"^(?:应当?|不得|不准|不能|可以|必须|须|要(?!求)|由|经|未|一般|原则上|必要时|特殊|紧急|确需|确有|需要|因|会议(?:由|应|必|须|的)"
    r"|任期|每|定期|及时|按期|按时|在特殊|遇有|如|有(?!关)|没有|无法|对(?:于)?(?:不|确|需|未|已|有|其|在|情|违|可|查|反|符|涉|因|经|严|拒|符)|凡|除|经过|超过|不符合|不(?!得)|属于|[，、])"
)
_TIME = re.compile(r"在[^，。]{1,8}[日月年天周]内")
_SINCE = re.compile(r"之日|[收接]到|后|前|完成|结束")
_NORM = re.compile(r"应当|不得|可以|必须|负责|禁止|严禁|不准|不予|有权|实行|坚持|每|给予|移送|依照|是指|要")


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of a clause at [start, end) of its edition's text, which stand by themselves."""

    clause: Clause
    path: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words."""
        return self.clause.edition.text[self.start : self.end]

    @property
    def is_norm(self) -> bool:
        """Whether it says what must, may or must not be done, how, or what a term means."""
        return _NORM.search(self.words) is not None


def statements(clause: Clause) -> Iterator[Statement]:
    """Yield the statements of a clause; none overlaps another."""
    for path, group in groupby(clause.sentences(), key=lambda sentence: sentence.path):
        members = list(group)
        if not members[0].lead[1]:
            yield from _of_paragraph(clause, path, members, first=_is_first(clause, path))


def _is_first(clause: Clause, path: str) -> bool:
    return path == clause.provision.path or path.endswith("/para_1") or clause.provision.kind is not Kind.ARTICLE


def _of_paragraph(clause: Clause, path: str, members: Sequence[Sentence], first: bool) -> Iterator[Statement]:
    """Yield the sentences of a paragraph, each with those behind it that do not stand alone."""
    text = clause.edition.text
    begun: list[Sentence] = []
    for place, sentence in enumerate(members):
        words = text[sentence.start : sentence.end]
        alone = not _OPENING.match(words) and (_stands_alone(words) or (first and not place))
        if alone and begun:
            yield from _whole(Statement(clause, path, begun[0].start, begun[-1].end))
            begun = []
        if alone or begun:
            begun.append(sentence)
    if begun:
        yield from _whole(Statement(clause, path, begun[0].start, begun[-1].end))


def _stands_alone(words: str) -> bool:
    """Tell whether a sentence behind others says of whom it speaks, and of what where it sets a time."""
    return len(words) >= _FULL and not _BARE.match(words) and not (_TIME.search(words) and not _SINCE.search(words))


def _whole(statement: Statement) -> Iterator[Statement]:
    words = statement.words
    fits = _SHORTEST <= len(words) <= _LONGEST and "\n" not in words and words.endswith("。")
    if fits and not _DEPENDENT.search(words) and not _CLOSING.search(words):
        yield statement
