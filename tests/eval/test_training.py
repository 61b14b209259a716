"""Training the embedding: pairs, folds, determinism, and that a base is learned."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from corpus.errors import InputError
from corpus.model import Edition
from danggui.train_cli import train_embedding
from eval.training import Lessons, Recipe
from eval.training_pairs import ASKED, CLOZE, HEADING, Article, Asked, Pair, fold_of, made_pairs, weighted
from eval.training_runs import Sources, adapt, cross_validate, train_bundled
from index.embedding import BUNDLED
from index.static_model import StaticModel
from ingest.document import Block
from ingest.structure import parse

ARTICLE = Article(
    "示例县公务接待管理办法", ("第二章 接待标准",), "接待对象应当自行用餐。确需安排的，可以安排工作餐一次。"
)
SMALL = Recipe(pieces=400, dimension=16, steps=30, batch=32)
TOPICS = ["渡口船舶", "古树名木", "犬只免疫", "路灯照明", "燃气管道", "农村公路", "湿地鸟类", "集市摊位"]
ACTS = ["登记造册", "巡查养护", "检验检测", "信息公开", "应急演练", "经费保障", "投诉处理", "人员培训"]


def silent(_name: str, _length: int) -> Callable[[int], None]:
    return lambda _done: None


@pytest.fixture(scope="module")
def editions() -> list[Edition]:
    """Return eight regulations of eight articles; each article has two sentences that share a topic."""
    made = []
    for topic in TOPICS:
        lines = [f"示例县{topic}管理办法"]
        for number, act in zip("一二三四五六七八", ACTS, strict=True):
            lines.append(
                f"第{number}条　县有关单位负责{topic}的{act}工作。{act}应当每年对{topic}进行一次，并留存记录。"
            )
        structure = parse([Block(line) for line in lines], "无题")
        made.append(Edition(structure.title, "2020-01-01", structure.text, structure.provisions))
    return made


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory, editions: list[Edition]) -> Sources:
    """Return the regulations as files, a file of pairs, and a data set of questions."""
    folder = tmp_path_factory.mktemp("sources")
    for name in ("texts", "pairs", "asked", "asked/qrels"):
        (folder / name).mkdir()
    for edition in editions:
        (folder / "texts" / f"{edition.title}.txt").write_text(edition.text, "utf-8")
    pair = {"query": "路灯坏了找谁", "positive": "县有关单位负责路灯照明的巡查养护工作。"}
    write_lines(folder / "pairs" / "spoken.jsonl", [pair])
    documents = [(f"{t}{a}", t, f"县有关单位负责{t}的{a}工作，{a}应当留存记录。") for t in TOPICS for a in ACTS]
    write_lines(folder / "asked" / "corpus.jsonl", [{"_id": n, "title": t, "text": x} for n, t, x in documents])
    wanted = [(t, ACTS[(n + more) % 8]) for n, t in enumerate(TOPICS) for more in range(3)]
    questions = [{"_id": f"q{n}", "text": f"{topic}的{act}谁来管"} for n, (topic, act) in enumerate(wanted)]
    write_lines(folder / "asked" / "queries.jsonl", questions)
    rows = [f"q{n}\t{topic}{act}\t1" for n, (topic, act) in enumerate(wanted)]
    (folder / "asked" / "qrels" / "train.tsv").write_text("\n".join(["query-id\tcorpus-id\tscore", *rows]), "utf-8")
    return Sources([folder / "texts"], folder / "pairs", folder / "asked")


def write_lines(file: Path, rows: list[dict[str, str]]) -> None:
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")


def test_a_sentence_is_asked_of_the_rest_of_its_article() -> None:
    (cloze,) = [pair for pair in made_pairs([ARTICLE], 0) if pair.kind == CLOZE]
    assert cloze.query in {"接待对象应当自行用餐。", "确需安排的，可以安排工作餐一次。"}
    assert cloze.query not in cloze.passage
    assert ARTICLE.text.replace(cloze.query, "") in cloze.passage


def test_a_heading_is_asked_of_the_article_below_it() -> None:
    (heading,) = [pair for pair in made_pairs([ARTICLE], 0) if pair.kind == HEADING]
    assert heading == Pair("示例县公务接待管理办法 接待标准", ARTICLE.text, HEADING)


def test_a_question_stays_in_its_fold() -> None:
    assert [fold_of(str(number)) for number in range(10)] == [0, 0, 1, 3, 2, 3, 3, 4, 4, 2]


def test_a_left_out_fold_gives_no_pairs(sources: Sources) -> None:
    assert sources.questions is not None
    pairs = Asked.read(sources.questions).pairs()
    lessons = Lessons.of([*pairs, Pair("甲", "乙", CLOZE)], StaticModel(BUNDLED).parts()[0])
    for fold in range(5):
        kept = {pairs[place].query for place in lessons.without(fold).rows[:-1, 0]}
        assert kept == {pair.query for pair in pairs if pair.fold != fold}


def test_a_question_is_made_from_the_wording_of_a_clause() -> None:
    article = Article("示例县养犬管理办法", (), "携带犬只进入电梯未采取防护措施的，处五十元罚款。")
    (asked,) = [pair for pair in made_pairs([article], 0) if pair.kind == ASKED]
    assert "携带犬只进入电梯未采取防护措施" in asked.query
    assert article.text in asked.passage


def test_kinds_come_as_often_as_their_weight_says() -> None:
    kinds = ["a", "b"] * 10
    chosen = [kinds[place] for place in weighted(kinds, {"a": 2.5, "b": 0.5}, seed=0)]
    assert (chosen.count("a"), chosen.count("b")) == (25, 5)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_model(sources: Sources, tmp_path: Path) -> None:
    for name in ("one", "two"):
        train_bundled(sources, tmp_path / name, SMALL, silent)
    one, two = StaticModel(tmp_path / "one"), StaticModel(tmp_path / "two")
    assert one.identity == two.identity
    assert np.array_equal(one.queries(["路灯照明的巡查养护"]), two.queries(["路灯照明的巡查养护"]))


def test_cross_validation_writes_a_model_for_each_fold(sources: Sources, tmp_path: Path) -> None:
    figures = cross_validate(sources, tmp_path, SMALL, silent)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"fold_{fold}" for fold in range(5)]
    assert len({StaticModel(path).identity for path in tmp_path.iterdir()}) == 5
    assert figures["recall@10"] > 10 / 64  # better than chance over 64 passages


@pytest.mark.slow
def test_adapting_helps_on_articles_it_has_not_seen(editions: list[Edition], tmp_path: Path) -> None:
    adapted = adapt(BUNDLED, editions, tmp_path, Recipe(steps=60, batch=64, rate=0.002, weights={}), silent)
    assert adapted.after["mrr@10"] > adapted.before["mrr@10"]
    assert StaticModel(tmp_path).identity != StaticModel(BUNDLED).identity


def test_a_base_that_is_too_small_is_refused(editions: list[Edition], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="库中条文太少"):
        adapt(BUNDLED, editions[:1], tmp_path, SMALL, silent)


@pytest.mark.slow
def test_the_command_adapts_the_bundled_model_to_a_base(sample_home: Path, tmp_path: Path) -> None:
    arguments = ["--home", str(sample_home), "--out", str(tmp_path), "--steps", "20"]
    done = CliRunner().invoke(train_embedding, arguments)
    assert done.exit_code == 0, done.output
    assert "recall@10" in done.stdout
    assert f"danggui reindex --home {sample_home} --model {tmp_path}" in done.stdout
    assert StaticModel(tmp_path).dimension == StaticModel(BUNDLED).dimension


@pytest.mark.parametrize("arguments", [[], ["--home", "a", "--texts", "."], ["--texts", "."]])
def test_the_command_says_what_it_needs(arguments: list[str]) -> None:
    done = CliRunner().invoke(train_embedding, arguments)
    assert done.exit_code == 2
    assert "--home" in done.output
