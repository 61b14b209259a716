"""What goes in and out of the service (接口数据): the shapes of the command line's JSON, with examples.

Requests are checked by these models; responses are made by the house's own values and only described by them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

LONGEST_QUESTION = 4000  # characters
MOST_HITS = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CLAUSE = "示例县党支部“三会一课”实施细则@2023-05-12/art_11"


def _day(value: object) -> object:
    """Return an ISO day as it is; pydantic alone would take numbers and times for days as well."""
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("不是日期，请写成 2017-05-01 这样")


Day = Annotated[date, BeforeValidator(_day)]
Words = Annotated[str, StringConstraints(max_length=200)]
Topic = Annotated[str, StringConstraints(min_length=1, max_length=200)]
QuestionText = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUESTION)]
EditionStatus = Literal["in_force", "not_yet_in_force", "superseded", "repealed", "unknown"]


class Filters(BaseModel):
    """Which editions may be found."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day | None = Field(None, description="以哪一天的效力为准，默认今天", examples=["2026-11-01"])
    all_editions: bool = Field(False, description="不论效力，所有版本都找")
    level: Words = Field("", description="只找这一位阶", examples=["", "条例"])
    region: Words = Field("", description="只找这一地域", examples=["", "示例县"])
    title: Words = Field("", description="只找这一部，可用简称", examples=[""])


class AskIn(Filters):
    """A question."""

    question: QuestionText = Field(description="问题，用平常的话", examples=["支部的党课多长时间要上一次？"])
    conversation: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{0,64}$")] = Field(
        "", description="会话编号，自定；追问（那预备党员呢？）据同一会话的上一问来理解", examples=[""]
    )
    llm: bool | None = Field(None, description="用不用语言模型，默认设置了就用；没有设置而要用是错误", examples=[None])


class SearchIn(Filters):
    """A search."""

    q: QuestionText = Field(description="问题或词语", examples=["谈心谈话"])
    k: int = Field(10, ge=1, le=MOST_HITS, description="给出几条")


class HitOut(BaseModel):
    """A provision as it is shown; `quote` is the stored text from `start` to `end`."""

    id: str = Field(description="条款编号：标题@版本日期/路径", examples=[_CLAUSE])
    title: str = Field(description="法规标题", examples=["示例县党支部“三会一课”实施细则"])
    edition: str = Field(description="版本日期，可只到年月，或为“不详”", examples=["2023-05-12"])
    status: EditionStatus = Field(description="这一版本在所问日期的效力")
    label: str = Field(description="引用时的写法", examples=["《示例县党支部“三会一课”实施细则》第十一条"])
    article: str | None = Field(description="所在的条", examples=["第十一条"])
    headings: list[str] = Field(description="所在的编、章、节或各级标题", examples=[["第三章 党课"]])
    text: str = Field(description="整个条款")
    quote: str = Field(description="引文，原文中的一段，一字不差", examples=["党支部每季度至少安排1次党课"])
    start: int = Field(description="引文在版本全文中的起点（字符）", examples=[812])
    end: int = Field(description="引文的终点，不含", examples=[840])
    score: float = Field(description="检索得分，越高越好；不经检索的为 0", examples=[0.83])


CitationState = Literal["ok", "not_found", "repealed", "not_yet_in_force", "superseded", "text_mismatch", "not_checked"]


class CitedOut(HitOut):
    """A provision that an answer rests on."""

    state: CitationState = Field(description="引文是否属实：ok 属实，其余见“核对引文”")
    marks: list[list[int]] = Field([], description="引文中直接回答问题的文字：各段的起点和终点，从引文开头数起")


class AnswerOut(BaseModel):
    """An answer and the clauses it rests on."""

    model_config = ConfigDict(extra="allow")

    question: str = Field(description="所问", examples=["支部的党课多长时间要上一次？"])
    as_of: str = Field(description="以哪一天的效力为准", examples=["2026-11-01"])
    status: Literal["answered", "partial", "no_basis"] = Field(description="已回答、部分回答、没有找到依据")
    answer: str = Field(description="答案，第一行直接回答", examples=["党支部每季度至少安排1次党课"])
    citations: list[CitedOut] = Field(description="所依据的条款")
    notes: list[str] = Field(description="说明")


class CitationIn(BaseModel):
    """A citation to be verified."""

    model_config = ConfigDict(extra="forbid")

    citation: Annotated[str, StringConstraints(min_length=1, max_length=300)] = Field(
        description="引文，写法不拘", examples=["《示例县党务公开实施细则》第五条第一款"]
    )
    quote: Annotated[str, StringConstraints(max_length=2000)] = Field(
        "", description="所引的原文", examples=["县委统一领导全县党务公开工作"]
    )
    as_of: Day | None = Field(None, description="以哪一天的效力为准，默认今天", examples=["2026-11-01"])


class CatalogueEntryOut(BaseModel):
    """What the catalogue knows of an edition."""

    title: str
    edition: str = Field(description="版本日期", examples=["2020-09-30"])
    short_titles: list[str] = Field(description="简称")
    level: str = Field(description="效力位阶")
    issuer: str = Field(description="发布机关")
    number: str = Field(description="文号")
    adopted: str = Field(description="通过日期，不知道时为空")
    issued: str = Field(description="公布日期，不知道时为空")
    effective: str = Field(description="施行日期，不知道时为空")
    status: EditionStatus
    superseded_by: str = Field(description="后来的文本")
    repeals: list[str] = Field(description="所废止的文件")
    articles: int | None = Field(description="条数，不知道时为 null，不分条为 0")
    domain: str = Field(description="类别")
    url: str = Field(description="官方页面")
    source: str = Field(description="出处")
    confidence: Literal["read", "derived", "memory"] = Field(description="可信程度：见于资料、推算、仅知其名")
    own: bool = Field(description="是否出自用户自己的目录")


class CataloguedEdition(CatalogueEntryOut):
    """An edition of the catalogue, and whether its text is in the base."""

    stored: bool = Field(description="正文是否已入库")


class CatalogueOut(BaseModel):
    """A work of the catalogue, as `danggui catalogue` shows it."""

    title: str
    short_titles: list[str] = Field(description="简称")
    level: str = Field(description="效力位阶")
    stored: bool = Field(description="库中是否有它的任一版本")
    editions: list[CataloguedEdition]


class DateIn(BaseModel):
    """A date settled by a human's word."""

    model_config = ConfigDict(extra="forbid")

    field: Literal["adopted", "issued", "effective", "superseded", "repealed", "expires"] = Field(
        description="通过、公布、施行、被修订或取代、废止、有效期至", examples=["effective"]
    )
    value: Annotated[str, StringConstraints(max_length=10)] | None = Field(
        description="日期，如 2022-04-01；不知道写“不详”，没有废止写“无”；null 是撤回以前确认的",
        examples=["2022-04-01"],
    )
    by: Annotated[str, StringConstraints(min_length=1, max_length=100)] = Field(
        description="由谁确认", examples=["县委办法规科"]
    )
    note: Words = Field("", description="依据", examples=["见印发通知"])


class DateOut(BaseModel):
    """One statement on a date of an edition."""

    field: Literal["adopted", "issued", "effective", "superseded", "repealed", "expires"]
    label: str = Field(description="中文名称", examples=["施行"])
    value: str = Field(description="日期，可只到月或年；起止之间写作 2019-01-01/2019-12-31；不知道为空")
    source: Literal["human", "text", "manifest", "later_text", "catalogue", ""] = Field(
        description="出处：人工确认、正文、清单、后来的文本、目录；没有记载为空"
    )
    words: str = Field(description="所据的文字，或确认人和说明")
    counts: bool = Field(description="是否采用；被更可靠的出处取代的为 false")


class ClauseDateOut(BaseModel):
    """A clause that a later text repeals or suspends."""

    path: str
    label: str
    state: Literal["repealed", "suspended"]
    value: str = Field(description="自哪一天起，不知道为空")
    by: str = Field(description="作出规定的版本")
    words: str = Field(description="规定的原文")


class EditionDatesOut(BaseModel):
    """The dates of an edition with their sources."""

    id: str
    title: str
    edition: str
    status: EditionStatus
    stored: bool = Field(description="正文是否已入库")
    successor: str = Field(description="后来的文本")
    dates: list[DateOut]
    clauses: list[ClauseDateOut] = Field(description="被后来的文本单独废止或暂停的条款")


class VerificationOut(BaseModel):
    """Whether a citation stands, and what there is instead."""

    citation: str = Field(description="所核对的引文")
    state: CitationState = Field(
        description="ok 属实，not_found 条款不存在，repealed 已废止，not_yet_in_force 尚未施行，"
        "superseded 已被取代，text_mismatch 引文与原文不符，not_checked 未能核对（视为不属实）"
    )
    message: str = Field(description="理由")
    hit: HitOut | None = Field(description="所引的条款")
    range: str = Field(description="条款不存在时，实有的条款、版本或标题")
    successor: HitOut | None = Field(description="取代它的条款")
    diff: list[tuple[str, str, str]] = Field(description="逐字的差别：操作、原文、所引")
    elsewhere: list[HitOut] = Field(description="所引文字真正的出处")
    catalogue: CatalogueEntryOut | None = Field(description="正文未入库时，目录所载的情况")


class PlaceOut(BaseModel):
    """Words of a checked document."""

    paragraph: int = Field(description="第几个非空段落，从 0 数起")
    start: int = Field(description="段内起始字符")
    end: int = Field(description="段内结束字符（不含）")
    words: str = Field(description="所涉文字")


class FindingOut(PlaceOut):
    """One finding of a check."""

    kind: str = Field(
        description="citation 引用，quotation 引文，parameter 数字期限，basis 依据，coverage 覆盖，"
        "structure 体例，wording 表述"
    )
    state: str = Field(
        description="所发现的情况，如 not_found、superseded、text_mismatch、conflict、missing、incomplete"
    )
    severity: str = Field(description="error 错误，warning 应当核对，note 提示")
    also: list[PlaceOut] = Field(description="同样的问题还在何处")
    clause: HitOut | None = Field(description="所据条款")
    message: str = Field(description="理由")
    suggestion: str = Field(description="建议；不代改数字")


class ReviewedCitationOut(PlaceOut):
    """A citation of a checked document, with its one state."""

    state: str = Field(description="唯一的核对结果")
    id: str | None = Field(description="所指的条款或版本")


class DutyOut(BaseModel):
    """A duty of the work that a measure implements, and the measure's counterpart."""

    clause: HitOut = Field(description="上位规定的义务")
    paragraph: int | None = Field(description="对应条款的段落；没有则为空")
    words: str = Field(description="对应条款")
    share: float = Field(description="相同文字的比例")


class ReviewOut(BaseModel):
    """A checked document."""

    document: str = Field(description="文件名")
    findings: list[FindingOut] = Field(description="意见，重要的在前")
    citations: list[ReviewedCitationOut] = Field(description="全部引用，按先后")
    matrix: list[DutyOut] = Field(default=[], description="覆盖表；文件实施某部法规时才有")


class DocumentOut(BaseModel):
    """A stored edition and the file it came from."""

    id: str = Field(description="版本编号", examples=["示例县党务公开实施细则@2022-03-18"])
    title: str
    edition: str
    file: str = Field(examples=["示例_党务公开实施细则（2022）.docx"])
    kind: str = Field(description="docx、pdf、html、txt 或 md", examples=["docx"])
    sha256: str
    ingested: str = Field(description="入库时间（UTC）")


class JobOut(BaseModel):
    """A change of the base under way or over."""

    id: str = Field(examples=["5f0c6a1e9b7d4c32"])
    kind: Literal["ingest", "remove"]
    what: list[str] = Field(description="文件名，或要移除的版本")
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    step: str = Field(description="正在做什么", examples=["解析入库"])
    done: int = Field(description="这一步做了多少")
    total: int = Field(description="这一步共有多少")
    report: dict[str, Any] | None = Field(description="入库报告，同 danggui ingest --json；或被移除的版本")
    error: str = Field(description="失败的原因")
    created: str
    finished: str


class HealthOut(BaseModel):
    """The process is alive."""

    status: Literal["ok"]


class ReadyOut(BaseModel):
    """Questions can be answered."""

    status: Literal["ready"]
    editions: int = Field(description="库中版本数")
    generation: str = Field(description="检索索引的代号")
