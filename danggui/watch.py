"""What is followed and what newly came in that touches it (关注): works of the base and documents of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.citation import Citation
from corpus.errors import InputError, NotFoundError
from corpus.model import Edition
from corpus.relations import Tie, ties
from corpus.titles import work_key
from corpus.validity import UNDATED, EditionInfo
from danggui.graph import TIE_WORDS
from danggui.ingesting import Shelf
from danggui.radar import Overtaken, overtaken
from danggui.relating import Edge
from ingest.pipeline import Job, parse_file
from ingest.references import resolve_external

if TYPE_CHECKING:
    from danggui.base import KnowledgeBase

FILE_NAME = "watch.json"


@dataclass(frozen=True, slots=True)
class Followed:
    """A work, by its full title, or a document of one's own, by its path; `since` is the ISO day it was added."""

    name: str
    is_file: bool
    since: str


@dataclass(frozen=True, slots=True)
class WatchList:
    """What is followed, and `seen`, the number of the base's last change when it was last looked through."""

    followed: tuple[Followed, ...] = ()
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """A newly ingested edition that touches something followed, and how: new_edition, repealed, upper, tied, available.

    `overtaken` tells the clauses where a text above changed.
    """

    followed: Followed
    kind: str
    edition: str
    message: str
    overtaken: Overtaken | None = None

    def to_json(self) -> dict[str, object]:
        """Return the JSON object."""
        clauses = self.overtaken.to_json()["clauses"] if self.overtaken else []
        facts = {"followed": self.followed.name, "kind": self.kind, "edition": self.edition}
        return {**facts, "message": self.message, "clauses": clauses}


def read(home: Path) -> WatchList:
    """Return the list kept in a base's folder, empty at first; raises InputError for a damaged file."""
    file = home / FILE_NAME
    try:
        kept = json.loads(file.read_text("utf-8"))
        return WatchList(tuple(Followed(**one) for one in kept["followed"]), int(kept["seen"]))
    except FileNotFoundError:
        return WatchList()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"关注清单 {file} 读不出（{error}）；请改正，或删掉它重新添加") from error


def write(home: Path, kept: WatchList) -> None:
    """Keep the list in a base's folder; the former one stays until the new one is whole."""
    draft = home / f"{FILE_NAME}.new"
    draft.write_text(json.dumps(asdict(kept), ensure_ascii=False, indent=1) + "\n", "utf-8")
    draft.replace(home / FILE_NAME)


def follow(base: KnowledgeBase, name: str, today: date) -> Followed:
    """Add a file that is there, else a work by title or short name; what came in before counts as seen.

    Raises NotFoundError or AmbiguousError for no such work, InputError for what is followed already.
    """
    path = Path(name)
    full = str(path.resolve()) if path.is_file() else base.lookup.meant(name.strip("《》"))
    kept, one = read(base.home), Followed(full, path.is_file(), today.isoformat())
    if any(other.name == full for other in kept.followed):
        raise InputError(f"已经关注了{full}")
    seen = kept.seen if kept.followed else base.store.last_change
    write(base.home, WatchList((*kept.followed, one), seen))
    return one


def unfollow(base: KnowledgeBase, name: str) -> Followed:
    """Take a file or work off the list; raises NotFoundError for what is not on it."""
    kept = read(base.home)
    names = {name.strip("《》"), str(Path(name).resolve()), *base.lookup.titles.resolve(name.strip("《》"))}
    found = next((one for one in kept.followed if one.name in names), None)
    if found is None:
        raise NotFoundError(f"没有关注{name}；用 danggui watch list 查看关注了哪些")
    write(base.home, replace(kept, followed=tuple(one for one in kept.followed if one is not found)))
    return found


def look(base: KnowledgeBase, on: date) -> tuple[list[str], list[Alert]]:
    """Return the editions that came in since the list was last looked through, and what they touch."""
    kept = read(base.home)
    changes = base.store.changes()[kept.seen :]
    ids = dict.fromkeys(change.edition_id for change in changes if change.action in ("added", "corrected"))
    new = [base.lookup.infos[one] for one in ids if one in base.lookup.infos]
    found = [alert for one in kept.followed for alert in _alerts(base, one, new, on)] if new else []
    return [info.id for info in new], found


def mark_seen(base: KnowledgeBase) -> None:
    """Note that all that is in the base now was looked through."""
    write(base.home, replace(read(base.home), seen=base.store.last_change))


def _alerts(base: KnowledgeBase, one: Followed, new: Sequence[EditionInfo], on: date) -> Iterator[Alert]:
    if one.is_file:
        info, edition, edges = _own(base, one)
        yield from _from_above(base, one, info, edition, edges, new, on)
        return
    work = work_key(one.name)
    for info in new:
        if info.work == work:
            yield Alert(one, "new_edition", info.id, f"有新版本入库：{_named(info)}")
        elif work in info.repealed_works:
            yield Alert(one, "repealed", info.id, f"被{_named(info)}宣布废止")
        else:
            edges = [edge for edge in base.network.upstream(info) if edge.work == work]
            told = "、".join(dict.fromkeys(TIE_WORDS[edge.tie] for edge in edges))
            if told:
                yield Alert(one, "tied", info.id, f"新入库的{_named(info)}{told}它")
    if base.lookup.editions_of(one.name):
        mine = base.lookup.choose(one.name, on)
        yield from _from_above(base, one, mine, base.lookup.edition(mine.id), base.network.upstream(mine), new, on)


def _from_above(
    base: KnowledgeBase,
    one: Followed,
    info: EditionInfo,
    edition: Edition,
    edges: Sequence[Edge],
    new: Sequence[EditionInfo],
    on: date,
) -> Iterator[Alert]:
    """Yield the new editions of works that a text rests on or cites: changed since its day, or now there to read."""
    ids = {other.id: other for other in new if other.id != info.id}
    changed = {found.now.id: found for found in overtaken(base, info, edition, edges, on) if found.now}
    for key in ids.keys() & changed.keys():
        words = "废止" if changed[key].change == "repealed" else "修改"
        yield Alert(
            one,
            "upper",
            key,
            f"所依据或引用的{Citation(changed[key].title)}已{words}：{_named(ids[key])}",
            changed[key],
        )
    works = {edge.work for edge in edges if edge.tie is not Tie.REPEALS}
    for key, other in ids.items():
        if key not in changed and other.work in works - {found.now.work for found in changed.values() if found.now}:
            yield Alert(one, "available", key, f"所依据或引用的{_named(other)}已入库，可以核对")


def _own(base: KnowledgeBase, one: Followed) -> tuple[EditionInfo, Edition, list[Edge]]:
    """Read a document of one's own as if it were in the base; an undated one counts from the day it was followed."""
    path = Path(one.name)
    parsed = parse_file(Job(path, path.name, allow_marked=True))
    if parsed.edition is None:
        raise InputError(f"关注的文件 {path} 读不出：{parsed.report.refused}；请检查，或用 danggui watch remove 去掉")
    day = one.since if parsed.edition.date == UNDATED else parsed.edition.date
    shelf = Shelf(base.lookup)
    references = tuple(resolve_external(reference, shelf, day) for reference in parsed.edition.references)
    edition = replace(parsed.edition, date=day, references=references)
    info = EditionInfo(edition.title, day, work_key(edition.title), edition.metadata, edition.source)
    return info, edition, list(base.network.edges_of(info, ties(info, edition.text, references)))


def _named(info: EditionInfo) -> str:
    return str(Citation(info.title, (), info.date))
