"""Texts and queries for the benchmark (基准语料): real articles first, then new ones put together from their sentences.

A synthetic article takes sentences of different real articles and renames the places in them, under a real title with
its place renamed and a number, so that words are as frequent as in real texts and no text is a mere copy. All is
drawn from one seed. A query is a sentence with words left out; whatever article holds the whole sentence answers it.
"""

from __future__ import annotations

import json
import random
import re
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import count, groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import InputError
from corpus.model import Edition, Kind, Metadata, Provision
from ingest.discovery import discover
from ingest.pipeline import Job, parse_files

_TEXTS, _QUERIES = "texts.jsonl", "queries.json"
_BATCH = 200  # files parsed at a time, until there are articles enough
_EDITION = 43  # articles of a synthetic edition: the mean of the real ones
_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|省|市|县)")
_LABEL = re.compile(r"^第[^条\s]{1,8}条(?:之[一二三四五六七八九十])?\s*")
_LENGTHS = range(16, 61)  # characters of a sentence that a query is made of
UNDATED = "2000-01-01"
_DROPPED = 1 / 3  # share of a query's pieces of two characters that are left out


@dataclass(frozen=True, slots=True)
class Text:
    """An article as every system gets it; `edition` numbers the editions, `effective` is an ISO day."""

    id: int
    edition: int
    title: str
    level: str
    effective: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query and the ids of all articles that answer it, ascending."""

    text: str
    gold: tuple[int, ...]


def write_workload(archive: Path, size: int, queries: int, folder: Path, smallest: int, seed: int = 0) -> int:
    """Write `size` texts and the queries into a folder, and return how many of the texts are real.

    Queries are made from the first `smallest` texts, so that one set serves every size. Raises InputError when the
    archive holds no articles.
    """
    chance = random.Random(seed)
    real = list(islice(_real(archive, chance), size))
    if not real:
        raise InputError(f"{archive} 里没有可用的条文，应是装有法规文件的 tar 包")
    asked = _asked(real[:smallest], queries, chance)
    holders: dict[str, list[int]] = {sentence: [] for sentence in asked}

    def noted() -> Iterator[Text]:
        for text in _all(real, size, chance):
            for sentence in set(_sentences(text.text)) & holders.keys():
                holders[sentence].append(text.id)
            yield text

    write_texts(folder, noted())
    write_queries(folder, [Query(query, tuple(holders[sentence])) for sentence, query in asked.items()])
    return len(real)


def write_texts(folder: Path, texts: Iterable[Text]) -> None:
    """Write the texts where `read_texts` finds them, ids from 0 in order, those of an edition together."""
    with (folder / _TEXTS).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(text), ensure_ascii=False) + "\n" for text in texts)


def write_queries(folder: Path, queries: Iterable[Query]) -> None:
    """Write the queries where `read_queries` finds them."""
    rows = [asdict(query) for query in queries]
    (folder / _QUERIES).write_text(json.dumps(rows, ensure_ascii=False), "utf-8")


def read_texts(folder: Path, size: int) -> Iterator[Text]:
    """Yield the first `size` texts."""
    with (folder / _TEXTS).open(encoding="utf-8") as file:
        for line in islice(file, size):
            yield Text(**json.loads(line))


def read_queries(folder: Path, size: int) -> list[Query]:
    """Return the queries with those gold articles that are among the first `size` texts."""
    rows = json.loads((folder / _QUERIES).read_text("utf-8"))
    return [Query(row["text"], tuple(place for place in row["gold"] if place < size)) for row in rows]


def as_editions(texts: Iterable[Text]) -> Iterator[Edition]:
    """Yield editions whose articles are the texts; an article's path is its id."""
    for _, group in groupby(texts, key=lambda text: text.edition):
        yield _edition(list(group))


def _edition(texts: Sequence[Text]) -> Edition:
    first, provisions, start = texts[0], [], 0
    for text in texts:
        end = start + len(text.text) + 1
        provisions.append(Provision(Kind.ARTICLE, str(text.id), start=start, end=end))
        start = end
    whole = "".join(f"{text.text}\n" for text in texts)
    facts = Metadata(effective=first.effective, level=first.level)
    return Edition(first.title, first.effective, whole, tuple(provisions), facts)


def _real(archive: Path, chance: random.Random) -> Iterator[Text]:
    """Yield the articles of the archive's files, the files in a drawn order."""
    numbers = count()
    seen: set[tuple[str, str]] = set()
    for number, edition in enumerate(_parsed(archive, chance)):
        effective = edition.metadata.effective if len(edition.metadata.effective) == 10 else UNDATED
        if (edition.title, effective) in seen:
            continue
        seen.add((edition.title, effective))
        for provision in edition.walk():
            words = edition.slice(provision).strip()
            if provision.kind is Kind.ARTICLE and words:
                yield Text(next(numbers), number, edition.title, edition.metadata.level, effective, words)


def _parsed(archive: Path, chance: random.Random) -> Iterator[Edition]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        with tarfile.open(archive) as held:
            held.extractall(folder, filter="data")
        files = sorted(discover([Path(folder)]).files, key=lambda file: file.name)
        chance.shuffle(files)
        for start in range(0, len(files), _BATCH):
            for parsed in parse_files([Job(file.path, file.name) for file in files[start : start + _BATCH]]):
                if parsed.edition is not None:
                    yield parsed.edition


def _all(real: Sequence[Text], size: int, chance: random.Random) -> Iterator[Text]:
    """Yield the real texts and as many synthetic ones as are wanted besides."""
    yield from real
    editions = [next(group) for _, group in groupby(real, key=lambda text: text.edition)]
    places = sorted({found[0] for text in editions if (found := _PLACE.match(text.title))}) or [""]
    sentences = [sentence for text in real for sentence in _sentences(text.text)] if size > len(real) else []
    for start in range(len(real), size, _EDITION):
        model, place, number = chance.choice(editions), chance.choice(places), real[-1].edition + 1 + start
        title = f"{_PLACE.sub(place, model.title, count=1)}（合成第{start}号）"
        effective = f"{chance.randrange(1990, 2026)}-{chance.randrange(1, 13):02}-01"
        for identifier in range(start, min(start + _EDITION, size)):
            words = "".join(chance.choices(sentences, k=chance.randrange(1, 5)))
            yield Text(identifier, number, title, model.level, effective, _PLACE.sub(place, words, count=1))


def _asked(texts: Sequence[Text], size: int, chance: random.Random) -> dict[str, str]:
    """Return queries by the sentence they are made of, spread over the texts."""
    asked: dict[str, str] = {}
    for text in chance.sample(texts, len(texts)):
        fitting = [sentence for sentence in _sentences(text.text) if len(sentence) in _LENGTHS]
        if fitting:
            sentence = chance.choice(fitting)
            asked[sentence] = _thinned(sentence, chance)
        if len(asked) == size:
            break
    return asked


def _thinned(sentence: str, chance: random.Random) -> str:
    pieces = re.findall(r".{1,2}", sentence)
    return "".join(piece for piece in pieces if chance.random() > _DROPPED) or sentence


def _sentences(text: str) -> list[str]:
    """Return the sentences of some length, without the article's label."""
    sentences = (_LABEL.sub("", sentence.strip()) for sentence in _SENTENCE.findall(text))
    return [sentence for sentence in sentences if len(sentence) > 6]
