"""Whole measures planted with one flaw each (埋设的文件瑕疵): numbering, closing provisions, wording, basis, coverage.

A measure is drawn up from the sentences of real clauses, once sound and once with the flaw. What must be found follows
from how it was made; the sound one must have no finding of these kinds.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from answer.review.findings import Kind, Mark, Review
from answer.review.wording import Formulation, Table
from answer.verify import Library
from corpus.model import Kind as NodeKind
from corpus.numerals import to_chinese
from corpus.validity import EditionInfo, Status

Check = Callable[[str, date], Review]


class Flaw(StrEnum):
    """The flaws planted."""

    GAP = "number_missing"  # 条文缺号
    REPEATED = "number_repeated"  # 条文重号
    NO_DAY = "no_day_in_force"  # 无施行日期
    NO_EXPLAINER = "no_explainer"  # 无解释机关
    NO_ANNEX = "annex_absent"  # 附件缺失
    TWICE = "rule_told_twice"  # 同一规定前后不一
    INCOMPLETE = "list_incomplete"  # 表述不全
    DISORDERED = "list_disordered"  # 表述次序有误
    OUTDATED = "name_outdated"  # 机构旧称
    PENALTY = "penalty_unfounded"  # 处罚、处分无依据


EXPECTED: Mapping[Flaw, tuple[Kind, Mark]] = {
    Flaw.GAP: (Kind.STRUCTURE, Mark.GAP),
    Flaw.REPEATED: (Kind.STRUCTURE, Mark.REPEATED),
    Flaw.NO_DAY: (Kind.STRUCTURE, Mark.MISSING),
    Flaw.NO_EXPLAINER: (Kind.STRUCTURE, Mark.MISSING),
    Flaw.NO_ANNEX: (Kind.STRUCTURE, Mark.MISSING),
    Flaw.TWICE: (Kind.STRUCTURE, Mark.INCONSISTENT),
    Flaw.INCOMPLETE: (Kind.WORDING, Mark.INCOMPLETE),
    Flaw.DISORDERED: (Kind.WORDING, Mark.DISORDERED),
    Flaw.OUTDATED: (Kind.WORDING, Mark.OUTDATED),
    Flaw.PENALTY: (Kind.BASIS, Mark.UNFOUNDED),
}
_KINDS = (Kind.STRUCTURE, Kind.WORDING, Kind.BASIS)
_SENTENCE_END = re.compile(r"(?<=。)|\n")
_LENGTH = range(18, 90)
_UNFIT = re.compile(
    r"[《》“”：:]|本条例|本规定|本办法|本法|本准则|本规则|本细则|前款|前条|本条|附件|处分|处罚|罚款|没收|拘留|吊销|查封|扣押|冻结|强制|许可|第.+条"
)
_FIGURE = re.compile(r"([三四五六七八九])(?=个月|日内|个工作日|年内|名)")
_DUTY = re.compile(r"应当|必须|不得")
_ARTICLES = 10
_TITLE = "某县{}工作管理办法"
_MATTERS = ("学习教育", "档案", "资产", "会议", "培训", "值班", "考勤", "信息公开", "联系群众", "调查研究")


@dataclass(frozen=True, slots=True)
class Measure:
    """A drawn-up measure with a flaw, and the same without."""

    flaw: Flaw
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was planted and found by flaw, sound measures with any finding, duties told rightly as covered or not."""

    planted: Mapping[Flaw, int]
    found: Mapping[Flaw, int]
    sound: int
    faulted: int
    duties: int
    right_duties: int

    def to_json(self) -> dict[str, object]:
        """Return the figures as an object."""
        return {
            "flaws": {one.value: {"planted": self.planted[one], "found": self.found[one]} for one in self.planted},
            "sound": self.sound,
            "sound_faulted": self.faulted,
            "duties": self.duties,
            "duties_told_rightly": self.right_duties,
        }

    def table(self) -> str:
        """Return the figures as lines of text."""
        rows = [f"{one.value}: {self.found[one]}/{self.planted[one]}" for one in self.planted]
        rows.append(f"sound measures faulted: {self.faulted}/{self.sound}")
        return "\n".join([*rows, f"duties told rightly as covered or not: {self.right_duties}/{self.duties}"])


class Drafter:
    """Draws up measures from the clauses of a base."""

    def __init__(self, library: Library, table: Table, today: date, seed: int) -> None:
        """Take the base, the formulations and the day on which measures are checked."""
        self._library, self._today, self._draw = library, today, random.Random(seed)
        counts = [one for one in library.infos.values() if library.status(one.id, today) is Status.IN_FORCE]
        self._editions = [one for one in counts if len(self._sentences(one)) > _ARTICLES]
        self._lists = [one for one in table.formulations if one.since <= today <= one.until and len(one.items) > 2]
        self._names = [one for one in table.outdated if one.since <= today]
        self._makers: Mapping[Flaw, Callable[[list[str]], tuple[str, str]]] = {
            Flaw.GAP: self._gap,
            Flaw.REPEATED: self._repeated,
            Flaw.NO_DAY: lambda body: (self._measure(body, day=False), self._measure(body)),
            Flaw.NO_EXPLAINER: lambda body: (self._measure(body, explainer=False), self._measure(body)),
            Flaw.NO_ANNEX: self._no_annex,
            Flaw.TWICE: self._twice,
            Flaw.INCOMPLETE: self._incomplete,
            Flaw.DISORDERED: self._disordered,
            Flaw.OUTDATED: self._outdated,
            Flaw.PENALTY: self._penalty,
        }

    def measures(self, size: int) -> list[Measure]:
        """Return `size` measures of each flaw."""
        return [Measure(flaw, *maker(self._body())) for flaw, maker in self._makers.items() for _ in range(size)]

    def implementing(self) -> tuple[str, frozenset[str]]:
        """Return a measure that implements a work with some of its duties, and the sentences of those left out."""
        info = self._draw.choice(self._editions)
        duties = [one for one in self._sentences(info) if _DUTY.search(one)]
        kept = set(self._draw.sample(duties, len(duties) // 2))
        body = [one for one in duties if one in kept] or duties
        title = f"某县实施《{info.title}》办法"
        return self._measure(body, title=title), frozenset(duties) - set(body)

    def _sentences(self, info: EditionInfo) -> list[str]:
        locator = self._library.locator(info.id)
        nodes = [node for node in locator.nodes.values() if node.kind is NodeKind.ARTICLE]
        texts = (locator.edition.slice(node).removeprefix(node.label) for node in nodes)
        parts = (part.strip(" 　") for text in texts for part in _SENTENCE_END.split(text))
        fits = (one for one in parts if one.endswith("。") and len(one) in _LENGTH and not _UNFIT.search(one))
        return list(dict.fromkeys(fits))

    def _body(self) -> list[str]:
        return self._draw.sample(self._sentences(self._draw.choice(self._editions)), _ARTICLES)

    def _measure(self, body: Sequence[str], *, title: str = "", day: bool = True, explainer: bool = True) -> str:
        closing = ["本办法由县委办公室负责解释。"] * explainer + ["本办法自2026年3月1日起施行。"] * day
        lines = [f"第{to_chinese(number)}条　{one}" for number, one in enumerate([*body, *closing], 1)]
        return "\n".join([title or _TITLE.format(self._draw.choice(_MATTERS)), *lines])

    def _with(self, body: Sequence[str], wrong: str, right: str) -> tuple[str, str]:
        place = self._draw.randrange(1, len(body))
        before, behind = body[:place], body[place:]
        return self._measure([*before, wrong, *behind]), self._measure([*before, right, *behind])

    def _gap(self, body: list[str]) -> tuple[str, str]:
        right = self._measure(body).split("\n")
        place = self._draw.randrange(2, len(right) - 2)
        return "\n".join(right[:place] + right[place + 1 :]), "\n".join(right)

    def _repeated(self, body: list[str]) -> tuple[str, str]:
        right = self._measure(body)
        number = self._draw.randrange(2, _ARTICLES)
        return right.replace(f"第{to_chinese(number + 1)}条　", f"第{to_chinese(number)}条　"), right

    def _no_annex(self, body: list[str]) -> tuple[str, str]:
        named = self._measure([*body, "申报表样式见附件。"])
        return named, f"{named}\n附件\n申报表\n单位：\n时间："

    def _twice(self, body: list[str]) -> tuple[str, str]:
        figures = [one for info in self._editions for one in self._sentences(info) if len(_FIGURE.findall(one)) == 1]
        rule = self._draw.choice(figures)
        other = _FIGURE.sub(lambda match: "二" if match[1] == "三" else "三", rule)
        half = len(body) // 2
        before, behind = [rule, *body[:half]], body[half:]
        return self._measure([*before, other, *behind]), self._measure([*before, rule, *behind])

    def _listed(self) -> tuple[Formulation, list[str], str]:
        chosen = self._draw.choice(self._lists)
        form = self._draw.choice(("要牢牢把握“{name}”（{list}）的要求。", "坚持{list}，做到“{name}”，抓好落实。"))
        form = self._draw.choice((form, "“{name}”，即{list}，是必须遵循的要求。"))
        return chosen, [forms[0] for forms in chosen.items], form

    def _incomplete(self, body: list[str]) -> tuple[str, str]:
        chosen, items, form = self._listed()
        left_out = self._draw.randrange(len(items))
        fewer = [one for place, one in enumerate(items) if place != left_out]
        wrong, right = (form.format(name=chosen.name, list="、".join(one)) for one in (fewer, items))
        return self._with(body, wrong, right)

    def _disordered(self, body: list[str]) -> tuple[str, str]:
        chosen, items, form = self._listed()
        place = self._draw.randrange(len(items) - 1)
        turned = [*items[:place], items[place + 1], items[place], *items[place + 2 :]]
        wrong, right = (form.format(name=chosen.name, list="、".join(one)) for one in (turned, items))
        return self._with(body, wrong, right)

    def _outdated(self, body: list[str]) -> tuple[str, str]:
        chosen = self._draw.choice(self._names)
        form = self._draw.choice(("由{}牵头，会同有关单位抓好落实。", "各乡镇应当及时向{}报送有关情况。"))
        return self._with(body, form.format(chosen.old), form.format(chosen.new))

    def _penalty(self, body: list[str]) -> tuple[str, str]:
        wrong, right = self._draw.choice(
            (
                ("逾期不改正的，处五百元以上二千元以下罚款。", "逾期不改正的，依照有关法律法规处理。"),
                ("情节严重的，给予党内警告处分。", "情节严重的，依照《中国共产党纪律处分条例》给予党内警告处分。"),
                ("拒不执行的，没收违法所得并责令停产停业。", "拒不执行的，移送有关部门依法处理。"),
                ("申请人应当缴纳五百元保证金。", "申请人应当依照有关规定提交材料。"),
                ("未取得从业许可证的不得从事本项工作。", "依法应当取得许可证的，从其规定。"),
                ("造成不良影响的，对主要负责人给予撤销党内职务处分。", "造成不良影响的，按照规定追究责任。"),
            )
        )
        return self._with(body, wrong, right)


def measure(drafter: Drafter, today: date, check: Check, size: int, works: int) -> Report:
    """Check `size` measures of each flaw and their sound twins, and `works` implementing measures, duty by duty."""
    drawn = drafter.measures(size)
    found = Counter(one.flaw for one in drawn if EXPECTED[one.flaw] in _findings(check(one.wrong, today)))
    faulted = sum(bool(_findings(check(one.right, today))) for one in drawn)
    told = [one for _ in range(works) for one in _duties(drafter, today, check)]
    planted = Counter(one.flaw for one in drawn)
    return Report(planted, found, len(drawn), faulted, len(told), sum(told))


def _findings(review: Review) -> set[tuple[Kind, Mark]]:
    return {(one.kind, one.state) for one in review.findings if one.kind in _KINDS}


def _duties(drafter: Drafter, today: date, check: Check) -> list[bool]:
    """Return for each duty that the measure took over or left out whether the matrix tells so."""
    text, left_out = drafter.implementing()
    rows = check(text, today).matrix
    told = []
    for duty in rows:
        words = duty.clause.quote.strip(" 　")
        if words in text or words in left_out:
            told.append((duty.counterpart is None) == (words in left_out))
    return told
