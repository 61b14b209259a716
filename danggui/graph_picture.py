"""A graph as a picture (关系图): levels from the top, drawn by matplotlib, which is optional."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from corpus.relations import Tie
from danggui.graph import LEVELS, TIE_WORDS, Graph, Node

_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "Microsoft YaHei", "SimHei", "PingFang SC",
          "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback")  # fmt: skip
_FILES = ("cjk", "wqy", "simhei", "msyh", "pingfang", "droidsansfallback", "sourcehansans")
_COLOURS = {Tie.BASED_ON: "#a40000", Tie.IMPLEMENTS: "#0b5d1e", Tie.REPEALS: "#888888", Tie.CITES: "#9db4d6"}
_PER_ROW = 7  # works side by side
_LINE = 9  # characters of a title in one line
_SIDE = (2.6, 1.5)  # inches that a work takes


def draw(graph: Graph, file: Path) -> None:
    """Write the picture to a .png or .svg file; raises InputError without matplotlib or a Chinese font."""
    try:
        from matplotlib import font_manager, rc_context
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise InputError("画图需要 matplotlib，本机没有安装；请 pip install matplotlib，或改用 .json 导出") from error
    font = _font(font_manager)
    if not font:
        raise InputError("本机没有中文字体，图上的字会缺失；请安装 Noto Sans CJK（fonts-noto-cjk），或改用 .json 导出")
    places, height = _places(graph)
    with rc_context({"font.family": font, "svg.fonttype": "none"}):
        figure = Figure(figsize=(_PER_ROW * _SIDE[0], height * _SIDE[1] + 1), dpi=100)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set(xlim=(0, _PER_ROW), ylim=(-height, 0.6))
        _edges(axes, graph, places)
        for node in graph.nodes:
            _node(axes, node, places[node.work])
        _legend(axes)
        figure.savefig(file, format=file.suffix.removeprefix("."))


def _font(manager: Any) -> str:  # noqa: ANN401 (matplotlib is optional and untyped here)
    """Return the name of a Chinese font, "" where there is none; files newer than matplotlib's list are looked at."""
    for file in manager.findSystemFonts() if not _known(manager) else ():
        if any(part in Path(file).name.lower() for part in _FILES):
            manager.fontManager.addfont(file)
    return _known(manager)


def _known(manager: Any) -> str:  # noqa: ANN401
    known = {font.name for font in manager.fontManager.ttflist}
    return next((name for name in _FONTS if name in known), "")


def _places(graph: Graph) -> tuple[dict[str, tuple[float, float]], int]:
    """Return where each work stands, works of one level in rows of their own, and the number of rows."""
    levels: dict[int, list[str]] = defaultdict(list)
    for node in graph.nodes:
        levels[node.rank].append(node.work)
    found: dict[str, tuple[float, float]] = {}
    row = 0
    for rank in range(len(LEVELS) + 1):
        works = levels[rank]
        for first in range(0, len(works), _PER_ROW):
            part = works[first : first + _PER_ROW]
            gap = _PER_ROW / len(part)
            found |= {work: ((place + 0.5) * gap, -row - 0.5) for place, work in enumerate(part)}
            row += 1
    return found, max(1, row)


def _edges(axes: Any, graph: Graph, places: dict[str, tuple[float, float]]) -> None:  # noqa: ANN401
    """Draw the arrows, several between the same works beside each other."""
    for source, target, tie, _ in graph.edges:
        bend = 0.05 + 0.06 * list(Tie).index(tie)
        style = {"arrowstyle": "-|>", "color": _COLOURS[tie], "alpha": 0.8, "linewidth": 1.2, "shrinkA": 22}
        if source != target:
            arrow = {**style, "shrinkB": 22, "connectionstyle": f"arc3,rad={bend}"}
            axes.annotate("", places[target], places[source], arrowprops=arrow)


def _node(axes: Any, node: Node, place: tuple[float, float]) -> None:  # noqa: ANN401
    lines = [node.title[first : first + _LINE] for first in range(0, min(len(node.title), _LINE * 4), _LINE)]
    ended = node.status in ("superseded", "repealed")
    box = {
        "boxstyle": "round,pad=0.35",
        "facecolor": "#f3f3f3" if ended else "#fdf6e3" if node.in_base else "white",
        "edgecolor": "#444444" if node.in_base else "#aaaaaa",
        "linestyle": "-" if node.in_base else "--",
    }
    axes.text(*place, "\n".join(lines), ha="center", va="center", fontsize=9, bbox=box, zorder=3)


def _legend(axes: Any) -> None:  # noqa: ANN401
    for number, (tie, words) in enumerate(TIE_WORDS.items()):
        axes.text(0.15 + number * 0.6, 0.35, f"→ {words}", color=_COLOURS[tie], fontsize=11)
    axes.text(
        0.15 + len(TIE_WORDS) * 0.6, 0.35, "虚线框：正文未入库　灰底：已废止或被取代", color="#444444", fontsize=9
    )
