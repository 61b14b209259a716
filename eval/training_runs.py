"""Training runs (训练过程): the bundled model, its cross-validation, and adapting it to a user's own base.

What is trained is written as a model folder and measured as it was written, on questions it has not seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import InputError
from corpus.model import Edition
from eval.metrics import recall_at, reciprocal_rank_at
from eval.training import Lessons, Recipe, save_model, train
from eval.training_pairs import (
    CLOZE,
    FOLDS,
    Article,
    Asked,
    Pair,
    articles,
    fold_of,
    made_pairs,
    passage_text,
    read_pairs,
)
from eval.training_texts import read_articles
from eval.training_vocabulary import tokenizer_of
from index.embedding import Vectors
from index.static_model import StaticModel
from index.words import WordCutter, own_terms

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Figures = dict[str, float]
Progress = Callable[[str, int], Callable[[int], None]]  # name and length of a step -> what counts its units

_DEPTHS = (1, 5, 10, 100)
_VOCABULARY_ARTICLES = 50_000
_LAY_WEIGHT = 4.0  # of pairs from files against law texts, when tokens are counted
_HELD_OUT = 10  # one article in ten measures an adapted model
_FEWEST = 40  # pairs to learn from; fewer teach nothing that can be measured
ADAPTING = Recipe(steps=300, rate=0.002, weights={})


@dataclass(frozen=True, slots=True)
class Sources:
    """What the bundled model is trained on: law texts, a folder of pairs, a data set of lay questions (BEIR form)."""

    texts: Sequence[Path]
    pairs: Path | None = None
    questions: Path | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything to learn, the lay questions among it, and the tokenizer, which was made without these."""

    lessons: Lessons
    asked: Asked | None
    tokenizer: Tokenizer

    @classmethod
    def read(cls, sources: Sources, recipe: Recipe, progress: Progress) -> Material:
        """Read the sources, make pairs and count tokens; raises InputError."""
        count = progress("读取文本、建立词表", 4)
        texts = read_articles(sources.texts)
        count(1)
        asked = Asked.read(sources.questions) if sources.questions else None
        given = read_pairs(sources.pairs) if sources.pairs else []
        count(1)
        if asked:  # passages of the data set are law texts too
            texts = list({article.text: article for article in (*asked.laws, *texts)}.values())
        tokenizer = tokenizer_of(_weighed(texts, given), WordCutter(own_terms()), recipe.pieces)
        count(1)
        pairs = [*made_pairs(texts, recipe.seed), *given, *(asked.pairs() if asked else [])]
        lessons = Lessons.of(pairs, tokenizer)
        count(1)
        return cls(lessons, asked, tokenizer)


def train_bundled(sources: Sources, folder: Path, recipe: Recipe, progress: Progress) -> None:
    """Train on everything there is and write the model; raises InputError."""
    material = Material.read(sources, recipe, progress)
    table = train(material.lessons, recipe, progress=progress("训练", recipe.steps))
    save_model(table, material.tokenizer, folder)


def cross_validate(sources: Sources, folder: Path, recipe: Recipe, progress: Progress) -> Figures:
    """Train a model for each fold of the lay questions without them, and return the figures on the questions left out.

    The models are written as ``fold_0`` to ``fold_4``. Raises InputError when there are no lay questions.
    """
    if sources.questions is None:
        raise InputError("交叉验证需要问题集：请用 --questions 指定 BEIR 形式的文件夹")
    material = Material.read(sources, recipe, progress)
    assert material.asked is not None
    rows: list[Figures] = []
    for fold in range(FOLDS):
        count = progress(f"第 {fold + 1} 折", recipe.steps)
        table = train(material.lessons.without(fold), recipe, progress=count)
        place = folder / f"fold_{fold}"
        save_model(table, material.tokenizer, place)
        rows += measured(StaticModel(place), material.asked, fold)
    return mean(rows)


def measured(model: StaticModel, asked: Asked, fold: int | None = None) -> list[Figures]:
    """Return the figures of each question, of one fold or of all, by cosine over all passages."""
    chosen = [place for place, (name, _) in enumerate(asked.questions) if fold is None or fold_of(name) == fold]
    questions = model.queries([asked.questions[place][1] for place in chosen])
    ranked = _nearest(questions, model.passages(asked.passages), asked.ids)
    return [_figures(asked.gold[place], names) for place, names in zip(chosen, ranked, strict=True)]


def mean(rows: Sequence[Figures]) -> Figures:
    """Return the mean of each figure."""
    return {name: fmean(row[name] for row in rows) for name in (rows[0] if rows else ())}


def _figures(gold: frozenset[str], ranked: Sequence[str]) -> Figures:
    recalls = {f"recall@{depth}": recall_at(depth, gold, ranked) for depth in _DEPTHS}
    return {**recalls, "mrr@10": reciprocal_rank_at(10, gold, ranked)}


def _nearest(questions: Vectors, passages: Vectors, names: Sequence[str]) -> Iterable[list[str]]:
    depth = min(_DEPTHS[-1], len(names))
    for question in questions:
        scores = passages @ question
        best = np.argpartition(-scores, depth - 1)[:depth]
        yield [names[place] for place in best[np.argsort(-scores[best], kind="stable")]]


def _weighed(texts: Sequence[Article], given: Sequence[Pair]) -> list[tuple[str, float]]:
    step = max(len(texts) // _VOCABULARY_ARTICLES, 1)
    spoken = {text: _LAY_WEIGHT for pair in given for text in (pair.query, pair.passage)}
    return [*((article.text, 1.0) for article in texts[::step]), *spoken.items()]


@dataclass(frozen=True, slots=True)
class Adapted:
    """The figures on pairs held out of a base, of the model before and after adapting it."""

    before: Figures
    after: Figures
    learned: int  # pairs
    held_out: int


def adapt(model: Path, editions: Iterable[Edition], folder: Path, recipe: Recipe, progress: Progress) -> Adapted:
    """Train a model further on a base's own articles and write it to `folder`.

    One article in ten is held out: its sentences and headings measure both models over all the base's articles.
    Raises InputError when the base is too small.
    """
    texts = articles(editions)
    learned = list(made_pairs([a for a in texts if not _is_held_out(a)], recipe.seed))
    asked = _held_out_questions([a for a in texts if _is_held_out(a)], texts, recipe.seed)
    if len(learned) < _FEWEST or not asked.questions:
        raise InputError(f"库中条文太少（可用来训练的只有 {len(learned)} 对），无法训练；请先入库更多文件")
    before = StaticModel(model)
    tokenizer, table = before.parts()
    fitted = replace(recipe, dimension=before.dimension)
    after = train(Lessons.of(learned, tokenizer), fitted, table, progress("训练", recipe.steps))
    save_model(after, tokenizer, folder)
    figures = [mean(measured(one, asked)) for one in (before, StaticModel(folder))]
    return Adapted(figures[0], figures[1], len(learned), len(asked.questions))


def _is_held_out(article: Article) -> bool:
    return hashlib.sha256(article.text.encode()).digest()[0] * _HELD_OUT < 256


def _held_out_questions(held_out: Sequence[Article], texts: Sequence[Article], seed: int) -> Asked:
    """Ask for each held-out article by sentences of its own, which are taken out of it."""
    places = {article.text: str(place) for place, article in enumerate(texts)}
    shown = {places[a.text]: passage_text(a.title, a.headings, a.text) for a in texts}
    questions: list[tuple[str, str]] = []
    for article in held_out:
        place = places[article.text]
        for pair in made_pairs([article], seed):
            if pair.kind == CLOZE:
                questions.append((place, pair.query))
                shown[place] = shown[place].replace(pair.query, "")
    gold = tuple(frozenset([place]) for place, _ in questions)
    return Asked(tuple(shown), tuple(shown.values()), tuple(questions), gold)
