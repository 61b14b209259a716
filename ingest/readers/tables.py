"""Telling a table of data from a grid that only places text on the page (版面表格)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ARTICLE = re.compile(r"(?:^|\n)\s*第[〇零一二三四五六七八九十百千\d]+[章节条]", re.MULTILINE)
_ARTICLES_OF_A_LAYOUT = 3


def is_layout(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether a table only lays out text: no row has two cells with words, or one cell holds a run of articles."""
    if all(sum(1 for cell in row if cell.strip()) <= 1 for row in rows):
        return True
    return any(len(_ARTICLE.findall(cell)) >= _ARTICLES_OF_A_LAYOUT for row in rows for cell in row)
