"""Proposes words for jieba's dictionary from a collection of texts (词表): `python -m eval.terms FOLDER…`.

A term is a run of 2 to 6 characters that jieba cuts, that holds together better than its parts would by chance
(pointwise mutual information over its weakest seam), that stands free on both sides (entropy of its neighbours), and
that is made of content words; or a slogan that the texts put in quotes. What index/terms.txt already holds is not
proposed again: the list grows by reading the proposals and adding what is a term.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log
from pathlib import Path

import click

from corpus.errors import InputError
from index.tokens import fold
from index.words import WordCutter, own_terms, word_classes
from ingest.readers import read

_RUN = re.compile(r"[\u4e00-\u9fff]+")
_QUOTED = re.compile(r"[“\"]([\u4e00-\u9fff]{3,8})[”\"]")
_LONGEST = 6
_MIN_COHESION = 4.0  # nats above chance at the weakest seam
_MIN_FREEDOM = 1.2  # nats of entropy on the poorer side
_EMPTY_TAGS = frozenset("upcdryeofqt")  # jieba's tags of words that begin or end no term
_LAST_TAGS = frozenset("njlivgb")


def propose(
    texts: Iterable[str], cutter: WordCutter, known: Iterable[str], least: int = 6, documents: int = 3
) -> Counter[str]:
    """Return the terms of the texts with their frequency, those in `known` left out.

    A term stands `least` times and in `documents` texts at least, a quoted one twice; what `cutter` knows is no news.
    """
    grams, spread, quoted = _count(texts)
    tags = word_classes()
    mined = _mined(grams, {gram for gram, count in spread.items() if count >= documents}, least)
    content = {gram for gram in mined if _is_content(cutter.cut(gram), tags)}
    slogans = {gram for gram, count in quoted.items() if count >= 2 and len(cutter.cut(gram)) > 1}
    new = (content | slogans).difference(known)
    return Counter({gram: grams[gram] or quoted[gram] for gram in new})


def _count(texts: Iterable[str]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return how often each n-gram stands, in how many texts, and how often words stand in quotes."""
    grams, spread, quoted = Counter[str](), Counter[str](), Counter[str]()
    for text in texts:
        own = Counter[str]()
        for run in _RUN.findall(fold(text)):
            for size in range(1, _LONGEST + 2):
                own.update(run[start : start + size] for start in range(len(run) - size + 1))
        grams.update(own)
        spread.update(own.keys())
        quoted.update(_QUOTED.findall(text))
    return grams, spread, quoted


def _mined(grams: Mapping[str, int], spread: Iterable[str], least: int) -> set[str]:
    common = {gram for gram in spread if 2 <= len(gram) <= _LONGEST and grams[gram] >= least}
    total = sum(count for gram, count in grams.items() if len(gram) == 1)
    bound = {gram for gram in common if _cohesion(gram, grams, total) >= _MIN_COHESION}
    return {gram for gram, freedom in _freedom(bound, grams).items() if freedom >= _MIN_FREEDOM}


def _cohesion(gram: str, grams: Mapping[str, int], total: int) -> float:
    seams = (grams[gram[:cut]] * grams[gram[cut:]] for cut in range(1, len(gram)))
    return log(grams[gram] * total / max(seams))


def _freedom(bound: set[str], grams: Mapping[str, int]) -> dict[str, float]:
    """Return the entropy of each gram's neighbours, on the poorer side."""
    left: dict[str, list[int]] = defaultdict(list)
    right: dict[str, list[int]] = defaultdict(list)
    for gram, count in grams.items():
        left[gram[1:]].append(count)
        right[gram[:-1]].append(count)
    return {gram: min(_entropy(left[gram], grams[gram]), _entropy(right[gram], grams[gram])) for gram in bound}


def _entropy(counts: list[int], total: int) -> float:
    """Return the entropy in nats of the neighbours; each stand at the edge of a run is a neighbour of its own."""
    edges = total - sum(counts)
    return sum(count / total * log(total / count) for count in counts) + edges / total * log(total)


def _is_content(words: list[str], tags: Mapping[str, str]) -> bool:
    """Tell whether jieba cuts the term, and into words that name something."""
    kinds = [tags.get(word, "n")[:1] for word in words]
    return len(words) > 1 and _EMPTY_TAGS.isdisjoint(kinds) and kinds[-1] in _LAST_TAGS


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*")))]
    for file in files:
        if file.is_file():
            try:
                yield "\n".join(block.text for block in read(file.read_bytes(), file.name).blocks)
            except InputError as error:
                click.echo(str(error), err=True)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--least", default=6, help="最少出现次数")
def main(paths: tuple[Path, ...], least: int) -> None:
    """从文件或文件夹中找出候选词，每行一个词和次数；人工审阅后加入 index/terms.txt。"""
    proposed = propose(_texts(paths), WordCutter(), own_terms(), least)
    for term, count in proposed.most_common():
        click.echo(f"{term}\t{count}")


if __name__ == "__main__":
    main()
