"""The gate (评测门): retrieval may not fall below the floors in `floors.json`, on the data they were taken on.

A floor belongs to one state of the data, named by its digest; other data make it void, which is an error and not a
pass. Floors rise by `raised` and fall only where that is allowed in so many words. Some questions serve in training
too, so the floors guard against a drop; they are not figures for questions unseen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import floor
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import InputError
from eval.retrieval import STAGES, evaluate
from eval.suites import Suite

FLOORS = Path(__file__).with_name("floors.json")
STAGE = "final"
MARGIN = 0.002  # how far below the measured figure a new floor lies: another machine's rounding may swap two hits

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Record:
    """Figures of one data set in one state: floors, or what was measured. `floors` is by stage and measure."""

    name: str
    digest: str
    queries: int
    floors: Mapping[str, Figures]

    def items(self) -> Iterator[tuple[str, str, float]]:
        """Yield stage, measure and figure."""
        for stage, figures in self.floors.items():
            for measure, figure in figures.items():
                yield stage, measure, figure


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the gate: a figure beside its floor, or with `trouble` why there is nothing to compare."""

    name: str
    what: str = ""
    figure: float | None = None
    floor: float | None = None
    trouble: str = ""
    missing: bool = False  # the data are not there

    @property
    def passed(self) -> bool:
        """Whether the figure reaches its floor."""
        return not self.trouble and self.figure is not None and self.floor is not None and self.figure >= self.floor

    def to_json(self) -> dict[str, object]:
        """Return the line as JSON."""
        return {**asdict(self), "passed": self.passed}


def check(
    suites: Sequence[Suite], data: Path, file: Path = FLOORS, update: bool = False, allow_regression: bool = False
) -> list[Verdict]:
    """Measure every suite whose data are there and compare with the floors in `file`, rewritten first on `update`.

    Raises InputError for a broken file, and on `update` for a figure below its floor that is not allowed: then
    nothing is written.
    """
    floors = read_floors(file)
    verdicts: list[Verdict] = []
    for suite in suites:
        if suite.missing(data):
            verdicts.append(absent(suite, data))
            continue
        measured = measure(suite, data)
        if update:
            floors[suite.name] = raised(measured, floors.get(suite.name), allow_regression)
        verdicts += judge(measured, floors)
    if update:
        write_floors(floors, file)
    return verdicts


def measure(suite: Suite, data: Path) -> Record:
    """Build the suite's index in a temporary folder, ask its questions, and return the figures."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ready = suite.load(data, Path(folder))
        report = evaluate(ready.index, ready.dataset, {STAGE: STAGES[STAGE]})
    figures = {name: report.stages[STAGE][name] for name in suite.measures}
    return Record(suite.name, suite.digest(data), report.questions, {STAGE: figures})


def judge(measured: Record, floors: Mapping[str, Record]) -> list[Verdict]:
    """Compare measured figures with the floors of the same data set."""
    held = floors.get(measured.name)
    if held is None:
        return [Verdict(measured.name, trouble="还没有下限；请用 --update 写入")]
    if (held.digest, held.queries) != (measured.digest, measured.queries):
        cure = "请恢复原来的数据，或确认改动后用 --update 重新写入下限"
        return [Verdict(measured.name, trouble=f"数据已变（问题或语料与定下限时不同），不能比较；{cure}")]
    return [
        Verdict(held.name, f"{stage} {name}", measured.floors.get(stage, {}).get(name), bottom)
        for stage, name, bottom in held.items()
    ]


def absent(suite: Suite, data: Path) -> Verdict:
    """Return the line for a data set whose files are not there."""
    trouble = (
        f"缺少数据：{data} 下没有 {'、'.join(suite.missing(data))}；请用 --data 指明数据所在，或加 --missing-ok 略过"
    )
    return Verdict(suite.name, trouble=trouble, missing=True)


def raised(measured: Record, held: Record | None, allow_regression: bool = False) -> Record:
    """Return new floors a margin below the measured figures; a floor already higher stays.

    Raises InputError when a figure is below its floor and `allow_regression` is not given.
    """
    old = {(stage, name): bottom for stage, name, bottom in held.items()} if held else {}
    fallen = [
        f"{measured.name} {stage} {name} {figure:.4f} < {old[stage, name]:.3f}"
        for stage, name, figure in measured.items()
        if figure < old.get((stage, name), 0)
    ]
    if fallen and not allow_regression:
        raise InputError(f"结果低于现有下限，没有改写（确要降低请加 --allow-regression）：{'；'.join(fallen)}")
    new: dict[str, dict[str, float]] = {}
    for stage, name, figure in measured.items():
        bottom, before = floor((figure - MARGIN) * 1000) / 1000, old.get((stage, name), 0.0)
        new.setdefault(stage, {})[name] = max(bottom, before, 0.0) if figure >= before else max(bottom, 0.0)
    return Record(measured.name, measured.digest, measured.queries, new)


def read_floors(file: Path = FLOORS) -> dict[str, Record]:
    """Return the floors by data set, none where the file is not there yet; raises InputError for a broken file."""
    try:
        return {row["name"]: Record(**row) for row in json.loads(file.read_text("utf-8"))}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} 应为 JSON 数组，每项有 name、digest、queries、floors；请从版本库恢复") from error


def write_floors(floors: Mapping[str, Record], file: Path = FLOORS) -> None:
    """Write the floors, by name."""
    rows = [asdict(floors[name]) for name in sorted(floors)]
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", "utf-8")


def table(verdicts: Sequence[Verdict]) -> str:
    """Return the lines as text: data set, figure, floor, verdict."""
    lines = [f"{'数据集':<14}{'指标':<18}{'结果':>7}{'下限':>7}  结论"]
    for one in verdicts:
        if one.trouble:
            lines.append(f"{one.name:<17}{one.trouble}")
            continue
        shown = "缺" if one.figure is None else f"{one.figure:.4f}"
        word = "通过" if one.passed else "低于下限"
        lines.append(f"{one.name:<17}{one.what:<20}{shown:>9}{one.floor:>9.3f}  {word}")
    return "\n".join(lines)
