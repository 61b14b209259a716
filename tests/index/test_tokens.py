"""What a text is searched by: words with the party's own, bigrams, characters."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from index.tokens import ANALYSERS, NO_WORD, Tokenizer, word_key
from index.words import WordCutter, own_terms, word_classes
from ingest.readers.encoding import decode

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"

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
    assert word_key("党费") == 64919180506624
    assert 0 <= word_key("党费") < 1 << 48
    assert [word_key(word) for word in ("的", "，", "")] == [NO_WORD] * 3


def test_many_texts_at_once_give_the_terms_of_each(tokenizer: Tokenizer) -> None:
    texts = ["按时交纳党费", "", "ＧＤＰ，三重一大", "\udcff党", "第七条规定的", "党"]
    bags = tokenizer.bags(texts)
    for name in ANALYSERS:
        bag = getattr(bags, name)
        assert [bag.keys[bag.owners == place].tolist() for place in range(len(texts))] == [
            getattr(tokenizer.keys(text), name).tolist() for text in texts
        ]


def test_budget_counts_words_and_marks(tokenizer: Tokenizer) -> None:
    assert tokenizer.count("按时交纳党费。") == 4


def test_own_terms_are_single_new_and_known_as_one_word() -> None:
    terms = own_terms()
    plain, taught = WordCutter(), WordCutter(terms)
    assert len(set(terms)) == len(terms) > 500
    assert [term for term in terms if len(plain.cut(term)) == 1] == []
    assert [term for term in terms if taught.cut(term) != [term]] == []


def test_words_are_jiebas_words(tmp_path: Path) -> None:
    reference = jieba.Tokenizer()
    reference.tmp_dir = str(tmp_path)
    for term in own_terms():
        reference.add_word(term)
    cutter = WordCutter(own_terms())
    files = [decode(file.read_bytes()).text for file in SAMPLES.glob("*.txt")]
    lines = [line for text in files for line in text.splitlines() if line]
    assert len(lines) > 100
    assert [line for line in lines if cutter.cut_finely(line) != reference.lcut_for_search(line)] == []


def test_cut_words_joined_give_the_text_back() -> None:
    text = "第一百四十三条　ＧＤＰ增长12.5％，\n\t“三重一大”…𠮷"
    assert "".join(WordCutter().cut(text)) == text


def test_the_dictionary_knows_the_class_of_a_word() -> None:
    classes = word_classes()
    assert (classes["党费"], classes["交纳"], classes["对于"]) == ("n", "v", "p")
