"""What a user reads when two texts claim to be the same edition (同一版本的两种文本)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice

from corpus.issuers import same_issuer
from corpus.model import Edition, Kind
from corpus.titles import normalise
from corpus.validity import UNDATED

_SHOWN = 40  # lines of the difference
_AROUND = frozenset({Kind.TITLE, Kind.HEADER, Kind.CONTENTS, Kind.SIGNATURE})  # what publishers set each their own way


def same_words(one: Edition, other: Edition) -> bool:
    """Tell whether two editions say the same: equal provisions but for white space and the form of brackets.

    Publishers set 第一条 with one space or two, and print title, 题注, 目录 and 落款 each their own way.
    """
    return [words for words, _ in _lines(one)] == [words for words, _ in _lines(other)]


def _lines(edition: Edition) -> list[tuple[str, str]]:
    """Return the lines of the provisions, folded for comparison and as they stand."""
    bodies = [edition.slice(root) for root in edition.provisions if root.kind not in _AROUND]
    lines = [line for body in bodies for line in body.splitlines()]
    return [(normalise(line), line) for line in lines if line.strip()]


def conflict_message(stored: Edition, incoming: Edition) -> str:
    """Return the Chinese report of a refused edition: what clashes, the cure, and the difference line by line."""
    head = f"{incoming.id} 已经入库，而这份文件的正文与它不同；没有作任何改动。{_cure(stored, incoming)}。"
    return "\n".join([head, "差异（- 已入库，+ 新文件）：", *_difference(stored, incoming)])


def _cure(stored: Edition, incoming: Edition) -> str:
    issuers = stored.metadata.issuer, incoming.metadata.issuer
    if same_issuer(*issuers) is False:
        named = f"{issuers[1]}{incoming.title}"
        clash = f"两份文件标题和日期相同，发布机关不同（{issuers[0]}；{issuers[1]}）"
        return f"{clash}；请在清单（--manifest）的 title 列给新文件写上带发布机关的标题，例如“{named}”，再导入"
    if incoming.date == UNDATED:
        return "两份文件都没有可用的日期；如果它们是不同的版本，请在清单（--manifest）里给出各自的日期后再导入"
    removal = f"请先用 danggui remove {stored.id} 移除已入库的版本"
    return f"如果它们是不同的版本，请在清单（--manifest）里写明各自的日期；如果新文件更准确，{removal}，再导入"


def _difference(old: Edition, new: Edition) -> Iterator[str]:
    """Yield the lines that differ in words, as they stand."""
    as_written = {words: line for edition in (old, new) for words, line in _lines(edition)}
    names = (f"已入库：{old.source.file}", f"新文件：{new.source.file}")
    before, after = ([words for words, _ in _lines(edition)] for edition in (old, new))
    lines = unified_diff(before, after, *names, n=0, lineterm="")
    shown = [line for line in islice(lines, 3 * _SHOWN) if not line.startswith("@@")]
    yield from (line[0] + as_written.get(line[1:], line[1:]) for line in shown[:_SHOWN])
    if len(shown) > _SHOWN:
        yield "……（以下差异从略）"
