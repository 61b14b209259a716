"""From a name and a day to an edition, from a citation to a provision (查条款)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from corpus.citation import Citation
from corpus.errors import NotFoundError
from corpus.locate import Locator
from corpus.model import Edition, Provision
from corpus.store import Store
from corpus.titles import TitleIndex, work_key
from corpus.validity import EditionInfo, Status

# Which edition answers for a work on a day, best first; among equals the latest.
_PREFERENCE = (Status.IN_FORCE, Status.UNKNOWN, Status.SUPERSEDED, Status.REPEALED, Status.NOT_YET_IN_FORCE)
_NEAREST = 3  # titles offered where a name is not known


class LookUp:
    """Names, editions and provisions of an open store, as it was when this was made; editions read are kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.infos = {info.id: info for info in store.infos()}
        self.timeline = store.timeline()
        self.titles = TitleIndex({info.title for info in self.infos.values()})
        self._locators: dict[str, Locator] = {}

    def edition(self, edition_id: str) -> Edition:
        """Return a whole edition. Raises NotFoundError."""
        return self.locator(edition_id).edition

    def locator(self, edition_id: str) -> Locator:
        """Return what finds and names the provisions of an edition. Raises NotFoundError."""
        if edition_id not in self._locators:
            self._locators[edition_id] = Locator(self._store.edition(edition_id))
        return self._locators[edition_id]

    def status(self, edition_id: str, on: date) -> Status:
        """Return an edition's status on a day."""
        return self.timeline.status(self.infos[edition_id], on)

    def editions_of(self, title: str) -> list[EditionInfo]:
        """Return the stored editions of the work that a full title names."""
        key = work_key(title)
        return [info for info in self.infos.values() if info.work == key]

    def title(self, name: str) -> str:
        """Return the stored title a name stands for; raises NotFoundError for none or several, offering the nearest."""
        found = self.titles.resolve(name)
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFoundError(f"“{name}”可能指{_names(found)}，请写明全称")
        near = get_close_matches(name, [info.title for info in self.infos.values()], _NEAREST, 0.5)
        hint = f"；名称相近的有{_names(dict.fromkeys(near))}" if near else "；用 danggui list 查看库中有哪些"
        raise NotFoundError(f"本库没有《{name.strip('《》')}》{hint}")

    def choose(self, title: str, on: date, named: str = "") -> EditionInfo:
        """Return the edition of a work that answers on a day, or the one whose date begins with `named`.

        Raises NotFoundError when there is no such edition.
        """
        editions = self.editions_of(title)
        if named:
            editions = [info for info in editions if info.date.startswith(named)] or self._in_title(editions, named)
            if not editions:
                dates = "、".join(info.date for info in self.editions_of(title))
                raise NotFoundError(f"本库没有《{title}》{named}的版本；现有版本：{dates}")
        if not editions:
            raise NotFoundError(f"本库没有《{title}》")
        return min(editions, key=lambda info: self._preference(info, on))

    def _in_title(self, editions: Iterable[EditionInfo], named: str) -> list[EditionInfo]:
        return [info for info in editions if info.metadata.effective.startswith(named)]

    def _preference(self, info: EditionInfo, on: date) -> tuple[int, tuple[int, ...]]:
        """Sort key: the status that counts most first, then the latest; of texts not yet in force the earliest."""
        status = self.timeline.status(info, on)
        day = tuple(int(part) for part in info.date.split("-")) if info.date[:4].isdigit() else ()
        later_first = tuple(-part for part in day) if day else (1,)
        return _PREFERENCE.index(status), day if status is Status.NOT_YET_IN_FORCE else later_first

    def provision(self, citation: Citation, on: date) -> tuple[Edition, Provision | None]:
        """Return the edition and the provision that a citation names on a day; None for a whole work.

        Raises NotFoundError, naming the nearest titles or the range that exists.
        """
        if not citation.title:
            raise NotFoundError(f"请写明是哪部法规的{citation.address}，例如《中国共产党章程》{citation.address}")
        info = self.choose(self.title(citation.title), on, citation.edition)
        locator = self.locator(info.id)
        return locator.edition, locator.find(citation) if citation.units else None


def _names(titles: Iterable[str]) -> str:
    return "、".join(f"《{title}》" for title in titles)
