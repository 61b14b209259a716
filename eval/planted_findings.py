"""Sentences planted in a document, right and wrong (埋设的审查问题): does the check find the wrong ones alone?

Twelve kinds of mistake are made of real clauses of a base with a seed, and for each a right sentence of the same form.
What must be found follows from how the sentence was made, never from the check.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from answer.review.findings import Kind, Review
from answer.verify import Library
from corpus.citation import Citation, edition_words
from corpus.locate import Locator
from corpus.model import Kind as NodeKind
from corpus.model import Provision
from corpus.numerals import to_chinese
from corpus.titles import plain_title
from corpus.units import Unit
from corpus.validity import EditionInfo, Status, days

Check = Callable[[str, date], Review]  # a document's text, the day


class Planted(StrEnum):
    """The kinds of mistake planted."""

    TITLE = "title_unknown"  # 法规名称有误
    ARTICLE = "article_beyond"  # 条号超出范围
    PART = "part_beyond"  # 款、项超出范围
    SUPERSEDED = "superseded"  # 已被修订或取代
    NOT_YET = "not_yet_in_force"  # 尚未施行
    RENUMBERED = "renumbered"  # 条号张冠李戴
    SOURCE = "wrong_source"  # 制定机关、文号有误
    CHANGED = "quotation_changed"  # 引文改字
    MISPLACED = "quotation_misplaced"  # 引文出自他条
    INVENTED = "quotation_invented"  # 引文于各版本均无
    FIGURE_CITED = "figure_cited"  # 引条款而改数字
    FIGURE = "figure_uncited"  # 未引条款而数字抵触


PARAMETERS = (Planted.FIGURE_CITED, Planted.FIGURE)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, wrong or right, of a kind; `on` is the day on which it is checked."""

    kind: Planted
    wrong: bool
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Report:
    """What was planted and found, by kind, and the sentences that came out otherwise than they were made."""

    planted: Mapping[Planted, int]
    found: Mapping[Planted, int]
    right: int
    faulted: int
    misses: tuple[Case, ...]

    def share(self, kinds: Sequence[Planted]) -> float:
        """Return the share of the mistakes of some kinds that was found, 1 where none was planted."""
        total = sum(self.planted[kind] for kind in kinds)
        return sum(self.found[kind] for kind in kinds) / total if total else 1.0

    def to_json(self) -> dict[str, object]:
        """Return the figures as an object."""
        cited = [kind for kind in Planted if kind not in PARAMETERS]
        return {
            "kinds": {kind.value: {"planted": self.planted[kind], "found": self.found[kind]} for kind in self.planted},
            "citations_and_quotations_found": round(self.share(cited), 4),
            "parameters_found": round(self.share(PARAMETERS), 4),
            "right": self.right,
            "right_faulted": self.faulted,
            "misses": [{"kind": one.kind.value, "wrong": one.wrong, "text": one.text} for one in self.misses],
        }

    def table(self) -> str:
        """Return the figures as lines of text."""
        rows = [f"{kind.value}: {self.found[kind]}/{self.planted[kind]}" for kind in self.planted]
        figures = self.to_json()
        totals = [f"{name}: {figures[name]}" for name in ("citations_and_quotations_found", "parameters_found")]
        return "\n".join([*rows, *totals, f"right sentences faulted: {self.faulted}/{self.right}"])


def measure(cases: Sequence[Case], check: Check) -> Report:
    """Check all sentences of a day as one document, a paragraph each, and count what was found of each kind.

    A wrong sentence is found where it has a finding that is no mere note; a right one is faulted by such a finding.
    """
    planted, found = Counter(one.kind for one in cases if one.wrong), Counter[Planted]()
    faulted, misses = 0, []
    for day, wrong in sorted({(one.on, one.wrong) for one in cases}):
        own = [one for one in cases if (one.on, one.wrong) == (day, wrong)]
        review = check("\n".join(["核查材料", *(one.text for one in own)]), day)
        faults = {
            place.paragraph
            for one in review.findings
            if one.severity != "note" and _is_of_sentences(one.kind)
            for place in (one.place, *one.also)
        }
        for number, case in enumerate(own, 1):
            if case.wrong and number in faults:
                found[case.kind] += 1
            elif case.wrong or number in faults:
                misses.append(case)
                faulted += not case.wrong
    return Report(planted, found, sum(not one.wrong for one in cases), faulted, tuple(misses))


def _is_of_sentences(kind: Kind) -> bool:
    return kind in (Kind.CITATION, Kind.QUOTATION, Kind.PARAMETER)


_LONGEST_TRIES = 400  # draws for each sentence wanted
_SENTENCE_END = re.compile(r"(?<=[。；])|\n")
_FIGURE = re.compile(
    r"(?P<every>每(?:半年|季度|年|月))|(?P<number>[二三四五六七八九十]|[2-9])(?=个月|年(?!度|代)|日内|个工作日|名|人以上|周岁|万元|学时|次)"
    r"|(?P<share>三分之二|过半数|半数)"
)
_LAXER = {"每月": "每季度", "每季度": "每半年", "每半年": "每年", "每年": "每三年"}
_SHARES = {"三分之二": "五分之二", "过半数": "三分之一", "半数": "四分之一"}
_DIGITS = ("一二三四五六七八九十", "123456789")
_AT_LEAST = re.compile(r"以上|不少于|不低于|至少|满|(?<![不得])超过")  # what is less than such a figure is laxer
_REWORDINGS = (("应当", "要"), ("应当", "必须"), ("各级", ""), ("及时", ""), ("按照", "根据"))
_UNREAL = "甲乙丙丁戊己庚辛壬癸"
_LENGTH = range(20, 90)


class Planter:
    """Draws sentences from the clauses of a base."""

    def __init__(self, library: Library, today: date, seed: int = 1) -> None:
        """Take the base and the day on which most sentences are checked."""
        self._library, self._today, self._draw = library, today, random.Random(seed)
        self._current = [info for info in library.infos.values() if self._counts(info) and self._articles(info)]
        self._makers: dict[Planted, Callable[[], tuple[str, str, date] | None]] = {
            Planted.TITLE: self._title,
            Planted.ARTICLE: self._article,
            Planted.PART: self._part,
            Planted.SUPERSEDED: self._superseded,
            Planted.NOT_YET: self._not_yet,
            Planted.RENUMBERED: self._renumbered,
            Planted.SOURCE: self._source,
            Planted.CHANGED: self._changed,
            Planted.MISPLACED: self._misplaced,
            Planted.INVENTED: self._invented,
            Planted.FIGURE_CITED: self._figure_cited,
            Planted.FIGURE: self._figure,
        }

    def cases(self, size: int) -> list[Case]:
        """Return `size` wrong sentences of each kind, as far as the base has so many, and as many right ones."""
        found: list[Case] = []
        for kind, maker in self._makers.items():
            made: dict[str, Case] = {}
            right: dict[str, Case] = {}
            for _ in range(size * _LONGEST_TRIES):
                if len(made) >= size:
                    break
                pair = maker()
                if pair and pair[0] not in made and pair[0] != pair[1]:
                    made[pair[0]] = Case(kind, True, pair[0], pair[2])
                    right[pair[1]] = Case(kind, False, pair[1], self._today)
            found += [*made.values(), *right.values()]
        return found

    def _counts(self, info: EditionInfo) -> bool:
        chosen = self._library.choose(info.title, self._today)
        return chosen.id == info.id and self._library.status(info.id, self._today) is Status.IN_FORCE

    def _articles(self, info: EditionInfo) -> list[Provision]:
        nodes = self._library.locator(info.id).nodes.values()
        return [
            node for node in nodes if node.kind is NodeKind.ARTICLE and "~" not in node.path and "/" not in node.path
        ]

    def _any(self) -> tuple[EditionInfo, Locator, Provision]:
        info = self._draw.choice(self._current)
        return info, self._library.locator(info.id), self._draw.choice(self._articles(info))

    def _cite(self, info: EditionInfo, address: str) -> str:
        return str(Citation(plain_title(info.title))) + address

    def _sentence(self, locator: Locator, node: Provision) -> str:
        """Return a sentence of an article, "" where none is of good length."""
        text = locator.edition.slice(node).removeprefix(node.label)
        parts = [one.strip(" 　。；") for one in _SENTENCE_END.split(text)]
        return self._draw.choice(
            [one for one in parts if len(one) in _LENGTH and "“" not in one and "《" not in one] or [""]
        )

    def _title(self) -> tuple[str, str, date] | None:
        info, _, node = self._any()
        title = plain_title(info.title)
        if len(title) < 8:
            return None
        place = self._draw.randrange(5, len(title) - 2)
        wrong = title[:place] + self._draw.choice(_UNREAL) + title[place + 1 :]
        form = f"要认真学习贯彻{{}}，按照{node.label}的要求抓好落实。"
        return form.format(f"《{wrong}》"), form.format(f"《{title}》"), self._today

    def _article(self) -> tuple[str, str, date] | None:
        info, _, node = self._any()
        last = max(one.number or 0 for one in self._articles(info))
        beyond = f"第{to_chinese(last + self._draw.randrange(1, 30))}条"
        form = "依照{}的规定办理。"
        return form.format(self._cite(info, beyond)), form.format(self._cite(info, node.label)), self._today

    def _part(self) -> tuple[str, str, date] | None:
        info, locator, node = self._any()
        inside = [one for one in node.walk() if one.kind in (NodeKind.PARAGRAPH, NodeKind.ITEM)]
        if not inside:
            return None
        part = self._draw.choice(inside)
        right = locator.cite(part.path).address
        last = max(locator.cite(one.path).units[-1].number or 0 for one in inside if one.kind is part.kind)
        beyond = Unit(part.kind, last + self._draw.randrange(2, 9))
        return (
            f"对{self._cite(info, node.label + str(beyond))}所列情形，从严掌握。",
            f"对{self._cite(info, right)}所列情形，从严掌握。",
            self._today,
        )

    def _superseded(self) -> tuple[str, str, date] | None:
        info = self._draw.choice(list(self._library.infos.values()))
        status, articles = self._library.status(info.id, self._today), self._articles(info)
        if status not in (Status.SUPERSEDED, Status.REPEALED) or not articles:
            return None
        node = self._draw.choice(articles)
        current, _, other = self._any()
        dated = (
            edition_words(info.date[:4]).replace("）", "年）")
            if "年" not in edition_words(info.date[:4])
            else edition_words(info.date[:4])
        )
        wrong = f"根据《{plain_title(info.title)}》{dated}{node.label}，作出如下处理。"
        return wrong, f"根据{self._cite(current, other.label)}，作出如下处理。", self._today

    def _not_yet(self) -> tuple[str, str, date] | None:
        info, _, node = self._any()
        effective, issued = days(info.metadata.effective), days(info.date)
        first = self._library.choose(info.title, date(1950, 1, 1))
        if first.id != info.id or effective.first < date(1990, 1, 1) or issued.first < date(1990, 1, 1):
            return None
        text = f"按照{self._cite(info, node.label)}执行。"
        day = min(effective.first, issued.first) - timedelta(days=30)
        return text, f"应当{text}", day

    def _renumbered(self) -> tuple[str, str, date] | None:
        info, locator, node = self._any()
        sentence, other = self._sentence(locator, node), self._draw.choice(self._articles(info))
        if not sentence or other.path == node.path or sentence in locator.edition.slice(other):
            return None
        form = "{}要求" + sentence + "。"
        return form.format(self._cite(info, other.label)), form.format(self._cite(info, node.label)), self._today

    def _source(self) -> tuple[str, str, date] | None:
        info, _, _ = self._any()
        meta = info.metadata
        named = self._cite(info, "")
        if meta.number and self._draw.random() < 0.5:
            digits = re.sub(r"\d+(?=号)", lambda match: str(int(match[0]) + self._draw.randrange(1, 9)), meta.number)
            return f"{named}（{digits}）对此有明确要求。", f"{named}（{meta.number}）对此有明确要求。", self._today
        issuers = [
            one
            for one in ("中共中央", "国务院", "中共中央办公厅", "全国人民代表大会常务委员会")
            if one not in meta.issuer
        ]
        if meta.issuer not in (
            "中共中央",
            "国务院",
            "中共中央办公厅",
            "全国人民代表大会常务委员会",
            "中共中央、国务院",
        ):
            return None
        wrong = self._draw.choice([one for one in issuers if one[:3] not in meta.issuer] or issuers)
        form = "要把{}印发的" + named + "作为基本遵循。"
        return form.format(wrong), form.format(meta.issuer), self._today

    def _quoted(self) -> tuple[EditionInfo, Locator, Provision, str] | None:
        info, locator, node = self._any()
        sentence = self._sentence(locator, node)
        return (info, locator, node, sentence) if sentence else None

    def _changed(self) -> tuple[str, str, date] | None:
        drawn = self._quoted()
        if not drawn:
            return None
        info, _, node, sentence = drawn
        place = self._draw.choice([i for i, char in enumerate(sentence) if "\u4e00" <= char <= "\u9fff"])
        wrong = sentence[:place] + self._draw.choice(_UNREAL) + sentence[place + 1 :]
        form = f"{self._cite(info, node.label)}规定：“{{}}。”"
        return form.format(wrong), form.format(sentence), self._today

    def _misplaced(self) -> tuple[str, str, date] | None:
        drawn = self._quoted()
        if not drawn:
            return None
        info, locator, node, sentence = drawn
        other = self._draw.choice(self._articles(info))
        if sentence in locator.edition.slice(other):
            return None
        form = "{}明确，“" + sentence + "”。"
        return form.format(self._cite(info, other.label)), form.format(self._cite(info, node.label)), self._today

    def _invented(self) -> tuple[str, str, date] | None:
        drawn, other = self._quoted(), self._quoted()
        if not drawn or not other or drawn[0].work == other[0].work:
            return None
        info, _, _, sentence = drawn
        form = f"{self._cite(info, '')}指出：“{{}}”。"
        edition = self._library.locator(info.id).edition.text
        return (form.format(other[3]), form.format(sentence), self._today) if other[3] not in edition else None

    def _with_figure(self) -> tuple[EditionInfo, Provision, str, str] | None:
        """Return a clause's sentence with a figure, and the same with a laxer or another one."""
        drawn = self._quoted()
        if not drawn:
            return None
        info, _, node, sentence = drawn
        found = list(_FIGURE.finditer(sentence))
        if not found or len(sentence) < 24:
            return None
        match = self._draw.choice(found)
        return info, node, sentence, sentence[: match.start()] + self._other(match) + sentence[match.end() :]

    def _other(self, match: re.Match[str]) -> str:
        if match["every"]:
            return _LAXER[match[0]]
        if match["share"]:
            return _SHARES[match[0]]
        digits = next(one for one in _DIGITS if match[0] in one)
        place, at_least = (
            digits.index(match[0]),
            _AT_LEAST.search(match.string, max(0, match.start() - 6), match.end() + 4),
        )
        return digits[max(0, place - 2)] if at_least and place else digits[min(len(digits) - 1, place + 3)]

    def _figure_cited(self) -> tuple[str, str, date] | None:
        drawn = self._with_figure()
        if not drawn:
            return None
        info, node, right, wrong = drawn
        form = f"按照{self._cite(info, node.label)}的要求，{{}}。"
        return form.format(wrong), form.format(right), self._today

    def _figure(self) -> tuple[str, str, date] | None:
        drawn = self._with_figure()
        if not drawn:
            return None
        edit = self._draw.choice(_REWORDINGS)
        return f"{_reworded(drawn[3], edit)}。", f"{_reworded(drawn[2], edit)}。", self._today


def _reworded(sentence: str, edit: tuple[str, str]) -> str:
    """Return a sentence as a local measure would take it over: 应当 as 要, 各级 left out."""
    return sentence.replace(*edit)


def plant(library: Library, today: date, size: int, seed: int = 1) -> list[Case]:
    """Return the sentences of a base, the same at every call."""
    return Planter(library, today, seed).cases(size)
