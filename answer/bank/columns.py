"""Which column of a table holds what (列的识别): as told, by headings, by what the cells are like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from answer.bank.items import LETTERS, judged_key, kind_of, lettered_key, listed_options, split_options
from answer.bank.sheets import Sheet
from corpus.errors import InputError

NUMBER, KIND, STEM, OPTIONS, KEY, BASIS, EDITION = "题号", "题型", "题干", "选项", "答案", "依据", "版本"
OPTION_FIELDS = tuple(f"选项{letter}" for letter in LETTERS)
FIELDS = (NUMBER, KIND, STEM, OPTIONS, *OPTION_FIELDS, KEY, BASIS, EDITION)
_HEADINGS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (NUMBER, r"题号|序号|编号|试题编号|id|no\.?"),
        (KIND, r"题型|类型|题目类型|试题类型|题类|type|kind"),
        (STEM, r"题干|题目|试题|题目内容|试题内容|题干内容|试题题干|题目题干|问题|stem|question"),
        (OPTIONS, r"选项|备选项|备选答案|答案选项|可选项|选项内容|options"),
        (KEY, r"(?:正确|标准|参考)?答案|正确选项|标答|key|answer"),
        (BASIS, r"(?:答案|试题|题目)?解析|出处|(?:法规|答案|制度)?依据|来源|条款|explanation"),
        (EDITION, r"版本|依据版本|edition_hint"),
    )
)
_OPTION_HEADING = re.compile(
    r"(?:选项|备选项|备选答案|答案)?[（(]?(?P<letter>[A-HＡ-Ｈ])[）)]?(?:选项|项)?|选项(?P<number>[1-8])"
)
_UNSAID = re.compile(r"[\s*＊:：]|（[^）]{2,}）|\([^)]{2,}\)")  # in headings: 题干（必填）
_BLANKS = re.compile(r"[（(]\s*[）)]|_{2,}|[（(]\s*[A-H√×对错]{1,8}\s*[）)]")
_HEAD_ROWS = 10  # rows in which headings are looked for
_LOOKED_AT = 60  # rows whose cells are looked at
_MOST = 0.6  # share of a column's cells that must be like a key or a kind


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a sheet hold: `columns` maps fields to places from 0, `head` rows stand above the items."""

    sheet: Sheet
    columns: Mapping[str, int]
    head: int

    def described(self) -> str:
        """Return the layout for the user: 题干＝B列“题目”；答案＝F列."""
        where = f"{self.sheet.name}：" if self.sheet.name else ""
        ordered = [field for field in FIELDS if field in self.columns]
        return where + "；".join(f"{field}＝{self._column(self.columns[field])}" for field in ordered)

    def _column(self, place: int) -> str:
        heading = _cell(self.sheet.rows[self.head - 1], place) if self.head else ""
        letter = f"{letter_of(place)}列" if self.sheet.lettered else ""
        return letter + (f"“{heading}”" if heading else "")

    def cells(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Yield the number of each row that is not empty, and its cells by field."""
        for number, row in enumerate(self.sheet.rows[self.head :], self.head):
            if any(row):
                yield number, {field: _cell(row, place) for field, place in self.columns.items()}


def letter_of(place: int) -> str:
    """Return the letters by which table programmes name a column: 0 is A, 26 is AA."""
    before, last = divmod(place, 26)
    return (letter_of(before - 1) if before else "") + chr(ord("A") + last)


def layout(sheet: Sheet, told: Mapping[str, str] = MappingProxyType({})) -> Layout | None:
    """Return a sheet's layout, None where stem and key cannot be told.

    `told` gives columns by letter or heading, "" for none. Raises InputError for a field that does not exist.
    """
    head, columns = _by_headings(sheet)
    for field, column in told.items():
        place, row = _told(sheet, field, column)
        columns = {name: at for name, at in columns.items() if name != field and at != place}
        if place is not None:
            columns[field] = place
            head = max(head, row)
    columns = _by_contents(sheet, head, columns, told) if _is_wanting(sheet, head, columns) else columns
    is_bank = STEM in columns and (KEY in columns or head or STEM in told)
    return Layout(sheet, MappingProxyType(columns), head) if is_bank else None


def _is_wanting(sheet: Sheet, head: int, columns: Mapping[str, int]) -> bool:
    """Tell whether stem or key is not known, or keys are letters of options that are not."""
    if STEM not in columns or KEY not in columns:
        return True
    rows = sheet.rows[head : head + _LOOKED_AT]
    has_options = any(field in columns for field in (OPTIONS, *OPTION_FIELDS)) or _share(
        rows, columns[STEM], lambda cell: split_options(cell)[1]
    )
    return not has_options and _share(rows, columns[KEY], lettered_key) >= _MOST


def _told(sheet: Sheet, field: str, column: str) -> tuple[int | None, int]:
    """Return the place of a column that the user names, and the row below the heading it was found by."""
    if field not in FIELDS:
        raise InputError(f"没有“{field}”这一栏；可指定的有：{'、'.join(FIELDS)}")
    if not column:
        return None, 0
    if re.fullmatch(r"[A-Za-z]{1,2}", column):
        place = 0
        for letter in column.upper():
            place = place * 26 + ord(letter) - ord("A") + 1
        return (place - 1, 0) if place <= max(map(len, sheet.rows), default=0) else (None, 0)
    rows = enumerate(sheet.rows[:_HEAD_ROWS], 1)
    return next(((row.index(column), number) for number, row in rows if column in row), (None, 0))


def has_column(sheet: Sheet, column: str) -> bool:
    """Tell whether a sheet has a column of that letter or heading."""
    return not column or _told(sheet, STEM, column)[0] is not None


def _by_headings(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """Return the row number behind the headings and the columns they name; the row with most names is taken."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(sheet.rows[:_HEAD_ROWS], 1):
        named: dict[str, int] = {}
        for place, cell in enumerate(row):
            if field := _field(cell):
                named.setdefault(field, place)
        if (STEM in named or (KEY in named and len(named) > 1)) and len(named) > len(best[1]):
            best = number, named
    return best[0], _spread(sheet.rows[best[0] - 1], best[1]) if OPTIONS in best[1] else best[1]


def _spread(row: Sequence[str], named: dict[str, int]) -> dict[str, int]:
    """Return columns in which one heading for options counts for those without heading behind it (合并的表头)."""
    first = named[OPTIONS]
    ends = [place for place in named.values() if place > first]
    places = range(first, min(ends, default=len(row)))
    if len(places) < 2 or any(_cell(row, place) for place in places[1:]):
        return named
    return {field: place for field, place in named.items() if field != OPTIONS} | dict(
        zip(OPTION_FIELDS, places, strict=False)
    )


def _field(heading: str) -> str:
    folded = _UNSAID.sub("", heading)
    if option := _OPTION_HEADING.fullmatch(folded):
        letter = option["letter"] or LETTERS[int(option["number"]) - 1]
        return f"选项{chr(ord(letter) - 0xFEE0) if letter > 'z' else letter}"
    return next((field for field, pattern in _HEADINGS if pattern.fullmatch(folded.lower())), "")


def _by_contents(sheet: Sheet, head: int, known: Mapping[str, int], told: Mapping[str, str]) -> dict[str, int]:
    """Return columns with those that no heading tells, by what their cells are like."""
    columns = dict(known)
    rows = [row for row in sheet.rows[head:] if any(row)][:_LOOKED_AT]
    free = [place for place in range(max(map(len, rows), default=0)) if place not in columns.values()]
    free = [place for place in free if any(_cell(row, place) for row in rows)]

    def take(field: str, places: Sequence[int]) -> None:
        if field not in columns and field not in told and places:
            columns[field] = places[0]
            free.remove(places[0])

    def alike(test: Callable[[str], object]) -> list[int]:
        shares = {place: _share(rows, place, test) for place in free}
        return sorted((place for place in free if shares[place] >= _MOST), key=lambda place: -shares[place])

    take(KIND, alike(lambda cell: len(cell) <= 8 and kind_of(cell)))
    take(NUMBER, [place for place in free[:1] if _share(rows, place, str.isdigit) >= _MOST])
    take(KEY, alike(lambda cell: lettered_key(cell) or judged_key(cell)))
    stems = _stems(rows, free)
    if STEM not in columns and KEY not in columns and not any(_share(rows, place, _BLANKS.search) for place in stems):
        return columns
    take(STEM, stems)
    if STEM not in columns:
        return columns
    if not _options_in(rows, free):
        take(KEY, [place for place in free if place > columns[STEM]])
    if not any(field in columns for field in (OPTIONS, *OPTION_FIELDS)):
        columns |= _options(rows, free, columns)
    return columns


def _stems(rows: Sequence[Sequence[str]], free: Sequence[int]) -> list[int]:
    """Return the columns that may be stems, the one with most blanks first, else the first long one."""
    lengths = {place: sum(len(_cell(row, place)) for row in rows) for place in free}
    longest = max(lengths.values(), default=0)
    blanks = {place: _share(rows, place, _BLANKS.search) for place in free}
    return sorted(
        (place for place in free if lengths[place] * 3 >= longest),
        key=lambda place: (-round(blanks[place], 1), place),
    )


def _options_in(rows: Sequence[Sequence[str]], free: Sequence[int]) -> bool:
    return any(_share(rows, place, listed_options) >= _MOST for place in free)


def _options(rows: Sequence[Sequence[str]], free: Sequence[int], columns: Mapping[str, int]) -> dict[str, int]:
    """Return the columns of options: those between stem and key, or behind the key where it follows the stem."""
    stem, key = columns[STEM], columns.get(KEY, len(free) + len(columns))
    between = [place for place in free if stem < place < key]
    behind = [place for place in free if place > max(stem, key)]
    for place in (*between, *behind):
        if _share(rows, place, listed_options) >= _MOST:
            return {OPTIONS: place}
    options = between or (behind if len(behind) > 1 else [])
    found = dict(zip(OPTION_FIELDS, options, strict=False))
    rest = [place for place in behind if place not in options]
    return found | ({BASIS: rest[0]} if rest and BASIS not in columns else {})


def _share(rows: Sequence[Sequence[str]], place: int, test: Callable[[str], object]) -> float:
    """Return the share of a column's filled cells that pass a test."""
    cells = [cell for row in rows if (cell := _cell(row, place))]
    return sum(bool(test(cell)) for cell in cells) / max(len(cells), 1)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""
