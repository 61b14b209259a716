"""The ingest report (入库报告): what became of every file, as values, text and JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from corpus.citation import edition_words


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"  # 新入库
    UNCHANGED = "unchanged"  # 已在库中
    CONFLICT = "conflict"  # 同一版本文字不同，未入库
    REFUSED = "refused"  # 拒收


_OUTCOMES = {
    Outcome.ADDED: "入库",
    Outcome.UNCHANGED: "已在库中",
    Outcome.CONFLICT: "冲突，未入库",
    Outcome.REFUSED: "拒收",
}
_FORMS = {"articles": "条文", "outline": "纲目", "plain": "无编号"}
_SHOWN = 5  # problems of one kind spelled out per file in the text report; JSON holds all


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; `refused` is the reason why it was not taken, or ""."""

    file: str
    outcome: Outcome = Outcome.REFUSED
    sha256: str = ""
    kind: str = ""  # docx, pdf, html, txt, md
    title: str = ""
    edition: str = ""
    form: str = ""  # articles, outline, plain
    articles: int = 0
    headings: int = 0
    provisions: int = 0
    gaps: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    references: int = 0
    unresolved: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    mark: str = ""  # 密级 found in the file
    warnings: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()  # a fact's name and the words, of text or manifest, that it rests on
    refused: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Report:
    """The report of one run, files in the order given; `notes` speak of the manifest."""

    files: tuple[FileReport, ...]
    notes: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[FileReport, ...]:
        """The files that are not in the base after the run."""
        return tuple(f for f in self.files if f.outcome in (Outcome.REFUSED, Outcome.CONFLICT))

    def totals(self) -> dict[str, int]:
        """Return the sums over all files."""
        outcomes = Counter(report.outcome for report in self.files)
        sums = {name: sum(getattr(report, name) for report in self.files) for name in _SUMMED}
        lengths = {name: sum(len(getattr(report, name)) for report in self.files) for name in _COUNTED}
        return {
            "files": len(self.files),
            **{outcome.value: outcomes[outcome] for outcome in Outcome},
            **sums,
            **lengths,
        }

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract: files and totals."""
        files = [report.to_json() for report in self.files]
        return {"files": files, "totals": self.totals(), "notes": list(self.notes)}

    def to_text(self) -> str:
        """Return the report in Chinese for a terminal: the files with something to say, then the totals."""
        lines = [*self.notes, *(line for report in self.files for line in _file_lines(report))]
        return "\n".join([*lines, *_total_lines(self.totals())])


_SUMMED = ("articles", "headings", "provisions", "references")
_COUNTED = ("gaps", "duplicates", "out_of_order", "unresolved", "hidden", "warnings")


def _file_lines(report: FileReport) -> Iterator[str]:
    head = f"{_OUTCOMES[report.outcome]}  {report.file}"
    if report.refused:
        yield f"{head}\n    {report.refused}"
        return
    form = f"{report.articles} 条" if report.articles else _FORMS.get(report.form, "")
    yield f"{head}  《{report.title}》{edition_words(report.edition)}{form}"
    yield from _problem_lines("缺号", report.gaps)
    yield from _problem_lines("重号", report.duplicates)
    yield from _problem_lines("错序", report.out_of_order)
    yield from _problem_lines("隐藏文字", report.hidden)
    yield from (f"    提示：{warning}" for warning in report.warnings)
    absent = sum("未入库" in words for words in report.unresolved)
    wrong = [words for words in report.unresolved if "未入库" not in words]
    if absent:
        yield f"    引用 {report.references} 处，其中 {absent} 处所引的法规未入库"
    yield from _problem_lines("引用对不上", wrong)


def _problem_lines(name: str, problems: Sequence[str]) -> Iterator[str]:
    if problems:
        more = f" 等 {len(problems)} 处" if len(problems) > _SHOWN else ""
        yield f"    {name}：{'、'.join(problems[:_SHOWN])}{more}"


def _total_lines(totals: dict[str, int]) -> Iterable[str]:
    yield ""
    yield (
        f"共 {totals['files']} 个文件：新入库 {totals['added']}，已在库中 {totals['unchanged']}，"
        f"冲突 {totals['conflict']}，拒收 {totals['refused']}"
    )
    yield (
        f"条文 {totals['articles']} 条，标题 {totals['headings']} 个，可引用单元 {totals['provisions']} 个；"
        f"引用 {totals['references']} 处（未对应 {totals['unresolved']} 处）"
    )
    yield (
        f"缺号 {totals['gaps']} 处，重号 {totals['duplicates']} 处，错序 {totals['out_of_order']} 处，"
        f"隐藏文字 {totals['hidden']} 处，提示 {totals['warnings']} 条"
    )
