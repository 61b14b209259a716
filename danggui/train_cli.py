"""`danggui train-embedding`: the bundled model made anew, cross-validated or adapted to a base (训练向量模型)."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from danggui.bars import Bars
from danggui.options import as_json_option, dumps

if TYPE_CHECKING:
    from eval.training import Recipe
    from eval.training_runs import Adapted, Figures, Progress, Sources

_existing = click.Path(exists=True, path_type=Path)
MODEL_FOLDER = "model"


@click.command("train-embedding")
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="用这个知识库的条文进一步训练自带模型。")
@click.option("--texts", "-t", multiple=True, type=_existing, help="法规文件夹或 tar 包，可给多个。")
@click.option("--pairs", type=_existing, help="问答对文件夹（*.jsonl，每行 query、positive）。")
@click.option("--questions", type=_existing, help="BEIR 形式的问题集，用于训练；与 --folds 同用时兼作评测。")
@click.option("--folds", is_flag=True, help="只做五折交叉验证：每折的问题不参加该折的训练。")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="模型写到哪个文件夹。")
@click.option("--seed", default=0, show_default=True, help="随机种子；同一种子结果相同。")
@click.option("--steps", type=click.IntRange(1), help="训练步数。")
@as_json_option
def train_embedding(
    home: Path | None,
    texts: tuple[Path, ...],
    pairs: Path | None,
    questions: Path | None,
    folds: bool,
    out: Path | None,
    seed: int,
    steps: int | None,
    as_json: bool,
) -> None:
    """训练向量模型：从法规文本训练（--texts），或按自己的知识库调整自带模型（--home）。"""
    from eval.training import Recipe
    from eval.training_runs import ADAPTING, Sources

    if (home is None) == (not texts) or (out is None and home is None):
        raise click.UsageError("请用 --home 指定知识库，或用 --texts 和 --out 从文本训练", click.get_current_context())
    recipe = replace(ADAPTING if home else Recipe(), seed=seed)
    recipe = replace(recipe, steps=steps or recipe.steps)
    with Bars(hidden=as_json or not sys.stderr.isatty()) as bars:
        if home is not None:
            folder = out or home / MODEL_FOLDER
            adapted = _adapt(home, folder, recipe, bars.start)
            click.echo(dumps(_adapted_json(adapted, folder)) if as_json else _adapted_words(adapted, folder, home))
        elif out is not None:
            figures = _train(Sources(texts, pairs, questions), out, recipe, bars.start, folds=folds)
            click.echo(dumps({"folder": str(out), "figures": figures}) if as_json else _trained_words(figures, out))


def _train(sources: Sources, folder: Path, recipe: Recipe, progress: Progress, *, folds: bool) -> Figures:
    """Train, or cross-validate, and return the figures there are."""
    from danggui.files import writing
    from eval.training_runs import cross_validate, train_bundled

    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if folds:
        return cross_validate(sources, folder, recipe, progress)
    train_bundled(sources, folder, recipe, progress)
    return {}


def _adapt(home: Path, folder: Path, recipe: Recipe, progress: Progress) -> Adapted:
    from corpus.store import Store
    from eval.training_runs import adapt
    from index.embedding import BUNDLED

    with Store.open(home) as store:
        editions = [store.edition(info.id) for info in store.infos()]
    return adapt(BUNDLED, editions, folder, recipe, progress)


def _adapted_json(adapted: Adapted, folder: Path) -> dict[str, object]:
    counts = {"learned": adapted.learned, "held_out": adapted.held_out}
    return {"folder": str(folder), "before": adapted.before, "after": adapted.after, **counts}


def _adapted_words(adapted: Adapted, folder: Path, home: Path) -> str:
    rows = [f"{name:<12}{adapted.before[name]:>8.3f}{adapted.after[name]:>8.3f}" for name in adapted.before]
    return "\n".join(
        [
            f"学了 {adapted.learned} 对，在没有学过的 {adapted.held_out} 对上（训练前、训练后）：",
            *rows,
            f"模型已写到 {folder}；要使用它：danggui reindex --home {home} --model {folder}",
        ]
    )


def _trained_words(figures: Figures, folder: Path) -> str:
    rows = [f"{name:<12}{figure:>8.3f}" for name, figure in figures.items()]
    return "\n".join([*rows, f"模型已写到 {folder}"])
