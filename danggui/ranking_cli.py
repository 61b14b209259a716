"""`danggui eval ranking`: the ranker trained and cross-validated on data in the forms of `eval` (排序模型)."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from danggui.options import as_json_option, dumps

if TYPE_CHECKING:
    from corpus.model import Edition
    from eval.ranking import Example
    from eval.retrieval import Dataset
    from index.settings import IndexSettings

_folder = click.Path(exists=True, file_okay=False, path_type=Path)
_SHOWN = ("recall@1", "recall@5", "recall@10", "recall@100", "mrr@10")
_FILES = {"faiss": "with_vectors.json", "none": "lexical.json"}


@click.command()
@click.option(
    "--data", type=_folder, required=True, help="数据文件夹，内有 eval/legal-dc、corpus/legal-dc、eval/stard。"
)
@click.option("--folds", type=_folder, required=True, help="danggui train-embedding --folds 写出的文件夹。")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="排序模型写到哪个文件夹。")
@as_json_option
def ranking(data: Path, folds: Path, out: Path, as_json: bool) -> None:
    """训练排序模型，并作五折交叉验证。"""
    from danggui.files import writing
    from eval.ranking import cross_validated, feature_names, measured, train, write_ranker

    figures: dict[str, dict[str, float]] = {}
    for store, file in _FILES.items():
        legal, lay = _legal(data, store), _lay(data, folds, store)
        names = feature_names(legal)
        ranker = train([*legal, *lay], names)
        with writing(out / file):
            write_ranker(ranker, out / file)
        figures[f"{store} legal-dc"] = cross_validated(legal, names, lay)
        figures[f"{store} stard"] = cross_validated(lay, names, legal)
        figures[f"{store} stard by legal-dc alone"] = measured(lay, train(legal, names).scores)
        figures[f"{store} legal-dc by stard alone"] = measured(legal, train(lay, names).scores)
    click.echo(dumps(figures) if as_json else "\n".join(f"{name}: {_line(row)}" for name, row in figures.items()))


def _line(figures: dict[str, float]) -> str:
    return "  ".join(f"{name} {figures[name]:.3f}" for name in _SHOWN)


def _legal(data: Path, store: str) -> list[Example]:
    """Return Legal-DC's questions, in folds of regulations."""
    from eval.legal_dc import load_legal_dc
    from eval.training_pairs import fold_of
    from index.settings import IndexSettings
    from ingest.discovery import discover
    from ingest.pipeline import Job, parse_files

    jobs = [Job(file.path, file.name) for file in discover([data / "corpus/legal-dc"]).files]
    editions = [parsed.edition for parsed in parse_files(jobs) if parsed.edition]
    lines = (data / "eval/legal-dc/questions.jsonl").read_text("utf-8").rstrip("\n").split("\n")
    titles = {row["id"]: row["title"] for row in map(json.loads, lines)}
    dataset = load_legal_dc(data / "eval/legal-dc", editions)
    return _asked(editions, dataset, IndexSettings(store=store), lambda name: fold_of(titles[name]))


def _lay(data: Path, folds: Path, store: str) -> list[Example]:
    """Return STARD's questions, each asked of an index whose embedding has not seen it."""
    from eval.beir import load_beir_corpus, load_beir_questions
    from eval.training_pairs import FOLDS, fold_of
    from index.embedding import EmbeddingSettings
    from index.settings import IndexSettings

    editions, dataset = load_beir_corpus(data / "eval/stard"), load_beir_questions(data / "eval/stard")
    found: list[Example] = []
    for fold in range(FOLDS):
        own = tuple(question for question in dataset.questions if fold_of(question.id) == fold)
        settings = IndexSettings(EmbeddingSettings(model=str(folds / f"fold_{fold}")), store)
        found += _asked(editions, replace(dataset, questions=own), settings, fold_of)
    return found


def _asked(
    editions: Sequence[Edition], dataset: Dataset, settings: IndexSettings, fold: Callable[[str], int]
) -> list[Example]:
    from eval.ranking import examples
    from index.build import build
    from index.search import Index

    with TemporaryDirectory(ignore_cleanup_errors=True) as home:
        build(editions, Path(home), "", settings=settings)
        return examples(Index.open(Path(home)), dataset, fold)
