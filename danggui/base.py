"""The knowledge base as its users meet it (知识库): list, show, search, ask, verify, over a folder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from answer.ask import Answer, ask
from answer.consider import consider
from answer.exam import Choice, choose
from answer.follow import resolved
from answer.grounded import MOST_CLAUSES, Statement, grounded
from answer.items import Item
from answer.model import Model
from answer.question import read_question
from answer.select import Reading, read
from answer.support import Status as Worth
from answer.verify import Verification, verify, verify_hits
from corpus.citation import Citation
from corpus.errors import InputError, NotFoundError
from corpus.hit import Hit, make_hit, whole_hit
from corpus.mentions import parse_question
from corpus.store import Store, split_id
from corpus.titles import plain_title, work_key
from corpus.validity import EditionInfo, Status
from danggui.indexing import INDEX_FOLDER, index_faults, refresh_index
from danggui.listed import Listed
from danggui.llm import LlamaModel, read_language_settings
from danggui.lookup import LookUp
from danggui.relating import Network
from danggui.settings import read_settings
from danggui.sources import BaseSources
from index.chunks import Chunk
from index.explain import Explanation
from index.query import Query, read_query
from index.search import Index, Ranked

_LOCAL = 1.3  # how much a local text's score counts for a question about the county's own rules
_SCOPES = 64  # scopes whose editions are kept
_READINGS = 4096  # provisions kept as they are shown and read
_ANSWERS = 512  # answers kept: many ask the same


@dataclass(frozen=True, slots=True)
class Scope:
    """Which editions may be found: those that count on a day (or all), of a level, region or title.

    `without` is a title whose work is left out: what a question gets when its regulation is not in the base. With
    `free`, the day was not chosen and may be picked by the question (2018年版, 修订前). `edition` is a year that names
    editions, `earlier` asks for those before the present ones; `form` is what titles end with (条例, 办法), whatever
    the level: a county's 办法 is a 规范性文件. `facts` is the day of a case: texts that counted then come in beside
    those that count today (从旧兼从轻).
    """

    on: date
    all_editions: bool = False
    level: str = ""
    region: str = ""
    title: str = ""
    without: str = ""
    free: bool = False
    edition: str = ""
    earlier: bool = False
    form: str = ""
    facts: date | None = None


class KnowledgeBase(AbstractContextManager["KnowledgeBase"]):
    """An open knowledge base, read alone; sees one state of the store from opening to closing."""

    def __init__(self, home: Path) -> None:
        """Open the base in `home`. Raises StoreError when there is none."""
        self.home = home
        self.store = Store.open(home)
        self._admitted: dict[Scope, frozenset[str] | None] = {}
        self._reading = lru_cache(maxsize=_READINGS)(self._read)
        self._shown = lru_cache(maxsize=_READINGS)(self._show)
        self._answered = lru_cache(maxsize=_ANSWERS)(self._ask)  # a base sees one state, so an answer stays right

    def hold(self) -> Self:
        """Open what is otherwise opened on first use and keep to this state; several threads may then share the base.

        Raises StoreError when there is no whole index and none can be built.
        """
        _ = self.index  # brings the index up to date first, for which the state must not be held
        self.store.hold()
        _ = self.lookup
        return self

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    @cached_property
    def lookup(self) -> LookUp:
        """Names, editions and provisions."""
        return LookUp(self.store)

    @cached_property
    def network(self) -> Network:
        """What ties the editions to each other."""
        return Network(self)

    @cached_property
    def index(self) -> Index:
        """The search index, built first where it is missing or stale."""
        settings = read_settings(self.home)
        refresh_index(self.store, settings)
        return Index.open(self.home / INDEX_FOLDER, settings.embedding.key)

    def editions(self, on: date) -> list[Listed]:
        """Return every edition with its status on a day, by title and date."""
        infos = sorted(self.lookup.infos.values(), key=lambda info: (info.title, info.date))
        return [Listed(info, self.lookup.status(info.id, on)) for info in infos]

    def show(self, words: str, on: date) -> Hit:
        """Return the provision or work that a citation names, in the edition that counts on a day.

        Raises InputError for what is no citation, NotFoundError for what does not exist.
        """
        edition, provision = self.lookup.provision(Citation.parse(words), on)
        if provision is None:
            return whole_hit(edition, self.lookup.status(edition.id, on))
        return self.hit(edition.id, provision.path, on)

    def search(self, question: str, k: int, scope: Scope) -> list[Hit]:
        """Return the k best provisions for a question within a scope, at most one per article.

        Clauses that the question names come first, whatever their words. What it says of days, editions and levels
        picks the texts where the scope leaves that free.
        """
        return self.find(question, k, scope)[0]

    def find(self, question: str, k: int, scope: Scope) -> tuple[list[Hit], dict[str, dict[str, float]]]:
        """Return what `search` does, and by the id of a hit its features; none of a clause that is named."""
        query = read_query(question)
        scope = _picked(scope, query)
        named = self._named(question, scope)[:k]
        articles = {_article_of(hit) for hit in named}
        found, features = self._counting(query.text, k + len(named), scope)
        others = [hit for hit in found if _article_of(hit) not in articles]
        hits = [*named, *(_local_raised(others, self.lookup.infos) if query.local else others)][:k]
        return hits, features

    def _counting(self, text: str, k: int, scope: Scope) -> tuple[list[Hit], dict[str, dict[str, float]]]:
        """Return the k best hits that count, and features by id; looks further where clauses were repealed alone."""
        asked = k
        while True:
            ranked, features = self.index.find(text, asked, self._allowed(scope))
            found = self._hits(ranked, scope.on)
            hits = [hit for hit in found if scope.all_editions or not self._is_ended(hit, scope.on)]
            if len(hits) >= k or len(hits) == len(found) or len(ranked) < asked:
                return hits[:k], dict(zip((_id_of(one.chunk) for one in ranked), features, strict=True))
            asked *= 2

    def _is_ended(self, hit: Hit, on: date) -> bool:
        """Tell whether a later text repealed the provision by itself, its edition still counting."""
        return hit.status == Status.REPEALED and self.lookup.status(hit.edition_id, on) is not Status.REPEALED

    def search_many(self, questions: Iterable[str], k: int, scope: Scope) -> Iterator[list[Hit]]:
        """Yield the hits of several questions in order."""
        for question in questions:
            yield self.search(question, k, scope)

    def explain(self, question: str, k: int, scope: Scope) -> list[tuple[Hit, Explanation | None]]:
        """Return what `search` does, and with each hit why it ranks where it does, None for a clause that is named."""
        hits = self.search(question, k, scope)
        query = read_query(question)
        found = self.index.explain(query.text, k, self._allowed(_picked(scope, query)))
        reasons = {_id_of(self.index.chunk(one.row)): one for one in found}
        return [(hit, reasons.get(hit.id)) for hit in hits]

    def look_up(self, question: str, scope: Scope) -> list[Hit]:
        """Return the provisions that a question names by citation.

        Raises NotFoundError or InputError where one of them is not there.
        """
        cited = parse_question(question, self.lookup.titles)
        return [self.show(str(citation), scope.on) for citation in cited]

    def _named(self, question: str, scope: Scope) -> list[Hit]:
        """Return the provisions, no whole works, that a question names and the scope admits; none for wrong names."""
        try:
            hits = self.look_up(question, scope)
        except (NotFoundError, InputError):
            return []
        allowed = self._allowed(replace(scope, all_editions=True))
        known = [hit for hit in hits if allowed is None or hit.edition_id in allowed]
        return [replace(hit, score=1.0) for hit in known if hit.path]

    def ask(self, question: str, scope: Scope) -> Answer:
        """Answer a question from the provisions within a scope, each citation with its state."""
        return self._answered(question, scope)

    def _ask(self, question: str, scope: Scope) -> Answer:
        query = read_query(question)
        picked = _picked(scope, query)
        text = query.matter if scope.free else question
        sources = BaseSources(self, replace(picked, free=False))
        answer = ask(text, sources, picked.on.isoformat(), self.lookup, query.facts)
        if answer.status is Worth.NO_BASIS and (former := self._only_former(text, picked)):
            answer = self._from_former(text, picked, former) or answer
        return replace(answer, question=question, states=self.states(answer.citations, picked.on))

    def _only_former(self, question: str, scope: Scope) -> str:
        """Return a title that a question names and of which no edition here counts any more, "" for none."""
        over = (Status.SUPERSEDED, Status.REPEALED)
        for mention in () if scope.title else self.lookup.titles.find_in(question):
            for title in mention.titles:
                if all(self.lookup.status(info.id, scope.on) in over for info in self.lookup.editions_of(title)):
                    return title
        return ""

    def _from_former(self, question: str, scope: Scope, title: str) -> Answer | None:
        """Return the answer of a work's former editions, in part at best, None where they do not answer."""
        every = replace(scope, free=False, all_editions=True, title=title)
        answer = ask(question, BaseSources(self, every), scope.on.isoformat(), self.lookup)
        if not answer.citations:
            return None
        note = f"库中只有《{title}》以往的版本，所问日期已不适用，以下据以往版本"
        return replace(answer, status=Worth.PARTIAL, notes=(note, *answer.notes))

    def follow_up(self, question: str, previous: str) -> str:
        """Return a question as it reads by itself, given the one before it (追问)."""
        if not previous:
            return question
        terms = read_question(
            previous, self.index.words, self.index.weight, BaseSources(self, Scope(date.today())).title_in
        ).terms
        return resolved(question, previous, [term.text for term in terms])

    def answer(self, question: str, scope: Scope, llm: bool | None = None) -> Iterator[Statement | Answer]:
        """Yield the verified statements of the language model as they come, and the whole answer last.

        With `llm` None a model is asked where one is set up, else the answer alone is yielded, as `ask` makes it; so
        it is where the model fails. Raises InputError for `llm` True without a model set up.
        """
        model = None if llm is False else self.model
        if model is None and llm:
            raise InputError(
                "没有设置语言模型；请在知识库的 danggui.toml 里写 [llm] 的 url 和 model，或设 DANGGUI_LLM_URL"
            )
        plain = self.ask(question, scope)
        if model is None:
            yield plain
            return
        clauses = [] if plain.status is Worth.NO_BASIS else self._clauses(question, plain, scope)
        yield from grounded(question, plain, clauses, model, self.lookup)

    def final_answer(self, question: str, scope: Scope, llm: bool | None = None) -> Answer:
        """Return what `answer` yields last."""
        *_, last = self.answer(question, scope, llm)
        assert isinstance(last, Answer)
        return last

    @cached_property
    def model(self) -> Model | None:
        """The language model that is set up, None without one. Raises InputError for wrong settings."""
        settings = read_language_settings(self.home)
        return LlamaModel(settings) if settings else None

    def _clauses(self, question: str, plain: Answer, scope: Scope) -> list[Hit]:
        """Return the provisions that a model may answer from, whole: those cited without it, then those found."""
        found = self.search(question, MOST_CLAUSES, replace(scope, free=False))
        ids = dict.fromkeys(hit.id for hit in (*plain.citations, *found))
        return [self.hit(*split_id(one), scope.on) for one in ids if split_id(one)[1]]

    def states(self, citations: Sequence[Hit], on: date) -> tuple[str, ...]:
        """Return the state of each citation of an answer, read anew from the stored editions."""
        found = verify_hits(citations, self.lookup, on, successors=False)
        return tuple(one.state.value for one in found)

    def verify_citation(self, words: str, quote: str = "", on: date | None = None) -> Verification:
        """Verify a citation in any customary spelling, and the words quoted from it, on a day, by default today."""
        return verify(words, self.lookup, on or date.today(), quote)

    def signals(self, question: str, scope: Scope) -> dict[str, float]:
        """Return what tells whether a question can be answered within a scope, empty where nothing is found."""
        return consider(question, BaseSources(self, replace(scope, free=False))).signals

    def choose(self, item: Item, scope: Scope) -> Choice:
        """Choose for an examination item from the provisions within a scope."""
        return choose(item, BaseSources(self, replace(scope, free=False)))

    def verify(self) -> list[str]:
        """Return a Chinese sentence for each fault of store or index, empty when all is well."""
        faults = self.store.verify()
        if not self.store.is_linked:
            faults.append("有版本入库或移除后还没有重新链接引用（上一次中断了）；再导入任意一个文件即可补上")
        return [*faults, *index_faults(self.store)]

    def hit(self, edition_id: str, path: str, on: date, score: float = 0.0) -> Hit:
        """Return a provision as a hit. Raises NotFoundError."""
        return replace(self._shown(edition_id, path, self.lookup.provision_status(edition_id, path, on)), score=score)

    def read(self, hit: Hit) -> Reading:
        """Return a hit's article as it is read for any question."""
        return self._reading(hit.edition_id, hit.path)

    def _show(self, edition_id: str, path: str, status: Status) -> Hit:
        return make_hit(self.lookup.locator(edition_id), path, status)

    def _read(self, edition_id: str, path: str) -> Reading:
        locator = self.lookup.locator(edition_id)
        return read(make_hit(locator, path, Status.UNKNOWN), locator)

    def _hits(self, ranked: Iterable[Ranked], on: date) -> list[Hit]:
        known = self.lookup.infos
        return [
            self.hit(one.chunk.edition, one.chunk.path, on, one.score) for one in ranked if one.chunk.edition in known
        ]

    def _allowed(self, scope: Scope) -> frozenset[str] | None:
        """Return the ids of the editions in scope, None when all are; kept, since many questions share a scope."""
        if scope in (kept := self._admitted):
            return kept[scope]
        if len(kept) >= _SCOPES:
            self._admitted = kept = {}  # another thread may still read the former one
        kept[scope] = self._editions_in(scope)
        return kept[scope]

    def _editions_in(self, scope: Scope) -> frozenset[str] | None:
        filters = (scope.level, scope.region, scope.title, scope.without, scope.edition, scope.earlier, scope.form)
        if scope.all_editions and not any(filters):
            return None
        infos: Collection[EditionInfo] = self.lookup.infos.values()
        left_out = work_key(scope.without)
        every = scope.all_editions
        if scope.title:
            infos, picked = self.lookup.named(scope.title)
            every = every or picked
        return frozenset(
            info.id
            for info in infos
            if scope.level in ("", info.metadata.level)
            and scope.region in info.metadata.region
            and (not scope.form or plain_title(info.title).endswith(scope.form))
            and info.work != left_out
            and self._in_time(info, scope, every)
        )

    def _in_time(self, info: EditionInfo, scope: Scope, every: bool) -> bool:
        """Tell whether an edition is one of those that a scope picks by day, year or order."""
        if scope.edition:
            named = info.date.startswith(scope.edition) or info.metadata.effective.startswith(scope.edition)
            return named or (not self.lookup.has_edition_of(info, scope.edition) and self._counts(info, scope, every))
        if scope.earlier:
            before = self.lookup.before_present(info, scope.on)
            return info.id == before.id if before else self._counts(info, scope, every)
        return self._counts(info, scope, every)

    def _counts(self, info: EditionInfo, scope: Scope, every: bool) -> bool:
        then = scope.facts is not None and self.lookup.counts(info, scope.facts)
        return every or then or self.lookup.counts(info, scope.on)


def _picked(scope: Scope, query: Query) -> Scope:
    """Return a scope with what a question says, where the user left it free."""
    form = "" if scope.level else query.level
    if not scope.free or scope.all_editions or scope.title:
        return replace(scope, form=form)
    day = query.on or scope.on
    return replace(scope, on=day, form=form, edition=query.edition, earlier=query.earlier, facts=query.facts)


def _id_of(chunk: Chunk) -> str:
    return f"{chunk.edition}/{chunk.path}"


def _article_of(hit: Hit) -> tuple[str, str, str]:
    """Return what makes two hits parts of one article."""
    return hit.title, hit.edition, hit.article or hit.id


def _local_raised(hits: Sequence[Hit], infos: Mapping[str, EditionInfo]) -> list[Hit]:
    """Return hits by score, those of local texts raised."""

    def score(hit: Hit) -> float:
        return hit.score * (_LOCAL if infos[hit.edition_id].metadata.region else 1.0)

    return sorted(hits, key=score, reverse=True)
