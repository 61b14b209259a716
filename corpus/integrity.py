"""What must be true of a stored edition (完整性): nothing lost, every path once, every slice exact."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from corpus.model import Edition, Provision, Reference

_LARGEST = 2**63 - 1  # what SQLite can hold


def tree_rows(provisions: Sequence[Provision]) -> list[tuple[Any, ...]]:
    """Flatten trees to rows in document order.

    A row is (position, parent position or None, kind, path, number, branch, label, heading, start, end).
    """
    rows: list[tuple[Any, ...]] = []

    def visit(siblings: Sequence[Provision], parent: int | None) -> None:
        for node in siblings:
            position = len(rows)
            words = (node.number, node.branch, node.label, node.heading, node.start, node.end)
            rows.append((position, parent, str(node.kind), node.path, *words))
            visit(node.children, position)

    visit(provisions, None)
    return rows


def digest(text: str, rows: Sequence[tuple[Any, ...]]) -> str:
    """Return the sha256, in hexadecimal, of a clean text and its tree as `tree_rows` gives it."""
    return hashlib.sha256(json.dumps([text, rows]).encode("ascii")).hexdigest()


def faults(edition: Edition) -> Iterator[str]:
    """Yield a Chinese sentence for each way in which an edition is not sound.

    Sound means: the provisions tile the text, each path stands once, and a reference's words are what the text
    holds at its place.
    """
    if not (edition.title and edition.date):
        yield f"{edition.id}：缺少标题或日期（日期不详时写“不详”）"
    if not _encodable(edition.text):
        yield f"{edition.id}：正文含有残缺字符，不能保存"
    yield from _tiling(edition)
    paths = Counter(node.path for node in edition.walk())
    for path, count in paths.items():
        if count > 1 or not path:
            yield f"{edition.id}：路径“{path}”出现 {count} 次"
    for node in edition.walk():
        if max(node.number or 0, node.branch) > _LARGEST:
            yield f"{edition.id}/{node.path}：序号过大"
    yield from reference_faults(edition.id, edition.text, paths, edition.references)


def reference_faults(
    edition_id: str, text: str, paths: Container[str], references: Iterable[Reference]
) -> Iterator[str]:
    """Yield a sentence for each reference whose provision is not among `paths`, or whose words the text lacks."""
    for one in references:
        if one.path not in paths:
            yield f"{edition_id}：引用“{one.words}”所在的条款 {one.path} 不存在"
        if not 0 <= one.start <= one.end or text[one.start : one.end] != one.words:
            yield f"{edition_id}/{one.path}：引用“{one.words}”与正文第 {one.start}–{one.end} 字不符"


def _tiling(edition: Edition) -> Iterator[str]:
    """Yield a sentence wherever siblings leave a gap or overlap, or children do not fill their parent to its end."""
    at = 0
    for node in edition.provisions:
        yield from _break(edition, node, at, node.start)
        at = node.end
    if at != len(edition.text):
        yield f"{edition.id}：条款止于第 {at} 字，正文共 {len(edition.text)} 字"
    for node in edition.walk():
        at = max(node.start, node.lead_end)
        for child in node.children:
            yield from _break(edition, child, at, child.start)
            at = child.end
        if at != node.end:
            yield f"{edition.id}/{node.path}：止于第 {node.end} 字，而所含内容止于第 {at} 字"


def _break(edition: Edition, node: Provision, expected: int, found: int) -> Iterator[str]:
    if expected != found:
        yield f"{edition.id}/{node.path}：应从第 {expected} 字开始，实际从第 {found} 字开始"


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
