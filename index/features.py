"""What speaks for a candidate (排序特征): one number per feature and candidate, free of the corpus's scale.

Scores are set against the best candidate's or against the highest score the question allows, ranks and lengths enter
as logarithms, cosines as distances from the best and in standard deviations, so that what was learned on one base
holds on another and under another embedding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.cues import KINDS, SIGNS, kinds_of
from index.lexical import HEADINGS, TITLES, Floats, Rows
from index.parts import Asked, Parts
from index.tokens import ANALYSERS, Keys

CHARACTERS = 0.8  # weight of the characters' score beside words and bigrams; tuned on Legal-DC
SIMILAR_TITLE, NAMED_TITLE = 0.2, 0.5  # shares by which a title that is alike or named raises a score
SIMILARITY = 0.5  # weight of the cosine beside the lexical score, both against the best

Columns = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Candidates, ascending, and their features, shape (n_features, n_candidates) in the order of `names`."""

    rows: Rows
    names: tuple[str, ...]
    values: Floats

    def column(self, name: str) -> Floats:
        """Return one feature of all candidates."""
        values: Floats = self.values[self.names.index(name)]
        return values

    def fused(self) -> Floats:
        """Return the plain sum of lexical score and cosine, between 0 and 1."""
        lexical = self.column("lexical")
        if "cosine" not in self.names:
            return lexical
        both = lexical + np.float32(SIMILARITY) * self.column("cosine")
        return (both / np.float32(1 + SIMILARITY)).astype(np.float32)


def evidence(parts: Parts, asked: Asked, rows: Rows) -> Evidence:
    """Return the features of candidates, given by ascending rows."""
    columns: Columns = {}
    _terms(columns, parts, asked, rows)
    _titles(columns, parts, asked, rows)
    _together(columns, parts, rows)
    _place(columns, parts, rows)
    if parts.dense is not None and asked.vector is not None:
        _meaning(columns, parts, rows, parts.dense.similarities(asked.vector, rows))
    _kinds(columns, parts, asked, rows)
    values = np.empty((len(columns), len(rows)), np.float32)
    for place, column in enumerate(columns.values()):
        values[place] = column
    return Evidence(rows, tuple(columns), values)


def _terms(columns: Columns, parts: Parts, asked: Asked, rows: Rows) -> None:
    """Add each analyser's score, what share of the question's terms is matched, and how rare the best miss is."""
    total = np.zeros(len(rows), np.float32)
    for name, terms in zip(ANALYSERS, asked.terms, strict=True):
        postings = parts.postings[name]
        rarity = postings.rarity(terms)
        weights = postings.weights_of(terms, rows)
        score = rarity @ weights
        held = (weights > 0).astype(np.float32)
        whole, rarest = _at_least(rarity.sum()), _at_least(rarity.max(initial=0.0))
        total += score * np.float32(CHARACTERS if name == "characters" else 1)
        columns[f"{name}_score"] = score / whole
        columns[f"{name}_relative"] = score / _best(score)
        columns[f"{name}_covered"] = rarity @ held / whole
        columns[f"{name}_missed"] = (rarity[:, None] * (1 - held)).max(axis=0, initial=0.0) / rarest
        columns[f"{name}_rarest"] = (rarity[:, None] * held).max(axis=0, initial=0.0) / rarest
        if name == "bigrams":
            _runs(columns, asked, terms, held)
            _beyond(columns, parts, terms, rarity, held, rows)
    columns["lexical"] = total


def _runs(columns: Columns, asked: Asked, terms: Keys, held: Floats) -> None:
    """Add the longest run of the question's bigrams that a candidate holds, as a share and in bigrams."""
    places = {term: place for place, term in enumerate(terms.tolist())}
    longest, run = np.zeros(held.shape[1], np.float32), np.zeros(held.shape[1], np.float32)
    for term in asked.pairs.tolist():
        run = (run + 1) * held[places[term]]
        np.maximum(longest, run, out=longest)
    columns["run_share"] = longest / _at_least(len(asked.pairs))
    columns["run"] = np.minimum(longest, 12)


def _beyond(columns: Columns, parts: Parts, terms: Keys, rarity: Floats, held: Floats, rows: Rows) -> None:
    """Add what title and headings cover of the question, and what the candidate covers of the rest."""
    in_title = parts.postings[TITLES].weights_of(terms, parts.table.title_of[rows]) > 0
    in_headings = parts.postings[HEADINGS].weights_of(terms, parts.table.heading_of[rows]) > 0
    whole = _at_least(rarity.sum())
    columns["asked_in_title"] = rarity @ in_title.astype(np.float32) / whole
    columns["asked_in_headings"] = rarity @ in_headings.astype(np.float32) / whole
    rest = np.where(in_title, np.float32(0), rarity[:, None])
    columns["rest_covered"] = (rest * held).sum(axis=0) / np.maximum(rest.sum(axis=0), np.float32(1e-3))
    columns["rest"] = rest.sum(axis=0) / whole


def _titles(columns: Columns, parts: Parts, asked: Asked, rows: Rows) -> None:
    """Add what part of title and headings stands in the question and whether it names the work; weigh the score."""
    bigrams = asked.terms.bigrams
    share = parts.postings[TITLES].weights_of(bigrams, parts.table.title_of[rows]).sum(axis=0)
    headings = parts.postings[HEADINGS].weights_of(bigrams, parts.table.heading_of[rows]).sum(axis=0)
    named = np.isin(parts.table.title_of[rows], asked.named).astype(np.float32)
    columns["title_named"] = named if len(asked.named) else np.full(len(rows), 0.5, np.float32)
    columns["title_share"] = share
    columns["title_relative"] = share / _best(share)
    columns["headings_share"] = headings
    columns["lexical"] *= 1 + np.float32(SIMILAR_TITLE) * share + np.float32(NAMED_TITLE) * named
    columns["lexical"] /= _best(columns["lexical"])


def _together(columns: Columns, parts: Parts, rows: Rows) -> None:
    """Add where a candidate stands among all, among those of its title and of its article."""
    score = columns["lexical"]
    columns["lexical_rank"] = np.log1p(_ranks(score))
    columns["second"] = np.full(len(rows), np.partition(score, -2)[-2] if len(score) > 1 else 0, np.float32)
    _, group, sizes = np.unique(parts.table.title_of[rows], return_inverse=True, return_counts=True)
    best = np.zeros(len(sizes), np.float32)
    np.maximum.at(best, group, score)
    sums = np.bincount(group, score.astype(np.float64) ** 2).astype(np.float32)
    columns["title_best"] = best[group]
    columns["title_sum"] = sums[group] / _best(sums)
    columns["title_candidates"] = (sizes[group] / len(rows)).astype(np.float32)
    columns["within_title"] = score / np.maximum(best[group], np.float32(1e-6))
    columns["rank_in_title"] = np.log1p(_ranks_within(group, score))
    _, article, parts_of = np.unique(parts.table.article_of[rows], return_inverse=True, return_counts=True)
    best_part = np.zeros(len(parts_of), np.float32)
    np.maximum.at(best_part, article, score)
    columns["within_article"] = score / np.maximum(best_part[article], np.float32(1e-6))
    columns["neighbours"] = _neighbours(parts, rows, score)


def _neighbours(parts: Parts, rows: Rows, score: Floats) -> Floats:
    """Return the better score of the provisions just before and behind in the same edition, 0 for no candidate."""
    edition = parts.table.edition_of[rows]
    near = np.zeros(len(rows), np.float32)
    if len(rows) > 1:
        side_by_side = (np.diff(rows) == 1) & (edition[1:] == edition[:-1])
        near[1:] = np.where(side_by_side, score[:-1], 0)
        near[:-1] = np.maximum(near[:-1], np.where(side_by_side, score[1:], 0))
    return near


def _place(columns: Columns, parts: Parts, rows: Rows) -> None:
    """Add where in its edition a candidate stands and how long it is."""
    firsts, sizes = parts.table.edition_starts[:, parts.table.edition_of[rows]]
    before, behind = rows - firsts, firsts + sizes - 1 - rows
    columns["position"] = (before / np.maximum(sizes - 1, 1)).astype(np.float32)
    columns["from_start"] = np.log1p(np.minimum(before, 50)).astype(np.float32)
    columns["from_end"] = np.log1p(np.minimum(behind, 50)).astype(np.float32)
    columns["edition_size"] = np.log1p(sizes).astype(np.float32)
    columns["length"] = np.log1p(parts.table.lengths[rows]).astype(np.float32)


def _meaning(columns: Columns, parts: Parts, rows: Rows, cosines: Floats) -> None:
    """Add the cosine against the best, its rank, and the best one of the title."""
    best, spread = cosines.max(initial=0.0), _at_least(cosines.std() if len(cosines) else 0.0)
    columns["cosine"] = np.maximum(cosines, 0) / _best(cosines)
    columns["cosine_gap"] = (best - cosines) / spread
    columns["cosine_above"] = (cosines - cosines.mean()) / spread if len(cosines) else cosines
    columns["cosine_rank"] = np.log1p(_ranks(cosines))
    _, group, sizes = np.unique(parts.table.title_of[rows], return_inverse=True, return_counts=True)
    highest = np.full(len(sizes), -1, np.float32)
    np.maximum.at(highest, group, cosines)
    columns["title_cosine"] = (best - highest[group]) / spread
    columns["cosine_within_title"] = (highest[group] - cosines) / spread
    columns["cosine_rank_in_title"] = np.log1p(_ranks_within(group, cosines))
    both = columns["lexical"] + np.float32(SIMILARITY) * columns["cosine"]
    columns["fused"] = both / _best(both)
    columns["fused_rank"] = np.log1p(_ranks(both))
    columns["fused_neighbours"] = _neighbours(parts, rows, columns["fused"])


def _kinds(columns: Columns, parts: Parts, asked: Asked, rows: Rows) -> None:
    """Add what kind of rule is asked for and which signs the candidate holds."""
    held = parts.signs[rows]
    for place, sign in enumerate(SIGNS):
        columns[f"holds_{sign}"] = ((held >> np.uint64(place)) & np.uint64(1)).astype(np.float32)
    for kind, wanted in zip(KINDS, kinds_of(asked.text), strict=True):
        columns[f"asks_{kind}"] = np.full(len(rows), wanted, np.float32)
    columns["asked_length"] = np.full(len(rows), np.log1p(min(len(asked.pairs), 400)), np.float32)


def _ranks(scores: Floats) -> Floats:
    """Return the rank of each score from 0, the highest first; of equal ones the earlier is first."""
    ranks = np.empty(len(scores), np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores), dtype=np.float32)
    return ranks


def _ranks_within(group: npt.NDArray[np.integer], scores: Floats) -> Floats:
    """Return the rank of each score among those of its group."""
    order = np.lexsort((-scores, group))
    firsts = np.flatnonzero(np.diff(group[order], prepend=-1))
    ranks = np.empty(len(scores), np.float32)
    ranks[order] = np.arange(len(scores)) - np.repeat(firsts, np.diff(np.append(firsts, len(scores))))
    return ranks


def _best(scores: Floats) -> np.float32:
    return _at_least(scores.max(initial=0.0))


def _at_least(value: float | np.floating) -> np.float32:
    return np.float32(max(float(value), 1e-6))
