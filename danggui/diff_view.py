"""How a comparison looks (新旧对照的呈现): two columns on a terminal, a table in HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from itertools import zip_longest
from unicodedata import east_asian_width

from corpus.alignment import Fate
from corpus.citation import edition_words
from danggui.comparing import Comparison, Marked, Pair, Run, number

KIND_WORDS = {
    Fate.SAME: "未变",
    Fate.CHANGED: "修改",
    Fate.MOVED: "移位",
    Fate.SPLIT: "拆分",
    Fate.MERGED: "合并",
    Fate.NEW: "新增",
    Fate.DROPPED: "删去",
}
_GAP = "  │  "
_PLAIN = {"delete": "[-{}-]", "insert": "{{+{}+}}"}
_ANSI = {"delete": "\x1b[31;9m{}\x1b[0m", "insert": "\x1b[1;4;32m{}\x1b[0m"}
_STYLE = """
body { font: 16px/1.7 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; }
body { margin: 2em auto; max-width: 76em; padding: 0 1em; }
h1 { font-size: 1.5em; text-align: center; } p { text-align: center; color: #444; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #888; padding: .5em .8em; vertical-align: top; text-align: left; }
th { background: #eee; text-align: center; } thead { display: table-header-group; }
td div { white-space: pre-wrap; margin-bottom: .4em; } small { color: #666; }
col.kind { width: 4.5em; } td.kind { text-align: center; } tr.same td { color: #555; }
del { color: #a40000; } ins { color: #00501e; font-weight: bold; text-decoration: underline; }
"""


def heading(comparison: Comparison) -> str:
    """Return the title: 《…》新旧对照表."""
    return f"《{comparison.new.title}》新旧对照表"


def side(comparison: Comparison, which: str) -> str:
    """Return a column's heading with the edition's day, `which` is 修改前 or 修改后."""
    info = comparison.old if which == "修改前" else comparison.new
    return f"{which}{edition_words(info.date)}"


def summary(comparison: Comparison) -> str:
    """Return how many articles of each kind there are: 修改31条，新增26条."""
    counts = comparison.kinds()
    return "，".join(f"{KIND_WORDS[kind]}{counts[kind]}处" for kind in Fate if counts[kind])


def terminal(comparison: Comparison, width: int, *, colour: bool, everything: bool) -> Iterator[str]:
    """Yield the lines of `danggui diff`, at most `width` columns wide; articles that are the same only on demand."""
    column = max(20, (width - len(_GAP)) // 2)
    marks, notes = _ANSI if colour else _PLAIN, comparison.notes()
    yield heading(comparison)
    yield summary(comparison)
    yield ""
    yield from _beside(
        [[("equal", side(comparison, "修改前"))]], [[("equal", side(comparison, "修改后"))]], column, marks
    )
    for pair in comparison.pairs:
        if pair.kind is Fate.SAME and not everything:
            continue
        yield f"── {KIND_WORDS[pair.kind]} " + "─" * (column * 2 - 4)
        left, right = cells(pair, notes)
        yield from _beside(left, right, column, marks)


def cells(pair: Pair, notes: dict[str, str]) -> tuple[list[list[Run]], list[list[Run]]]:
    """Return the paragraphs of either cell, runs of words each: the number first, what is noted on the article last."""
    left, right = pair.runs()
    numbers = {number(hit) for hit in pair.olds}, {number(hit) for hit in pair.news}
    return (
        [line for marked in left for line in _cell(marked, "delete", numbers[1], notes)] or [[("note", "（新增）")]],
        [line for marked in right for line in _cell(marked, "insert", numbers[0], {})] or [[("note", "（删去）")]],
    )


def _cell(marked: Marked, op: str, others: set[str], notes: dict[str, str]) -> Iterator[list[Run]]:
    hit, runs = marked
    known = "equal" if number(hit) in others else op
    line: list[Run] = [(known, number(hit)), ("equal", "　")] if hit.article else []
    for mark, words in runs:
        first, *rest = words.split("\n")
        line += [(mark, first)] if first else []
        for part in rest:
            yield line
            line = [(mark, part)] if part else []
    yield line
    if hit.id in notes:
        yield [("note", f"（{notes[hit.id]}）")]


def _beside(left: list[list[Run]], right: list[list[Run]], column: int, marks: dict[str, str]) -> Iterator[str]:
    lines = [[row for line in cell for row in _wrapped(line, column, marks)] for cell in (left, right)]
    for one, other in zip_longest(*lines, fillvalue=("", 0)):
        yield f"{one[0]}{' ' * (column - one[1])}{_GAP}{other[0]}"


def _wrapped(line: list[Run], column: int, marks: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the rows of a paragraph with their widths on the screen."""
    row, taken = "", 0
    for op, words in line:
        mark = marks.get(op, "{}")
        extra = len(mark.format("")) if mark in _PLAIN.values() else 0
        part, size = "", extra
        for char in words:
            wide = 2 if east_asian_width(char) in "WF" else 1
            if taken + size + wide > column:
                yield row + (mark.format(part) if part else ""), taken + (size if part else 0)
                row, taken, part, size = "", 0, "", extra
            part, size = part + char, size + wide
        row, taken = row + (mark.format(part) if part else ""), taken + (size if part else 0)
    yield row, taken


def html(comparison: Comparison) -> str:
    """Return the comparison as a page of its own, ready to print."""
    title, notes = escape(heading(comparison)), comparison.notes()
    rows = "\n".join(_row(pair, notes) for pair in comparison.pairs)
    heads = "".join(f"<th>{escape(side(comparison, which))}</th>" for which in ("修改前", "修改后"))
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head><body>
<h1>{title}</h1>
<p>{escape(summary(comparison))}。左栏<del>删除线</del>为删去的文字，右栏<ins>粗体下划线</ins>为新增的文字。</p>
<table><colgroup><col class="kind"><col><col></colgroup>
<thead><tr><th>情形</th>{heads}</tr></thead><tbody>
{rows}
</tbody></table></body></html>
"""


def _row(pair: Pair, notes: dict[str, str]) -> str:
    columns = "".join(f"<td>{''.join(map(_paragraph, cell))}</td>" for cell in cells(pair, notes))
    return f'<tr class="{pair.kind.value}"><td class="kind">{KIND_WORDS[pair.kind]}</td>{columns}</tr>'


def _paragraph(line: list[Run]) -> str:
    tags: dict[str, Callable[[str], str]] = {
        "delete": "<del>{}</del>".format,
        "insert": "<ins>{}</ins>".format,
        "note": "<small>{}</small>".format,
    }
    return f"<div>{''.join(tags.get(op, str)(escape(words)) for op, words in line)}</div>"
