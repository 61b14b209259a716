"""How a sentence is weighed against a question."""

from __future__ import annotations

import pytest

from answer.consider import DEPTH
from answer.kinds import Wanted, wanted_by
from answer.question import Question, Term, read_question
from answer.select import Line, candidates, context_in, coverage, weigh
from answer.sentences import Sentence
from corpus.titles import normalise

from .conftest import Shelf

COVERAGES = [
    pytest.param("党员大会", False, "召开党员大会", 1.0, id="whole"),
    pytest.param("党员大会", False, "党员参加大会", 0.8, id="in-pieces"),
    pytest.param("月工资", False, "工资标准", 0.8 * 2 / 3, id="part"),
    pytest.param("接线员", False, "工作人员", 0.0, id="single-characters-do-not-count"),
    pytest.param("三查三治", True, "三查并三治", 0.0, id="exact-not-in-pieces"),
    pytest.param("１+N", True, "推行“1+N”联审", 1.0, id="folded"),
    pytest.param("30", True, "三十日内", 1.0, id="figure-in-chinese"),
    pytest.param("30", True, "二十日内", 0.0, id="other-figure"),
]


@pytest.mark.parametrize(("word", "exact", "text", "share"), COVERAGES)
def test_coverage(word: str, exact: bool, text: str, share: float) -> None:
    assert coverage(Term(word, 1.0, exact), text.replace("“", "").replace("”", "")) == pytest.approx(share)


def question(text: str, *terms: Term, pairs: frozenset[str] = frozenset(), years: tuple[str, ...] = ()) -> Question:
    return Question(text, wanted_by(text), terms, pairs, years)


def line(words: str) -> Line:
    return Line(Sentence("art_1", 0, len(words)), words, normalise(words))


def test_rare_words_weigh_more() -> None:
    asked = question("高铁站", Term("高铁", 9.0), Term("车站", 1.0))
    assert weigh(asked, line("车站"), context_in(asked, "车站")).words == pytest.approx(0.1)
    assert weigh(asked, line("高铁"), context_in(asked, "高铁")).words == pytest.approx(0.9)


def test_context_holds_what_the_sentence_lacks() -> None:
    asked = question("党员大会每月几次", Term("党员大会", 1.0), Term("召开", 1.0))
    evidence = weigh(asked, line("每月召开一次"), context_in(asked, "第三章党员大会每月召开一次"))
    assert (evidence.words, evidence.context) == (0.5, 1.0)


def test_value_counts_by_its_clause() -> None:
    asked = question("党员大会多久召开一次", Term("党员大会", 1.0), Term("召开", 1.0))
    near = weigh(asked, line("每季度召开一次党员大会，可以增加"), context_in(asked, ""))
    far = weigh(asked, line("每年评议一次，也可以召开党员大会"), context_in(asked, ""))
    none = weigh(asked, line("召开党员大会"), context_in(asked, ""))
    assert (near.value, far.value, none.value) == (1.0, 0.5, 0.0)


def test_pairs_are_a_share() -> None:
    asked = question("党员大会", Term("党员", 1.0), pairs=frozenset({"党员", "员大", "大会", "会上"}))
    assert weigh(asked, line("党员大会"), context_in(asked, "")).pairs == 0.75


def test_year_must_be_known() -> None:
    asked = question("2019年选派多少人", Term("选派", 1.0), years=("2019",))
    assert not weigh(asked, line("选派45人"), context_in(asked, "2022选派45人")).year
    assert weigh(asked, line("2019年选派45人"), context_in(asked, "2019年选派45人")).year


def test_question_without_words_finds_nothing() -> None:
    asked = Question("", Wanted(wanted_by("").asked), (), frozenset())
    evidence = weigh(asked, line("任何句子"), context_in(asked, "任何句子"))
    assert (evidence.words, evidence.pairs, evidence.context) == (0.0, 0.0, 0.0)


def test_best_sentence_first(shelf: Shelf) -> None:
    asked = read_question("改造提升了多少个村级活动场所？", shelf.words, shelf.weight, shelf.title_in)
    found = candidates(asked, shelf.search(asked.text, DEPTH), shelf.read)
    best = found[0]
    assert best.edition.text[best.sentence.start : best.sentence.end].startswith("投入资金300万元，改造提升")
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
