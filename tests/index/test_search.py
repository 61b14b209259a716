"""From editions to hits: what is found first, what a filter leaves out, what readers see while an index is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.model import Edition
from index.build import build
from index.search import Index, Stage
from index.settings import IndexSettings
from index.storage import damaged_files, is_current, is_whole, read_manifest, recipe

MakeEdition = Callable[..., Edition]

ACCOUNTABILITY = (
    "中国共产党示例问责条例",
    "第一条　为了规范和强化党的问责工作，制定本条例。",
    "第二条　对党组织的问责方式包括：检查、通报、改组。",
    "第三条　对党的领导干部的问责方式包括：通报、诫勉、组织调整或者组织处理、纪律处分。",
)
MEETINGS = (
    "示例县三会一课实施细则",
    "第一条　党员大会一般每季度召开一次。",
    "第二条　支部委员会一般每月召开一次，由支部书记召集。",
    "第三条　党课由下列人员讲授：",
    "（一）党支部书记每年至少讲一次党课；",
    "（二）党员领导干部应当定期为基层党员讲党课。",
    "第四条　对不按规定召开会议的，应当予以问责。",
)


@pytest.fixture(scope="module")
def editions(make_edition: MakeEdition) -> list[Edition]:
    return [
        make_edition(*ACCOUNTABILITY, date="2019-09-01"),
        make_edition(*ACCOUNTABILITY[:3], date="2016-07-08"),
        make_edition(*MEETINGS, date="2021-03-01"),
    ]


@pytest.fixture(scope="module")
def index(editions: list[Edition], tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("index")
    build(editions, folder, "digest-1")
    return Index.open(folder)


def found(index: Index, question: str, k: int = 10, editions: set[str] | None = None) -> list[str]:
    return [f"{hit.chunk.edition}/{hit.chunk.path}" for hit in index.search(question, k, editions)]


def test_the_answering_article_comes_first(index: Index) -> None:
    assert found(index, "支部委员会多久开一次会", 1) == ["示例县三会一课实施细则@2021-03-01/art_2"]


def test_scores_fall_and_at_most_k_come_back(index: Index) -> None:
    hits = index.search("问责方式", 3)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(hits) == 3


def test_a_question_without_a_known_character_finds_nothing(index: Index) -> None:
    assert index.search("xyz 鼯鼠", 5) == []
    assert index.search("", 5) == []


def test_the_filter_comes_before_the_ranking(index: Index) -> None:
    old = "中国共产党示例问责条例@2016-07-08"
    assert found(index, "对党组织的问责方式", 1, {old}) == [f"{old}/art_2"]
    assert all(hit.startswith(old) for hit in found(index, "党的问责", 10, {old}))
    assert found(index, "问责", 10, set()) == []
    assert found(index, "问责", 10, {"没有这部@2000"}) == []


def test_a_work_named_in_the_question_comes_forward(index: Index) -> None:
    assert found(index, "《示例县三会一课实施细则》怎么规定问责", 1) == ["示例县三会一课实施细则@2021-03-01/art_4"]
    assert found(index, "示例问责条例对问责有什么规定", 1)[0].startswith("中国共产党示例问责条例")


def test_an_article_is_hit_once_by_its_best_part(
    make_edition: MakeEdition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [
        f"（{number}）第{number}种情形，应当先谈话提醒，再开展函询，并由支部作出书面说明；"
        for number in "一二三四五六七八九"
    ]
    long = make_edition(
        "示例办法",
        "第一条　有下列情形之一的，给予诫勉：",
        *items,
        "（十）拒不交纳党费；",
        "第二条　本办法自印发之日起施行。",
    )
    build([long], tmp_path, "")
    assert found(Index.open(tmp_path), "拒不交纳党费怎么处理谈话提醒", 5)[0] == "示例办法@2020-01-01/art_1/item_10"
    assert len(found(Index.open(tmp_path), "谈话提醒诫勉", 5)) == 1


def test_stages_can_be_asked_alone(index: Index) -> None:
    for stage in Stage:
        assert index.search("纪律处分", 1, stage=stage)[0].chunk.path == "art_3", stage
    assert index.search("党", 5, stage=Stage.BIGRAMS) == []
    assert len(index.search("党", 5, stage=Stage.CHARACTERS)) == 5


def test_rare_words_weigh_more_than_common_ones(index: Index) -> None:
    assert index.weight("没有的词") > index.weight("党课") > index.weight("问责") > 0
    assert index.words("三会一课的要求") == ["三会一课", "要求"]


def test_hits_quote_their_own_edition(index: Index, editions: list[Edition]) -> None:
    texts = {edition.id: edition.text for edition in editions}
    chunk = index.search("党员领导干部讲党课", 1)[0].chunk
    assert texts[chunk.edition][chunk.start : chunk.end].startswith("第三条　党课由下列人员讲授")


def test_readers_keep_what_they_opened_and_new_ones_see_the_new(editions: list[Edition], tmp_path: Path) -> None:
    build(editions[:1], tmp_path, "old")
    reader = Index.open(tmp_path)
    build(editions[2:], tmp_path, "new")
    assert found(reader, "问责方式", 1) == ["中国共产党示例问责条例@2019-09-01/art_2"]
    assert (reader.digest, Index.open(tmp_path).digest) == ("old", "new")
    assert len(list(tmp_path.glob("gen-*"))) == 1


def test_a_reader_overtaken_by_a_new_generation_opens_that(
    editions: list[Edition], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(editions[:1], tmp_path, "old")
    seen = iter([read_manifest(tmp_path)])  # read just before the next build removes that generation
    build(editions[:1], tmp_path, "new")
    monkeypatch.setattr("index.search.read_manifest", lambda folder: next(seen, None) or read_manifest(folder))
    assert Index.open(tmp_path).digest == "new"


def test_a_failed_build_leaves_the_former_index(editions: list[Edition], tmp_path: Path) -> None:
    def breaking() -> Iterator[Edition]:
        yield editions[0]
        raise RuntimeError("the store went away")

    build(editions[:1], tmp_path, "good")
    with pytest.raises(RuntimeError):
        build(breaking(), tmp_path, "bad")
    assert Index.open(tmp_path).digest == "good"
    assert len(list(tmp_path.glob("gen-*"))) == 1


def test_an_index_is_current_for_its_corpus_and_recipe_only(editions: list[Edition], tmp_path: Path) -> None:
    made = recipe("", "none")
    assert not is_current(tmp_path, "a", made)
    build(editions[:1], tmp_path, "a", settings=IndexSettings(store="none"))
    assert is_current(tmp_path, "a", made)
    assert not is_current(tmp_path, "b", made)
    assert not is_current(tmp_path, "a", recipe("a model", "faiss"))


def test_one_changed_byte_is_found_and_a_missing_file_makes_an_index_no_longer_whole(
    editions: list[Edition], tmp_path: Path
) -> None:
    build(editions[:1], tmp_path, "a")
    assert is_whole(tmp_path)
    for file in next(tmp_path.glob("gen-*")).iterdir():
        content = file.read_bytes()
        file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert damaged_files(tmp_path, read_manifest(tmp_path)) == [file.name]
        file.write_bytes(content[:-1])
        assert not is_whole(tmp_path)
        file.write_bytes(content)
    assert is_whole(tmp_path)


def test_no_index_and_a_damaged_index_name_the_cure(editions: list[Edition], tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="还没有检索索引；请先运行 danggui ingest"):
        Index.open(tmp_path)
    build(editions[:1], tmp_path, "a")
    next(tmp_path.glob("gen-*/words.rows.npy")).write_bytes(b"\x93NUMPY")
    with pytest.raises(StoreError, match="不完整或已损坏"):
        Index.open(tmp_path)
    (tmp_path / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(StoreError, match="不完整或已损坏"):
        Index.open(tmp_path)


def test_an_empty_corpus_can_be_searched(tmp_path: Path) -> None:
    build([], tmp_path, "")
    assert Index.open(tmp_path).search("问责", 5) == []


@pytest.mark.slow
def test_several_processes_build_what_one_does(make_edition: MakeEdition, tmp_path: Path) -> None:
    filler = "本条所称有关单位，是指承担相应职责的党组织和部门。" * 400
    many = [
        make_edition(f"示例{name}办法", f"第一条　{name}工作适用本办法。", f"第二条　{filler}")
        for name in "甲乙丙丁" * 6
    ]
    many = [Edition(edition.title, str(place), edition.text, edition.provisions) for place, edition in enumerate(many)]
    done: list[int] = []
    build(many, tmp_path / "one", "", workers=1)
    build(many, tmp_path / "two", "", done.append, workers=2)
    asked = [Index.open(tmp_path / name).search("丙工作适用什么办法", 8) for name in ("one", "two")]
    assert asked[0] == asked[1]
    assert sum(done) == len(many)
    assert len(done) > 1


def test_half_a_character_in_a_question_does_no_harm(index: Index) -> None:
    assert [hit.chunk.path for hit in index.search("党员大会\ud800多久召开")] == [
        hit.chunk.path for hit in index.search("党员大会?多久召开")
    ]
