"""Kinds of question, and what the value asked for looks like (问题类型).

One table row per kind, tried in order: the pattern of the question, the pattern of the value, and the words of the
clause that holds such a value where a regulation always says it alike (自…起施行), which searching adds to a question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum


class Asked(StrEnum):
    """The kind of value a question asks for; the native words stand beside each."""

    FREQUENCY = "frequency"  # 多久一次、几次
    ENTRY = "entry"  # 何时施行
    DATE = "date"  # 什么时候、何时
    DURATION = "duration"  # 多长时间、期限
    RATIO = "ratio"  # 比例、百分之几
    AMOUNT = "amount"  # 多少、几个
    BASIS = "basis"  # 依据什么文件
    LIST = "list"  # 哪些、哪几项
    CONSEQUENCE = "consequence"  # 什么处分、如何处理
    WHO = "who"  # 谁、哪个部门
    PURPOSE = "purpose"  # 目的、宗旨
    SCOPE = "scope"  # 适用范围
    DEFINITION = "definition"  # 什么是、指什么
    STEPS = "steps"  # 如何、流程
    YES_NO = "yes_no"  # 是否、能不能
    TOPIC = "topic"  # anything else


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants.

    `value` is what the answer looks like, None where any words may answer. `shaped` tells that the value is an answer
    whatever stands around it, `exacting` that words without it are none. `missing` is what a sentence without the
    value is worth, 0 to 1. `wording` is added to a search.
    """

    asked: Asked
    value: re.Pattern[str] | None = None
    shaped: bool = False
    exacting: bool = False
    missing: float = 0.0
    wording: str = ""


def wanted_by(text: str) -> Wanted:
    """Return what a question wants."""
    wanted = next((wanted for pattern, wanted in _KINDS if pattern.search(text)), Wanted(Asked.TOPIC))
    if wanted.asked is Asked.AMOUNT:
        return replace(wanted, value=_amount(text) or wanted.value)
    if wanted.asked is Asked.DEFINITION and (subject := _subject(text)):
        defined = re.compile(re.escape(subject) + _DEFINES)
        return replace(wanted, value=defined, exacting=_ASKS_MEANING.search(text) is not None)
    return wanted


def _amount(text: str) -> re.Pattern[str] | None:
    """Return the pattern of an amount with the unit that is asked for, None where any will do."""
    unit = _UNIT.search(text)
    if not unit and not _MONEY_WORDS.search(text):
        return None
    forms = _UNIT_FORMS.get(unit[1], re.escape(unit[1])) if unit else _MONEY
    return re.compile(rf"{_NUMBER}[百千万亿]*个?(?:{forms})")


def _subject(text: str) -> str:
    """Return the thing a definition is asked of: 校车 of 《校车安全管理条例》规定的校车是指什么."""
    stretches = INTERROGATIVE.sub(" ", _DEFINED.sub(" ", TITLE.sub(" ", text))).split()
    return max(stretches, key=len, default="").rpartition("的")[2]


_NUMBER = r"(?:[0-9０-９][0-9０-９.,，．]*|[〇零一二两三四五六七八九十百千万亿]+|半)[余多]?"
_SPAN = r"(?:个?(?:工作日|自然日|月|小时|学时|课时|星期|季度)|日|天|年|周|季|分钟|届)"
_MONEY = "元"
_PEOPLE = "人|名|位"
_BODY = "部门|机关|机构|单位|组织|主体|人员|领导"
_ORGAN = rf"{_BODY}|委员会|小组|党委|党组|支部|纪委|政府|国务院|书记|主任|[局厅院会部处室办社者人员]|公司|企业"
_PENALTY = "处罚|处分|惩罚|惩处|后果|责任|处理|处置|追究|问责"
_ENTERS = "施行|实施|生效|执行|试行"
_WHEN = "什么时[候间]|何时|哪一?[年天日月]|几[月号]"
_DEFINES = (  # behind the thing defined: “三定两评”工作法，即
    r"(?:[（(][^（）()]{0,30}[）)])?[”》]?(?:[^，。；、\n]{0,3}[，,]?(?:是指|指的是)|[^，。；、\n]{0,3}[，,]即|[，,]?(?:指|即|是|称为|包括))"
)

TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
INTERROGATIVE = re.compile(
    r"什么时[候间]|什么[是叫]|为?是?什么|哪段时间|哪[一二三四五六七八九十个些几里儿级家种类项部份]*|多久|多长时间|多[长大高]|"
    r"(?:多少|几(?!乎))(?:个工作日|个?小时|平方米|平方公里|个?[元钱人名位次项条件年月天日点号类种级周票岁户个])?(?:以?内|之内)?|"
    r"如何|怎么样?|怎样|何[时地处种谓]|有何|谁|是否|能否|可否|(?P<verb>.)不(?P=verb)(?:可以)?|可不可以|有没有|"
    r"[吗呢吧么](?=[，,。？?\s]|$)|才[行能算会]|还[能算要可会]|最[多少长短晚早高低大]|至[多少]|"
    r"是指|指的是|请问|一[共次]|总共|[^\w]+"
)
_ASKS_MEANING = re.compile(r"什么是|什么叫|何谓|指什么|指的|含义|定义")
_DEFINED = re.compile(r"的?(?:含义|定义|概念)|[“”\"]")
_MONEY_WORDS = re.compile(r"工资|薪|津贴|补贴|补助|费用|票价|价格|价钱|收费|收入|金额|经费|资金|罚款|奖金")
_UNIT = re.compile(
    r"(?:多少|几)个?(元|块?钱|人|名|位|平方米|平方公里|公里|亩|票|岁|条|项|件|所|家|种|类|级|倍|学时|小时|个|点)"
)
_UNIT_FORMS = {"钱": _MONEY, "块钱": _MONEY, "人": _PEOPLE, "名": _PEOPLE, "位": _PEOPLE, "点": "点|时"}


def _row(
    asked: Asked, question: str, value: str = "", *, shaped: bool = False, missing: float = 0.0, wording: str = ""
) -> tuple[re.Pattern[str], Wanted]:
    pattern = re.compile(value) if value else None
    return re.compile(question), Wanted(asked, pattern, shaped, asked in _EXACTING, missing, wording)


_EXACTING = frozenset({Asked.FREQUENCY, Asked.DURATION, Asked.RATIO, Asked.AMOUNT})
_KINDS = (
    _row(
        Asked.FREQUENCY,
        r"(?:多久|多长时间|几[年月周天]|多少[年天]).{0,9}[一1]?次|[几多]少?次|周期|频率|频次",
        rf"每(?:{_NUMBER})?{_SPAN}(?!\s*[0-9一二三四五六七八九十]+月)|{_NUMBER}次|周期",
    ),
    _row(
        Asked.ENTRY,
        rf"(?:{_WHEN}).{{0,6}}(?:{_ENTERS})|(?:{_ENTERS})的?(?:时间|日期)",
        rf"自.{{2,30}}起(?:{_ENTERS})|日起(?:{_ENTERS})",
        shaped=True,
        wording="自公布之日起施行",
    ),
    _row(
        Asked.DATE,
        rf"{_WHEN}|几点|哪段时间|(?:开始|截止)的?(?:时间|日期)",
        rf"{_NUMBER}[年月日时点]|之日|时候|[后前时内](?=[，,。；]|$)|期间|同时|以前|以后|之前|之后",
    ),
    _row(
        Asked.DURATION,
        r"多久|多长|几个?(?:工作日|小时|学时|[年天日月周])|多少个?(?:工作日|小时|学时|[年天日月周])|"
        r"(?:期限|时限|有效期|时效|时间限制)[是为有]",
        rf"{_NUMBER}{_SPAN}|长期|终身|永久|当[日天场]|立即|及时|之日",
    ),
    _row(
        Asked.RATIO,
        r"(?:比例|比率|比重|[^效]率|占比|百分比)[^，。？?]{0,8}(?:多少|多大|多高|几)|占(?!地)[^，。]{0,6}(?:多少|几)|百分之几",
        rf"{_NUMBER}[%％‰]|[百千]分之|{_NUMBER}分之|{_NUMBER}[成倍]|半数",
    ),
    _row(
        Asked.AMOUNT,
        r"多少|几(?![乎项])|多大|多高|多远|多重",
        rf"{_NUMBER}[^\s，。；、：“”《》（）()第之次]|[0-9０-９]",
    ),
    _row(
        Asked.BASIS,
        r"(?:依据|根据|按照|依照|参照)(?:的是|是)?(?:什么|何|哪)|"
        r"(?:什么|何种|哪[个些部份种])(?:文件|制度|办法|规定|法规|条例|法律|依据|平台|机制)",
        r"》|依据|根据|按照|依照|制度|办法|规定|条例|平台|机制",
    ),
    _row(
        Asked.LIST,
        r"哪些|哪几|哪[一二两三四五六七八九十]+[项个种条类点]|包括什么|有何|分为|"
        r"(?:什么|何种)(?:条件|情形|情况|内容|材料|原则|职责|事项|权利|义务)",
        r"[：:]\s*$|[：:]\s*\n",
        missing=0.5,
    ),
    _row(
        Asked.CONSEQUENCE,
        rf"(?:什么|何种?|怎样|如何|怎么|哪种)样?的?(?:{_PENALTY})",
        rf"{_PENALTY}|罚款|警告|责令|吊销|撤销|没收|开除|诫勉|批评|检查|通报|取消|免职|罢免|除名|拘留",
    ),
    _row(
        Asked.WHO,
        rf"谁|(?:哪[一个级家类种]*|什么|何种?)(?:政府|行政|主管)?(?:{_BODY}|人)|哪里|哪儿|何处",
        _ORGAN,
    ),
    _row(
        Asked.PURPOSE,
        r"目的(?!地)|宗旨|立法目标|主要目标|(?:出台|制定)的?(?:意义|目标|初衷)|为什么(?:要)?(?:制定|出台)",
        r"^\s*为了?[^，。；]{2,}|宗旨|目的是|为目标",
        shaped=True,
        wording="为了，根据，制定本",
    ),
    _row(
        Asked.SCOPE,
        r"适用(?:的|于)?(?:范围|对象|哪|什么)|监管对象",
        r"适用|遵守本|依照本|是指",
        shaped=True,
        wording="适用本，必须遵守本",
    ),
    _row(
        Asked.DEFINITION,
        r"什么是|何谓|什么叫|是指|指的?是?什么|指哪|含义|定义|概念|是什么\s*[？?]?\s*$",
        _DEFINES,
        shaped=True,
        missing=0.5,
    ),
    _row(Asked.STEPS, r"如何|怎么|怎样|流程|程序|步骤|顺序"),
    _row(
        Asked.YES_NO,
        r"是否|能否|可否|能不能|可不可以|会不会|要不要|有没有|是不是|(?:吗|(?<![什怎那这多])么)\s*[？?]?\s*$",
    ),
)
