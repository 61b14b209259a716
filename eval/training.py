"""Training a static embedding (训练向量模型): in-batch negatives over pairs, on the processor, the same for a seed.

Every token has a vector, a text's vector is their sum scaled to length 1, and a question must lie nearer to its passage
than to the other passages of its batch (multiple negatives ranking: Henderson et al. 2017; for static embeddings:
Aarsen, sentence-transformers, 2025). torch is imported when training begins.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from eval.training_pairs import HEADING, LAY, TITLE, Pair, weighted
from index.static_model import DIGEST, MODULES, TABLE, TOKENIZER, WEIGHTS

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

Table = npt.NDArray[np.float32]  # shape (n_tokens, dimension); row 0 is the unknown token, always 0
Ids = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]

_QUERY_TOKENS, _PASSAGE_TOKENS = 256, 384  # what is read of a text in training; long tails teach little
_WARM = 0.1  # share of the steps over which the rate rises
_ENCODED = 10_000  # texts tokenised at once
_TYPE = "sentence_transformers.models."
_FILES: Mapping[str, object] = MappingProxyType(
    {
        MODULES: [
            {"idx": 0, "name": "0", "path": "", "type": f"{_TYPE}StaticEmbedding"},
            {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{_TYPE}Normalize"},
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "", "document": ""},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Normalize/config.json": {},
    }
)


# How often a kind of pair comes in one round, 1 where nothing is said; files of pairs go by their names.
WEIGHTS_OF_KINDS: Mapping[str, float] = MappingProxyType(
    {
        HEADING: 0.5,
        TITLE: 0.5,
        LAY: 12,
        "lawbench_scenario_article": 10,
        "lawbench_consult_answer": 10,
        "lawref_selfcite_liability_to_duty": 2,
        "lawref_crosscite_text_to_article": 2,
        "cmrc2018_dev_trial": 3,
        "drcd_dev": 3,
        "govcn_heading_section": 3,
        "govcn_title_body": 3,
    }
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of a training run.

    `steps` batches of `batch` pairs; `rate` is Adam's, `temperature` divides cosines, `dropout` is the share of tokens
    left out of every text, `weights` says how often a kind of pair comes in one round.
    """

    pieces: int = 24_000
    dimension: int = 256
    steps: int = 1000
    batch: int = 512
    rate: float = 0.01
    temperature: float = 0.1
    dropout: float = 0.3
    seed: int = 0
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS_OF_KINDS)


@dataclass(frozen=True, slots=True)
class Bags:
    """Texts as token ids: text i holds ids[starts[i]:starts[i + 1]]."""

    ids: Ids
    starts: Places

    @classmethod
    def of(cls, tokenizer: Tokenizer, texts: Sequence[str]) -> Self:
        """Cut texts into tokens; unknown ones are left out."""
        parts, sizes = [np.empty(0, np.int32)], [0]
        for start in range(0, len(texts), _ENCODED):
            batch = list(texts[start : start + _ENCODED])
            for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                ids = np.array([token for token in encoding.ids if token], np.int32)
                parts.append(ids)
                sizes.append(len(ids))
        return cls(np.concatenate(parts), np.cumsum(sizes, dtype=np.int64))

    def drawn(self, rows: Places, longest: int, dropout: float, chance: np.random.Generator) -> tuple[Ids, Places]:
        """Return the ids of some texts end to end, a share of them dropped, and where each text begins."""
        sizes = np.minimum(self.starts[rows + 1] - self.starts[rows], longest)
        offsets = np.concatenate([[0], np.cumsum(sizes)])
        ids = self.ids[np.arange(offsets[-1]) + np.repeat(self.starts[rows] - offsets[:-1], sizes)]
        kept = chance.random(len(ids)) >= dropout
        return ids[kept], np.concatenate([[0], np.cumsum(kept)])[offsets[:-1]]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Pairs in tokens: `rows` holds the places of each pair's question and passage among the texts, shape (n, 2)."""

    questions: Bags
    passages: Bags
    rows: Places
    kinds: tuple[str, ...]
    folds: tuple[int, ...]
    tokens: int  # in the vocabulary

    @classmethod
    def of(cls, pairs: Sequence[Pair], tokenizer: Tokenizer) -> Self:
        """Cut the texts of pairs into tokens, each text once."""
        questions, passages = _numbered(pair.query for pair in pairs), _numbered(pair.passage for pair in pairs)
        rows = np.array([(questions[pair.query], passages[pair.passage]) for pair in pairs], np.int64).reshape(-1, 2)
        bags = Bags.of(tokenizer, list(questions)), Bags.of(tokenizer, list(passages))
        kinds, folds = tuple(pair.kind for pair in pairs), tuple(pair.fold for pair in pairs)
        return cls(*bags, rows, kinds, folds, tokenizer.get_vocab_size())

    def without(self, fold: int) -> Self:
        """Return the pairs that are not of a fold."""
        kept = [place for place, own in enumerate(self.folds) if own != fold]
        kinds, folds = tuple(self.kinds[place] for place in kept), tuple(self.folds[place] for place in kept)
        return replace(self, rows=self.rows[kept], kinds=kinds, folds=folds)


def train(
    lessons: Lessons, recipe: Recipe, start: Table | None = None, progress: Callable[[int], None] | None = None
) -> Table:
    """Return the table of token vectors that the pairs teach, from chance or from the table `start`.

    `progress` is called with the number of steps done since the last call.
    """
    run = _Run(recipe, lessons, _first_table(lessons.tokens, recipe, start))
    for _ in range(recipe.steps):
        run.step()
        if progress is not None:
            progress(1)
    return run.table()


def _numbered(texts: Iterable[str]) -> dict[str, int]:
    return {text: place for place, text in enumerate(dict.fromkeys(texts))}


def _first_table(size: int, recipe: Recipe, start: Table | None) -> Table:
    if start is not None:
        return start.copy()
    return np.random.default_rng(recipe.seed).normal(0, 0.1, (size, recipe.dimension)).astype(np.float32)


class _Run:
    """One training run: the table, its optimiser, and the order of the pairs."""

    def __init__(self, recipe: Recipe, lessons: Lessons, table: Table) -> None:
        import torch

        pairs = lessons.rows[weighted(lessons.kinds, recipe.weights, recipe.seed)]
        self._recipe, self._questions, self._passages, self._pairs = recipe, lessons.questions, lessons.passages, pairs
        self._chance = np.random.default_rng(recipe.seed)
        self._batch = min(recipe.batch, len(pairs))
        self._order = self._chance.permutation(len(pairs))
        self._at = 0
        self._table = torch.from_numpy(table).requires_grad_()
        self._optimiser = torch.optim.Adam([self._table], lr=recipe.rate, fused=True)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimiser, self._rate)

    def step(self) -> None:
        """Learn from one batch."""
        import torch

        rows = self._pairs[self._next()]
        cosines = self._vectors(self._questions, rows[:, 0], _QUERY_TOKENS) @ self._vectors(
            self._passages, rows[:, 1], _PASSAGE_TOKENS
        ).transpose(0, 1)
        scores = (cosines / self._recipe.temperature).masked_fill(_also_right(rows), -1e4)
        loss = torch.nn.functional.cross_entropy(scores, torch.arange(len(rows)))
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimiser.step()
        self._schedule.step()

    def table(self) -> Table:
        """Return the table as it is now."""
        table: Table = self._table.detach().numpy().copy()
        table[0] = 0
        return table

    def _next(self) -> Places:
        if self._at + self._batch > len(self._order):
            self._order, self._at = self._chance.permutation(len(self._pairs)), 0
        self._at += self._batch
        return self._order[self._at - self._batch : self._at]

    def _vectors(self, bags: Bags, rows: Places, longest: int) -> torch.Tensor:
        import torch

        ids, offsets = bags.drawn(rows, longest, self._recipe.dropout, self._chance)
        places = torch.from_numpy(offsets.astype(np.int32))
        sums = torch.nn.functional.embedding_bag(torch.from_numpy(ids), self._table, places, mode="sum")
        return torch.nn.functional.normalize(sums, dim=1, eps=1e-6)

    def _rate(self, step: int) -> float:
        """Return the share of the rate at a step: up over the first tenth, then down to nothing."""
        steps = self._recipe.steps
        return min((step + 1) / (_WARM * steps + 1), max(0.0, (steps - step) / (steps * (1 - _WARM))))


def _also_right(rows: Places) -> torch.Tensor:
    """Tell which passages of a batch answer a question besides its own: they are no negatives."""
    import torch

    same = (rows[:, 0][:, None] == rows[:, 0]) | (rows[:, 1][:, None] == rows[:, 1])
    np.fill_diagonal(same, False)
    return torch.from_numpy(same)


def save_model(table: Table, tokenizer: Tokenizer, folder: Path) -> None:
    """Write a sentence-transformers folder with one StaticEmbedding module, numbers in 16 bits."""
    from safetensors.numpy import save_file

    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    scaled = table * (8 / max(float(np.abs(table).max()), 1e-9))  # lengths do not count; 16 bits are finest below 8
    halves = scaled.astype(np.float16)
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    digest = hashlib.sha256(tokenizer.to_str().encode() + halves.tobytes()).hexdigest()
    save_file({TABLE: halves}, folder / WEIGHTS, metadata={"format": "pt", DIGEST: digest})
    for name, content in _FILES.items():
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", "utf-8")
