"""Which data set a folder holds, and its evaluation (评测入口)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import InputError
from corpus.model import Edition
from eval.beir import is_beir, load_beir_corpus, load_beir_questions
from eval.legal_dc import is_legal_dc, load_legal_dc
from eval.party_quiz import is_party_quiz, load_party_quiz
from eval.retrieval import Dataset, Report, evaluate
from eval.sections import is_sections, load_sections
from index.build import build
from index.search import Index


def evaluate_folder(folder: Path, knowledge_base: Callable[[], tuple[Index, Iterable[Edition]]]) -> tuple[Report, ...]:
    """Evaluate retrieval on the data sets in `folder`.

    BEIR form brings its own corpus, which is indexed in a temporary folder; questions in the other forms are asked of
    the knowledge base, whose index and editions `knowledge_base` gives when they are needed. Raises InputError for a
    folder in no known form, and where the base holds what answers for no question at all.
    """
    if is_beir(folder):
        with TemporaryDirectory(ignore_cleanup_errors=True) as home:
            build(load_beir_corpus(folder), Path(home), "")
            return (evaluate(Index.open(Path(home)), load_beir_questions(folder)),)
    if is_legal_dc(folder):
        index, editions = knowledge_base()
        asked = [dataset for dataset in load_questions(folder, editions) if dataset.questions]
        if not asked:
            raise InputError(f"{folder} 里没有一个问题的标准条文在知识库里，无从评测；请先导入这些问题所依据的法规")
        return tuple(evaluate(index, dataset) for dataset in asked)
    raise InputError(f"{folder} 里没有可用的评测数据：需要 corpus.jsonl、queries.jsonl 和 qrels/，或 questions.jsonl")


def load_questions(folder: Path, editions: Iterable[Edition]) -> tuple[Dataset, ...]:
    """Read the questions of `questions.jsonl` in the form its first line shows; raises InputError."""
    if is_party_quiz(folder):
        return load_party_quiz(folder, editions)
    if is_sections(folder):
        return (load_sections(folder, editions),)
    return (load_legal_dc(folder, editions),)
