"""What a regulation is: work, edition, provision tree (规范、版本、条款).

An edition's clean text is tiled by its provision tree: children stand in order and touch each other, the last
child ends where its parent ends, and what a node says before its first child is its *lead* (导语; for an article
with several 款 that is the label 第六条 and its space). `Edition.leaf_spans` walks leads and leaves, and their
concatenation is the text, character for character.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of provision; the native term stands beside each."""

    TITLE = "title"  # 标题
    HEADER = "header"  # 题注: adoption and issue notes under the title, 文号, addressee
    CONTENTS = "contents"  # 目录
    PREAMBLE = "preamble"  # 序言 and any text before the first numbered unit
    PART = "part"  # 编
    SUBPART = "subpart"  # 分编
    CHAPTER = "chapter"  # 章
    SECTION = "section"  # 节
    ARTICLE = "article"  # 条
    PARAGRAPH = "paragraph"  # 款, or a paragraph of a text without articles
    ITEM = "item"  # 项 （一）
    SUBITEM = "subitem"  # 目 1.
    HEADING = "heading"  # 一、 / （一） / 1. / （1） / 一是 of texts without articles
    ANNEX = "annex"  # 附件
    TABLE = "table"  # 表
    NOTE = "note"  # 脚注、尾注
    SIGNATURE = "signature"  # 落款


DIVISIONS = frozenset({Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION})


@dataclass(frozen=True, slots=True)
class Provision:
    """One node of an edition's tree (条款), addressed by `path`.

    `path` is the whole address inside the edition, such as ``art_7/para_1/item_3`` or ``h_2/h_3/para_2``. An
    article of one 款 has no para level (``art_6/item_3``), as people cite it: 第六条第（三）项.
    `label` is the number as written (第六条, （三）, 一是) or empty; `heading` the title text behind the label of
    a division, heading or annex. `start` and `end` are half-open character offsets into the edition's clean text
    and do not take part in equality.
    """

    kind: Kind
    path: str
    number: int | None = None
    branch: int = 0  # 之一 -> 1
    label: str = ""
    heading: str = ""
    children: tuple[Provision, ...] = ()
    start: int = field(default=-1, compare=False)
    end: int = field(default=-1, compare=False)

    def walk(self) -> Iterator[Provision]:
        """Yield this node and all below it in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def lead_end(self) -> int:
        """The offset where the node's own words end and its first child begins."""
        return self.children[0].start if self.children else self.end


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about an edition; every date is ISO and may be cut to year or month, "" means unknown (不详)."""

    issuer: str = ""  # 发布机关
    number: str = ""  # 文号
    adopted: str = ""  # 通过
    issued: str = ""  # 发布、印发
    effective: str = ""  # 施行
    repealed: str = ""  # 废止
    expires: str = ""  # 有效期至, the last day
    level: str = ""  # 效力位阶: 党章 准则 条例 规则 规定 办法 细则, 宪法 法律 行政法规 …, 规范性文件, 其他
    region: str = ""  # 地域, "" for central texts
    trial: bool = False  # 试行、暂行
    lapses: bool = False  # 期满自动失效, not only 有效期至
    validity: str = ""  # what a manifest says: "current", "superseded", "repealed", "unverified" or ""
    successor: str = ""  # the later edition or work named by a manifest, as written
    repeals: tuple[str, ...] = ()  # titles that this text repeals (同时废止)
    licence: str = ""  # licence or provenance note of the source


@dataclass(frozen=True, slots=True)
class Source:
    """Where an edition's bytes came from; `ingested` is an ISO time in UTC."""

    file: str
    sha256: str
    kind: str  # the reader that took it: docx, pdf, html, txt, md
    ingested: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation found in an edition (引用): `words` at [start, end) in the text of provision `path`'s edition.

    `target` is a provision or edition id when resolved, else "" with the `reason` why it is not. `citation` is the
    canonical form of a citation of another text, 《…》第七条, by which it is resolved once that text is stored.
    """

    path: str
    start: int
    end: int
    words: str
    target: str = ""
    reason: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """The text of a regulation as adopted or revised on a date (版本); immutable.

    `title` is the edition's own title (with 试行), `date` the ISO day, month or year that names the edition
    (issue, else adoption, else entry into force, else 不详).
    """

    title: str
    date: str
    text: str
    provisions: tuple[Provision, ...]
    metadata: Metadata = Metadata()
    source: Source = Source("", "", "")
    references: tuple[Reference, ...] = ()

    @property
    def id(self) -> str:
        """The edition's identifier, ``<title>@<date>``."""
        return f"{self.title}@{self.date}"

    def walk(self) -> Iterator[Provision]:
        """Yield every provision in document order."""
        for provision in self.provisions:
            yield from provision.walk()

    def slice(self, provision: Provision) -> str:
        """Return the provision's words: an exact slice of the clean text."""
        return self.text[provision.start : provision.end]

    def leaf_spans(self) -> Iterator[tuple[int, int]]:
        """Yield the half-open spans of leads and leaves; joined they give the text back."""
        for provision in self.walk():
            if provision.lead_end > provision.start:
                yield provision.start, provision.lead_end
