"""Reading docx straight from its XML, as Word shows it with all changes accepted (Word 文档)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ingest.document import BlockKind, Document
from ingest.readers.builder import DocumentBuilder, is_typed
from ingest.readers.docx_numbering import NumberingTable
from ingest.readers.docx_package import Package, child_value, w
from ingest.readers.docx_styles import Look, Style, StyleSheet, outline_level, paragraph_look, run_look
from ingest.readers.tables import has_label_column, is_layout, labelled
from ingest.readers.xml import Archive

_P, _TBL, _R, _T, _RPR, _PPR = w("p"), w("tbl"), w("r"), w("t"), w("rPr"), w("pPr")
_SDT, _SDT_CONTENT, _TXBX = w("sdt"), w("sdtContent"), w("txbxContent")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING_FILLS = frozenset(
    f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}" for name in ("solidFill", "gradFill", "blipFill")
)

_SIGNS = {
    w("tab"): " ",
    w("ptab"): " ",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
_REVISIONS = (w("ins"), w("del"), w("moveFrom"), w("moveTo"))
_PICTURES = frozenset({w("drawing"), w("pict"), w("object")})
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_WRAPPERS = frozenset(
    {w(name) for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo", "ruby")}
    | {w("rubyBase"), f"{_MATH}oMath", f"{_MATH}oMathPara"}
)


@dataclass(slots=True)
class _Words:
    """The text of one paragraph while it is gathered; text boxes wait until its end."""

    look: Look
    seen: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph or table on its way to the builder."""

    text: str = ""
    label: str = ""  # with the white space that parts it from the text
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def read_docx(archive: Archive) -> Document:
    """Return the document in a docx archive; raises DamagedError when its main part cannot be read."""
    return _DocxReader(Package(archive)).read()


class _DocxReader:
    """Walks the body once, in reading order; numbering counters and tracked deletions carry state along."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = StyleSheet(package.part("styles"))
        self._numbering = NumberingTable(package.part("numbering"), self._styles.numbering_of)
        self._builder = DocumentBuilder()
        self._notes: list[tuple[str, str]] = []
        self._hidden: list[str] = []
        self._carried = ""  # words whose paragraph mark is deleted: they run on into the next paragraph
        self._backgrounds = [Look()]

    def read(self) -> Document:
        root = self._package.document
        body = root.find(w("body"))
        self._emit(body if body is not None else root, BlockKind.TEXT)
        self._read_notes()
        for hidden in self._hidden:
            self._builder.hide(hidden)
        self._read_margins()
        if next(root.iter(*_REVISIONS), None) is not None:
            self._builder.warn("文件带有修订痕迹，已按接受全部修订读取")
        if next(root.iter(w("altChunk")), None) is not None:
            self._builder.warn("文件内嵌了其他文档，其中的文字未能读取；请用 Word 打开后另存为 docx 再导入")
        for name in self._package.damaged:
            self._builder.warn(f"{name} 已损坏，其中的样式、编号或注释未能读取")
        return self._builder.document("docx")

    def _emit(self, container: etree._Element, kind: BlockKind) -> None:
        for item in self._items(container):
            if item.rows:
                self._builder.table(item.rows)
            else:
                self._builder.numbered(item.text, item.label, level=item.level, kind=kind)

    def _read_notes(self) -> None:
        notes = {
            (kind, note.get(w("id"), "")): note
            for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote"))
            for part in self._package.parts(kind)
            for note in part.iter(w(tag))
        }
        for reference in dict.fromkeys(self._notes):
            if reference in notes:
                self._emit(notes[reference], BlockKind.NOTE)

    def _read_margins(self) -> None:
        """Read page headers and footers; white letters there are spacers and no hidden text."""
        for kind in ("header", "footer"):
            for part in self._package.parts(kind):
                self._builder.margin(" ".join(_shown(item) for item in self._items(part)))

    # Blocks

    def _items(self, container: etree._Element) -> Iterator[_Item]:
        """Yield the paragraphs and tables of a body, cell, note or text box."""
        for element in self._children(container):
            if element.tag == _P:
                yield from self._paragraph(element)
            elif element.tag == _TBL:
                yield from self._table(element)
        if self._carried:
            carried, self._carried = self._carried, ""
            yield _Item(carried)

    def _children(self, container: etree._Element) -> Iterator[etree._Element]:
        """Yield block elements, with content controls and alternatives opened."""
        for element in container:
            tag = element.tag
            if tag == _SDT:
                content = element.find(_SDT_CONTENT)
                if content is not None:
                    yield from self._children(content)
            elif tag == _ALTERNATE:
                yield from self._children(_alternative(element))
            elif tag in _WRAPPERS:
                yield from self._children(element)
            else:
                yield element

    def _paragraph(self, element: etree._Element) -> Iterator[_Item]:
        properties = element.find(_PPR)
        style_id = child_value(properties, "pStyle")
        style = self._styles.paragraph(style_id)
        words = _Words(paragraph_look(properties).over(style.look).over(self._backgrounds[-1]))
        if self._carried:
            words.seen.append(self._carried)
            self._carried = ""
        self._inline(element, words)
        text = "".join(words.seen)
        self._hidden.append("".join(words.hidden))
        if _mark_deleted(properties):
            self._carried = text
        else:
            yield self._item(text, properties, style)
        for box in words.boxes:
            yield from self._box(box)

    def _item(self, text: str, properties: etree._Element | None, style: Style) -> _Item:
        label = self._label(properties, style)
        level = outline_level(properties)
        return _Item(text, label, (style.level or 0) if level is None else level)

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        """Return the automatic number of a paragraph, from its own numPr or its style's."""
        own = properties.find(w("numPr")) if properties is not None else None
        number, indent = child_value(own, "numId"), child_value(own, "ilvl")
        if number is None:
            number = style.number
            tied = self._numbering.level_of(number or "", style.numbering)
            indent = indent or (str(tied) if tied is not None else style.indent)
        if not number or number == "0":
            return ""
        return self._numbering.label(number, int(indent) if indent and indent.isdecimal() else 0)

    def _table(self, table: etree._Element) -> Iterator[_Item]:
        """Yield a table as one item, or the paragraphs of one that only lays out text."""
        style = self._styles.style(child_value(table.find(w("tblPr")), "tblStyle") or "")
        self._backgrounds.append(Look(shaded=True) if style.shaded else self._backgrounds[-1])
        rows = [[self._cell(cell) for cell in self._row(row)] for row in self._children(table) if row.tag == w("tr")]
        self._backgrounds.pop()
        texts = [[_cell_text(cell) for cell in row] for row in rows]
        if has_label_column(texts):
            for row, shown in zip(rows, texts, strict=True):
                yield from _labelled_row(row, shown)
        elif is_layout(texts):
            yield from (item for row in rows for cell in row for item in cell)
        else:
            yield _Item(rows=tuple(tuple(row) for row in texts))

    def _row(self, row: etree._Element) -> Iterator[etree._Element]:
        properties = row.find(w("trPr"))
        if properties is not None and properties.find(w("del")) is not None:
            return
        yield from (cell for cell in self._children(row) if cell.tag == w("tc"))

    def _cell(self, cell: etree._Element) -> list[_Item]:
        """Return a cell's items; one that continues a merged cell above is kept, since it is empty or holds words."""
        properties = cell.find(w("tcPr"))
        self._backgrounds.append(paragraph_look(properties).over(self._backgrounds[-1]))
        items = list(self._items(cell))
        self._backgrounds.pop()
        return items

    def _box(self, box: etree._Element) -> Iterator[_Item]:
        self._backgrounds.append(Look(shaded=True) if _is_filled(box) else self._backgrounds[-1])
        yield from list(self._items(box))
        self._backgrounds.pop()

    # Inside a paragraph

    def _inline(self, element: etree._Element, words: _Words) -> None:
        for child in element:
            tag = child.tag
            if tag == _R or tag == f"{_MATH}r":
                self._run(child, words)
            elif tag in _WRAPPERS:
                self._inline(child, words)
            elif tag == _SDT:
                content = child.find(_SDT_CONTENT)
                if content is not None:
                    self._inline(content, words)
            elif tag == _ALTERNATE:
                self._inline(_alternative(child), words)
            elif str(tag).startswith(_MATH):
                self._inline(child, words)

    def _run(self, run: etree._Element, words: _Words) -> None:
        properties = run.find(_RPR)
        look = words.look
        if properties is not None:
            own, named = run_look(properties), child_value(properties, "rStyle")
            look = own.over(self._styles.style(named).look.over(look) if named else look)
        self._run_content(run, words, words.hidden if look.hidden else words.seen)

    def _run_content(self, run: etree._Element, words: _Words, out: list[str]) -> None:
        for child in run:
            tag = child.tag
            if tag == _T or tag == f"{_MATH}t":
                out.append(child.text or "")
            elif tag in _SIGNS:
                out.append(_SIGNS[tag])
            elif tag in _NOTES:
                self._notes.append((_NOTES[tag], child.get(w("id"), "")))
                if child.get(w("customMarkFollows"), "0") not in ("0", "false"):
                    return
            elif tag in _PICTURES:
                words.boxes.extend(_text_boxes(child))
            elif tag == _ALTERNATE:
                self._run_content(_alternative(child), words, out)
            elif tag in _WRAPPERS:
                self._inline(child, words)


def _alternative(element: etree._Element) -> etree._Element:
    """Return the one branch of mc:AlternateContent to read: the choice that holds text, else the fallback."""
    choice, fallback = element.find(_CHOICE), element.find(_FALLBACK)
    if choice is not None and (fallback is None or next(choice.iter(_T, _TXBX), None) is not None):
        return choice
    return fallback if fallback is not None else element


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost text boxes of a drawing, each alternative once."""
    for child in _alternative(element) if element.tag == _ALTERNATE else element:
        if child.tag == _TXBX:
            yield child
        else:
            yield from _text_boxes(child)


def _is_filled(box: etree._Element) -> bool:
    """Tell whether the shape around a text box has a fill of its own, on which white type can be read."""
    shape = box.getparent()
    shape = shape.getparent() if shape is not None else None
    if shape is None:
        return False
    colour = shape.get("fillcolor")
    if colour is not None:
        return colour.split()[0].lower() not in ("white", "#fff", "#ffffff")
    return any(fill.tag in _DRAWING_FILLS for part in shape if str(part.tag).endswith("}spPr") for fill in part)


def _mark_deleted(properties: etree._Element | None) -> bool:
    """Tell whether the paragraph's end mark is deleted, so that the next paragraph runs on."""
    return properties is not None and any(
        properties.find(f"{_RPR}/{w(name)}") is not None for name in ("del", "moveFrom")
    )


def _cell_text(cell: Sequence[_Item]) -> str:
    """Return a cell's words; a cell of nothing but an automatic 第一条 shows that."""
    text = "\n".join(map(_shown, cell))
    return text if text.strip() else "".join(item.label for item in cell if item.label.startswith("第"))


def _labelled_row(row: Sequence[Sequence[_Item]], shown: Sequence[str]) -> Iterator[_Item]:
    """Yield a row of a table with a label column: the number and its text as one paragraph, then what follows it."""
    places = labelled(shown)
    if places is None:
        yield from (item for cell in row for item in cell)
        return
    number, text = " ".join(shown[places[0]].split()), row[places[1]]
    first = next(at for at, item in enumerate(text) if _shown(item).strip())
    yield _Item(f"{number}\u3000{_shown(text[first]).strip()}", level=text[first].level)
    yield from text[first + 1 :]


def _shown(item: _Item) -> str:
    """Return an item as it stands inside a cell."""
    if item.rows:
        return " ".join(cell for row in item.rows for cell in row)
    return item.text if is_typed(item.label, item.text) or not item.text.strip() else item.label + item.text
