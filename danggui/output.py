"""How things look on a terminal (终端显示): Chinese, dates as 年月日, one blank line between things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from answer.ask import Answer
from answer.verify import State, Verification
from corpus.citation import edition_words
from corpus.hit import Hit
from corpus.validity import Status
from danggui.listed import Listed
from index.explain import Explanation

STATUS_WORDS = {
    Status.IN_FORCE: "现行有效",
    Status.NOT_YET_IN_FORCE: "尚未施行",
    Status.SUPERSEDED: "已被修订或取代",
    Status.REPEALED: "已废止",
    Status.UNKNOWN: "效力不详",
}
_UNEXPLAINED = "问题点名的条款，或由案情逐句检索合并而来"
_PREVIEW = 120  # characters of a provision shown in a list of hits


def _version(hit: Hit) -> str:
    """Return an edition's day and status: 2016年7月8日版，现行有效."""
    return f"{edition_words(hit.edition)[1:-1]}版，{STATUS_WORDS[Status(hit.status)]}"


def listing(rows: Iterable[Listed]) -> Iterator[str]:
    """Yield the lines of `danggui list`."""
    shown_rows = list(rows)
    for row in shown_rows:
        info = row.info
        size = f"{info.articles} 条" if info.articles else "不分条"
        yield f"{_padded(STATUS_WORDS[row.status], 14)}  {_padded(size, 7)}  《{info.title}》{edition_words(info.date)}"
    yield f"共 {len(shown_rows)} 个版本"


def shown(hit: Hit) -> Iterator[str]:
    """Yield the lines of `danggui show`."""
    yield f"{hit.label}（{_version(hit)}）"
    if hit.headings:
        yield " > ".join(hit.headings)
    yield ""
    yield hit.text


def found(hits: Iterable[Hit]) -> Iterator[str]:
    """Yield the lines of `danggui search`."""
    number = 0
    for number, hit in enumerate(hits, 1):
        text = " ".join(hit.quote.split())
        yield f"{number}. {hit.label}（{_version(hit)}）"
        yield f"   {text[:_PREVIEW]}{'……' if len(text) > _PREVIEW else ''}"
    if not number:
        yield "没有找到相关条款"


def explained(pairs: Iterable[tuple[Hit, Explanation | None]]) -> Iterator[str]:
    """Yield the lines of `danggui search --explain`: each hit, and what raised (+) or lowered (-) it."""
    rows = list(pairs)
    lines = found(hit for hit, _ in rows)
    for _, explanation in rows:
        yield next(lines)
        yield next(lines)
        yield from (f"     {line}" for line in (explanation.lines() if explanation else [_UNEXPLAINED]))
    yield from lines


STATE_WORDS = {
    State.OK: "属实",
    State.NOT_FOUND: "条款不存在",
    State.REPEALED: "已废止",
    State.NOT_YET_IN_FORCE: "尚未施行",
    State.SUPERSEDED: "已被修订或取代",
    State.TEXT_MISMATCH: "引文与原文不符",
    State.NOT_CHECKED: "未能核对",
}
_FAILED = (State.NOT_FOUND, State.TEXT_MISMATCH, State.NOT_CHECKED)  # the others stand beside the edition anyway


def verified(result: Verification) -> Iterator[str]:
    """Yield the lines of `danggui verify-citation`: state and reason, what there is instead, the clause."""
    yield f"{STATE_WORDS[result.state]}：{result.message}"
    if result.range:
        yield f"现有：{result.range}"
    for name, hit in (("原文", result.hit), ("对应", result.successor), *(("见于", hit) for hit in result.elsewhere)):
        if hit is not None:
            yield ""
            yield f"{name}：{hit.label}（{_version(hit)}）"
            whole = "/" not in hit.id.rpartition("@")[2]
            yield from (f"    {line}" for line in ([] if whole else hit.quote.split("\n")))


def answered(answer: Answer) -> Iterator[str]:
    """Yield the lines of `danggui ask`: the answer, the clauses it rests on, notes."""
    yield answer.answer
    for number, (hit, state) in enumerate(answer.checked(), 1):
        failed = f"〔{STATE_WORDS[State(state)]}〕" if state in _FAILED else ""
        yield ""
        yield f"〔{number}〕{hit.label}（{_version(hit)}）{failed}"
        if hit.headings:
            yield f"    {' > '.join(hit.headings)}"
        yield from (f"    {line}" for line in hit.quote.split("\n"))
    if answer.notes:
        yield ""
        yield from (f"注：{note}" for note in answer.notes)


def _padded(words: str, width: int) -> str:
    """Return words filled with spaces to a width on the screen, where a Chinese character takes two."""
    taken = sum(2 if east_asian_width(char) in "WF" else 1 for char in words)
    return words + " " * max(0, width - taken)
