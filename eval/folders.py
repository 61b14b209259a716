"""Which data set a folder holds, and its evaluation (评测入口)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.errors import InputError
from corpus.model import Edition
from eval.beir import is_beir, load_beir_corpus, load_beir_questions
from eval.legal_dc import is_legal_dc, load_legal_dc
from eval.retrieval import Report, evaluate
from index.build import build
from index.search import Index


def evaluate_folder(folder: Path, knowledge_base: Callable[[], tuple[Index, Iterable[Edition]]]) -> Report:
    """Evaluate retrieval on the data set in `folder`.

    BEIR form brings its own corpus, which is indexed in a temporary folder; Legal-DC's questions are asked of the
    knowledge base, whose index and editions `knowledge_base` gives when they are needed. Raises InputError for a
    folder in neither form.
    """
    if is_beir(folder):
        with TemporaryDirectory(ignore_cleanup_errors=True) as home:
            build(load_beir_corpus(folder), Path(home), "")
            return evaluate(Index.open(Path(home)), load_beir_questions(folder))
    if is_legal_dc(folder):
        index, editions = knowledge_base()
        return evaluate(index, load_legal_dc(folder, editions))
    raise InputError(f"{folder} 里没有可用的评测数据：需要 corpus.jsonl、queries.jsonl 和 qrels/，或 questions.jsonl")
