"""Which texts a text repeals (废止): 《…》同时废止, 《…》、《…》予以废止, 废止《…》, 《…》停止执行, lists (予以废止：).

The verb must end its clause and belong to the titles before it, so that general rules (规章…应当予以废止) and the life
of permits (《许可证》自行废止) are passed over. Where it takes only an article or part of a text (《…》第三条同时废止)
it is a partial repeal.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ingest.dates import find_dates
from ingest.events import document_number
from ingest.names import clean_title, organ_of


@dataclass(frozen=True, slots=True)
class Repeal:
    """One title repealed, without 《》; `date`, `issuer` and `number` are of the repealed text, "" where not named.

    `words` is the clause as written. A notice that only carries a text (关于印发〈…〉的通知) is named by that text.
    """

    title: str
    words: str
    date: str = ""
    issuer: str = ""
    number: str = ""
    partial: bool = False


_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》")
_VERB = re.compile(r"废止|失效|停止执行|停止施行|停止实施|不再执行|不再施行|不再适用")
_NUMBER = r"(?:\s*[（(〔\[][^（）()《》]{0,300}(?:[（(][^（）()]{0,20}[）)][^（）()《》]{0,40})?[）)〕\]])*"
_HOW = r"[，,]?(?:同时|同日|随之|即行|即|都|一律|一并|均|也|亦|全部|予以|停止|相应|宣布|明令)*"
_WHEN = r"(?:[，,]?(?:自|从)[^，。；《》]{1,24}(?:之日|之时|日)起?[，,]?)?"
_LAW_PART = (
    r"(?:第[一二三四五六七八九十百零〇0-9]{1,6}[编章节条款项](?:之[一二三四五六七八九十])?[、至和及]?(?:规定|的规定)?)+"
)
_PART = re.compile(
    rf"{_NUMBER}(?:{_LAW_PART}|(?:中|里|内)?(?:的|有关|关于|涉及|与)[^，。；《》]{{0,60}}(?:规定|条款|内容|部分|条文))"
)
_TAIL = re.compile(
    rf"{_NUMBER}(?P<rest>[、及和与以据此其]{{0,4}}[^，。；《》]{{0,24}}(?:文件|通知|规定))?{_WHEN}{_HOW}"
)
_PART_TAIL = re.compile(rf"[^，。；《》]{{0,20}}{_WHEN}{_HOW}")
_ENDS = re.compile(r"[，,：:！、（(]|$")
_DO_REPEAL = re.compile(r"(?:^|[、，,\s]|决定|同时|现|[、.．）)])(?:予以)?废止$")
_JOINT = re.compile(r"[、，,及和与以]|^$")
_NOT_LISTED = re.compile(r"(?:根据|依照|按照|依据|参照|违反|适用|对|与|按|贯彻|无)$")
_BREAK = re.compile(r"起施行|起实施|起执行|根据|依照|按照|依据|规定的|抵触|不一致")
_CARRIER = re.compile(r"(?:印发|发布|颁布|转发|公布|下发)《(.+)》(?:（[^（）]*）)?的(?:通知|决定|命令|公告|函)$")
_LIST_END = re.compile(r"(?:废止|失效)[：:]\s*$")
_LISTED = re.compile(r"\s*(?:[（(]?[0-9一二三四五六七八九十]{1,4}[）)、.．]|《)")
_BETWEEN = re.compile(rf"{_NUMBER}[、，,和及]?")
_BEHIND = re.compile(_NUMBER)
_SENTENCE = re.compile(r"[^。；;\n]+")
_GENERAL = re.compile(r"应当|应予|情形|可以|的，$|之一")
_BEFORE = re.compile(r"》|起(?:施行|实施|执行)[，,]")
_ISSUED = re.compile(r"(?:发布|公布|颁布|印发|通过|颁发|下发|制定|修订|批准)")
_ORGAN_BEFORE = re.compile(r"[\u4e00-\u9fff、]+$")


class _Found(NamedTuple):
    """A title that a sentence repeals, before its facts are read."""

    words: str
    title: re.Match[str]
    clause: str
    partial: bool = False


def find_repeals(body: str) -> tuple[Repeal, ...]:
    """Return the repeals a text states, in order; each title once, a whole repeal before a partial one."""
    found: dict[str, _Found] = {}
    for one in _all(body):
        known = found.get(one.title[1])
        if known is None or (known.partial and not one.partial):
            found[one.title[1]] = one
    return tuple(map(_repeal, found.values()))


def _all(body: str) -> Iterator[_Found]:
    styles: set[str] | None = None  # numbering of the list being read, None outside of one
    for line in body.splitlines():
        mark = _LISTED.match(line) if styles is not None else None
        if mark and styles is not None and (not styles or _style(mark) in styles):
            styles.add(_style(mark))
            yield from (_Found(line, match, line) for match in _TITLE.finditer(line))
            continue
        styles = set() if _LIST_END.search(line) and not _GENERAL.search(line) else None
        if _VERB.search(line):
            for sentence in _SENTENCE.finditer(_TITLE.sub(_shield, line)):
                yield from _in_sentence(line[sentence.start() : sentence.end()], sentence.group())


def _style(mark: re.Match[str]) -> str:
    """Return a list mark without its number: （一） and （二） are of one style, 二、 is of another."""
    return re.sub(
        r"[0-9]+|[一二三四五六七八九十]+", lambda number: "1" if number.group().isascii() else "一", mark.group()
    )


def _shield(match: re.Match[str]) -> str:
    """Blank out a title, so that no verb or stop inside it counts; offsets stay."""
    return "《" + "□" * (len(match.group()) - 2) + "》"


def _in_sentence(words: str, shielded: str) -> Iterator[_Found]:
    """Yield the repeals of one sentence: titles before a verb that ends a clause, or behind 废止 that begins one."""
    titles = list(_TITLE.finditer(words))
    starts = [title.start() for title in titles]
    done = 0
    for verb in _VERB.finditer(shielded) if titles else ():
        first, here = bisect_left(starts, done), bisect_left(starts, verb.start())
        if _ENDS.match(shielded, verb.end()) and first < here:
            yield from _titles_before(words, shielded, titles[first:here], (done, *verb.span()))
            done = verb.end()
        elif starts[here : here + 1] == [verb.end()] and _DO_REPEAL.search(
            shielded[max(0, verb.end() - 8) : verb.end()]
        ):
            yield from (_Found(words, title, words) for title in _run(shielded, titles[here:], verb.end()))
            return


def _titles_before(
    words: str, shielded: str, titles: list[re.Match[str]], bounds: tuple[int, int, int]
) -> Iterator[_Found]:
    """Walk back from the verb over the list of titles it governs; `bounds`: end of the clause before, verb's span."""
    done, verb, end = bounds
    tail = shielded[titles[-1].end() : verb]
    part = _PART.match(tail)
    partial = bool(part and _PART_TAIL.fullmatch(tail[part.end() :]))
    if not partial and not _TAIL.fullmatch(tail):
        return
    listed: list[re.Match[str]] = []
    for title, above in zip(reversed(titles), [*reversed(titles[:-1]), None], strict=True):
        if _NOT_LISTED.search(shielded[max(0, title.start() - 4) : title.start()].rstrip()):
            break
        listed.append(title)
        gap = shielded[above.end() : title.start()] if above else ""
        if not _JOINT.search(gap) or _BREAK.search(gap):
            break
    if listed:
        clause = words[max(done, listed[-1].start() - 60) : end].strip(" 　，,、")
        for title in reversed(listed):
            yield _Found(words, title, clause, partial and title is titles[-1])


def _run(shielded: str, titles: list[re.Match[str]], start: int) -> Iterator[re.Match[str]]:
    """Yield the titles that follow one another behind 废止, parted by nothing but numbers and 、."""
    for title in titles:
        if not _BETWEEN.fullmatch(shielded[start : title.start()]):
            return
        yield title
        start = title.end()


def _repeal(found: _Found) -> Repeal:
    words, title, clause, partial = found
    before = _BEFORE.split(words[max(0, title.start() - 160) : title.start()])[-1]
    behind = _BEHIND.match(words[title.end() : title.end() + 400])
    dates = find_dates(before)
    number = document_number(behind.group()) if behind else ""
    if not number and dates:
        number = document_number(before[dates[-1].end :])
    ordered_by, order, _ = number.partition("令第")
    issuer = _issuer(before) or (ordered_by if order else "")
    return Repeal(plain_title(title[1]), clause, dates[-1].iso if dates else "", issuer, number, partial)


def _issuer(before: str) -> str:
    """Return the organ named before a title: 国务院1988年发布的, 1991年中央组织部印发的, 原国家标准局颁发的."""
    verbs = list(_ISSUED.finditer(before))
    if not verbs:
        return ""
    head = before[: verbs[-1].start()]
    dates = find_dates(head)
    between = head[dates[-1].end :] if dates else head
    order = re.split(r"令|以", re.split(r"批准[，,、]?|修订[，,、]", between)[-1])[0]
    organ = organ_of(order.lstrip("起，,、 ").removeprefix("原"))
    if organ or not dates:
        return organ
    earlier = _ORGAN_BEFORE.search(head[: dates[-1].start])
    return organ_of(earlier.group().removesuffix("于").removeprefix("原")) if earlier else ""


def plain_title(words: str) -> str:
    """Return a title as the repealed text bears it, the notice that carried it (关于印发〈…〉的通知) taken off."""
    title = clean_title(words)
    carried = _CARRIER.search(title)
    return carried[1] if carried else title
