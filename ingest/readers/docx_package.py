"""A docx as its parts: document, styles, numbering, notes, headers, found by their relations (OPC 包)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from ingest.readers.xml import Archive, DamagedError, parse_xml

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return f"{{{WORD}}}{name}"


VAL = w("val")


def child_value(element: etree._Element | None, name: str) -> str | None:
    """Return the w:val of the child `name`, "" where it has none, None without the child."""
    child = element.find(w(name)) if element is not None else None
    return None if child is None else child.get(VAL, "")


class Package:
    """The parts of one docx; parts beside the document itself may be absent or damaged."""

    def __init__(self, archive: Archive) -> None:
        """Find the main document; raises DamagedError without a readable one."""
        self._archive = archive
        self.damaged: list[str] = []
        main = next(self._targets("", "officeDocument"), "word/document.xml")
        self.document = self._xml(main if main in archive else "word/document.xml")
        self._relations = self._relation_table(main)

    def part(self, kind: str) -> etree._Element | None:
        """Return the first part that the document names by the relation `kind` (styles, numbering, footnotes …)."""
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[etree._Element]:
        """Yield the parts of a relation `kind`; a damaged one is noted in `damaged` and left out."""
        for relation, target in self._relations:
            if relation != kind or target not in self._archive:
                continue
            try:
                yield self._xml(target)
            except DamagedError:
                self.damaged.append(target)

    def _xml(self, name: str) -> etree._Element:
        data = self._archive.read(name)
        return parse_xml(data.replace(_STRICT, WORD.encode()), name)

    def _targets(self, source: str, kind: str) -> Iterator[str]:
        return (target for relation, target in self._relation_table(source) if relation == kind)

    def _relation_table(self, source: str) -> list[tuple[str, str]]:
        """Return (kind, part name) of every relation of the part `source`, "" being the package."""
        folder, name = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._archive:
            return []
        try:
            root = self._archive.xml(path)
        except DamagedError:
            self.damaged.append(path)
            return []
        return [
            (relation.get("Type", "").rpartition("/")[2], posixpath.normpath(_absolute(folder, relation)))
            for relation in root.iter(_RELATION)
            if relation.get("TargetMode") != "External"
        ]


def _absolute(folder: str, relation: etree._Element) -> str:
    target = relation.get("Target", "")
    return target.removeprefix("/") if target.startswith("/") else posixpath.join(folder, target)
