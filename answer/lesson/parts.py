"""What the clauses of a topic give to the parts of a lesson (提纲的各部分): lines that are slices of clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from answer.lesson.duties import UNSAID, Duty, Mode
from answer.lesson.model import Line
from answer.lesson.terms import Term, TermKind
from answer.sentences import Sentence, ends_open, trimmed
from answer.topic import Clause

_PURPOSE = re.compile(
    r"^(?:第[^条]{1,6}条\s*)?为了?[^，。]{2,}|制定(?:本|此)(?:条例|规定|办法|细则|规则|准则|法|制度|意见)|目的是|宗旨"
)
_WEIGHT = re.compile(
    r"是[^，。]{0,30}(?:基础|根本|首要|重要|关键|保证|前提|生命线|任务|要求|责任|义务)|坚持[^。]{6,}|原则|指导思想"
)
_CONSEQUENCE = re.compile(
    r"(?:给予|予以)[^，。；]{0,24}(?:处分|处理|问责|处罚|处置|通报|除名|批评教育|诫勉|政务处分)|追究[^，。；]{0,20}责任"
    r"|(?:依据|依照|按照|根据|依规依纪|依纪依法|依法)[^，。；]{0,40}(?:处理|问责|处分|查处|追责)|取消[^，。；]{0,12}(?:资格|评)"
    r"|开除党籍|留党察看|撤销党内职务|责令[^，。；]{0,10}(?:整改|改正|检查)|不得评|进行(?:提醒谈话|批评教育)|严肃查处"
)
_DISCIPLINE = re.compile(r"处分|追究|查处|问责|开除党籍|违规违纪|违纪")
_BREACH = re.compile(
    r"(?:行为|情形)之一|的，[^。；]{0,24}?给予[^。；]{0,30}处分|(?:违反|采取|擅自)[^。；]{4,60}的，[^。；]{0,30}(?:处理|处分|责任)"
)
_CONDITIONED = re.compile(r"的[，：:]|情形之一|违反|失职|失责|不履行|不正确|问题|行为")
_LONGEST_ASKED = 160  # characters of a clause that a question is asked about
_LONGEST_LINE = 260  # characters of a clause that is shown whole in a line


def purposes(clauses: Sequence[Clause], count: int) -> Iterator[Line]:
    """Yield why a regulation is there: its own words on its purpose, then on its weight and principles."""
    found = [(clause, one) for clause in clauses for one in clause.sentences()]
    for pattern in (_PURPOSE, _WEIGHT):
        for clause, one in found[: _FIRST if pattern is _PURPOSE else _OPENING]:
            words = clause.edition.text[one.start : one.end]
            if count and pattern.search(words) and len(words) <= _LONGEST_LINE and words.endswith(("。", "；")):
                count -= 1
                yield _line(clause, one)


_FIRST, _OPENING = 12, 40  # sentences from the beginning in which a purpose or a principle is looked for


def meanings(terms: Iterable[Term], count: int) -> Iterator[Line]:
    """Yield terms with their meaning; a number-abbreviation of which no clause and no table says it is left out."""
    told = [term for term in terms if term.meaning]
    for term in told[:count]:
        if term.kind is TermKind.FORMULATION:
            yield Line(term.name, term.source, "“", f"”：{term.meaning}（{term.origin}）")
        elif term.kind is TermKind.SHORT_NAME:
            yield Line(term.meaning, term.source, f"{term.name}：")
        else:
            yield Line(term.source.quote, term.source)


def weighty(duties: Sequence[Duty], count: int) -> list[Duty]:
    """Return the duties that a lesson of some length tells, in their order: periodic and dated ones with a named actor
    first, permissions last.
    """

    def weight(one: Duty) -> int:
        named = one.actor != UNSAID
        return 4 * bool(one.cadence) + 3 * named + 2 * bool(one.whens) + (one.mode is not Mode.MAY) + bool(one.modal[1])

    ranked = sorted(range(len(duties)), key=lambda number: -weight(duties[number]))
    return [duties[number] for number in sorted(ranked[:count])]


def consequences(clauses: Iterable[Clause], count: int) -> list[Line]:
    """Return what happens to who breaks a rule, in the words and the order of the clauses.

    What names the breach (…的，给予…处分) goes before other words on discipline, these before the rest; of many the
    lines are spread over the whole. A list of cases comes with its lead.
    """
    found = [line for clause in clauses for one in clause.sentences() if (line := _consequence(clause, one))]
    ranks = [not _BREACH.search(one.words) and 2 - bool(_DISCIPLINE.search(one.words)) for one in found]
    chosen: list[int] = []
    for rank in sorted(set(ranks)):
        chosen += _spread([number for number, own in enumerate(ranks) if own == rank], count - len(chosen))
    return [found[number] for number in sorted(chosen)]


def _spread(numbers: Sequence[int], count: int) -> list[int]:
    """Return some of many numbers, as far from each other as can be."""
    if len(numbers) <= count:
        return list(numbers)
    return [numbers[place * len(numbers) // count] for place in range(count)]


def _consequence(clause: Clause, one: Sentence) -> Line | None:
    words = clause.edition.text[one.start : one.end]
    points_away = one.lead[1] or "前款" in words or "前项" in words
    told = _CONSEQUENCE.search(words) and _CONDITIONED.search(words) and not points_away
    return _line(clause, one) if told and len(words) <= _LONGEST_LINE else None


def questions(
    duties: Sequence[Duty], faults: Sequence[Line], news: Sequence[Line], terms: Sequence[Line], count: int
) -> list[Line]:
    """Return questions for discussion, made of clauses: one kind after the other, no clause twice."""
    must = [one for one in duties if one.mode is Mode.MUST and one.actor != UNSAID]
    kinds = (
        (_quoted(one for one in must if one.cadence), "对照这一要求，本单位做到了哪些？还有哪些差距，怎样改进？"),
        (_quoted(one for one in duties if one.mode is Mode.MUST_NOT), "工作中哪些做法容易违反这一规定？怎样防止？"),
        (faults, "结合身边的事例，谈谈这一规定的用意。"),
        (_quoted(one for one in must if not one.cadence), "本单位怎样把这一规定落实到具体的人和事？"),
        (news, "这是新的规定，它对今后的工作提出了什么要求？"),
        (terms, "怎样理解这一概念？工作中哪些情况属于它，哪些不属于？"),
    )
    asked = [[(one, question) for one in lines if len(one.words) <= _LONGEST_ASKED] for lines, question in kinds]
    found: dict[str, Line] = {}
    for one, question in (pair for row in zip_longest(*asked) for pair in row if pair):
        if one.citation and len(found) < count:
            line = Line(one.words, one.citation, "【条文】", f"【讨论】{question}")
            found.setdefault(one.citation.id, line)
    return list(found.values())


def _quoted(duties: Iterable[Duty]) -> list[Line]:
    return [Line(one.source.quote, one.source) for one in duties]


def _line(clause: Clause, one: Sentence) -> Line:
    """Return a sentence as a line; with the list that it introduces, where that is short."""
    end = one.end
    if ends_open(clause.edition.text, end):
        node = next(node for node in clause.provision.walk() if node.path == one.path)
        _, whole = trimmed(clause.edition.text, one.start, node.end)
        end = whole if whole - one.start <= 2 * _LONGEST_LINE else end
    hit = clause.hit(one.path, (one.start, end))
    return Line(hit.quote, hit)
