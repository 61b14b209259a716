"""Cues of what kind of rule a question asks for and a provision holds (问法与条文标志)."""

from __future__ import annotations

import re

# Two characters each, looked up as bigrams: what marks a definition, a sanction, a time limit …
_SIGNS = """
    是指 所称 为了 制定 适用 施行 废止 解释 罚款 处罚 处分 责令 没收 吊销 责任
    刑事 赔偿 日内 个月 以上 以下 万元 之日 负责 主管 职责 监督 条件 情形 下列
    包括 应当 不得 可以 禁止 申请 程序 材料 提交 报告 公布 备案 批准 撤销
"""
SIGNS = tuple(_SIGNS.split())

_KINDS = {
    "purpose": "目的|为了什么|为什么|宗旨",
    "basis": "依据|根据(?:什么|哪)",
    "scope": "适用|范围",
    "meaning": "什么是|是什么|是指|指什么|指的是|含义|定义|何为|何谓|所称|概念",
    "force": "施行|实施时间|生效|何时实施|废止",
    "sanction": "处罚|罚款|处分|后果|责任|怎么处理|如何处理|受到|惩|判|犯",
    "amount": "多少|几|多久|多长|期限|何时|时间|时候|多大",
    "who": "谁|哪个|哪些部门|哪些单位|由什么|机关|主管|部门",
    "conditions": "条件|情形|情况|要求|标准|资格",
    "whether": "吗|是否|能否|可否|能不能|可不可以|有没有|有效|合法",
    "how": "怎么|怎样|如何|程序|流程|方式|办理",
    "which": "哪些|什么|包括|内容",
    "duty": "职责|义务|应当|应该|必须|权利|权力",
}
KINDS = tuple(_KINDS)
_PATTERNS = tuple(re.compile(pattern) for pattern in _KINDS.values())


def kinds_of(question: str) -> list[bool]:
    """Tell for each of `KINDS` whether a question's words ask for it."""
    return [pattern.search(question) is not None for pattern in _PATTERNS]
