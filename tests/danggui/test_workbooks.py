"""Tables as workbooks: what a table programme shows is what was written, formula or control character or not."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from danggui.workbooks import as_bytes, harmless, table


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("-5日", "'-5日"), ("第七条", "第七条"), ("甲\x07乙\n丙", "甲乙\n丙"), (7, 7)],
)
def test_no_cell_is_a_formula_or_damages_the_file(cell: str | int, written: str | int) -> None:
    assert harmless(cell) == written
    sheet = load_workbook(BytesIO(as_bytes(table("表", [("题干", 20)], [[cell]]))))["表"]
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A2"].data_type == "f") == ("题干", written, False)


def test_rows_are_as_high_as_their_longest_cell() -> None:
    rows = [["短", "短"], ["短", "条" * 40], ["短", "条" * 4000]]
    sheet = table("表", [("甲", 20), ("乙", 20)], rows).active
    assert sheet is not None
    heights = [sheet.row_dimensions[number].height for number in (2, 3, 4)]
    assert heights == [17, 77, 409]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
