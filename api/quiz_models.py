"""What the service takes and tells of quizzes and question banks (试题接口数据)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.models import Day, HitOut, Topic

MOST_ITEMS = 500  # of a quiz

QuizKindName = Literal["single", "multi", "judge", "fill", "short"]


class QuizIn(BaseModel):
    """A quiz to be made."""

    model_config = ConfigDict(extra="forbid")

    topic: Topic = Field(
        description="法规（可用简称）、它的一章或一条，或一个主题", examples=["示例县党支部“三会一课”实施细则"]
    )
    count: int = Field(20, ge=1, le=MOST_ITEMS, description="至多出几题")
    kinds: list[QuizKindName] = Field(
        ["single", "multi", "judge", "fill", "short"],
        min_length=1,
        max_length=5,
        description="题型：单选、多选、判断、填空、简答",
    )
    seed: int = Field(0, ge=-(2**53), le=2**53, description="随机种子；同一种子出同样的题")
    as_of: Day | None = Field(None, description="以哪一天的效力为准，默认今天", examples=["2026-11-01"])


class QuizItemOut(BaseModel):
    """An item with its key and the clause that says it."""

    kind: QuizKindName
    difficulty: Literal["easy", "medium", "hard"] = Field(description="难度")
    stem: str = Field(description="题干")
    options: dict[str, str] = Field(description="选项，按字母；没有选项的题为空")
    key: str = Field(description="答案：选项字母，正确或错误，或条文的文字", examples=["每季度"])
    clause: HitOut = Field(description="所据条款")
    span: list[int] = Field(description="答案在版本全文中的起点和终点（字符）")
    words: str = Field(description="起点到终点的文字；判断题是决定对错的文字，多选题是所列各项", examples=["每季度"])


class QuizOut(BaseModel):
    """A quiz; the same JSON as danggui quiz --json."""

    topic: str = Field(description="法规标题，或所给的主题")
    as_of: str = Field(description="以哪一天的效力为准", examples=["2026-11-01"])
    seed: int
    items: list[QuizItemOut] = Field(description="试题，按题型")


class QuizFindingOut(BaseModel):
    """An item of a question bank and what was found of its key."""

    number: int = Field(description="第几题，从 1 数起")
    id: str = Field(description="题库里的题号")
    place: str = Field(description="在文件里的位置", examples=["工作表“党章”第 3 行"])
    kind: QuizKindName
    stem: str = Field(description="题干")
    options: dict[str, str] = Field(description="选项")
    key: str = Field(description="题库的答案")
    state: Literal["ok", "wrong", "outdated", "no_basis"] = Field(description="有据、与条文不符、只合旧版、未找到依据")
    says: str = Field(description="条文支持的答案；不能判定则为空")
    why: str = Field(description="理由")
    clause: HitOut | None = Field(description="所据的条文")
    now: HitOut | None = Field(description="所据条文不再适用时，现行的条文")


class QuizCheckOut(BaseModel):
    """A question bank held against the clauses."""

    columns: list[str] = Field(description="各列认作什么")
    items: int = Field(description="核对了多少题")
    unread: list[str] = Field(description="未核对的行和原因")
    counts: dict[str, int] = Field(description="各种结论的题数")
    findings: list[QuizFindingOut] = Field(description="逐题的结论，按题库的顺序")
