"""How the document itself is made (体例): numbering, 施行日期, 解释机关, 附件, one rule told twice with two figures."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from answer.review.findings import Finding, Kind, Mark, Severity
from answer.review.measures import measures
from answer.review.paper import Paper, Sentence
from answer.review.parameters import Rule
from answer.review.wordmap import pairs
from corpus.model import Kind as NodeKind
from corpus.model import Provision
from corpus.numerals import to_chinese

_MEASURE = re.compile(r"(?:条例|规定|办法|细则|规则|章程)(?:[（(][^（）()]*[）)])*\Z")
_IN_FORCE = re.compile(
    r"(?:自|从|于)[^。；\n]{0,40}?[年月日起后时][^。；\n]{0,4}?(?:施行|实施|执行|生效|实行)|[布发]之日起"
    r"|[起后](?:施行|实施|执行|生效)|(?:同时|即行)施行"
)
_EXPLAINED = re.compile(r"解释")
_ANNEX = re.compile(
    r"(?:见|详见|参见|按|附)附件(?P<first>[0-9０-９一二三四五六七八九十]{0,2})|附件(?P<second>[0-9０-９]{1,2})|[（(]附件[：:]"
)
_ANNEX_LINE = re.compile(r"\s*附\s*(?:件|表)\s*[0-9０-９一二三四五六七八九十]{0,2}")
_ARTICLE_LABEL = re.compile(r"第[零〇一二三四五六七八九十百千0-9]+条(?:之[一二三四五六七八九十]+)?")
_FEWEST_ARTICLES = 5  # 条 of a measure that must say when it counts
_CLOSING = 4  # last 条 in which a measure says when it counts and who explains it
_SAME = 0.92  # share of pairs, of both sentences, that make two sentences one rule
_ALIKE = 0.8  # and of what stands before them
_LABEL = re.compile(r"\A\s*(?:第[^条]{1,8}条|[（(][^（()）]{1,3}[）)])\s*")
_LEAST_WORDS = 10
_MOST_GAPS = 20


def layout(paper: Paper) -> Iterator[Finding]:
    """Yield the findings on numbering, closing provisions, annexes and repeated rules."""
    yield from _numbering(paper)
    if _is_measure(paper):
        yield from _closing(paper)
    yield from _annexes(paper)
    yield from _twice(paper)


def _articles(paper: Paper) -> list[Provision]:
    return [node for node in paper.edition.walk() if node.kind is NodeKind.ARTICLE]


def _is_measure(paper: Paper) -> bool:
    return bool(_MEASURE.search(paper.edition.title)) and len(_articles(paper)) >= _FEWEST_ARTICLES


def _numbering(paper: Paper) -> Iterator[Finding]:
    """Yield missing numbers at the article behind them, repeated ones where they stand."""
    articles = _articles(paper)
    for gap, behind in islice(_gaps(articles), _MOST_GAPS):
        place = paper.place(behind.start, behind.start + len(behind.label))
        message = f"条文编号不连续：缺{gap}"
        yield Finding(Kind.STRUCTURE, Mark.GAP, Severity.WARNING, place, message, None, "请核对编号及文内指引")
    for words in paper.repeated:
        label = _ARTICLE_LABEL.match(words)
        node = next((one for one in articles if label and one.label == label[0]), None)
        if label and node:
            place = paper.place(node.start, node.start + len(node.label))
            message = f"条文编号重复或错序：{words}"
            yield Finding(Kind.STRUCTURE, Mark.REPEATED, Severity.WARNING, place, message, None, "请核对编号")


def _gaps(articles: list[Provision]) -> Iterator[tuple[str, Provision]]:
    """Yield the numbers that are passed over, 第五条至第七条, with the article behind them."""
    last = 0
    for article in articles:
        number = article.number or 0
        if number > last + 1 and last:
            first, end = f"第{to_chinese(last + 1)}条", f"第{to_chinese(number - 1)}条"
            yield first if first == end else f"{first}至{end}", article
        last = number


def _closing(paper: Paper) -> Iterator[Finding]:
    """Yield what a measure lacks at its end: entry into force, and, where no law, who explains it."""
    articles = _articles(paper)
    last = articles[-1]
    place = paper.place(last.start, last.start + len(last.label))
    closing = paper.text[articles[max(0, len(articles) - _CLOSING)].start :]
    if not paper.edition.metadata.effective and not _IN_FORCE.search(paper.text[: paper.body] + closing):
        message = "没有写明施行日期"
        yield Finding(
            Kind.STRUCTURE, Mark.MISSING, Severity.WARNING, place, message, None, "请在附则中写明自何日起施行"
        )
    if paper.edition.metadata.level not in ("地方性法规", "法律", "行政法规") and not _EXPLAINED.search(closing):
        message = "没有写明解释机关"
        yield Finding(Kind.STRUCTURE, Mark.MISSING, Severity.NOTE, place, message, None, "如需授权解释，请在附则中写明")


def _annexes(paper: Paper) -> Iterator[Finding]:
    """Yield annexes that are pointed at and not there."""
    lines = [(offset, line) for offset, line in paper.lines()]
    if any(node.kind is NodeKind.ANNEX for node in paper.edition.walk()):
        return
    if any(_ANNEX_LINE.match(line) for _, line in lines):
        return
    for offset, line in lines:
        match = _ANNEX.search(line)
        if match and not paper.is_quoted(offset + match.start(), offset + match.end()):
            place = paper.place(offset + match.start(), offset + match.end())
            message = f"文中提到“{match[0].strip('（(：:')}”，文件里没有附件"
            yield Finding(
                Kind.STRUCTURE, Mark.MISSING, Severity.WARNING, place, message, None, "请补上附件，或删去指引"
            )
            return


def _twice(paper: Paper) -> Iterator[Finding]:
    """Yield sentences that repeat an earlier one with other figures of the same kind."""
    rules: list[tuple[Sentence, Rule]] = []
    holding: dict[str, list[int]] = defaultdict(list)
    seen: set[str] = set()
    for sentence in paper.sentences():
        if sentence.text in seen or not measures(sentence.text):
            continue
        seen.add(sentence.text)
        rule = Rule.of(_LABEL.sub(lambda match: "，" * len(match[0]), sentence.text))
        if len(rule.words) < _LEAST_WORDS:
            continue
        earlier = _same(rules, holding, rule)
        if earlier and _same_context(paper, sentence, earlier[0]):
            yield from _differing(paper, sentence, rule, *earlier)
        for pair in rule.words:
            holding[pair].append(len(rules))
        rules.append((sentence, rule))


def _same(
    rules: list[tuple[Sentence, Rule]], holding: dict[str, list[int]], rule: Rule
) -> tuple[Sentence, Rule] | None:
    """Return the earlier sentence that is the same but for its figures."""
    counts = Counter(place for pair in rule.words for place in holding.get(pair, ()))
    for place, shared in counts.most_common(1):
        sentence, earlier = rules[place]
        if shared >= _SAME * max(len(rule.words), len(earlier.words)):
            return sentence, earlier
    return None


def _same_context(paper: Paper, sentence: Sentence, earlier: Sentence) -> bool:
    """Tell whether what stands before two sentences in their paragraphs is alike: 应当在三日内答复 of two matters."""
    ours, theirs = (pairs(_before(paper, one)) for one in (sentence, earlier))
    return len(ours & theirs) >= _ALIKE * max(len(ours), len(theirs))


def _before(paper: Paper, sentence: Sentence) -> str:
    start = sentence.start - paper.place(sentence.start, sentence.end).start
    return _LABEL.sub("", paper.text[start : sentence.start])


def _differing(paper: Paper, sentence: Sentence, rule: Rule, earlier: Sentence, former: Rule) -> Iterator[Finding]:
    for one, other in zip(rule.figures, former.figures, strict=False):
        if one.kind is other.kind and (one.value, one.low) != (other.value, other.low):
            place = paper.place(sentence.start + one.start, sentence.start + one.end)
            before = paper.place(earlier.start + other.start, earlier.start + other.end)
            message = f"同一规定前后不一：此处“{place.words}”，第{before.paragraph + 1}段为“{before.words}”"
            yield Finding(
                Kind.STRUCTURE, Mark.INCONSISTENT, Severity.WARNING, place, message, None, "请核对以哪一处为准"
            )
            return
