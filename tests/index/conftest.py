from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.model import Edition
from index.tokens import Tokenizer
from ingest.document import Block
from ingest.structure import parse

MakeEdition = Callable[..., Edition]


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    return Tokenizer()


@pytest.fixture(scope="session")
def make_edition() -> MakeEdition:
    """Return a function that parses lines, the first one the title, into an edition."""

    def make(*lines: str, date: str = "2020-01-01") -> Edition:
        structure = parse([Block(line) for line in lines], "无题")
        return Edition(structure.title, date, structure.text, structure.provisions)

    return make
