"""What the service tells of texts (文本接口数据): editions, their trees, comparisons, relations."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from api.models import EditionStatus, HitOut


class EditionRow(BaseModel):
    """One edition, as `danggui list` shows it."""

    title: str = Field(examples=["示例县党务公开实施细则"])
    edition: str = Field(description="版本日期", examples=["2022-03-18"])
    status: EditionStatus
    level: str = Field(description="效力位阶", examples=["规范性文件"])
    issuer: str = Field(description="发布机关", examples=["中共示例县委"])
    effective: str = Field(description="施行日期", examples=["2022-04-01"])
    articles: int = Field(description="条数", examples=[25])
    provisions: int = Field(description="条款单元数", examples=[97])
    file: str = Field(description="入库的文件名", examples=["示例_党务公开实施细则（2022）.docx"])


class EditionRef(EditionRow):
    """One edition with its identifier."""

    id: str = Field(description="版本编号：标题@版本日期", examples=["示例县党务公开实施细则@2022-03-18"])


class RegulationOut(BaseModel):
    """A work with its editions."""

    key: str = Field(description="同一部法规各版本共有的名称")
    title: str = Field(description="最新版本的标题")
    editions: list[EditionRef] = Field(description="各版本，由早到晚")


class NodeOut(BaseModel):
    """A node of an edition's tree; its words are the text from `start` to `end`."""

    path: str = Field(description="在版本中的路径", examples=["art_5/para_1"])
    kind: str = Field(description="种类：chapter、article、paragraph、item、heading 等", examples=["article"])
    label: str = Field(description="编号，照原文", examples=["第五条"])
    heading: str = Field(description="标题文字", examples=[""])
    start: int = Field(description="起点（字符）")
    end: int = Field(description="终点，不含")
    children: list[NodeOut] = Field(description="下一级")


class EditionOut(EditionRef):
    """An edition with its facts, tree and text."""

    metadata: dict[str, Any] = Field(description="文号、通过和发布日期等")
    contents: list[NodeOut] | None = Field(description="目录和条款树")
    text: str | None = Field(description="全文")


class ChangeOut(BaseModel):
    """A stretch of two wordings: words that stayed, were taken out, put in or replaced."""

    op: Literal["equal", "delete", "insert", "replace"]
    old: str
    new: str


class MoreOut(BaseModel):
    """Further articles of either side, where articles were split or merged."""

    old: list[HitOut]
    new: list[HitOut]


class PairOut(BaseModel):
    """An article of one edition beside that of the other."""

    kind: Literal["same", "changed", "moved", "split", "merged", "new", "dropped"] = Field(
        description="未变、修改、移位、拆分、合并、新增、删去；按文字和顺序对应，不按条文序号"
    )
    state: Literal["same", "changed", "removed", "added"]
    similarity: float = Field(description="文字相似度，0 到 1")
    old: HitOut | None
    new: HitOut | None
    more: MoreOut = Field(description="拆分、合并时其余的条文")
    changes: list[ChangeOut] = Field(description="逐字的改动，只在 changed 时有")


class TakenOut(BaseModel):
    """An old article and the new one, of another origin, that took a paragraph of it over; identifiers."""

    old: str
    new: str


class DiffOut(BaseModel):
    """Two editions of a work, article beside article."""

    title: str
    old: EditionRef
    new: EditionRef
    totals: dict[str, int] = Field(description="文字未变、有改动、删去、新增的各有几处")
    kinds: dict[str, int] = Field(description="各种情形各有几处")
    articles: list[PairOut]
    taken: list[TakenOut] = Field(description="部分内容移入另一条的条文")


class TiePlaceOut(BaseModel):
    """A place of a text that ties it to another one."""

    id: str = Field(description="条款编号；由标题得知的关系是版本编号")
    label: str = Field(description="条款，如 《…》第一条")
    words: str = Field(description="引文原文")
    target: str = Field(description="所指的条款或版本的编号，没有对应时为空")


class TieOut(BaseModel):
    """A text above or below, and the places that say so."""

    kind: Literal["based_on", "implements", "repeals", "cites"] = Field(description="依据、实施、废止、引用")
    id: str
    title: str
    edition: str
    status: str
    level: str
    region: str
    in_base: bool = Field(description="正文在不在库中")
    places: list[TiePlaceOut]


class RelationsOut(BaseModel):
    """What stands above and below a work or clause."""

    id: str = Field(description="版本编号", examples=["示例县党务公开实施细则@2022-03-18"])
    title: str
    edition: str
    status: str
    level: str
    region: str
    clause: HitOut | None = Field(description="问到条款时，该条款")
    upstream: list[TieOut] = Field(description="它依据、实施、废止、引用谁")
    downstream: list[TieOut] = Field(description="谁依据、实施、废止、引用它")


class ConcernOut(BaseModel):
    """A clause that a change above it touches."""

    path: str = Field(description="条款路径", examples=["art_2"])
    label: str = Field(description="条款的引用写法")
    words: str = Field(description="所引或所沿用的文字")
    restates: bool = Field(description="是否沿用原条文的文字")
    then: str = Field(description="所指的原条款编号；指整部时为空")
    now: list[str] = Field(description="原条款现为哪些条款")
    kind: str | None = Field(description="原条款的变化，如 changed、moved、dropped；指整部时为空")


class OvertakenOut(BaseModel):
    """A text and a work above it that was changed after the text's own day."""

    id: str = Field(description="版本编号")
    title: str
    edition: str
    region: str
    level: str
    kinds: list[str] = Field(description="based_on 依据，implements 实施，cites 引用")
    upper: str = Field(description="有变的上位法规")
    change: Literal["amended", "repealed"] = Field(description="amended 已修改，repealed 已废止")
    since: str = Field(description="从哪一天或哪一年起；不知道时为空")
    then: str = Field(description="当时的版本；未入库时为空")
    now: str = Field(description="现在的版本；未入库时为空")
    listed: str = Field(description="正文未入库时，目录所载的现行文本")
    clauses: list[ConcernOut] = Field(description="涉及的条款")
