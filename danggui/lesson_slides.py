"""A lesson as slides (党课课件): 16:9, few words a slide, the clauses whole in the notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from answer.lesson.duties import MODE_WORDS, Duty
from answer.lesson.model import Lesson, Line, Section
from danggui.lesson_text import NOTE, about, plan, source, titled
from danggui.lessons import DUTIES

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_WIDTH, _HEIGHT = 33.867, 19.05  # centimetres: 16 to 9
_LEFT, _TOP, _INNER, _TALL = 2.0, 3.6, 29.9, 12.9  # of what stands below a slide's heading
_SIZE, _SMALL, _CELL = 24, 14, 16  # points: words, sources, tables
_LEADING = 1.25  # from line to line, in sizes; set in points, since fonts differ in what they take by themselves
_POINT = 0.03528  # centimetres of a point
_COLUMNS = 33  # Chinese characters of a line of `_SIZE`, less a margin
_LINES = 12  # lines of a slide
_LONGEST = 9 * _COLUMNS  # characters of a line of the lesson that are shown; the notes have all
_ROWS, _ROW_LINES = 8, 14  # rows and lines of a table slide
_TABLE = (("主体", 5.0), ("性质", 2.0), ("行为", 12.9), ("频次、期限", 4.8), ("依据", 5.2))  # columns, centimetres
_DEED = 110  # characters of a deed that a table shows
_RED, _BLACK, _GREY, _WHITE, _PALE = "9E1B1B", "1F1F1F", "5F5F5F", "FFFFFF", "F6EDED"
_FONT = "微软雅黑"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A line as a slide has it: what is shown, its source, and its words for the notes."""

    words: str
    source: str
    notes: str
    former: bool = False  # the former wording of the line before it

    @property
    def lines(self) -> int:
        """How many lines of a slide it takes, its source among them."""
        return sum(-(-max(len(one), 1) // _COLUMNS) for one in self.words.split("\n")) + 1


def pptx_of(lesson: Lesson) -> bytes:
    """Return the lesson as a file of slides."""
    import pptx
    from pptx.util import Cm

    book = pptx.Presentation()
    book.slide_width, book.slide_height = Cm(_WIDTH), Cm(_HEIGHT)
    book.core_properties.title, book.core_properties.author = f"{lesson.title}学习课件", ""
    _cover(book, lesson)
    _plan(book, lesson)
    for title, section in titled(lesson):
        if section.heading == DUTIES:
            _duties(book, title, lesson.duties)
        else:
            _section(book, title, section)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _cover(book: Presentation, lesson: Lesson) -> None:
    slide = _slide(book)
    _box(slide, 0, 0, _WIDTH, _HEIGHT, _RED)
    name = lesson.title if "《" in lesson.title else f"“{lesson.title}”"
    _words(slide, (2.5, 5.2, 28.9, 5.2), [(name, 40 if len(name) < 30 else 32, _WHITE, True)], centred=True)
    _words(slide, (2.5, 10.6, 28.9, 1.8), [("学习课件", 28, _WHITE, False)], centred=True)
    _words(slide, (2.5, 15.6, 28.9, 1.6), [(about(lesson), 18, _WHITE, False)], centred=True)
    slide.notes_slide.notes_text_frame.text = NOTE


def _plan(book: Presentation, lesson: Lesson) -> None:
    slide = _headed(book, "内容与时间")
    lines = [(f"{name}　{time}", 24, _BLACK, False) for name, time in plan(lesson)]
    _words(slide, (_LEFT, _TOP, _INNER, _TALL), lines, space=10)


def _section(book: Presentation, title: str, section: Section) -> None:
    """Write a section on as many slides as its lines take."""
    groups = list(_groups([_shown(line, number) for number, line in enumerate(section.lines, 1)]))
    for place, group in enumerate(groups, 1):
        slide = _headed(book, f"{title}（{place}/{len(groups)}）" if len(groups) > 1 else title)
        lines = [row for one in group for row in _rows(one)]
        _words(slide, (_LEFT, _TOP, _INNER, _TALL), lines, space=4)
        slide.notes_slide.notes_text_frame.text = "\n\n".join(one.notes for one in group)


def _rows(one: _Shown) -> Iterator[tuple[str, int, str, bool]]:
    yield from ((words, _SIZE, _BLACK, False) for words in one.words.split("\n"))
    yield f"——{one.source}", _SMALL, _GREY, False


def _shown(line: Line, number: int) -> _Shown:
    """Return a line as it is shown: whole where it is short, else its beginning and ……."""
    text = "\n".join(
        words.strip() for words in line.text.replace("【讨论】", "\n【讨论】").split("\n") if words.strip()
    )
    room = _LONGEST - len(line.after)
    if len(text) > _LONGEST:
        text = f"{text[: max(room, _COLUMNS)].rstrip()}……（全文见备注）" + (f"\n{line.after}" if line.after else "")
    return _Shown(
        f"{number}. {text}", source(line), f"{number}. {line.text}\n——{source(line)}", line.before.startswith("原规定")
    )


def _groups(lines: Sequence[_Shown]) -> Iterator[list[_Shown]]:
    """Yield the lines of one slide after the other; a former wording stands with the present one."""
    group: list[_Shown] = []
    for number, one in enumerate(lines):
        following = lines[number + 1 : number + 2]
        pair = sum(line.lines for line in following if line.former)
        used = sum(line.lines for line in group) + one.lines
        if group and (used > _LINES or (not one.former and used + pair > _LINES)):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _duties(book: Presentation, title: str, duties: Sequence[Duty]) -> None:
    """Write the duty table, some rows on each slide."""
    works = {one.source.edition_id for one in duties}
    groups = list(_tables([(_cells(one, short=len(works) == 1), one) for one in duties]))
    for place, group in enumerate(groups, 1):
        slide = _headed(book, f"{title}（{place}/{len(groups)}）" if len(groups) > 1 else title)
        _table(slide, [cells for cells, _ in group])
        notes = (f"{one.source.quote}\n——{one.source.label}" for _, one in group)
        slide.notes_slide.notes_text_frame.text = "\n\n".join(notes)


_Row = tuple[tuple[str, ...], Duty]


def _cells(one: Duty, *, short: bool) -> tuple[str, ...]:
    """Return a row; of a long deed the beginning, the notes have the clause. `short` leaves the regulation out."""
    deed = one.deed if len(one.deed) <= _DEED else f"{one.deed[:_DEED]}……"
    label = one.source.label.rpartition("》")[2] if short else one.source.label
    return one.actor, MODE_WORDS[one.mode], deed, one.when, label


def _tables(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    group, lines = list[_Row](), 0
    for row in rows:
        taken = _lines_of(row[0])
        if group and (lines + taken > _ROW_LINES or len(group) == _ROWS):
            yield group
            group, lines = [], 0
        group.append(row)
        lines += taken
    if group:
        yield group


def _lines_of(cells: Sequence[str]) -> int:
    """Return how many lines the longest cell of a row takes."""
    widths = [int((width - 0.4) / (_CELL * _POINT)) for _, width in _TABLE]
    return max(1, *(-(-len(cell) // width) for cell, width in zip(cells, widths, strict=True)))


def _table(slide: Any, rows: Sequence[Sequence[str]]) -> None:  # noqa: ANN401 (python-pptx is untyped)
    from pptx.util import Cm, Pt

    place = (Cm(_LEFT), Cm(_TOP), Cm(_INNER), Cm(1.0 * (len(rows) + 1)))
    table = slide.shapes.add_table(len(rows) + 1, len(_TABLE), *place).table
    for column, (_, width) in zip(table.columns, _TABLE, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(([name for name, _ in _TABLE], *rows)):
        table.rows[number].height = Cm(_lines_of(row) * _CELL * _LEADING * _POINT + 0.25)
        for cell, words in zip(table.rows[number].cells, row, strict=True):
            cell.fill.solid()
            cell.fill.fore_color.rgb = _colour(_RED if not number else _PALE if number % 2 else _WHITE)
            cell.margin_left = cell.margin_right = Cm(0.15)
            cell.margin_top = cell.margin_bottom = Cm(0.1)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.line_spacing = Pt(_CELL * _LEADING)
            _run(paragraph, words, _CELL, _WHITE if not number else _BLACK, bold=not number)


def _headed(book: Presentation, title: str) -> Any:  # noqa: ANN401 (python-pptx is untyped)
    slide = _slide(book)
    _box(slide, 0, 0, _WIDTH, 0.45, _RED)
    _words(slide, (_LEFT, 1.0, _INNER, 1.9), [(title, 30, _RED, True)])
    _words(slide, (_WIDTH - 3.5, 17.6, 2.5, 1.0), [(str(len(book.slides)), 12, _GREY, False)])
    return slide


def _slide(book: Presentation) -> Any:  # noqa: ANN401 (python-pptx is untyped)
    """Return a new slide without placeholders."""
    return book.slides.add_slide(book.slide_layouts[6])


def _box(slide: Any, left: float, top: float, width: float, height: float, colour: str) -> None:  # noqa: ANN401
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Cm

    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(left), Cm(top), Cm(width), Cm(height))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _colour(colour)
    shape.line.fill.background()


def _words(
    slide: Any,  # noqa: ANN401 (python-pptx is untyped)
    place: tuple[float, float, float, float],
    lines: Sequence[tuple[str, int, str, bool]],
    *,
    space: int = 0,
    centred: bool = False,
) -> None:
    """Write lines (words, points, colour, bold) into a box at a place in centimetres: left, top, width, height."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Cm, Pt

    frame = slide.shapes.add_textbox(*map(Cm, place)).text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if centred else MSO_ANCHOR.TOP
    for number, (words, size, colour, bold) in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
        paragraph.line_spacing, paragraph.space_after = Pt(size * _LEADING), Pt(space)
        _run(paragraph, words, size, colour, bold=bold)


def _run(paragraph: Any, words: str, size: int, colour: str, *, bold: bool) -> None:  # noqa: ANN401
    """Write words in a font that Windows and Office have; the East Asian one has an element of its own."""
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, _FONT
    run.font.color.rgb = _colour(colour)
    properties = run._r.get_or_add_rPr()
    properties.append(properties.makeelement(qn("a:ea"), {"typeface": _FONT}))


def _colour(digits: str) -> Any:  # noqa: ANN401 (python-pptx is untyped)
    from pptx.dml.color import RGBColor

    colour: Any = RGBColor
    return colour(*bytes.fromhex(digits))
