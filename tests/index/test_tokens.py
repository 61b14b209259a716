"""What a text is searched by: words with the party's own, bigrams, characters."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from index.tokens import Tokenizer, word_key
from index.words import WordCutter, own_terms

WORDS = [
    pytest.param("三重一大", ["三重", "一大", "三重一大"], id="term of the party"),
    pytest.param("谈话函询", ["谈话", "函询", "谈话函询"], id="term with the words inside it"),
    pytest.param("留党察看二年", ["察看", "留党察看", "二年"], id="sanction"),
    pytest.param("依照第一百二十条之一、第7条第三款第二项处理", ["依照", "处理"], id="clause numbers are no words"),
    pytest.param("２０２０年ＧＤＰ增长12.5％", ["2020", "年", "gdp", "增长", "12.5%"], id="full width, Latin, numbers"),
    pytest.param("应当遵守的规矩和习惯", ["遵守", "规矩", "习惯"], id="stop words"),
    pytest.param("，。《》　", [], id="marks only"),
    pytest.param("", [], id="nothing"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words(tokenizer: Tokenizer, text: str, words: list[str]) -> None:
    assert tokenizer.words(text) == words


def test_bigrams_and_characters_stay_within_runs_of_chinese(tokenizer: Tokenizer) -> None:
    terms = tokenizer.keys("入党，A党")
    assert terms.characters.tolist() == [ord("入"), ord("党"), ord("党")]
    assert terms.bigrams.tolist() == [(ord("入") << 21) | ord("党")]


def test_full_width_and_compatibility_forms_give_the_same_terms(tokenizer: Tokenizer) -> None:
    assert tokenizer.keys("ＡＢ⼊党").words.tolist() == tokenizer.keys("ab入党").words.tolist()


def test_a_lone_surrogate_from_the_command_line_is_no_error(tokenizer: Tokenizer) -> None:
    assert len(tokenizer.keys("党\udcff费").characters) == 2


def test_word_keys_are_the_same_in_every_process() -> None:
    assert word_key("党费") == -8765891770145153583


def test_budget_counts_words_and_marks(tokenizer: Tokenizer) -> None:
    assert tokenizer.count("按时交纳党费。") == 4


def test_own_terms_are_single_new_and_known_as_one_word(cache: Path) -> None:
    terms = own_terms()
    plain, taught = WordCutter(cache), WordCutter(cache, terms)
    assert len(set(terms)) == len(terms) > 500
    assert [term for term in terms if len(plain.cut(term)) == 1] == []
    assert [term for term in terms if taught.cut(term) != [term]] == []


def test_the_dictionary_is_cached_in_the_folder_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "tmp"
    shared.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    WordCutter(tmp_path / "home")
    assert list(shared.iterdir()) == []
    assert [file.name for file in (tmp_path / "home").iterdir()] == ["jieba.cache"]


def test_a_damaged_cache_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "jieba.cache").write_bytes(b"\x00cut")
    assert WordCutter(tmp_path).cut("按时交纳党费") == ["按时", "交纳", "党费"]
    assert (tmp_path / "jieba.cache").stat().st_size > 1_000_000
