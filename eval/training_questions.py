"""Questions made from clauses by their wording (问句模板): what a condition leads to, what a term means, who does what.

A clause says who must do what in a few set forms (「……的，处……」「本办法所称……，是指……」「……应当具备下列条件」), and
each form answers the questions that people put to such a clause.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

_PART = r"[^，。；：:;\n]"
_START = r"(?:^|(?<=[，。；：:;\n]))"  # where a clause begins

Form = tuple[re.Pattern[str], Sequence[str]]  # the set form; the questions, {} stands for the words of its group


def _form(pattern: str, questions: str) -> Form:
    return re.compile(pattern.replace("@", _START).replace("~", _PART)), questions.split()


_FORMS: Sequence[Form] = (
    _form(
        r"@(~{6,50})的，(?:由~{2,30})?(?:责令|处以?|给予|没收|吊销|罚款|依法追究|依照|撤销|开除)",
        "{}会受到什么处罚？ {}怎么处理？ {}要承担什么责任？ {}会怎么样？ 如果{}，怎么处罚？ {}有什么后果？",
    ),
    _form(
        r"@(~{6,50})的，(?:应当|可以|不得|有权|不予|视为|从其|按照|适用)",
        "{}怎么办？ {}应该怎么做？ {}可以吗？ 如果{}，该怎么办？ {}怎么规定的？ {}如何处理？",
    ),
    _form(
        r"@本(?:法|条例|规定|办法|细则|准则|规则)所称的?(~{2,20})，?是?指",
        "什么是{}？ {}是什么意思？ {}是指什么？ {}包括哪些？ 哪些属于{}？",
    ),
    _form(
        r"@(~{2,25}?)(?:应当|必须)(?:同时)?(?:具备|符合)下列(?:基本)?条件",
        "{}需要什么条件？ {}应当具备哪些条件？ 怎样才能{}？ {}有什么要求？",
    ),
    _form(
        r"有下列(?:情形|行为)之一的，(~{4,40})",
        "哪些情形{}？ 什么情况下{}？ 哪些行为{}？ 有哪些情况{}？",
    ),
    _form(r"@(~{2,20}(?:部门|机关|机构|委员会|政府|组织|单位))负责~{4}", "{}的职责是什么？ {}负责什么？"),
    _form(r"负责(~{4,40})", "谁负责{}？ 哪个部门负责{}？ {}由谁负责？"),
    _form(
        r"@(~{2,30}?)的?(?:期限|时间|任期|有效期|时效期间)(?:为|是|不超过|不得)",
        "{}多长时间？ {}的期限是多久？ {}是几年？",
    ),
    _form(
        r"@(~{4,30}?)的?(?:标准|比例|数额|金额|费用)(?:为|是|不得|由|按照)", "{}的标准是多少？ {}是多少？ {}怎么算？"
    ),
    _form(r"@(~{2,25}?)应当(?:履行|遵守|承担)下列", "{}有哪些义务？ {}应当做什么？"),
    _form(r"@(~{2,25}?)(?:享有|行使|履行)下列", "{}有哪些权利？ {}的职权有哪些？ {}能做什么？"),
    _form(r"(?:禁止|不得)(~{4,30})", "可以{}吗？ 能不能{}？ {}违法吗？ {}允许吗？"),
    _form(r"(?:申请|办理)(~{2,20})，?应当(?:提交|提供|向)", "申请{}要什么材料？ 怎么办理{}？ {}找谁办？"),
)


def questions_of(text: str, chance: random.Random, most: int) -> Iterator[str]:
    """Yield at most `most` questions that an article answers, by its wording."""
    found = [(questions, match.group(1)) for form, questions in _FORMS for match in form.finditer(text)]
    for questions, words in chance.sample(found, min(most, len(found))):
        yield chance.choice(questions).format(words)
