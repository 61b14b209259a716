"""What the bundled embedding learns from (训练数据): pairs of a question and a passage that answers it.

Most pairs are made from the texts themselves: a sentence of an article against the rest of it (inverse cloze, Lee et
al., ACL 2019), a question made from its wording, the heading above it and the title of its regulation. Others are read
from files of pairs and from a data set in BEIR form.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputError
from corpus.model import Edition
from eval.beir import load_beir_corpus, load_beir_questions
from eval.training_questions import questions_of
from index.chunks import chunks

FOLDS = 5
CLOZE, ASKED, HEADING, TITLE, LAY = (
    "cloze",
    "asked",
    "heading",
    "title",
    "lay",
)  # kinds of pair besides the names of files

_SHORTEST = 12  # characters; shorter articles teach nothing
_CLOZES = 2  # sentences asked of one article
_QUESTIONS = 2  # made from the wording of one article
_NAMED = 0.3  # share of these that name the regulation
_TITLES = 0.15  # share of articles asked for by their title
_LABEL = re.compile(r"^\s*第[〇零一二三四五六七八九十百千\d]+(?:条(?:之[一二三四五六七八九十]+)?|[编章节])[\s　]*")
_SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？]?")
_STATE = "中华人民共和国"


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage that answers it; `kind` says where it comes from and so how much it counts.

    `fold` is that of the question where it takes part in cross-validation, else -1: never left out.
    """

    query: str
    passage: str
    kind: str
    fold: int = -1


@dataclass(frozen=True, slots=True)
class Article:
    """An article as training text, without its label."""

    title: str
    headings: tuple[str, ...]
    text: str


def fold_of(query_id: str) -> int:
    """Return the fold of a question in cross-validation, 0 to 4, from the sha256 of its id."""
    return int.from_bytes(hashlib.sha256(query_id.encode()).digest(), "big") % FOLDS


def articles(editions: Iterable[Edition]) -> list[Article]:
    """Return the articles and paragraphs of editions, each text once."""
    found: dict[str, Article] = {}
    for edition in editions:
        for chunk in chunks(edition, budget=1 << 30):
            text = _LABEL.sub("", edition.text[chunk.start : chunk.end]).strip()
            if len(text) >= _SHORTEST:
                found.setdefault(text, Article(edition.title, chunk.headings, text))
    return list(found.values())


def made_pairs(texts: Iterable[Article], seed: int) -> Iterator[Pair]:
    """Yield pairs made from articles alone; the same for the same seed."""
    chance = random.Random(seed)
    for article in texts:
        yield from _clozes(article, chance)
        yield from _asked(article, chance)
        if article.headings and len(heading := _LABEL.sub("", article.headings[-1])) >= 3:
            yield Pair(f"{_short(article.title)} {heading}", article.text, HEADING)
        if chance.random() < _TITLES:
            yield Pair(article.title, article.text, TITLE)


def _clozes(article: Article, chance: random.Random) -> Iterator[Pair]:
    sentences = [words for found in _SENTENCE.findall(article.text) if len(words := found.strip()) >= 8]
    if len(sentences) < 2:
        return
    for sentence in chance.sample(sentences, min(_CLOZES, len(sentences) - 1)):
        yield Pair(sentence, _dressed(article, article.text.replace(sentence, "", 1), chance), CLOZE)


def _asked(article: Article, chance: random.Random) -> Iterator[Pair]:
    for question in questions_of(article.text, chance, _QUESTIONS):
        named = f"{_short(article.title)} {question}" if chance.random() < _NAMED else question
        yield Pair(named, _dressed(article, article.text, chance), ASKED)


def _dressed(article: Article, text: str, chance: random.Random) -> str:
    """Return the text with or without title and headings: bases come with good headings, with poor ones, with none."""
    draw = chance.random()
    if draw < 0.25:
        return text
    title = _short(article.title) if chance.random() < 0.5 else article.title
    return passage_text(title, article.headings if draw > 0.6 else (), text)


def passage_text(title: str, headings: Sequence[str], text: str) -> str:
    """Return a passage in the form in which the index gives provisions to a model (`index.analysis`)."""
    return "\n".join((title, *headings, text))


def _short(title: str) -> str:
    return title.replace(_STATE, "")


def read_pairs(folder: Path) -> list[Pair]:
    """Read every ``*.jsonl`` (per line: query, positive) of a folder; a pair's kind is its file's name.

    Raises InputError when there is none or a line is not of this form.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(f"{folder} 里没有训练用的 *.jsonl（每行应有 query 和 positive）")
    return [pair for file in files for pair in _pairs(file)]


def _pairs(file: Path) -> Iterator[Pair]:
    try:
        for line in file.read_text("utf-8").rstrip("\n").split("\n"):
            row = json.loads(line)
            yield Pair(str(row["query"]), str(row["positive"]), file.stem)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} 不是训练用的问答对：每行应有 query 和 positive") from error


@dataclass(frozen=True, slots=True)
class Asked:
    """A data set to learn from and be measured on: passages by id, questions, and which passages answer each."""

    ids: tuple[str, ...]
    passages: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]  # id, text
    gold: tuple[frozenset[str], ...]

    laws: tuple[Article, ...] = ()  # what the passages are made from

    @classmethod
    def read(cls, folder: Path) -> Asked:
        """Read a data set in BEIR form; raises InputError."""
        found = [
            (provision.path, Article(edition.title, (), _LABEL.sub("", edition.slice(provision)).strip()))
            for edition in load_beir_corpus(folder)
            for provision in edition.provisions
        ]
        questions = load_beir_questions(folder).questions
        return cls(
            tuple(name for name, _ in found),
            tuple(passage_text(law.title, (), law.text) for _, law in found),
            tuple((question.id, question.text) for question in questions),
            tuple(question.gold for question in questions),
            tuple(law for _, law in found if len(law.text) >= _SHORTEST),
        )

    def pairs(self) -> list[Pair]:
        """Return the questions with each passage that answers them."""
        places = {name: place for place, name in enumerate(self.ids)}
        return [
            Pair(text, self.passages[places[document]], LAY, fold_of(name))
            for (name, text), gold in zip(self.questions, self.gold, strict=True)
            for document in sorted(gold)
        ]


def weighted(kinds: Sequence[str], weights: Mapping[str, float], seed: int) -> list[int]:
    """Return the places of the pairs of one round, each kind as many times over as its weight says (default 1)."""
    chance = random.Random(seed)
    places: dict[str, list[int]] = {}
    for place, kind in enumerate(kinds):
        places.setdefault(kind, []).append(place)
    chosen: list[int] = []
    for kind, group in places.items():
        whole, part = divmod(weights.get(kind, 1.0), 1)
        chosen += group * int(whole) + chance.sample(group, int(len(group) * part))
    return chosen
