"""What a check finds (审查意见): a place in the document, what is wrong there, and the clause that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.hit import Hit


class Kind(StrEnum):
    """What a finding is about; the native term stands beside each."""

    CITATION = "citation"  # 引用
    QUOTATION = "quotation"  # 引文
    PARAMETER = "parameter"  # 数字与期限
    BASIS = "basis"  # 依据
    COVERAGE = "coverage"  # 覆盖
    STRUCTURE = "structure"  # 体例
    WORDING = "wording"  # 表述


class Severity(StrEnum):
    """How much a finding matters, the worst first."""

    ERROR = "error"  # 错误
    WARNING = "warning"  # 应当核对
    NOTE = "note"  # 提示


class Mark(StrEnum):
    """What is found at a place; the first seven are the states of `answer.verify`."""

    OK = "ok"  # 属实
    NOT_FOUND = "not_found"  # 不存在
    REPEALED = "repealed"  # 已废止
    NOT_YET_IN_FORCE = "not_yet_in_force"  # 尚未施行
    SUPERSEDED = "superseded"  # 已被修订或取代
    TEXT_MISMATCH = "text_mismatch"  # 引文与原文不符
    NOT_CHECKED = "not_checked"  # 未能核对
    RENUMBERED = "renumbered"  # 条号已变动
    WRONG_ISSUER = "wrong_issuer"  # 制定机关不符
    WRONG_NUMBER = "wrong_number"  # 文号不符
    AMBIGUOUS = "ambiguous"  # 简称所指不明
    CONFLICT = "conflict"  # 与条款相抵触
    STRICTER = "stricter"  # 严于条款
    UNFOUNDED = "unfounded"  # 没有依据
    UNCOVERED = "uncovered"  # 没有对应规定
    GAP = "gap"  # 缺号
    REPEATED = "repeated"  # 重号、重复
    MISSING = "missing"  # 应有而没有
    INCONSISTENT = "inconsistent"  # 前后不一
    INCOMPLETE = "incomplete"  # 不完整
    DISORDERED = "disordered"  # 次序有误
    OUTDATED = "outdated"  # 旧称
    MISWORDED = "misworded"  # 表述不当


KIND_WORDS = {
    Kind.CITATION: "引用",
    Kind.QUOTATION: "引文",
    Kind.PARAMETER: "数字期限",
    Kind.BASIS: "依据",
    Kind.COVERAGE: "覆盖",
    Kind.STRUCTURE: "体例",
    Kind.WORDING: "表述",
}
SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "核对", Severity.NOTE: "提示"}
MARK_WORDS = {
    Mark.OK: "属实",
    Mark.NOT_FOUND: "不存在",
    Mark.REPEALED: "已废止",
    Mark.NOT_YET_IN_FORCE: "尚未施行",
    Mark.SUPERSEDED: "已被修订或取代",
    Mark.TEXT_MISMATCH: "与原文不符",
    Mark.NOT_CHECKED: "未能核对",
    Mark.RENUMBERED: "条号有误",
    Mark.WRONG_ISSUER: "机关不符",
    Mark.WRONG_NUMBER: "文号不符",
    Mark.AMBIGUOUS: "所指不明",
    Mark.CONFLICT: "相抵触",
    Mark.STRICTER: "严于上位规定",
    Mark.UNFOUNDED: "没有依据",
    Mark.UNCOVERED: "未作规定",
    Mark.GAP: "缺号",
    Mark.REPEATED: "重复",
    Mark.MISSING: "缺少",
    Mark.INCONSISTENT: "前后不一",
    Mark.INCOMPLETE: "不完整",
    Mark.DISORDERED: "次序有误",
    Mark.OUTDATED: "旧称",
    Mark.MISWORDED: "表述不当",
}
_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Place:
    """Characters [start, end) of the document's non-empty paragraph `paragraph`, counted from 0."""

    paragraph: int
    start: int
    end: int
    words: str

    def to_json(self) -> dict[str, object]:
        """Return the place in the JSON object of the contract."""
        return {"paragraph": self.paragraph, "start": self.start, "end": self.end, "words": self.words}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: kind, state and severity, its place, the clause concerned or None, why, and what to do about it.

    `also` are the further places of the same trouble, a whole work named again and again being told once.
    `suggestion` names clauses and places to look at; it never holds the document's words with a number changed.
    """

    kind: Kind
    state: Mark
    severity: Severity
    place: Place
    message: str
    clause: Hit | None = None
    suggestion: str = ""
    also: tuple[Place, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {
            "kind": self.kind.value,
            "state": self.state.value,
            "severity": self.severity.value,
            **self.place.to_json(),
            "also": [place.to_json() for place in self.also],
            "clause": self.clause.to_json() if self.clause else None,
            "message": self.message,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of the document with its one state; `id` is the provision or edition that it means, "" for none."""

    place: Place
    state: Mark
    id: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {**self.place.to_json(), "state": self.state.value, "id": self.id or None}


@dataclass(frozen=True, slots=True)
class Duty:
    """A row of the coverage matrix: a duty of the work that a measure implements, and the measure's own words for it.

    `counterpart` is None where no provision of the measure says the like; `share` is how much of the duty's words it
    holds, 0 to 1.
    """

    clause: Hit
    counterpart: Place | None
    share: float

    def to_json(self) -> dict[str, object]:
        """Return a JSON object."""
        found = self.counterpart
        return {
            "clause": self.clause.to_json(),
            "paragraph": found.paragraph if found else None,
            "words": found.words if found else "",
            "share": round(self.share, 2),
        }


@dataclass(frozen=True, slots=True)
class Review:
    """A checked document: its file name, title and paragraphs, the findings by severity, every citation, the matrix."""

    document: str
    title: str
    paragraphs: tuple[str, ...]
    findings: tuple[Finding, ...]
    citations: tuple[Cited, ...]
    matrix: tuple[Duty, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract, with the coverage matrix where there is one."""
        found: dict[str, object] = {
            "document": self.document,
            "findings": [finding.to_json() for finding in self.findings],
            "citations": [cited.to_json() for cited in self.citations],
        }
        return {**found, "matrix": [duty.to_json() for duty in self.matrix]} if self.matrix else found

    def totals(self) -> dict[str, int]:
        """Return how many findings there are of each severity and kind, and how many citations."""
        counts = Counter[str](finding.severity.value for finding in self.findings)
        counts += Counter(finding.kind.value for finding in self.findings)
        named = [*(one.value for one in Severity), *(one.value for one in Kind)]
        return {**{name: counts[name] for name in named}, "citations": len(self.citations)}


def by_severity(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings, the worst first, then in reading order; the same one is told once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda one: (_ORDER[one.severity], one.place.paragraph, one.place.start)))
