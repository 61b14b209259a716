"""A measure beside the work it implements (依据与覆盖): duties without a counterpart, sanctions without a basis.

The work is the one that the measure's own title names (实施《…》办法). A duty counts as covered where enough of its
letter pairs, rare ones counting more, stand in one article of the measure; the matrix shows the share, so that a reader
can judge.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from answer.review.citations import Judge
from answer.review.findings import Duty, Finding, Kind, Mark, Severity
from answer.review.paper import Paper
from answer.review.wordmap import pairs
from answer.sentences import sentences
from corpus.citation import edition_words
from corpus.errors import DangguiError
from corpus.hit import Hit, make_hit
from corpus.locate import Locator
from corpus.model import Kind as NodeKind
from corpus.model import Provision

_IMPLEMENTS = re.compile(
    r"(?:实施|贯彻|落实|执行)《(?P<title>[^《》]+)》|《(?P<before>[^《》]+)》(?:实施细则|实施办法|实施意见)"
)
_DUTY = re.compile(r"(?<!不)应当|必须|不得|严禁|禁止")
_SHORTEST = 12  # pairs of letters of a duty that is looked for
_COVERED = 0.45
_NAMED = 6  # clauses without a counterpart that the finding names
_PENALTY = re.compile(r"罚款|没收违法所得|没收财物|行政拘留|吊销[^，。；]{0,6}(?:执照|许可证)|责令停产停业")
_PARTY_PENALTY = re.compile(r"(?:给予|处以?)[^，。；]{0,20}(?:党内(?:严重)?警告|撤销党内职务|留党察看|开除党籍)")
_POWER = re.compile(
    r"查封|(?<!人员)扣押|冻结(?:其)?(?:存款|账户|财产|资金)|强制(?:拆除|执行|隔离)|"
    r"(?:收取|缴纳|交纳)[^，。；]{0,6}(?:管理费|服务费|手续费|押金|保证金|赞助费)|"
    r"未(?:取得|办理)[^，。；]{0,12}(?:许可|许可证|资格证)[^，。；]{0,4}不得"
)
_BASIS = re.compile(r"(?:依照|按照|根据|依据|依|按)[^。；]{0,40}(?:规定|条例|法律|法规|办法|细则|纪律)|依法|依规|《")
_LOCAL = ("规范性文件", "其他")
_UNIT = re.compile(  # a township's, village's, school's, company's own paper
    r"(?!中国共产党|中共中央|中华人民共和国|全国|国家)[\u4e00-\u9fff]{1,14}?"
    r"(?:(?<!城)镇|(?<!城)乡(?!村)|街道|(?<!农)(?<!乡)村|社区|学校|[中小大]学|学院|医院|公司|集团|局|中心)"
)


def work_implemented(paper: Paper) -> str:
    """Return the title of the work that the document's own title says it implements, "" for none."""
    match = _IMPLEMENTS.search(paper.edition.title)
    return (match["title"] or match["before"]) if match else ""


def matrix(paper: Paper, judge: Judge) -> tuple[Duty, ...]:
    """Return the duties of the implemented work, as it stands today, with their counterparts; none without the work."""
    title = work_implemented(paper)
    if not title or not paper.has_articles:
        return ()
    try:
        info = judge.library.choose(judge.library.title(title), judge.now)
    except DangguiError:
        return ()
    locator = judge.library.locator(info.id)
    duties, status = list(_duties(locator)), judge.library.status(info.id, judge.now)
    words = [pairs(locator.edition.text[slice(*span)]) for _, span in duties]
    shares = _Shares(Locator(paper.edition), words)
    return tuple(
        _duty(paper, make_hit(locator, path, status, span), *shares.best(said))
        for (path, span), said in zip(duties, words, strict=True)
    )


class _Shares:
    """How much of a duty stands in each article of a measure, letter pairs that stand everywhere counting little."""

    def __init__(self, own: Locator, duties: Sequence[frozenset[str]]) -> None:
        articles = [node for node in own.nodes.values() if node.kind is NodeKind.ARTICLE]
        self._articles = [(node, pairs(own.edition.slice(node).removeprefix(node.label))) for node in articles]
        counts = Counter(pair for words in (*duties, *(words for _, words in self._articles)) for pair in words)
        every = len(duties) + len(articles) + 1
        self._weights = {pair: math.log(every / count) for pair, count in counts.items()}

    def best(self, duty: frozenset[str]) -> tuple[Provision, float]:
        """Return the article that holds most of a duty, and its share, 0 to 1."""
        whole = self._weight(duty)
        return max(((node, self._weight(duty & words) / whole) for node, words in self._articles), key=itemgetter(1))

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._weights[pair] for pair in words)


def _duties(locator: Locator) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the sentences of a work that bind somebody."""
    for root in locator.edition.provisions:
        for one in sentences(locator.edition, root):
            words = locator.edition.text[one.start : one.end]
            article = any(node.kind is NodeKind.ARTICLE for node in locator.trail(one.path))
            if article and _DUTY.search(words) and len(pairs(words)) >= _SHORTEST:
                yield one.path, (one.start, one.end)


def _duty(paper: Paper, clause: Hit, node: Provision, share: float) -> Duty:
    place = paper.place(node.start, node.start + len(node.label)) if share >= _COVERED else None
    return Duty(clause, place, share)


def uncovered(paper: Paper, duties: Sequence[Duty]) -> Iterator[Finding]:
    """Yield one finding that counts the duties without a counterpart and names the first of them."""
    missing = [duty for duty in duties if duty.counterpart is None]
    if missing:
        named = list(dict.fromkeys(duty.clause.article or duty.clause.label for duty in missing))
        shown = "、".join(named[:_NAMED]) + "等" * (len(named) > _NAMED)
        first = missing[0].clause
        counts = f"{len(duties)} 项义务，其中 {len(missing)} 项在本文件中没有找到对应规定：{shown}"
        message = f"《{first.title}》{edition_words(first.edition)}有 {counts}"
        place = paper.place(*_title_span(paper))
        suggestion = "对照覆盖表，确认是直接适用上位规定还是遗漏"
        yield Finding(Kind.COVERAGE, Mark.UNCOVERED, Severity.NOTE, place, message, missing[0].clause, suggestion)


def _title_span(paper: Paper) -> tuple[int, int]:
    node = next((one for one in paper.edition.walk() if one.kind is NodeKind.TITLE), None)
    return (node.start, node.end) if node else (0, len(paper.paragraphs[0]))


def unfounded(paper: Paper) -> Iterator[Finding]:
    """Yield the sanctions and powers that a local normative document sets without naming what they rest on.

    Each kind is told once. What such a document may not set stands in 行政处罚法 第十六条, 行政许可法 第十七条 and
    行政强制法 第十条.
    """
    facts = paper.edition.metadata
    local = facts.level in _LOCAL or (not facts.issuer and _UNIT.match(paper.edition.title))
    if not local or not paper.has_articles:
        return
    for pattern, why in (
        (_PENALTY, "规范性文件不得设定行政处罚"),
        (_POWER, "规范性文件不得设定行政许可、行政强制和收费"),
        (_PARTY_PENALTY, "党纪处分由党内法规规定，文中没有写明依据"),
    ):
        found = [
            (sentence, match)
            for sentence in paper.sentences()
            if not _BASIS.search(sentence.text) and (match := pattern.search(sentence.text))
        ]
        if found:
            sentence, match = found[0]
            place = paper.place(sentence.start + match.start(), sentence.start + match.end())
            message = f"“{match[0]}”：{why}" + (f"（文中共 {len(found)} 处）" if len(found) > 1 else "")
            yield Finding(Kind.BASIS, Mark.UNFOUNDED, Severity.WARNING, place, message, None, "请写明所依据的法规条款")
