"""What the service tells trainers (教学接口数据): lessons, duties, terms."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from api.models import Day, HitOut, Topic, Words

_TITLE = "示例县党支部“三会一课”实施细则"


def _number(value: object) -> object:
    """Return the number that an address writes in digits."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


Minutes = Annotated[Literal[30, 60, 90], BeforeValidator(_number)]


class LessonIn(BaseModel):
    """What a lesson is asked on."""

    model_config = {"extra": "forbid"}

    topic: Topic = Field(description="主题：法规、章（《…》第二章）、主题词或问题", examples=[_TITLE])
    minutes: Minutes = Field(60, description="时长，按此取舍内容")
    as_of: Day | None = Field(None, description="以哪一天的效力为准，默认今天", examples=["2026-11-01"])


class DutiesIn(BaseModel):
    """Whose duties are asked for."""

    model_config = {"extra": "forbid"}

    topic: Words = Field("", description="主题：法规、章或主题词；与 organ 至少写一个", examples=[""])
    organ: Words = Field("", description="只要这一主体的，如 党支部、党委（党组）、纪委", examples=["党支部"])
    region: Words = Field("", description="地方文件只取这一地域的", examples=[""])
    periodic: bool = Field(False, description="只要定期履行的，按周期排列")
    as_of: Day | None = Field(None, description="以哪一天的效力为准，默认今天", examples=["2026-11-01"])


class GlossaryIn(BaseModel):
    """Which terms are asked for."""

    model_config = {"extra": "forbid"}

    topic: Words = Field("", description="主题；不写时列全库的", examples=[_TITLE])
    short_names: bool = Field(False, description="连同条文里的简称（以下简称……）")
    as_of: Day | None = Field(None, description="以哪一天的效力为准，默认今天", examples=["2026-11-01"])


class LineOut(BaseModel):
    """A line of a lesson."""

    text: str = Field(description="条文，前后可有固定用语")
    citation: HitOut | None = Field(description="所据条款")


class SectionOut(BaseModel):
    """A part of a lesson."""

    heading: str = Field(examples=["为什么学"])
    minutes: int = Field(description="计划用时，不占课时的为 0", examples=[7])
    lines: list[LineOut]


class SetDutyOut(BaseModel):
    """Who must, may or must not do what; all words are the clause's."""

    subject: str = Field(description="主体；条文没有写明时为“未写明”", examples=["党支部"])
    mode: Literal["应当", "不得", "可以"] = Field(description="性质")
    modal: str = Field(description="条文用语，直述时为空", examples=["应当"])
    condition: str = Field(description="前提，没有时为空")
    act: str = Field(description="行为")
    when: str = Field(description="频次、期限的原文", examples=["每季度至少安排1次"])
    period: str = Field(description="周期：每月、每季度、每半年、每年、每届、定期等，没有时为空", examples=["每季度"])
    citation: HitOut = Field(description="所据条款，引文是规定它的句子")


class LessonOut(BaseModel):
    """The outline of a lesson."""

    title: str = Field(description="法规或主题", examples=[f"《{_TITLE}》"])
    as_of: str = Field(examples=["2026-11-01"])
    minutes: int
    sections: list[SectionOut] = Field(description="各部分；库中没有内容的不列")
    duties: list[SetDutyOut] = Field(description="职责表")


class DutiesOut(BaseModel):
    """The duties of a topic or an organ."""

    topic: str
    organ: str
    as_of: str = Field(examples=["2026-11-01"])
    duties: list[SetDutyOut]


class TermOut(BaseModel):
    """A term and what it means."""

    kind: Literal["definition", "short_name", "formulation"] = Field(description="定义、简称、数字简称")
    term: str = Field(examples=["三会一课"])
    definition: str = Field(description="定义；数字简称在库中和表述表中都没有解释时为空")
    origin: str = Field(description="数字简称的出处；由条款定义的为空")
    citation: HitOut = Field(description="定义它或用到它的条款")


class GlossaryOut(BaseModel):
    """The terms of a topic or of the whole base."""

    topic: str
    as_of: str = Field(examples=["2026-11-01"])
    terms: list[TermOut]
