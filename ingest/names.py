"""Names of organs and texts (机关名称、文件标题): cut out of notes and signatures, brought to one form, compared."""

from __future__ import annotations

import re

_NUMERAL = r"[0-9０-９一二三四五六七八九十百零〇]{1,5}"
_SPACE = re.compile(r"\s+")
_TITLE = re.compile(r"《[^《》]*》?")
_LEAD = re.compile(r"^(?:[\W_]|根据|依据|由|经|被|已|于|的)+")
_STATE = re.compile(r"^中华人民共和国(?=[\u4e00-\u9fff]{2})(?!主席)")
_PARTY_MEETING = re.compile(
    rf"中国共产党第{_NUMERAL}(?:次全国代表大会|届中央委员会(?:第{_NUMERAL}次全体会议)?)"
    rf"|中国共产党[\u4e00-\u9fff]{{2,12}}第{_NUMERAL}(?:次代表大会|届委员会第{_NUMERAL}次全体(?:\(扩大\))?会议)"
)
_SESSION = re.compile(rf"第?{_NUMERAL}届|(?:审判委员会|检察委员会)(?=第)")
_MEETING = re.compile(
    rf"第?{_NUMERAL}次[\u4e00-\u9fff]{{0,10}}(?:会议|大会|会).*$"
    r"|(?<=委)常委会.*$|(?:全体|常务|部长办公|办公|部务|局务|署务|委务|党组|专题|扩大)*会议.*$"
)
_VERB = re.compile(r"(?:[,，、]?(?:审议|讨论|表决|会签|部分|联合|全面|重新|修订|修正|修改|转发|批转))+$")
_SUFFIX = (
    "中共中央|国务院|中央军委|委员会|委|办公厅|办公室|办|部|局|署|院|政府|党组|党支部|党总支|支部|人大|政协|工会|协会|学会|联合会|代表大会|政治局|"
    "常委会|领导小组|指挥部|中心|学校|小学|中学|一中|大学|集团|公司|银行|社|党政办|厅"
)
_ORGAN = re.compile(rf"[\u4e00-\u9fff（）()]{{0,40}}(?:{_SUFFIX})")
_SPACED = re.compile(r"(?:[\u4e00-\u9fff]\s+){2,}[\u4e00-\u9fff]")
_SHORT = re.compile(r".+?(?:部|局|署|厅|院|委)(?!委员|门)")

_CANONICAL = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"^中华人民共和国", ""),
        (r"中国共产党中央委员会", "中共中央"),
        (r"^中国共产党", "中共"),
        (r"(?:中共)?中央(?:纪律检查委员会|纪委)", "中央纪委"),
        (r"国家(?:监察委员会|监委)", "国家监委"),
        (r"^中共中央(?=.{2,}[部室厅委局校])", "中央"),
        (r"人民代表大会", "人大"),
        (r"常务委员会", "常委会"),
        (r"纪律检查委员会", "纪委"),
        (r"发展和改革委员会", "发展改革委"),
        (r"^(?:国务院|国家)机关事务管理局$", "国管局"),
        (r"和社会保障部", "社会保障部"),
        (r"委员会", "委"),
        (r"人民政府", "政府"),
        (r"等$", ""),
    )
)

_GAP = re.compile(r"\{html\}|(?<=[\u4e00-\u9fff（）《》“”、])\s+|\s+(?=[\u4e00-\u9fff（）《》“”、])")
_FULL_WIDTH = str.maketrans("()〈〉<>＜＞", "（）《》《》《》")


def clean_title(words: str) -> str:
    """Return a title in one form: full-width brackets, 《》 for inner titles, no spaces inside it."""
    return _GAP.sub("", words.strip()).translate(_FULL_WIDTH)


def organ_of(words: str) -> str:
    """Return the organ in the words between a date and a verb, without the session and meeting.

    第十三届全国人民代表大会第一次会议 gives 全国人民代表大会. A congress or plenum of the Party keeps its number, as
    the statute book cites it (中国共产党第二十次全国代表大会). Returns "" where no organ stands there.
    """
    text = _LEAD.sub("", _TITLE.sub("", _SPACE.sub("", words)))
    congress = _PARTY_MEETING.search(text)
    if congress:
        return congress.group()
    text = _MEETING.sub("", _SESSION.sub("", _STATE.sub("", text)))
    text = _VERB.sub("", text).strip("，,、（(）) ")
    return text if is_organ(text) else ""


def is_organ(text: str) -> bool:
    """Say whether a text is nothing but one or several names of organs."""
    names = split_organs(text)
    return bool(names) and all(_ORGAN.fullmatch(name) for name in names)


def split_organs(text: str) -> list[str]:
    """Split the organs of a signature or cell: by mark or space; 财 政 部 外 交 部 is 财政部, 外交部."""
    if _SPACED.fullmatch(text.strip()):
        return _SHORT.findall(_SPACE.sub("", text))
    return [name for name in re.split(r"[、，,；;\s]+", text.strip()) if name]


def same_organs(one: str, other: str) -> bool:
    """Say whether two issuer texts name the same organs, whatever the spelling (中央纪委, 中共中央纪律检查委员会)."""
    return {_canonical(name) for name in split_organs(one)} == {_canonical(name) for name in split_organs(other)}


def _canonical(name: str) -> str:
    for pattern, short in _CANONICAL:
        name = pattern.sub(short, name)
    return name
