"""Clauses of other texts that a text repeals or suspends, and what only looks like it."""

from __future__ import annotations

import pytest

from corpus.titles import TitleIndex
from ingest.clauses import find_clause_ends

TITLES = TitleIndex(["示例县公文办理办法", "示例县会议管理办法"])
ONE = "《示例县公文办理办法》"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (f"{ONE}第三条同时废止", [(f"{ONE}第三条", "repealed")]),
        (
            f"本办法自2024年1月1日起施行，{ONE}第三条、第五条第二款同时废止",
            [(f"{ONE}第三条", "repealed"), (f"{ONE}第五条第二款", "repealed")],
        ),
        (f"{ONE}第三条第（二）项的规定停止执行", [(f"{ONE}第三条第（二）项", "repealed")]),
        (f"{ONE}第三条的规定自2024年1月1日起暂停执行", [(f"{ONE}第三条", "suspended")]),
        ("暂停执行《示例县会议管理办法》第七条", [("《示例县会议管理办法》第七条", "suspended")]),
        (f"决定废止{ONE}第三条", [(f"{ONE}第三条", "repealed")]),
        (f"{ONE}同时废止", []),  # the whole text: the business of repeals
        (f"{ONE}第三条规定，会议纪要废止后归档", []),
        (f"违反{ONE}第三条规定的，许可证失效", []),
        (f"与{ONE}第三条不一致的文件应当废止", []),
        (f"{ONE}第三条的规定继续执行", []),
        ("本办法第三条同时废止", []),
    ],
)
def test_clauses_ended(words: str, found: list[tuple[str, str]]) -> None:
    body = f"第九条　会议由办公室召集。\n第十条　{words}。\n第十一条　本办法由办公室解释。"
    assert [(str(end.citation), end.state.value) for end in find_clause_ends(body, TITLES)] == found


def test_the_sentence_is_kept_as_written() -> None:
    (end,) = find_clause_ends(f"第十条　自印发之日起，{ONE}第三条同时废止。另有规定的除外。", TITLES)
    assert end.words == f"第十条　自印发之日起，{ONE}第三条同时废止"
