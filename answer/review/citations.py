"""Whether the document's citations stand (引用核对): the clause exists, counts on the day, and is the one meant.

A document without `as_of` is read on two days: its own, when it was made, and today. What counted then and has been
replaced since is a warning about the document; what was over already when it was written is an error in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

from answer.review.findings import Mark, Severity
from answer.review.paper import Paper
from answer.review.reading import Mention
from answer.review.wordmap import WordMap, pairs
from answer.verify import Library, State, Verification, verify_citation
from corpus.citation import Citation, edition_words
from corpus.errors import AmbiguousError, DangguiError, NotFoundError
from corpus.folding import fold
from corpus.hit import Hit, make_hit
from corpus.locate import Locator
from corpus.model import Provision
from corpus.titles import normalise, work_key
from corpus.validity import EditionInfo, Status, days

_ALIKE = 0.85  # likeness from which an unknown title is a misspelt one
_PARTY = re.compile(r"中国共产党")
_TRIAL = re.compile(r"[（(](?:试行|暂行)[）)]")
_NUMBER = re.compile(
    r"\s*[（(]?([\u4e00-\u9fff]{1,10}[〔﹝\[（(]\d{4}[〕﹞\]）)]第?\d{1,4}号|[\u4e00-\u9fff]{2,8}(?:令|公告)第?\d{1,4}号)"
)
_ISSUED = re.compile(
    r"(?P<organ>(?:中共中央|国务院|党中央|中央|中办|国办|中纪委|中组部|全国人|国家监)"
    r"[\u4e00-\u9fff、]{0,24}?)(?:近日|联合|共同|修订|制定|日前)*(?:印发|发布|制定|公布|颁布|出台|下发)(?:了|的)?(?:新修订的|修订后的)?\Z"
)
_SHORT_ORGANS = {
    "中办": "中共中央办公厅",
    "国办": "国务院办公厅",
    "中央办公厅": "中共中央办公厅",
    "中央": "中共中央",
    "党中央": "中共中央",
    "中纪委": "中央纪委",
    "中组部": "中央组织部",
    "国家监委": "国家监察委员会",
}
_FITS, _STRAYS, _ALL = 0.72, 0.3, 0.95  # shares of a statement's pairs
_SURE = 12  # pairs that a statement must have to be looked for
_VERBATIM = 12  # letters of one that stands in another article word for word
_SAID = re.compile(r"\A[\s，,：:]*(?:的|中|关于|有关|明确|规定|指出|要求|提出|强调|之|所|即|[，,：:“\"])*")
_NEXT = re.compile(  # another clause, but not 本条例第七条, which the words of a clause may say themselves
    r"《|(?<!本条例)(?<!本规定)(?<!本办法)(?<!本规则)(?<!本细则)(?<!本法)第[一二三四五六七八九十百零0-9]+条"
)
_OVER = (State.SUPERSEDED, State.REPEALED)


@dataclass(frozen=True, slots=True)
class Judged:
    """A mention with its one state and what is to be told of it.

    `info` and `provision` are the edition and clause that were found, None where there are none.
    """

    mention: Mention
    mark: Mark
    message: str = ""
    severity: Severity = Severity.ERROR
    suggestion: str = ""
    clause: Hit | None = None
    info: EditionInfo | None = None
    provision: Provision | None = None

    @property
    def id(self) -> str:
        """The id of what is cited, "" for none."""
        if self.info and self.provision:
            return f"{self.info.id}/{self.provision.path}"
        return self.info.id if self.info else ""


class Judge:
    """Judges the citations of one document."""

    def __init__(self, paper: Paper, library: Library, today: date, as_of: date | None = None) -> None:
        """With `as_of` that day alone counts, else the document's own day and today."""
        self.paper = paper
        self.library = library
        self.now = as_of or today
        own = None if as_of else paper.day
        self.then = own if own and own < self.now else None
        self._maps: dict[str, WordMap] = {}

    def word_map(self, edition_id: str) -> WordMap:
        """Return the word map of an edition, made once."""
        if edition_id not in self._maps:
            self._maps[edition_id] = WordMap(self.library.locator(edition_id))
        return self._maps[edition_id]

    def judge(self, mention: Mention) -> Judged:
        """Return a mention's state, by the name, the number and the day; what is said of the clause is not read."""
        if mention.undefined:
            return self._undefined(mention)
        try:
            title = self.library.title(mention.citation.title)
        except AmbiguousError as error:
            return Judged(mention, Mark.AMBIGUOUS, str(error), Severity.WARNING, "请写明法规全称")
        except NotFoundError:
            return self._unknown(mention)
        judged = self._known(mention, title)
        return self._named_rightly(judged) if judged.mark is not Mark.NOT_FOUND else judged

    def _undefined(self, mention: Mention) -> Judged:
        message = f"“{mention.words}”是简称，文中没有写明指哪部法规"
        suggestion = "首次出现时写全称，并注明（以下简称《……》）"
        return Judged(mention, Mark.AMBIGUOUS, message, Severity.WARNING, suggestion)

    def _unknown(self, mention: Mention) -> Judged:
        """Judge a title that the base does not have: known from the catalogue, misspelt, or not known at all."""
        title, named = mention.citation.title, str(Citation(mention.citation.title))
        if listed := self._listed(mention):
            return listed
        near = self.library.nearest(title)
        former = [one for one in near if _is_former_name(one, title)]
        misspelt = [] if former else [one for one in near if _ratio(one, title) >= _ALIKE]
        if misspelt or _PARTY.match(title):
            message = f"没有查到{named}" + (f"，名称相近的有{_titles(misspelt or near)}" if near else "")
            return Judged(mention, Mark.NOT_FOUND, message, Severity.ERROR, "请核对法规名称是否写对")
        message = f"本库没有{named}，未能核对" + (f"；另有{_titles(former)}" if former else "")
        return Judged(mention, Mark.NOT_CHECKED, message, Severity.NOTE, "请自行核对，或将该文件入库后再查")

    def _listed(self, mention: Mention) -> Judged | None:
        """Judge a title that the catalogue knows by its facts; None where it does not."""
        found = verify_citation(mention.citation, self.library, self.now)
        if found.known is None:
            return None
        stood = self.then is not None and verify_citation(mention.citation, self.library, self.then).state
        if found.state in _OVER and stood is not False and stood not in _OVER:
            message = f"成文时有效，{found.message}"
            return Judged(
                mention, Mark(found.state.value), message, Severity.WARNING, "请改引现行规定，或将其入库后核对"
            )
        if found.state is State.NOT_CHECKED:
            return Judged(mention, Mark.NOT_CHECKED, found.message, Severity.NOTE, "请将该文件入库后再核对")
        exists = f"现有{found.range}" if found.range else "请核对是否应引现行规定"
        return Judged(mention, Mark(found.state.value), found.message, Severity.ERROR, exists)

    def _known(self, mention: Mention, title: str) -> Judged:
        """Judge a mention of a work in the base by the days that count."""
        cited = replace(mention.citation, title=title)
        now = self._on(mention, cited, self.now)
        if self.then is None or cited.edition:
            return now
        then = self._on(mention, cited, self.then)
        if then.mark is Mark.NOT_YET_IN_FORCE:
            return self._before_its_time(now, then)
        if not cited.units:
            return self._of_work(now, then)
        if then.mark is not Mark.OK:
            return then
        return self._since(then, cited)

    def _of_work(self, now: Judged, then: Judged) -> Judged:
        """Judge a whole work named by a dated document: its title may have stood then and be another's today."""
        if now.mark in (Mark.SUPERSEDED, Mark.REPEALED) and then.mark is Mark.OK:
            return replace(now, message=f"成文时有效，{now.message}", severity=Severity.WARNING)
        return now

    def _before_its_time(self, now: Judged, then: Judged) -> Judged:
        """Judge a document that is older than the edition in force: what it could cite may not be in the base."""
        assert self.then is not None
        info = then.info
        if info and days(info.date).first <= self.then:
            return replace(then, severity=Severity.WARNING)
        if not now.mention.citation.units or now.mark is Mark.NOT_FOUND:
            return (
                now
                if not now.mention.citation.units
                else replace(now, mark=Mark.NOT_CHECKED, severity=Severity.WARNING)
            )
        dated = edition_words(info.date)[1:-1] if info else ""
        message = f"成文时有效的版本未入库（库中最早为{dated}版），{now.mention.words}未能核对"
        return replace(
            now, mark=Mark.NOT_CHECKED, message=message, severity=Severity.NOTE, suggestion="请对照当时的版本核对条号"
        )

    def _since(self, then: Judged, cited: Citation) -> Judged:
        """Tell what has become by today of a clause that counted when the document was made."""
        assert then.info is not None
        if self.library.status(then.info.id, self.now) not in (Status.SUPERSEDED, Status.REPEALED):
            return then
        dated = replace(cited, edition=then.info.date)
        found = self._on(then.mention, dated, self.now)
        message = f"成文时有效，{found.message}"
        return replace(found, message=message, severity=Severity.WARNING)

    def _on(self, mention: Mention, cited: Citation, day: date) -> Judged:
        """Judge a mention on one day."""
        found = verify_citation(cited, self.library, day)
        info = self._edition(cited, day)
        if found.state is State.NOT_CHECKED:
            cure = "请将现行版本入库后再核对" if found.known else "请写明是哪一处"
            return Judged(mention, Mark.NOT_CHECKED, found.message, Severity.WARNING, cure, info=info)
        if found.state is State.NOT_FOUND:
            return self._no_clause(mention, found, info)
        provision = self.library.locator(info.id).find(cited) if info and cited.units else None
        message, suggestion = _told(found)
        severity = Severity.NOTE if found.state is State.OK else Severity.ERROR
        if info and not cited.units and work_key(info.metadata.successor).startswith(info.work):
            message, suggestion = _revised(info), "如引用具体内容，请核对现行文本"
            severity = Severity.NOTE
        clause = found.hit if provision else None
        return Judged(mention, Mark(found.state.value), message, severity, suggestion, clause, info, provision)

    def _edition(self, cited: Citation, day: date) -> EditionInfo | None:
        try:
            return self.library.choose(cited.title, day, cited.edition)
        except DangguiError:
            return None

    def _no_clause(self, mention: Mention, found: Verification, info: EditionInfo | None) -> Judged:
        exists = f"现有{found.range}" if found.range else ""
        return Judged(mention, Mark.NOT_FOUND, found.message, Severity.ERROR, exists or "请核对条号", info=info)

    def _named_rightly(self, judged: Judged) -> Judged:
        """Hold 文号, issuer and （试行） beside the title to what is known of the work."""
        info = judged.info
        if info is None:
            return judged
        for wrong in (self._wrong_number, self._wrong_issuer, self._wrong_trial):
            if found := wrong(judged, info):
                return found
        return judged

    def _editions(self, info: EditionInfo) -> list[EditionInfo]:
        return [one for one in self.library.infos.values() if one.work == info.work]

    def _wrong_number(self, judged: Judged, info: EditionInfo) -> Judged | None:
        match = _NUMBER.match(self.paper.text, judged.mention.end)
        known = {one.metadata.number for one in self._editions(info)} - {""}
        if not match or not known or _plain_number(match[1]) in map(_plain_number, known):
            return None
        message = f"《{info.title}》的文号是{'、'.join(sorted(known))}，文中写作{match[1]}"
        return replace(
            judged, mark=Mark.WRONG_NUMBER, message=message, severity=Severity.ERROR, suggestion="请核对文号"
        )

    def _wrong_issuer(self, judged: Judged, info: EditionInfo) -> Judged | None:
        match = _ISSUED.search(self.paper.text, max(0, judged.mention.start - 48), judged.mention.start)
        issuers = {one.metadata.issuer for one in self._editions(info)} - {""}
        if not match or not issuers or any(_may_be_same(match["organ"], one) for one in issuers):
            return None
        message = f"《{info.title}》由{info.metadata.issuer}发布，文中写作{match['organ']}"
        return replace(
            judged, mark=Mark.WRONG_ISSUER, message=message, severity=Severity.ERROR, suggestion="请核对发布机关"
        )

    def _wrong_trial(self, judged: Judged, info: EditionInfo) -> Judged | None:
        cited = judged.mention.citation
        if judged.mark is not Mark.OK or not _TRIAL.search(cited.title) or _TRIAL.search(info.title):
            return None
        message = f"所引“{cited.title}”已为《{info.title}》{edition_words(info.date)}所代替"
        return replace(
            judged,
            mark=Mark.SUPERSEDED,
            message=message,
            severity=Severity.WARNING,
            suggestion="请核对是否应引现行文本",
        )

    def meant(self, judged: Judged) -> Judged:
        """Tell where the words said of a clause fit another number of its edition, or the number of a former one."""
        statement = self._statement(judged.mention)
        if judged.mark is not Mark.OK or not judged.provision or not judged.info:
            return judged
        words = self.word_map(judged.info.id)
        place = _elsewhere(words, judged.provision, statement)
        if place is None:
            return judged
        hit = self._hit(words.locator, judged.info, place)
        former = self._former(judged, statement)
        message = f"所述内容不在{judged.clause.label if judged.clause else '该条'}，现行版本见{hit.label}{former}"
        return replace(
            judged,
            mark=Mark.RENUMBERED,
            message=message,
            severity=Severity.ERROR,
            suggestion=f"请对照{hit.label}核对条号",
            clause=hit,
        )

    def _former(self, judged: Judged, statement: str) -> str:
        """Return words on the former edition in which the number cited was right, "" where there is none."""
        assert judged.info is not None
        assert judged.provision is not None
        for info in self._editions(judged.info):
            words = self.word_map(info.id)
            if info.id != judged.info.id and words.shares(statement).get(judged.provision.path, 0.0) >= _FITS:
                return f"（{judged.mention.citation.address}是{edition_words(info.date)[1:-1]}版的条号）"
        return ""

    def _hit(self, locator: Locator, info: EditionInfo, provision: Provision) -> Hit:
        return make_hit(locator, provision.path, self.library.status(info.id, self.now))

    def _statement(self, mention: Mention) -> str:
        """Return what the sentence says behind a mention, without 规定 and the like, up to the next title."""
        sentence = self.paper.sentence_at(mention.start)
        behind = self.paper.text[mention.end : sentence.end]
        return _SAID.sub("", _NEXT.split(behind)[0])


def _elsewhere(words: WordMap, cited: Provision, statement: str) -> Provision | None:
    """Return the article that a statement is of, None where it may be the cited one's or is too short to say."""
    own = words.article_of(cited)
    best, share = words.best(statement)
    if not own or best is None or best.path == own:
        return None
    if words.stands(statement, best) and not words.stands(statement, cited):
        return best if len(fold(statement)) >= _VERBATIM else None
    sure = len(pairs(statement)) >= _SURE
    return best if sure and _fits_elsewhere(share, words.shares(statement).get(own, 0.0)) else None


def _is_former_name(one: str, other: str) -> bool:
    """Tell whether two titles differ by 关于 and 的 alone: 关于…的若干规定 was often replaced by …若干规定."""
    bare, same = (re.sub("关于|的", "", title) for title in (one, other))
    return bare == same


def _fits_elsewhere(share: float, own: float) -> bool:
    """Tell whether a statement is another article's: nearly none of it the cited one's, or all of it the other's."""
    return (share >= _FITS and own <= _STRAYS) or (share >= _ALL and own <= _FITS)


def _told(found: Verification) -> tuple[str, str]:
    """Return the message of a verification, and what to do where the clause counts no more."""
    if found.state not in _OVER:
        return found.message, "" if found.state is State.OK else "请核对施行日期"
    if found.successor is None:
        return found.message, "请删去或改引现行规定"
    dated = edition_words(found.successor.edition)
    return found.message, f"请对照{found.successor.label}{dated}核对"


def _revised(info: EditionInfo) -> str:
    """Return what is said of a work that goes on in an edition the base lacks."""
    return (
        f"{Citation(info.title)}已有新的版本（{info.metadata.successor}），本库最新为{edition_words(info.date)[1:-1]}版"
    )


def _titles(titles: Iterable[str]) -> str:
    return "、".join(f"《{title}》" for title in titles)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, normalise(one), normalise(other), autojunk=False).ratio()


def _plain_number(words: str) -> str:
    return re.sub(r"[^\w]|第", "", words)


def _may_be_same(organ: str, issuer: str) -> bool:
    """Tell whether one of the organs named is one of the issuers; a congress or plenum speaks for the 中共中央."""
    named = {_organ(one) for one in re.split("[、和,，]", organ) if one}
    known = {_organ(one) for one in re.split("[、和,，等]", issuer) if one}
    return bool(named & known)


def _organ(name: str) -> str:
    name = _SHORT_ORGANS.get(name, name)
    if name.startswith("中国共产党第"):
        return "中共中央"
    name = name.removeprefix("中共").removesuffix("常务委员会").removesuffix("常委会")
    return name.replace("全国人民代表大会", "全国人大").replace("委员会", "委").replace("纪律检查委", "纪委")
