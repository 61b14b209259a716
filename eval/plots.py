"""Benchmark results as pictures (基准图): one PNG for each figure, number of provisions along the bottom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError

_FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "SimHei", "Microsoft YaHei")
_MARKS = "osD^vP*X"


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture: which figure of which step, and its title with and without a Chinese font at hand."""

    file: str
    step: str
    figure: str
    chinese: str
    english: str


FIGURES = (
    Figure("index-speed.png", "index", "texts_per_second", "索引速度（条/秒）", "indexing, provisions per second"),
    Figure("index-memory.png", "index", "peak_mb", "索引内存峰值（MB）", "indexing, peak memory in MB"),
    Figure("query-p50.png", "query", "p50_ms", "检索耗时中位数（毫秒）", "query, median in ms"),
    Figure("query-p95.png", "query", "p95_ms", "检索耗时 95 百分位（毫秒）", "query, 95th percentile in ms"),
    Figure("query-memory.png", "query", "peak_mb", "检索内存峰值（MB）", "query, peak memory in MB"),
    Figure("open.png", "query", "open_s", "打开索引（秒）", "opening the index, seconds"),
)


@contextmanager
def drawing() -> Iterator[bool]:
    """Set matplotlib up and tell whether Chinese can be written. Raises InputError when it is not installed."""
    try:
        import matplotlib as mpl
        from matplotlib import font_manager
    except ImportError as error:
        raise InputError(
            "画图需要 matplotlib；请在项目文件夹运行 pip install --group bench，或不画图（--no-plots，不给 --plot）"
        ) from error
    mpl.use("Agg")
    known = {font.name for font in font_manager.fontManager.ttflist}
    font = next((name for name in _FONTS if name in known), "")
    with mpl.rc_context({"font.family": [font] if font else ["sans-serif"]}):
        yield bool(font)


def draw(results: Mapping[str, Any], folder: Path) -> list[Path]:
    """Draw every figure into a folder and return the files. Raises InputError when matplotlib is not installed."""
    with drawing() as chinese:
        return [_drawn(figure, results, folder, chinese) for figure in FIGURES]


def draw_curve(lines: Mapping[str, Sequence[tuple[float, float]]], names: tuple[str, str], file: Path) -> None:
    """Draw curves of shares (x, y) by name into a file; `names` are those of the axes, Chinese and English by |."""
    from matplotlib import pyplot

    with drawing() as chinese:
        picture, axes = pyplot.subplots(figsize=(6, 4.5), layout="constrained")
        for name, line in lines.items():
            axes.plot([x for x, _ in line], [y for _, y in line], label=name)
        x_name, y_name = (name.split("|")[not chinese] for name in names)
        axes.set(xlabel=x_name, ylabel=y_name, xlim=(0, 0.5), ylim=(0, 1))
        axes.grid(visible=True, alpha=0.3)
        axes.legend()
        picture.savefig(file, dpi=120)
        pyplot.close(picture)


def points(rows: Sequence[Mapping[str, Any]], figure: Figure) -> dict[str, tuple[list[int], list[float]]]:
    """Return sizes and values by system, without what was not measured."""
    lines: dict[str, tuple[list[int], list[float]]] = {}
    for row in rows:
        step = row[figure.step]
        if "failed" not in step and figure.figure in step:
            sizes, values = lines.setdefault(row["system"], ([], []))
            sizes.append(row["size"])
            values.append(step[figure.figure])
    return lines


def _drawn(figure: Figure, results: Mapping[str, Any], folder: Path, chinese: bool) -> Path:
    from matplotlib import pyplot
    from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter

    picture, axes = pyplot.subplots(figsize=(6, 4), layout="constrained")
    for mark, (system, (sizes, values)) in zip(_MARKS, points(results["rows"], figure).items(), strict=False):
        axes.plot(sizes, values, marker=mark, label=system)
    axes.set(xscale="log", yscale="log", title=figure.chinese if chinese else figure.english)
    axes.set_xlabel("条文数" if chinese else "provisions")
    axes.set_xticks(sorted({row["size"] for row in results["rows"]}))
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(StrMethodFormatter("{x:,g}"))
        axis.set_minor_formatter(NullFormatter())
    axes.grid(visible=True, alpha=0.3)
    if axes.lines:
        axes.legend()
    file = folder / figure.file
    picture.savefig(file, dpi=120)
    pyplot.close(picture)
    return file
