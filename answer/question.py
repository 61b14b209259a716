"""What a question asks: the kind of value wanted and the words that must be found (问题分析).

A question is frame and content: 党员大会多久召开一次 asks for a frequency (多久…一次) of 党员大会 and 召开. Frame words say
what an answer looks like and are never searched for; content words carry the weight the base gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.titles import normalise


class Asked(StrEnum):
    """The kind of value a question asks for; the native words stand beside each."""

    FREQUENCY = "frequency"  # 多久一次、几次
    ENTRY = "entry"  # 何时施行
    DATE = "date"  # 什么时候、何时
    DURATION = "duration"  # 多长时间、期限
    RATIO = "ratio"  # 比例、百分之几
    AMOUNT = "amount"  # 多少、几个
    WHO = "who"  # 谁、哪个部门
    LIST = "list"  # 哪些、哪几项
    BASIS = "basis"  # 依据什么文件
    CONSEQUENCE = "consequence"  # 什么处分、如何处理
    DEFINITION = "definition"  # 什么是、指什么
    PURPOSE = "purpose"  # 目的、宗旨
    SCOPE = "scope"  # 适用范围
    STEPS = "steps"  # 如何、流程
    YES_NO = "yes_no"  # 是否、能不能
    TOPIC = "topic"  # anything else


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question; `weight` is its rarity in the base, `exact` asks for it letter by letter."""

    text: str
    weight: float
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question read: what it asks for, its content words, the years and titles it names.

    `pairs` are the neighbouring characters of the content: order that single words do not show. `value` is what an
    answer of the kind looks like, None for any; `exacting` says that an answer without such a value is none.
    """

    text: str
    asked: Asked
    terms: tuple[Term, ...]
    pairs: frozenset[str]
    value: re.Pattern[str] | None = None
    exacting: bool = False
    shaped: bool = False
    years: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def read_question(
    text: str,
    words: Callable[[str], Sequence[str]],
    weight: Callable[[str], float],
    titles: Sequence[str] = (),
) -> Question:
    """Read a question; `words` cuts a text into words, `weight` says how rare one is, `titles` are those it names."""
    asked = next((kind for kind, pattern in _QUESTIONS if pattern.search(text)), Asked.TOPIC)
    value, exacting = _value_of(text, asked)
    names = _names(text, titles)
    stretches = tuple(_INTERROGATIVE.sub(" ", _without_names(text)).split())
    frame = _FRAME | _KIND_FRAME.get(asked, frozenset())
    content = _content(stretches, words, frame)
    terms = [Term(name, _EXACT_FACTOR * _rarest(name, words, weight), exact=True) for name in names]
    terms += [Term(word, weight(word)) for word in content if word not in names]
    pairs = frozenset(pair for stretch in stretches for pair in bigrams(stretch)) - frame
    years = tuple(_YEAR.findall(text))
    return Question(text, asked, tuple(terms), pairs, value, exacting, asked in _SHAPED, years, tuple(titles))


def bigrams(text: str) -> Iterator[str]:
    """Yield the neighbouring characters of a text, two by two."""
    return (text[place : place + 2] for place in range(len(text) - 1))


def _value_of(text: str, asked: Asked) -> tuple[re.Pattern[str] | None, bool]:
    """Return what the value looks like, and whether it has a unit or shape that cannot be missing."""
    unit = _UNIT.search(text)
    if asked is Asked.AMOUNT and (unit or _MONEY_WORDS.search(text)):
        forms = _UNIT_FORMS.get(unit[1], re.escape(unit[1])) if unit else _MONEY
        return re.compile(rf"{_NUMBER}[百千万亿]*个?(?:{forms})"), True
    if asked is Asked.DEFINITION and (subject := _subject(text)):
        return re.compile(re.escape(subject) + _DEFINES), False
    return _VALUES.get(asked), asked in _EXACTING


def _subject(text: str) -> str:
    """Return the thing a definition is asked of: 校车 of 《校车安全管理条例》规定的校车是指什么."""
    stretches = _INTERROGATIVE.sub(" ", _DEFINED.sub(" ", _TITLE.sub(" ", text))).split()
    return max(stretches, key=len, default="").rpartition("的")[2]


def _names(text: str, titles: Sequence[str]) -> tuple[str, ...]:
    """Return what must be found letter by letter: quoted names, unknown titles, figures longer than a digit."""
    known = {normalise(title) for title in titles}
    quoted = (quote or title for quote, title in _QUOTED.findall(text))
    figures = (figure for figure in _FIGURE.findall(_QUOTED.sub(" ", text)) if len(figure) > 1)
    return tuple(dict.fromkeys([*(name for name in quoted if normalise(name) not in known), *figures]))


def _without_names(text: str) -> str:
    return _FIGURE.sub(" ", _QUOTED.sub(" ", text))


def _rarest(name: str, words: Callable[[str], Sequence[str]], weight: Callable[[str], float]) -> float:
    return max(map(weight, words(name)), default=1.0)


def _content(stretches: Sequence[str], words: Callable[[str], Sequence[str]], frame: frozenset[str]) -> tuple[str, ...]:
    """Return the content words in order; a word inside a longer one is left out.

    Characters that no word covers make a word of their own where two or more stand together: 年假.
    """
    found: list[str] = []
    for stretch in stretches:
        cut = [word for word in words(stretch) if len(word) > 1]
        found += [word for word in [*cut, *_left_over(stretch, cut)] if word not in frame]
    return tuple(dict.fromkeys(word for word in found if not any(word != other and word in other for other in found)))


def _left_over(stretch: str, cut: Sequence[str]) -> list[str]:
    for word in sorted(cut, key=len, reverse=True):
        stretch = stretch.replace(word, " ")
    return [run for run in _FUNCTION_CHARACTERS.sub(" ", stretch).split() if len(run) > 1]


_NUMBER = r"(?:[0-9０-９][0-9０-９.,，．]*|[〇零一二两三四五六七八九十百千万亿]+|半)[余多]?"
_SPAN = r"(?:个?(?:工作日|自然日|月|小时|学时|课时|星期|季度)|日|天|年|周|季|分钟|届)"
_MONEY = "元"
_PEOPLE = "人|名|位"
_DEFINES = r"(?:[（(][^（）()]{0,30}[）)])?[”》]?[，,]?(?:是指|指|即|是|称为|包括)"
_BODY = "部门|机关|机构|单位|组织|主体|人员|领导"

# For each kind, in the order they are tried: what a question looks like, and what the value asked for looks like.
_KINDS: tuple[tuple[Asked, str, str], ...] = (
    (
        Asked.FREQUENCY,
        r"(?:多久|多长时间|几[年月周天]|多少[年天]).{0,9}[一1]?次|[几多]少?次|周期|频率|频次",
        rf"每(?:{_NUMBER})?{_SPAN}|{_NUMBER}次|定期|随时|适时|周期",
    ),
    (
        Asked.ENTRY,
        r"(?:什么时[候间]|何时|哪一?[年天日月]|几[月号]).{0,6}(?:施行|实施|生效|执行)|(?:施行|实施|生效|执行)的?(?:时间|日期)",
        r"自.{2,30}起(?:施行|实施|执行|生效|试行)|之日起(?:施行|实施|执行|生效)|[年月]\d*日?起?(?:施行|实施)",
    ),
    (
        Asked.DATE,
        r"什么时[候间]|何时|哪一?[年天日月]|几[月号点]|哪段时间|(?:开始|截止)的?(?:时间|日期)",
        rf"{_NUMBER}[年月日时点]|之日|时候|[后前时内](?=[，,。；]|$)|期间|同时|以前|以后|之前|之后",
    ),
    (
        Asked.DURATION,
        r"多久|多长|几个?(?:工作日|小时|学时|[年天日月周])|多少个?(?:工作日|小时|学时|[年天日月周])|(?:期限|时限|有效期|时效|时间限制)[是为有]",
        rf"{_NUMBER}{_SPAN}|长期|终身|永久|当[日天场]|立即|及时|之日",
    ),
    (
        Asked.RATIO,
        r"(?:比例|比率|比重|[^效]率|占比|百分比)[^，。？?]{0,8}(?:多少|多大|多高|几)|占(?!地)[^，。]{0,6}(?:多少|几)|百分之几",
        rf"{_NUMBER}[%％‰]|[百千]分之|{_NUMBER}分之|{_NUMBER}[成倍]|半数",
    ),
    (Asked.AMOUNT, r"多少|几(?![乎项])|多大|多高|多远|多重", rf"{_NUMBER}[^\s，。；、：“”《》（）()第之次]|[0-9０-９]"),
    (
        Asked.BASIS,
        r"(?:依据|根据|按照|依照|参照)(?:的是|是)?(?:什么|何|哪)|(?:什么|何种|哪[个些部份种])(?:文件|制度|办法|规定|法规|条例|法律|依据|平台|机制)",
        r"》|依据|根据|按照|依照|制度|办法|规定|条例|平台|机制",
    ),
    (
        Asked.LIST,
        r"哪些|哪几|哪[一二两三四五六七八九十]+[项个种条类点]|包括什么|有何|分为|(?:什么|何种)(?:条件|情形|情况|内容|材料|原则|职责|事项|权利|义务)",
        r"、|；|[：:]\s*$",
    ),
    (
        Asked.CONSEQUENCE,
        r"(?:什么|何种?|怎样|如何|怎么|哪种)样?的?(?:处罚|处分|惩罚|惩处|后果|责任|处理|处置|追究|问责)",
        r"处分|处罚|罚款|警告|责令|责任|追究|吊销|撤销|没收|开除|诫勉|批评|检查|通报|取消|处理|免职|罢免|除名|问责|拘留",
    ),
    (
        Asked.WHO,
        rf"谁|(?:哪[一个级家类种]*|什么|何种?)(?:政府|行政|主管)?(?:{_BODY}|人)|哪里|哪儿|何处",
        rf"{_BODY}|委员会|小组|党委|党组|支部|纪委|政府|国务院|书记|主任|[局厅院会部处室办社者人员]|公司|企业",
    ),
    (
        Asked.PURPOSE,
        r"目的|宗旨|立法目标|主要目标|(?:出台|制定)的?(?:意义|目标|初衷)|为什么(?:要)?(?:制定|出台)",
        r"^\s*为了?[^，。；]{2,}|宗旨|目的是|为目标",
    ),
    (Asked.SCOPE, r"适用(?:的|于)?(?:范围|对象|哪|什么)|哪些?.{0,6}适用本?|监管对象", r"适用|遵守本|依照本|是指"),
    (Asked.DEFINITION, r"什么是|何谓|什么叫|是指|指的?是?什么|指哪|含义|定义|概念|是什么\s*[？?]?\s*$", _DEFINES),
    (Asked.STEPS, r"如何|怎么|怎样|流程|程序|步骤|顺序", ""),
    (
        Asked.YES_NO,
        r"是否|能否|可否|能不能|可不可以|会不会|要不要|有没有|是不是|(?:吗|(?<![什怎那这多])么)\s*[？?]?\s*$",
        "",
    ),
)
_QUESTIONS = tuple((asked, re.compile(pattern)) for asked, pattern, _ in _KINDS)
_VALUES = {asked: re.compile(value) for asked, _, value in _KINDS if value}
_SHAPED = frozenset({Asked.ENTRY, Asked.PURPOSE, Asked.SCOPE, Asked.DEFINITION})
_EXACTING = frozenset({Asked.FREQUENCY, Asked.DURATION, Asked.RATIO, Asked.AMOUNT})

# A counted noun behind 多少/几 asks for that unit or for one that stands for it.
_UNIT = re.compile(
    r"(?:多少|几)个?(元|块?钱|人|名|位|平方米|平方公里|公里|亩|票|岁|条|项|件|所|家|种|类|级|倍|学时|小时|个|点)"
)
_UNIT_FORMS = {"钱": _MONEY, "块钱": _MONEY, "人": _PEOPLE, "名": _PEOPLE, "位": _PEOPLE, "点": "点|时"}
_MONEY_WORDS = re.compile(r"工资|薪|津贴|补贴|补助|费用|票价|价格|价钱|收费|收入|金额|经费|资金|罚款|奖金")

_INTERROGATIVE = re.compile(
    r"什么时[候间]|什么[是叫]|为?是?什么|哪段时间|哪[一二三四五六七八九十个些几里儿级家种类项部份]*|多久|多长时间|多[长大高]|"
    r"(?:多少|几(?![乎]))(?:个工作日|个?小时|平方米|平方公里|[个元钱人名位次项条件年月天日点类种级周])?|"
    r"如何|怎么样?|怎样|何[时地处种谓]|有何|谁|是否|能否|可否|能不能|可不可以|会不会|有没有|是不是|[吗呢吧么](?=[？?\s]*$)|"
    r"是指|指的是|请问|一[共次]|总共|[^\w]+"
)
_FUNCTION_CHARACTERS = re.compile(
    r"[的了着是在由对与和及或有被应可能会把向从到将为以于之其该所每各等也都就还需要得用去来做给让请]"
)
_DEFINED = re.compile(r"的?(?:含义|定义|概念)|[“”\"]")
_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_QUOTED = re.compile(r"[“\"‘「]([^“”\"‘’「」]{1,30})[”\"’」]|《((?:[^《》]|《[^《》]*》){2,80})》")
_FIGURE = re.compile(r"[0-9０-９A-Za-z][0-9０-９A-Za-z＋+.%％～~-]*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=\s*年)")
_EXACT_FACTOR = 2.0  # a quoted name, figure or year weighs twice a word, and counts only when it is there whole

# Words that say how something is asked, not what it is about.
_FRAME = frozenset(
    "应该 应当 可以 能够 需要 必须 进行 规定 要求 情况 情形 方面 问题 一个 一次 根据 按照 依据 依照 关于 有关 相关 包括 包含 内容 主要 "
    "具体 属于 工作 受到 承担 给予 怎么办 如果 时候 期间 一般 分为 分别 代表 我们 现在 目前 当前 今天 一共 总共 实行 开展 采取 通过 "
    "作出 负责 使用 称为 含义 定义 概念 文件 如下 什么 哪些 以及 或者 以下 下列 其他 之后 之前 提到 指出 明确 其中 应是 还是 这个 那些 规定的".split()
)
_KIND_FRAME = {
    Asked.CONSEQUENCE: frozenset("处罚 惩罚 惩处 处分 后果 责任 处理 处置 追究 法律责任 法律 违反".split()),
    Asked.ENTRY: frozenset("时间 日期 开始 实施 施行 生效 执行".split()),
    Asked.PURPOSE: frozenset("目的 宗旨 目标 立法 制定 出台 意义 为什么".split()),
    Asked.SCOPE: frozenset("适用 适用范围 范围 对象 监管".split()),
    Asked.DATE: frozenset("时间 日期 开始 实施 施行 生效 执行".split()),
    Asked.DURATION: frozenset("期限 时限 时间 时效 时间限制".split()),
    Asked.WHO: frozenset("部门 机关 机构 单位 组织 主体 政府".split()),
    Asked.STEPS: frozenset("程序 流程 步骤".split()),
}
