"""Reading web pages: the main text in reading order, without navigation and without what is out of sight (网页)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from lxml import html as lxml_html

from ingest.document import Document
from ingest.readers.builder import DocumentBuilder
from ingest.readers.encoding import Decoded, decode
from ingest.readers.html_lists import Counter, marker
from ingest.readers.html_main import Line, is_boilerplate, is_furniture, main_element, title_lines
from ingest.readers.html_style import is_hidden, is_shaded, styles
from ingest.readers.lines import is_numbered
from ingest.readers.tables import has_label_column, is_layout, labelled
from ingest.readers.xml import DamagedError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_END_OF_PAGE = re.compile(r"</(?:body|html)\s{0,20}>", re.IGNORECASE)  # the parser drops what follows a premature one
_CURE = "请在浏览器中打开，把正文粘贴到 Word 中另存为 docx"
_HEAD = 4096  # bytes in which a page names its encoding
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NEVER_SHOWN = frozenset(
    {"head", "title", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas"}
    | {"select", "option", "button", "textarea", "datalist", "audio", "video", "map", "rt", "rp"}
)
_FURNITURE = frozenset({"nav", "header", "footer", "aside"})
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "basefont", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font"}
    | {"i", "img", "input", "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "rb", "ruby", "s", "samp", "small"}
    | {"span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_ARTICLE = re.compile(r"\s*第[一二三四五六七八九十百千〇零\d]{1,9}条")


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element inherits."""

    block: etree._Element
    level: int = 0
    link: bool = False
    shaded: bool = False
    preformatted: bool = False


def read_html(data: bytes) -> Document:
    """Return the main text of a page; raises DamagedError when the bytes are no text or hold none."""
    match = _CHARSET.search(data[:_HEAD].replace(b"\x00", b""))
    decoded = decode(data, match[1].decode("ascii", "ignore") if match else "")
    body = _parse(decoded.text)
    walker = _Walker(body)
    lines = walker.lines()
    main = main_element(lines, body)
    inside = set(main.iter())
    kept = [line for line in lines if line.block in inside and not is_boilerplate(line)]
    builder = DocumentBuilder()
    _lay(title_lines(lines, main, inside, _page_title(body)) + kept, builder)
    for element, text in walker.hidden:
        if element in inside:
            builder.hide(text)
    _warn(decoded, builder)
    return builder.document("html")


def _lay(lines: list[Line], builder: DocumentBuilder) -> None:
    for line in lines:
        if line.rows:
            builder.table(line.rows)
        else:
            builder.numbered(line.text, line.label, level=line.level)


def _warn(decoded: Decoded, builder: DocumentBuilder) -> None:
    if decoded.lost:
        builder.warn(f"有 {decoded.lost} 个字符无法按 {decoded.encoding} 解码，已用 � 代替")


def _parse(text: str) -> etree._Element:
    """Return the root of a page; raises DamagedError for one without an element."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    source = _END_OF_PAGE.sub("", _XML_DECLARATION.sub("", text.replace("\x00", ""), count=1))
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise DamagedError(f"网页里没有可读的内容；{_CURE}") from error
    if root is None:
        raise DamagedError(f"网页里没有可读的内容；{_CURE}")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise DamagedError(f"网页嵌套过深，读不完整；{_CURE}")
    return root


def _page_title(root: etree._Element) -> str:
    title = root.find(".//title")
    return "".join(title.itertext()) if title is not None else ""


class _Walker:
    """Walks a page once and breaks it into lines, as a browser lays them out."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._with_articles = _ancestors_of_articles(root)
        self._parts: list[str] = []
        self._link_length = 0
        self._label = ""
        self._counters: dict[etree._Element, Counter] = {}
        self._lines: list[Line] = []
        self.hidden: list[tuple[etree._Element, str]] = []

    def lines(self) -> list[Line]:
        """Return all lines of the page in reading order."""
        self._walk(self._root, _Context(self._root))
        return self._lines

    def _walk(self, root: etree._Element, context: _Context) -> None:
        """Visit the elements below `root` without recursion, since sloppy pages nest thousands deep."""
        stack = [context]
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                inner = self._enter(element, stack[-1])
                stack.append(inner or stack[-1])
                if inner is None:
                    walk.skip_subtree()
                else:
                    self._text(element.text, inner)
            else:
                inner = stack.pop()
                if inner.block is element:
                    self._flush(inner)
                if element is not root:
                    self._text(element.tail, stack[-1])
        self._flush(context)

    def _enter(self, element: etree._Element, context: _Context) -> _Context | None:
        """Return what the element's content inherits, None when it has been dealt with or is left out."""
        tag = element.tag
        if not isinstance(tag, str) or self._is_skipped(element, tag):
            return None
        declared = styles(element)
        shaded = context.shaded or is_shaded(element, declared)
        if is_hidden(element, declared, shaded):
            self.hidden.append((context.block, " ".join(element.itertext())))
            return None
        if tag in _INLINE:
            return replace(context, shaded=shaded, link=context.link or tag == "a")
        self._flush(context)
        if tag == "li":
            self._label = self._marker(element)
        if tag == "table" and element.find(".//table") is None:
            self._table(element, replace(context, block=element, shaded=shaded))
            return None
        level = _HEADINGS.get(tag, context.level)
        return _Context(element, level, context.link, shaded, context.preformatted or tag == "pre")

    def _is_skipped(self, element: etree._Element, tag: str) -> bool:
        """Tell whether an element is left out: never shown, or furniture that holds no article."""
        if tag in _NEVER_SHOWN:
            return True
        return (tag in _FURNITURE or is_furniture(element)) and element not in self._with_articles

    def _marker(self, item: etree._Element) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        counter = self._counters.get(parent) or self._counters.setdefault(parent, Counter(parent))
        return marker(counter, item)

    def _text(self, text: str | None, context: _Context) -> None:
        if not text:
            return
        first, *rest = text.split("\n") if context.preformatted else [text]
        self._parts.append(first)
        for line in rest:
            self._flush(context)
            self._parts.append(line)
        if context.link:
            self._link_length += len(text.strip())

    def _flush(self, context: _Context) -> None:
        """End the line in hand."""
        text = _collapsed("".join(self._parts))
        if text.strip():
            label = "" if is_numbered(text) else self._label
            self._lines.append(Line(text, context.block, context.level, label, self._link_length))
            self._label = ""
        self._parts.clear()
        self._link_length = 0

    def _table(self, table: etree._Element, context: _Context) -> None:
        """Read a table of data as one line of rows, any other as the text it places."""
        for caption in table.iterchildren("caption"):
            self._lines.extend(self._cell(caption, context))
        rows = [[self._cell(cell, context) for cell in _cells(row)] for row in table.iter("tr")]
        lines = [line for row in rows for cell in row for line in cell]
        texts = tuple(tuple("\n".join(line.text for line in cell) for cell in row) for row in rows)
        if has_label_column(texts):
            for row, shown in zip(rows, texts, strict=True):
                self._lines.extend(_labelled_row(row, shown))
        elif is_layout(texts):
            self._lines.extend(lines)
        elif lines:
            text, links = "".join(line.text for line in lines), sum(line.link_length for line in lines)
            self._lines.append(Line(text, table, link_length=links, rows=texts))

    def _cell(self, cell: etree._Element, context: _Context) -> list[Line]:
        """Return the lines of one cell."""
        outer, self._lines = self._lines, []
        self._walk(cell, context)
        lines, self._lines = self._lines, outer
        return lines


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _labelled_row(row: Sequence[Sequence[Line]], shown: Sequence[str]) -> Iterator[Line]:
    """Yield a row of a table with a label column: the number and its text as one line, then what follows it."""
    places = labelled(shown)
    if places is None:
        yield from (line for cell in row for line in cell)
        return
    number, (first, *rest) = " ".join(shown[places[0]].split()), row[places[1]]
    yield replace(first, text=f"{number}\u3000{first.label}{first.text.strip()}", label="")
    yield from rest


def _collapsed(text: str) -> str:
    """Return the text with white space as a browser shows it, and none where the source only broke a Chinese line."""
    return _WHITE_SPACE.sub(_space, text)


def _space(match: re.Match[str]) -> str:
    before, after = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    broken = "\n" in match[0] and before > "\u2e7f" and after > "\u2e7f"
    return "" if broken else " "


def _ancestors_of_articles(root: etree._Element) -> set[etree._Element]:
    """Return every element that holds a 第X条 at the start of a text, so that no clause goes with the furniture."""
    found: set[etree._Element] = set()
    for element in root.iter():
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if text and _ARTICLE.match(text):
                while holder is not None and holder not in found:
                    found.add(holder)
                    holder = holder.getparent()
    return found
