"""From a name and a day to an edition, from a citation to a provision (查条款)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property, lru_cache

from corpus.catalogue import FILE_NAME, Catalogue
from corpus.citation import Citation, split_edition
from corpus.errors import AmbiguousError, NotFoundError
from corpus.locate import Locator
from corpus.model import Edition, Provision
from corpus.store import Store
from corpus.titles import TYPES, TitleIndex, is_draft, is_generic, normalise, plain_title, work_key
from corpus.unread import PREFERENCE, Known, Unread
from corpus.validity import EditionInfo, Status
from danggui.clauses import EndedClause, ended_clauses, stated_ends
from ingest.clauses import ClauseEnd, ClauseState

_ANSWERING = (Status.IN_FORCE, Status.UNKNOWN)  # what may answer a question on a day
_READ = 512  # editions kept
_NEAREST = 3  # titles offered where a name is not known
_TYPED = re.compile(rf"(?:{TYPES})》?\Z")
_CANDIDATES = 8  # titles offered where a name may mean several


class LookUp:
    """Names, editions and provisions of an open store, as it was when this was made; editions read are kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.infos = {info.id: info for info in store.infos()}
        self.timeline = store.timeline()
        self.titles = TitleIndex({info.title for info in self.infos.values()})
        self._by_work: dict[str, list[EditionInfo]] = defaultdict(list)
        for info in self.infos.values():
            self._by_work[info.work].append(info)
        self._read = lru_cache(maxsize=_READ)(lambda edition_id: Locator(store.edition(edition_id)))

    @cached_property
    def catalogued(self) -> Unread:
        """What the catalogue knows beside the base. Raises InputError for an impossible row of the base's own file."""
        return Unread(Catalogue.load(self._store.home / FILE_NAME), self.infos.values())

    def unread(self, name: str, on: date, named: str = "") -> Known | None:
        """Return the edition of a name that the catalogue knows and the base lacks, None where there is none.

        Raises AmbiguousError.
        """
        return self.catalogued.find(name, on, named)

    def unread_in(self, text: str, on: date) -> list[Known]:
        """Return the works that a free text names and of which the base holds nothing, as the catalogue knows them."""
        return self.catalogued.mentioned(text, on)

    def provision_status(self, edition_id: str, path: str, on: date) -> Status:
        """Return the status of a provision on a day: its edition's, unless a later text ended the clause by itself.

        A clause that is suspended, or whose end has no certain day, is of unknown status from then on.
        """
        status, info = self.status(edition_id, on), self.infos[edition_id]
        if status not in _ANSWERING or info.work not in self._clause_ends:
            return status
        ended = [one for one in self.clause_ends(info) if one.covers(path) and one.span.first <= on]
        if any(one.state is ClauseState.REPEALED and one.span.last <= on for one in ended):
            return Status.REPEALED
        return Status.UNKNOWN if ended else status

    def clause_ends(self, info: EditionInfo) -> tuple[EndedClause, ...]:
        """Return the clauses of an edition that other texts of the base repeal or suspend."""
        return ended_clauses(info, self._clause_ends.get(info.work, ()), self.locator(info.id))

    @cached_property
    def _clause_ends(self) -> Mapping[str, list[tuple[EditionInfo, ClauseEnd]]]:
        return stated_ends(self.infos.values(), self._store.text, self.titles)

    def edition(self, edition_id: str) -> Edition:
        """Return a whole edition. Raises NotFoundError."""
        return self.locator(edition_id).edition

    def locator(self, edition_id: str) -> Locator:
        """Return what finds and names the provisions of an edition. Raises NotFoundError."""
        return self._read(edition_id)

    def status(self, edition_id: str, on: date) -> Status:
        """Return an edition's status on a day."""
        return self.timeline.status(self.infos[edition_id], on)

    def editions_of(self, title: str) -> list[EditionInfo]:
        """Return the stored editions that a full title names.

        Those with that very title where it says more than the work's (试行, 征求意见稿), else all of the work.
        """
        folded, key = normalise(title), work_key(title)
        editions = self._by_work.get(key, [])
        own = [info for info in editions if normalise(info.title) == folded] if folded != key else []
        return own or list(editions)

    def counts(self, info: EditionInfo, on: date) -> bool:
        """Tell whether an edition may answer on a day: in force or of unknown status, no draft beside a real one."""
        if self.timeline.status(info, on) not in _ANSWERING:
            return False
        return not is_draft(info.title) or not any(
            self.timeline.status(other, on) in _ANSWERING
            for other in self._by_work[info.work]
            if not is_draft(other.title)
        )

    def counting(self, on: date) -> list[EditionInfo]:
        """Return the editions that may answer on a day, by their identifiers."""
        return [info for _, info in sorted(self.infos.items()) if self.counts(info, on)]

    def has_edition_of(self, info: EditionInfo, year: str) -> bool:
        """Tell whether the work of an edition has one of that year, by its date or its entry into force."""
        others = self._by_work[info.work]
        return any(other.date.startswith(year) or other.metadata.effective.startswith(year) for other in others)

    def before_present(self, info: EditionInfo, on: date) -> EditionInfo | None:
        """Return the latest superseded edition of an edition's work on a day, None where there is none."""
        past = [other for other in self._by_work[info.work] if self.timeline.status(other, on) is Status.SUPERSEDED]
        return max(past, key=lambda other: other.date, default=None)

    def successor(self, info: EditionInfo, on: date) -> EditionInfo | None:
        """Return the edition of the base that has taken an edition's place by a day, None where there is none.

        Of several the one that counts on that day: of the text of 2015, that of 2023 where that of 2018 is over too.
        """
        ends = [end for end in self.timeline.ends(info) if end.by in self.infos and end.span.first <= on]
        return min((self.infos[end.by] for end in ends), key=lambda other: self._preference(other, on), default=None)

    def title(self, name: str) -> str:
        """Return the stored title a name stands for.

        Raises NotFoundError offering the nearest for none, AmbiguousError for several.
        """
        found = self.titles.resolve(name)
        if len(found) == 1:
            return found[0]
        found = found or self._ending_with(name)
        if found:
            several = f"等{len(found)}部" if len(found) > _CANDIDATES else ""
            raise AmbiguousError(f"“{name}”可能指{_names(found[:_CANDIDATES])}{several}，请写明全称")
        works = self.catalogued.catalogue.named(name)
        if len(works) == 1 and works[0].key in self._by_work:
            return plain_title(self._by_work[works[0].key][0].title)
        near = self.nearest(name)
        hint = f"；名称相近的有{_names(near)}" if near else "；用 danggui list 查看库中有哪些"
        raise NotFoundError(f"本库没有《{name.strip('《》')}》{hint}")

    def meant(self, name: str) -> str:
        """Return the stored title that a user asks for: as `title` does, else the only one that ends with the name.

        A document that cites by such a name is not right, so citations are not read this way. Raises as `title` does.
        """
        try:
            return self.title(name)
        except AmbiguousError:
            raise
        except NotFoundError:
            ends = self._works_ending(name) if _TYPED.search(name) and not self.catalogued.catalogue.named(name) else ()
            if len(ends) != 1:
                raise
            return ends[0]

    def nearest(self, name: str) -> tuple[str, ...]:
        """Return the titles of base and catalogue most like a name, at most three; none where none is like it."""
        stored = [info.title for info in self.infos.values()]
        listed = [work.title for work in self.catalogued.catalogue.works.values()]
        return tuple(get_close_matches(name, dict.fromkeys([*stored, *listed]), _NEAREST, 0.5))

    def _ending_with(self, name: str) -> tuple[str, ...]:
        """Return the works that a name too general for one (准则, 实施办法) may mean, the shortest titles first."""
        return self._works_ending(name) if is_generic(name) else ()

    def _works_ending(self, name: str) -> tuple[str, ...]:
        titles = (plain_title(infos[0].title) for work, infos in self._by_work.items() if work.endswith(work_key(name)))
        return tuple(sorted(titles, key=lambda title: (len(title), title)))

    def choose(self, title: str, on: date, named: str = "") -> EditionInfo:
        """Return the edition of a work that answers on a day, or the one whose date begins with `named`.

        Raises NotFoundError when there is no such edition.
        """
        return min(self._dated(title, named), key=lambda info: self._preference(info, on))

    def named(self, name: str) -> tuple[list[EditionInfo], bool]:
        """Return the editions that a name stands for, and whether it picks them out of others of the work.

        纪律处分条例 stands for all, 纪律处分条例（试行） and 纪律处分条例（2018年） for one. Raises NotFoundError.
        """
        title, year = split_edition(name.strip("《》"))
        editions = self._dated(self.meant(title), year)
        return editions, len(editions) < len(self._by_work[editions[0].work])

    def _dated(self, title: str, named: str) -> list[EditionInfo]:
        """Return the editions of a full title whose date, or else entry into force, begins with `named`."""
        editions = self.editions_of(title)
        if not editions:
            raise NotFoundError(f"本库没有《{title}》")
        found = [info for info in editions if info.date.startswith(named)]
        found = found or [info for info in editions if info.metadata.effective.startswith(named)]
        if not found:
            dates = "、".join(info.date for info in editions)
            raise NotFoundError(f"本库没有《{title}》{named}的版本；现有版本：{dates}")
        return found

    def _preference(self, info: EditionInfo, on: date) -> tuple[bool, int, tuple[int, ...]]:
        """Sort key: drafts last, the status that counts most first, then the latest.

        Of texts not yet in force the earliest comes first.
        """
        status = self.timeline.status(info, on)
        day = tuple(int(part) for part in info.date.split("-")) if info.date[:4].isdigit() else ()
        later_first = tuple(-part for part in day) if day else (1,)
        order = day if status is Status.NOT_YET_IN_FORCE else later_first
        return is_draft(info.title), PREFERENCE.index(status), order

    def provision(self, citation: Citation, on: date) -> tuple[Edition, Provision | None]:
        """Return the edition and the provision that a citation names on a day; None for a whole work.

        Raises NotFoundError, naming the nearest titles or the range that exists.
        """
        if not citation.title:
            raise AmbiguousError(f"请写明是哪部法规的{citation.address}，例如《中国共产党章程》{citation.address}")
        info = self.choose(self.title(citation.title), on, citation.edition)
        locator = self.locator(info.id)
        return locator.edition, locator.find(citation) if citation.units else None


def _names(titles: Iterable[str]) -> str:
    return "、".join(f"《{title}》" for title in titles)
