"""`danggui eval answerable`: the judge of what can be answered, learned and cross-validated (有无依据的判断)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import click

from danggui.options import as_json_option, as_of_option, dumps, existing_file, home_option, new_file, scope_of


@click.command()
@click.argument("file", type=existing_file)
@click.option("--out", type=new_file, help="判断模型写到哪个文件。")
@click.option("--plot", type=new_file, help="误拒与误答的曲线画到哪个 PNG 文件。")
@as_of_option
@home_option
@as_json_option
def answerable(file: Path, out: Path | None, plot: Path | None, on: date | None, home: Path, as_json: bool) -> None:
    """有无依据的判断：用一个问题文件（每行有 query、title）训练并作五折交叉验证，给出误拒与误答的曲线。"""
    from danggui.base import KnowledgeBase
    from danggui.files import writing
    from eval import answerable as learning
    from eval.plots import draw_curve
    from eval.refusal import read_titled

    with KnowledgeBase(home) as base:
        taught = list(learning.examples(read_titled(file), _signals(base.signals, on)))
    names = sorted({name for example in taught for name in example.signals})
    points = learning.curve(taught, learning.cross_validated(taught, names))
    figures = learning.summary(points)
    if out:
        model = learning.train(taught, names)
        low = learning.at_false_refusals(points, learning.FALSE_REFUSALS).threshold
        high = learning.at_baseless(points, learning.BASELESS_ANSWERED).threshold
        with writing(out):
            learning.write_judge(model, low, max(low, high), out)
    if plot:
        line = [(point.false_refusals, point.baseless_answered) for point in points]
        axes = ("误拒（有依据而不答）|answerable questions refused", "无依据而未拒|baseless questions not refused")
        with writing(plot):
            draw_curve({file.parent.name: line}, axes, plot)
    click.echo(dumps(figures) if as_json else "\n".join(f"{name}: {figure}" for name, figure in figures.items()))


def _signals(signals: Callable[..., Mapping[str, float]], on: date | None) -> Callable[[str, str], Mapping[str, float]]:
    return lambda question, without: signals(question, scope_of(on, without=without))
