"""The knowledge base as its users meet it (知识库): list, show, search, ask, verify, over a folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
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
from answer.signals import Compared
from answer.support import Status as Worth
from answer.verify import Verification, verify, verify_hits
from corpus.citation import Citation
from corpus.errors import InputError, NotFoundError, StoreError
from corpus.hit import Hit, make_hit, whole_hit
from corpus.mentions import parse_question
from corpus.model import Edition
from corpus.store import Store, split_id
from corpus.store_lock import WriterLock
from corpus.titles import plain_title, work_key
from corpus.validity import EditionInfo, Status
from danggui.llm import LlamaModel, read_language_settings
from danggui.lookup import LookUp
from danggui.settings import read_settings
from index.build import Wanted, update
from index.embedding import embedder_for
from index.explain import Explanation
from index.query import Query, read_query
from index.search import Index, Ranked
from index.settings import IndexSettings
from index.storage import damaged_files, is_current, is_whole, missing_files, read_manifest, recipe

INDEX_FOLDER = "index"
_LOCAL = 1.3  # how much a local text's score counts for a question about the county's own rules
_SCOPES = 64  # scopes whose editions are kept


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


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition in the list, with its status on the day asked."""

    info: EditionInfo
    status: Status

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {
            "title": self.info.title,
            "edition": self.info.date,
            "status": self.status.value,
            "level": self.info.metadata.level,
            "issuer": self.info.metadata.issuer,
            "effective": self.info.metadata.effective,
            "articles": self.info.articles,
            "provisions": self.info.provisions,
            "file": self.info.file,
        }


class KnowledgeBase(AbstractContextManager["KnowledgeBase"]):
    """An open knowledge base, read alone; sees one state of the store from opening to closing."""

    def __init__(self, home: Path) -> None:
        """Open the base in `home`. Raises StoreError when there is none."""
        self.home = home
        self.store = Store.open(home)
        self._admitted: dict[Scope, Collection[str] | None] = {}

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
        query = read_query(question)
        scope = _picked(scope, query)
        named = self._named(question, scope)[:k]
        articles = {_article_of(hit) for hit in named}
        found = self._hits(self.index.search(query.text, k + len(named), self._allowed(scope)), scope.on)
        counting = (hit for hit in found if scope.all_editions or not self._is_ended(hit, scope.on))
        others = [hit for hit in counting if _article_of(hit) not in articles]
        return [*named, *(_local_raised(others, self.lookup.infos) if query.local else others)][:k]

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
        reasons = {self._chunk_id(one): one for one in found}
        return [(hit, reasons.get(hit.id)) for hit in hits]

    def _chunk_id(self, explanation: Explanation) -> str:
        chunk = self.index.chunk(explanation.row)
        return f"{chunk.edition}/{chunk.path}"

    def compare(self, question: str, hits: Sequence[Hit]) -> dict[str, dict[str, float]]:
        """Return for the id of each hit what its words have in common with a question, feature by feature.

        Hits that are no chunk of the index, such as single 款, are left out.
        """
        rows = {hit.id: self.index.row(hit.edition_id, hit.path) for hit in hits}
        found = self.index.compare(read_query(question).text, [row for row in rows.values() if row is not None])
        columns = {int(row): column for row, column in zip(found.rows, found.values.T.tolist(), strict=True)}
        return {hit: dict(zip(found.names, columns[row], strict=True)) for hit, row in rows.items() if row is not None}

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
        known = [hit for hit in hits if allowed is None or f"{hit.title}@{hit.edition}" in allowed]
        return [replace(hit, score=1.0) for hit in known if "/" in hit.id.rpartition("@")[2]]

    def ask(self, question: str, scope: Scope) -> Answer:
        """Answer a question from the provisions within a scope, each citation with its state."""
        query = read_query(question)
        picked = _picked(scope, query)
        text = query.matter if scope.free else question
        sources = _Sources(self, replace(picked, free=False))
        answer = ask(text, sources, picked.on.isoformat(), self.lookup, query.facts)
        return replace(answer, question=question, states=self.states(answer.citations, picked.on))

    def follow_up(self, question: str, previous: str) -> str:
        """Return a question as it reads by itself, given the one before it (追问)."""
        if not previous:
            return question
        terms = read_question(
            previous, self.index.words, self.index.weight, _Sources(self, Scope(date.today())).title_in
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
        return consider(question, _Sources(self, replace(scope, free=False))).signals

    def choose(self, item: Item, scope: Scope) -> Choice:
        """Choose for an examination item from the provisions within a scope."""
        return choose(item, _Sources(self, replace(scope, free=False)))

    def verify(self) -> list[str]:
        """Return a Chinese sentence for each fault of store or index, empty when all is well."""
        faults = self.store.verify()
        if not self.store.is_linked:
            faults.append("有版本入库或移除后还没有重新链接引用（上一次中断了）；再导入任意一个文件即可补上")
        return [*faults, *_index_faults(self.store)]

    def hit(self, edition_id: str, path: str, on: date, score: float = 0.0) -> Hit:
        """Return a provision as a hit. Raises NotFoundError."""
        status = self.lookup.provision_status(edition_id, path, on)
        return make_hit(self.lookup.locator(edition_id), path, status, score=score)

    def _hits(self, ranked: Iterable[Ranked], on: date) -> list[Hit]:
        known = self.lookup.infos
        return [
            self.hit(one.chunk.edition, one.chunk.path, on, one.score) for one in ranked if one.chunk.edition in known
        ]

    def _allowed(self, scope: Scope) -> Collection[str] | None:
        """Return the ids of the editions in scope, None when all are; kept, since many questions share a scope."""
        if scope in (kept := self._admitted):
            return kept[scope]
        if len(kept) >= _SCOPES:
            self._admitted = kept = {}  # another thread may still read the former one
        kept[scope] = self._editions_in(scope)
        return kept[scope]

    def _editions_in(self, scope: Scope) -> Collection[str] | None:
        filters = (scope.level, scope.region, scope.title, scope.without, scope.edition, scope.earlier, scope.form)
        if scope.all_editions and not any(filters):
            return None
        infos: Collection[EditionInfo] = self.lookup.infos.values()
        left_out = work_key(scope.without)
        every = scope.all_editions
        if scope.title:
            infos, picked = self.lookup.named(scope.title)
            every = every or picked
        return {
            info.id
            for info in infos
            if scope.level in ("", info.metadata.level)
            and scope.region in info.metadata.region
            and (not scope.form or plain_title(info.title).endswith(scope.form))
            and info.work != left_out
            and self._in_time(info, scope, every)
        }

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


class _Sources:
    """What `answer.ask` reads, within one scope."""

    def __init__(self, base: KnowledgeBase, scope: Scope) -> None:
        self._base = base
        self._scope = scope

    def search(self, question: str, k: int) -> Sequence[Hit]:
        return self._base.search(question, k, self._scope)

    def compare(self, question: str, hits: Sequence[Hit]) -> Compared:
        return self._base.compare(question, hits)

    def look_up(self, question: str) -> Sequence[Hit]:
        return self._base.look_up(question, self._scope)

    def edition(self, edition_id: str) -> Edition:
        return self._base.lookup.edition(edition_id)

    def title_in(self, question: str) -> Sequence[str]:
        mentions = self._base.lookup.titles.find_in(question)
        return [title for mention in mentions for title in mention.titles]

    def weight(self, word: str) -> float:
        return self._base.index.weight(word)

    def words(self, text: str) -> Sequence[str]:
        return self._base.index.words(text)


def _picked(scope: Scope, query: Query) -> Scope:
    """Return a scope with what a question says, where the user left it free."""
    form = "" if scope.level else query.level
    if not scope.free or scope.all_editions or scope.title:
        return replace(scope, form=form)
    day = query.on or scope.on
    return replace(scope, on=day, form=form, edition=query.edition, earlier=query.earlier, facts=query.facts)


def _article_of(hit: Hit) -> tuple[str, str, str]:
    """Return what makes two hits parts of one article."""
    return hit.title, hit.edition, hit.article or hit.id


def _local_raised(hits: Sequence[Hit], infos: Mapping[str, EditionInfo]) -> list[Hit]:
    """Return hits by score, those of local texts raised."""

    def score(hit: Hit) -> float:
        return hit.score * (_LOCAL if infos[f"{hit.title}@{hit.edition}"].metadata.region else 1.0)

    return sorted(hits, key=score, reverse=True)


def is_index_current(store: Store, settings: IndexSettings) -> bool:
    """Tell whether the index of a store is there and made from what it holds with these settings."""
    model = "" if settings.store == "none" else embedder_for(settings.embedding).identity
    return is_current(store.home / INDEX_FOLDER, store.digest(), recipe(model, settings.store))


def refresh_index(store: Store, settings: IndexSettings, progress: Callable[[int], None] | None = None) -> bool:
    """Bring the index up to date where it is missing or stale, and tell whether that was done.

    While another process writes, its index is left to it and the former one serves; so it does where the folder
    cannot be written to. Raises StoreError when there is no whole one.
    """
    if is_index_current(store, settings):
        return False
    try:
        lock = WriterLock(store.home)
    except StoreError as error:
        if is_whole(store.home / INDEX_FOLDER):
            return False
        if isinstance(error.__cause__, BlockingIOError):
            raise StoreError(f"正在首次建立知识库，请稍候再试。{error}") from error
        raise StoreError(f"检索索引还没有建好，或已损坏，要等能够写入时重建。{error}") from error
    try:
        if is_index_current(store, settings):  # built by another process meanwhile
            return False
        build_index(store, settings, progress)
    finally:
        lock.release()
    return True


def _index_faults(store: Store) -> list[str]:
    """Return what is wrong with the index of a store, its files read whole."""
    folder = store.home / INDEX_FOLDER
    try:
        manifest = read_manifest(folder)
    except StoreError:
        return ["检索索引还没有建立，或已损坏；下一次检索时会自动重建"]
    if missing := missing_files(folder, manifest):
        return [f"检索索引的文件缺失或不完整（{'、'.join(missing)}）；下一次检索时会自动重建"]
    if damaged := damaged_files(folder, manifest):
        return [f"检索索引的文件已损坏（{'、'.join(damaged)}）；请运行 danggui reindex 重建"]
    if not is_index_current(store, read_settings(store.home)):
        return ["检索索引与库中文本或设置不一致；下一次检索时会自动更新"]
    return []


def build_index(
    store: Store, settings: IndexSettings, progress: Callable[[int], None] | None = None, *, anew: bool = False
) -> None:
    """Make the index of a store hold what it holds, taking nothing over when it is built `anew`.

    The former index serves until the new one is in place; the caller sees to it that nobody else builds. Raises
    InputError for settings that cannot be met.
    """
    digests = store.digests()
    wanted = (Wanted(info.id, digests[info.id], partial(store.edition, info.id)) for info in store.infos())
    update(wanted, store.home / INDEX_FOLDER, store.digest(), progress, settings=settings, anew=anew)
