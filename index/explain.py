"""Why a provision ranks where it does (排序说明): the features that moved its score most, in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from index.cues import KINDS, SIGNS
from index.features import Evidence
from index.rerank import Ranker

_SHOWN = 6  # features shown per hit
_ANALYSERS = {"words": "词语", "bigrams": "双字", "characters": "单字"}
_OF_ANALYSER = {
    "score": "词面得分",
    "relative": "词面得分（与最高者相比）",
    "covered": "问题用语的覆盖",
    "missed": "未出现的最少见用语",
    "rarest": "出现的最少见用语",
}
_KINDS = dict(
    zip(
        KINDS,
        (
            "目的",
            "依据",
            "适用范围",
            "定义",
            "施行",
            "处罚",
            "数量期限",
            "主体",
            "条件",
            "是否",
            "办法",
            "列举",
            "职责",
        ),
        strict=True,
    )
)
LABELS = {
    **{f"{key}_{part}": f"{name}：{label}" for key, name in _ANALYSERS.items() for part, label in _OF_ANALYSER.items()},
    **{f"holds_{sign}": f"条文含“{sign}”" for sign in SIGNS},
    **{f"asks_{kind}": f"问的是{name}" for kind, name in _KINDS.items()},
    "run_share": "与问题连续相同的字（占比）",
    "run": "与问题连续相同的字",
    "asked_in_title": "问题用语见于标题",
    "asked_in_headings": "问题用语见于章节名",
    "rest_covered": "标题以外的问题用语的覆盖",
    "rest": "标题以外的问题用语",
    "lexical": "词面总分（与最高者相比）",
    "title_named": "问题点名了这部法规",
    "title_share": "标题用语见于问题",
    "title_relative": "标题用语见于问题（与最高者相比）",
    "headings_share": "章节名用语见于问题",
    "lexical_rank": "词面名次",
    "second": "词面第二名的得分",
    "title_best": "同一法规的最高词面分",
    "title_sum": "同一法规的词面总分",
    "title_candidates": "同一法规的候选条文数",
    "within_title": "词面得分与同一法规的最高者相比",
    "rank_in_title": "在同一法规内的词面名次",
    "within_article": "词面得分与同条的最高者相比",
    "neighbours": "前后条文的词面得分",
    "position": "在全文中的位置",
    "from_start": "距开头的条数",
    "from_end": "距结尾的条数",
    "edition_size": "全文条数",
    "length": "条文长度",
    "cosine": "语义相似度（与最高者相比）",
    "cosine_gap": "语义相似度与最高者的差距",
    "cosine_above": "语义相似度高出候选平均",
    "cosine_rank": "语义名次",
    "title_cosine": "同一法规的最高语义相似度",
    "cosine_within_title": "语义相似度与同一法规的最高者的差距",
    "cosine_rank_in_title": "在同一法规内的语义名次",
    "fused": "词面与语义合计",
    "fused_rank": "词面与语义合计的名次",
    "fused_neighbours": "前后条文的合计得分",
    "asked_length": "问题长度",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A feature: its name, its Chinese name, its value, and what it adds to the log-odds of the score."""

    name: str
    label: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons of one hit, the strongest first; `others` is what all further features add together."""

    row: int
    reasons: tuple[Reason, ...]
    others: float

    def to_json(self) -> dict[str, object]:
        """Return the explanation as the command line prints it."""
        return {"reasons": [asdict(reason) for reason in self.reasons], "others": self.others}

    def lines(self) -> list[str]:
        """Return the explanation as lines of text."""
        shown = [f"{reason.adds:+.2f}  {reason.label}：{reason.value:.2f}" for reason in self.reasons]
        return [*shown, f"{self.others:+.2f}  其余各项"]


def explain(ranker: Ranker, found: Evidence, place: int) -> Explanation:
    """Return what moved the score of the candidate at a place of `found`."""
    values = {name: float(found.values[row, place]) for row, name in enumerate(found.names)}
    added = ranker.contributions([values[name] for name in ranker.names])
    ordered = sorted(added.items(), key=lambda item: (-abs(item[1]), item[0]))
    reasons = tuple(
        Reason(name, LABELS[name], round(values[name], 4), round(amount * ranker.scale, 4))
        for name, amount in ordered[:_SHOWN]
    )
    others = sum(amount for _, amount in ordered[_SHOWN:]) * ranker.scale
    return Explanation(int(found.rows[place]), reasons, round(others, 4))
