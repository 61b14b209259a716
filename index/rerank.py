"""The learned ranker (重排): gradient-boosted trees over the features of `index.features`, all candidates at once.

A tree is a few tests "feature ≤ threshold". Every test that fails rules out the leaves on its left; the first leaf
that is left over is where the candidate ends (QuickScorer: Lucchese et al., SIGIR 2015). Here the tests of all trees
are made for all candidates in a few passes over one array. Trained with `danggui eval ranking`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from corpus.errors import StoreError
from index.features import Evidence
from index.lexical import Floats

LEAVES = 8  # at most, per tree: a byte holds which are left over
_FILES = {True: "with_vectors.json", False: "lexical.json"}


@dataclass(frozen=True, slots=True)
class Tree:
    """A binary tree: inner node i tests `features[i]` ≤ `thresholds[i]` and goes to `left[i]` or `right[i]`.

    A child n ≥ 0 is an inner node, n < 0 the leaf ~n; leaves are numbered from left to right. `values` are those of
    the leaves, `means` the expected values at the inner nodes.
    """

    features: tuple[int, ...]
    thresholds: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    values: tuple[float, ...]
    means: tuple[float, ...]

    def leaves_below(self, node: int) -> list[int]:
        """Return the leaves below a node or leaf."""
        if node < 0:
            return [~node]
        return self.leaves_below(self.left[node]) + self.leaves_below(self.right[node])


@dataclass(frozen=True)
class Ranker:
    """Trees over named features; `scale` and `offset` turn their sum into log-odds. Safe to share between threads."""

    names: tuple[str, ...]
    trees: tuple[Tree, ...]
    scale: float = 1.0
    offset: float = 0.0

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` returned; raises KeyError, TypeError or ValueError for anything else."""
        trees = tuple(Tree(*(tuple(tree[name]) for name in Tree.__slots__)) for tree in data["trees"])
        return cls(tuple(data["names"]), trees, float(data["scale"]), float(data["offset"]))

    def to_json(self) -> dict[str, object]:
        """Return the ranker as plain data."""
        trees = [{name: list(getattr(tree, name)) for name in Tree.__slots__} for tree in self.trees]
        return {"names": list(self.names), "scale": self.scale, "offset": self.offset, "trees": trees}

    def raw(self, values: Floats) -> Floats:
        """Return the sum of the trees for candidates with features of shape (n_features, n), shape (n,)."""
        features, thresholds, masks = self._tests
        failed = values[features] > thresholds[:, None]
        left_over = np.where(failed, masks[:, None], np.uint8(0xFF)).reshape(len(self.trees), LEAVES - 1, -1)
        left_over = np.bitwise_and.reduce(left_over, axis=1)
        leaves = self._leaves[np.arange(len(self.trees))[:, None], _FIRST_BIT[left_over]]
        total: Floats = leaves.sum(axis=0, dtype=np.float32)
        return total

    def scores(self, found: Evidence) -> Floats:
        """Return each candidate's score, between 0 and 1: how likely it is the provision asked for."""
        order = [found.names.index(name) for name in self.names]
        logits = self.raw(found.values[order]) * np.float32(self.scale) + np.float32(self.offset)
        scores: Floats = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        return scores

    @cached_property
    def _tests(self) -> tuple[npt.NDArray[np.intp], Floats, npt.NDArray[np.uint8]]:
        """All tests, LEAVES - 1 per tree: feature, threshold, and the leaves that stay when the test fails."""
        features = np.zeros((len(self.trees), LEAVES - 1), np.intp)
        thresholds = np.full(features.shape, np.inf, np.float32)
        masks = np.full(features.shape, 0xFF, np.uint8)
        for place, tree in enumerate(self.trees):
            for node, threshold in enumerate(tree.thresholds):
                features[place, node], thresholds[place, node] = tree.features[node], threshold
                masks[place, node] = 0xFF & ~sum(1 << leaf for leaf in tree.leaves_below(tree.left[node]))
        return features.ravel(), thresholds.ravel(), masks.ravel()

    @cached_property
    def _leaves(self) -> Floats:
        """The values of the leaves, shape (n_trees, LEAVES)."""
        values = np.zeros((len(self.trees), LEAVES), np.float32)
        for place, tree in enumerate(self.trees):
            values[place, : len(tree.values)] = tree.values
        return values

    def contributions(self, values: Sequence[float]) -> dict[str, float]:
        """Return what each feature adds to one candidate's sum: the changes of the expected value along its paths.

        With the features' values in the order of `names`; after Saabas, "Interpreting random forests", 2014.
        """
        added: dict[str, float] = {}
        for tree in self.trees:
            node, here = 0, tree.means[0] if tree.means else tree.values[0]
            while node >= 0 and tree.features:
                feature = tree.features[node]
                node = tree.left[node] if values[feature] <= np.float32(tree.thresholds[node]) else tree.right[node]
                there = tree.means[node] if node >= 0 else tree.values[~node]
                added[self.names[feature]] = added.get(self.names[feature], 0.0) + there - here
                here = there
        return added


_FIRST_BIT = np.array([(byte & -byte).bit_length() - 1 if byte else 0 for byte in range(256)], np.intp)


@lru_cache(maxsize=2)
def ranker(with_vectors: bool) -> Ranker:
    """Return the ranker that is shipped for indexes with or without vectors. Raises StoreError when it is damaged."""
    file = resources.files("index").joinpath("ranker", _FILES[with_vectors])
    try:
        return Ranker.from_json(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"安装不完整：排序模型 {file} 读不出来；请重新安装 danggui") from error
